"""The updates that wait for the bot, with Telegram's rules of numbering, confirming and forgetting."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.sandbox.clock import Clock

MESSAGE_LIFE_SECONDS = 86_400
CALLBACK_LIFE_SECONDS = 150
UNASKED_KINDS = {"chat_member", "message_reaction", "message_reaction_count"}
OFFSET_TOLERANCE = 10

_EXPIRED: Final = "expired"


@dataclass(slots=True)
class Waiting:
    """One update on its way to the bot."""

    update: dict[str, Any]
    lane: tuple[str, int]
    expires_at: float
    stray: bool = False
    delivered: bool = False


class Updates:
    """Number the updates, keep them until they are confirmed or too old, and wake who waits for them."""

    def __init__(self, clock: Clock, first_id: int = 1) -> None:
        self._clock = clock
        self._waiting: OrderedDict[int, Waiting] = OrderedDict()
        self._serial = 0
        self._next_id = first_id
        self._wakers: list[asyncio.Future[None]] = []
        self._listener: Callable[[int, Waiting], None] | None = None
        self.allowed: frozenset[str] | None = None
        self.counts = {"queued": 0, "confirmed": 0, _EXPIRED: 0, "filtered": 0}

    @property
    def next_id(self) -> int:
        return self._next_id

    def jump_to(self, update_id: int) -> None:
        """Give the next update this id, as Telegram does after a quiet week; it may be lower than the last."""
        for item in self._waiting.values():
            item.stray = True
        self._next_id = update_id

    def allow(self, kinds: Iterable[str]) -> None:
        """Queue only these kinds from now on; none named means Telegram's usual ones."""
        self.allowed = frozenset(kinds) or None

    def add(
        self, kind: str, content: Any, lane: tuple[str, int], life_seconds: float = MESSAGE_LIFE_SECONDS
    ) -> dict[str, Any] | None:
        """Queue an update of this kind and return it, None when the bot did not ask for the kind."""
        asked = kind not in UNASKED_KINDS if self.allowed is None else kind in self.allowed
        if not asked:
            self.counts["filtered"] += 1
            return None
        update = {"update_id": self._next_id, kind: content}
        self._next_id += 1
        self.put(Waiting(update, lane, self._clock.timestamp() + life_seconds))
        return update

    def put(self, item: Waiting) -> None:
        """Queue an update that has its number already."""
        self._serial += 1
        self._waiting[self._serial] = item
        self.counts["queued"] += 1
        if self._listener is not None:
            self._listener(self._serial, item)
        self.wake()

    def add_raw(self, update: dict[str, Any], lane: tuple[str, int]) -> dict[str, Any]:
        """Queue any JSON object, numbered unless it has a whole `update_id`; return it."""
        numbered = type(update.get("update_id")) is int
        if not numbered:
            update = {**update, "update_id": self._next_id}
            self._next_id += 1
        until = self._clock.timestamp() + MESSAGE_LIFE_SECONDS
        self.put(Waiting(update, lane, until, stray=numbered))
        return update

    def add_again(self, update: dict[str, Any], lane: tuple[str, int]) -> None:
        """Queue an update that was queued before, under its own number."""
        self.put(Waiting(update, lane, self._clock.timestamp() + MESSAGE_LIFE_SECONDS, stray=True))

    def wake(self) -> None:
        """Let everybody who waits look again."""
        wakers, self._wakers = self._wakers, []
        for waker in wakers:
            if not waker.done():
                waker.set_result(None)

    def waker(self) -> asyncio.Future[None]:
        """A future that ends at the next update or wake-up."""
        waker = asyncio.get_running_loop().create_future()
        self._wakers.append(waker)
        return waker

    def listen(self, listener: Callable[[int, Waiting], None] | None) -> None:
        """Tell `listener` of every update and its serial number as it is queued; None ends that."""
        self._listener = listener

    def confirm(self, offset: int) -> None:
        """Forget what `getUpdates` with this offset confirms.

        An offset far above the next id belongs to numbers of before a jump: Telegram ignores it.
        """
        done = []
        in_reach = offset <= self._next_id + OFFSET_TOLERANCE
        for serial, item in self._waiting.items():
            if item.delivered and item.stray:
                done.append(serial)
            elif not item.stray:
                if not in_reach or item.update["update_id"] >= offset:
                    break
                done.append(serial)
        self._forget(done, "confirmed")

    def forget_all_but(self, count: int) -> None:
        """Drop the older updates, as a negative offset or `drop_pending_updates` does."""
        serials = list(self._waiting)
        self._forget(serials[: len(serials) - count], "confirmed")

    def forget(self, serial: int) -> None:
        """Drop one update that a webhook took."""
        self._forget([serial] if serial in self._waiting else [], "confirmed")

    def has(self, serial: int) -> bool:
        """Whether this update still waits and is not too old."""
        item = self._waiting.get(serial)
        if item is not None and item.expires_at <= self._clock.timestamp():
            self._forget([serial], _EXPIRED)
            return False
        return item is not None

    def ready(self, limit: int) -> list[dict[str, Any]]:
        """The oldest updates that are not too old, at most `limit`."""
        if not self._waiting:
            return []
        now = self._clock.timestamp()
        batch: list[dict[str, Any]] = []
        late = []
        for serial, item in self._waiting.items():
            if item.expires_at <= now:
                late.append(serial)
            elif len(batch) < limit:
                item.delivered = True
                batch.append(item.update)
            else:
                break
        self._forget(late, _EXPIRED)
        return batch

    def everything(self) -> list[tuple[int, Waiting]]:
        """All that waits with its serial numbers, oldest first, without what is too old."""
        now = self._clock.timestamp()
        self._forget([s for s, item in self._waiting.items() if item.expires_at <= now], _EXPIRED)
        return list(self._waiting.items())

    def _forget(self, serials: Sequence[int], how: str) -> None:
        for serial in serials:
            del self._waiting[serial]
        self.counts[how] += len(serials)
