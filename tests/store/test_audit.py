"""The audit: whoever changes or removes a line is found out, on both engines and from many processes."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from tests.store.village import NOW, actor_of, come_in, later, open_cycle, rows
from workflows.store.audit import Chain
from workflows.store.transaction import Store
from workflows.store.values import Denied, StoreAway


async def note(store: Store, *things: str, country: str = "LB") -> None:
    async with store.transaction() as work:
        for number, thing in enumerate(things):
            work.audit.note(later(minutes=number), 7, "invite_focal_point", country, thing, "made")


async def half_done(store: Store) -> None:
    async with store.transaction() as work:
        work.audit.note(NOW, 7, "press", "", "b", "done")
        await work.audit.flush()
        raise RuntimeError("half done")


async def verified(store: Store, known: str = "") -> Chain:
    async with store.reading() as work:
        return await work.audit.verify(known)


async def spoil(store: Store, statement: str) -> None:
    """What somebody does who has the file and not the house."""
    async with store._engine.begin() as connection:
        await connection.exec_driver_sql(statement)


async def test_an_empty_audit_holds(store: Store) -> None:
    assert await verified(store) == Chain(0, "")


async def test_every_line_is_bound_to_the_one_before(store: Store) -> None:
    await note(store, "a", "b")
    await note(store, "ج", "'; --")
    chain = await verified(store)
    assert (chain.lines, chain.broken_at, chain.first, chain.last) == (4, 0, NOW, later(minutes=1))
    found = await rows(store, "SELECT previous_hash, line_hash FROM audit ORDER BY id")
    assert [row.previous_hash for row in found] == ["", *(row.line_hash for row in found[:-1])]
    assert len({row.line_hash for row in found}) == 4
    assert chain.head == found[-1].line_hash


async def test_nothing_is_left_of_a_transaction_that_failed(store: Store) -> None:
    await note(store, "a")
    with pytest.raises(RuntimeError, match="half done"):
        await half_done(store)
    await note(store, "c")
    assert (await verified(store)).lines == 2


@pytest.mark.parametrize(
    ("deed", "broken_at", "why"),
    [
        ("UPDATE audit SET outcome = 'denied' WHERE id = 2", 2, "changed"),
        ("UPDATE audit SET person_id = NULL WHERE id = 1", 1, "changed"),
        ("UPDATE audit SET at = '2020-01-01 00:00:00+00' WHERE id = 3", 3, "changed"),
        ("DELETE FROM audit WHERE id = 1", 2, "removed"),
        ("DELETE FROM audit WHERE id = 2", 3, "removed"),
        ("DELETE FROM audit WHERE id = 4", 4, "removed"),
        ("DELETE FROM audit", 1, "removed"),
        ("DELETE FROM audit_head", 5, "removed"),
        ("UPDATE audit SET previous_hash = '' WHERE id = 3", 3, "removed"),
    ],
)
async def test_a_change_is_seen(store: Store, deed: str, broken_at: int, why: str) -> None:
    await note(store, "a", "b", "c", "d")
    if store.kind == "sqlite":
        deed = deed.replace("+00'", "'")
    await spoil(store, deed)
    chain = await verified(store)
    assert (chain.broken_at, chain.why) == (broken_at, why)


async def test_a_head_that_was_noted_down_tells_a_forged_chain(store: Store) -> None:
    await note(store, "a", "b")
    head = (await verified(store)).head
    await note(store, "c")
    assert (await verified(store, head)).holds_known
    assert not (await verified(store, "0" * 64)).holds_known


async def test_many_processes_make_one_chain(store: Store, other: Store) -> None:
    await asyncio.gather(*(note(each, "a", "b") for each in (store, other) * 10))
    chain = await verified(other)
    assert (chain.lines, chain.broken_at) == (40, 0)


async def test_denials_are_in_the_chain(store: Store) -> None:
    await open_cycle(store)
    layla = await come_in(store, 1)
    for _ in range(2):
        with pytest.raises(Denied):
            async with store.transaction() as work:
                await work.drafts.open(actor_of(layla), "JO")
    async with store.reading() as work:
        lines = await work.audit.of_country("JO", 10)
        assert [(line.act, line.outcome, line.person_id) for line in lines] == [
            ("read_draft", "denied", layla.id)
        ] * 2
    assert (await verified(store)).broken_at == 0


@contextmanager
def held_after_the_next(store: Store) -> Iterator[None]:
    """Another program takes the file as soon as the next transaction has let go of it."""
    other = sqlite3.connect(str(store.file), isolation_level=None)

    def take(*_: object) -> None:
        if not other.in_transaction:
            other.execute("BEGIN IMMEDIATE")

    event.listen(store._engine.sync_engine, "checkin", take)
    yield
    event.remove(store._engine.sync_engine, "checkin", take)
    other.close()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_a_denial_that_cannot_be_noted_says_that_the_database_is_away(store: Store) -> None:
    """So that whoever sent what was denied does so again, and it is noted then."""
    layla = await come_in(store, 1)
    with held_after_the_next(store), pytest.raises(StoreAway):
        async with store.transaction() as work:
            await work.drafts.open(actor_of(layla), "JO")


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_what_was_written_stays_written_although_a_denial_beside_it_cannot_be_noted(
    store: Store,
) -> None:
    layla = await come_in(store, 1)
    with held_after_the_next(store):
        async with store.transaction() as work:
            with pytest.raises(Denied):
                await work.drafts.open(actor_of(layla), "JO")
            work.audit.note(NOW, 7, "press", "", "b", "done")
    assert [row.n for row in await rows(store, "SELECT count(*) AS n FROM audit WHERE act = 'press'")] == [1]


async def test_lines_are_found_by_country_person_and_place(store: Store) -> None:
    await note(store, "a", "b")
    await note(store, "c", country="JO")
    async with store.transaction() as work:
        work.audit.note(NOW, None, "see_status", "", "d", "denied")
        assert [line.thing for line in await work.audit.newest(9)] == ["d", "c", "b", "a"]
        assert [line.thing for line in await work.audit.newest(9, before=3)] == ["b", "a"]
        assert [line.thing for line in await work.audit.of_country("LB", 1)] == ["b"]
        assert [line.thing for line in await work.audit.of_country("LB", 9, before=2)] == ["a"]
        assert [line.thing for line in await work.audit.of_person(7, 2)] == ["c", "b"]


async def test_cycles_are_not_mixed_and_a_line_cannot_change_its_cycle(store: Store) -> None:
    await note(store, "of none")
    async with store.transaction() as work:
        for cycle in ("first", "second"):
            work.audit.note(NOW, 7, "submit", "LB", f"of the {cycle}", "done", cycle_id=cycle)
    async with store.reading() as work:
        for cycle in ("first", "second"):
            wanted = [f"of the {cycle}", "of none"]
            assert [line.thing for line in await work.audit.newest(9, cycle_id=cycle)] == wanted
            assert [line.thing for line in await work.audit.of_country("LB", 9, cycle_id=cycle)] == wanted
        assert len(await work.audit.newest(9)) == 3
    assert (await verified(store)).broken_at == 0
    await spoil(store, "UPDATE audit SET cycle_id = 'second' WHERE thing = 'of the first'")
    assert (await verified(store)).why == "changed"
