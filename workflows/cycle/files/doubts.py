"""What is written in a calendar and may still be meant otherwise: to be put to the secretariat, never mended by us."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import date, time, timedelta
from itertools import pairwise
from typing import Final

from workflows.cycle.calendar import MEETINGS, AgendaItem, Calendar, Milestone
from workflows.cycle.days.working_days import Habits, holiday_name, why_not
from workflows.immutable import Immutable
from workflows.languages import Text
from workflows.reference.states import countries
from workflows.when import Exact, Unstated, When, Window

_SHORT_WINDOW: Final = timedelta(days=14)
_LONGEST_WINDOW: Final = timedelta(days=62)
"""A holiday inside half a year says nothing; inside a month it matters where it is shared."""


class PartsTooLong(Immutable):
    """The parts of an item take more than the item: `planned` of `minutes`.

    Two repairs: every part gets `shares`, or the item gets `taken` minutes more from the session's last item,
    `closing` (empty where that cannot spare them).
    """

    milestone: str
    item: str
    minutes: int
    planned: int
    shares: tuple[timedelta, ...]
    closing: str
    taken: int


class Gap(Immutable):
    """Two items do not chain: nothing is planned for some minutes between them."""

    milestone: str
    before: str
    after: str
    minutes: int


class HoursDiffer(Immutable):
    """The session's hours are not those of its agenda; each as from and until, None where not stated."""

    milestone: str
    session: tuple[time | None, time | None]
    agenda: tuple[time, time]


class SeveralDates(Immutable):
    """The source names several dates for one thing."""

    milestone: str
    dates: tuple[When, ...]


class DayOff(Immutable):
    """Days on which some countries do not work; `name` is that of the holiday, None for a weekend."""

    first: date
    last: date
    name: Text | None
    countries: tuple[str, ...]


class DaysOff(Immutable):
    """People are to meet or to submit, or may have to, on days that are free somewhere."""

    milestone: str
    when: When
    days: tuple[DayOff, ...]


class NoDeadline(Immutable):
    """There is no day for submitting; `milestone` is the open deadline, empty where the calendar has none at all."""

    milestone: str


class NoHours(Immutable):
    """People meet on a day, but nobody knows at what hour."""

    milestone: str


class NoZone(Immutable):
    """An agenda gives hours, but no day and so no zone; the calendar's is taken for it."""

    milestone: str
    zone: str


class OutOfOrder(Immutable):
    """Something that should come later is dated earlier."""

    milestone: str
    after: str


class OutOfStep(Immutable):
    """A date hangs on another and is not where that puts it, `expected`."""

    milestone: str
    leader: str
    expected: date


Doubt = (
    PartsTooLong
    | Gap
    | HoursDiffer
    | SeveralDates
    | DaysOff
    | NoDeadline
    | NoHours
    | NoZone
    | OutOfOrder
    | OutOfStep
)


def doubts(calendar: Calendar, habits: Habits) -> tuple[Doubt, ...]:
    """All doubts in the order of the file, those about the whole calendar last.

    What lies before the cycle began is left alone.
    """
    found: list[Doubt] = []
    for milestone in calendar.milestones:
        found += _of_agenda(milestone, calendar.zone)
        if milestone.alternatives:
            found.append(SeveralDates(milestone.id, (milestone.when, *milestone.alternatives)))
        if not _is_history(milestone.when, calendar.begins):
            found += _of_hours(milestone)
            found += _of_days_off(milestone, habits)
    return (*found, *_out_of_order(calendar), *_out_of_step(calendar), *_of_deadline(calendar))


def _is_history(when: When, begins: date | None) -> bool:
    return begins is not None and isinstance(when, Exact | Window) and when.last < begins


def _of_deadline(calendar: Calendar) -> Iterator[Doubt]:
    deadline = calendar.deadline
    if deadline is None or not isinstance(deadline.when, Exact):
        yield NoDeadline(deadline.id if deadline else "")


# --- agendas and hours --------------------------------------------------------------------------------------


def _of_agenda(milestone: Milestone, zone: str) -> Iterator[Doubt]:
    for item in milestone.agenda:
        if sum(part.minutes for part in item.parts) > item.minutes:
            yield _parts_too_long(milestone, item)
    for before, after in pairwise(milestone.agenda):
        gap = _minutes(after.starts) - _minutes(before.ends)
        if gap > 0:
            yield Gap(milestone.id, before.id, after.id, gap)
    if not milestone.agenda:
        return
    agenda = (milestone.agenda[0].starts, milestone.agenda[-1].ends)
    if not isinstance(milestone.when, Exact):
        yield NoZone(milestone.id, zone)
    elif milestone.when.starts and (milestone.when.starts, milestone.when.ends or agenda[1]) != agenda:
        yield HoursDiffer(milestone.id, (milestone.when.starts, milestone.when.ends), agenda)


def _parts_too_long(milestone: Milestone, item: AgendaItem) -> PartsTooLong:
    planned = sum(part.minutes for part in item.parts)
    shares = tuple(timedelta(minutes=part.minutes) * item.minutes / planned for part in item.parts)
    last, taken = milestone.agenda[-1], planned - item.minutes
    spared = last.id if last.id != item.id and last.minutes > taken else ""
    return PartsTooLong(milestone.id, item.id, item.minutes, planned, shares, spared, taken if spared else 0)


def _of_hours(milestone: Milestone) -> Iterator[Doubt]:
    when = milestone.when
    if milestone.kind in MEETINGS and isinstance(when, Exact) and when.starts is None:
        yield NoHours(milestone.id)


def _minutes(hour: time) -> int:
    return hour.hour * 60 + hour.minute


# --- days off -----------------------------------------------------------------------------------------------


def _of_days_off(milestone: Milestone, habits: Habits) -> Iterator[Doubt]:
    """Days off that matter: on a day people meet or submit, and the holidays of a window that is not long."""
    if milestone.kind not in (*MEETINGS, "deadline"):
        return
    for when in (milestone.when, *milestone.alternatives):
        found = _that_matter(when, habits)
        if found:
            yield DaysOff(milestone.id, when, found)


def _that_matter(when: When, habits: Habits) -> tuple[DayOff, ...]:
    match when:
        case Exact():
            return _days_off(when, habits, weekends=True)
        case Window(first=first, last=last) if last - first < _LONGEST_WINDOW:
            shared = 1 if last - first < _SHORT_WINDOW else len(countries()) // 2
            found = _days_off(when, habits, weekends=False)
            return tuple(off for off in found if len(off.countries) >= shared)
        case _:
            return ()


def _days_off(when: Exact | Window, habits: Habits, *, weekends: bool) -> tuple[DayOff, ...]:
    """The days off, one for each holiday and each run of weekend days, those that most countries keep first."""
    free: dict[Text | None, dict[date, set[str]]] = {}
    for day in _days(when.first, when.last):
        for country in countries():
            reason = why_not(habits, country.code, day)
            if reason == "holiday" or (reason and weekends):
                name = holiday_name(habits, country.code, day)
                free.setdefault(name, {}).setdefault(day, set()).add(country.code)
    found = [
        DayOff(run[0], run[-1], name, tuple(sorted(set().union(*(by_day[day] for day in run)))))
        for name, by_day in free.items()
        for run in _runs(by_day)
    ]
    return tuple(sorted(found, key=lambda off: (-len(off.countries), off.first)))


def _days(first: date, last: date) -> Iterator[date]:
    return (date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1))


def _runs(by_day: Mapping[date, AbstractSet[str]]) -> Iterator[list[date]]:
    """The days in runs: one goes on while a country that was free on its last day is free on the next."""
    run: list[date] = []
    for day in sorted(by_day):
        if run and (day - run[-1] > timedelta(days=1) or not by_day[day] & by_day[run[-1]]):
            yield run
            run = []
        run.append(day)
    yield run


# --- order --------------------------------------------------------------------------------------------------


def _out_of_order(calendar: Calendar) -> Iterator[Doubt]:
    """Workshops that are dated against their numbers, and a deadline after the forum that is to hear the results."""
    series = sorted(
        (each for each in calendar.milestones if each.kind == "workshop" and each.round),
        key=lambda each: (each.round or 0, each.phase or 0, each.session or 0),
    )
    forum = next((each for each in calendar.milestones if each.kind == "forum"), None)
    pairs = [*pairwise(series)]
    if calendar.deadline and forum:
        pairs.append((calendar.deadline, forum))
    for before, after in pairs:
        if isinstance(before.when, Unstated) or isinstance(after.when, Unstated):
            continue
        if after.when.last < before.when.first:
            yield OutOfOrder(after.id, before.id)


def _out_of_step(calendar: Calendar) -> Iterator[Doubt]:
    for each in calendar.milestones:
        leader = calendar.by_id[each.follows.milestone].when if each.follows else None
        if each.follows is None or not isinstance(leader, Exact):
            continue
        expected = leader.first + timedelta(days=each.follows.days)
        if not isinstance(each.when, Exact) or each.when.first != expected:
            yield OutOfStep(each.id, each.follows.milestone, expected)
