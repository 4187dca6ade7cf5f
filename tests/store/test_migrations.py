"""The tables in the code and the tables that the revisions make are the same, on both engines."""

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from tests.store.village import CYCLE, NOW, actor_of, come_in, prose, record, rows, said
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


EARLIER = (
    "person",
    "cycle",
    "membership",
    "invitation",
    "submission",
    "answer_revision",
    "interview",
    "outbox",
)


async def test_what_was_there_before_the_calendar_is_there_after(url: str, cipher: Cipher) -> None:
    """A database of the first revision, with data in it, opens with everything it had and takes a plan."""
    engine = engine_of(url)
    async with engine.execution_options(**{BEGIN: "IMMEDIATE"}).begin() as connection:
        await connection.run_sync(_upgrade_to, "0001")
    house = Store(engine, kind_of(url), cipher)
    layla = await come_in(house, 1)
    await record(house, layla, said("1b", "said before"))
    async with house.transaction() as work:
        work.outbox.post(layla, Welcome(role="focal_point"), key="waits", now=NOW, bulk=True)
    before = {table: await rows(house, f"SELECT * FROM {table}") for table in EARLIER}  # noqa: S608 - our own names
    await house.close()
    with pytest.raises(StoreRefused, match="older schema"):
        await Store.open(url, cipher)

    await migrate(url)
    store = await Store.open(url, cipher)
    after = {table: await rows(store, f"SELECT * FROM {table}") for table in EARLIER}  # noqa: S608 - the same
    assert after == before
    async with store.transaction() as work:
        assert (await work.drafts.open(actor_of(layla), "LB")).review.answers == {"1b": prose("said before")}
        assert [letter.notice.topic for letter in await work.outbox.claim("x", NOW, 10)] == ["welcome"]
        assert await work.calendars.current(CYCLE) is None
        assert await work.preferences.of([layla.id]) == {layla.id: Preference(layla.id)}
        await work.preferences.set(Preference(layla.id, hijri=True))
        await work.people.erase(layla.id, NOW)
    await store.close()


def _upgrade_to(connection: Connection, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
