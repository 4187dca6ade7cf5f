"""Bringing a calendar and a reminder policy into an open cycle, as a new version of its plan."""

from dataclasses import dataclass
from datetime import datetime

from workflows.cycle.calendar import Calendar
from workflows.cycle.files.comparing import Difference, continued, differences
from workflows.cycle.reminders.policy import ReminderPolicy
from workflows.cycle.reminders.policy_file import default_policy
from workflows.store.transaction import Work
from workflows.use_cases.reminders.reminding import replan


class NoSuchCycle(Exception):
    """There is no open cycle of that name."""


class OtherTemplate(Exception):
    """The calendar belongs to another template than the one pinned to the cycle; the text names that one."""


@dataclass(frozen=True)
class Loaded:
    """What loading came to. `changes` is None where the cycle had no calendar before; `number` is the plan's."""

    number: int
    policy: str
    changes: tuple[Difference, ...] | None
    policy_changed: bool


async def load(
    work: Work, cycle_id: str, calendar: Calendar, policy: ReminderPolicy | None, now: datetime
) -> Loaded:
    """Write a new version of a cycle's plan and plan the reminders anew; nothing is written where nothing changes.

    Without a policy, the one that stands goes on, at first the one that ships. Milestones keep their history.

    Raises:
        NoSuchCycle: when the cycle is not open.
        OtherTemplate: when the calendar names another template than the cycle's.
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
    plan = await work.calendars.write(cycle_id, calendar, wanted, by=None, act="load", milestone="", now=now)
    work.audit.note(now, None, "load_calendar", "", cycle_id, "done")
    await replan(work, cycle_id, now)
    return Loaded(plan.number, wanted.id, changes, standing is None or standing.policy != wanted)
