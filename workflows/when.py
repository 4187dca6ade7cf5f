"""When something is: at an exact day, within a window, or not stated; and a local hour as an instant."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Final, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, model_validator

from workflows.languages import Frozen, Text

CAIRO: Final = "Africa/Cairo"


class Exact(Frozen):
    """A day, or several in a row, with local hours where they are known; `zone` is an IANA name, never an offset.

    The hours are those of each of the days. `starts` None means that the hour is not stated.
    """

    kind: Literal["exact"] = "exact"
    first: date
    last: date
    starts: time | None = None
    ends: time | None = None
    zone: str = CAIRO

    @model_validator(mode="after")
    def _in_order(self) -> "Exact":
        if self.last < self.first:
            raise ValueError("the last day is before the first")
        if self.starts and self.ends and self.ends <= self.starts:
            raise ValueError("it ends before it starts")
        if self.ends and not self.starts:
            raise ValueError("an end without a start")
        return self

    def begins(self) -> datetime:
        """The instant it begins (UTC): the first day's midnight in its zone where no hour is stated."""
        return instant(self.first, self.starts or time(), self.zone)

    def closes(self) -> datetime:
        """The instant it is over (UTC): the end of the last day in its zone where no hour is stated."""
        if self.ends:
            return instant(self.last, self.ends, self.zone)
        return instant(self.last + timedelta(days=1), time(), self.zone)


class Window(Frozen):
    """Some day between two days, both included, as a source words it (early July 2020); to be confirmed."""

    kind: Literal["window"] = "window"
    first: date
    last: date
    phrase: Text

    @model_validator(mode="after")
    def _in_order(self) -> "Window":
        if self.last < self.first:
            raise ValueError("the window ends before it begins")
        return self


MOST_DAYS: Final = 31
"""A window over more days than these names a season or a year: a calendar that showed it would show nothing else."""


def span(window: Window, others: Iterable[object] = ()) -> tuple[date, date]:
    """The first and the last day of a window and of the others that it may be instead."""
    windows = [window, *(other for other in others if isinstance(other, Window))]
    return min(each.first for each in windows), max(each.last for each in windows)


def is_narrow(window: Window, others: Iterable[object] = ()) -> bool:
    """Whether a window, with the others that it may be instead, is short enough to stand in a person's calendar."""
    first, last = span(window, others)
    return (last - first).days < MOST_DAYS


class Unstated(Frozen):
    """No source gives a date; it stays open until the secretariat sets one."""

    kind: Literal["unstated"] = "unstated"


When = Annotated[Exact | Window | Unstated, Field(discriminator="kind")]


def instant(day: date, hour: time, zone: str) -> datetime:
    """A local hour as an instant in UTC; raises ZoneInfoNotFoundError for an unknown zone.

    An hour that the clocks skip is the first minute after the gap; an hour that comes twice is the first of the two.
    """
    local = datetime.combine(day, hour.replace(fold=0), ZoneInfo(zone))
    back = local.astimezone(UTC).astimezone(ZoneInfo(zone))
    if back.replace(tzinfo=None) == local.replace(tzinfo=None):
        return local.astimezone(UTC)
    return _after_the_gap(local).astimezone(UTC)


def _after_the_gap(skipped: datetime) -> datetime:
    """The first minute that exists after a local time which the clocks skip."""
    minute = skipped.replace(second=0, microsecond=0)
    while True:
        minute += timedelta(minutes=1)
        back = minute.astimezone(UTC).astimezone(minute.tzinfo)
        if back.replace(tzinfo=None) == minute.replace(tzinfo=None):
            return minute
