"""Review cycles, each with its template pinned."""

import hashlib
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, select

from workflows.review.template import Template
from workflows.store.pen import Pen
from workflows.store.tables import CYCLES
from workflows.store.values import Cycle

_HEAD = select(CYCLES.c.id, CYCLES.c.template_hash, CYCLES.c.opened_at)
_GET = _HEAD.where(CYCLES.c.id == bindparam("id"))
_ALL = _HEAD.order_by(CYCLES.c.opened_at, CYCLES.c.id)
_NEWEST = _HEAD.order_by(CYCLES.c.opened_at.desc(), CYCLES.c.id.desc()).limit(1)
_TEMPLATE = select(CYCLES.c.template).where(CYCLES.c.id == bindparam("id"))


class Cycles:
    """The cycles. A template is parsed once per process."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    async def open(self, cycle_id: str, template_json: str, now: datetime) -> Cycle:
        """Open a cycle with this template; raises pydantic's ValidationError for one that is none."""
        template = Template.model_validate_json(template_json)
        digest = hashlib.sha256(template_json.encode()).hexdigest()
        row = {"id": cycle_id, "template": template_json, "template_hash": digest, "opened_at": now}
        await self._pen.write(CYCLES.insert(), row)
        return Cycle(cycle_id, template, now, digest)

    async def get(self, cycle_id: str) -> Cycle | None:
        """The cycle of that id."""
        row = await self._pen.row(_GET, {"id": cycle_id})
        return await self._cycle(row) if row is not None else None

    async def current(self) -> Cycle | None:
        """The cycle that was opened last."""
        row = await self._pen.row(_NEWEST)
        return await self._cycle(row) if row is not None else None

    async def all(self) -> list[Cycle]:
        """All cycles, the oldest first."""
        return [await self._cycle(row) for row in await self._pen.rows(_ALL)]

    async def before(self, cycle_id: str) -> tuple[str, ...]:
        """The cycles that were opened before this one, the newest first. A process asks once: it never changes."""
        known = self._pen.cache.cycles_before(cycle_id)
        if known is None:
            names = [row.id for row in await self._pen.rows(_ALL)]
            if cycle_id not in names:
                return ()
            known = tuple(reversed(names[: names.index(cycle_id)]))
            self._pen.cache.keep_cycles_before(cycle_id, known)
        return known

    async def template(self, cycle_id: str, digest: str) -> Template:
        """The template of a cycle; `digest` is what the cycle's row says of it."""
        known = self._pen.cache.template(digest)
        if known is not None:
            return known
        row = await self._pen.row(_TEMPLATE, {"id": cycle_id})
        if row is None:
            raise LookupError(f"no cycle {cycle_id}")
        template = Template.model_validate_json(row.template)
        self._pen.cache.keep_template(digest, template)
        return template

    async def _cycle(self, row: Row[Any]) -> Cycle:
        template = await self.template(row.id, row.template_hash)
        return Cycle(row.id, template, row.opened_at, row.template_hash)
