"""Calendar files (iCalendar, RFC 5545) that a person's own calendar understands, and in which a moved event moves.

An event keeps one UID: `<milestone>.<cycle>@rafiq`. Days in a row with hours are one appointment each, the second one
`<milestone>.2.<cycle>@rafiq` and so on, by their number and not by their date, so that they move too. A window is no
appointment: it lies over its days, tentative, and takes nobody's time. Over more than a month it would lie over every
day that is looked at, in Google's calendar and in Outlook as a bar across them all, and RFC 5545 has no other way to
say "some day in 2022": it is left out. What was in an earlier file and is no longer fixed comes as cancelled.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard
from msgspec.structs import replace

from workflows.immutable import Immutable
from workflows.languages import Language
from workflows.when import Exact, When, Window, instant, is_narrow, span

_DAY = timedelta(days=1)
_SINCE, _UNTIL = datetime(2018, 1, 1, tzinfo=UTC), datetime(2037, 1, 1, tzinfo=UTC)


class Entry(Immutable):
    """An event in the reader's words; `earlier` are the dates it had before, `others` those it may have instead."""

    id: str
    summary: str
    when: When
    others: tuple[When, ...] = ()
    earlier: tuple[When, ...] = ()
    location: str = ""
    description: str = ""
    url: str = ""
    sequence: int = 0


class _Slot(Immutable):
    """A stretch of time in a calendar; local hours with their zone, or whole days up to `ends`, which is not in it."""

    starts: date | datetime
    ends: date | datetime | None
    status: str = "CONFIRMED"


def calendar_file(
    entries: Sequence[Entry], *, cycle: str, title: str, language: Language, stamp: datetime
) -> bytes:
    """The events as one file; `stamp` is when they were last changed (UTC). What never had a date is left out."""
    slotted = [(entry, number, slot) for entry in entries for number, slot in _numbered(entry)]
    slots = [slot for _, _, slot in slotted]
    calendar = Calendar()
    calendar.add("prodid", f"-//Rafiq//{cycle}//{language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "CANCEL" if {slot.status for slot in slots} == {"CANCELLED"} else "PUBLISH")
    calendar.add("x-wr-calname", title)
    for zone in _zones(slots):
        calendar.add_component(zone)
    for entry, number, slot in slotted:
        event = _event(entry, slot, language)
        event.add("uid", _uid(entry.id, number, cycle))
        event.add("dtstamp", stamp)
        event.add("last-modified", stamp)
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


def file_name(cycle: str, event: str = "") -> str:
    """The name of a calendar file: lower-case ASCII that every system takes."""
    return f"rafiq-{event or cycle}.ics"


# --- events ----------------------------------------------------------------------------------------------------------


def _event(entry: Entry, slot: _Slot, language: Language) -> Event:
    event = Event()
    event.add("sequence", entry.sequence)
    event.add("status", slot.status)
    event.add("dtstart", slot.starts)
    if slot.ends is not None:
        event.add("dtend", slot.ends)
    event.add("transp", "OPAQUE" if isinstance(slot.starts, datetime) else "TRANSPARENT")
    for name in ("summary", "location", "description"):
        if words := getattr(entry, name):
            event.add(name, words, parameters={"LANGUAGE": language})
    if entry.url:
        event.add("url", entry.url)
    return event


def _uid(event: str, number: int, cycle: str) -> str:
    return f"{event}.{number}.{cycle}@rafiq" if number > 1 else f"{event}.{cycle}@rafiq"


# --- time ------------------------------------------------------------------------------------------------------------


def _numbered(entry: Entry) -> Iterator[tuple[int, _Slot]]:
    """The slots of an event by their numbers from 1, and what earlier dates had more of, cancelled as it was last."""
    now = dict(enumerate(_slots(entry.when, entry.others), start=1))
    yield from now.items()
    before = {number: slot for when in entry.earlier for number, slot in enumerate(_slots(when), start=1)}
    for number in sorted(before.keys() - now.keys()):
        yield number, replace(before[number], status="CANCELLED")


def _slots(when: When, others: Sequence[When] = ()) -> list[_Slot]:
    match when:
        case Exact(starts=None):
            return [_Slot(when.first, when.last + _DAY)]
        case Exact(starts=time() as starts):
            days = (when.last - when.first).days + 1
            return [_on_one_day(when, starts, when.first + count * _DAY) for count in range(days)]
        case Window():
            first, last = span(when, others)
            return [_Slot(first, last + _DAY, "TENTATIVE")] if is_narrow(when, others) else []
    return []


def _on_one_day(when: Exact, starts: time, day: date) -> _Slot:
    """One day's hours on the clocks of their zone; an hour that is skipped there is the first one after."""
    zone = ZoneInfo(when.zone)
    ends = instant(day, when.ends, when.zone).astimezone(zone) if when.ends else None
    return _Slot(instant(day, starts, when.zone).astimezone(zone), ends)


# --- zones -----------------------------------------------------------------------------------------------------------


def _zones(slots: Sequence[_Slot]) -> list[Timezone]:
    """The zones that occur, each with the changes of its clocks over the years of several reviews.

    The years are the same in every file: there are calendars that keep the first definition of a zone they are given.
    """
    names = sorted({str(slot.starts.tzinfo) for slot in slots if isinstance(slot.starts, datetime)})
    return [_zone(name) for name in names]


@cache
def _zone(name: str) -> Timezone:
    """A zone with one observance for each change of its clocks, its onset on the clock that ends there.

    A rule for each year or a list of dates would be shorter, but no rule holds for Morocco in Ramadan or for Gaza, and
    long lists are folded, which not every reader of such files undoes.
    """
    zone = Timezone()
    zone.add("tzid", name)
    for moment, before in _changes(name):
        local = moment.astimezone(ZoneInfo(name))
        observance = TimezoneDaylight() if local.dst() else TimezoneStandard()
        observance.add("dtstart", moment.replace(tzinfo=None) + before)
        observance.add("tzoffsetfrom", before)
        observance.add("tzoffsetto", local.utcoffset())
        observance.add("tzname", local.tzname())
        zone.add_component(observance)
    return zone


def _changes(name: str) -> tuple[tuple[datetime, timedelta], ...]:
    """The instants (UTC) at which a zone's clocks change, with how far ahead they were before; `_SINCE` is first."""
    zone = ZoneInfo(name)
    found = [(_SINCE, _ahead(_SINCE, zone))]
    day = _SINCE
    while day < _UNTIL:
        if _ahead(day, zone) != _ahead(day + _DAY, zone):
            found.append((_first_after(day, zone), _ahead(day, zone)))
        day += _DAY
    return tuple(found)


def _first_after(day: datetime, zone: ZoneInfo) -> datetime:
    """The minute of a day's 24 hours from which the clocks show something else than at its beginning."""
    return next(
        moment
        for minute in range(1, 24 * 60 + 1)
        if _ahead(moment := day + timedelta(minutes=minute), zone) != _ahead(day, zone)
    )


def _ahead(moment: datetime, zone: ZoneInfo) -> timedelta:
    return moment.astimezone(zone).utcoffset() or timedelta()
