"""The audit: who did what where, and what came of it; never what was said. Lines are only ever added, in a chain."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, func, select, type_coerce, update

from workflows.immutable import Immutable
from workflows.store.columns import Moment
from workflows.store.pen import Pen
from workflows.store.tables import AUDIT, AUDIT_HEAD

_PAGE: Final = 5_000
_FIELDS: Final = ("person_id", "act", "country", "thing", "outcome")
_NOW = select(type_coerce(func.current_timestamp(), Moment).label("moment"))
_HEAD = select(AUDIT_HEAD.c.lines, AUDIT_HEAD.c.line_hash)
_LOCKED_HEAD = _HEAD.with_for_update()
_NEXT = select(AUDIT).where(AUDIT.c.id > bindparam("last")).order_by(AUDIT.c.id).limit(_PAGE)
_NEWEST = select(AUDIT).order_by(AUDIT.c.id.desc()).limit(bindparam("most"))
_OLDER = _NEWEST.where(AUDIT.c.id < bindparam("before"))

_THINGS = (
    select(AUDIT.c.thing)
    .where(AUDIT.c.act == bindparam("of_act"), AUDIT.c.country == bindparam("of"))
    .where(AUDIT.c.outcome == "done")
)


class AuditLine(Immutable):
    """One line: when (UTC), who (None: the system or its operator), what, in which country, on what, with what end."""

    id: int
    at: datetime
    person_id: int | None
    act: str
    country: str
    thing: str
    outcome: str


class Chain(Immutable):
    """What a look at the whole audit has found: so many lines hold, up to `head`.

    `broken_at` is the number of the first line that does not (0: none), `why` says how; "removed" may also be the
    tail, whose number is the one after the last line that is there.
    """

    lines: int
    head: str
    first: datetime | None = None
    last: datetime | None = None
    broken_at: int = 0
    why: str = ""
    holds_known: bool = True


def line_hash(previous: str, line: Mapping[str, Any]) -> str:
    """The hash (SHA-256, in hexadecimal digits) that binds a line to the one before it.

    A line without a cycle has the hash that it had before cycles were noted.
    """
    at: datetime = line["at"]
    cycle = [line["cycle_id"]] if line["cycle_id"] else []
    content = [previous, at.astimezone(UTC).isoformat(), *(line[field] for field in _FIELDS), *cycle]
    return hashlib.sha256(json.dumps(content, ensure_ascii=True).encode()).hexdigest()


class Audit:
    """Lines of the audit, written with the transaction."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._lines: list[dict[str, Any]] = []

    # --- writing ------------------------------------------------------------------------------------------------

    def note(  # noqa: PLR0913 - what a line says
        self,
        at: datetime,
        person_id: int | None,
        act: str,
        country: str,
        thing: str,
        outcome: str,
        *,
        cycle_id: str = "",
    ) -> None:
        """Write a line; `person_id` None is the system itself or its operator, `cycle_id` "" belongs to no cycle."""
        values = (person_id, act, country, thing, outcome)
        self._lines.append({"at": at, "cycle_id": cycle_id, **dict(zip(_FIELDS, values, strict=True))})

    async def note_denials(self, denials: list[Mapping[str, Any]]) -> None:
        """Write lines at the time that the database's clock shows."""
        (row,) = await self._pen.rows(_NOW)
        self._lines += [{"at": row.moment, "cycle_id": "", **each} for each in denials]
        await self.flush()

    async def flush(self) -> None:
        """Write what waits, each line bound to the one before it; who writes holds the head until the end."""
        lines, self._lines = self._lines, []
        if not lines:
            return
        head = await self._pen.row(_LOCKED_HEAD)
        last = head.line_hash if head else ""
        for line in lines:
            line["previous_hash"] = last
            last = line["line_hash"] = line_hash(last, line)
        await self._pen.write(AUDIT.insert(), lines)
        grown = {"lines": (head.lines if head else 0) + len(lines), "line_hash": last}
        await self._pen.write(update(AUDIT_HEAD).values(**grown))

    # --- reading ------------------------------------------------------------------------------------------------

    async def newest(self, most: int, *, before: int = 0, cycle_id: str = "") -> list[AuditLine]:
        """The newest lines first, at most so many, of those before a line where one is given.

        With a cycle, what was done in it and what belongs to none; without, all.
        """
        return await self._found(_OLDER if before else _NEWEST, {"most": most, "before": before}, cycle_id)

    async def of_country(
        self, country: str, most: int, *, before: int = 0, cycle_id: str = "", done: bool = False
    ) -> list[AuditLine]:
        """The newest lines about a country first, in the same way; `done` leaves out what was refused."""
        query = (_OLDER if before else _NEWEST).where(AUDIT.c.country == bindparam("of"))
        if done:
            query = query.where(AUDIT.c.outcome != "denied")
        return await self._found(query, {"most": most, "before": before, "of": country}, cycle_id)

    async def of_person(self, person_id: int, most: int) -> list[AuditLine]:
        """The newest lines about what a person did first."""
        query = _NEWEST.where(AUDIT.c.person_id == bindparam("of"))
        return await self._found(query, {"most": most, "of": person_id})

    async def things(self, act: str, country: str) -> frozenset[str]:
        """All that the lines of one act in a country are about, denials aside."""
        await self._pen.flush()
        rows = await self._pen.rows(_THINGS, {"of_act": act, "of": country})
        return frozenset(row.thing for row in rows)

    async def verify(self, known: str = "") -> Chain:
        """Look whether every line is there and as it was written; `known` is a head that was noted down earlier.

        Nothing but the first fault is told: after it, nothing can be said of what follows.
        """
        await self._pen.flush()
        chain, last = Chain(0, "", holds_known=not known), 0
        while rows := await self._pen.rows(_NEXT, {"last": last}):
            for row in rows:
                chain = _with(chain, row, known)
                if chain.broken_at:
                    return chain
            last = rows[-1].id
        head = await self._pen.row(_HEAD)
        if head is None or (head.lines, head.line_hash) != (chain.lines, chain.head):
            return _broken(chain, last + 1, "removed")
        return chain

    async def _found(self, query: Any, values: Mapping[str, Any], cycle_id: str = "") -> list[AuditLine]:
        await self._pen.flush()
        if cycle_id:
            query = query.where(AUDIT.c.cycle_id.in_(["", cycle_id]))
        used = {name: value for name, value in values.items() if name != "before" or value}
        return [
            AuditLine(row.id, row.at, row.person_id, row.act, row.country, row.thing, row.outcome)
            for row in await self._pen.rows(query, used)
        ]


def _with(chain: Chain, row: Row[Any], known: str) -> Chain:
    """The chain with one line more, or broken there."""
    if row.previous_hash != chain.head:
        return _broken(chain, row.id, "removed")
    if row.line_hash != line_hash(row.previous_hash, row._asdict()):
        return _broken(chain, row.id, "changed")
    return Chain(
        chain.lines + 1,
        row.line_hash,
        chain.first or row.at,
        row.at,
        holds_known=chain.holds_known or row.line_hash == known,
    )


def _broken(chain: Chain, at: int, why: str) -> Chain:
    return Chain(chain.lines, chain.head, chain.first, chain.last, at, why, chain.holds_known)
