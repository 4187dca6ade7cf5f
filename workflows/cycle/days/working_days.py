"""Working days and decent moments in each of the 22 states: when to write to somebody, and how days are counted."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Final, Literal
from zoneinfo import ZoneInfo

from workflows.cycle.days.days_off import special_days
from workflows.cycle.days.habits import Habits, SpecialDays, habits
from workflows.immutable import Immutable
from workflows.languages import Text
from workflows.when import instant

__all__ = [
    "Decent",
    "Habits",
    "Shift",
    "add_working_days",
    "decent_hour",
    "habits",
    "holiday_name",
    "is_working_day",
    "next_decent_moment",
    "why_not",
    "working_days_between",
    "working_hours",
]

Shift = Literal["", "weekend", "holiday", "quiet_hours"]
SECRETARIAT: Final = "EG"
"""Whose habits hold for those without a country: the secretariat works in Cairo."""

_DAY: Final = timedelta(days=1)
_MIDNIGHT: Final = time()
_ALL_DAY: Final = (_MIDNIGHT, None)


# --- days ------------------------------------------------------------------------------------------------------------


def is_working_day(habits: Habits, country: str, day: date) -> bool:
    """Whether a state's offices work on a day; country "" is the secretariat. Raises KeyError for an unknown code."""
    return day not in _special(habits, country, day.year).off


def why_not(habits: Habits, country: str, day: date) -> Literal["", "weekend", "holiday"]:
    """Why a state does not work on a day, empty where it does; a holiday on a weekend is a holiday."""
    name = _special(habits, country, day.year).off.get(day)
    if name is None:
        return ""
    return "holiday" if name else "weekend"


def holiday_name(habits: Habits, country: str, day: date) -> Text | None:
    """What a state celebrates on a day, if it is a holiday."""
    name = _special(habits, country, day.year).off.get(day)
    return habits.names[name] if name else None


def working_days_between(habits: Habits, country: str, first: date, last: date) -> int:
    """How many working days come after `first` until `last`, which counts; 0 where `last` is not later."""
    span = range(first.toordinal() + 1, last.toordinal() + 1)
    return sum(is_working_day(habits, country, date.fromordinal(day)) for day in span)


def add_working_days(habits: Habits, country: str, day: date, n: int) -> date:
    """The nth working day after a day, before it for a negative n; the day itself for 0, worked or not."""
    step = _DAY if n > 0 else -_DAY
    for _ in range(abs(n)):
        day += step
        while not is_working_day(habits, country, day):
            day += step
    return day


def _special(habits: Habits, country: str, year: int) -> SpecialDays:
    code = country or SECRETARIAT
    found = habits.computed.get((code, year))
    if found is None:
        found = habits.computed[code, year] = special_days(habits.countries[code], year)
    return found


# --- moments ---------------------------------------------------------------------------------------------------------


@cache
def _place(zone: str) -> ZoneInfo:
    """The zone of a name; zoneinfo itself holds only the last eight, and the region has more."""
    return ZoneInfo(zone)


class Decent(Immutable):
    """When somebody may be written to (UTC), and what stood in the way of the moment that was wanted."""

    at: datetime
    shifted: Shift


class _Rest(Immutable):
    """Hours in which nobody is disturbed, local; a night runs over midnight, equal hours are no rest at all."""

    begins: time
    ends: time

    def holds(self, hour: time) -> bool:
        if self.begins <= self.ends:
            return self.begins <= hour < self.ends
        return hour >= self.begins or hour < self.ends


def working_hours(habits: Habits, country: str, day: date) -> tuple[time, time | None]:
    """The local hours of a day that are special, as from and until; midnight and None on ordinary days.

    They are those of Ramadan, and the end of a short weekday (Friday in the Emirates). The day may be a day off.
    """
    return _special(habits, country, day.year).hours.get(day, _ALL_DAY)


def decent_hour(habits: Habits, country: str, day: date, hour: time, quiet: tuple[time, time]) -> time | None:
    """The local hour at which to write on a working day: `hour` itself, or the first decent one of the day.

    None on a day off. `quiet` is from and until.
    """
    if not is_working_day(habits, country, day):
        return None
    return next(_decent_hours(habits, country, day, hour, _Rest(*quiet)), None)


def next_decent_moment(  # noqa: PLR0913, PLR0917 so many things decide when a moment is decent
    habits: Habits,
    country: str,
    zone: str,
    wanted: datetime,
    hour: time,
    quiet_from: time,
    quiet_until: time,
) -> Decent:
    """The moment `wanted` (UTC) if it is decent, else the next decent one, at the local `hour` where that is decent.

    Decent is a working day of the country outside the quiet hours, in Ramadan and on short days within working hours.
    An hour that the clocks skip gives the next valid minute. `shifted` tells a day off before it tells quiet hours.
    """
    place, rest = _place(zone), _Rest(quiet_from, quiet_until)
    local = wanted.astimezone(place)
    if _is_decent(habits, country, local, rest):
        return Decent(wanted.astimezone(UTC), "")
    shifted: Shift = ""
    day = local.date()
    while True:
        shifted = shifted or why_not(habits, country, day)
        for candidate in _decent_hours(habits, country, day, hour, rest):
            at = instant(day, candidate, zone)
            if at >= wanted and _is_decent(habits, country, at.astimezone(place), rest):
                return Decent(at, shifted or "quiet_hours")
        day += _DAY


def _is_decent(habits: Habits, country: str, local: datetime, rest: _Rest) -> bool:
    day, hour = local.date(), local.time()
    return is_working_day(habits, country, day) and not rest.holds(hour) and _open(habits, country, day, hour)


def _open(habits: Habits, country: str, day: date, hour: time) -> bool:
    opens, closes = working_hours(habits, country, day)
    return opens <= hour and (closes is None or hour < closes)


def _decent_hours(habits: Habits, country: str, day: date, hour: time, rest: _Rest) -> Iterator[time]:
    """The hours worth trying on a day: the wished one, then those at which rest ends or work begins."""
    opens, _ = working_hours(habits, country, day)
    for candidate in (hour, *sorted({_MIDNIGHT, opens, rest.ends})):
        if not rest.holds(candidate) and _open(habits, country, day, candidate):
            yield candidate
