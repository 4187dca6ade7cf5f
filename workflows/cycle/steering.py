"""A proposed change worked out on the calendar: what would stand, and what it means for each country's readers."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from workflows.cycle.calendar import Calendar, Milestone, Mode
from workflows.cycle.moving import Change, change, end_extension, extend, set_link, take_back
from workflows.languages import Text
from workflows.notices.scheduling import EventState, FollowLine, Proposal, Step
from workflows.when import Exact, Unstated, When, Window


def applied(calendar: Calendar, wanted: Proposal, now: datetime) -> Calendar:
    """The calendar with the change made; equal to what stands where it changes nothing. Raises KeyError as `moving`."""
    it, before = wanted.milestone, calendar.by_id[wanted.milestone]
    if wanted.back:
        return take_back(calendar, it, now)
    if wanted.country and wanted.when is None:
        return end_extension(calendar, it, wanted.country, now)
    if wanted.country and wanted.when is not None:
        return extend(calendar, it, wanted.country, _with_end(wanted.when, before), now)
    if wanted.link:
        calendar = set_link(calendar, it, wanted.link)
    when = _with_end(wanted.when, before) if wanted.when is not None else None
    mode, place = _meeting(before, wanted)
    return change(calendar, it, Change(when, mode, place), now)


def _meeting(before: Milestone, wanted: Proposal) -> tuple[Mode | None, Text | None]:
    """How and where people are to meet; mode None leaves both as they are.

    A place without a word on the mode is one to go to: beside the screen where people met online.
    """
    if wanted.mode:
        return wanted.mode, wanted.place or (None if wanted.mode == "online" else before.place)
    if wanted.place is None:
        return None, None
    return ("hybrid" if before.mode == "online" else before.mode or "in_person"), wanted.place


def _with_end(when: When, before: Milestone) -> When:
    """A date with its first hour alone lasts as long as it did, or as long as its agenda."""
    if not isinstance(when, Exact) or when.starts is None or when.ends is not None:
        return when
    starts, ends = None, None
    if isinstance(before.when, Exact) and before.when.ends:
        starts, ends = before.when.starts, before.when.ends
    elif before.agenda:
        starts, ends = before.agenda[0].starts, before.agenda[-1].ends
    if starts is None or ends is None:
        return when
    some_day = when.first
    lasts = datetime.combine(some_day, ends) - datetime.combine(some_day, starts)
    over = datetime.combine(some_day, when.starts) + lasts
    if over.date() != some_day or lasts <= timedelta():
        return when
    return when.model_copy(update={"ends": over.time()})


# --- what it means for a reader --------------------------------------------------------------------------------------


def state_of(milestone: Milestone, country: str) -> EventState:
    """When, how and where something is for the readers of a country; empty for the secretariat."""
    when = milestone.when_for(country)
    return EventState(
        when=when,
        alternatives=milestone.alternatives if isinstance(when, Window) else (),
        mode=milestone.mode or "",
        place=milestone.place,
        link=milestone.link,
    )


def following(before: Calendar, after: Calendar, milestone_id: str, country: str) -> Iterator[FollowLine]:
    """The other dates that move along, as a country's readers have them."""
    for each in after.milestones:
        was, is_now = before.by_id[each.id].when_for(country), each.when_for(country)
        if each.id != milestone_id and was != is_now:
            yield FollowLine(id=each.id, title=each.title, before=was, after=is_now)


def step_between(before: EventState, after: EventState, *, country: str = "", extended: bool = False) -> Step:
    """What became of an event; `country` names whose own date it is, `extended` whether it has one now."""
    if before.when != after.when:
        if country:
            return "extended" if extended else "extension_ended"
        return _step(before.when, after.when)
    if before.mode != after.mode:
        return "mode_changed"
    if before.place != after.place:
        return "place_changed"
    return "link_changed" if before.link != after.link else "followed"


def _step(before: When, after: When) -> Step:
    match before, after:
        case Exact(), Exact():
            return "hours" if (before.first, before.last) == (after.first, after.last) else "postponed"
        case _, Exact():
            return "fixed"
        case _, Unstated():
            return "unfixed"
        case _:
            return "window"


def is_of_place(before: EventState, after: EventState) -> bool:
    """Whether nothing but the place or the link changes: news for those who come."""
    where: dict[str, object] = {"place": None, "link": ""}
    return before != after and before.model_copy(update=where) == after.model_copy(update=where)
