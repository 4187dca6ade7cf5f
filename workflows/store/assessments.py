"""The gateway to countries' self-assessments: marks and notes that nobody outside the country ever reads."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, or_, select, update

from workflows.notices.assessment import GivenMark
from workflows.people.access import may
from workflows.people.roles import Actor
from workflows.store.pen import Pen
from workflows.store.sealing import row_place
from workflows.store.tables_passage import ASSESSMENTS
from workflows.store.values_assessment import Assessed

_HERE = (
    ASSESSMENTS.c.cycle_id == bindparam("cycle"),
    ASSESSMENTS.c.country == bindparam("of_country"),
)
_OF_COUNTRY = select(ASSESSMENTS).where(*_HERE).order_by(ASSESSMENTS.c.id)
_HELD = select(ASSESSMENTS).where(*_HERE, ASSESSMENTS.c.principle == bindparam("of")).with_for_update()
_BY_PERSON = (
    select(ASSESSMENTS)
    .where(
        or_(ASSESSMENTS.c.marked_by == bindparam("author"), ASSESSMENTS.c.noted_by == bindparam("author")),
    )
    .order_by(ASSESSMENTS.c.id)
)


class Assessments:
    """All self-assessments, each behind the access rules; notes are sealed, and gone once removed."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._locked: dict[tuple[str, str, str], Row[Any]] = {}

    async def of_country(self, actor: Actor, country: str) -> dict[str, Assessed]:
        """What a country said of each principle, by principle, where it said anything. Raises Denied."""
        self._judge(actor, country)
        rows = await self._pen.rows(_OF_COUNTRY, {"cycle": actor.cycle_id, "of_country": country})
        return {row.principle: self._assessed(row) for row in rows}

    async def hold(self, actor: Actor, country: str, principle: str) -> Assessed:
        """What a country said of a principle, which nobody else can change before this transaction is over.

        Raises Denied.
        """
        self._judge(actor, country)
        row = await self._held(actor.cycle_id, country, principle)
        self._locked[actor.cycle_id, country, principle] = row
        return self._assessed(row)

    async def mark(self, actor: Actor, country: str, principle: str, mark: GivenMark, now: datetime) -> None:
        """Let a principle have this mark from `now` (UTC) on, or none. Raises Denied."""
        self._judge(actor, country)
        row = await self._held(actor.cycle_id, country, principle)
        given = {"mark": mark, "marked_by": actor.person_id, "marked_at": now}
        await self._pen.write(update(ASSESSMENTS).where(ASSESSMENTS.c.id == row.id).values(given))

    async def note(self, actor: Actor, country: str, principle: str, text: str, now: datetime) -> None:
        """Let this be the note on a principle from `now` (UTC) on; an empty text is none. Raises Denied."""
        self._judge(actor, country)
        row = await self._held(actor.cycle_id, country, principle)
        given = {
            "note": self._pen.seal(text, row_place(ASSESSMENTS.c.note, row.id)) if text else None,
            "noted_by": actor.person_id if text else None,
            "noted_at": now if text else None,
            "edition": row.edition + 1,
        }
        await self._pen.write(update(ASSESSMENTS).where(ASSESSMENTS.c.id == row.id).values(given))

    async def by_person(self, person_id: int) -> list[Assessed]:
        """Every principle of which the latest mark or note is this person's, in the order they were first assessed."""
        return [self._assessed(row) for row in await self._pen.rows(_BY_PERSON, {"author": person_id})]

    async def forget_author(self, person_id: int) -> None:
        """Marks and notes stay with the state; who made them is forgotten."""
        for column in (ASSESSMENTS.c.marked_by, ASSESSMENTS.c.noted_by):
            await self._pen.write(update(ASSESSMENTS).where(column == person_id).values({column.name: None}))

    async def _held(self, cycle_id: str, country: str, principle: str) -> Row[Any]:
        """The row of a principle, made where there is none; who has it before a change is not asked for it twice."""
        place = (cycle_id, country, principle)
        if place in self._locked:
            return self._locked.pop(place)
        new = {"cycle_id": cycle_id, "country": country, "principle": principle, "mark": "", "edition": 0}
        await self._pen.write(self._pen.insert(ASSESSMENTS).values(new).on_conflict_do_nothing())
        found = await self._pen.row(_HELD, {"cycle": cycle_id, "of_country": country, "of": principle})
        if found is None:
            raise LookupError(f"the principle “{principle}” of {country} was not kept")
        return found

    def _judge(self, actor: Actor, country: str) -> None:
        if not may(actor, "assess", country):
            raise self._pen.denied(actor, "assess", country, f"self-assessment of {actor.cycle_id}")

    def _assessed(self, row: Row[Any]) -> Assessed:
        note = self._pen.unseal(row.note, row_place(ASSESSMENTS.c.note, row.id)).decode()
        known = {name: value for name, value in row._asdict().items() if name not in ("id", "note")}
        return Assessed(**known, note=note)
