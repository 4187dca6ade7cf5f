"""Backups: what is sealed opens whole or not at all, both engines take both back, and nothing old is said again."""

import asyncio
import io
import os
import resource
import sqlite3
import stat
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as how
from hypothesis import strategies as st

from bot.ingress.nightly import Nightly
from tests.store.conftest import new_database
from tests.store.filling import contents, fill, tables_of
from tests.store.village import CYCLE, NOW, actor_of, change, come_in, later, record, rows, said
from workflows.cycle.reminders.planned import Planned
from workflows.notices import Explained, Welcome
from workflows.review.events import Focus, Interview, Say
from workflows.store import schema
from workflows.store.alone import Alone
from workflows.store.backups import ledger
from workflows.store.backups.archive import ArchiveWriter, Contents, Sheet, verified
from workflows.store.backups.drill import drill
from workflows.store.backups.folder import backups_in
from workflows.store.backups.keeping import kept, last_due, moment_of, name_of
from workflows.store.backups.restoring import restore
from workflows.store.backups.rows import counts_of, rows_of
from workflows.store.backups.sealed_stream import CHUNK, HEAD, SealedWriter, opened_chunks
from workflows.store.backups.taking import take
from workflows.store.backups.waking import NUMBERS_LOST, TURNS_LOST
from workflows.store.cipher import Cipher, generate_key
from workflows.store.engine import BEGIN, engine_of, kind_of
from workflows.store.schema import HEAD as NEWEST
from workflows.store.transaction import Store, StoreRefused, Work
from workflows.store.values import Delivered, Settlement

KEY = bytes(range(32))
TAG = 16
WAKES = {"pause", "outbox", "interview"}
"""What a restored database knows anew."""

# --- the sealed stream ---------------------------------------------------------------------------------------


def sealed(content: bytes, key: bytes = KEY) -> bytes:
    file = io.BytesIO()
    writer = SealedWriter(file, key)
    for start in range(0, len(content), 10_007):
        writer.write(content[start : start + 10_007])
    writer.close()
    return file.getvalue()


def opened(content: bytes, key: bytes = KEY) -> bytes:
    return b"".join(opened_chunks(io.BytesIO(content), key, "it"))


@how(max_examples=30)
@given(st.integers(0, 3), st.integers(-2, 2), st.binary(min_size=1, max_size=9))
def test_what_was_sealed_opens(chunks: int, more: int, pattern: bytes) -> None:
    content = (pattern * (4 * CHUNK))[: max(0, chunks * CHUNK + more)]
    assert opened(sealed(content)) == content
    assert sealed(content) != sealed(content)


@how(max_examples=60)
@given(st.data())
def test_what_was_changed_cut_or_moved_does_not_open(data: st.DataObject) -> None:
    content = sealed(b"Rafiq" * 30_000)
    whole = CHUNK + TAG
    place = data.draw(st.integers(0, len(content) - 1))
    first, second, third = (content[HEAD + whole * n : HEAD + whole * (n + 1)] for n in range(3))
    wrong = {
        "a bit": content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :],
        "the end": content[:place],
        "whole chunks": content[: HEAD + whole * data.draw(st.integers(0, 2))],
        "the order": content[:HEAD] + second + first + third,
        "a chunk twice": content[:HEAD] + first + first + second + third,
        "more": content + data.draw(st.binary(min_size=1, max_size=40)),
        "a file with another salt": sealed(b"")[:HEAD] + content[HEAD:],
    }
    with pytest.raises(StoreRefused):
        opened(wrong[data.draw(st.sampled_from(sorted(wrong)))])


def test_a_wrong_key_is_told_from_damage() -> None:
    with pytest.raises(StoreRefused, match="another backup key"):
        opened(sealed(b"x"), bytes(32))
    with pytest.raises(StoreRefused, match="no backup of Rafiq"):
        opened(b"SQLite format 3\0" + bytes(100))
    newer = sealed(b"x")
    with pytest.raises(StoreRefused, match="newer Rafiq"):
        opened(newer[:13] + b"\x02" + newer[14:])


# --- which stay ----------------------------------------------------------------------------------------------

moments = st.datetimes(datetime(2026, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the strategy adds the zone


@given(st.sets(moments, min_size=1, max_size=60), moments)
def test_letting_go_each_night_is_letting_go_at_once(made: set[datetime], newest: datetime) -> None:
    newest = max(*made, newest) + timedelta(hours=1)
    assert max(made) in kept(made)
    lately = {moment for moment in made if max(made) - moment <= timedelta(hours=48)}
    assert lately <= kept(made)
    assert len(kept(made) - lately) <= 7 + 4 + 12
    assert all(max(made) - moment <= timedelta(days=366) for moment in kept(made))
    assert kept(kept(made)) == kept(made)
    assert kept({*kept(made), newest}) == kept({*made, newest})


@given(st.sets(moments, max_size=30), st.integers(367, 2_000))
def test_after_a_year_without_backups_only_the_new_one_stays(made: set[datetime], days: int) -> None:
    newest = max(made, default=NOW) + timedelta(days=days)
    assert kept({*made, newest}) == {newest}


def test_three_years_of_nights() -> None:
    here: set[datetime] = set()
    for night in range(3 * 365):
        here = set(kept({*here, NOW + timedelta(days=night)}))
    days = sorted(NOW + timedelta(days=3 * 365 - 1) - moment for moment in here)
    assert [span.days for span in days[:7]] == list(range(7))
    assert max(days) > timedelta(days=300)
    assert len({(moment.year, moment.month) for moment in here}) == 12
    assert all(later - sooner <= timedelta(days=32) for sooner, later in pairwise(days))


@given(moments, st.integers(0, 23))
def test_a_night_is_due_once(moment: datetime, hour: int) -> None:
    due = last_due(moment, hour)
    assert due <= moment < due + timedelta(days=1)
    assert (due.hour, due.minute) == (hour, 0)
    assert moment_of(name_of(moment)) == moment.replace(microsecond=0)
    assert moment_of(f"{name_of(moment)}.bak") is None


# --- from either engine into either --------------------------------------------------------------------------


async def fresh(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """The address of a place where nothing is yet."""
    if kind == "postgresql":
        return await new_database(request.getfixturevalue("postgres"))
    return f"sqlite+aiosqlite:///{tmp_path / 'fresh' / 'rafiq.db'}"


@pytest.mark.postgres
async def test_every_row_of_every_table_comes_back_in_the_other_engine(
    store: Store, url: str, cipher: Cipher, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    async with store._engine.execution_options(**{BEGIN: "IMMEDIATE"}).begin() as connection:
        before = await connection.run_sync(fill, 7, {"canary"})
    taken = await take(store, tmp_path / "kept", KEY, NOW)
    into = "sqlite" if kind_of(url) == "postgresql" else "postgresql"
    place = await fresh(into, tmp_path, request)
    restored = await restore(taken.file, KEY, place, cipher, NOW)
    assert restored.contents.tables == {name: len(rows_) for name, rows_ in before.items()}

    house = await Store.open(place, cipher)
    async with house._engine.connect() as connection:
        after = await connection.run_sync(contents)
    assert before.keys() == after.keys()
    for name in before.keys() - WAKES:
        assert [_plain(row) for row in after[name]] == [_plain(row) for row in before[name]], name
    layla = await come_in(house, 1)
    assert layla.id == 7 + NUMBERS_LOST + 1
    again = await take(house, tmp_path / "again", KEY, later(days=1))
    same = taken.hashes.keys() - WAKES - {"person", "membership", "invitation", "cycle"}
    assert {name: again.hashes[name] for name in same} == {name: taken.hashes[name] for name in same}
    await house.close()


def _plain(row: tuple[object, ...]) -> tuple[object, ...]:
    """A row in which moments have a zone, whichever engine it is from."""
    return tuple(
        value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value
        for value in row
    )


async def test_a_backup_is_one_moment_while_people_write(
    store: Store, url: str, cipher: Cipher, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Each turn writes an answer and a letter: no backup has one without the other."""
    layla = await come_in(store, 1)
    stopping = asyncio.Event()

    async def writes() -> int:
        number = 0
        while not stopping.is_set():
            async with store.transaction() as work:
                draft = await work.drafts.open(actor_of(layla), "LB")
                await work.drafts.record(draft, [said("1b", f"answer {number}")], layla.id, NOW)
                work.outbox.post(layla, Welcome(role="focal_point"), key=f"{number}", now=NOW, bulk=True)
            number += 1
        return number

    writing = asyncio.create_task(writes())
    taken = []
    for hour in range(3):
        taken.append(await take(store, tmp_path / "kept", KEY, later(hours=hour)))
        await asyncio.sleep(0.05)
    stopping.set()
    total = await writing
    counts = [each.contents.tables for each in taken]
    assert [each["answer_revision"] for each in counts] == [each["outbox"] for each in counts]
    assert counts[0]["outbox"] < counts[-1]["outbox"] <= total

    place = await fresh(kind_of(url), tmp_path, request)
    await restore(taken[-1].file, KEY, place, cipher, NOW)
    house = await Store.open(place, cipher)
    async with house.reading() as work:
        revisions = await work.drafts.revisions(actor_of(layla), "LB", "1b")
        assert len(revisions) == counts[-1]["outbox"]
        assert sum(each.letters for each in await work.pauses.waiting()) == counts[-1]["outbox"]
    await house.close()


# --- after a restore -----------------------------------------------------------------------------------------


async def _restored(store: Store, cipher: Cipher, tmp_path: Path, at: datetime = NOW) -> Store:
    taken = await take(store, tmp_path / "kept", KEY, at)
    place = f"sqlite+aiosqlite:///{tmp_path / 'fresh.db'}"
    await restore(taken.file, KEY, place, cipher, later(days=1))
    return await Store.open(place, cipher)


async def test_case_61_what_waited_is_not_said_until_somebody_says_so(
    store: Store, cipher: Cipher, tmp_path: Path
) -> None:
    layla, omar = await come_in(store, 1), await come_in(store, 2)
    async with store.transaction() as work:
        work.outbox.post(layla, Welcome(role="focal_point"), key="talk", now=NOW)
        work.outbox.post(omar, Welcome(role="focal_point"), key="bulk", now=NOW, bulk=True)
        work.outbox.post(omar, Welcome(role="focal_point"), key="sent", now=NOW)
    (sent,) = [letter for letter in work.outbox.fresh if letter.chat_id == 2]
    async with store.transaction() as work:
        await work.outbox.settle([Settlement(sent.id, Delivered(5), NOW)])
    house = await _restored(store, cipher, tmp_path)
    tomorrow = later(days=1)
    async with house.transaction() as work:
        pause = await work.pauses.current()
        assert pause is not None
        assert (pause.reason, pause.restored_to) == ("restored", NOW)
        assert [(each.topic, each.letters) for each in await work.pauses.waiting()] == [("welcome", 2)]
        assert await work.outbox.claim(house.owner, later(days=30), 10) == []
        # Talk goes on, and is not held up by what waits in the same chat.
        work.outbox.post(layla, Explained(code="away", role="focal_point"), key="new", now=tomorrow)
        work.outbox.post(layla, Welcome(role="focal_point"), key="new bulk", now=tomorrow, bulk=True)
    assert [letter.notice.topic for letter in work.outbox.fresh] == ["explained"]
    async with house.transaction() as work:
        assert sum(each.letters for each in await work.pauses.waiting()) == 3
        assert await work.pauses.drop(tomorrow) == 3
        assert await work.pauses.end()
        assert not await work.pauses.end()
        assert await work.outbox.claim("another", tomorrow, 10) == []
    states = await rows(
        house, "SELECT state, payload IS NULL AS emptied FROM outbox WHERE reason = 'dropped'"
    )
    assert [tuple(row) for row in states] == [("cancelled", 1)] * 3
    await house.close()


async def test_reminders_that_came_due_meanwhile_are_told_and_can_be_passed_over(
    store: Store, cipher: Cipher, tmp_path: Path
) -> None:
    layla = await come_in(store, 1)
    wanted = [
        Planned(
            f"{CYCLE}/{layla.id}/{n}", layla.id, "LB", "session1", 0, f"{n}", "session_soon", due.date(), due
        )
        for n, due in enumerate((later(hours=3), later(hours=20), later(days=5)))
    ]
    async with store.transaction() as work:
        await work.reminders.plan(CYCLE, [layla.id], wanted, NOW)
    house = await _restored(store, cipher, tmp_path)
    tomorrow = later(days=1)
    async with house.transaction() as work:
        assert await work.pauses.waiting() == []
        assert await work.pauses.due(tomorrow) == 2
        assert await work.pauses.pass_over(tomorrow) == 2
        assert await work.pauses.due(tomorrow) == 0
        assert await work.reminders.due(tomorrow, 10) == {}
        log = await work.reminders.of_person(layla.id, CYCLE)
    assert [(each.state, each.reason) for each in log] == [("skipped", "over")] * 2 + [("planned", "")]
    await house.close()


async def test_what_waited_goes_out_once_when_somebody_says_so(
    store: Store, cipher: Cipher, tmp_path: Path
) -> None:
    layla = await come_in(store, 1)
    async with store.transaction() as work:
        work.outbox.post(layla, Welcome(role="focal_point"), key="bulk", now=NOW, bulk=True)
    house = await _restored(store, cipher, tmp_path)
    async with house.transaction() as work:
        assert await work.pauses.end()
        (letter,) = await work.outbox.claim(house.owner, later(days=1), 10)
    async with house.transaction() as work:
        await work.outbox.settle([Settlement(letter.id, Delivered(7), later(days=1))])
        assert await work.outbox.claim(house.owner, later(days=2), 10) == []
    await house.close()


async def test_a_text_after_a_restore_is_not_taken_for_the_answer_to_an_old_card(
    store: Store, cipher: Cipher, tmp_path: Path
) -> None:
    """Cards that came after the backup are not known any more: whoever writes is asked which question it is."""
    layla = await come_in(store, 1)
    await record(store, layla, said("1b", "an answer"))
    async with store.transaction() as work:
        draft = await work.drafts.open(actor_of(layla), "LB")
        work.interviews.save(layla.id, draft, Interview(41, Focus("1c")))
    for number, focus in enumerate(("1a", "1b", "1c", "1c"), 1):
        async with store.transaction() as work:
            card = Say(Welcome(role="focal_point"), focus=Focus(focus))
            work.outbox.post(layla, card, key=f"card {number}", now=NOW)
        async with store.transaction() as work:
            fresh = work.outbox
            await fresh.settle([Settlement(number, Delivered(10 * number), NOW)])
    house = await _restored(store, cipher, tmp_path)
    async with house.transaction() as work:
        cards = await work.outbox.cards(layla.id)
        assert [(str(card.focus), card.message_id, card.doubtful) for card in cards] == [
            ("1c", None, True), ("1c", None, True), ("1b", 20, False), ("1a", 10, False),
        ]  # fmt: skip
        draft = await work.drafts.open(actor_of(layla), "LB")
        assert (await work.interviews.of(layla.id, draft)).interview.turn == 41 + TURNS_LOST
    await house.close()


# --- refusals, each with a remedy ----------------------------------------------------------------------------


async def test_a_place_that_is_not_empty_is_refused(
    store: Store, url: str, cipher: Cipher, tmp_path: Path
) -> None:
    taken = await take(store, tmp_path, KEY, NOW)
    with pytest.raises(StoreRefused, match=r"is not empty.*--into"):
        await restore(taken.file, KEY, url, cipher, NOW)
    async with store.reading() as work:
        assert await work.pauses.current() is None


async def test_a_restore_that_is_refused_leaves_nothing(store: Store, cipher: Cipher, tmp_path: Path) -> None:
    await come_in(store, 1)
    taken = await take(store, tmp_path / "kept", KEY, NOW)
    file = tmp_path / "fresh.db"
    place = f"sqlite+aiosqlite:///{file}"
    with pytest.raises(StoreRefused, match="another backup key"):
        await restore(taken.file, bytes(32), place, cipher, NOW)
    with pytest.raises(StoreRefused, match="was sealed with another key"):
        await restore(taken.file, KEY, place, Cipher.from_settings(generate_key()), NOW)
    with pytest.raises(StoreRefused, match="cannot be read"):
        await restore(tmp_path / "nowhere", KEY, place, cipher, NOW)
    half = tmp_path / "half.backup"
    half.write_bytes(taken.file.read_bytes()[:-1])
    with pytest.raises(StoreRefused, match="cut off"):
        await restore(half, KEY, place, cipher, NOW)
    with half.open("wb") as opened_file:
        ArchiveWriter(opened_file, KEY, Contents("9999", NOW, "sqlite", {}, {})).close()
    with pytest.raises(StoreRefused, match="newer Rafiq"):
        await restore(half, KEY, place, cipher, NOW)
    assert not [path.name for path in tmp_path.iterdir() if "fresh.db" in path.name]
    wal = tmp_path / "fresh.db-wal"
    wal.write_text("of a database that lay there before")
    with pytest.raises(StoreRefused, match="lay here before"):
        await restore(taken.file, KEY, place, cipher, NOW)
    wal.unlink()


async def test_a_restore_that_was_killed_leaves_nothing_under_the_name_and_hinders_no_other(
    store: Store, cipher: Cipher, tmp_path: Path
) -> None:
    taken = await take(store, tmp_path / "kept", KEY, NOW)
    file, partial = tmp_path / "fresh.db", tmp_path / ".fresh.db.partial"
    for end in ("", "-wal", "-shm", ".lock"):
        partial.with_name(f"{partial.name}{end}").write_text("of a restore that was killed")
    place = f"sqlite+aiosqlite:///{file}"
    alone = Alone(partial)
    assert alone.claim()
    with pytest.raises(StoreRefused, match=r"Another restore is making .*fresh\.db\. Wait"):
        await restore(taken.file, KEY, place, cipher, NOW)
    alone.release()
    seen: list[bool] = []
    await restore(taken.file, KEY, place, cipher, NOW, lambda _done, _all: seen.append(file.exists()))
    assert seen
    assert not any(seen)
    assert [path.name for path in tmp_path.iterdir() if "fresh.db" in path.name] == ["fresh.db"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    await (await Store.open(place, cipher)).close()


async def test_a_restore_says_what_keeps_the_file_from_being_made(
    store: Store, cipher: Cipher, tmp_path: Path
) -> None:
    taken = await take(store, tmp_path / "kept", KEY, NOW)
    (tmp_path / "file").write_text("no folder")
    (tmp_path / ".locked.db.partial.lock").mkdir()
    for file, why in (
        (tmp_path / "file" / "new.db", "Not a directory"),
        (tmp_path / "locked.db", "Is a dir"),
    ):
        with pytest.raises(StoreRefused, match=rf"{file} cannot be made \({why}.*Name a file") as caught:
            await restore(taken.file, KEY, f"sqlite+aiosqlite:///{file}", cipher, NOW)
        assert "nother restore" not in str(caught.value)


@pytest.mark.parametrize(
    ("beside", "why"),
    [
        ("fresh.db", r"was made by something else.*into another place"),
        (".fresh.db.partial", r"another program has opened \.fresh\.db\.partial.*Close that program"),
    ],
)
async def test_a_restore_says_what_keeps_the_file_from_being_named(
    store: Store, cipher: Cipher, tmp_path: Path, beside: str, why: str
) -> None:
    """What is made or read there meanwhile is some other program's, and stays as it is."""
    taken = await take(store, tmp_path / "kept", KEY, NOW)
    others: list[sqlite3.Connection] = []

    def comes(_done: int, _all: int) -> None:
        if not others:
            others.append(sqlite3.connect(tmp_path / beside, isolation_level=None))
            others[0].execute("PRAGMA user_version" if beside.startswith(".") else "CREATE TABLE theirs (x)")

    with pytest.raises(StoreRefused, match=why):
        await restore(taken.file, KEY, f"sqlite+aiosqlite:///{tmp_path / 'fresh.db'}", cipher, NOW, comes)
    others[0].close()
    left = [path.name for path in tmp_path.iterdir() if "fresh.db" in path.name]
    assert left == [name for name in (beside,) if not name.startswith(".")]


@contextmanager
def no_room(size: int) -> Iterator[None]:
    """A disk on which no file grows beyond this."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def test_a_backup_that_cannot_be_leaves_no_file_and_says_why(store: Store, tmp_path: Path) -> None:
    async with store.transaction() as work:
        await work.updates.park(1, os.urandom(200_000), "x", NOW)
    folder = tmp_path / "kept"
    with no_room(50_000), pytest.raises(StoreRefused, match=r"no room left.*RAFIQ_BACKUP_FOLDER"):
        await take(store, folder, KEY, NOW)
    assert [path.name for path in folder.iterdir()] == ["backups.lock"]
    assert ledger.read(folder) == ledger.Ledger()
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreRefused, match="can be written"):
        await take(store, tmp_path / "file" / "kept", KEY, NOW)
    (tmp_path / "locked" / "backups.lock").mkdir(parents=True)
    with pytest.raises(StoreRefused, match="Is a directory"):
        await take(store, tmp_path / "locked", KEY, NOW)
    (folder / ".rafiq-20260101T000000Z.backup.partial").write_text("of a process that was killed")
    both = await asyncio.gather(
        take(store, folder, KEY, NOW), take(store, folder, KEY, later(hours=1)), return_exceptions=True
    )
    (refused,) = (each for each in both if isinstance(each, StoreRefused))  # whichever came second
    assert "Another backup" in str(refused)
    (first,) = (each for each in both if not isinstance(each, BaseException))
    assert sorted(path.name for path in folder.iterdir()) == [ledger.NAME, "backups.lock", first.file.name]
    assert stat.S_IMODE(first.file.stat().st_mode) == 0o600
    assert verified(first.file, KEY) == (first.contents, first.hashes)


# --- what is known of them, and the drill --------------------------------------------------------------------


async def test_the_drill_opens_everything_and_puts_that_down(
    store: Store, key: str, cipher: Cipher, tmp_path: Path
) -> None:
    folder = tmp_path / "kept"
    folder.mkdir()
    with pytest.raises(StoreRefused, match="no backup"):
        await drill(folder, KEY, cipher, NOW)
    layla = await come_in(store, 1)
    await record(store, layla, said("1b", "an answer"))
    await take(store, folder, KEY, later(days=5, hours=-1))
    await take(store, folder, KEY, later(days=5))
    taken = await take(store, folder, KEY, later(days=8))
    assert [moment_of(path.name) for path in backups_in(folder)] == [later(days=5), later(days=8)]
    (folder / ".drill-killed").mkdir()
    (folder / ".drill-killed" / "rafiq.db").write_text("of a drill that was killed")
    alone = Alone(folder / "backups")
    assert alone.claim()
    with pytest.raises(StoreRefused, match="under way"):
        await drill(folder, KEY, cipher, later(days=9))
    assert ledger.read(folder).last_drill is None
    alone.release()
    drilled = await drill(folder, KEY, cipher, later(days=9))
    assert (drilled.file, drilled.rows) == (taken.file, taken.contents.rows)
    assert drilled.opened == 3  # the canary, a name, an answer
    known = ledger.read(folder)
    assert (known.last_backup, known.last_drill) == (later(days=8), later(days=9))
    assert (known.file, known.schema, known.rows) == (taken.file.name, NEWEST, taken.contents.rows)
    assert not list(folder.glob(".drill*"))

    async with store.transaction() as work:
        await work.updates.park(1, b"{}", "x", NOW)
    await _spoil(store)
    await take(store, folder, KEY, later(days=10))
    with pytest.raises(StoreRefused, match="update/1"):
        await drill(folder, KEY, cipher, later(days=10))
    assert ledger.read(folder).last_drill == later(days=9)
    (folder / ledger.NAME).write_text("{half")
    assert ledger.read(folder) == ledger.Ledger()


async def test_what_a_pause_was_restored_from_is_not_let_go(store: Store, tmp_path: Path) -> None:
    """Whoever restored may have to do so once more, however many backups are made meanwhile."""
    folder = tmp_path / "kept"
    source = await take(store, folder, KEY, NOW)
    async with store.transaction() as work:
        await work.pauses.begin("restored", later(hours=1), NOW)
    for hours in (2, 60, 61, 130):
        await take(store, folder, KEY, later(hours=hours))
    assert source.file in backups_in(folder)
    async with store.transaction() as work:
        await work.pauses.end()
    (folder / ".drill-killed").mkdir()
    taken = await take(store, folder, KEY, later(days=400))
    assert taken.file in backups_in(folder)
    assert source.file in taken.gone
    assert backups_in(folder) == [taken.file]
    assert not (folder / ".drill-killed").exists()


async def _spoil(store: Store) -> None:
    await change(store, "UPDATE dead_letter SET payload = :junk", junk=os.urandom(80))


async def test_a_backup_of_an_earlier_schema_is_brought_forward(
    sqlite_url: str, cipher: Cipher, tmp_path: Path
) -> None:
    """What was taken before an upgrade can be restored after it."""
    engine = engine_of(sqlite_url)
    async with engine.execution_options(**{BEGIN: "IMMEDIATE"}).begin() as connection:
        await connection.run_sync(schema.upgrade, "0002")
        before = await connection.run_sync(fill, 3, {"canary"})
        tables = await connection.run_sync(tables_of)
        file = tmp_path / "old.backup"
        with file.open("wb") as opened_file:
            counts = await counts_of(connection, tables)
            writer = ArchiveWriter(opened_file, KEY, Contents("0002", NOW, "sqlite", counts, {}))
            for table in tables:
                writer.begin(Sheet.of(table))
                async for some in rows_of(connection, table, Sheet.of(table)):
                    writer.write(some)
                writer.end()
            writer.close()
    await engine.dispose()
    place = f"sqlite+aiosqlite:///{tmp_path / 'fresh.db'}"
    await restore(file, KEY, place, cipher, NOW)
    house = await Store.open(place, cipher)
    async with house._engine.connect() as connection:
        after = await connection.run_sync(
            contents, {name: len(rows_[0]) for name, rows_ in before.items() if rows_}
        )
    assert {name: after[name] for name in after.keys() - WAKES - {"canary"}} == {
        name: rows_ for name, rows_ in before.items() if name not in WAKES | {"canary"}
    }
    await house.close()


# --- every night ---------------------------------------------------------------------------------------------


class Hand:
    """Runs errands in transactions, as the clerk does; a process of its own has a store of its own."""

    def __init__(self, store: Store, folder: Path, times: list[datetime]) -> None:
        self._store = store
        self.nightly = Nightly(self, store, store.owner, lambda: times[-1], folder, KEY, 1)

    async def run_errand(self, errand: Callable[[Work], Awaitable[Any]]) -> Any:
        async with self._store.transaction() as work:
            return await errand(work)


async def test_who_starts_anew_backs_up_what_is_due_and_no_more(
    store: Store, other: Store, tmp_path: Path
) -> None:
    folder = tmp_path / "kept"
    times = [NOW]
    assert await Hand(store, folder, times).nightly.beat()
    async with store.transaction() as work:
        await work.leases.release_all(store.owner)  # it stops in peace
    times.append(later(hours=1))
    assert not await Hand(other, folder, times).nightly.beat()
    async with other.transaction() as work:
        await work.leases.inherit(other.owner)  # it was killed, and the next one takes over
    times.append(later(hours=2))
    assert not await Hand(other, folder, times).nightly.beat()
    times.append(later(hours=16.1))
    assert await Hand(other, folder, times).nightly.beat()
    assert len(backups_in(folder)) == 2


async def test_a_clock_that_was_years_ahead_keeps_no_night_from_its_backup(
    store: Store, tmp_path: Path
) -> None:
    times = [later(days=3650)]
    hand = Hand(store, tmp_path / "kept", times)
    assert await hand.nightly.beat()
    times.append(NOW)
    assert await hand.nightly.beat()
    assert not await hand.nightly.beat()


async def test_of_several_processes_one_backs_up_each_night(
    store: Store, other: Store, tmp_path: Path
) -> None:
    folder = tmp_path / "kept"
    times = [NOW]  # nine in the morning: the first one is made at once
    hands = [Hand(each, folder, times) for each in (store, other)]

    async def beats() -> int:
        return sum(await asyncio.gather(*(hand.nightly.beat() for hand in hands)))

    assert await beats() == 1
    assert await beats() == 0
    for hours, made in ((15.9, 0), (16.1, 1), (17, 0), (40.1, 1), (40.2, 0)):
        times.append(later(hours=hours))
        assert await beats() == made, hours
    assert len(backups_in(folder)) == 3

    times.append(later(hours=65))
    (tmp_path / "aside").mkdir()
    folder.rename(tmp_path / "aside" / "kept")
    folder.write_text("no folder")
    assert await beats() == 0
    folder.unlink()
    times.append(later(hours=65, minutes=5))
    assert await beats() == 0  # not again and again
    times.append(later(hours=65, minutes=11))
    assert await beats() == 1
