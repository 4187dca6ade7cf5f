"""Which countries take part in a cycle, and which do not."""

from datetime import datetime
from typing import Literal

from sqlalchemy import bindparam, select, update

from workflows.store.pen import Pen
from workflows.store.tables_calendar import TAKING_PART
from workflows.store.values_calendar import TakingPart

_OF = select(TAKING_PART).where(TAKING_PART.c.cycle_id == bindparam("cycle")).order_by(TAKING_PART.c.country)


class Participation:
    """The last word of each country; one that has not said is not there."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    async def of(self, cycle_id: str) -> dict[str, TakingPart]:
        """What the countries have said in a cycle, by their codes."""
        rows = await self._pen.rows(_OF, {"cycle": cycle_id})
        return {row.country: TakingPart(row.country, row.answer, row.author_id, row.at) for row in rows}

    async def set(
        self, cycle_id: str, country: str, answer: Literal["yes", "no"], by: int | None, now: datetime
    ) -> None:
        """Keep what a country says, in place of what it said before; `now` is UTC."""
        columns = {"answer": answer, "author_id": by, "at": now}
        insert = self._pen.insert(TAKING_PART).values(cycle_id=cycle_id, country=country, **columns)
        await self._pen.write(
            insert.on_conflict_do_update(index_elements=["cycle_id", "country"], set_=columns)
        )

    async def forget_author(self, person_id: int) -> None:
        """A country's word stays; who gave it is forgotten."""
        said = update(TAKING_PART).where(TAKING_PART.c.author_id == person_id)
        await self._pen.write(said.values(author_id=None))
