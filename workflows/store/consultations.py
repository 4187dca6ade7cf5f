"""The log of consultations that countries have held with local authorities and stakeholders."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, select, update

from workflows.store.pen import Pen
from workflows.store.sealing import row_place
from workflows.store.tables_passage import CONSULTATIONS
from workflows.store.values_hands import Consultation

_THERE = CONSULTATIONS.c.removed_at.is_(None)
_GET = select(CONSULTATIONS).where(CONSULTATIONS.c.id == bindparam("of"), _THERE)
_OF_COUNTRY = (
    select(CONSULTATIONS)
    .where(
        CONSULTATIONS.c.cycle_id == bindparam("cycle"),
        CONSULTATIONS.c.country == bindparam("of_country"),
        _THERE,
    )
    .order_by(CONSULTATIONS.c.id)
)
_BY_AUTHOR = (
    select(CONSULTATIONS)
    .where(CONSULTATIONS.c.author_id == bindparam("author"), _THERE)
    .order_by(CONSULTATIONS.c.id)
)


class Consultations:
    """All consultations; with whom and about what is sealed, and gone once one is removed."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    async def add(self, consultation: Consultation, now: datetime) -> int:
        """Keep a new one at `now` (UTC), whatever id and time it comes with; returns its id."""
        new = CONSULTATIONS.insert().returning(CONSULTATIONS.c.id)
        (written,) = await self._pen.written(new, _row(consultation) | {"at": now})
        await self._seal(written.id, consultation)
        return int(written.id)

    async def get(self, consultation_id: int) -> Consultation | None:
        """The consultation of that id, while it is there."""
        row = await self._pen.row(_GET, {"of": consultation_id})
        return self._consultation(row) if row is not None else None

    async def of_country(self, cycle_id: str, country: str) -> list[Consultation]:
        """A country's consultations in the order they were logged."""
        rows = await self._pen.rows(_OF_COUNTRY, {"cycle": cycle_id, "of_country": country})
        return [self._consultation(row) for row in rows]

    async def by_author(self, person_id: int) -> list[Consultation]:
        """Everything that a person logged, the first one first."""
        return [self._consultation(row) for row in await self._pen.rows(_BY_AUTHOR, {"author": person_id})]

    async def save(self, consultation: Consultation) -> None:
        """Keep one as it is now; when it was logged stays. Raises LookupError for one that is not there."""
        changed = update(CONSULTATIONS).where(CONSULTATIONS.c.id == consultation.id, _THERE)
        if not await self._pen.write(changed.values(**_row(consultation))):
            raise LookupError(f"no consultation {consultation.id}")
        await self._seal(consultation.id, consultation)

    async def remove(self, consultation_id: int, now: datetime) -> None:
        """Remove one with its words; that there was one stays known."""
        gone = {"removed_at": now, "with_whom": None, "subject": None}
        await self._pen.write(
            update(CONSULTATIONS).where(CONSULTATIONS.c.id == consultation_id, _THERE).values(**gone)
        )

    async def forget_author(self, person_id: int) -> None:
        """Consultations stay with the state; who logged them is forgotten."""
        logged = update(CONSULTATIONS).where(CONSULTATIONS.c.author_id == person_id)
        await self._pen.write(logged.values(author_id=None))

    async def _seal(self, number: int, consultation: Consultation) -> None:
        """A seal holds the row's number, so it comes after the row."""
        words = {"with_whom": consultation.with_whom, "subject": consultation.subject}
        sealed = {
            name: self._pen.seal(text, row_place(CONSULTATIONS.c[name], number)) if text else None
            for name, text in words.items()
        }
        await self._pen.write(update(CONSULTATIONS).where(CONSULTATIONS.c.id == number).values(**sealed))

    def _consultation(self, row: Row[Any]) -> Consultation:
        return Consultation(
            row.id,
            row.cycle_id,
            row.country,
            row.day,
            row.category,
            self._pen.unseal(row.with_whom, row_place(CONSULTATIONS.c.with_whom, row.id)).decode(),
            self._pen.unseal(row.subject, row_place(CONSULTATIONS.c.subject, row.id)).decode(),
            row.author_id,
            row.at,
        )


def _row(consultation: Consultation) -> dict[str, Any]:
    """What lies open of a consultation, without its time."""
    return {
        "cycle_id": consultation.cycle_id,
        "country": consultation.country,
        "day": consultation.day,
        "category": consultation.category,
        "author_id": consultation.author_id,
    }
