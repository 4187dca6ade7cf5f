"""The sandbox's own time: the machine's clock plus an offset that only grows."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Upcoming:
    """The next thing that happens, as the bot has told it: when (UTC) and what."""

    at: datetime
    what: str


class Clock:
    """Tell the time everybody in the sandbox goes by; all instants are in UTC."""

    def __init__(self, start: datetime | None = None) -> None:
        """Begin at `start` (time zone required), or at the machine's time."""
        self._offset = 0.0 if start is None else _aware(start).timestamp() - time.time()
        self._listeners: list[Callable[[], None]] = []
        self._upcoming: Upcoming | None = None

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
        self._tell()
        return self.now()

    def move_to(self, moment: datetime) -> datetime:
        """Move forward to `moment` (time zone required); raise ValueError when it is past."""
        return self.advance(_aware(moment).timestamp() - self.timestamp())

    @property
    def upcoming(self) -> Upcoming | None:
        """What the bot has told to happen next, while it still lies ahead."""
        upcoming = self._upcoming
        return upcoming if upcoming is not None and upcoming.at > self.now() else None

    def expect(self, upcoming: Upcoming | None) -> None:
        """Take what the bot tells to happen next; raise ValueError for a moment without a time zone."""
        if upcoming is not None:
            _aware(upcoming.at)
        if upcoming != self._upcoming:
            self._upcoming = upcoming
            self._tell()

    def move_past_upcoming(self) -> datetime:
        """Move just past the next thing that happens; raise LookupError when none is known."""
        upcoming = self.upcoming
        if upcoming is None:
            raise LookupError("Nothing is known to happen next.")
        return self.move_to(upcoming.at + timedelta(seconds=1))

    def on_change(self, listener: Callable[[], None]) -> None:
        """Call `listener` after every move, and when something else happens next."""
        self._listeners.append(listener)

    def _tell(self) -> None:
        for listener in self._listeners:
            listener()


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("A moment needs a time zone, such as 2025-03-01T09:00:00+02:00.")
    return moment
