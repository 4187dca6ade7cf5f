"""The hourly tidying keeps nobody waiting: it finds what is due by an index, and lets go some rows at a time."""

from datetime import datetime

import pytest
from sqlalchemy import Delete, Update, text
from sqlalchemy.ext.asyncio import AsyncConnection

from tests.store.village import NOW, come_in, later, rows
from workflows.store import retention
from workflows.store.retention import CARDS_KEPT, RULES, Sweep
from workflows.store.tables import OUTBOX, SEEN
from workflows.store.transaction import Store

INDEXES = {
    "outbox.payload": "ix_outbox_full",
    "outbox.key": "ix_outbox_keyed",
    "outbox": "ix_outbox_settled_at",
    "seen": "ix_seen_at",
    "reminder": "ix_reminder_settled_at",
    "dead_letter.payload": "ix_dead_letter_full",
    "dead_letter": "ix_dead_letter_unparked",
    "dead_letter.parked": "ix_dead_letter_at",
}
LETTERS, SOME = 700, 200


async def plan(connection: AsyncConnection, kind: str, statement: Delete | Update) -> str:
    """How the engine would go about it."""
    written = str(statement.compile(connection.sync_engine, compile_kwargs={"literal_binds": True}))
    if kind == "postgresql":  # an empty table is read through at once, whatever there is beside it
        await connection.execute(text("SET LOCAL enable_seqscan = off"))
        await connection.execute(text("SET LOCAL enable_bitmapscan = off"))
    how = "EXPLAIN" if kind == "postgresql" else "EXPLAIN QUERY PLAN"
    return "\n".join(str(row) for row in await connection.exec_driver_sql(f"{how} {written}"))


@pytest.mark.parametrize("name", INDEXES)
async def test_what_is_due_is_found_by_an_index(store: Store, name: str) -> None:
    (rule,) = (rule for rule in RULES if rule.name == name)
    async with store.transaction() as work:
        planned = await plan(work._pen.connection, store.kind, rule.statement(NOW, SOME))
    assert INDEXES[name] in planned
    scanned = [f"SCAN {table}" for table in ("outbox", "seen", "reminder")]
    assert not any(each in planned for each in scanned)


def letter(number: int, person: int, settled: datetime) -> dict[str, object]:
    """A settled letter as the table has it; every second one is a card."""
    focus = "1f.2" if number % 2 else None
    words = {"topic": "saved", "language": "en", "cycle_id": "", "country": "", "state": "sent", "reason": ""}
    counts = {"turn": 0, "attempts": 1, "parts_sent": 0, "claim_owner": "", "focus": focus, "payload": b"x"}
    doubts = {"bulk": False, "doubtful": False, "begun_again": False}
    moments = {"posted_at": settled, "due_at": settled, "settled_at": settled}
    return {
        "key": f"{number}:0",
        "person_id": person,
        "chat_id": person,
        **words,
        **counts,
        **doubts,
        **moments,
    }


async def test_much_goes_in_many_transactions_and_the_newest_cards_stay(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention, "AT_ONCE", SOME)
    people = [(await come_in(store, number)).id for number in (11, 12)]
    async with store.transaction() as work:
        await work._pen.write(OUTBOX.insert(), [letter(n, people[n // 2 % 2], NOW) for n in range(LETTERS)])
        await work._pen.write(SEEN.insert(), [{"update_id": n, "at": NOW} for n in range(LETTERS)])
    changes = await round_of(store, later(days=91))
    assert max(changes) == SOME
    assert sum(changes) == LETTERS * 3 + (LETTERS - 2 * CARDS_KEPT)  # emptied twice, and the rows of `seen`
    stayed = await rows(store, "SELECT person_id, id FROM outbox ORDER BY id DESC")
    numbers = {person: [row.id for row in stayed if row.person_id == person] for person in people}
    assert all(len(kept) == CARDS_KEPT for kept in numbers.values())
    ids = [row.id for row in stayed]
    assert len(ids) == 2 * CARDS_KEPT
    assert min(ids) > LETTERS - 4 * CARDS_KEPT


async def test_letters_that_stay_do_not_hold_up_those_that_go(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many old cards stay for ever: each is looked at once in a round, and what comes after them goes."""
    monkeypatch.setattr(retention, "AT_ONCE", 20)
    people = [(await come_in(store, number)).id for number in range(11, 21)]
    stay = [letter(2 * n + 1, people[n % 10], NOW) for n in range(150)]
    go = [letter(2 * n, people[0], later(days=1)) for n in range(200, 230)]
    emptied = {"key": None, "payload": None}
    async with store.transaction() as work:
        await work._pen.write(OUTBOX.insert(), [each | emptied for each in (*stay, *go)])
    for expected in (30, 0):
        changes = await round_of(store, later(days=92))
        assert sum(changes) == expected
        assert len(changes) < 20
    assert len(await rows(store, "SELECT id FROM outbox")) == 150


async def round_of(store: Store, now: datetime) -> list[int]:
    """One round of the tidying, as the beat does it: how many rows each transaction changed."""
    changes, sweep = [1], Sweep()
    while changes[-1] or not sweep.done:
        async with store.transaction() as work:
            changes.append(await work.tidy(now, sweep))
    return changes[1:]
