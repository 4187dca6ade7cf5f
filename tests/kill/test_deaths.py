"""The bot dies at each named place at least once, and nothing is lost, doubled or left half done."""

import json
import re
import signal
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.failpoints import NAMES
from bot.sandbox import Person, serving
from tests.kill.chat import keys
from tests.kill.fleet import killed
from tests.kill.marked import LONG
from tests.kill.modes import FOUR, REPLICAS, Mode
from tests.kill.seeds import times
from tests.kill.stage import Stage, button, shown
from tests.review.test_evidence import PDF
from tests.store.conftest import migrated_database
from tests.transport.nursery import Nursery

Say = Callable[[str], None]
Cause = Callable[[Stage], Awaitable[None]]
REPETITIONS = 25
"""How often each place is reached in a campaign of a thousand kills."""
TEXT = "words that must not be lost"
DUE = datetime(2020, 6, 18, 6, 0, tzinfo=UTC)
"""When the first reminder of the shipped calendar is due."""


def heard(person: Person, words: str) -> int:
    """How many messages of the bot say so."""
    return sum(message.from_bot and words in message.text for message in person.messages)


# --- what makes the bot pass the place, and what must be true in the end --------------------------------------------


async def opens(stage: Stage, prompt: str = "1f.2") -> None:
    """Layla opens a question and has its card before her."""
    welcome = next(m for m in stage.layla.messages if m.from_bot and m.rows)
    stage.layla.forges(welcome.message_id, f"go.prompt:{prompt}")
    await stage.until(lambda: any(f"⟦{prompt}⟧" in m.text for m in stage.layla.messages[-3:]))


async def writes(stage: Stage) -> None:
    """Layla answers her question, and everybody asks for something besides, so that there is a batch."""
    stage.layla.says(TEXT)
    for person in (stage.sam, stage.amal):
        person.says("/help")


async def is_written_once(stage: Stage) -> None:
    """The text is there, in one revision, and Layla has heard so, twice at most."""
    await stage.rests()
    assert await stage.count("answer_revision", "prompt = '1f.2'") == 1
    receipts = await stage.count("outbox", "topic IN ('saved', 'answered') AND state = 'sent'")
    assert receipts == 1
    said = Counter(m.text for m in stage.layla.messages if m.from_bot and TEXT not in m.text)
    assert max(said.values()) <= 2, said


async def is_slowed(stage: Stage) -> None:
    """Telegram asks for patience, so that a letter goes back to the table and is claimed again."""
    stage.sandbox.faults.add("flood", method="sendMessage", chat_id=stage.layla.user_id, retry_after=1)
    stage.layla.says(TEXT)


async def is_in_doubt(stage: Stage) -> None:
    """A message is sent, and no answer comes back: it goes out once more."""
    stage.sandbox.faults.add("reset", method="sendMessage", chat_id=stage.layla.user_id, delivered=True)
    stage.layla.says(TEXT)


async def reads_long(stage: Stage) -> None:
    """Layla opens a question whose words take two messages."""
    welcome = next(m for m in stage.layla.messages if m.from_bot and m.rows)
    stage.layla.forges(welcome.message_id, f"go.prompt:{LONG}")


async def is_read_whole(stage: Stage) -> None:
    """Both parts have come, one of them twice at most."""
    await stage.rests()
    parts = long_parts(stage)
    assert 2 <= len(parts) <= 3
    assert len(set(parts)) == 2


async def is_poisoned(stage: Stage) -> None:
    """An answer cannot be written, whatever is tried."""
    async with stage.work() as work:
        for statement in POISON[stage.mode.kind]:
            await work._pen.connection.execute(text(statement))
    stage.layla.says(TEXT)


async def is_parked(stage: Stage) -> None:
    """The message lies among the dead letters, its person was told, and others go on."""
    await stage.until(lambda: not stage.sandbox.updates.everything())
    await stage.rests()
    assert await stage.count("dead_letter", "parked") == 1
    assert await stage.count("outbox", "key LIKE '%failed' AND state = 'sent'") == 1
    async with stage.work() as work:
        await work._pen.connection.execute(text(ANTIDOTE[stage.mode.kind]))
    stage.layla.says(TEXT)
    await is_written_once(stage)


async def waits_for_reminders(stage: Stage) -> None:
    """It becomes the morning of a reminder."""
    stage.sandbox.clock.move_to(DUE)


async def is_reminded_once(stage: Stage) -> None:
    """Each focal point gets one reminder, twice at most where the bot died with it in hand."""
    if stage.sandbox.clock.now() < DUE:
        await stage.has("reminder", "state = 'planned'")
        stage.sandbox.clock.move_to(DUE)
    await stage.has("outbox", "topic = 'reminder' AND state = 'sent'", 2)
    await stage.rests()
    assert await stage.count("outbox", "topic = 'reminder'") == 2
    rows = await stage.rows("SELECT person_id, count(*) AS n FROM outbox WHERE topic = 'reminder' GROUP BY 1")
    assert [row.n for row in rows] == [1, 1]


async def announces(stage: Stage) -> None:
    """Sam tells all focal points something."""
    stage.sandbox.clock.move_to(datetime(2020, 6, 9, 8, 0, tzinfo=UTC))
    stage.sam.says("/announce focal points of Jordan and Lebanon")
    await stage.sam.sees("2 people", 30)
    stage.sam.says("The forum moves to Beirut.")
    await stage.until(lambda: shown(stage.sam, "do.announce_send"))
    card = shown(stage.sam, "do.announce_send")
    assert card is not None
    stage.sam.forges(card.message_id, button(card, "do.announce_send"))


async def is_announced_once(stage: Stage) -> None:
    """Both have heard it, twice at most."""
    words = "The forum moves to Beirut."
    await stage.until(lambda: heard(stage.layla, words) and heard(stage.amal, words))
    await stage.rests()
    assert heard(stage.layla, words) <= 2
    assert heard(stage.amal, words) <= 2
    assert await stage.count("announcement_recipient") == 2


async def freezes(stage: Stage) -> None:
    """Layla writes something and has her country's text frozen."""
    await opens(stage)
    stage.layla.says(TEXT)
    await stage.rests()
    stage.layla.says("/submit")
    await stage.until(lambda: shown(stage.layla, "do.freeze"))
    card = shown(stage.layla, "do.freeze")
    assert card is not None
    stage.layla.forges(card.message_id, button(card, "do.freeze"))


async def is_frozen_once(stage: Stage) -> None:
    """There is one frozen text, and the last question before it is submitted."""
    await stage.until(lambda: _sure(stage.layla))
    await stage.rests()
    assert await stage.count("edition") == 1


async def submits(stage: Stage) -> None:
    """Layla goes the whole way to the receipt."""
    await freezes(stage)
    await stage.until(lambda: _sure(stage.layla))
    message_id, data = _sure(stage.layla) or (0, "")
    stage.layla.forges(message_id, data)


async def is_submitted_once(stage: Stage) -> None:
    """One edition is submitted, and there is one receipt for each who gets one."""
    await stage.has("edition", "state = 'submitted'")
    await stage.rests()
    assert await stage.count("edition") == 1
    receipts = await stage.rows("SELECT person_id FROM outbox WHERE topic = 'receipt'")
    assert len(receipts) == len({row.person_id for row in receipts}) >= 1


async def erases(stage: Stage) -> None:
    """Layla wants to be forgotten."""
    stage.layla.says("/erase")
    await stage.until(lambda: _erasure(stage.layla))
    message_id, data = _erasure(stage.layla) or (0, "")
    stage.layla.forges(message_id, data)


async def is_erased(stage: Stage) -> None:
    """She is, wholly, and she has heard so."""
    await stage.has("person", "erased_at IS NOT NULL")
    await stage.rests()
    assert await stage.count("person", "erased_at IS NOT NULL") == 1


async def sends_a_file(stage: Stage) -> None:
    """Layla sends a paper to stand behind an answer."""
    await opens(stage)
    await stage.rests()
    stage.layla.sends_document("law.pdf", PDF)


async def is_kept_once(stage: Stage) -> None:
    """The file is kept, in one row."""
    await stage.has("evidence", "state = 'kept'")
    await stage.rests()
    assert await stage.count("evidence") == await stage.count("evidence_content") == 1


async def sends_answers(stage: Stage) -> None:
    """Layla sends a text with answers that she wrote elsewhere, and at no question."""
    stage.layla.says("/sections")
    await stage.rests()
    stage.layla.sends_document("answers.txt", b"4b: Money is short.\n5b: On our site.")


async def is_read_once(stage: Stage) -> None:
    """It is kept to be read, what is in it was told once, and nothing of it is in the draft."""
    await stage.has("outbox", "topic = 'filled_view' AND state = 'sent'")
    await stage.rests()
    assert await stage.count("evidence") == await stage.count("evidence_content") == 1
    assert await stage.count("outbox", "topic = 'filled_view'") == 1
    assert await stage.count("answer_revision") == 0


async def asks_for_a_document(stage: Stage) -> None:
    """Layla asks for all that is kept about her, which comes as a file."""
    stage.layla.says("/mydata")


async def has_one_document(stage: Stage) -> None:
    """She has the file, whole and once."""
    await stage.rests()
    (file,) = [m.document for m in stage.layla.messages if m.from_bot and m.document]
    assert isinstance(json.loads(file.content), dict)


async def is_asked_to_stop(stage: Stage) -> None:
    """Layla writes, and whoever runs the bot stops it."""
    await opens(stage)
    await stage.rests()
    stage.layla.says(TEXT)
    stage.child.signals(signal.SIGTERM)


async def nothing(stage: Stage) -> None:
    """It happens by itself."""


POISON = {
    "sqlite": (
        "CREATE TRIGGER poison BEFORE INSERT ON answer_revision BEGIN SELECT RAISE(ABORT, 'no'); END",
    ),
    "postgresql": (
        "CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$",
        "CREATE TRIGGER poison BEFORE INSERT ON answer_revision FOR EACH ROW EXECUTE FUNCTION poison()",
    ),
}
ANTIDOTE = {"sqlite": "DROP TRIGGER poison", "postgresql": "DROP TRIGGER poison ON answer_revision"}
TALK = (opens, writes, is_written_once)
POLLED, CALLED, SHARED = Mode("poll", "sqlite"), Mode("serve", "sqlite"), Mode("poll", "postgresql")
DEATHS: dict[str, tuple[Mode, Cause, Cause, Cause]] = {
    "before_commit": (POLLED, *TALK),
    "after_commit_before_ack": (POLLED, *TALK),
    "after_ack_before_send": (POLLED, *TALK),
    "before_handling": (POLLED, *TALK),
    "mid_batch": (POLLED, *TALK),
    "before_send": (POLLED, *TALK),
    "after_send_before_settle": (POLLED, *TALK),
    "after_send_before_settle of a document": (POLLED, nothing, asks_for_a_document, has_one_document),
    "before_settle_commit": (POLLED, *TALK),
    "before_answer": (CALLED, *TALK),
    "after_claim": (POLLED, opens, is_slowed, is_written_once),
    "before_begin_again": (POLLED, opens, is_in_doubt, is_written_once),
    "mid_multi_part_send": (POLLED, nothing, reads_long, is_read_whole),
    "after_parts_kept": (POLLED, nothing, reads_long, is_read_whole),
    "before_dead_letter": (POLLED, opens, is_poisoned, is_parked),
    "before_receiving": (POLLED, opens, writes, is_written_once),
    "after_election": (SHARED, opens, writes, is_written_once),
    "while_stopping": (POLLED, nothing, is_asked_to_stop, is_written_once),
    "after_plan": (POLLED, nothing, nothing, is_reminded_once),
    "after_reminders": (POLLED, nothing, waits_for_reminders, is_reminded_once),
    "after_bulk_claim": (POLLED, nothing, waits_for_reminders, is_reminded_once),
    "after_announcement_batch": (POLLED, nothing, announces, is_announced_once),
    "after_freeze": (POLLED, nothing, freezes, is_frozen_once),
    "after_submission": (POLLED, nothing, submits, is_submitted_once),
    "after_erasure": (POLLED, nothing, erases, is_erased),
    "after_file_fetched": (POLLED, nothing, sends_a_file, is_kept_once),
    "after_file_fetched with answers in it": (POLLED, nothing, sends_answers, is_read_once),
}
"""For each place: how the bot runs, what happens before it is armed, what makes it pass, and what must then hold."""
ON_BOTH = (
    "before_dead_letter",
    "while_stopping",
    "after_plan",
    "after_reminders",
    "after_announcement_batch",
    "after_freeze",
    "after_submission",
    "after_erasure",
    "after_file_fetched",
)
"""The region's work, a failure for good and the stop, which no campaign reaches: on PostgreSQL a bot ends here too."""
CASES = [(place, each[0]) for place, each in DEATHS.items()] + [(place, SHARED) for place in ON_BOTH]


@pytest.fixture
async def url(request: pytest.FixtureRequest, tmp_path: Path, mode: Mode) -> str:
    """The address of an empty database of the mode's kind."""
    if mode.kind == "postgresql":
        return await migrated_database(request.getfixturevalue("postgres"))
    return f"sqlite+aiosqlite:///{tmp_path / 'rafiq.db'}"


def failpoint_of(place: str) -> str:
    """The failpoint of a place, which may be reached with several things in hand."""
    return place.partition(" ")[0]


@asynccontextmanager
async def staged(folder: Path, nursery: Nursery, mode: Mode, url: str) -> AsyncIterator[Stage]:
    stage = Stage(folder, nursery, mode, url)
    async with serving(stage.sandbox) as address, stage.fleet.opened(address):
        await stage.prepares()
        yield stage


@pytest.mark.kill
@pytest.mark.postgres
@pytest.mark.timeout(200)
@pytest.mark.parametrize("turn", range(times(REPETITIONS)))
@pytest.mark.parametrize(("place", "mode"), CASES, ids=[f"{place}-{mode}" for place, mode in CASES])
async def test_faults_1_2_3_4_5_6_7_death_at(
    tmp_path: Path, nursery: Nursery, url: str, place: str, mode: Mode, turn: int
) -> None:
    _, before, cause, holds = DEATHS[place]
    async with staged(tmp_path, nursery, mode, url) as stage:
        stage.starts()
        await stage.welcomes()
        await before(stage)
        await stage.rests()
        await stage.is_killed()
        stage.starts(f"{failpoint_of(place)}:1")
        await cause(stage)
        await stage.dies()
        stage.starts()
        await holds(stage)
        await killed(stage.child)
        kinds = {violation.kind for violation in stage.sandbox.violations}
    assert kinds <= {
        "double_callback_answer"
    }  # a press that was answered and not confirmed is answered again


def long_parts(stage: Stage) -> list[str]:
    """The parts of the long question that have come."""
    return [m.text for m in stage.layla.messages if m.from_bot and "…" in m.text]


def test_every_place_has_its_death() -> None:
    assert {failpoint_of(place) for place in DEATHS} | {"mid_migration"} == set(NAMES)
    campaigns = {name for mode in (*FOUR, REPLICAS) for name in mode.failpoints}
    assert not campaigns & set(ON_BOTH)


def _sure(person: Person) -> tuple[int, str] | None:
    """The key that submits, under the last question."""
    return _key(person, re.compile(r"do\.submit\.\d+\.\w+"))


def _erasure(person: Person) -> tuple[int, str] | None:
    """The key that erases, under the question whether that is wanted."""
    return _key(person, re.compile(r"do\.erase\..*yes"))


def _key(person: Person, pattern: re.Pattern[str]) -> tuple[int, str] | None:
    for message in reversed(person.messages):
        for data in keys(message.rows).split() if message.from_bot else ():
            if pattern.fullmatch(data):
                return message.message_id, data
    return None
