"""Which days of a year a state does not work, or works for fewer hours: by weekday, fixed day, moon or Easter."""

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, time, timedelta
from functools import cache

from workflows.cycle.days.habits import WEEKDAYS, Customs, Holiday, Ramadan, SpecialDays, Weekend
from workflows.cycle.days.hijri import HijriDate, from_hijri, to_hijri

_DAY = timedelta(days=1)
_RAMADAN = 9


def special_days(customs: Customs, year: int) -> SpecialDays:
    """What sets some days of a year apart: days off, and days with working hours of their own."""
    off: dict[date, str] = {}
    hours: dict[date, tuple[time, time | None]] = {}
    ramadan = _ramadan(year) if customs.ramadan else frozenset()
    begins, weekend = {each.since for each in customs.weekends}, weekend_on(customs, date(year, 1, 1))
    for day in _days_of(year):
        if day in begins:
            weekend = weekend_on(customs, day)
        weekday = WEEKDAYS[day.weekday()]
        if weekday in weekend.days:
            off[day] = ""
        if day in ramadan or weekday in weekend.short:
            found = _hours(customs.ramadan if day in ramadan else None, weekend.short.get(weekday))
            hours |= {day: found} if found else {}
    for holiday in customs.holidays:
        off |= dict.fromkeys(_days_of_holiday(holiday, year), holiday.name)
    for day in customs.worked:
        off.pop(day, None)
    return SpecialDays(off, hours)


def weekend_on(customs: Customs, day: date) -> Weekend:
    """The weekend that holds on a day; the first one known also holds before it."""
    found = bisect_right(customs.weekends, day, key=lambda weekend: weekend.since)
    return customs.weekends[max(0, found - 1)]


def _hours(ramadan: Ramadan | None, short: time | None) -> tuple[time, time | None] | None:
    ends = [hour for hour in (short, ramadan.closes if ramadan else None) if hour]
    return (ramadan.opens if ramadan else time(), min(ends)) if ends else None


@cache
def _ramadan(year: int) -> frozenset[date]:
    """The days of Ramadan in a Gregorian year, which sees two of them once in a generation."""
    days = (day for lunar in range(1, 31) for day in _of_the_moon(_RAMADAN, lunar, year))
    return frozenset(days)


def _days_of(year: int) -> Iterator[date]:
    first = date(year, 1, 1).toordinal()
    return (date.fromordinal(day) for day in range(first, date(year, 12, 31).toordinal() + 1))


def _days_of_holiday(holiday: Holiday, year: int) -> Iterator[date]:
    """The days of a holiday in a year, with those of one that began in the year before."""
    for begun in (year - 1, year):
        if holiday.since <= begun <= holiday.until:
            for first in _beginnings(holiday, begun):
                days = (first + more * _DAY for more in range(holiday.days))
                yield from (day for day in days if day.year == year)


def _beginnings(holiday: Holiday, year: int) -> Iterator[date]:
    if holiday.fixed:
        month, day = map(int, holiday.fixed.split("-"))
        if (month, day) != (2, 29) or _is_leap(year):
            yield date(year, month, day)
    elif holiday.hijri:
        yield from _of_the_moon(*holiday.hijri, year)
    elif holiday.easter:
        easter = western_easter(year) if holiday.easter == "western" else orthodox_easter(year)
        yield easter + holiday.offset * _DAY
    else:
        yield from (day for day in holiday.dated if day.year == year)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _of_the_moon(month: int, day: int, year: int) -> Iterator[date]:
    """A Hijri day in a Gregorian year: once, sometimes twice, and nowhere outside the computed calendar."""
    first, last = to_hijri(date(year, 1, 1)), to_hijri(date(year, 12, 31))
    if first and last:
        days = (from_hijri(HijriDate(each, month, day)) for each in range(first.year, last.year + 1))
        yield from (found for found in days if found and found.year == year)


def western_easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, 1900-2199: the Sunday after the full moon of the church's tables."""
    golden = year % 19
    moon = (19 * golden + 24) % 30
    moon -= moon == 29 or (moon == 28 and golden > 10)  # noqa: PLR2004 the tables' two exceptions
    return _sunday_after(date(year, 3, 21) + moon * _DAY)


def orthodox_easter(year: int) -> date:
    """Easter Sunday of the Julian calendar as a Gregorian day, 1900-2099, when the two are thirteen days apart."""
    moon = (19 * (year % 19) + 15) % 30
    return _sunday_after(date(year, 3, 21) + (moon + 13) * _DAY)


def _sunday_after(day: date) -> date:
    return day + (7 - (day.weekday() + 1) % 7) * _DAY
