"""Upgrades: from every released schema with rows in every table, killed half way, and old beside new for a while."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from tests.store.filling import contents, fill
from tests.store.village import NOW, actor_of, come_in, prose, record, said
from workflows.notices import Welcome
from workflows.store import schema
from workflows.store.cipher import Cipher
from workflows.store.engine import BEGIN, engine_of
from workflows.store.schema import FOLDER, HEAD
from workflows.store.tables import METADATA
from workflows.store.transaction import Store, StoreRefused, migrate
from workflows.store.values import Delivered, Settlement

ROOT = Path(__file__).resolve().parents[2]
VERSIONS = sorted((FOLDER / "versions").glob("*.py"))
REVISIONS = [path.name[:4] for path in VERSIONS]


# --- forward, with data --------------------------------------------------------------------------------------


@pytest.mark.parametrize("revision", REVISIONS[:-1])
async def test_rows_of_every_table_of_every_schema_come_through(
    revision: str, url: str, cipher: Cipher
) -> None:
    engine = engine_of(url)
    async with engine.execution_options(**{BEGIN: "IMMEDIATE"}).begin() as connection:
        await connection.run_sync(schema.upgrade, revision)
        before = await connection.run_sync(fill, 9, {"canary", "audit_head"})
    widths = {name: len(rows[0]) for name, rows in before.items() if rows}
    assert widths.keys() >= {"person", "answer_revision", "outbox", "audit", "lease"}
    await migrate(url)
    async with engine.connect() as connection:
        after = await connection.run_sync(contents, widths)
    await engine.dispose()
    for name, width in widths.items():
        assert [row[:width] for row in after[name]] == before[name], name
    await (await Store.open(url, cipher)).close()


# --- interrupted ---------------------------------------------------------------------------------------------

PROGRAM = """
import asyncio, os, signal, sys
from alembic.operations import Operations
from workflows.store.transaction import migrate

left = int(sys.argv[2])
make = Operations.create_table

def killed(self, *given, **named):
    global left
    made = make(self, *given, **named)
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return made

Operations.create_table = killed
asyncio.run(migrate(sys.argv[1]))
"""


@pytest.mark.kill
async def test_case_12_a_migration_that_was_killed_is_begun_again(url: str, cipher: Cipher) -> None:
    """Nothing of it is there: the database is as it was before, and the next start takes it the whole way."""
    engine = engine_of(url)
    async with engine.execution_options(**{BEGIN: "IMMEDIATE"}).begin() as connection:
        await connection.run_sync(schema.upgrade, "0002")
        before = await connection.run_sync(fill, 3, {"canary"})
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, url, "9"],
        cwd=ROOT, capture_output=True, check=False, text=True, timeout=90,
    )  # fmt: skip
    assert done.returncode == -9, done.stderr
    with pytest.raises(StoreRefused, match="older schema"):
        await Store.open(url, cipher)
    async with engine.connect() as connection:
        assert await connection.run_sync(contents) == before
    await engine.dispose()
    await migrate(url)
    await (await Store.open(url, cipher)).close()


# --- old beside new ------------------------------------------------------------------------------------------

EXPANDS = {"create_table", "create_index", "add_column", "get_bind"}
"""What a revision may do to tables: with nothing else, the release before goes on reading and writing."""


def _offences(source: str) -> list[str]:
    """What a revision does that the release before could not live with."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and re.search(r"\b(DROP|RENAME|ALTER)\b", str(node.value)):
            found.append(f"{node.lineno}: {node.value!r}")
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if getattr(node.func.value, "id", "") == "op" and node.func.attr not in EXPANDS:
            found.append(f"{node.lineno}: op.{node.func.attr}")
        if getattr(node.func.value, "id", "") == "op" and node.func.attr == "add_column":
            words = ast.unparse(node)
            if not re.search(r"server_default=|nullable=True|optional=True", words):
                found.append(f"{node.lineno}: {words}: no default, and not optional")
    return found


def test_a_revision_only_adds() -> None:
    """The release before runs on beside it for the length of a deploy; what is not used any more goes one later."""
    assert {path.name: _offences(path.read_text("utf-8")) for path in VERSIONS} == {
        path.name: [] for path in VERSIONS
    }


def test_the_rule_sees_what_it_forbids() -> None:
    for source in (
        "op.drop_column('person', 'name')",
        "op.drop_table('person')",
        "op.rename_table('person', 'people')",
        "op.alter_column('person', 'name', new_column_name='called')",
        "op.add_column('person', sa.Column('age', sa.Integer, nullable=False))",
        "op.execute('UPDATE person SET name = NULL')",
        "connection.execute(sa.text('ALTER TABLE person DROP COLUMN name'))",
    ):
        assert _offences(source), source
    assert not _offences("op.add_column('person', sa.Column('age', sa.Integer, nullable=True))")


def _expand(connection: Connection) -> None:
    """What a release after this one might do: a column more in every table, an index, a table of its own."""
    for table in METADATA.tables:
        connection.execute(text(f"ALTER TABLE {table} ADD COLUMN later_on INTEGER DEFAULT 0 NOT NULL"))
    connection.execute(text("CREATE TABLE of_the_next_release (id INTEGER PRIMARY KEY)"))
    connection.execute(text("CREATE INDEX ix_of_the_next_release ON outbox (topic)"))
    connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))


async def test_case_60_this_release_goes_on_while_the_next_one_has_migrated(
    store: Store, url: str, cipher: Cipher
) -> None:
    """It runs on until it is stopped, on the very connections that it had; started anew it refuses, with the reason."""
    layla = await come_in(store, 1)
    await record(store, layla, said("1b", "before"))
    next_release = engine_of(url)
    async with next_release.execution_options(**{BEGIN: "IMMEDIATE"}).begin() as connection:
        await connection.run_sync(_expand)
    await next_release.dispose()

    for number in range(3):
        await record(store, layla, said("1b", f"after {number}"))
        async with store.transaction() as work:
            work.outbox.post(layla, Welcome(role="focal_point"), key=f"{number}", now=NOW)
            work.audit.note(NOW, layla.id, "come_in", "LB", "place", "done")
        (letter,) = work.outbox.fresh
        async with store.transaction() as work:
            await work.outbox.settle([Settlement(letter.id, Delivered(number + 1), NOW)])
            assert await work.outbox.claim(store.owner, NOW, 10) == []
            await work.updates.park(number, b"{}", "x", NOW)
            await work.tidy(NOW)
    omar = await come_in(store, 2)
    async with store.transaction() as work:
        assert (await work.drafts.open(actor_of(omar), "LB")).review.answers == {"1b": prose("after 2")}
        assert (await work.audit.verify()).broken_at == 0
        await work.people.erase(omar.id, NOW)
    with pytest.raises(StoreRefused, match="newer Rafiq"):
        await Store.open(url, cipher)
    with pytest.raises(StoreRefused, match="newer Rafiq"):
        await migrate(url)


def test_every_released_schema_is_tried() -> None:
    assert sorted(REVISIONS) == REVISIONS
    assert REVISIONS[-1] == HEAD
