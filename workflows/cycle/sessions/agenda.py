"""A session while it runs: which item is done, on now, next or later, and the minutes left on the item's clock."""

from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from workflows.cycle.calendar import AgendaItem, AgendaPart, Milestone
from workflows.immutable import Immutable
from workflows.when import Exact, instant

Standing = Literal["done", "now", "next", "later"]
Phase = Literal["undated", "before", "during", "after"]
_MINUTE = timedelta(minutes=1)


class Clock(Immutable):
    """Where a session is. Minutes are whole and rounded up, so that the last one is shown as 1.

    `item` is None before and after the session, and in a gap between two items. `part` is the part of the item that
    should be on, its minutes taken one after another and cut at the item's end. `until_next` counts to the start of
    `next`.
    """

    phase: Phase
    item: AgendaItem | None = None
    item_left: int = 0
    part: AgendaPart | None = None
    part_left: int = 0
    next: AgendaItem | None = None
    until_next: int = 0


def now_and_next(session: Milestone, now: datetime) -> Clock:
    """Where a session is at a moment; of a session of several days, the day that runs or comes next counts."""
    if not isinstance(session.when, Exact):
        return Clock("undated", next=session.agenda[0] if session.agenda else None)
    day = _day(session, session.when, now)
    spans = [(item, *_span(item, session.when, day)) for item in session.agenda]
    ahead = next(((item, starts) for item, starts, _ in spans if starts > now), None)
    following, until = (ahead[0], _minutes(ahead[1] - now)) if ahead else (None, 0)
    opens, closes = _hours(session, session.when, day)
    if now < opens:
        return Clock("before", next=following, until_next=until)
    if now >= closes:
        return Clock("after")
    on = next((span for span in spans if span[1] <= now < span[2]), None)
    if on is None:
        return Clock("during", next=following, until_next=until)
    item, starts, ends = on
    part, part_ends = _part(item, starts, ends, now)
    part_left = _minutes(part_ends - now) if part else 0
    return Clock("during", item, _minutes(ends - now), part, part_left, following, until)


def standing_of(item: AgendaItem, session: Milestone, now: datetime) -> Standing:
    """Whether an item of a session is done, on now, the next one or later."""
    clock = now_and_next(session, now)
    if clock.item is not None and item.id == clock.item.id:
        return "now"
    if clock.next is not None and item.id == clock.next.id:
        return "next"
    if clock.phase == "after":
        return "done"
    if clock.phase == "undated" or clock.next is None:
        return "done" if clock.phase == "during" else "later"
    order = [each.id for each in session.agenda]
    return "done" if order.index(item.id) < order.index(clock.next.id) else "later"


def hours(item: AgendaItem, session: Milestone, now: datetime) -> tuple[datetime, datetime] | None:
    """The instants (UTC) at which an item starts and ends; None while the session has no exact day."""
    if not isinstance(session.when, Exact):
        return None
    return _span(item, session.when, _day(session, session.when, now))


def _day(session: Milestone, when: Exact, now: datetime) -> date:
    """The day of the session that a moment belongs to: once one is over the next, in the end the last."""
    day = min(max(now.astimezone(ZoneInfo(when.zone)).date(), when.first), when.last)
    over = day < when.last and now >= _hours(session, when, day)[1]
    return day + timedelta(days=1) if over else day


def _span(item: AgendaItem, when: Exact, day: date) -> tuple[datetime, datetime]:
    return instant(day, item.starts, when.zone), instant(day, item.ends, when.zone)


def _hours(session: Milestone, when: Exact, day: date) -> tuple[datetime, datetime]:
    """When a day of the session opens and closes: by its own hours, its agenda's, or the whole day."""
    opens, closes = when.starts, when.ends
    if session.agenda:
        first, last = session.agenda[0].starts, max(item.ends for item in session.agenda)
        opens, closes = min(opens or first, first), max(closes or last, last)
    of_the_day = Exact(first=day, last=day, starts=opens, ends=closes, zone=when.zone)
    return of_the_day.begins(), of_the_day.closes()


def _part(
    item: AgendaItem, starts: datetime, ends: datetime, now: datetime
) -> tuple[AgendaPart | None, datetime]:
    """The part that should be on, with the moment it should end; none after the last one."""
    at = starts
    for part in item.parts:
        at += part.minutes * _MINUTE
        if now < at:
            return part, min(at, ends)
    return None, ends


def _minutes(span: timedelta) -> int:
    return -(-span // _MINUTE)
