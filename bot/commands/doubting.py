"""A calendar's doubts in plain English, for whoever runs a command."""

from datetime import date, time, timedelta

from workflows.cycle.calendar import Calendar
from workflows.cycle.files.doubts import (
    DayOff,
    DaysOff,
    Doubt,
    Gap,
    HoursDiffer,
    NoDeadline,
    NoHours,
    NoZone,
    OutOfOrder,
    OutOfStep,
    PartsTooLong,
    SeveralDates,
)
from workflows.reference.states import countries, country
from workflows.when import Exact, When, Window

MOST = 20
"""From this many countries on, those that work are fewer words than those that do not."""


def told(doubt: Doubt, calendar: Calendar) -> str:
    """A doubt in a sentence or two, with what would settle it."""
    match doubt:
        case PartsTooLong() | Gap() | HoursDiffer() | NoZone():
            words = _about_agenda(doubt)
        case SeveralDates(_, dates):
            words = f"{len(dates)} dates for one thing: {', or '.join(map(said, dates))}. Fix a day."
        case DaysOff(_, when, days):
            words = "".join([f"days off {_on(when)}:", *(f"\n    {_day_off(day)}" for day in days)])
        case NoDeadline():
            words = "no day is set for submitting; until then nobody can be reminded of it."
        case NoHours():
            words = f"the hours of {said(calendar.by_id[doubt.milestone].when)} are not stated."
        case OutOfOrder(_, after):
            words = f"it is dated before {after}, which should come first."
        case OutOfStep(_, leader, expected):
            words = f"it hangs on {leader}, which puts it on {_day(expected)}; it is dated otherwise."
    return f"{doubt.milestone or 'the calendar'}: {words}"


def said(when: When) -> str:
    """A date in English, with its weekday where it is a day."""
    match when:
        case Exact(first=first, last=last, starts=starts, ends=ends, zone=zone):
            days = _day(first) if first == last else f"{_day(first)} to {_day(last)}"
            return f"{days}, {_span(starts, ends)} ({zone})" if starts else days
        case Window(first=first, last=last, phrase=phrase):
            return f'"{phrase.en}" ({first:%-d %b %Y} to {last:%-d %b %Y})'
        case _:
            return "no date"


def _about_agenda(doubt: PartsTooLong | Gap | HoursDiffer | NoZone) -> str:
    match doubt:
        case PartsTooLong():
            return _parts(doubt)
        case Gap(_, before, after, minutes):
            return f"between items {before} and {after}, {minutes} minutes are not planned."
        case HoursDiffer(_, session, agenda):
            return f"it is set for {_span(*session)}, its agenda runs {_span(*agenda)}."
        case NoZone(_, zone):
            return f"the agenda's hours have no day and no time zone; {zone} is assumed."


def _parts(doubt: PartsTooLong) -> str:
    even = len(set(doubt.shares)) == 1
    shares = f"{_clock(doubt.shares[0])} each" if even else ", ".join(map(_clock, doubt.shares))
    words = (
        f"the parts of item {doubt.item} take {doubt.planned} minutes, the item has {doubt.minutes}. "
        f"Either give the parts {shares}"
    )
    if doubt.closing:
        return f"{words}, or take {doubt.taken} minutes from item {doubt.closing}."
    return f"{words}, or let the session end later."


def _on(when: When) -> str:
    return f"within {said(when)}" if isinstance(when, Window) else f"on {said(when)}"


def _day_off(off: DayOff) -> str:
    days = _day(off.first) if off.first == off.last else f"{_day(off.first)} to {_day(off.last)}"
    return f"{days}, {off.name.en if off.name else 'weekend'}: {_names(off.countries)}"


def _names(codes: tuple[str, ...]) -> str:
    others = [each.en for each in countries() if each.code not in codes]
    if not others:
        return f"all {len(codes)} countries"
    if len(codes) >= MOST:
        return f"all countries except {', '.join(others)}"
    return ", ".join(country(code).en for code in codes)


def _day(day: date) -> str:
    return f"{day:%a %-d %b %Y}"


def _span(starts: time | None, ends: time | None) -> str:
    return "-".join(f"{hour:%H:%M}" for hour in (starts, ends) if hour)


def _clock(share: timedelta) -> str:
    minutes, seconds = divmod(round(share.total_seconds()), 60)
    return f"{minutes} min {seconds} s" if seconds else f"{minutes} min"
