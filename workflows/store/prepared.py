"""Statements of every turn: SQLAlchemy writes each of them once, and on SQLite they run as they were written.

SQLAlchemy takes some 300 microseconds to run a statement that SQLite is done with in twenty, most of them for what
never differs from one turn to the next; a batch runs a dozen. On PostgreSQL, and for all others, nothing changes.
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import Boolean, Executable, Insert, LargeBinary, Row, Table, Update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import IteratorResult
from sqlalchemy.engine.result import SimpleResultMetaData
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

from workflows.store.near import Near
from workflows.store.values import Kind

Values = Mapping[str, Any]
Turn = Callable[[Any], Any]
_DIALECT: Final = sqlite.dialect(paramstyle="qmark")
_TAKEN_AS_THEY_ARE: Final = (Boolean, LargeBinary)


@dataclass(frozen=True)
class _Slot:
    """One parameter, or the parameters of one list: `many` values, each of them a tuple where `is_tuple`."""

    name: str
    turn: Turn | None
    hashable: bool
    value: Any = None
    many: int = 0


@dataclass(frozen=True)
class _Form:
    """The text for lists of certain lengths, and what goes where in it."""

    text: str
    slots: tuple[_Slot, ...]


class Prepared:
    """A statement that runs the short way on a connection to SQLite; `of` is the whole of it for SQLAlchemy.

    Raises ValueError for a statement whose columns have values that SQLAlchemy would fill in by itself, and for one
    that writes by lists. The conditions of a query must all hold: with an empty list it finds nothing.
    """

    def __init__(self, statement: Executable, on_postgresql: Executable | None = None) -> None:
        _judge(statement)
        self._statement = statement
        self._on_postgresql = statement if on_postgresql is None else on_postgresql
        self._compiled: dict[tuple[str, ...], SQLCompiler] = {}
        self._forms: dict[tuple[Any, ...], _Form] = {}
        self._shape: SimpleResultMetaData | None = None

    @classmethod
    def upsert(cls, table: Table, build: Callable[[Any], Executable]) -> "Prepared":
        """An insert that says what happens on conflict, which each engine writes in its own way."""
        return cls(build(sqlite.insert(table)), build(postgresql.insert(table)))

    def of(self, kind: Kind) -> Executable:
        """The statement for SQLAlchemy."""
        return self._statement if kind == "sqlite" else self._on_postgresql

    # --- running ------------------------------------------------------------------------------------------------

    def rows(self, line: Near, values: Values | None) -> Sequence[Row[Any]]:
        """All rows of a query; none where a list among the values is empty."""
        given = values or {}
        compiled = self._written_for(given)
        lengths = {name: len(given[name]) for name in self._lists(compiled)}
        if not all(lengths.values()):
            return []
        form = self._form(compiled, given, lengths)
        return self._named(_run(line, form.text, _filled(form, given)).fetchall())

    def write(self, line: Near, rows: Sequence[Values]) -> int:
        """Run for each of these values; returns how many rows changed. Raises ValueError where they differ in keys."""
        if not rows:
            return 0
        form = self._form(self._written_for(rows[0]), rows[0], {})
        return _run_many(line, form.text, _columns(form, rows)).rowcount

    def written(self, line: Near, rows: Sequence[Values]) -> Sequence[Row[Any]]:
        """Run for each of these values, and return the rows that are reported; raises ValueError as `write` does."""
        if not rows:
            return []
        form = self._form(self._written_for(rows[0]), rows[0], {})
        found = [row for each in _columns(form, rows) for row in _run(line, form.text, each).fetchall()]
        return self._named(found)

    def _named(self, found: list[Any]) -> Sequence[Row[Any]]:
        if not found:
            return []
        result: Any = IteratorResult(self._shape or self._shaped(), iter(found))
        rows: Sequence[Row[Any]] = result.all()
        return rows

    # --- writing it once ----------------------------------------------------------------------------------------

    def _form(self, compiled: SQLCompiler, values: Values, lengths: Mapping[str, int]) -> _Form:
        padded = {name: _padded(length) for name, length in lengths.items()}
        key = (id(compiled), *padded.values())
        form = self._forms.get(key)
        if form is None:
            form = self._forms[key] = _formed(compiled, padded, values)
        return form

    def _written_for(self, values: Values) -> SQLCompiler:
        key = tuple(values) if isinstance(self._statement, Insert) else ()
        compiled = self._compiled.get(key)
        if compiled is None:
            statement: Any = self._statement
            made = statement.compile(dialect=_DIALECT, column_keys=list(key) or None)
            assert isinstance(made, SQLCompiler)  # noqa: S101 - no statement here is text of ours
            compiled = self._compiled[key] = made
        return compiled

    @staticmethod
    def _lists(compiled: SQLCompiler) -> list[str]:
        return [name for name in compiled.positiontup or () if compiled.binds[name].expanding]

    def _shaped(self) -> SimpleResultMetaData:
        statement: Any = self._statement
        columns = list(statement.exported_columns)
        turns: list[Any] = [_turn_of(column.type, "result_processor", None) for column in columns]
        shape = self._shape = SimpleResultMetaData([column.key for column in columns], _processors=turns)
        return shape


def _formed(compiled: SQLCompiler, lengths: Mapping[str, int], values: Values) -> _Form:
    """The text with a place for every value of the lists, whose lengths are rounded up."""
    whole = {name: _widened(list(values[name]), length) for name, length in lengths.items()}
    slots = [
        _Slot(
            name,
            _turn_of(compiled.binds[name].type, "bind_processor"),
            compiled.binds[name].type.hashable,
            compiled.params.get(name),
            lengths.get(name, 0),
        )
        for name in compiled.positiontup or ()
    ]
    text = (
        compiled.construct_expanded_state({**compiled.params, **whole}).statement if whole else str(compiled)
    )
    return _Form(text, tuple(slots))


def _padded(length: int) -> int:
    """The next power of two: a list of 37 is asked for as one of 64, so that few texts are ever prepared."""
    return 1 << max(length - 1, 0).bit_length()


def _widened(given: list[Any], length: int) -> list[Any]:
    """The list with its last value repeated, which asks for nothing more."""
    return given + given[-1:] * (length - len(given))


def _turn_of(kind: TypeEngine[Any], way: str, *more: Any) -> Turn | None:
    """How a value is turned into the driver's, or back; None where both are the same."""
    if way == "bind_processor" and isinstance(kind, _TAKEN_AS_THEY_ARE):
        return None
    turn: Turn | None = getattr(kind.dialect_impl(_DIALECT), way)(_DIALECT, *more)
    return turn


def _filled(form: _Form, values: Values) -> list[Any]:
    filled: list[Any] = []
    for slot in form.slots:
        if slot.many:
            for value in _widened(list(values[slot.name]), slot.many):
                filled.extend(value if isinstance(value, tuple) else (value,))
        else:
            value = values.get(slot.name, slot.value)
            filled.append(value if slot.turn is None else slot.turn(value))
    return filled


def _columns(form: _Form, rows: Sequence[Values]) -> list[tuple[Any, ...]]:
    """The values of each row in their order; raises ValueError where they differ in keys."""
    keys = rows[0].keys()
    if any(row.keys() != keys for row in rows):
        raise ValueError("The rows for one statement have different keys.")
    columns: list[Sequence[Any]] = []
    for slot in form.slots:
        given = list(map(itemgetter(slot.name), rows)) if slot.name in keys else [slot.value] * len(rows)
        columns.append(given if slot.turn is None else turned(given, slot.turn, hashable=slot.hashable))
    return list(zip(*columns, strict=True))


def turned(values: list[Any], turn: Turn, *, hashable: bool) -> list[Any]:
    """Values as the driver takes them; what differs seldom, such as a time, is turned once for all rows."""
    if not hashable:
        return [turn(value) for value in values]
    known = {value: turn(value) for value in set(values)}
    return [known[value] for value in values]


def _judge(statement: Executable) -> None:
    if not isinstance(statement, Insert | Update) or not isinstance(statement.table, Table):
        return
    for column in statement.table.columns:
        by_itself = column.default if isinstance(statement, Insert) else column.onupdate
        if by_itself is not None:
            raise ValueError(f"SQLAlchemy fills in {column}; write that statement without preparing it.")
    compiled = statement.compile(dialect=_DIALECT)
    if any(bind.expanding for bind in compiled.binds.values()):
        raise ValueError(f"A statement that changes {statement.table.name} by a list cannot be prepared.")


def _run(line: Near, text: str, values: Sequence[Any]) -> sqlite3.Cursor:
    try:
        return line.plain().execute(text, values)
    except sqlite3.Error as error:
        raise _told(text, error) from error


def _run_many(line: Near, text: str, rows: Sequence[Sequence[Any]]) -> sqlite3.Cursor:
    try:
        return line.plain().executemany(text, rows)
    except sqlite3.Error as error:
        raise _told(text, error) from error


def _told(text: str, error: sqlite3.Error) -> BaseException:
    """The failure as SQLAlchemy tells it, without the values: they are people's."""
    return DBAPIError.instance(text, None, error, sqlite3.Error, hide_parameters=True, dialect=_DIALECT)
