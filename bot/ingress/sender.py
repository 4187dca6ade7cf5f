"""What the clerk needs of the courier."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from bot.ingress.lanes import Waiting
from workflows.store.values import Letter


class Sender(Protocol):
    """Whoever sends letters, and knows which of them are on their way."""

    def take(self, letters: Sequence[Letter]) -> None:
        """Send these letters, which are claimed for this process."""

    def card_since(self, chat_id: int) -> float | None:
        """Since when (on the loop's clock) a card for this chat is on its way, its message id not known yet."""

    def cards_by(self, chat_id: int, moment: float) -> list[int]:
        """The cards for this chat that were on their way at a moment (on the loop's clock) and are so still."""


def perhaps_seen(sender: Sender | None, batch: Iterable[Waiting]) -> set[int]:
    """The cards still on their way for which these texts have waited in vain: they may have been seen before."""
    if sender is None:
        return set()
    texts = [waiting for waiting in batch if waiting.needs_the_card]
    return {card for text in texts for card in sender.cards_by(text.incoming.chat_id, text.came)}
