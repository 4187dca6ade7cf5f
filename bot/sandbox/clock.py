"""The sandbox's own time: the machine's clock plus an offset that only grows."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class Clock:
    """Tell the time everybody in the sandbox goes by; all instants are in UTC."""

    def __init__(self, start: datetime | None = None) -> None:
        """Begin at `start` (time zone required), or at the machine's time."""
        self._offset = 0.0 if start is None else _aware(start).timestamp() - time.time()
        self._listeners: list[Callable[[], None]] = []

    @property
    def offset_seconds(self) -> float:
        """How far the sandbox is ahead of the machine."""
        return self._offset

    def timestamp(self) -> float:
        """Seconds since 1970 in the sandbox."""
        return time.time() + self._offset

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.timestamp(), UTC)

    def advance(self, step: float | timedelta) -> datetime:
        """Move forward by seconds or a `timedelta`; raise ValueError for a step back."""
        seconds = step.total_seconds() if isinstance(step, timedelta) else float(step)
        if not 0 <= seconds < float("inf"):
            raise ValueError("The sandbox's clock moves forward only.")
        self._offset += seconds
        for listener in self._listeners:
            listener()
        return self.now()

    def move_to(self, moment: datetime) -> datetime:
        """Move forward to `moment` (time zone required); raise ValueError when it is past."""
        return self.advance(_aware(moment).timestamp() - self.timestamp())

    def on_change(self, listener: Callable[[], None]) -> None:
        """Call `listener` after every move."""
        self._listeners.append(listener)


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("A moment needs a time zone, such as 2025-03-01T09:00:00+02:00.")
    return moment
