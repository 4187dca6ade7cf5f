"""What the secretariat has noted as handed over."""

from datetime import date, datetime

from sqlalchemy import bindparam, delete, select, update

from workflows.store.pen import Pen
from workflows.store.tables_calendar import HAND_OVERS
from workflows.store.values_calendar import HandOver

_OF = select(HAND_OVERS).where(HAND_OVERS.c.cycle_id == bindparam("cycle")).order_by(HAND_OVERS.c.milestone)
_KEY = ["cycle_id", "milestone"]


class HandOvers:
    """One note for each milestone that was handed over; what was not is not there."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    async def of(self, cycle_id: str) -> dict[str, HandOver]:
        """What is noted in a cycle, by the milestones' ids."""
        rows = await self._pen.rows(_OF, {"cycle": cycle_id})
        return {row.milestone: HandOver(row.milestone, row.day, row.author_id, row.at) for row in rows}

    async def set(self, cycle_id: str, milestone: str, day: date, by: int, now: datetime) -> None:
        """Note the day (the host's) on which something was handed over, in place of an earlier note; `now` is UTC."""
        columns = {"day": day, "author_id": by, "at": now}
        insert = self._pen.insert(HAND_OVERS).values(cycle_id=cycle_id, milestone=milestone, **columns)
        await self._pen.write(insert.on_conflict_do_update(index_elements=_KEY, set_=columns))

    async def remove(self, cycle_id: str, milestone: str) -> None:
        """Take the note back."""
        here = HAND_OVERS.c.cycle_id == cycle_id, HAND_OVERS.c.milestone == milestone
        await self._pen.write(delete(HAND_OVERS).where(*here))

    async def forget_author(self, person_id: int) -> None:
        """What was handed over stays noted; who noted it is forgotten."""
        noted = update(HAND_OVERS).where(HAND_OVERS.c.author_id == person_id)
        await self._pen.write(noted.values(author_id=None))
