"""Statements of every turn: SQLAlchemy writes each of them once, and then they run as they were written.

SQLAlchemy takes some 300 microseconds to run a statement that SQLite is done with in twenty, most of them for what
never differs from one turn to the next; a batch runs a dozen. On SQLite they go straight to the driver. On PostgreSQL
they go through SQLAlchemy's connection, which knows when one is lost, as text that it need not write again.
"""

import sqlite3
from collections.abc import Callable, Sequence
from typing import Any, Final

from sqlalchemy import Executable, Insert, Row, Table, Update, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from workflows.store.compiled import Compiled, Values
from workflows.store.sqlite_driver import SqliteConnection
from workflows.store.values import Kind

_ON_SQLITE: Final = sqlite.dialect(paramstyle="qmark")
_ON_POSTGRESQL: Final = make_url("postgresql+asyncpg://").get_dialect()()


class Prepared:
    """A statement that runs the short way; `of` is the whole of it for SQLAlchemy.

    Raises ValueError for a statement whose columns have values that SQLAlchemy would fill in by itself, and for one
    that writes by lists. The conditions of a query must all hold: with an empty list it finds nothing.
    """

    def __init__(self, statement: Executable, on_postgresql: Executable | None = None) -> None:
        _judge(statement)
        self._on_sqlite = Compiled(statement, _ON_SQLITE)
        self._on_postgresql = Compiled(statement if on_postgresql is None else on_postgresql, _ON_POSTGRESQL)

    @classmethod
    def upsert(cls, table: Table, build: Callable[[Any], Executable]) -> "Prepared":
        """An insert that says what happens on conflict, which each engine writes in its own way."""
        return cls(build(sqlite.insert(table)), build(postgresql.insert(table)))

    def of(self, kind: Kind) -> Executable:
        """The statement for SQLAlchemy."""
        return (self._on_sqlite if kind == "sqlite" else self._on_postgresql).statement

    # --- on SQLite ----------------------------------------------------------------------------------------------

    def rows(self, line: SqliteConnection, values: Values | None) -> Sequence[Row[Any]]:
        """All rows of a query; none where a list among the values is empty."""
        asked = self._on_sqlite.question(values)
        return [] if asked is None else self._on_sqlite.named(_run(line, *asked).fetchall())

    def write(self, line: SqliteConnection, rows: Sequence[Values]) -> int:
        """Run for each of these values; returns how many rows changed. Raises ValueError where they differ in keys."""
        return _run_many(line, *self._on_sqlite.rows_for(rows)).rowcount if rows else 0

    def written(self, line: SqliteConnection, rows: Sequence[Values]) -> Sequence[Row[Any]]:
        """Run for each of these values, and return the rows that are reported; raises ValueError as `write` does."""
        if not rows:
            return []
        text, given = self._on_sqlite.rows_for(rows)
        return self._on_sqlite.named([row for each in given for row in _run(line, text, each).fetchall()])

    # --- on PostgreSQL ------------------------------------------------------------------------------------------

    async def rows_far(self, connection: AsyncConnection, values: Values | None) -> Sequence[Row[Any]]:
        """All rows of a query; none where a list among the values is empty."""
        asked = self._on_postgresql.question(values)
        if asked is None:
            return []
        text, given = asked
        return self._on_postgresql.named((await connection.exec_driver_sql(text, tuple(given))).all())

    async def write_far(self, connection: AsyncConnection, rows: Sequence[Values]) -> int:
        """Run for each of these values; returns what the driver says of the rows that changed, -1 for unknown.

        Raises ValueError where the values differ in keys.
        """
        if not rows:
            return 0
        return (await connection.exec_driver_sql(*self._on_postgresql.rows_for(rows))).rowcount


def _judge(statement: Executable) -> None:
    if not isinstance(statement, Insert | Update) or not isinstance(statement.table, Table):
        return
    for column in statement.table.columns:
        by_itself = column.default if isinstance(statement, Insert) else column.onupdate
        if by_itself is not None:
            raise ValueError(f"SQLAlchemy fills in {column}; write that statement without preparing it.")
    compiled = statement.compile(dialect=_ON_SQLITE)
    if any(bind.expanding for bind in compiled.binds.values()):
        raise ValueError(f"A statement that changes {statement.table.name} by a list cannot be prepared.")


def _run(line: SqliteConnection, text: str, values: Sequence[Any]) -> sqlite3.Cursor:
    try:
        return line.plain().execute(text, values)
    except sqlite3.Error as error:
        raise _told(text, error) from error


def _run_many(line: SqliteConnection, text: str, rows: Sequence[Sequence[Any]]) -> sqlite3.Cursor:
    try:
        return line.plain().executemany(text, rows)
    except sqlite3.Error as error:
        raise _told(text, error) from error


def _told(text: str, error: sqlite3.Error) -> BaseException:
    """The failure as SQLAlchemy tells it, without the values: they are people's."""
    return DBAPIError.instance(text, None, error, sqlite3.Error, hide_parameters=True, dialect=_ON_SQLITE)
