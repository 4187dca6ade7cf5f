"""Rotation: everything sealed with an earlier key is sealed anew, in small batches while the bot is running."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Column, LargeBinary, Row, Select, func, literal, select, tuple_, update

from workflows.store.answer_rows import answer_place, wording_place
from workflows.store.delivery import letter_place
from workflows.store.engine import CANARY_PLACE
from workflows.store.interviews import held_place
from workflows.store.minutes import owner_place, text_place
from workflows.store.pen import Pen
from workflows.store.people import name_place
from workflows.store.sealing import row_place
from workflows.store.tables import SEALED
from workflows.store.tables_desk import SEALED_DESK
from workflows.store.tables_passage import SEALED_PASSAGE
from workflows.store.updates import update_place

if TYPE_CHECKING:
    from workflows.store.transaction import Store

BATCH: Final = 200
KEY_SECONDS: Final = 1.0
"""So long a process may go on after another has begun to seal with a key that it was not given."""
_OPENED_AT_ONCE: Final = 20


def _row_place(column: Column[Any], row: Row[Any]) -> str:
    (key,) = column.table.primary_key
    return row_place(column, row._mapping[key])  # noqa: SLF001 - SQLAlchemy's public name for it


_PLACES: Final[dict[str, Callable[[Row[Any]], str]]] = {
    "person.name": lambda row: name_place(row.id),
    "answer_revision.value": lambda row: answer_place(row.submission_id, row.prompt, row.number),
    "adaptation_revision.wording": lambda row: wording_place(row.submission_id, row.question, row.number),
    "interview.held": lambda row: held_place(row.person_id, row.submission_id),
    "outbox.payload": lambda row: letter_place(row.key),
    "dead_letter.payload": lambda row: update_place(row.update_id),
    "canary.sealed": lambda _: CANARY_PLACE,
    "minute.text": lambda row: text_place(row.id),
    "minute.owner": lambda row: owner_place(row.id),
    **{str(column): partial(_row_place, column) for column in (*SEALED_PASSAGE, *SEALED_DESK)},
}


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
    total = 0
    while True:
        async with store.transaction() as work:
            resealed = await work.reseal(BATCH)
        if not resealed:
            return total
        total += resealed


async def reseal(pen: Pen, most: int) -> int:
    """Seal at most so many values anew; 0 when all are sealed with the newest key."""
    for column in SEALED:
        resealed = await _reseal(pen, column, most)
        if resealed:
            return resealed
    return 0


async def open_all(pen: Pen) -> int:
    """Open every sealed value and forget it; returns how many there are. Raises KeyRefused with the first place."""
    opened = 0
    for column in SEALED:
        place_of, last = _PLACES[str(column)], None
        while rows := await pen.rows(_after(column, last)):
            for row in rows:
                pen.unseal(row._mapping[column], place_of(row))  # noqa: SLF001 - SQLAlchemy's public name for it
            opened += len(rows)
            last = rows[-1]
    return opened


def _after(column: Column[Any], last: Row[Any] | None) -> Select[Any]:
    """Some rows with something sealed in this column, in the order of their keys, after one of them."""
    key = list(column.table.primary_key)
    some = select(column.table).where(column.is_not(None)).order_by(*key).limit(_OPENED_AT_ONCE)
    if last is None:
        return some
    return some.where(tuple_(*key) > tuple_(*(last._mapping[each] for each in key)))  # noqa: SLF001 - the same


async def _reseal(pen: Pen, column: Column[Any], most: int) -> int:
    head = literal(pen.cipher.head, LargeBinary)
    outdated = column.is_not(None), func.substr(column, 1, len(pen.cipher.head)) != head
    table = column.table
    rows = await pen.rows(select(table).where(*outdated).limit(most))
    place_of = _PLACES[str(column)]
    for row in rows:
        old = row._mapping[column]  # noqa: SLF001 - SQLAlchemy's public name for it
        this = [each == row._mapping[each] for each in table.primary_key]  # noqa: SLF001 - the same
        new = pen.cipher.reseal(old, place_of(row))
        # Whoever wrote to the row in the meantime has sealed it with the newest key.
        await pen.write(update(table).where(*this, column == old).values({column: new}))
    return len(rows)
