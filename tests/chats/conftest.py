"""A fresh region for each chat: a database of its own, its bot and its Telegram, ready in a fraction of a second."""

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot import logs
from bot.app import Clock, opened
from bot.sandbox import Clock as SandboxClock
from bot.sandbox import Person, Sandbox, serving
from bot.sandbox import Settings as SandboxSettings
from tests.chats.telling import CYCLE, OPEN, TOKEN, Region, load, settings_for
from workflows.review.template import Template
from workflows.use_cases.opening import open_cycle


@pytest.fixture(autouse=True)
def quiet_logs() -> None:
    """Log as the bot does: without the locals that a bare structlog would print."""
    logs.configure("CRITICAL", terminal=False)


@pytest.fixture(scope="session")
def template() -> Template:
    return load()


@pytest.fixture(scope="session")
def opened_cycle(tmp_path_factory: pytest.TempPathFactory, template: Template) -> Path:
    """A database in which nothing has happened but the opening of the cycle, to be copied."""
    folder = tmp_path_factory.mktemp("opened")

    async def opening() -> None:
        async with opened(settings_for(folder), make=True) as store, store.transaction() as work:
            await open_cycle(work, CYCLE, template, Clock().now())

    asyncio.run(opening())
    file = folder / "rafiq.db"
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return file


@pytest.fixture
def sandbox() -> Sandbox:
    """A Telegram without the pauses it makes for impatient pollers, on a Monday morning in March."""
    return Sandbox(
        TOKEN,
        SandboxSettings(repeat_pause_seconds=0, conflict_pause_seconds=0),
        SandboxClock(datetime(2027, 3, 1, 9, 5, tzinfo=UTC)),
    )


@pytest.fixture
async def region(
    tmp_path: Path, sandbox: Sandbox, opened_cycle: Path, template: Template
) -> AsyncIterator[Region]:
    """The real bot in this process, on a SQLite file of its own."""
    shutil.copy(opened_cycle, tmp_path / "rafiq.db")
    async with serving(sandbox) as address:
        region = Region(settings_for(tmp_path), sandbox, address, template)
        await region.begins()
        yield region
        await region.ends()


@pytest.fixture
async def layla(region: Region) -> Person:
    """A focal point of Lebanon who reads English and has a text question open."""
    person = await region.focal_point("LB", "en")
    await region.opens(person, OPEN)
    return person
