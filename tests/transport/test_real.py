"""The real bot as a process, by polling and by webhook, on SQLite and on PostgreSQL: the same short chat everywhere."""

import asyncio
import shutil
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bench.processes import free_ports
from bot.sandbox import Person, Sandbox, serving
from tests.store.conftest import new_database
from tests.transport.conftest import Bot
from tests.transport.nursery import Child, Nursery
from tests.transport.parrot import until

WAYS = [
    pytest.param(("poll", "sqlite"), id="poll-sqlite"),
    pytest.param(("serve", "sqlite"), id="serve-sqlite"),
    pytest.param(("poll", "postgresql"), id="poll-postgresql", marks=pytest.mark.postgres),
    pytest.param(("serve", "postgresql"), id="serve-postgresql", marks=pytest.mark.postgres),
]


async def prepared(bot: Bot, request: pytest.FixtureRequest, kind: str) -> None:
    """Give the bot an empty database, and what it needs to serve."""
    port = free_ports(1)[0]
    bot.environment |= {
        "RAFIQ_LISTEN_PORT": str(port),
        "RAFIQ_WEBHOOK_URL": f"http://127.0.0.1:{port}/updates",
        "RAFIQ_WEBHOOK_SECRET": "a-webhook-secret-for-tests",
    }
    if kind == "postgresql":
        bot.environment["RAFIQ_DATABASE_URL"] = await new_database(request.getfixturevalue("postgres"))


@pytest.fixture
async def bot(tmp_path: Path, sandbox: Sandbox, nursery: Nursery) -> AsyncIterator[Bot]:
    """A bot that has no database yet."""
    async with serving(sandbox) as address:
        here = Bot(nursery, sandbox, address, tmp_path)
        yield here
        await here.ends()
    shutil.rmtree(tmp_path)


async def presses(person: Person, button: str, words: str) -> None:
    """Press a button, and wait for what is said next and for the press to be answered."""
    callback = person.taps(button)
    await person.is_answered(callback)
    await person.sees(words, timeout=10)


@pytest.mark.parametrize("way", WAYS)
async def test_a_short_chat_that_a_kill_interrupts(
    bot: Bot, sandbox: Sandbox, request: pytest.FixtureRequest, way: tuple[str, str]
) -> None:
    receive, kind = way
    await prepared(bot, request, kind)
    made = await bot.runs("migrate")
    assert ("A new database was made" if kind == "sqlite" else "up to date") in made
    assert "up to date" in await bot.runs("migrate")
    assert "is open" in await bot.runs("cycle", "open", "2026")
    token = await bot.runs("invite", "--role", "focal_point", "--country", "LB", "--plain")
    layla = sandbox.person("Layla Haddad", "en")
    child = bot.starts(receive=receive, program="rafiq")
    layla.starts(token)
    await layla.sees("Choose the language", timeout=15)
    await presses(layla, "go.continue", "Question 1 of 24")
    await presses(layla, "Yes", "1a")
    in_hand = f"callback {layla.callback_answers[-1].callback_id}"
    assert sandbox.tally.webhook["method_in_answer"] == (2 if receive == "serve" else 0)
    child.signals(signal.SIGKILL)
    assert await child.ends() == -signal.SIGKILL
    if kind == "postgresql":
        # Others may be alive there: what the dead one had in hand waits for its lease.
        sandbox.clock.advance(61)
    again = bot.starts(receive=receive, program="rafiq")
    layla.says("/sections")
    await layla.sees("Points settled: 1 of", timeout=15)
    await until(lambda: not sandbox.updates.everything())
    await bot.stops(again, 4)
    # The press may not have been confirmed yet when the kill came; then it comes again and is answered again.
    twice = [("double_callback_answer", in_hand)]
    assert [(found.kind, found.detail) for found in sandbox.violations] in ([], twice)
    assert '"level":"error"' not in again.logged, again.logged


async def everything_is_written_down(bot: Bot) -> None:
    """Wait until no letter is in anybody's hand: what became of each is on disk."""
    engine = create_async_engine(bot.environment["RAFIQ_DATABASE_URL"])
    try:
        async with asyncio.timeout(10), engine.connect() as connection:
            waiting = text("SELECT count(*) FROM outbox WHERE state <> 'sent'")
            while await connection.scalar(waiting):  # noqa: ASYNC110 - the database tells of no event
                await asyncio.sleep(0.05)
    finally:
        await engine.dispose()


def polls(child: Child) -> bool:
    return '"polling"' in child.logged


@pytest.mark.postgres
async def test_fault_45_of_two_processes_on_one_database_one_polls_and_the_other_takes_over(
    bot: Bot, sandbox: Sandbox, request: pytest.FixtureRequest
) -> None:
    await prepared(bot, request, "postgresql")
    await bot.runs("migrate")
    first = bot.starts()
    layla = sandbox.person()
    layla.starts()
    layla.says("one")
    await layla.sees(lambda message: message.from_bot, timeout=10)
    second = bot.starts()
    await until(lambda: polls(second), 10)
    layla.says("two")
    await layla.sees(lambda message: message.from_bot, timeout=10)
    assert "conflict" not in (first.logged + second.logged).lower()
    await everything_is_written_down(bot)
    first.signals(signal.SIGKILL)
    await first.ends()
    layla.says("three")
    sandbox.clock.advance(31)  # the lease of the dead one runs out
    await layla.sees(lambda message: message.from_bot, timeout=15)
    assert sum(message.from_bot for message in layla.messages) == 3
    assert sandbox.violations == []
    await bot.stops(second, 4)
