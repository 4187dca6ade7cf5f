"""SQLite at hand: the loop is never held up by what lasts, and the short way gives what SQLAlchemy gives."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from tests.store.village import CYCLE, NOW, actor_of, come_in
from workflows.review.events import Interview
from workflows.store import answer_rows, interviews, people, updates
from workflows.store.cipher import Cipher
from workflows.store.engine import BEGIN
from workflows.store.near import Near
from workflows.store.prepared import Prepared
from workflows.store.transaction import Store

LONG = (
    "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 2000000) SELECT count(*) FROM n"
)


@pytest.fixture
async def near(tmp_path: Path, migrated: Path, key: str) -> AsyncIterator[Store]:
    """A store in a file of its own."""
    path = tmp_path / "near.db"
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


async def test_a_long_look_leaves_the_loop_alone_and_finds_all(near: Store) -> None:
    async def look() -> None:
        async with near._engine.connect() as connection:
            assert (await connection.execute(text(LONG))).scalar_one() == 2_000_000

    assert await _turns_of_the_loop(look()) > 10


async def test_a_long_look_undoes_nothing_that_was_written_before_it(near: Store) -> None:
    async with _writing(near) as connection:
        await connection.execute(text("INSERT INTO seen (update_id, at) VALUES (7, '2026-01-01')"))
        assert (await connection.execute(text(LONG))).scalar_one() == 2_000_000
    async with near.reading() as work:
        assert await work.updates.unseen([7, 8]) == {8}


async def test_who_waits_for_the_lock_waits_beside_the_loop(near: Store) -> None:
    other = sqlite3.connect(str(near.file), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    async def write() -> None:
        async with near.transaction() as work:
            work.updates.mark_seen([1], NOW)

    waiting = asyncio.create_task(write())
    for _ in range(20):
        await asyncio.sleep(0.001)
    assert not waiting.done()
    other.execute("COMMIT")
    other.close()
    await waiting
    async with near.reading() as work:
        assert await work.updates.unseen([1]) == set()


async def test_one_who_gives_up_waiting_spoils_nothing(near: Store) -> None:
    other = sqlite3.connect(str(near.file), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    async def write(number: int) -> None:
        async with near.transaction() as work:
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
    async with near.reading() as work:
        assert await work.updates.unseen([1, 2]) == {1}


@pytest.mark.parametrize("number", [1, 2, 3, 5, 37, 64, 65])
async def test_the_short_way_finds_what_sqlalchemy_finds(near: Store, number: int) -> None:
    layla = await come_in(near, 1)
    await come_in(near, 2, "MA")
    async with near.transaction() as work:
        draft = await work.drafts.open(actor_of(layla), "LB")
        work.interviews.save(layla.id, draft, Interview(3))
    asked: list[tuple[Prepared, dict[str, object]]] = [
        (people._BY_TELEGRAM, {"ids": [*range(1, number + 1)]}),
        (people._BY_ID, {"ids": [layla.id] * number}),
        (interviews._OF, {"people": [*range(1, number + 1)]}),
        (updates._SEEN, {"ids": [*range(number)]}),
        (
            answer_rows.OF_PLACES_LOCKED,
            {"places": [(CYCLE, "LB"), (CYCLE, "MA"), *[("none", "JO")] * number]},
        ),
        (answer_rows.BESIDE_PROMPTS, {"cycles": [CYCLE] * number}),
    ]
    async with _writing(near) as connection:
        line = (await connection.get_raw_connection()).driver_connection
        assert isinstance(line, Near)
        for statement, values in asked:
            whole = (await connection.execute(statement.of("sqlite"), values)).all()
            short = statement.rows(line, values)
            assert [row._asdict() for row in short] == [row._asdict() for row in whole]


async def test_the_short_way_refuses_as_sqlalchemy_does_and_tells_no_value(near: Store) -> None:
    rows = [{"update_id": 77, "at": NOW}] * 2
    with pytest.raises(IntegrityError) as refused:  # noqa: PT012 - the whole transaction is refused
        async with _writing(near) as connection:
            line = (await connection.get_raw_connection()).driver_connection
            assert isinstance(line, Near)
            updates._HANDLED.write(line, rows)
    assert "77" not in str(refused.value)
    async with near.reading() as work:
        assert await work.updates.unseen([77]) == {77}
