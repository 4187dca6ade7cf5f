"""Registrations: how people attend the sessions of a cycle."""

from typing import Any, Final

from sqlalchemy import Row, bindparam, delete, select

from workflows.store.pen import Pen
from workflows.store.tables_calendar import REGISTRATIONS
from workflows.store.values_calendar import Registration

_OF_SESSION = (
    select(REGISTRATIONS)
    .where(REGISTRATIONS.c.cycle_id == bindparam("cycle"), REGISTRATIONS.c.session == bindparam("of_session"))
    .order_by(REGISTRATIONS.c.person_id)
)
_HELD = _OF_SESSION.with_for_update()
_OF_PERSON = select(REGISTRATIONS).where(
    REGISTRATIONS.c.person_id == bindparam("person"), REGISTRATIONS.c.cycle_id == bindparam("cycle")
)
_KEY: Final = ("cycle_id", "session", "person_id")


class Registrations:
    """One registration for each person and session."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    async def of_session(self, cycle_id: str, session: str) -> list[Registration]:
        """Everybody's registrations for a session, in the order in which people came into the house."""
        rows = await self._pen.rows(_OF_SESSION, {"cycle": cycle_id, "of_session": session})
        return [_registration(row) for row in rows]

    async def held(self, cycle_id: str, session: str) -> list[Registration]:
        """The same, which nobody else changes before this transaction is over; for whoever changes one of them."""
        rows = await self._pen.rows(_HELD, {"cycle": cycle_id, "of_session": session})
        return [_registration(row) for row in rows]

    async def of_person(self, person_id: int, cycle_id: str) -> dict[str, Registration]:
        """A person's registrations in a cycle by their sessions."""
        rows = await self._pen.rows(_OF_PERSON, {"person": person_id, "cycle": cycle_id})
        return {row.session: _registration(row) for row in rows}

    async def save(self, registration: Registration) -> None:
        """Keep a registration in place of an earlier one of the same person for the same session."""
        row = _row(registration)
        fresh = {name: value for name, value in row.items() if name not in _KEY}
        insert = self._pen.insert(REGISTRATIONS).values(row)
        await self._pen.write(insert.on_conflict_do_update(index_elements=_KEY, set_=fresh))

    async def forget(self, person_id: int) -> None:
        """Remove a person's registrations."""
        await self._pen.write(delete(REGISTRATIONS).where(REGISTRATIONS.c.person_id == person_id))


def _row(registration: Registration) -> dict[str, Any]:
    return {
        "cycle_id": registration.cycle_id,
        "session": registration.session,
        "person_id": registration.person_id,
        "country": registration.country,
        "attendance": registration.attendance,
        "discussion_group": registration.group,
        "presents": registration.presents,
        "place": registration.place,
        "attended": registration.attended,
        "at": registration.at,
    }


def _registration(row: Row[Any]) -> Registration:
    return Registration(
        row.cycle_id,
        row.session,
        row.person_id,
        row.country,
        row.attendance,
        row.at,
        row.discussion_group,
        row.presents,
        row.place,
        row.attended,
    )
