"""The plans of the cycles: a calendar with its reminder policy, every version of it kept."""

import hashlib
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, func, select, update

from workflows.cycle.calendar import Calendar
from workflows.cycle.reminders.policy import ReminderPolicy
from workflows.store.pen import Pen
from workflows.store.tables import CYCLES
from workflows.store.tables_calendar import CALENDARS
from workflows.store.values_calendar import Plan, PlanHead

_OF_CYCLE: Final = CALENDARS.c.cycle_id == bindparam("cycle")
_NEWEST = (
    select(*(CALENDARS.c[name] for name in ("id", "number", "calendar_hash", "policy_hash", "at")))
    .where(_OF_CYCLE)
    .order_by(CALENDARS.c.number.desc())
    .limit(1)
)
_CALENDAR = select(CALENDARS.c.calendar).where(CALENDARS.c.id == bindparam("of"))
_POLICY = select(CALENDARS.c.policy).where(CALENDARS.c.id == bindparam("of"))
_LAST = select(func.max(CALENDARS.c.number)).where(_OF_CYCLE)
_HEADS = (
    select(*(CALENDARS.c[name] for name in ("number", "act", "milestone", "author_id", "at")))
    .where(_OF_CYCLE)
    .order_by(CALENDARS.c.number)
)
_HOLD = select(CYCLES.c.id).where(CYCLES.c.id == bindparam("cycle")).with_for_update()


class Calendars:
    """The plans by their cycles. What was read once in a transaction is not asked for again."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._plans: dict[str, Plan | None] = {}

    async def current(self, cycle_id: str) -> Plan | None:
        """The plan as it stands; None while a cycle has none. Its parts are parsed once per process."""
        if cycle_id not in self._plans:
            row = await self._pen.row(_NEWEST, {"cycle": cycle_id})
            self._plans[cycle_id] = await self._plan(cycle_id, row) if row is not None else None
        return self._plans[cycle_id]

    async def to_change(self, cycle_id: str) -> Plan | None:
        """The plan as it stands, held until the transaction ends: what others want to change waits for that.

        Raises LookupError where there is no such cycle.
        """
        await self._hold(cycle_id)
        return await self.current(cycle_id)

    async def write(  # noqa: PLR0913 - a revision has these marks, named
        self,
        cycle_id: str,
        calendar: Calendar,
        policy: ReminderPolicy,
        *,
        by: int | None,
        act: str,
        milestone: str,
        now: datetime,
    ) -> Plan:
        """Add a version to a cycle's plan, word for word; `now` is UTC. Raises LookupError for a cycle that is none.

        Who changes what stands takes it by `to_change` first, or the change of somebody else may be undone.
        """
        await self._hold(cycle_id)
        last = await self._pen.row(_LAST, {"cycle": cycle_id})
        number = (last[0] or 0 if last else 0) + 1
        calendar_json, policy_json = calendar.model_dump_json(exclude_none=True), policy.model_dump_json()
        row = {
            "cycle_id": cycle_id,
            "number": number,
            "calendar": calendar_json,
            "calendar_hash": _digest(calendar_json),
            "policy": policy_json,
            "policy_hash": _digest(policy_json),
            "author_id": by,
            "act": act,
            "milestone": milestone,
            "at": now,
        }
        await self._pen.write(CALENDARS.insert(), row)
        self._plans[cycle_id] = plan = Plan(cycle_id, number, calendar, policy, now)
        return plan

    async def history(self, cycle_id: str) -> list[PlanHead]:
        """Every version of a cycle's plan, the first one first."""
        rows = await self._pen.rows(_HEADS, {"cycle": cycle_id})
        return [PlanHead(row.number, row.act, row.milestone, row.author_id, row.at) for row in rows]

    async def forget_author(self, person_id: int) -> None:
        """The versions stay; who made them is forgotten."""
        made = update(CALENDARS).where(CALENDARS.c.author_id == person_id)
        await self._pen.write(made.values(author_id=None))

    async def _hold(self, cycle_id: str) -> None:
        if not await self._pen.rows(_HOLD, {"cycle": cycle_id}):
            raise LookupError(f"no cycle {cycle_id}")
        self._plans.pop(cycle_id, None)

    async def _plan(self, cycle_id: str, row: Row[Any]) -> Plan:
        calendar = await self._calendar(row.id, row.calendar_hash)
        policy = await self._policy(row.id, row.policy_hash)
        return Plan(cycle_id, row.number, calendar, policy, row.at)

    async def _calendar(self, revision: int, digest: str) -> Calendar:
        known = self._pen.cache.calendar(digest)
        if known is not None:
            return known
        calendar = Calendar.model_validate_json(await self._words(_CALENDAR, revision))
        self._pen.cache.keep_calendar(digest, calendar)
        return calendar

    async def _policy(self, revision: int, digest: str) -> ReminderPolicy:
        known = self._pen.cache.policy(digest)
        if known is not None:
            return known
        policy = ReminderPolicy.model_validate_json(await self._words(_POLICY, revision))
        self._pen.cache.keep_policy(digest, policy)
        return policy

    async def _words(self, query: Any, revision: int) -> str:
        row = await self._pen.row(query, {"of": revision})
        if row is None:
            raise LookupError(f"no revision {revision} of a calendar")
        return str(row[0])


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode()).hexdigest()
