"""The database is full, held, cut off, undecided or in a knot: nothing is acknowledged that is not on disk."""

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest
from sqlalchemy import event

from bot.inbound import Incoming
from bot.ingress.webhook import webhook_app
from bot.sandbox import Person, Sandbox
from bot.settings import Settings
from tests.faults.lost_replies import way_to
from tests.store.conftest import migrated_database
from tests.store.village import rows
from tests.transport.conftest import Place, placed
from tests.transport.parrot import until
from workflows.store.transaction import StoreAway

SECRET = "a-webhook-secret-for-tests"
LEASE = 5.0
"""Seconds after which a letter in the hand of nobody is taken up again; the database's own clock counts them."""
TWO = 70_001
"""The number of an update."""
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET, "Content-Type": "application/json"}


def cards(person: Person) -> int:
    """How many messages the bot has written to somebody."""
    return sum(message.from_bot for message in person.messages)


def text(update_id: int, words: str, person: Person) -> dict[str, Any]:
    """An update that never was at Telegram."""
    message = {"message_id": 7, "from": person.user, "chat": person.description, "text": words}
    return {"update_id": update_id, "message": message}


def people_of(place: Place, count: int) -> list[Person]:
    """People who have let the bot in."""
    people = [place.sandbox.person(f"Person {number}") for number in range(count)]
    for person in people:
        person.starts()
    return people


class Disk:
    """Grants a SQLite database so many pages: a full one cannot grow by a page."""

    def __init__(self, place: Place) -> None:
        self.is_full = False
        event.listen(place.house.store._engine.sync_engine.pool, "checkout", self._grant)

    def _grant(self, connection: Any, *_: object) -> None:
        cursor = connection.cursor()
        # SQLite takes the present size for a number that is below it.
        cursor.execute(f"PRAGMA max_page_count={1 if self.is_full else 2**31}")
        cursor.close()


async def calls(client: httpx.AsyncClient, update: dict[str, Any]) -> httpx.Response:
    """Telegram calls the webhook."""
    return await client.post("/updates", json=update, headers=HEADERS, timeout=30)


async def test_fault_49_a_full_disk_takes_nothing_loses_nothing_and_is_got_over(place: Place) -> None:
    disk, clerk = Disk(place), place.house.clerk
    app = webhook_app(clerk, "/updates", SECRET, place.house.watch.probes)
    place.writes()
    place.polls()
    people = people_of(place, 3)
    for person in people:
        person.says("while there was room")
    await until(lambda: all(cards(person) == 1 for person in people), 30)
    disk.is_full = True
    said = 1
    async with asyncio.timeout(30):
        while not clerk.counts["away"]:
            said += 1
            for person in people:
                person.says(f"text {said} " + "and more of it " * 100)
            await asyncio.sleep(0.1)
    assert place.sandbox.updates.everything()
    omar, taken = people_of(place, 1)[0], 0
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot") as client:
        while (answer := await calls(client, text(90_000 + taken, "by webhook", omar))).status_code == 200:
            taken += 1
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert (await client.get("/readyz")).status_code == 503
    disk.is_full = False
    await place.beats()
    await until(lambda: all(cards(person) >= said for person in people), 30)
    await until(lambda: not place.sandbox.updates.everything() and clerk.is_at_rest, 10)
    assert clerk.store_is_here
    assert [row.quick_check for row in await rows(place.house.store, "PRAGMA quick_check")] == ["ok"]
    assert [cards(person) for person in (*people, omar)] == [said, said, said, taken]


async def stands(place: Place) -> None:
    """Be the replica that sends what nobody's turn posted, for as long as the test goes on."""
    sender = place.house.sender
    assert sender is not None

    async def standing() -> None:
        while not place.life.stop.is_set():
            with contextlib.suppress(StoreAway):
                await sender.stand()
            await asyncio.sleep(0.5)

    place.tasks.append(asyncio.create_task(standing()))


@asynccontextmanager
async def administrator(place: Place) -> AsyncIterator["asyncpg.Connection[Any]"]:
    """A connection of somebody else to the bot's PostgreSQL database."""
    url = place.house.store._engine.url
    connection = await asyncpg.connect(host=url.query["host"], user="postgres", database=url.database)
    try:
        yield connection
    finally:
        await connection.close()


async def letters_and_updates(place: Place) -> tuple[int, int]:
    """How many cards are posted, and how many updates are marked as handled."""
    store = place.house.store
    posted = await rows(store, "SELECT count(*) AS n FROM outbox WHERE key LIKE '%card'")
    seen = await rows(store, "SELECT count(*) AS n FROM seen")
    return int(posted[0].n), int(seen[0].n)


CUTS = 8
CUT = """
WITH bots AS MATERIALIZED (
    SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()
)
SELECT pg_terminate_backend(pid) FROM bots
"""


@pytest.mark.postgres
async def test_fault_51_connections_cut_each_moment_leave_no_half_transaction(on_postgres: Place) -> None:
    place = on_postgres
    place.house.store.lease_seconds = LEASE
    people = people_of(place, 3)
    place.writes()
    place.polls()
    await place.beats()
    await stands(place)
    texts, cuts = 0, 0
    async with administrator(place) as other, asyncio.timeout(60):
        while cuts < CUTS:
            for person in people:
                person.says(f"text {texts}")
            texts += 1
            if texts % 4 == 0:
                cuts += len(await other.fetch(CUT))
            await asyncio.sleep(0.05)
    # What was committed while its connection went is in hand until the lease ends.
    await until(lambda: not place.sandbox.updates.everything(), 30)
    await until(lambda: all(cards(person) >= texts for person in people), 30)
    await until(lambda: place.house.clerk.is_at_rest, 30)
    assert await letters_and_updates(place) == (3 * texts, 3 * (texts + 1))
    assert all(cards(person) <= 2 * texts for person in people)


@pytest.mark.postgres
async def test_fault_52_a_commit_whose_reply_is_lost_is_looked_up_and_not_done_twice(
    settings: Settings, sandbox: Sandbox, postgres: str
) -> None:
    url = await migrated_database(postgres)
    with tempfile.TemporaryDirectory(prefix="rafiq-way-") as folder:
        here = url.replace(f"host={postgres}", f"host={folder}")
        there = settings.model_copy(update={"database_url": here})
        async with way_to(Path(postgres), Path(folder)) as way, placed(there, sandbox) as place:
            place.house.store.lease_seconds = LEASE
            (layla,) = people_of(place, 1)
            place.writes()
            place.polls()
            await place.beats()
            await stands(place)
            layla.says("one")
            await layla.sees(lambda message: message.from_bot, timeout=30)
            await until(lambda: not place.sandbox.updates.everything() and place.house.clerk.is_at_rest, 30)
            before = place.house.clerk.counts["duplicates"]
            way.mark = TWO.to_bytes(8, "big")  # the number of the update, as it is bound
            (future,) = place.house.clerk.submit([text(TWO, "two", layla)])
            with pytest.raises(StoreAway):
                await asyncio.wait_for(future, 40)
            assert way.swallowed == 1
            (again,) = place.house.clerk.submit([text(TWO, "two", layla)])
            await asyncio.wait_for(again, 40)
            assert place.house.clerk.counts["duplicates"] == before + 1
            await until(lambda: cards(layla) == 2, 60)
            await until(lambda: place.house.clerk.is_at_rest, 30)
            assert await letters_and_updates(place) == (2, 3)
            assert cards(layla) == 2


@pytest.mark.postgres
async def test_fault_55_a_deadlock_is_rolled_back_and_tried_again(on_postgres: Place) -> None:
    """The other session holds the update's row and then wants the person, whom the bot holds: the bot is the victim."""
    place = on_postgres
    (layla,) = people_of(place, 1)
    gate, held = asyncio.Event(), asyncio.Event()

    async def meets(_: Incoming) -> None:
        held.set()
        await gate.wait()

    async with administrator(place) as other, administrator(place) as judge:
        await judge.execute(
            f'ALTER DATABASE "{place.house.store._engine.url.database}" SET deadlock_timeout = 200'
        )
        await place.house.store._engine.dispose()
        place.writes()
        place.parrot.before = meets
        await other.execute("SET deadlock_timeout = '60s'")
        transaction = other.transaction()
        await transaction.start()
        await other.execute("INSERT INTO seen (update_id, at) VALUES (80001, now())")
        (future,) = place.house.clerk.submit([text(80_001, "in a knot", layla)])
        await asyncio.wait_for(held.wait(), 30)
        wanting = asyncio.create_task(other.execute(f"SELECT pg_advisory_xact_lock({layla.user_id})"))
        await asyncio.sleep(0.1)
        gate.set()
        await asyncio.wait_for(wanting, 40)
        await transaction.rollback()
        await asyncio.wait_for(future, 40)
        knots = await judge.fetchval(
            "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
        )
    await until(lambda: cards(layla) == 1, 30)
    assert place.house.clerk.counts["parked"] == 0
    assert await letters_and_updates(place) == (1, 1)
    assert [words for _, words in place.parrot.handled].count("in a knot") >= 2, knots
