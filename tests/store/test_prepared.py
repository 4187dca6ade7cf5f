"""Statements that are written once find on both engines what SQLAlchemy finds; PostgreSQL has few texts to prepare."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from tests.store.village import CYCLE, NOW, actor_of, come_in
from workflows.review.events import Interview
from workflows.store import answer_rows, cards, interviews, locks, outbox, people, updates
from workflows.store.engine import BEGIN
from workflows.store.pen import Pen
from workflows.store.prepared import Prepared
from workflows.store.sqlite_driver import SqliteConnection
from workflows.store.transaction import Store, StoreAway


@asynccontextmanager
async def writing(store: Store) -> AsyncIterator[tuple[AsyncConnection, Pen]]:
    """A transaction with its pen."""
    async with store._engine.execution_options(**{BEGIN: "IMMEDIATE"}).begin() as connection:
        line = (await connection.get_raw_connection()).driver_connection
        direct = line if isinstance(line, SqliteConnection) else None
        yield connection, store._pen(connection, writable=True, line=direct)


@pytest.mark.parametrize("number", [1, 2, 3, 5, 37, 64, 65])
async def test_the_short_way_finds_what_sqlalchemy_finds(store: Store, number: int) -> None:
    layla = await come_in(store, 1)
    await come_in(store, 2, "MA")
    async with store.transaction() as work:
        draft = await work.drafts.open(actor_of(layla), "LB")
        work.interviews.save(layla.id, draft, Interview(3))
    places = [(CYCLE, "LB"), (CYCLE, "MA"), *[("none", "JO")] * number]
    asked: list[tuple[Prepared, dict[str, object]]] = [
        (people._BY_TELEGRAM, {"ids": [*range(1, number + 1)]}),
        (people._BY_ID, {"ids": [layla.id] * number}),
        (interviews._OF, {"people": [*range(1, number + 1)]}),
        (updates._SEEN, {"ids": [*range(number)]}),
        (cards._FEW_CARDS, {"people": [layla.id] * number}),
        (locks._STATES, {"places": places}),
        (outbox._NOT_FIRST, {"owner": store.owner, "chats": [*range(number)]}),
        (outbox._NOT_FIRST, {"owner": "somebody else", "chats": [*range(number)]}),
        (answer_rows.OF_PLACES_LOCKED, {"places": places}),
        (answer_rows.BESIDE_PROMPTS, {"cycles": [CYCLE] * number, "countries": ["LB", "MA"]}),
    ]
    async with writing(store) as (connection, pen):
        for statement, values in asked:
            whole = (await connection.execute(statement.of(store.kind), values)).all()
            short = await pen.rows(statement, values)
            assert [row._asdict() for row in short] == [row._asdict() for row in whole]


async def test_the_short_way_writes_what_sqlalchemy_writes(store: Store) -> None:
    async with writing(store) as (_, pen):
        await pen.write(updates._HANDLED, [{"update_id": n, "at": NOW} for n in (7, 8)])
        await pen.write(updates._HANDLED, {"update_id": 9, "at": NOW})
        with pytest.raises(ValueError, match="different keys"):
            await pen.write(updates._HANDLED, [{"update_id": 10, "at": NOW}, {"update_id": 11}])
    async with store.reading() as work:
        assert await work.updates.unseen([6, 7, 8, 9, 10]) == {6, 10}


async def test_the_short_way_refuses_as_sqlalchemy_does(store: Store) -> None:
    with pytest.raises(IntegrityError):
        async with writing(store) as (_, pen):
            await pen.write(updates._HANDLED, [{"update_id": 77, "at": NOW}] * 2)
    async with store.reading() as work:
        assert await work.updates.unseen([77]) == {77}


@pytest.mark.postgres
@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_lists_of_all_lengths_are_a_handful_of_texts_for_the_server(store: Store) -> None:
    async with writing(store) as (connection, pen):
        for number in range(1, 101):
            await pen.rows(updates._SEEN, {"ids": [*range(number)]})
        prepared = text("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT seen.%'")
        assert (await connection.execute(prepared)).scalar_one() == 8


@pytest.mark.postgres
@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_fault_51_a_connection_that_was_cut_while_it_rested_is_noticed_by_nobody(
    store: Store, other: Store
) -> None:
    await mark(store, 1)
    await cut(other)
    with pytest.raises(StoreAway):  # it was at work a moment ago, so it was not asked
        await mark(store, 2)
    await mark(store, 3)
    await cut(other)
    await asyncio.sleep(1.1)
    await mark(store, 4)
    async with store.reading() as work:
        assert await work.updates.unseen([1, 2, 3, 4]) == {2}


async def mark(store: Store, number: int) -> None:
    """Note an update as handled."""
    async with store.transaction() as work:
        work.updates.mark_seen([number], NOW)


async def cut(other: Store) -> None:
    """End the connections of all others to the same database."""
    async with other.snapshot() as connection:
        others = "datname = current_database() AND pid <> pg_backend_pid()"
        cut_off = await connection.execute(
            text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}")  # noqa: S608 - no value
        )
        assert cut_off.all()
