"""Rows for every table of any schema, made of the columns' kinds: each points to the row of its own number."""

import random
from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Column, Connection, MetaData, Table, types

LONG_AGO = datetime(2026, 1, 5, 9, 0, 0, 123456, tzinfo=UTC)
WORDS = ("سؤال عن الهجرة", "d'autres « mots »", "plain words", "two\nlines", "=1+1", "")


def tables_of(connection: Connection) -> list[Table]:
    """The tables of a database but the one with its revision, those first to which others point."""
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != "alembic_version"]


def fill(
    connection: Connection, rows: int, without: Collection[str] = ()
) -> dict[str, list[tuple[Any, ...]]]:
    """Put so many rows into every table of an empty database; returns what is in each then."""
    chance = random.Random(7)  # noqa: S311 - rows that are the same each time, no secret
    for table in tables_of(connection):
        if table.name in without:
            continue
        connection.execute(table.delete())
        made = [
            {column.name: _value(column, number, chance) for column in table.columns}
            for number in range(1, rows + 1)
        ]
        connection.execute(table.insert(), made)
        numbers = table.columns.get("id")
        if numbers is not None and connection.dialect.name == "postgresql":
            _count_on(connection, table, rows)
    return contents(connection)


def contents(
    connection: Connection, columns: dict[str, int] | None = None
) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, or of these tables in their first so many columns."""
    found = {}
    for table in tables_of(connection):
        if columns is None or table.name in columns:
            rows = connection.execute(table.select().order_by(*table.primary_key)).all()
            width = len(table.columns) if columns is None else columns[table.name]
            found[table.name] = [tuple(row)[:width] for row in rows]
    return found


def _count_on(connection: Connection, table: Table, last: int) -> None:
    found = connection.exec_driver_sql(f"SELECT pg_get_serial_sequence('\"{table.name}\"', 'id')").scalar()
    if found:
        connection.exec_driver_sql(f"SELECT setval('{found}', {last})")


def _value(column: Column[Any], number: int, chance: random.Random) -> Any:
    if column.foreign_keys:
        (key,) = column.foreign_keys
        return number if isinstance(key.column.type, types.Integer) else f"{key.column.table.name}-{number}"
    if column.primary_key:
        return number if isinstance(column.type, types.Integer) else f"{column.table.name}-{number}"
    if column.nullable and not number % 3:
        return None
    return _of_kind(column, number, chance)


def _of_kind(column: Column[Any], number: int, chance: random.Random) -> Any:
    moment = LONG_AGO + timedelta(minutes=number, microseconds=number)
    match column.type:
        case types.Boolean():
            return bool(number % 2)
        case types.Integer():
            return number + (2**40 if isinstance(column.type, types.BigInteger) else 0)
        case types.DateTime() as kind:
            return moment if kind.timezone else moment.replace(tzinfo=None)
        case types.Date():
            return date(2026, 3, 1) + timedelta(days=number)
        case types.Time():
            return time(number % 24, 30)
        case types.LargeBinary():
            return chance.randbytes(number * 7 % 200)
        case _:
            return f"{WORDS[number % len(WORDS)]} {column.name} {number}"
