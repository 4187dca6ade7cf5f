"""A hundred thousand reminders planned and queued, beside one APScheduler job for each; and how fast letters go out."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as hour
from pathlib import Path
from typing import Final

from apscheduler.events import EVENT_JOB_EXECUTED
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.ingress.beats import PLANNED_AT_ONCE
from workflows.cycle.calendar import Calendar, Milestone
from workflows.cycle.reminders.policy import ReminderPolicy, Rung
from workflows.languages import Text
from workflows.reference import countries
from workflows.review.judge import load_template
from workflows.store.cipher import Cipher, generate_key
from workflows.store.engine import BEGIN
from workflows.store.tables import MEMBERSHIPS, PEOPLE
from workflows.store.transaction import Store, Work, migrate
from workflows.use_cases.reminders.reminding import remind, replan
from workflows.when import Exact

REMINDERS: Final = 100_000
RUNGS: Final = 20
JOBS: Final = 1_000
"""So many APScheduler jobs are measured; a hundred thousand would take minutes. The table says what that comes to."""
CYCLE: Final = "bench"
OPENED: Final = datetime(2026, 1, 1, 6, tzinfo=UTC)
DAY: Final = date(2026, 9, 15)
_TEMPLATE: Final = Path(__file__).parents[1] / "workflows" / "data" / "templates" / "gcm-arab-2020.yaml"


@dataclass(frozen=True)
class Span:
    """How long something took on the wall and of the processor, and how long the loop could do nothing else at most."""

    seconds: float
    blocked: float
    cpu: float = 0.0


@asynccontextmanager
async def timed() -> AsyncIterator[list[Span]]:
    """The block's span, put into the list when the block ends."""
    found: list[Span] = []
    gaps = [0.0]

    async def tick() -> None:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(0.001)
            gaps.append(time.perf_counter() - began - 0.001)

    ticking = asyncio.create_task(tick())
    await asyncio.sleep(0)
    began, cpu = time.perf_counter(), time.process_time()
    yield found
    seconds, used = time.perf_counter() - began, time.process_time() - cpu
    await asyncio.sleep(0.002)
    ticking.cancel()
    found.append(Span(seconds, max(gaps), used))


# --- Rafiq -----------------------------------------------------------------------------------------------------------


def _calendar() -> Calendar:
    words = Text(ar="موعد", en="Deadline", fr="Échéance")
    deadline = Milestone(id="deadline", kind="deadline", title=words, when=Exact(first=DAY, last=DAY))
    return Calendar(id=CYCLE, title=words, template="t", milestones=(deadline,))


def _policy() -> ReminderPolicy:
    rungs = tuple(
        Rung(id=f"r{n}", milestone="deadline", days=-5 * n - 5, to=("focal_point",), content="deadline_soon")
        for n in range(RUNGS)
    )
    return ReminderPolicy(
        id="bench", quiet_from=hour(20), quiet_until=hour(7), hour=hour(9), a_week=7, rungs=rungs
    )


async def _load(store: Store) -> None:
    async with store.transaction() as work:
        await work.calendars.write(
            CYCLE, _calendar(), _policy(), by=None, act="loaded", milestone="", now=OPENED
        )


async def bring_in(store: Store, number: int) -> list[int]:
    """Open a cycle without a calendar, with so many focal points in the 22 states; returns who they are."""
    codes = [country.code for country in countries()]
    template = load_template(_TEMPLATE)
    async with store.transaction() as work:
        await work.cycles.open(CYCLE, template.model_dump_json(exclude_none=True), OPENED)
    # By the verbs, thousands of people would come in for longer than everything that is measured here.
    engine = store._engine.execution_options(**{BEGIN: "IMMEDIATE"})  # noqa: SLF001 - the same reason
    async with engine.begin() as connection:
        await connection.execute(PEOPLE.insert(), [_person(each) for each in range(1, number + 1)])
        places = [_place(each, codes[each % len(codes)]) for each in range(1, number + 1)]
        await connection.execute(MEMBERSHIPS.insert(), places)
    return list(range(1, number + 1))


def _person(number: int) -> dict[str, object]:
    return {
        "id": number,
        "telegram_id": number,
        "language": "ar",
        "digits": "auto",
        "reach": "open",
        "created_at": OPENED,
    }


def _place(number: int, country: str) -> dict[str, object]:
    return {
        "person_id": number,
        "cycle_id": CYCLE,
        "country": country,
        "role": "focal_point",
        "lead": True,
        "began_at": OPENED,
        "end_reason": "",
    }


async def _slices(
    store: Store, people: list[int], verb: Callable[[Work, list[int]], Awaitable[object]]
) -> None:
    for start in range(0, len(people), PLANNED_AT_ONCE):
        async with store.transaction() as work:
            await verb(work, people[start : start + PLANNED_AT_ONCE])


async def rafiq(folder: Path, reminders: int) -> tuple[Span, Span, Span]:
    """Plan so many reminders, plan them once more, and queue them all as after a long sleep: a letter a person."""
    url = f"sqlite+aiosqlite:///{folder / 'rafiq.db'}"
    await migrate(url)
    store = await Store.open(url, Cipher.from_settings(generate_key()))
    people = await bring_in(store, reminders // RUNGS)
    await _load(store)
    now = OPENED + timedelta(hours=1)
    async with timed() as planning:
        await _slices(store, people, lambda work, some: replan(work, CYCLE, now, some))
    async with timed() as again:
        await _slices(store, people, lambda work, some: replan(work, CYCLE, now, some))
    late = datetime(DAY.year, DAY.month, DAY.day - 1, 9, tzinfo=UTC)
    async with timed() as queueing:
        said = len(people)
        while said:
            async with store.transaction() as work:
                said = await remind(work, late)
    async with store.reading() as work:
        counts, letters = await work.reminders.counts(CYCLE), await work.outbox.backlog()
    await store.close()
    if counts["sent"] != len(people) * RUNGS or letters.counts.get("queued") != len(people):
        raise RuntimeError(f"of {len(people) * RUNGS} reminders {counts} are queued in {letters.counts}")
    return planning[0], again[0], queueing[0]


# --- one job for each ------------------------------------------------------------------------------------------------


def fire() -> None:
    """What a job does: nothing. The scheduler tells of each that has run."""


async def apscheduler(folder: Path, jobs: int) -> tuple[Span, Span]:
    """Add so many jobs to a SQL job store, then let all be due at once."""
    fired: list[str] = []
    store = SQLAlchemyJobStore(url=f"sqlite:///{folder / 'jobs.db'}")
    scheduler = AsyncIOScheduler(timezone=UTC, jobstores={"default": store})
    scheduler.add_listener(lambda event: fired.append(event.job_id), EVENT_JOB_EXECUTED)
    scheduler.start(paused=True)
    due = datetime(2000, 1, 1, tzinfo=UTC)
    async with timed() as planning:
        for number in range(jobs):
            scheduler.add_job(
                "bench.reminding:fire", "date", run_date=due, id=str(number), misfire_grace_time=None
            )
    async with timed() as firing:
        scheduler.resume()
        while len(fired) < jobs:  # noqa: ASYNC110 - a listener is called, not awaited
            await asyncio.sleep(0.005)
    scheduler.shutdown()
    return planning[0], firing[0]
