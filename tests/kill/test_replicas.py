"""Several replicas: what one person sends to two of them at once, who takes over, and reminders while they die."""

import asyncio
import random
import signal
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC
from pathlib import Path
from time import monotonic
from typing import Final

import pytest

from bot.ingress.election import LEASE_SECONDS, POLLER, SENDER
from bot.sandbox import Person, serving
from tests.kill.chat import keys
from tests.kill.fleet import killed
from tests.kill.modes import REPLICAS, Mode
from tests.kill.seeds import SEED
from tests.kill.stage import CYCLE, Stage
from tests.store.conftest import migrated_database
from tests.transport.nursery import Nursery
from workflows.notices.steering import Announced

Say = Callable[[str], None]
TWO_CALLED: Final = Mode("serve", "postgresql", 2)
TWO_ASKING: Final = Mode("poll", "postgresql", 2)
TURNS: Final = 16
PROMPTS: Final = ("3b.1", "3c.2")
LAPSE: Final = 8.0
"""Seconds by which the clock is moved when a replica has died, so that not all of its lease is waited for."""
DEATHS: Final = (
    ("after_reminders:1", "after_bulk_claim:1"),
    ("after_send_before_settle:1",),
    ("", "before_send:1"),
)
"""On each of so many mornings, which replicas die before it, and where each dies again when it has come."""


@pytest.fixture
async def url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database on the server."""
    return await migrated_database(request.getfixturevalue("postgres"))


@asynccontextmanager
async def staged(folder: Path, nursery: Nursery, mode: Mode, url: str) -> AsyncIterator[Stage]:
    """A stage whose people have come in, with all replicas alive."""
    stage = Stage(folder, nursery, mode, url)
    async with serving(stage.sandbox) as address, stage.fleet.opened(address):
        await stage.prepares()
        stage.starts()
        await stage.has("lease", f"name IN ('{POLLER}', '{SENDER}')", 2 if mode.receive == "poll" else 1)
        stage.fleet.all_start()
        await stage.welcomes()
        yield stage
        await stage.fleet.all_stop()


# --- one person, two replicas ----------------------------------------------------------------------------------------


@pytest.mark.kill
@pytest.mark.postgres
@pytest.mark.timeout(200)
async def test_fault_16_a_message_and_a_press_that_reach_two_replicas_at_once_are_both_done_and_in_place(
    tmp_path: Path, nursery: Nursery, url: str, measured: Say
) -> None:
    chance = random.Random(SEED)  # noqa: S311 - play, not secrecy
    typed: dict[str, list[str]] = {prompt: [] for prompt in PROMPTS}
    async with staged(tmp_path, nursery, TWO_CALLED, url) as stage:
        door = next(m for m in stage.layla.messages if m.from_bot and m.rows)
        stage.layla.forges(door.message_id, f"go.prompt:{PROMPTS[0]}")
        await stage.until(lambda: asks(stage, PROMPTS[0]))
        await stage.rests()
        before, asked = dict(stage.fleet.balancer.dealt), 0
        for turn in range(TURNS):
            here, there = (PROMPTS[(turn + step) % 2] for step in (0, 1))
            words, last = f"turn {turn:02} of many words", stage.layla.last_message.message_id
            typed[here].append(words)
            acts: list[Callable[[], object]] = [
                lambda words=words: stage.layla.says(words),  # type: ignore[misc]  # its default
                lambda there=there: stage.layla.forges(door.message_id, f"go.prompt:{there}"),  # type: ignore[misc]  # its default
            ]
            chance.shuffle(acts)
            for act in acts:  # in one breath: the sandbox calls for both before either is answered
                act()
            asked += await goes_on(stage, here, there, last)
        dealt = {port: number - before[port] for port, number in stage.fleet.balancer.dealt.items()}
        await stage.rests()
        found = {prompt: await texts_of(stage, prompt) for prompt in PROMPTS}
        receipts = await stage.count("outbox", "topic = 'saved' AND state = 'sent'")
    assert found == typed
    assert min(dealt.values()) >= TURNS // 2  # both had their part
    assert receipts >= TURNS - asked
    measured(
        f"two replicas: {TURNS} times a message and a press at once, {sorted(dealt.values())} requests each; "
        f"every text once, in its question and in order; {asked} times the person was asked where a text belongs"
    )


def asks(stage: Stage, prompt: str) -> bool:
    """Whether the newest card that Layla sees asks this prompt."""
    cards = [m for m in stage.layla.messages if m.from_bot and "⟦" in m.text]
    return bool(cards) and f"⟦{prompt}⟧" in cards[-1].text


async def goes_on(stage: Stage, here: str, there: str, last: int) -> int:
    """Wait for what follows message `last`; where it is asked where the text belongs, say so. How often that was."""
    await stage.rests()
    asking = [m for m in stage.layla.messages if m.message_id > last and f".place.{here}" in keys(m.rows)]
    for message in asking:
        (data,) = (data for data in keys(message.rows).split() if data.endswith(f".place.{here}"))
        stage.layla.forges(message.message_id, data)
        await stage.rests()
    if not asks(stage, there):
        door = next(m for m in stage.layla.messages if m.from_bot and m.rows)
        stage.layla.forges(door.message_id, f"go.prompt:{there}")
        await stage.until(lambda: asks(stage, there))
        await stage.rests()
    return len(asking)


async def texts_of(stage: Stage, prompt: str) -> list[str]:
    """The parts of an answer in their order."""
    async with stage.work() as work:
        person = await work.people.by_telegram(stage.layla.user_id)
        assert person is not None
        assert person.actor is not None
        draft = await work.drafts.open(person.actor, "LB")
        answer = draft.review.answers.get(prompt)
        return [part.text for part in getattr(answer.value, "parts", ())] if answer else []


# --- who takes over --------------------------------------------------------------------------------------------------


@pytest.mark.kill
@pytest.mark.postgres
@pytest.mark.timeout(200)
async def test_when_the_poller_and_sender_is_killed_another_takes_over_while_its_lease_ends(
    tmp_path: Path, nursery: Nursery, url: str, measured: Say
) -> None:
    async with staged(tmp_path, nursery, TWO_ASKING, url) as stage:
        await killed(stage.fleet.children[0])
        began = monotonic()
        stage.sandbox.clock.advance(LAPSE)
        stage.layla.says("/help")
        before = stage.layla.last_message.message_id
        await posts_to_many(stage)
        took: dict[str, float] = {}
        async with asyncio.timeout(60):
            while len(took) < 2:
                await asyncio.sleep(0.05)
                answered = stage.layla.last_message.message_id > before
                told = any("The forum moves" in m.text for m in stage.amal.messages)
                for office, works in (("poller", answered), ("sender", told)):
                    if works and office not in took:
                        took[office] = monotonic() - began + LAPSE
        measured(
            f"take-over: {took['poller']:.0f} s after SIGKILL another replica receives, "
            f"{took['sender']:.0f} s after it another sends what no turn posted; a lease is {LEASE_SECONDS:g} s"
        )
        assert max(took.values()) < LEASE_SECONDS + 15
        began = monotonic()
        stage.fleet.starts(0)  # and one that is asked to stop leaves its offices at once
        stage.fleet.children[1].signals(signal.SIGTERM)
        assert await stage.fleet.children[1].ends(30) == 0
        before = stage.layla.last_message.message_id
        stage.layla.says("/help")
        await stage.until(lambda: stage.layla.last_message.message_id > before + 1)
        del stage.fleet.children[1]


async def posts_to_many(stage: Stage) -> None:
    """Lay a letter for Amal into the outbox which only the elected sender takes."""
    async with stage.work() as work:
        person = await work.people.by_telegram(stage.amal.user_id)
        assert person is not None
        notice = Announced(text="The forum moves to Beirut.", language="en")
        now = stage.sandbox.clock.now()
        work.outbox.post(person, notice, key="news", now=now, cycle_id=CYCLE, country="JO", bulk=True)


# --- reminders while replicas die -------------------------------------------------------------------------------------


@pytest.mark.kill
@pytest.mark.postgres
@pytest.mark.timeout(300)
async def test_fault_7_each_due_reminder_is_said_once_while_replicas_are_killed(
    tmp_path: Path, nursery: Nursery, url: str, measured: Say
) -> None:
    async with staged(tmp_path, nursery, REPLICAS, url) as stage:
        await stage.has("reminder", "state = 'planned'", 10)
        (first,) = await stage.rows("SELECT max(id) AS id FROM outbox")
        heard = {person: person.last_message.message_id for person in (stage.layla, stage.amal)}
        kills = 0
        async with hastening(stage):
            for deaths in DEATHS:
                kills += await dies_on_the_next_morning(stage, deaths)
            kills += await all_is_said(stage)
        # One that came too late in the day was taken back unsent, and said on another day.
        meant = f"id > {first.id} AND topic <> 'digest' AND reason <> 'replaced'"
        rows = await stage.rows(f"SELECT person_id, topic, state, reason FROM outbox WHERE {meant}")  # noqa: S608 - our own words
        due = await stage.count("reminder", "state = 'sent'")
        came = {
            person: Counter(m.text for m in person.messages if m.from_bot and m.message_id > last)
            for person, last in heard.items()
        }
        numbers = {person: await number_of(stage, person) for person in heard}
    extra = 0
    for person, texts in came.items():
        letters = [row for row in rows if row.person_id == numbers[person]]
        assert {row.state for row in letters} <= {"sent"}, letters
        assert len(texts) == len(letters), (letters, texts)
        assert max(texts.values()) <= 2, texts
        extra += texts.total() - len(letters)
    assert extra <= kills
    assert due >= len(DEATHS)
    measured(
        f"reminders on three replicas: {due} said in {sum(len(texts) for texts in came.values())} letters "
        f"on {len(DEATHS)} mornings, {kills} kills, 0 missing, {extra} extra copies"
    )


async def dies_on_the_next_morning(stage: Stage, deaths: tuple[str, ...]) -> int:
    """Arm the replicas, let it become the next morning on which something is due, and wait until it is said."""
    kills = await all_is_said(stage)
    for place, failpoint in enumerate(deaths):
        await killed(stage.fleet.children[place])
        stage.fleet.starts(place, failpoint)
    layla = await number_of(stage, stage.layla)
    (row,) = await stage.rows(
        f"SELECT min(due_at) AS moment FROM reminder WHERE state = 'planned' AND person_id = {layla}"  # noqa: S608 - our own words
    )
    stage.sandbox.clock.move_to(max(stage.sandbox.clock.now(), row.moment.astimezone(UTC)))
    return kills + len(deaths) + await all_is_said(stage)


async def all_is_said(stage: Stage) -> int:
    """Wait until nothing is due and no letter is open, starting anew who dies meanwhile; how many did."""
    deaths = 0
    async with asyncio.timeout(90):
        while True:
            for place, child in stage.fleet.children.items():
                if child.status is not None:
                    assert child.status == -signal.SIGKILL, child.logged[-3000:]
                    deaths += 1
                    stage.fleet.starts(place)
            now = stage.sandbox.clock.now().isoformat()
            waits = await stage.count("reminder", f"state = 'planned' AND due_at <= '{now}'")
            if not waits and not await stage.count("outbox", "settled_at IS NULL"):
                return deaths
            await asyncio.sleep(0.2)


@asynccontextmanager
async def hastening(stage: Stage) -> AsyncIterator[None]:
    """Let time pass ten times as fast, so that the leases of the dead end soon and those of the living do not."""

    async def hasten() -> None:
        while True:
            await asyncio.sleep(0.5)
            stage.sandbox.clock.advance(5)

    task = asyncio.create_task(hasten())
    try:
        yield
    finally:
        task.cancel()


async def number_of(stage: Stage, someone: Person) -> int:
    """How the store names somebody."""
    async with stage.work() as work:
        person = await work.people.by_telegram(someone.user_id)
    assert person is not None
    return person.id
