"""What waits to be handled, a lane per person: order within a lane, and no lane before its turn."""

import asyncio
import json
from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from bot.inbound import Attached, Incoming, Raw, Typed
from bot.ingress.asides import Call


@dataclass(eq=False)
class Waiting:
    """An update in hand. `came` and `not_before` are seconds on the loop's clock.

    `done` ends when it is on disk. Where its acknowledgement `carries` a call to Telegram, the answer to its press is
    in the list with which it ends, for whoever acknowledges first.
    """

    raw: Raw
    incoming: Incoming
    done: "asyncio.Future[list[Call]]"
    came: float
    carries: bool = False
    not_before: float = 0.0
    lane: int = field(init=False)

    def __post_init__(self) -> None:
        # Somebody's messages and presses share a lane; an update that names nobody has one of its own.
        self.lane = self.incoming.user_id or self.incoming.chat_id or -self.incoming.update_id

    @property
    def payload(self) -> bytes:
        """The update as it came, for the dead letters; ASCII, so that lone surrogates survive.

        Of one that is nested too deeply to be written, its number alone: what cannot be put aside would come for ever.
        """
        try:
            return json.dumps(self.raw, default=str).encode("ascii")
        except RecursionError:
            return json.dumps({"update_id": self.incoming.update_id}).encode("ascii")

    @property
    def needs_the_card(self) -> bool:
        """Whether its meaning hangs on the card before it: a press names its turn, a text does not."""
        return isinstance(self.incoming.did, Typed | Attached)


CARD_PATIENCE: Final = 5.0
"""Seconds that a text waits for the message id of the card before it."""
ELSEWHERE_PATIENCE: Final = 1.0
"""The same where another replica sends the card: less, since a press that reaches a third one does not wait."""

Held = Callable[[Waiting], bool]


class Lanes:
    """All lanes. `take` goes round them, so that a long lane delays nobody else."""

    def __init__(self) -> None:
        self._lanes: OrderedDict[int, deque[Waiting]] = OrderedDict()
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Waiting]:
        for lane in self._lanes.values():
            yield from lane

    @property
    def waiting(self) -> int:
        """How many lanes there are in which an update waits."""
        return len(self._lanes)

    @property
    def longest(self) -> int:
        """How many updates wait in the longest lane."""
        return max(map(len, self._lanes.values()), default=0)

    def add(self, waiting: Waiting) -> None:
        """Put an update at the end of its lane."""
        self._lanes.setdefault(waiting.lane, deque()).append(waiting)
        self._count += 1

    def put_back(self, items: list[Waiting]) -> None:
        """Put updates that were taken back at the front of their lanes, in the order they had."""
        for waiting in reversed(items):
            self._lanes.setdefault(waiting.lane, deque()).appendleft(waiting)
        self._count += len(items)

    def take(self, limit: int, held: Held) -> list[Waiting]:
        """At most `limit` updates, one of each lane at a time; a lane stops at the first that is held."""
        taken: list[Waiting] = []
        ready = list(self._lanes.items())
        while ready and len(taken) < limit:
            again = []
            for key, lane in ready:
                if len(taken) >= limit or held(lane[0]):
                    continue
                taken.append(lane.popleft())
                if lane:
                    again.append((key, lane))
                else:
                    del self._lanes[key]
            ready = again
        self._count -= len(taken)
        for waiting in taken:  # whoever was served goes behind those who were not
            if waiting.lane in self._lanes:
                self._lanes.move_to_end(waiting.lane)
        return taken

    def clear(self) -> list[Waiting]:
        """Everything there is, taken out."""
        everything = list(self)
        self._lanes.clear()
        self._count = 0
        return everything
