"""Minutes: what is put down for a session, from questions sent in advance to the evaluation afterwards."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, delete, select, update

from workflows.store.pen import Pen
from workflows.store.tables_calendar import MINUTES
from workflows.store.values_calendar import Minute

_GET = select(MINUTES).where(MINUTES.c.id == bindparam("of"))
_OF_SESSION = (
    select(MINUTES)
    .where(MINUTES.c.cycle_id == bindparam("cycle"), MINUTES.c.session == bindparam("of_session"))
    .order_by(MINUTES.c.id)
)
_HELD = _OF_SESSION.with_for_update()
_BY_AUTHOR = select(MINUTES).where(MINUTES.c.author_id == bindparam("author")).order_by(MINUTES.c.id)


def text_place(minute_id: int) -> str:
    """Where a minute's words are sealed."""
    return f"minute/{minute_id}/text"


def owner_place(minute_id: int) -> str:
    """Where it is sealed who is to do something."""
    return f"minute/{minute_id}/owner"


class Minutes:
    """The minutes of all sessions; their words are sealed."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    async def add(self, minute: Minute, now: datetime) -> int:
        """Put something new down at `now` (UTC), whatever id and time it comes with; returns its id."""
        new = MINUTES.insert().returning(MINUTES.c.id)
        (written,) = await self._pen.written(new, _row(minute) | {"at": now})
        await self._seal(written.id, minute)
        return int(written.id)

    async def get(self, minute_id: int) -> Minute | None:
        """The minute of that id."""
        row = await self._pen.row(_GET, {"of": minute_id})
        return self._minute(row) if row is not None else None

    async def of_session(self, cycle_id: str, session: str) -> list[Minute]:
        """What was put down for a session, the first one first."""
        rows = await self._pen.rows(_OF_SESSION, {"cycle": cycle_id, "of_session": session})
        return [self._minute(row) for row in rows]

    async def held(self, cycle_id: str, session: str) -> list[Minute]:
        """The same, which nobody else changes before this transaction is over; for whoever changes some of them."""
        rows = await self._pen.rows(_HELD, {"cycle": cycle_id, "of_session": session})
        return [self._minute(row) for row in rows]

    async def by_author(self, person_id: int) -> list[Minute]:
        """Everything that a person put down, the first one first."""
        return [self._minute(row) for row in await self._pen.rows(_BY_AUTHOR, {"author": person_id})]

    async def save(self, minute: Minute) -> None:
        """Keep a minute as it is now; when it was put down stays. Raises LookupError for one that was never added."""
        changed = update(MINUTES).where(MINUTES.c.id == minute.id).values(**_row(minute))
        if not await self._pen.write(changed):
            raise LookupError(f"no minute {minute.id}")
        await self._seal(minute.id, minute)

    async def remove(self, minute_id: int) -> None:
        """Remove a minute with its words; nothing happens where it is not there any more."""
        await self._pen.write(delete(MINUTES).where(MINUTES.c.id == minute_id))

    async def forget_author(self, person_id: int) -> None:
        """Minutes stay with the session; who put them down is forgotten."""
        await self._pen.write(update(MINUTES).where(MINUTES.c.author_id == person_id).values(author_id=None))

    async def _seal(self, minute_id: int, minute: Minute) -> None:
        """A seal holds the row's number, so it comes after the row."""
        sealed = {
            "text": self._pen.seal(minute.text, text_place(minute_id)) if minute.text else None,
            "owner": self._pen.seal(minute.owner, owner_place(minute_id)) if minute.owner else None,
        }
        await self._pen.write(update(MINUTES).where(MINUTES.c.id == minute_id).values(**sealed))

    def _minute(self, row: Row[Any]) -> Minute:
        return Minute(
            row.id,
            row.cycle_id,
            row.session,
            row.kind,
            row.country,
            row.author_id,
            self._pen.unseal(row.text, text_place(row.id)).decode(),
            row.at,
            self._pen.unseal(row.owner, owner_place(row.id)).decode(),
            row.due,
            row.state,
            row.taken_by,
            row.marks,
            row.place or 0,
            row.discussion_group or 0,
            row.sort or "said",
            row.message_id or 0,
        )


def _row(minute: Minute) -> dict[str, Any]:
    """What lies open of a minute, without its time."""
    return {
        "cycle_id": minute.cycle_id,
        "session": minute.session,
        "kind": minute.kind,
        "country": minute.country,
        "author_id": minute.author_id,
        "due": minute.due,
        "state": minute.state,
        "taken_by": minute.taken_by,
        "marks": minute.marks,
        "place": minute.place,
        "discussion_group": minute.group,
        "sort": minute.sort,
        "message_id": minute.message,
    }
