"""What countries submitted in earlier cycles, given to those who write for them in a later one and to nobody else."""

from typing import Final

from sqlalchemy import and_, bindparam, select

from workflows.people.access import may
from workflows.people.roles import Actor
from workflows.review.events import Review
from workflows.review.frozen_text import thawed
from workflows.store.clearance import HEAD, edition_of, text_of
from workflows.store.cycles import Cycles
from workflows.store.pen import Pen
from workflows.store.prepared import Prepared
from workflows.store.tables_passage import EDITION_ACTS, EDITIONS
from workflows.store.values_clearance import EarlierReview

_SUBMITTED: Final = Prepared(
    select(*HEAD, EDITION_ACTS.c.at.label("submitted_at"))
    .join(EDITION_ACTS, and_(EDITION_ACTS.c.edition_id == EDITIONS.c.id, EDITION_ACTS.c.act == "submit"))
    .where(EDITIONS.c.cycle_id.in_(bindparam("cycles", expanding=True)), EDITIONS.c.version > 0)
    .order_by(EDITIONS.c.version)
)


class Earlier:
    """The reviews of earlier cycles as they were submitted: never a draft, never another country's.

    In a cycle with none before it nothing is asked of the database. In a later one a transaction asks once, for all
    countries; what a frozen text answers is read once in a process, since it never changes.
    """

    def __init__(self, pen: Pen, cycles: Cycles) -> None:
        self._pen = pen
        self._cycles = cycles
        self._submitted: dict[str, dict[str, EarlierReview]] = {}

    async def review(self, actor: Actor, country: str) -> EarlierReview | None:
        """What a country submitted last in the newest cycle before the actor's in which it submitted; raises Denied."""
        self._judge(actor, country)
        earlier = await self._cycles.before(actor.cycle_id)
        if not earlier:
            return None
        if actor.cycle_id not in self._submitted:
            self._submitted[actor.cycle_id] = await self._read(earlier)
        return self._submitted[actor.cycle_id].get(country)

    async def answered(self, actor: Actor, found: EarlierReview) -> frozenset[str]:
        """The prompts that have an answer in it; raises Denied."""
        self._judge(actor, found.edition.country)
        known = self._pen.cache.answered_in(found.edition.id)
        if known is None:
            known = frozenset((await self.content(actor, found)).answers)
            self._pen.cache.keep_answered_in(found.edition.id, known)
        return known

    async def content(self, actor: Actor, found: EarlierReview) -> Review:
        """What it says, on the template of its own cycle; raises Denied."""
        cycle = await self._cycles.get(found.edition.cycle_id)
        if cycle is None:
            raise LookupError(f"no cycle {found.edition.cycle_id}")
        return thawed(await self.text(actor, found), cycle.template)

    async def text(self, actor: Actor, found: EarlierReview) -> str:
        """The same in its canonical form; raises Denied."""
        self._judge(actor, found.edition.country)
        return await text_of(self._pen, found.edition)

    async def _read(self, cycles: tuple[str, ...]) -> dict[str, EarlierReview]:
        """The last version of each country, of the first of these cycles that has one."""
        newest: dict[tuple[str, str], EarlierReview] = {}
        for row in await self._pen.rows(_SUBMITTED, {"cycles": list(cycles)}):
            newest[row.cycle_id, row.country] = EarlierReview(edition_of(row), row.submitted_at)
        found: dict[str, EarlierReview] = {}
        for cycle in cycles:
            for (of_cycle, country), each in newest.items():
                if of_cycle == cycle:
                    found.setdefault(country, each)
        return found

    def _judge(self, actor: Actor, country: str) -> None:
        if not may(actor, "read_earlier", country):
            raise self._pen.denied(actor, "read_earlier", country, "earlier review")
