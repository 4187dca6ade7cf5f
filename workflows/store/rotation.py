"""Rotation: everything sealed with an earlier key is sealed anew, in small batches while the bot is running."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Column, ColumnElement, LargeBinary, Row, Select, func, literal, select, tuple_, update

from workflows.store.answer_rows import answer_place, wording_place
from workflows.store.delivery import letter_place
from workflows.store.engine import CANARY_PLACE
from workflows.store.interviews import held_place
from workflows.store.key_watch import KEY_SECONDS
from workflows.store.minutes import owner_place, text_place
from workflows.store.pen import Pen
from workflows.store.people import name_place
from workflows.store.sealing import row_place
from workflows.store.tables import SEALED
from workflows.store.tables_desk import SEALED_DESK
from workflows.store.tables_inputs import SEALED_INPUTS
from workflows.store.tables_passage import SEALED_PASSAGE
from workflows.store.updates import update_place

if TYPE_CHECKING:
    from workflows.store.transaction import Store

BATCH: Final = 200
BATCH_BYTES: Final = 2**20
"""So many values, and so many bytes unless one alone has more, are in memory and in one transaction."""

Key = tuple[Any, ...]
"""What a row is known by: the values of its primary key."""
_Found = Sequence[tuple[Key, int]]
"""Rows in the order of their keys, and how many bytes each has in a column."""


def _in_own_row(column: Column[Any]) -> tuple[Callable[..., str], str]:
    (key,) = column.table.primary_key
    return partial(row_place, column), key.name


_PLACES: Final[dict[str, tuple[Callable[..., str], *tuple[str, ...]]]] = {
    "person.name": (name_place, "id"),
    "answer_revision.value": (answer_place, "submission_id", "prompt", "number"),
    "adaptation_revision.wording": (wording_place, "submission_id", "question", "number"),
    "interview.held": (held_place, "person_id", "submission_id"),
    "outbox.payload": (letter_place, "key"),
    "dead_letter.payload": (update_place, "update_id"),
    "canary.sealed": (lambda: CANARY_PLACE,),
    "minute.text": (text_place, "id"),
    "minute.owner": (owner_place, "id"),
    **{str(column): _in_own_row(column) for column in (*SEALED_PASSAGE, *SEALED_DESK, *SEALED_INPUTS)},
}
"""For each column what tells the place of its values, and the columns that it is told."""


async def rotate(store: "Store") -> int:
    """Seal with the newest key what is sealed with earlier ones; returns how many values it was.

    Interrupted, it is simply run again. When it has ended, the earlier keys open nothing any more: a process that was
    not given the newest one sees within a second that there is one, and writes nothing from then on.
    """
    total = await _round(store)
    if total:
        await asyncio.sleep(2 * KEY_SECONDS)
        total += await _round(store)
    return total


async def _round(store: "Store") -> int:
    """Walk through every column once: what is to be done is looked up where nobody who writes waits for it."""
    total = 0
    for column in SEALED:
        last: Key | None = None
        while True:
            async with store.reading() as work:
                found = await work.sealed_earlier(column, last)
            if not found:
                break
            for keys in _batches(found):
                async with store.transaction() as work:
                    total += await work.reseal(column, keys)
            last, _ = found[-1]
    return total


async def sealed_earlier(pen: Pen, column: Column[Any], last: Key | None) -> _Found:
    """The next rows after one of them whose value is sealed with an earlier key."""
    return await _found(pen, column, last, _outdated(pen, column))


async def reseal(pen: Pen, column: Column[Any], keys: Sequence[Key]) -> int:
    """Seal anew what is still sealed with an earlier key in these rows; returns how many values it was."""
    rows = await pen.rows(_values(column, keys).where(_outdated(pen, column)))
    for row in rows:
        old = row._mapping[column]  # noqa: SLF001 - SQLAlchemy's public name for it
        this = [each == row._mapping[each] for each in column.table.primary_key]  # noqa: SLF001 - the same
        new = pen.cipher.reseal(old, _place(column, row))
        # Whoever wrote to the row in the meantime has sealed it with the newest key.
        await pen.write(update(column.table).where(*this, column == old).values({column: new}))
    return len(rows)


async def open_all(pen: Pen) -> int:
    """Open every sealed value and forget it; returns how many there are. Raises KeyRefused with the first place."""
    opened = 0
    for column in SEALED:
        last: Key | None = None
        while found := await _found(pen, column, last, column.is_not(None)):
            for keys in _batches(found):
                for row in await pen.rows(_values(column, keys)):
                    pen.unseal(row._mapping[column], _place(column, row))  # noqa: SLF001 - SQLAlchemy's public name
            opened += len(found)
            last, _ = found[-1]
    return opened


async def _found(pen: Pen, column: Column[Any], last: Key | None, wanted: ColumnElement[bool]) -> _Found:
    """Rows after one of them, in the order of their keys, with the size of what they have in a column."""
    key = list(column.table.primary_key)
    some = select(*key, func.length(column)).where(wanted).order_by(*key).limit(BATCH)
    if last is not None:
        some = some.where(tuple_(*key) > tuple_(*last))
    return [(tuple(row[:-1]), row[-1]) for row in await pen.rows(some)]


def _batches(found: _Found) -> Iterator[list[Key]]:
    """The rows' keys, as many together as their values have room for."""
    batch: list[Key] = []
    filled = 0
    for key, size in found:
        if batch and filled + size > BATCH_BYTES:
            yield batch
            batch, filled = [], 0
        batch.append(key)
        filled += size
    yield batch


def _outdated(pen: Pen, column: Column[Any]) -> ColumnElement[bool]:
    """Whether a value is there that is not sealed with the newest key; where there is none, it is not."""
    return func.substr(column, 1, len(pen.cipher.head)) != literal(pen.cipher.head, LargeBinary)


def _values(column: Column[Any], keys: Sequence[Key]) -> Select[Any]:
    """These rows' values in a column, with what they are known by and what tells their places."""
    table = column.table
    key = list(table.primary_key)
    _, *told = _PLACES[str(column)]
    needed = dict.fromkeys([*key, *(table.c[name] for name in told), column])
    return select(*needed).where(tuple_(*key).in_(keys)).order_by(*key)


def _place(column: Column[Any], row: Row[Any]) -> str:
    place_of, *told = _PLACES[str(column)]
    return place_of(*(getattr(row, name) for name in told))
