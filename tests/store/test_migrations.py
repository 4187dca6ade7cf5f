"""The tables in the code and the tables that the revisions make are the same, on both engines."""

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from workflows.store.engine import engine_of
from workflows.store.schema import FOLDER, HEAD
from workflows.store.tables import METADATA
from workflows.store.transaction import migrate


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
    assert [row.version_num for row in found] == ["0001"]


def test_the_newest_revision_is_named_in_the_code() -> None:
    assert ScriptDirectory(str(FOLDER)).get_current_head() == HEAD
