"""What a courier has in hand, and which cards among it are under way: their message ids are not known yet."""

import asyncio
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from workflows.store.values import Letter


@dataclass(eq=False)
class InHand:
    """A letter that was taken; `until` on the loop's clock it is claimed for us, then it may be somebody else's.

    `until_utc` is the same by the wall's clock, which goes on while the machine sleeps.
    """

    letter: Letter
    until: float
    until_utc: datetime

    def is_overdue(self, now: datetime) -> bool:
        """Whether its claim may be over at `now` (UTC)."""
        return asyncio.get_running_loop().time() > self.until or now > self.until_utc


class UnderWay:
    """The cards for each chat that are in a courier's hand, with the moment of the loop's clock since when."""

    def __init__(self) -> None:
        self._chats: defaultdict[int, dict[int, float]] = defaultdict(dict)

    def add(self, letter: Letter, moment: float) -> None:
        """Count a letter that was taken, if it is a card."""
        if letter.focus is not None:
            self._chats[letter.chat_id][letter.id] = moment

    def remove(self, letter: Letter) -> None:
        """Its fate is known."""
        if (chat := self._chats.get(letter.chat_id)) is not None:
            chat.pop(letter.id, None)
            if not chat:
                del self._chats[letter.chat_id]

    def since(self, chat_id: int) -> float | None:
        """Since when the oldest of a chat's is under way; None where none is."""
        return next(iter(self._chats[chat_id].values())) if chat_id in self._chats else None

    def by(self, chat_id: int, moment: float) -> list[int]:
        """The numbers of a chat's cards that were under way at a moment and are so still."""
        return [each for each, since in self._chats.get(chat_id, {}).items() if since <= moment]
