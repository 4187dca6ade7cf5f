"""A statement as one engine reads it: written by SQLAlchemy once, and what goes where in it for a turn's values."""

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any, Final

from sqlalchemy import Boolean, Dialect, Executable, Insert, LargeBinary, Row
from sqlalchemy.engine import IteratorResult
from sqlalchemy.engine.result import SimpleResultMetaData
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

from workflows.immutable import Immutable

Values = Mapping[str, Any]
Turn = Callable[[Any], Any]
_FILLED: Final = 4_096
"""Longer lists are asked for as they are."""
_TAKEN_AS_THEY_ARE: Final = (Boolean, LargeBinary)


class _Slot(Immutable):
    """One parameter, or the parameters of one list: `many` values, each of them a tuple where several are compared."""

    name: str
    turn: Turn | None
    hashable: bool
    value: Any = None
    many: int = 0


class _Form(Immutable):
    """The text for lists of certain lengths, and what goes where in it.

    `order` says of each parameter of the text which of the slots' values it is, where that is not their own order.
    """

    text: str
    slots: tuple[_Slot, ...]
    order: tuple[int, ...] | None = None


class Compiled:
    """One statement in one engine's words. Its texts are few: lists are filled up to lengths that are powers of two."""

    def __init__(self, statement: Executable, dialect: Dialect) -> None:
        self.statement = statement
        self._dialect = dialect
        self._compiled: dict[tuple[str, ...], SQLCompiler] = {}
        self._forms: dict[tuple[Any, ...], _Form] = {}
        self._shape: SimpleResultMetaData | None = None

    def question(self, values: Values | None) -> tuple[str, list[Any]] | None:
        """The text and its parameters for these values; None where a list among them is empty, which finds nothing."""
        given = values or {}
        compiled = self._written_for(given)
        lengths = {name: len(given[name]) for name in _lists(compiled)}
        if not all(lengths.values()):
            return None
        form = self._form(compiled, given, lengths)
        return form.text, _filled(form, given)

    def rows_for(self, rows: Sequence[Values]) -> tuple[str, list[tuple[Any, ...]]]:
        """The text and the parameters of each of these rows; raises ValueError where they differ in keys."""
        form = self._form(self._written_for(rows[0]), rows[0], {})
        return form.text, _columns(form, rows)

    def named(self, found: Sequence[Any]) -> Sequence[Row[Any]]:
        """What the driver found as rows with names, their values turned as SQLAlchemy turns them."""
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
            form = self._forms[key] = self._formed(compiled, padded, values)
        return form

    def _written_for(self, values: Values) -> SQLCompiler:
        key = tuple(values) if isinstance(self.statement, Insert) else ()
        compiled = self._compiled.get(key)
        if compiled is None:
            statement: Any = self.statement
            made = statement.compile(dialect=self._dialect, column_keys=list(key) or None)
            assert isinstance(made, SQLCompiler)  # noqa: S101 - no statement here is text of ours
            compiled = self._compiled[key] = made
        return compiled

    def _shaped(self) -> SimpleResultMetaData:
        statement: Any = self.statement
        columns = list(statement.exported_columns)
        turns: list[Any] = [self._turn(column.type, "result_processor", None) for column in columns]
        shape = self._shape = SimpleResultMetaData([column.key for column in columns], _processors=turns)
        return shape

    def _formed(self, compiled: SQLCompiler, lengths: Mapping[str, int], values: Values) -> _Form:
        """The text with a place for every value of the lists, whose lengths are rounded up."""
        slots = tuple(
            _Slot(
                name,
                self._turn(compiled.binds[name].type, "bind_processor"),
                compiled.binds[name].type.hashable,
                compiled.params.get(name),
                lengths.get(name, 0),
            )
            for name in compiled.positiontup or ()
        )
        if not lengths:
            return _Form(str(compiled), slots)
        whole = {name: _widened(list(values[name]), length) for name, length in lengths.items()}
        expanded = compiled.construct_expanded_state({**compiled.params, **whole})
        ours = [name for slot in slots for name in expanded.parameter_expansion.get(slot.name, [slot.name])]
        theirs = list(expanded.positiontup or ())
        order = None if theirs == ours else tuple(map(ours.index, theirs))
        return _Form(expanded.statement, slots, order)

    def _turn(self, kind: TypeEngine[Any], way: str, *more: Any) -> Turn | None:
        """How a value is turned into the driver's, or back; None where both are the same."""
        if way == "bind_processor" and isinstance(kind, _TAKEN_AS_THEY_ARE):
            return None
        turn: Turn | None = getattr(kind.dialect_impl(self._dialect), way)(self._dialect, *more)
        return turn


def _lists(compiled: SQLCompiler) -> list[str]:
    return [name for name in compiled.positiontup or () if compiled.binds[name].expanding]


def _padded(length: int) -> int:
    """The next power of two: a list of 37 is asked for as one of 64, so that few texts are ever prepared.

    A longer one than a transaction has stays as it is: PostgreSQL takes 32,767 parameters.
    """
    return length if length > _FILLED else 1 << max(length - 1, 0).bit_length()


def _widened(given: list[Any], length: int) -> list[Any]:
    """The list with its last value repeated, which asks for nothing more."""
    return given + given[-1:] * (length - len(given))


def _filled(form: _Form, values: Values) -> list[Any]:
    filled: list[Any] = []
    for slot in form.slots:
        if slot.many:
            for value in _widened(list(values[slot.name]), slot.many):
                filled.extend(value if isinstance(value, tuple) else (value,))
        else:
            value = values.get(slot.name, slot.value)
            filled.append(value if slot.turn is None else slot.turn(value))
    return filled if form.order is None else [filled[place] for place in form.order]


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
