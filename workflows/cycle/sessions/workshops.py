"""Discussion groups and presentations of a session: who sits where, who speaks when and for how long."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from workflows.cycle.calendar import AgendaItem, Calendar, Milestone, is_over
from workflows.immutable import Immutable
from workflows.when import Exact

LATE = timedelta(hours=24)
"""A change so short before a session is told to the secretariat."""
_Best = tuple[int, tuple[int, ...]]


def sessions_of(calendar: Calendar) -> tuple[Milestone, ...]:
    """The milestones for which people register, in the order of the calendar."""
    return tuple(milestone for milestone in calendar.milestones if milestone.registers)


def by_kind(sessions: Sequence[Milestone]) -> dict[str, tuple[str, ...]]:
    """The ids of sessions by what they are, in their order."""
    found: dict[str, tuple[str, ...]] = {}
    for session in sessions:
        found[session.kind] = (*found.get(session.kind, ()), session.id)
    return found


def next_session(calendar: Calendar, now: datetime) -> Milestone | None:
    """The session that is running or comes next by its first day; the last one when all are over."""
    sessions = sessions_of(calendar)
    ahead = [session for session in sessions if not is_over(session.when, now)]
    dated = [(_first_day(session), at, session) for at, session in enumerate(ahead)]
    if dated:
        return min(dated, key=lambda each: each[:2])[2]
    return sessions[-1] if sessions else None


def _first_day(session: Milestone) -> date:
    return date.max if session.when.kind == "unstated" else session.when.first


def is_short_before(session: Milestone, now: datetime) -> bool:
    """Whether the session begins within a day, or is running."""
    when = session.when
    return isinstance(when, Exact) and when.begins() - LATE <= now < when.closes()


# --- groups --------------------------------------------------------------------------------------------------


def balanced(sizes: Mapping[str, int], groups: int, placed: Mapping[str, int]) -> dict[str, int]:
    """Every delegation in one of `groups` (from 1), so that their sizes differ as little as delegations allow.

    `sizes` are people by country, `placed` the groups until now. Of equally good ways the one that moves the fewest
    delegations is taken. Two groups are as even as can be; more are filled from the largest delegation down.
    """
    return _placed(sizes, groups, placed, settled=False)


def joined(sizes: Mapping[str, int], groups: int, placed: Mapping[str, int]) -> dict[str, int]:
    """The same for delegations that come late: whoever has a group stays in it."""
    return _placed(sizes, groups, placed, settled=True)


def _placed(
    sizes: Mapping[str, int], groups: int, placed: Mapping[str, int], *, settled: bool
) -> dict[str, int]:
    countries = sorted(country for country, size in sizes.items() if size > 0)
    until_now = {country: at for country, at in placed.items() if 1 <= at <= groups}
    if groups == 2:  # noqa: PLR2004 - the pair is what can be balanced exactly
        return _in_two(countries, sizes, until_now, settled=settled)
    return _from_the_largest(countries, sizes, groups, until_now if settled else {})


def _in_two(
    countries: Sequence[str], sizes: Mapping[str, int], placed: Mapping[str, int], *, settled: bool
) -> dict[str, int]:
    """For each size that the first group can have, the way to it that moves the fewest; then the most even one."""
    ways: dict[int, _Best] = {0: (0, ())}
    for country in countries:
        was = placed.get(country, 0)
        longer: dict[int, _Best] = {}
        for first, (moves, groups) in ways.items():
            for group in (was,) if settled and was else (1, 2):
                size = first + (sizes[country] if group == 1 else 0)
                way = (moves + (was not in (0, group)), (*groups, group))
                longer[size] = min(longer.get(size, way), way)
        ways = longer
    total = sum(sizes[country] for country in countries)
    best = min(ways.items(), key=lambda way: (abs(total - 2 * way[0]), way[1]))
    return dict(zip(countries, best[1][1], strict=True))


def _from_the_largest(
    countries: Sequence[str], sizes: Mapping[str, int], groups: int, kept: Mapping[str, int]
) -> dict[str, int]:
    found = {country: kept[country] for country in countries if country in kept}
    for country in sorted(countries, key=lambda each: (-sizes[each], each)):
        if country not in found:
            weights = [
                sum(sizes[c] for c, at in found.items() if at == group) for group in range(1, groups + 1)
            ]
            if weights:
                found[country] = weights.index(min(weights)) + 1
    return found


# --- presentations -------------------------------------------------------------------------------------------


class Presentation(Immutable):
    """One country's turn within an agenda item: its local hour (to the second) and how many seconds it has."""

    country: str
    starts: time
    seconds: int


def presentations(item: AgendaItem, countries: Sequence[str]) -> tuple[Presentation, ...]:
    """The turns of these countries in their order; the item's time is shared evenly."""
    if not countries:
        return ()
    seconds = item.minutes * 60 // len(countries)
    begins = datetime.combine(date.min, item.starts)
    return tuple(
        Presentation(country, (begins + timedelta(seconds=at * seconds)).time(), seconds)
        for at, country in enumerate(countries)
    )


def presenting_item(session: Milestone) -> AgendaItem | None:
    """The agenda item in which countries present, where the session has one."""
    return next((item for item in session.agenda if item.id == session.presenters_item), None)


def placed_at(order: Sequence[str], country: str, place: int) -> tuple[str, ...]:
    """The order with one country at a place (from 1), the others keeping their sequence; at an end when beyond it."""
    others = [each for each in order if each != country]
    at = min(max(place, 1), len(others) + 1) - 1
    return (*others[:at], country, *others[at:])
