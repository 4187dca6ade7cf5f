"""Notes of a country's people on its questions; never part of an answer, and never exported with them."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, select, update

from workflows.store.pen import Pen
from workflows.store.sealing import row_place
from workflows.store.tables_passage import NOTES
from workflows.store.values_hands import Note

_THERE = NOTES.c.removed_at.is_(None)
_GET = select(NOTES).where(NOTES.c.id == bindparam("of"), _THERE)
_OF_QUESTION = (
    select(NOTES)
    .where(
        NOTES.c.cycle_id == bindparam("cycle"),
        NOTES.c.country == bindparam("of_country"),
        NOTES.c.prompt == bindparam("question"),
        _THERE,
    )
    .order_by(NOTES.c.id)
)
_BY_AUTHOR = select(NOTES).where(NOTES.c.author_id == bindparam("author"), _THERE).order_by(NOTES.c.id)


class Notes:
    """All notes; their words are sealed, and gone once a note is removed."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    async def add(self, note: Note, now: datetime) -> int:
        """Keep a new note at `now` (UTC), whatever id and time it comes with; returns its id."""
        row = {
            "cycle_id": note.cycle_id,
            "country": note.country,
            "prompt": note.question,
            "author_id": note.author_id,
            "at": now,
        }
        (written,) = await self._pen.written(NOTES.insert().returning(NOTES.c.id), row)
        sealed = self._pen.seal(note.text, row_place(NOTES.c.text, written.id))
        await self._pen.write(update(NOTES).where(NOTES.c.id == written.id).values(text=sealed))
        return int(written.id)

    async def get(self, note_id: int) -> Note | None:
        """The note of that id, while it is there."""
        row = await self._pen.row(_GET, {"of": note_id})
        return self._note(row) if row is not None else None

    async def of_question(self, cycle_id: str, country: str, question: str) -> list[Note]:
        """A country's notes on a question, the first one first."""
        values = {"cycle": cycle_id, "of_country": country, "question": question}
        return [self._note(row) for row in await self._pen.rows(_OF_QUESTION, values)]

    async def by_author(self, person_id: int) -> list[Note]:
        """Everything that a person noted, the first one first."""
        return [self._note(row) for row in await self._pen.rows(_BY_AUTHOR, {"author": person_id})]

    async def remove(self, note_id: int, now: datetime) -> None:
        """Remove a note with its words; that there was one stays known."""
        await self._pen.write(
            update(NOTES).where(NOTES.c.id == note_id, _THERE).values(removed_at=now, text=None)
        )

    async def forget_author(self, person_id: int) -> None:
        """Notes stay with the state; who wrote them is forgotten."""
        await self._pen.write(update(NOTES).where(NOTES.c.author_id == person_id).values(author_id=None))

    def _note(self, row: Row[Any]) -> Note:
        text = self._pen.unseal(row.text, row_place(NOTES.c.text, row.id)).decode()
        return Note(row.id, row.cycle_id, row.country, row.prompt, text, row.author_id, row.at)
