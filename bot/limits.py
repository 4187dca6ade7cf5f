"""Telegram's pace: how fast bulk messages go, and which chats must be left alone until when."""

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

STORM: Final = 3  # chats told to slow down within STORM_SECONDS: bulk pauses altogether
STORM_SECONDS: Final = 10.0
GROUP_PACE: Final = 18
"""Letters a minute into one group: Telegram takes 20 messages, and quiet lines go beside the letters."""
GROUP_SECONDS: Final = 60.0
LONGEST_BACK_OFF: Final = 60.0


class Pace:
    """When a message may go. Talk is held where Telegram has asked for it, and in groups; bulk keeps two rates as well.

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
        self._in_groups: dict[int, deque[float]] = {}

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
        """When a chat may be written to again; None when it may be now. A group's minute holds so many messages."""
        until = self._parked.get(chat_id)
        if until is not None and until <= now:
            del self._parked[chat_id]
            until = None
        wait = self._group_wait(chat_id) if chat_id < 0 else 0.0
        return until if wait <= 0 else max(until or now, now + timedelta(seconds=wait))

    def note_sent(self, chat_id: int) -> None:
        """Count a message to a group."""
        if chat_id < 0:
            self._in_groups.setdefault(chat_id, deque(maxlen=GROUP_PACE)).append(self._clock())

    def _group_wait(self, chat_id: int) -> float:
        minute = self._in_groups.get(chat_id)
        if minute is None or len(minute) < GROUP_PACE:
            return 0.0
        return minute[0] + GROUP_SECONDS - self._clock()

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


def back_off(attempts: int) -> float:
    """Seconds until the next try after so many."""
    return min(LONGEST_BACK_OFF, 2.0 ** min(attempts, 10))
