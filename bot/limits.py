"""Telegram's pace: how fast bulk messages go, and which chats must be left alone until when."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

STORM: Final = 3  # chats told to slow down within STORM_SECONDS: bulk pauses altogether
STORM_SECONDS: Final = 10.0


class Pace:
    """When a message may go. Talk is held only where Telegram has asked for it; bulk keeps two rates as well.

    Rates are messages a second; `clock` counts seconds of this process (a monotonic clock).
    """

    def __init__(self, bulk_per_second: float, chat_per_second: float, clock: Callable[[], float]) -> None:
        self._bulk_gap = 1 / bulk_per_second
        self._chat_gap = 1 / chat_per_second
        self._clock = clock
        self._bulk_free = 0.0
        self._chat_free: dict[int, float] = {}
        self._parked: dict[int, datetime] = {}
        self._told: list[float] = []

    def park(self, chat_id: int, until: datetime) -> None:
        """Leave a chat alone until then, because its messages cannot go and none may overtake them."""
        self._parked[chat_id] = max(until, self._parked.get(chat_id, until))

    def slow_down(self, chat_id: int, now: datetime, seconds: float) -> datetime:
        """Take Telegram's "too many requests" for a chat; returns the moment from which it may be tried again.

        Where several chats are told so in short order, bulk stops for as long: it has the least haste.
        """
        until = now + timedelta(seconds=seconds)
        self.park(chat_id, until)
        moment = self._clock()
        self._told = [*(told for told in self._told if moment - told < STORM_SECONDS), moment]
        if len(self._told) >= STORM:
            self._bulk_free = max(self._bulk_free, moment + seconds)
        return until

    def parked_until(self, chat_id: int, now: datetime) -> datetime | None:
        """When a chat may be written to again; None when it may be now."""
        until = self._parked.get(chat_id)
        if until is None:
            return None
        if until <= now:
            del self._parked[chat_id]
            return None
        return until

    def bulk_wait(self, chat_id: int) -> float:
        """Seconds until a bulk message may go to this chat; 0 when it may now."""
        moment = self._clock()
        return max(0.0, self._bulk_free - moment, self._chat_free.get(chat_id, 0.0) - moment)

    def bulk_in(self, seconds: float) -> int:
        """How many bulk messages go in so many seconds, at least twenty."""
        return max(20, int(seconds / self._bulk_gap))

    def spend(self, chat_id: int) -> None:
        """Count a bulk message that goes now."""
        moment = self._clock()
        self._bulk_free = max(self._bulk_free, moment) + self._bulk_gap
        if len(self._chat_free) > 10_000:  # noqa: PLR2004 - an old chat's gap is long over
            self._chat_free = {chat: free for chat, free in self._chat_free.items() if free > moment}
        self._chat_free[chat_id] = moment + self._chat_gap
