"""A stage for one death: a small region, an officer, two focal points, and a bot that may die."""

import asyncio
import secrets
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text

from bot.ingress.fetching import LEASE_SECONDS
from bot.sandbox import Clock, Message, Person, Sandbox, Settings
from tests.chats.calendars import NOTE, calendar_of_2020
from tests.kill.chat import keys
from tests.kill.fleet import Fleet, killed
from tests.kill.marked import marked
from tests.kill.modes import LEASE, Mode
from tests.transport.nursery import Child, Nursery
from workflows.cycle.reminders.policy_file import default_policy
from workflows.store.cipher import Cipher, generate_key
from workflows.store.transaction import Store, Work, migrate
from workflows.use_cases.inviting import Wanted, make
from workflows.use_cases.opening import open_cycle

CYCLE = "gcm-arab-2020"
PATIENCE = 40.0
"""Seconds that a busy machine may take for anything; nothing waits so long where all is well."""


class Stage:
    """One bot, whose present process is `child`, and the people who talk with it."""

    sam: Person
    layla: Person
    amal: Person
    child: Child

    def __init__(self, folder: Path, nursery: Nursery, mode: Mode, url: str) -> None:
        settings = Settings(repeat_pause_seconds=0, conflict_pause_seconds=0, webhook_time_scale=0.02)
        self.sandbox = Sandbox(settings=settings, clock=Clock(NOTE))
        self.mode = mode
        self.url = url
        self.key = generate_key()
        self.template = marked(folder / "template.yaml")
        self.fleet = Fleet(folder, nursery, self.sandbox, mode, url, self.key)

    async def prepares(self) -> None:
        """Open the cycle with its calendar, and let three people press Start, while no bot lives."""
        await migrate(self.url)
        now = self.sandbox.clock.now()
        async with self.work() as work:
            await open_cycle(work, CYCLE, self.template, now)
            policy = default_policy()
            await work.calendars.write(
                CYCLE, calendar_of_2020(), policy, by=None, act="loaded", milestone="", now=now
            )
            places = (("secretariat", ""), ("focal_point", "LB"), ("focal_point", "JO"))
            tokens = [
                await make(
                    work,
                    Wanted(CYCLE, role, country, now + timedelta(days=7)),  # type: ignore[arg-type]  # of the three above
                    secrets.token_bytes,
                    now,
                )
                for role, country in places
            ]
        people = [self.sandbox.person(name, "en") for name in ("Sam Rivers", "Layla Haddad", "Amal Said")]
        self.sam, self.layla, self.amal = people
        for person, token in zip(people, tokens, strict=True):
            person.starts(token)

    def starts(self, failpoint: str = "") -> None:
        """Start the bot, armed or not."""
        self.child = self.fleet.starts(failpoint=failpoint)

    async def dies(self) -> None:
        """Wait until the bot has ended at its failpoint, without a word; its leases are over then."""
        status = await self.child.ends(PATIENCE)
        assert status == -signal.SIGKILL, f"ended with {status}:\n{self.child.logged[-3000:]}"
        self._leases_end()

    async def is_killed(self) -> None:
        """End the bot from without; its leases are over then."""
        await killed(self.child)
        self._leases_end()

    def _leases_end(self) -> None:
        if self.mode.kind == "postgresql":
            self.sandbox.clock.advance(max(LEASE, LEASE_SECONDS) + 1)

    async def welcomes(self) -> None:
        """Wait until all three have come in and all is said."""
        for person in (self.sam, self.layla, self.amal):
            await person.sees(lambda message: bool(message.rows), PATIENCE, ever=True)
        await self.rests()

    async def rests(self) -> None:
        """Wait until no update waits and no letter is open."""
        async with asyncio.timeout(PATIENCE):
            while self.sandbox.updates.everything() or await self.count("outbox", "settled_at IS NULL"):
                assert self.child.status is None, self.child.logged[-3000:]
                await asyncio.sleep(0.1)

    async def until(self, true: Callable[[], object]) -> None:
        """Wait for something in the chats."""
        async with asyncio.timeout(PATIENCE):
            while not true():  # noqa: ASYNC110 - what is waited for sets no event
                await asyncio.sleep(0.02)

    async def has(self, table: str, which: str, least: int = 1) -> None:
        """Wait until so many rows of a table are so."""
        async with asyncio.timeout(PATIENCE):
            while await self.count(table, which) < least:  # noqa: ASYNC110 - a row that is written sets no event
                await asyncio.sleep(0.1)

    async def leaves(self) -> None:
        """Stop the bot as a signal does."""
        await self.fleet.all_stop()

    # --- looking at the database -----------------------------------------------------------------------------------

    @asynccontextmanager
    async def work(self) -> AsyncIterator[Work]:
        """A transaction of the judge's own."""
        store = await Store.open(self.url, Cipher.from_settings(self.key))
        try:
            async with store.transaction() as work:
                yield work
        finally:
            await store.close()

    async def rows(self, query: str) -> list[Any]:
        """What a query finds."""
        async with self.work() as work:
            return list(await work._pen.rows(text(query)))

    async def count(self, table: str, which: str = "true") -> int:
        """How many rows of a table are so."""
        ((number,),) = await self.rows(f"SELECT count(*) FROM {table} WHERE {which}")  # noqa: S608 - our own words
        return int(number)


def shown(person: Person, data: str) -> Message | None:
    """The newest message whose keyboard has a button that begins so."""
    return next(
        (
            m
            for m in reversed(person.messages)
            if m.from_bot and any(each.startswith(data) for each in keys(m.rows).split())
        ),
        None,
    )


def button(message: Message, data: str) -> str:
    """The whole data of that button."""
    return next(each for each in keys(message.rows).split() if each.startswith(data))
