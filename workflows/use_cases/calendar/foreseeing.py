"""What happens next in all cycles together: the next reminder, or a date of a calendar that begins or ends."""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from workflows.cycle.calendar import Calendar
from workflows.immutable import Immutable
from workflows.languages import Text
from workflows.store.transaction import Work
from workflows.when import Exact


class Upcoming(Immutable):
    """The next thing that happens and its moment (UTC); a reminder has no title."""

    at: datetime
    kind: Literal["reminder", "begins", "ends"]
    title: Text | None = None


async def upcoming(work: Work, now: datetime) -> Upcoming | None:
    """What happens next after a moment (UTC); a reminder that waits to be said is the next, with its past moment.

    Windows and open dates are no moments. None when nothing is dated any more.
    """
    found = [each for calendar in await _calendars(work) for each in _bounds(calendar) if each.at > now]
    due = await work.reminders.next_due()
    if due is not None:
        found.insert(0, Upcoming(due, "reminder"))
    return min(found, key=lambda each: each.at, default=None)


async def _calendars(work: Work) -> list[Calendar]:
    plans = [await work.calendars.current(cycle.id) for cycle in await work.cycles.all()]
    return [plan.calendar for plan in plans if plan is not None]


def _bounds(calendar: Calendar) -> Iterator[Upcoming]:
    for milestone in calendar.milestones:
        for when in (milestone.when, *milestone.extensions.values()):
            if isinstance(when, Exact):
                yield Upcoming(when.begins(), "begins", milestone.title)
                yield Upcoming(when.closes(), "ends", milestone.title)
