"""A region on a real database, two processes and crashes: each reminder once, at most twice with a crash."""

import random
import shutil
from collections import Counter
from collections.abc import AsyncIterator, Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.cycle.reviewing import DEADLINE, FORUM, SESSION, calendar, policy, rung
from tests.store.village import CYCLE, change, come_in, rows
from workflows.cycle import moving
from workflows.cycle.calendar import Calendar
from workflows.cycle.days.working_days import habits, is_working_day
from workflows.cycle.reminders.ladder import zone_of
from workflows.cycle.reminders.policy import Escalation, ReminderPolicy
from workflows.notices import Reminder
from workflows.reference import countries
from workflows.store.cipher import Cipher, generate_key
from workflows.store.transaction import Store
from workflows.store.values import Delivered, Settlement
from workflows.store.values_calendar import Registration
from workflows.use_cases.delivering import claim
from workflows.use_cases.reminders.reminding import plan_silences, remind, replan
from workflows.when import Exact

START = datetime(2020, 6, 1, 6, tzinfo=UTC)
END = datetime(2020, 12, 20, tzinfo=UTC)
LADDER = policy(
    rung("register", -7, "register", only_if="not_registered"),
    rung("eve", -1, "session_soon", only_if="registered", working=True),
    rung("today", 0, "session_today", only_if="registered"),
    rung("month", -28, only_if="open"),
    rung("week", -7, only_if="open", to=["focal_point", "contributor"]),
    rung("near", -2, only_if="open", working=True),
    rung("due", 0, "deadline_today", only_if="open"),
    rung("forum", -14, "event_soon", to=["focal_point", "secretariat"]),
    rung("forum_day", 0, "event_today"),
)
DATES = calendar(SESSION, DEADLINE, FORUM)


class Killed(Exception):
    """The process died before its transaction was written."""


class Region:
    """Two processes on one database, and what people were given by the courier."""

    def __init__(self, stores: list[Store], seed: int) -> None:
        self.stores = stores
        self.rng = random.Random(seed)  # noqa: S311 - a simulation, not a secret
        self.handed: Counter[int] = Counter()
        self.letters: dict[int, Reminder] = {}
        self.people: dict[int, int] = {}
        self.crashes = 0

    @property
    def one(self) -> Store:
        """The process that happens to do it."""
        return self.rng.choice(self.stores)

    async def plans(self, now: datetime) -> None:
        async with self.one.transaction() as work:
            await replan(work, CYCLE, now)

    async def reminds(self, now: datetime, *, crashing: float) -> None:
        """Remind until nothing is due; some transactions are lost at their end."""
        while True:
            try:
                async with self.one.transaction() as work:
                    said = await remind(work, now, 7)
                    self._may_die(crashing if said else 0)
            except Killed:
                self.crashes += 1
                continue
            if not said:
                return

    def _may_die(self, crashing: float) -> None:
        if self.rng.random() < crashing:
            raise Killed

    async def delivers(self, now: datetime, *, crashing: float) -> None:
        """Hand letters out as the courier does; some processes die between sending and writing it down."""
        store = self.one
        async with store.transaction() as work:
            letters = await claim(work, store.owner, now, 500)
        settled = []
        for letter in letters:
            if not isinstance(letter.notice, Reminder) or letter.person_id is None:
                continue  # a word to somebody whose letter was lost twice
            if letter.attempts > 1:
                async with store.transaction() as work:
                    await work.outbox.begin_again(letter.id)
            self.handed[letter.id] += 1
            self.letters[letter.id] = letter.notice
            self.people[letter.id] = letter.person_id
            if self.rng.random() < crashing:
                self.crashes += 1
                continue
            settled.append(Settlement(letter.id, Delivered(letter.id), now))
        async with store.transaction() as work:
            await work.outbox.settle(settled)

    async def lives(self, *, crashing: float) -> None:
        """From June to December, beat by beat."""
        now = START
        await self.plans(now)
        while now < END:
            async with self.one.reading() as work:
                due = await work.reminders.next_due()
            if due is None:
                break
            now = max(now, due) + timedelta(seconds=self.rng.randint(0, 29))
            if self.rng.random() < 0.1:
                now += timedelta(days=3)
            await self.happens(now)
            await self.plans(now)
            await self.reminds(now, crashing=crashing)
            for later in (0, 120, 240, 360):
                await self.delivers(now + timedelta(seconds=later), crashing=crashing)

    async def happens(self, now: datetime) -> None:
        """Somebody registers, says no, or the forum moves."""
        if self.rng.random() < 0.3:
            person = self.rng.choice(range(1, 45))
            async with self.one.transaction() as work:
                known = await work.people.by_id(person)
                place = known.membership if known else None
                if place and place.country:
                    await work.registrations.save(
                        Registration(CYCLE, "session1", person, place.country, "remote", at=now)
                    )


@pytest.fixture
async def stores(tmp_path: Path, migrated: Path) -> AsyncIterator[list[Store]]:
    """The same file as two processes have it open, with two people of each state and one of the secretariat."""
    url, cipher = f"sqlite+aiosqlite:///{tmp_path / 'rafiq.db'}", Cipher.from_settings(generate_key())
    shutil.copy(migrated, tmp_path / "rafiq.db")
    found = [await Store.open(url, cipher) for _ in range(2)]
    for number, state in enumerate(countries()):
        await come_in(found[0], 2 * number + 1, state.code)
        await come_in(found[0], 2 * number + 2, state.code, "contributor")
    await come_in(found[0], 99, "", "secretariat")
    await loads(found[0], DATES, LADDER, START)
    yield found
    for store in found:
        await store.close()


async def loads(store: Store, dates: Calendar, ladder: ReminderPolicy, now: datetime) -> None:
    """A plan comes in, and everybody was there before it."""
    async with store.transaction() as work:
        await work.calendars.write(CYCLE, dates, ladder, by=None, act="loaded", milestone="", now=now)
    await change(store, "UPDATE membership SET began_at = '2020-05-01 00:00:00.000000'")


@pytest.mark.parametrize(("seed", "crashing"), [(1, 0.0), (3, 0.25)])
async def test_each_reminder_comes_once_and_with_crashes_at_most_twice(
    stores: list[Store], seed: int, crashing: float, measured: Callable[[str], None]
) -> None:
    region = Region(stores, seed)
    await region.lives(crashing=crashing)
    handed = Counter(region.handed.values())
    assert set(handed) <= ({1} if crashing == 0 else {1, 2})
    assert (region.crashes > 0) is (crashing > 0)
    sent = await rows(
        stores[0],
        "SELECT person_id, letter, count(*) AS items FROM reminder WHERE state = 'sent' GROUP BY 1, 2",
    )
    letters = {(region.people[number], notice.letter) for number, notice in region.letters.items()}
    failed = await rows(stores[0], "SELECT id FROM outbox WHERE state = 'failed' AND topic = 'reminder'")
    lost = {(region.people[row.id], region.letters[row.id].letter) for row in failed}
    assert all(region.handed[row.id] == 2 for row in failed), "given up only after both chances"
    assert crashing > 0 or not lost
    assert letters - lost == {(row.person_id, row.letter) for row in sent}
    assert len(letters) == len(region.letters) == sum(handed.values()), "one letter a person and day"
    waiting = await rows(stores[0], "SELECT count(*) FROM reminder WHERE state = 'planned'")
    assert waiting[0][0] == 0
    late = await rows(stores[0], "SELECT person_id, country, settled_at FROM reminder WHERE state = 'sent'")
    assert len(late) > 100
    for row in late:
        local = (
            datetime.fromisoformat(row.settled_at)
            .replace(tzinfo=UTC)
            .astimezone(ZoneInfo(zone_of(row.country)))
        )
        assert 7 <= local.hour < 20
        assert is_working_day(habits(), row.country, local.date())
    twice = f"{handed[1]} letters once, {handed[2]} twice"
    measured(f"two processes, {region.crashes} crashes: {len(late)} reminders, {twice}")


async def test_planning_twice_changes_nothing(stores: list[Store]) -> None:
    async with stores[0].transaction() as work:
        first = await replan(work, CYCLE, START)
    async with stores[1].transaction() as work:
        second = await replan(work, CYCLE, START + timedelta(minutes=1))
        people = await work.people.in_cycle(CYCLE)
        third = await replan(work, CYCLE, START + timedelta(minutes=2), [person.id for person in people])
    assert first.new > 100
    assert (second.new, second.moved, second.cancelled) == (0, 0, 0)
    assert second == third
    assert second.kept == first.new


async def test_one_act_moves_what_is_planned(stores: list[Store]) -> None:
    new = Exact(first=date(2021, 2, 24), last=date(2021, 2, 25))
    async with stores[0].transaction() as work:
        await replan(work, CYCLE, START)
        moved = moving.change(DATES, "forum", moving.Change(new), START)
        await work.calendars.write(CYCLE, moved, LADDER, by=None, act="moved", milestone="forum", now=START)
        planning = await replan(work, CYCLE, START)
    assert planning.cancelled == planning.new > 0
    left = await rows(
        stores[0], "SELECT DISTINCT nominal FROM reminder WHERE milestone = 'forum' AND state = 'planned'"
    )
    assert {str(row.nominal) for row in left} == {"2021-02-10", "2021-02-24"}


async def test_silences_are_planned_once_by_any_number_of_processes(stores: list[Store]) -> None:
    step = Escalation(milestone="deadline", silent_working_days=3, tell="secretariat")
    await loads(stores[0], DATES, LADDER.model_copy(update={"escalations": (step,)}), START)
    async with stores[0].transaction() as work:
        await replan(work, CYCLE, START)
    for day in range(18, 31):
        at = datetime(2020, 10, day, 9, tzinfo=UTC)
        for store in stores:
            async with store.transaction() as work:
                await plan_silences(work, CYCLE, at)
                await remind(work, at)
    told = await rows(
        stores[0], "SELECT country, count(*) AS times FROM reminder WHERE content = 'silence' GROUP BY 1"
    )
    assert {row.country for row in told} == {state.code for state in countries()}
    assert {row.times for row in told} == {1}
