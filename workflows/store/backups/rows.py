"""The rows of a database as a backup sees them: tables as they are, in their order, and the numbers given last."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    MetaData,
    Row,
    String,
    Table,
    func,
    select,
    text,
    tuple_,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import AutoString

from workflows.store.backups.archive import Hasher, Sheet
from workflows.store.sqlite_driver import BESIDE
from workflows.store.tables import METADATA


def our_tables() -> list[Table]:
    """Our tables at the newest schema, those first to which others point."""
    return list(METADATA.sorted_tables)


def every_table(connection: Connection) -> dict[str, Table]:
    """All tables of a database, of whatever schema, by name."""
    found = MetaData()
    found.reflect(connection)
    return dict(found.tables)


async def rows_of(
    connection: AsyncConnection, table: Table, sheet: Sheet
) -> AsyncIterator[Sequence[Row[Any]]]:
    """A table's rows as a sheet has them, in the same order on both engines, some at a time."""
    key = [_in_order(connection, table.columns[name]) for name in sheet.key]
    columns = [table.columns[name] for name, _ in sheet.columns]
    some = select(*columns).prefix_with(BESIDE, dialect="sqlite").order_by(*key).limit(sheet.at_once)
    places = [[name for name, _ in sheet.columns].index(each) for each in sheet.key]
    rows = (await connection.execute(some)).all()
    while rows:
        yield rows
        last = [rows[-1][place] for place in places]
        rows = (await connection.execute(some.where(tuple_(*key) > tuple_(*last)))).all()


def _in_order(connection: AsyncConnection, column: ColumnElement[Any]) -> ColumnElement[Any]:
    """A column by which rows come in the order of the bytes, whatever the server's language is."""
    collates = connection.dialect.name == "postgresql" and isinstance(column.type, String | AutoString)
    return column.collate("C") if collates else column


async def counts_of(connection: AsyncConnection, tables: Sequence[Table]) -> dict[str, int]:
    """How many rows each table has."""
    counts = [await connection.scalar(select(func.count()).select_from(table)) for table in tables]
    return {str(table.name): int(count or 0) for table, count in zip(tables, counts, strict=True)}


async def hashes_of(connection: AsyncConnection, tables: Mapping[Sheet, Table]) -> dict[str, str]:
    """The hash of each table's rows, as a backup with these sheets has them."""
    hasher = Hasher()
    for sheet, table in tables.items():
        hasher.begin(sheet)
        async for some in rows_of(connection, table, sheet):
            await asyncio.to_thread(hasher.lines, some)
        hasher.end()
    return hasher.hashes


# --- numbers that are never given twice ----------------------------------------------------------------------


async def counters_of(connection: AsyncConnection, tables: Sequence[Table]) -> dict[str, int]:
    """The last number given in each table that numbers its rows, also when that row has gone."""
    if connection.dialect.name == "sqlite":
        names = {table.name for table in tables}
        found = await connection.execute(text("SELECT name, seq FROM sqlite_sequence"))
        return {str(row.name): row.seq for row in found if row.name in names}
    counters = {}
    for table in tables:
        sequence = await _sequence(connection, table)
        if sequence:
            row = (await connection.execute(text(f"SELECT last_value, is_called FROM {sequence}"))).one()  # noqa: S608 - the server's own name for it
            counters[str(table.name)] = row.last_value if row.is_called else 0
    return counters


async def set_counter(connection: AsyncConnection, table: Table, last: int) -> None:
    """Let the next number of a table come after this one."""
    if connection.dialect.name == "sqlite":
        values = {"name": table.name, "last": last}
        await connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), values)
        await connection.execute(
            text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"), values
        )
        return
    sequence = await _sequence(connection, table)
    if sequence and last:
        await connection.execute(
            text("SELECT setval(CAST(CAST(:sequence AS text) AS regclass), :last)"),
            {"sequence": sequence, "last": last},
        )


async def _sequence(connection: AsyncConnection, table: Table) -> str | None:
    if "id" not in table.columns:
        return None
    named = {"table": f'"{table.name}"'}
    found: str | None = await connection.scalar(text("SELECT pg_get_serial_sequence(:table, 'id')"), named)
    return found
