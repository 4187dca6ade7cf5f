"""Pauses: while there is one, letters to many wait in the outbox; talk goes on (docs/decisions/0024)."""

from collections.abc import Awaitable, Callable, Collection
from datetime import datetime
from typing import Final, Literal

from sqlalchemy import and_, bindparam, func, select, text, union_all, update

from workflows.immutable import Immutable
from workflows.store.columns import Moment
from workflows.store.pen import Pen
from workflows.store.tables import OPEN, OUTBOX, PAUSES
from workflows.store.tables_calendar import PLANNED, REMINDERS
from workflows.store.tables_desk import ANNOUNCEMENTS, RECIPIENTS

Reason = Literal["restored", "operator"]

_ONLY: Final = 1
_WAITS = and_(text(OPEN), OUTBOX.c.bulk, OUTBOX.c.state != "claimed")
_CURRENT = select(PAUSES).where(PAUSES.c.id == _ONLY)
_WAITING = (
    select(OUTBOX.c.topic, func.count().label("letters"), func.min(OUTBOX.c.posted_at).label("oldest"))
    .where(_WAITS)
    .group_by(OUTBOX.c.topic)
    .order_by(OUTBOX.c.topic)
)
_DUE = and_(text(PLANNED), REMINDERS.c.due_at <= bindparam("moment", type_=Moment))
_COUNT_DUE = select(func.count().label("reminders")).select_from(REMINDERS).where(_DUE)
_PASS_OVER = (
    update(REMINDERS)
    .where(_DUE)
    .values(state="skipped", reason="over", settled_at=bindparam("moment", type_=Moment))
)
_MOMENT = bindparam("moment", type_=Moment)
_SCHEDULED = ANNOUNCEMENTS.c.state == "scheduled"
_OVERDUE = and_(_SCHEDULED, ANNOUNCEMENTS.c.due_at <= _MOMENT)
_TO_POST = and_(
    RECIPIENTS.c.state == "planned",
    RECIPIENTS.c.announcement_id.in_(select(ANNOUNCEMENTS.c.id).where(ANNOUNCEMENTS.c.state == "posting")),
)
_TO_POST_NOW = and_(_TO_POST, RECIPIENTS.c.due_at <= _MOMENT)
_COUNT_OVERDUE = select(func.count().label("found")).select_from(ANNOUNCEMENTS).where(_OVERDUE)
_COUNT_TO_POST = select(func.count().label("found")).select_from(RECIPIENTS).where(_TO_POST_NOW)
_LATER = union_all(
    select(ANNOUNCEMENTS.c.id, ANNOUNCEMENTS.c.due_at).where(_SCHEDULED, ANNOUNCEMENTS.c.due_at > _MOMENT),
    select(RECIPIENTS.c.announcement_id, func.min(RECIPIENTS.c.due_at))
    .where(_TO_POST, RECIPIENTS.c.due_at > _MOMENT)
    .group_by(RECIPIENTS.c.announcement_id),
).subquery("later")
_COUNT_LATER = select(func.count().label("found"), func.min(_LATER.c.due_at).label("first"))
_TAKE_BACK = update(ANNOUNCEMENTS).where(_OVERDUE).values(state="withdrawn")
_TAKE_OFF = update(RECIPIENTS).where(_TO_POST_NOW).values(state="withdrawn", settled_at=_MOMENT)
DROPPED: Final = "dropped"
"""Why a letter was cancelled that an operator did not let go."""


class Pause(Immutable):
    """Since when (UTC) and why letters to many wait; `restored_to` is the moment of the backup that was restored."""

    reason: Reason
    at: datetime
    restored_to: datetime | None = None


class Waits(Immutable):
    """How many letters of one kind wait, and when the oldest of them was posted (UTC)."""

    topic: str
    letters: int
    oldest: datetime


class Announced(Immutable):
    """Announcements that are in no letter yet.

    `overdue` were to begin by now; `people` are those whom others, already begun, were to reach by now. `later` are to
    go on after now, the next of them at `first` (UTC).
    """

    overdue: int = 0
    people: int = 0
    later: int = 0
    first: datetime | None = None


class Pauses:
    """Whether the bot is paused; the row decides for all processes.

    `lost` is told the keys of dropped letters with reminders, so that they do not count as said.
    """

    def __init__(self, pen: Pen, lost: Callable[[Collection[str]], Awaitable[None]]) -> None:
        self._pen = pen
        self._lost = lost

    async def current(self) -> Pause | None:
        """The pause that lasts; None while there is none."""
        row = await self._pen.row(_CURRENT)
        return Pause(row.reason, row.at, row.restored_to) if row is not None else None

    async def waiting(self) -> list[Waits]:
        """What waits for the end of the pause, by kind."""
        await self._pen.flush()
        return [Waits(row.topic, row.letters, row.oldest) for row in await self._pen.rows(_WAITING)]

    async def due(self, now: datetime) -> int:
        """How many reminders have come due by now (UTC) and are in no letter yet; the next beat says them."""
        row = await self._pen.row(_COUNT_DUE, {"moment": now})
        return int(row.reminders) if row is not None else 0

    async def announced(self, now: datetime) -> Announced:
        """The announcements that are in no letter yet at `now` (UTC); the next beat posts what is overdue."""
        overdue = await self._pen.row(_COUNT_OVERDUE, {"moment": now})
        people = await self._pen.row(_COUNT_TO_POST, {"moment": now})
        later = await self._pen.row(_COUNT_LATER, {"moment": now})
        if overdue is None or people is None or later is None:
            return Announced()
        return Announced(overdue.found, people.found, later.found, later.first)

    async def begin(self, reason: Reason, now: datetime, restored_to: datetime | None = None) -> bool:
        """Hold letters to many back from now on; False where they were before, for the reason they had."""
        row = {"id": _ONLY, "reason": reason, "at": now, "restored_to": restored_to}
        insert = self._pen.insert(PAUSES).on_conflict_do_nothing(index_elements=["id"])
        return bool(await self._pen.written(insert.returning(PAUSES.c.id), [row]))

    async def end(self) -> bool:
        """Let letters go again, those that wait first; False where there was no pause."""
        return bool(await self._pen.write(PAUSES.delete().where(PAUSES.c.id == _ONLY)))

    async def drop(self, now: datetime) -> int:
        """Cancel every letter that waits for the end of the pause; what they said goes at once. Returns how many."""
        await self._pen.flush()
        settled = {"state": "cancelled", "reason": DROPPED, "settled_at": now, "payload": None}
        dropped = update(OUTBOX).where(_WAITS).values(**settled).returning(OUTBOX.c.key, OUTBOX.c.topic)
        rows = await self._pen.written(dropped)
        self._pen.forgets = True
        await self._lost([row.key for row in rows if row.topic == "reminder" and row.key is not None])
        return len(rows)

    async def pass_over(self, now: datetime) -> int:
        """Never say the reminders that have come due by now (UTC) and are in no letter yet. Returns how many.

        The same for announcements: those that were to begin are taken back, those who were to be reached taken off.
        """
        await self._pen.write(_TAKE_BACK, {"moment": now})
        await self._pen.write(_TAKE_OFF, {"moment": now})
        return await self._pen.write(_PASS_OVER, {"moment": now})


async def is_paused(pen: Pen) -> bool:
    """Whether letters to many are held back."""
    return await pen.row(_CURRENT) is not None
