"""A fresh database for each test, on both engines: a file, and a database of a real PostgreSQL server."""

import itertools
import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from workflows.store.cipher import Cipher, generate_key
from workflows.store.transaction import Store, migrate

_numbers = itertools.count(1)
_patterns: dict[str, str] = {}


async def new_database(socket: str, pattern: str = "template1") -> str:
    """The address of a new database, empty unless it is a copy of another one."""
    name = f"rafiq_{os.getpid()}_{next(_numbers)}"
    connection = await asyncpg.connect(host=socket, user="postgres", database="postgres")
    try:
        await connection.execute(f"CREATE DATABASE {name} TEMPLATE {pattern} STRATEGY file_copy")
    finally:
        await connection.close()
    return f"postgresql+asyncpg://postgres@/{name}?host={socket}"


async def migrated_database(socket: str) -> str:
    """The address of a new database at the newest schema: a copy of the one that was migrated first."""
    if socket not in _patterns:
        url = await new_database(socket)
        await migrate(url)
        _patterns[socket] = url.split("/")[3].split("?")[0]
    return await new_database(socket, _patterns[socket])


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
async def url(request: pytest.FixtureRequest, tmp_path: Path, migrated: Path) -> str:
    """The address of a database: empty, or at the newest schema for a test that takes a store of it."""
    filled = "store" in request.fixturenames
    if request.param == "postgresql":
        made = migrated_database if filled else new_database
        return await made(request.getfixturevalue("postgres"))
    if filled:
        shutil.copy(migrated, tmp_path / "rafiq.db")
    return f"sqlite+aiosqlite:///{tmp_path / 'rafiq.db'}"


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of a file that is not there yet."""
    return f"sqlite+aiosqlite:///{tmp_path / 'rafiq.db'}"


@pytest.fixture
def key() -> str:
    return generate_key()


@pytest.fixture
def cipher(key: str) -> Cipher:
    return Cipher.from_settings(key)


@pytest.fixture
async def store(url: str, cipher: Cipher) -> AsyncIterator[Store]:
    """A store on an engine, at the newest schema and empty."""
    store = await Store.open(url, cipher)
    yield store
    await store.close()


@pytest.fixture
async def other(store: Store, url: str, cipher: Cipher) -> AsyncIterator[Store]:
    """The same database as another process has it open."""
    other = await Store.open(url, cipher)
    yield other
    await other.close()
