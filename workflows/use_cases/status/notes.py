"""The notes on the region that officers get without asking: each working morning, and at the week's beginning."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, Literal

from workflows.cycle.days.working_days import add_working_days, habits, is_working_day, working_hours
from workflows.notices import StatusChanges
from workflows.people.roles import Person
from workflows.store.transaction import Work
from workflows.store.values import Cycle
from workflows.store.values_calendar import Preference
from workflows.use_cases.status.region import local_day
from workflows.use_cases.status.showing import changes, last_working_day
from workflows.when import CAIRO, instant

HOUR: Final = time(8, 30)
"""When an officer gets the note who has chosen no hour, in Cairo."""
LATEST: Final = timedelta(hours=3)
"""A note that comes later than this after its hour is no longer of the morning."""
WEEK: Final = 7

Occasion = Literal["morning", "week"]


async def send_notes(work: Work, now: datetime) -> int:
    """Post the notes that are due at a moment (UTC), each once; returns how many people had one coming.

    Where nothing has changed, nothing is posted.
    """
    told = 0
    for cycle in await work.cycles.all():
        officers = [each for each in await work.people.secretariat(cycle.id) if _serves(each, cycle.id)]
        preferences = await work.preferences.of([each.id for each in officers])
        due = [(each, which) for each in officers for which in due_notes(preferences[each.id], now)]
        told += await _post(work, cycle, due, now)
    return told


def due_notes(preference: Preference, now: datetime) -> tuple[Occasion, ...]:
    """Which notes somebody is to get at a moment (UTC): at a decent hour of a working day of theirs, if they wish it.

    On the first working day of the week, the weekly note takes the place of the morning's.
    """
    day = local_day(now, "")
    snoozed = preference.snoozed_until is not None and now < preference.snoozed_until
    if preference.paused or snoozed or not is_working_day(habits(), "", day):
        return ()
    hour = max(preference.hour or HOUR, working_hours(habits(), "", day)[0])
    since = now - instant(day, hour, CAIRO)
    if not timedelta() <= since < LATEST:
        return ()
    if preference.digest and is_first_of_the_week(day):
        return ("week",)
    return ("morning",) if preference.morning else ()


def is_first_of_the_week(day: date) -> bool:
    """Whether a working day of the secretariat is the first one of its week, which begins on Sunday."""
    sunday = day - timedelta(days=(day.weekday() + 1) % WEEK)
    return add_working_days(habits(), "", day, -1) < sunday


def _serves(person: Person, cycle_id: str) -> bool:
    actor = person.actor
    return actor is not None and actor.role == "secretariat" and actor.cycle_id == cycle_id


async def _post(work: Work, cycle: Cycle, due: Sequence[tuple[Person, Occasion]], now: datetime) -> int:
    day = local_day(now, "")
    looked: dict[Occasion, StatusChanges] = {}
    for person, occasion in due:
        if person.actor is None:
            continue
        if occasion not in looked:
            since = last_working_day(now) if occasion == "morning" else _a_week_ago(day)
            looked[occasion] = await changes(work, person.actor, cycle, now, since, occasion)
        told = looked[occasion]
        if told.moved:
            key = f"status_note:{cycle.id}:{person.id}:{day:%Y%m%d}"
            work.outbox.post(person, told, key=key, now=now, cycle_id=cycle.id, bulk=True)
    return len(due)


def _a_week_ago(day: date) -> datetime:
    return instant(day - timedelta(days=WEEK), time(), CAIRO).astimezone(UTC)
