"""Sessions in chat: two taps to register, groups that keep delegations together, questions, offers, steps, evaluation."""

from datetime import date, time, timedelta
from typing import Literal

import pytest

from bot.sandbox import Person, Sandbox
from tests.chats.calendars import NOTE, changes, goes_to, loads, sandbox_at
from tests.chats.telling import (
    CYCLE,
    Region,
    bare,
    data_of,
    everything,
    first_card,
    labels_of,
    newest,
    said_by_bot,
    since,
    voice,
)
from workflows.cycle.calendar import Calendar
from workflows.cycle.moving import fix
from workflows.languages import LANGUAGES, Language
from workflows.store.transaction import Work
from workflows.store.values_calendar import Minute, Registration
from workflows.when import Exact

STALE = "This button belongs to an earlier message. Please use the newest one."
NOT_ALLOWED = "This is not open to your role."
FIXED = Exact(first=date(2020, 7, 15), last=date(2020, 7, 15), starts=time(10), ends=time(12, 30))


@pytest.fixture
def sandbox() -> Sandbox:
    """Everything here happens in 2020."""
    return sandbox_at(NOTE)


@pytest.fixture
async def region(region: Region) -> Region:
    """The region with the calendar of 2020."""
    await loads(region)
    return region


async def opens(region: Region, person: Person, data: str) -> None:
    """The person follows a key such as an event's card or a reminder shows."""
    await region.forges(person, first_card(person).message_id, f"do.{data}")


async def registrations(region: Region, session: str = "session1") -> dict[str, Registration]:
    """What is on disk, by the names of people."""
    async with region.store.reading() as work:
        rows = await work.registrations.of_session(CYCLE, session)
        found = {}
        for row in rows:
            person = await work.people.by_id(row.person_id)
            found[person.name if person else ""] = row
        return found


async def minutes(region: Region, session: str = "session1") -> list[Minute]:
    async with region.store.reading() as work:
        return await work.minutes.of_session(CYCLE, session)


async def audit(region: Region) -> list[tuple[str, str, str]]:
    """What the audit holds of sessions: act, thing, outcome."""
    found: list[tuple[str, str, str]] = []

    async def look(work: Work) -> None:
        rows = await work._pen.rows(_AUDIT)
        found.extend((row.act, row.thing, row.outcome) for row in rows)

    await region.house.clerk.run_errand(look)
    return found
