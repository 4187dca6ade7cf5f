"""A migration that is killed at any step leaves nothing behind, on both engines."""

import os
import signal
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.kill.seeds import times
from tests.kill.test_deaths import REPETITIONS
from tests.store.conftest import new_database
from tests.transport.nursery import Nursery
from workflows.store.cipher import Cipher, generate_key
from workflows.store.engine import engine_of, kind_of
from workflows.store.schema import HEAD
from workflows.store.transaction import Store


@pytest.fixture
async def empty(request: pytest.FixtureRequest, tmp_path: Path, kind: str) -> str:
    """The address of a database of this kind in which nothing is."""
    if kind == "postgresql":
        return await new_database(request.getfixturevalue("postgres"))
    return f"sqlite+aiosqlite:///{tmp_path / 'rafiq.db'}"


async def things_in(url: str) -> int:
    """How many tables, indexes and other things there are in a database."""
    where = {
        "sqlite": "sqlite_master",
        "postgresql": "pg_class WHERE relnamespace = 'public'::regnamespace",
    }[kind_of(url)]
    engine = engine_of(url, makes_file=False)
    try:
        async with engine.connect() as connection:
            query = f"SELECT count(*) FROM {where}"  # noqa: S608 - our own words
            return int((await connection.execute(text(query))).scalar_one())
    finally:
        await engine.dispose()


@pytest.mark.kill
@pytest.mark.postgres
@pytest.mark.parametrize("turn", range(times(REPETITIONS)))
@pytest.mark.parametrize("step", range(1, int(HEAD) + 1))
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_fault_12_death_at_mid_migration(nursery: Nursery, empty: str, step: int, turn: int) -> None:
    """A migration that is killed leaves nothing behind; the next one makes the whole way."""
    key = generate_key()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RAFIQ_")}
    environment = kept | {"RAFIQ_DATABASE_URL": empty, "RAFIQ_KEY": key}
    first = nursery.bears("rafiq", ["migrate"], environment | {"RAFIQ_FAILPOINT": f"mid_migration:{step}"})
    assert await first.ends(40) == -signal.SIGKILL, first.logged
    assert await things_in(empty) == 0
    whole = nursery.bears("rafiq", ["migrate"], environment)
    assert await whole.ends(40) == 0, whole.logged
    store = await Store.open(empty, Cipher.from_settings(key))
    await store.close()
