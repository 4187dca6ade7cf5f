"""The pen of one transaction: it speaks the engine's dialect, seals and opens, and knows whose hand holds it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeGuard

from sqlalchemy import Dialect, Executable, Insert, Row, Table, Update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

from workflows.people.access import Act
from workflows.people.roles import Actor
from workflows.store.cache import Cache
from workflows.store.cipher import Cipher
from workflows.store.compiled import turned
from workflows.store.prepared import Prepared
from workflows.store.sqlite_driver import SqliteConnection, weighs_much
from workflows.store.values import Denied, Kind

Values = Mapping[str, Any]


class ReadOnly(RuntimeError):
    """Something was written where only reading was asked for: a mistake in the program."""


class Pen:
    """Runs the statements of one transaction. Writes that can wait are kept by their repositories until `flush`."""

    def __init__(  # noqa: PLR0913 - the transaction hands over all it has, by name
        self,
        connection: AsyncConnection,
        *,
        cipher: Cipher,
        kind: Kind,
        cache: Cache,
        owner: str,
        lease_seconds: float,
        writable: bool,
        line: SqliteConnection | None = None,
    ) -> None:
        self._connection = connection
        self.cipher = cipher
        self.kind = kind
        self.cache = cache
        self.owner = owner
        self.lease_seconds = lease_seconds
        self.writable = writable
        self._line = line
        self.forgets = False
        self.denials: list[Values] = []
        self.after_commit: list[Callable[[], None]] = []
        self.flush: Callable[[], Awaitable[None]] = _nothing
        self.forget: Callable[[int, int], Awaitable[None]] = _nothing  # by a person's own id and Telegram's

    def denied(self, actor: Actor, act: Act, country: str, thing: str) -> Denied:
        """The refusal to raise; whoever was refused what is written to the audit though nothing else of this is."""
        line = {"person_id": actor.person_id, "act": act, "country": country, "thing": thing}
        self.denials.append({**line, "outcome": "denied", "cycle_id": actor.cycle_id})
        return Denied(act, country)

    def let_go(self) -> None:
        """Know nobody any more: what knows the pen and is known by it would stay until the collector comes."""
        self.flush = self.forget = _nothing

    @property
    def connection(self) -> AsyncConnection:
        """The transaction's own connection, for rooms of the store that carry whole tables."""
        return self._connection

    async def rows(
        self, statement: Executable | Prepared, values: Values | None = None
    ) -> Sequence[Row[Any]]:
        """All rows of a query."""
        if isinstance(statement, Prepared):
            if self._line is not None:
                return statement.rows(self._line, values)
            if self.kind == "postgresql":
                return await statement.rows_far(self._connection, values)
            statement = statement.of(self.kind)
        return (await self._connection.execute(statement, values)).all()

    async def row(self, statement: Executable, values: Values | None = None) -> Row[Any] | None:
        """The first row of a query, None without one."""
        return (await self._connection.execute(statement, values)).first()

    async def write(
        self, statement: Executable | Prepared, values: Values | Sequence[Values] | None = None
    ) -> int:
        """Run one statement, once or for each of a list of values; returns how many rows one run changed."""
        if not self.writable:
            raise ReadOnly("open store.transaction() to write")
        if isinstance(statement, Prepared):
            if self._line is not None and _is_at_hand(values):
                return statement.write(self._line, values)
            if self.kind == "postgresql" and _is_listed(values):
                return await statement.write_far(self._connection, values)
            statement = statement.of(self.kind)
        return (await self._connection.execute(statement, values)).rowcount

    async def written(
        self, statement: Executable | Prepared, values: Values | Sequence[Values] | None = None
    ) -> Sequence[Row[Any]]:
        """Run one statement that writes, and return the rows that it reports."""
        if not self.writable:
            raise ReadOnly("open store.transaction() to write")
        if isinstance(statement, Prepared):
            if self._line is not None and _is_at_hand(values):
                return statement.written(self._line, values)
            statement = statement.of(self.kind)
        return (await self._connection.execute(statement, values)).all()

    async def pour(self, statement: Insert | Update, rows: Sequence[Values]) -> None:
        """Run one statement for thousands of rows, each with a value for every parameter that the statement has.

        Values are made the driver's own by columns, each that differs once: `write` does so for every value, and
        spends more time on it than the database does on the rows.
        """
        names = rows[0] if rows else ()
        await self.pour_columns(statement, {name: [row[name] for row in rows] for name in names})

    async def pour_columns(self, statement: Insert | Update, columns: Mapping[str, list[Any]]) -> None:
        """The same with the values of all rows by the names of the parameters."""
        if not self.writable:
            raise ReadOnly("open store.transaction() to write")
        if not columns:
            return
        dialect = self._connection.dialect
        compiled = _compiled(statement, dialect)
        given = [
            _driven(columns[name], compiled.binds[name].type, dialect) for name in compiled.positiontup or ()
        ]
        await self._connection.exec_driver_sql(str(compiled), list(zip(*given, strict=True)))

    def insert(self, table: Table) -> sqlite.Insert | postgresql.Insert:
        """An insert that can say what happens on conflict."""
        return sqlite.insert(table) if self.kind == "sqlite" else postgresql.insert(table)

    def seal(self, text: str | bytes, place: str) -> bytes:
        """Seal a text for its place."""
        return self.cipher.seal(text.encode() if isinstance(text, str) else text, place)

    def unseal(self, sealed: bytes | None, place: str) -> bytes:
        """What was sealed there; nothing for nothing."""
        return self.cipher.open(sealed, place) if sealed else b""


@lru_cache(maxsize=64)
def _compiled(statement: Insert | Update, dialect: Dialect) -> SQLCompiler:
    compiled = statement.compile(dialect=dialect)
    assert isinstance(compiled, SQLCompiler)  # noqa: S101 - no statement here is text of ours
    return compiled


def _driven(values: list[Any], kind: TypeEngine[Any], dialect: Dialect) -> list[Any]:
    """Values as the driver takes them."""
    turn = kind.dialect_impl(dialect).bind_processor(dialect)
    return values if turn is None else turned(values, turn, hashable=kind.hashable)


def _is_at_hand(values: Values | Sequence[Values] | None) -> TypeGuard[Sequence[Values]]:
    """Whether there are rows, all of them small: large ones are written beside the loop, as SQLAlchemy does it."""
    return _is_listed(values) and not weighs_much(values)


def _is_listed(values: Values | Sequence[Values] | None) -> TypeGuard[Sequence[Values]]:
    """Whether there are rows, and not the values of a single one."""
    return bool(values) and not isinstance(values, Mapping)


async def _nothing(*_: object) -> None:
    """What a pen flushes and forgets before its transaction has told it, and when that has ended."""
