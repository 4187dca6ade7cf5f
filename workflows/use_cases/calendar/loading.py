"""Bringing a calendar and a reminder policy into an open cycle, as a new version of its plan."""

from datetime import datetime

from workflows.cycle.calendar import Calendar
from workflows.cycle.files.comparing import Difference, continued, differences
from workflows.cycle.reminders.policy import ReminderPolicy
from workflows.cycle.reminders.policy_file import default_policy
from workflows.immutable import Immutable
from workflows.store.transaction import Work
from workflows.use_cases.reminders.reminding import replan


class NoSuchCycle(Exception):
    """There is no open cycle of that name."""


class OtherTemplate(Exception):
    """The calendar belongs to another template than the one pinned to the cycle; the text names that one."""


class InUse(Exception):
    """People take part in the cycle, or officers have changed its dates; `changes` is what the file would change."""

    def __init__(self, changes: tuple[Difference, ...]) -> None:
        super().__init__(f"{len(changes)} changes")
        self.changes = changes


class Loaded(Immutable):
    """What loading came to. `changes` is None where the cycle had no calendar before; `number` is the plan's."""

    number: int
    policy: str
    changes: tuple[Difference, ...] | None
    policy_changed: bool


async def load(
    work: Work,
    cycle_id: str,
    calendar: Calendar,
    policy: ReminderPolicy | None,
    now: datetime,
    *,
    sure: bool = True,
) -> Loaded:
    """Write a new version of a cycle's plan and plan the reminders anew; nothing is written where nothing changes.

    Without a policy, the one that stands goes on, at first the one that ships. Milestones keep their history.
    Nobody is told of a date that a file changes: unless that is `sure`, a cycle in use is left as it is.

    Raises:
        NoSuchCycle: when the cycle is not open.
        OtherTemplate: when the calendar names another template than the cycle's.
        InUse: when it is not sure, and the dates of a cycle in use would change.
    """
    cycle = await work.cycles.get(cycle_id)
    if cycle is None:
        raise NoSuchCycle(cycle_id)
    if cycle.template.id != calendar.template:
        raise OtherTemplate(cycle.template.id)
    standing = await work.calendars.to_change(cycle_id)
    wanted = policy or (standing.policy if standing else default_policy())
    if standing is None:
        changes = None
    else:
        calendar = continued(standing.calendar, calendar, now)
        changes = differences(standing.calendar, calendar)
        if (calendar, wanted) == (standing.calendar, standing.policy):
            return Loaded(standing.number, wanted.id, (), policy_changed=False)
        if changes and not sure and await _is_in_use(work, cycle_id):
            raise InUse(changes)
    plan = await work.calendars.write(cycle_id, calendar, wanted, by=None, act="load", milestone="", now=now)
    work.audit.note(now, None, "load_calendar", "", cycle_id, "done", cycle_id=cycle_id)
    await replan(work, cycle_id, now)
    return Loaded(plan.number, wanted.id, changes, standing is None or standing.policy != wanted)


async def _is_in_use(work: Work, cycle_id: str) -> bool:
    """Whether somebody relies on the dates that stand: people who have come in, or officers who have set some."""
    if await work.people.in_cycle(cycle_id):
        return True
    return any(version.by is not None for version in await work.calendars.history(cycle_id))
