"""What the secretariat does to a calendar: postpone, fix, leave open, change the mode, give one country more time.

Every act takes `now` (UTC) and gives back a new calendar in which the milestone has grown by one change and remembers
what it was. An act that changes nothing gives back the same calendar. Unknown ids raise KeyError.
"""

from datetime import datetime, timedelta

from workflows.cycle.calendar import AgendaItem, Calendar, Milestone, Mode, Move, Step
from workflows.immutable import Immutable
from workflows.languages import Text
from workflows.when import Exact, Unstated, When


class Change(Immutable):
    """What becomes of a milestone in one act: a new date, a new mode with its place, or both; None leaves it as it is.

    Hours and zone stay where new days give none; a session that had no hours takes those of its agenda. With a mode and
    no place there is no place to go to.
    """

    when: When | None = None
    mode: Mode | None = None
    place: Text | None = None


def change(calendar: Calendar, milestone_id: str, what: Change, now: datetime) -> Calendar:
    """Do it all in one act: one step in the milestone's history, and one for each date that hangs on it.

    A new date set by hand no longer hangs on another; a fixed date has no alternatives left; extensions that end
    no later than the new date end with it.
    """
    before = calendar.by_id[milestone_id]
    when = _with_hours(what.when, before) if what.when is not None else before.when
    mode, place = (what.mode, what.place) if what.mode is not None else (before.mode, before.place)
    return _become(calendar, before.model_copy(update={"when": when, "mode": mode, "place": place}), now)


def take_back(calendar: Calendar, milestone_id: str, now: datetime) -> Calendar:
    """Bring a milestone back to what it was before its last change, as one more change that people can be told of.

    Extensions that ended with that change are given again. A date that was set by hand does not hang on another again.
    """
    before = calendar.by_id[milestone_id]
    if not before.moves:
        return calendar
    last = before.moves[-1]
    if last.country:
        return _extended(calendar, milestone_id, last.country, last.when, now)
    was = {"when": last.when, "mode": last.mode, "place": last.place, "alternatives": last.alternatives}
    calendar = _become(calendar, before.model_copy(update=was), now)
    for move in before.moves[:-1]:
        if move.step == "extension_ended" and move.at == last.at:
            calendar = _extended(calendar, milestone_id, move.country, move.when, now)
    return calendar


def set_link(calendar: Calendar, milestone_id: str, link: str) -> Calendar:
    """Say where to click to take part; no step in the history, but calendars that people keep are to be updated."""
    before = calendar.by_id[milestone_id]
    if link == before.link:
        return calendar
    return calendar.with_milestone(before.model_copy(update={"link": link, "sequence": before.sequence + 1}))


def _become(calendar: Calendar, wanted: Milestone, now: datetime) -> Calendar:
    """Let a milestone become what is wanted, with all that follows from a new date."""
    before = calendar.by_id[wanted.id]
    moves = move_between(before, wanted, now)
    if not moves:
        return calendar
    changes: dict[str, object] = {}
    if wanted.when != before.when:
        changes = {"follows": None, "agenda": _agenda(before, wanted.when)}
        changes |= {"alternatives": ()} if isinstance(wanted.when, Exact) else {}
    calendar = _without_overtaken(calendar, wanted, now)
    before = calendar.by_id[wanted.id]
    kept = {"extensions": before.extensions, "moves": before.moves, "sequence": before.sequence}
    after = calendar.with_milestone(_changed(wanted.model_copy(update=kept), changes, moves[0]))
    return _followed(after, wanted.id, now)


def extend(calendar: Calendar, milestone_id: str, country: str, when: When, now: datetime) -> Calendar:
    """Give one country another date, a later one as a rule; the date of everybody else stays."""
    return _extended(calendar, milestone_id, country, _with_hours(when, calendar.by_id[milestone_id]), now)


def _extended(calendar: Calendar, milestone_id: str, country: str, when: When, now: datetime) -> Calendar:
    before = calendar.by_id[milestone_id]
    if when == before.when_for(country):
        return calendar
    if when == before.when:
        return end_extension(calendar, milestone_id, country, now)
    move = Move(step="extended", at=now, when=before.when_for(country), country=country)
    later = {**before.extensions, country: when}
    return calendar.with_milestone(_changed(before, {"extensions": later}, move))


def end_extension(calendar: Calendar, milestone_id: str, country: str, now: datetime) -> Calendar:
    """Let the common date hold for a country again."""
    before = calendar.by_id[milestone_id]
    if country not in before.extensions:
        return calendar
    move = Move(step="extension_ended", at=now, when=before.extensions[country], country=country)
    later = {code: when for code, when in before.extensions.items() if code != country}
    return calendar.with_milestone(_changed(before, {"extensions": later}, move))


def move_between(before: Milestone, after: Milestone, now: datetime) -> tuple[Move, ...]:
    """The step from one state of a milestone to another; none where date, mode and place are the same."""
    if (after.when, after.mode, after.place) == (before.when, before.mode, before.place):
        return ()
    settled = before.alternatives if isinstance(after.when, Exact) and after.when != before.when else ()
    return (
        Move(
            step=_step(before.when, after.when),
            at=now,
            when=before.when,
            mode=before.mode,
            place=before.place,
            alternatives=settled,
        ),
    )


def dependents(calendar: Calendar, milestone_id: str) -> tuple[Milestone, ...]:
    """The milestones whose dates hang directly on this one."""
    return tuple(
        each for each in calendar.milestones if each.follows and each.follows.milestone == milestone_id
    )


def _step(before: When, after: When) -> Step:
    match before, after:
        case _ if before == after:
            return "mode_changed"
        case Exact(), Exact():
            return "postponed"
        case _, Exact():
            return "fixed"
        case _:
            return "unfixed"


def _changed(before: Milestone, changes: dict[str, object], move: Move) -> Milestone:
    grown = {"sequence": before.sequence + 1, "moves": (*before.moves, move)}
    return before.model_copy(update=changes | grown)


def _with_hours(when: When, before: Milestone) -> When:
    """The new days with the hours they had, or with those of the agenda where they had none."""
    if not isinstance(when, Exact) or when.starts is not None:
        return when
    if isinstance(before.when, Exact):
        when = when.model_copy(update={"zone": before.when.zone})
        if before.when.starts:
            return when.model_copy(update={"starts": before.when.starts, "ends": before.when.ends})
    if before.agenda:
        hours = {"starts": before.agenda[0].starts, "ends": before.agenda[-1].ends}
        return when.model_copy(update=hours)
    return when


def _agenda(before: Milestone, when: When) -> tuple[AgendaItem, ...]:
    """The agenda moved along with the session's first hour; left as it is where it would run past midnight."""
    if not (before.agenda and isinstance(when, Exact) and when.starts):
        return before.agenda
    began = before.agenda[0].starts
    if isinstance(before.when, Exact) and before.when.starts:
        began = before.when.starts
    some_day = datetime.combine(when.first, began)
    later = datetime.combine(when.first, when.starts) - some_day
    bounds = [datetime.combine(when.first, item.starts) + later for item in before.agenda]
    bounds += [datetime.combine(when.first, item.ends) + later for item in before.agenda]
    if not later or any(bound.date() != when.first for bound in bounds):
        return before.agenda
    count = len(before.agenda)
    return tuple(
        item.model_copy(update={"starts": bounds[at].time(), "ends": bounds[count + at].time()})
        for at, item in enumerate(before.agenda)
    )


def _without_overtaken(calendar: Calendar, wanted: Milestone, now: datetime) -> Calendar:
    """End the extensions that give a country no more time than everybody will have."""
    common = wanted.when
    for country, later in calendar.by_id[wanted.id].extensions.items():
        if isinstance(common, Exact) and isinstance(later, Exact) and later.closes() <= common.closes():
            calendar = end_extension(calendar, wanted.id, country, now)
    return calendar


def _followed(calendar: Calendar, milestone_id: str, now: datetime) -> Calendar:
    """Let the dates that hang on a milestone move along; they are open while it has no exact day."""
    leader = calendar.by_id[milestone_id].when
    for each in dependents(calendar, milestone_id):
        when: When = Unstated()
        if each.follows and isinstance(leader, Exact):
            day = leader.first + timedelta(days=each.follows.days)
            when = Exact(first=day, last=day, zone=calendar.zone)
        moved = change(calendar, each.id, Change(when), now)
        if moved is not calendar:
            hangs = moved.by_id[each.id].model_copy(update={"follows": each.follows})
            calendar = moved.with_milestone(hangs)
    return calendar
