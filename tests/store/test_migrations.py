"""The tables in the code and the tables that the revisions make are the same, on both engines."""

from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, inspect, text
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.store.conftest import new_database
from tests.store.village import CYCLE, NOW, actor_of, come_in, prose, record, said
from workflows.notices import Welcome
from workflows.store.cipher import Cipher
from workflows.store.engine import BEGIN, engine_of, kind_of
from workflows.store.schema import FOLDER, HEAD
from workflows.store.tables import METADATA
from workflows.store.transaction import Store, StoreRefused, migrate
from workflows.store.values_calendar import Preference


def _differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(
        connection, opts={"compare_type": True, "compare_server_default": True}
    )
    return list(compare_metadata(context, METADATA))


def _indexes(connection: Connection) -> dict[str, str]:
    """Every index that has a condition, with it: the comparison above does not look at conditions."""
    return {
        str(index["name"]): str(condition)
        for table in METADATA.tables
        for index in inspect(connection).get_indexes(table)
        for name, condition in (index.get("dialect_options") or {}).items()
        if name.endswith("_where")
    }


async def test_revisions_and_tables_agree(url: str) -> None:
    await migrate(url)
    engine = engine_of(url)
    async with engine.connect() as connection:
        assert await connection.run_sync(_differences) == []
        conditions = await connection.run_sync(_indexes)
    await engine.dispose()
    assert sorted(conditions) == [
        "ix_adaptation_revision_newest",
        "ix_answer_revision_newest",
        "ix_dead_letter_full",
        "ix_dead_letter_unparked",
        "ix_outbox_full",
        "ix_outbox_keyed",
        "ix_outbox_open",
        "ix_reminder_planned",
        "uq_membership_held",
    ]


async def test_a_difference_would_be_seen(url: str) -> None:
    await migrate(url)
    engine = engine_of(url)
    async with engine.connect() as connection:
        await connection.execute(text("ALTER TABLE audit ADD COLUMN surplus INTEGER"))
        assert len(await connection.run_sync(_differences)) == 1
    await engine.dispose()


async def test_migrating_twice_changes_nothing(url: str) -> None:
    await migrate(url)
    await migrate(url)
    engine = engine_of(url)
    async with engine.connect() as connection:
        found = (await connection.execute(text("SELECT version_num FROM alembic_version"))).all()
    await engine.dispose()
    assert [row.version_num for row in found] == [HEAD]


def test_the_newest_revision_is_named_in_the_code() -> None:
    assert ScriptDirectory(str(FOLDER)).get_current_head() == HEAD


async def _at(revision: str, url: str) -> AsyncEngine:
    """An empty database of an earlier schema."""
    engine = engine_of(url)
    async with engine.execution_options(**{BEGIN: "IMMEDIATE"}).begin() as connection:
        await connection.run_sync(_upgrade_to, revision)
    return engine


def _filled(
    connection: Connection, given: dict[str, list[dict[str, Any]]]
) -> dict[str, list[tuple[Any, ...]]]:
    """Put rows into the tables of an earlier schema, as far as it has their columns; returns what is there then."""
    metadata = MetaData()
    metadata.reflect(connection)
    found = {}
    for table in metadata.sorted_tables:
        known = [column.name for column in table.columns]
        rows_ = [{name: row[name] for name in known if name in row} for row in given.get(table.name, ())]
        if rows_:
            connection.execute(table.insert(), rows_)
            found[table.name] = [tuple(row) for row in connection.execute(table.select()).all()]
    return found


def _still(
    connection: Connection, before: dict[str, list[tuple[Any, ...]]]
) -> dict[str, list[tuple[Any, ...]]]:
    """What is in these tables now, in as many columns as there were."""
    metadata = MetaData()
    metadata.reflect(connection)
    found = {}
    for name, rows_ in before.items():
        now = connection.execute(metadata.tables[name].select()).all()
        found[name] = [tuple(row)[: len(rows_[0])] for row in now]
    return found


async def _a_lived_in_house(store: Store) -> dict[str, list[dict[str, Any]]]:
    """People, answers, letters and lines of the audit, made by the house itself; all rows of all its tables."""
    layla = await come_in(store, 1)
    await record(store, layla, said("1b", "said before"))
    async with store.transaction() as work:
        work.outbox.post(layla, Welcome(role="focal_point"), key="waits", now=NOW, bulk=True)
        await work.preferences.set(Preference(layla.id, hijri=True))
        for number in range(3):
            work.audit.note(NOW, layla.id, "come_in", "LB", f"place {number}", "done")
    async with store._engine.connect() as connection:
        found = {
            table.name: [dict(row) for row in (await connection.execute(table.select())).mappings()]
            for table in METADATA.sorted_tables
            if table.name != "audit_head"
        }
    await store.close()
    return found


@pytest.mark.parametrize("revision", ["0001", "0002"])
async def test_what_was_there_at_an_earlier_schema_is_there_after(
    revision: str, store: Store, url: str, cipher: Cipher, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """A database of every earlier revision, with data in it, opens with all it had, and its audit is a chain."""
    given = await _a_lived_in_house(store)
    old = f"sqlite+aiosqlite:///{tmp_path / 'old.db'}"
    if kind_of(url) == "postgresql":
        old = await new_database(request.getfixturevalue("postgres"))
    engine = await _at(revision, old)
    async with engine.begin() as connection:
        before = await connection.run_sync(_filled, given)
    assert {"person", "answer_revision", "outbox", "audit"} <= before.keys()
    with pytest.raises(StoreRefused, match="older schema"):
        await Store.open(old, cipher)

    await migrate(old)
    async with engine.connect() as connection:
        assert await connection.run_sync(_still, before) == before
    await engine.dispose()
    house = await Store.open(old, cipher)
    async with house.transaction() as work:
        layla = await work.people.by_telegram(1)
        assert layla is not None
        assert (await work.drafts.open(actor_of(layla), "LB")).review.answers == {"1b": prose("said before")}
        assert [letter.notice.topic for letter in await work.outbox.claim("x", NOW, 10)] == ["welcome"]
        assert await work.calendars.current(CYCLE) is None
        hijri = revision != "0001"
        assert await work.preferences.of([layla.id]) == {layla.id: Preference(layla.id, hijri=hijri)}
        chain = await work.audit.verify()
        assert (chain.lines, chain.broken_at) == (3, 0)
        await work.people.erase(layla.id, NOW)
    await house.close()


def _upgrade_to(connection: Connection, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
