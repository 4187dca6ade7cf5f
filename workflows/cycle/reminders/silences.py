"""When a country has been silent for so long before a deadline that somebody else is told, one step up each time."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from workflows.cycle.calendar import Milestone
from workflows.cycle.days.working_days import Habits, working_days_between
from workflows.cycle.reminders.ladder import Reader, zone_of
from workflows.cycle.reminders.planned import Planned
from workflows.cycle.reminders.policy import SILENCE, Escalation, ReminderPolicy
from workflows.when import Exact


def silent_since(
    country: str, first_reminder: datetime | None, last_activity: datetime | None
) -> date | None:
    """The local day from which a country's silence counts; None while nobody has been reminded of the deadline.

    Whoever was never asked is not silent. An answer begins the count anew.
    """
    if first_reminder is None:
        return None
    begun = max(first_reminder, last_activity or first_reminder)
    return begun.astimezone(ZoneInfo(zone_of(country))).date()


def steps_reached(
    policy: ReminderPolicy, habits: Habits, country: str, since: date, today: date
) -> Iterator[Escalation]:
    """The escalations that a silence has come to by a local day."""
    silent = working_days_between(habits, country, since, today)
    return (step for step in policy.escalations if silent >= step.silent_working_days)


def tellings(
    step: Escalation,
    country: str,
    since: date,
    milestone: Milestone,
    to: Iterable[tuple[Reader, datetime]],
    *,
    cycle_id: str,
) -> list[Planned]:
    """One reminder for each of those who are told, at a decent moment of theirs (UTC): once for the same silence."""
    when = milestone.when_for(country)
    if not isinstance(when, Exact):
        return []
    rung = f"{SILENCE}_{step.tell}_{since:%Y%m%d}"
    return [
        Planned(
            key=f"{cycle_id}/{reader.person_id}/{milestone.id}/{when.first:%Y%m%d}/{rung}/{country}",
            person_id=reader.person_id,
            country=country,
            milestone=milestone.id,
            sequence=milestone.sequence,
            rung=rung,
            content=SILENCE,
            nominal=at.astimezone(ZoneInfo(zone_of(reader.country))).date(),
            due=at,
        )
        for reader, at in to
    ]
