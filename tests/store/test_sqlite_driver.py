"""SQLite at hand: the loop is never held up by what lasts, and the short way gives what SQLAlchemy gives."""

import asyncio
import os
import sqlite3
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import (
    JSON,
    Column,
    Integer,
    MetaData,
    Select,
    Table,
    bindparam,
    column,
    delete,
    select,
    table,
    text,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from tests.store.village import NOW
from workflows.store import updates
from workflows.store.cipher import Cipher
from workflows.store.engine import BEGIN
from workflows.store.prepared import Prepared
from workflows.store.sqlite_driver import BESIDE, LARGE, SqliteConnection
from workflows.store.transaction import Store

LONG = (
    "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 2000000) SELECT count(*) FROM n"
)


@pytest.fixture
async def store(tmp_path: Path, migrated: Path, key: str) -> AsyncIterator[Store]:
    """A store in a file of its own."""
    path = tmp_path / "store.db"
    path.write_bytes(migrated.read_bytes())
    store = await Store.open(f"sqlite+aiosqlite:///{path}", Cipher.from_settings(key))
    yield store
    await store.close()


@asynccontextmanager
async def _writing(store: Store) -> AsyncIterator[AsyncConnection]:
    async with store._engine.execution_options(**{BEGIN: "IMMEDIATE"}).begin() as connection:
        yield connection


async def _turns_of_the_loop(while_doing: Awaitable[object]) -> int:
    """How often the loop went round until something was done."""
    doing = asyncio.ensure_future(while_doing)
    turns = 0
    while not doing.done():
        await asyncio.sleep(0.001)
        turns += 1
    await doing
    return turns


async def test_a_long_look_leaves_the_loop_alone_and_finds_all(store: Store) -> None:
    async def look() -> None:
        async with store._engine.connect() as connection:
            assert (await connection.execute(text(LONG))).scalar_one() == 2_000_000

    assert await _turns_of_the_loop(look()) > 10


async def test_a_long_look_undoes_nothing_that_was_written_before_it(store: Store) -> None:
    async with _writing(store) as connection:
        await connection.execute(text("INSERT INTO seen (update_id, at) VALUES (7, '2026-01-01')"))
        assert (await connection.execute(text(LONG))).scalar_one() == 2_000_000
    async with store.reading() as work:
        assert await work.updates.unseen([7, 8]) == {8}


async def test_who_waits_for_the_lock_waits_beside_the_loop(store: Store) -> None:
    other = sqlite3.connect(str(store.file), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    async def write() -> None:
        async with store.transaction() as work:
            work.updates.mark_seen([1], NOW)

    waiting = asyncio.create_task(write())
    for _ in range(20):
        await asyncio.sleep(0.001)
    assert not waiting.done()
    other.execute("COMMIT")
    other.close()
    await waiting
    async with store.reading() as work:
        assert await work.updates.unseen([1]) == set()


async def test_one_who_gives_up_waiting_spoils_nothing(store: Store) -> None:
    other = sqlite3.connect(str(store.file), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    async def write(number: int) -> None:
        async with store.transaction() as work:
            work.updates.mark_seen([number], NOW)

    waiting = asyncio.create_task(write(1))
    for _ in range(20):
        await asyncio.sleep(0.001)
    waiting.cancel()
    other.execute("COMMIT")
    other.close()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await write(2)
    async with store.reading() as work:
        assert await work.updates.unseen([1, 2]) == {1}


async def test_the_short_way_refuses_as_sqlalchemy_does_and_tells_no_value(store: Store) -> None:
    rows = [{"update_id": 77, "at": NOW}] * 2
    with pytest.raises(IntegrityError) as refused:  # noqa: PT012 - the whole transaction is refused
        async with _writing(store) as connection:
            line = (await connection.get_raw_connection()).driver_connection
            assert isinstance(line, SqliteConnection)
            updates._HANDLED.write(line, rows)
    assert "77" not in str(refused.value)
    async with store.reading() as work:
        assert await work.updates.unseen([77]) == {77}


async def test_an_empty_list_finds_nothing_and_spoils_nothing_for_the_next(store: Store) -> None:
    async with _writing(store) as connection:
        line = (await connection.get_raw_connection()).driver_connection
        assert isinstance(line, SqliteConnection)
        fresh = Prepared(updates._SEEN.of("sqlite"))
        assert list(fresh.rows(line, {"ids": []})) == []
        updates._HANDLED.write(line, [{"update_id": 5, "at": NOW}])
        assert [row.update_id for row in fresh.rows(line, {"ids": [5]})] == [5]
        assert updates._HANDLED.write(line, []) == 0
        with pytest.raises(ValueError, match="different keys"):
            updates._HANDLED.write(line, [{"update_id": 6, "at": NOW}, {"update_id": 7}])


async def test_what_sqlalchemy_fills_in_is_not_prepared_and_json_is_what_it_was(store: Store) -> None:
    filled = Table("filled", MetaData(), Column("id", Integer), Column("a", Integer, default=3, onupdate=4))
    for statement in (filled.insert(), filled.update()):
        with pytest.raises(ValueError, match=r"filled\.a"):
            Prepared(statement)
    papers = Table("papers", MetaData(), Column("id", Integer), Column("said", JSON))
    with pytest.raises(ValueError, match="by a list"):
        Prepared(papers.update().where(papers.c.id.in_(bindparam("ids", expanding=True))))
    said: list[object] = [{"a": [1]}, 1, True, "x", [None]]
    async with _writing(store) as connection:
        await connection.run_sync(papers.create)
        line = (await connection.get_raw_connection()).driver_connection
        assert isinstance(line, SqliteConnection)
        Prepared(papers.insert()).write(line, [{"id": n, "said": each} for n, each in enumerate(said)])
        found = Prepared(papers.select().order_by(papers.c.id)).rows(line, {})
        assert [repr(row.said) for row in found] == [repr(each) for each in said]
        await connection.execute(delete(papers))


async def test_a_write_behind_with_is_whole_or_undone(store: Store) -> None:
    writes = text(f"WITH c AS ({LONG}) UPDATE seen SET at = (SELECT * FROM c)")  # noqa: S608 - no value in it
    async with _writing(store) as connection:
        await connection.execute(text("INSERT INTO seen (update_id, at) VALUES (7, '2026-01-01')"))
        assert await _turns_of_the_loop(connection.execute(writes)) > 10
        await connection.rollback()
    async with store.reading() as work:
        assert await work.updates.unseen([7]) == {7}


async def test_large_values_go_by_the_thread(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    beside: list[object] = []
    elsewhere = SqliteConnection.elsewhere

    def noted(line: SqliteConnection, act: Callable[[], object]) -> object:
        beside.append(act)
        return elsewhere(line, act)

    monkeypatch.setattr(SqliteConnection, "elsewhere", noted)
    async with _writing(store) as connection:
        await connection.execute(text("CREATE TABLE big (x BLOB)"))
        for size, times in ((LARGE, 0), (LARGE + 1, 1)):
            beside.clear()
            await connection.execute(text("INSERT INTO big VALUES (:x)"), {"x": b"x" * size})
            await connection.execute(text("INSERT INTO big VALUES (:x)"), [{"x": b"x" * size}] * 2)
            assert len(beside) == 2 * times
        beside.clear()
        look: Select[tuple[bytes]] = (
            select(column("x")).prefix_with(BESIDE, dialect="sqlite").select_from(table("big"))
        )
        assert len((await connection.execute(look)).all()) == 6
        assert len(beside) == 1


async def test_a_scrub_that_fails_takes_back_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    scrub, tries = store.scrub, 0

    async def fails() -> bool:
        nonlocal tries
        tries += 1
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(store, "scrub", fails)
    for number in (1, 2):
        async with store.transaction() as work:
            work.updates.mark_seen([number], NOW)
            work._pen.forgets = True
    assert tries == 1
    async with store.reading() as work:
        assert await work.updates.unseen([1, 2]) == set()
    monkeypatch.setattr(store, "scrub", scrub)
    store._scrub_at = 0.0
    async with store.transaction():
        pass
    assert not store._to_scrub


async def test_who_is_cancelled_while_the_thread_works_breaks_nothing(store: Store) -> None:
    """In a process of its own: what was broken was broken by a signal from SQLite's own code."""
    script = Path(__file__).with_name("cancelling.py")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    child = await asyncio.create_subprocess_exec(
        sys.executable, str(script), str(store.file), env=environment, stderr=asyncio.subprocess.PIPE
    )
    _, errors = await asyncio.wait_for(child.communicate(), 240)
    assert child.returncode == 0, errors.decode()[-2000:]
