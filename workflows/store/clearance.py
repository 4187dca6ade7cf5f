"""Frozen texts: kept as they were, moved along their passage by one hand at a time, opened to those who may read."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, bindparam, delete, select, update

from workflows.people.access import Act, may
from workflows.people.roles import Actor
from workflows.review.events import Review
from workflows.review.frozen_text import changed_questions, thawed
from workflows.review.passage import ON_RECORD, OUTSTANDING, State, begun
from workflows.store.cycles import Cycles
from workflows.store.drafts import Drafts
from workflows.store.pen import Pen
from workflows.store.sealing import row_place
from workflows.store.tables_passage import CLEARINGS, EDITION_ACTS, EDITIONS
from workflows.store.values import Draft
from workflows.store.values_clearance import DoneTo, Edition, EditionAct

HEAD: Final = [column for column in EDITIONS.c if column.name != "content"]
"""What is read of a frozen text where its words are not."""
_OPEN = select(*HEAD)
_OF_COUNTRY = _OPEN.where(
    EDITIONS.c.cycle_id == bindparam("cycle"), EDITIONS.c.country == bindparam("of_country")
)
_STANDS = EDITIONS.c.state != "withdrawn"
_NEWEST = _OF_COUNTRY.where(_STANDS).order_by(EDITIONS.c.number.desc()).limit(1)
_LAST = _OF_COUNTRY.order_by(EDITIONS.c.number.desc()).limit(1)
_ALL = _OF_COUNTRY.order_by(EDITIONS.c.number)
_GET = _OPEN.where(EDITIONS.c.id == bindparam("of"))
_OF_CYCLE = _OPEN.where(EDITIONS.c.cycle_id == bindparam("cycle"), _STANDS).order_by(EDITIONS.c.number)
_VERSIONS = _OPEN.where(EDITIONS.c.cycle_id == bindparam("cycle"), EDITIONS.c.version > 0).order_by(
    EDITIONS.c.number
)
_CONTENT = select(EDITIONS.c.content).where(EDITIONS.c.id == bindparam("of"))
_STEPS = select(CLEARINGS.c.steps).where(
    CLEARINGS.c.cycle_id == bindparam("cycle"), CLEARINGS.c.country == bindparam("of_country")
)
_ACTS = select(EDITION_ACTS).where(EDITION_ACTS.c.edition_id == bindparam("of")).order_by(EDITION_ACTS.c.id)

_BY_AUTHOR = (
    select(EDITION_ACTS).where(EDITION_ACTS.c.author_id == bindparam("author")).order_by(EDITION_ACTS.c.id)
)


class Clearance:
    """The frozen texts of all countries and how many clearances each of them asks for."""

    def __init__(self, pen: Pen, cycles: Cycles, drafts: Drafts) -> None:
        self._pen = pen
        self._cycles = cycles
        self._drafts = drafts

    # --- how many clearances ------------------------------------------------------------------------------------

    async def steps(self, cycle_id: str, country: str) -> int:
        """How many clearances a country asks for; 0 where it has said nothing."""
        row = await self._pen.row(_STEPS, {"cycle": cycle_id, "of_country": country})
        return row.steps if row is not None else 0

    async def set_steps(self, cycle_id: str, country: str, steps: int, by: int, now: datetime) -> None:
        """Let a country ask for so many clearances from now on (UTC)."""
        said = {"steps": steps, "author_id": by, "at": now}
        row = {"cycle_id": cycle_id, "country": country, **said}
        insert = self._pen.insert(CLEARINGS).values(row)
        await self._pen.write(insert.on_conflict_do_update(index_elements=["cycle_id", "country"], set_=said))

    # --- frozen texts -------------------------------------------------------------------------------------------

    async def hold(self, cycle_id: str, country: str) -> None:
        """Wait for whoever writes, freezes or submits in a country; until the end of this transaction nobody else does.

        What is read of its frozen texts afterwards stays true. Where nobody has written, nothing is there to wait for.
        """
        await self._drafts.prefetch([(cycle_id, country)])

    async def freeze(
        self, actor: Actor, draft: Draft, content_json: str, content_hash: str, now: datetime
    ) -> Edition:
        """Keep a country's text as it is now (UTC); an earlier one that is still on its way is withdrawn.

        The draft must have been opened in this transaction, so that two at a time stand in line. Raises Denied.
        """
        cycle_id, country = draft.cycle_id, draft.review.country
        if not may(actor, "freeze_draft", country):
            raise self._pen.denied(actor, "freeze_draft", country, "draft")
        newest = await self.newest(cycle_id, country)
        while newest is not None and newest.state in OUTSTANDING:
            await self.decide(newest, "withdrawn", "withdraw", actor.person_id, now)
            newest = await self.newest(cycle_id, country)
        last = await self._pen.row(_LAST, {"cycle": cycle_id, "of_country": country})
        standing = begun(await self.steps(cycle_id, country))
        row = {
            "cycle_id": cycle_id,
            "country": country,
            "number": last.number + 1 if last else 1,
            "version": 0,
            "content": b"",
            "content_hash": content_hash,
            "state": standing.state,
            "step": standing.step,
            "author_id": actor.person_id,
            "at": now,
            "state_at": now,
        }
        (written,) = await self._pen.written(EDITIONS.insert().returning(*HEAD), row)
        sealed = self._pen.seal(content_json, row_place(EDITIONS.c.content, written.id))
        await self._pen.write(update(EDITIONS).where(EDITIONS.c.id == written.id).values(content=sealed))
        edition = edition_of(written)
        await self.put_down(edition, "send" if edition.step else "freeze", actor.person_id, now)
        self._drafts.lock(cycle_id, country, edition.state)
        return edition

    async def edition(self, edition_id: int) -> Edition | None:
        """The frozen text of that id."""
        row = await self._pen.row(_GET, {"of": edition_id})
        return edition_of(row) if row is not None else None

    async def newest(self, cycle_id: str, country: str) -> Edition | None:
        """A country's newest frozen text that was not withdrawn."""
        row = await self._pen.row(_NEWEST, {"cycle": cycle_id, "of_country": country})
        return edition_of(row) if row is not None else None

    async def of_cycle(self, cycle_id: str) -> dict[str, Edition]:
        """The newest frozen text of every country that has one that was not withdrawn."""
        return {row.country: edition_of(row) for row in await self._pen.rows(_OF_CYCLE, {"cycle": cycle_id})}

    async def last_submitted(self, cycle_id: str) -> dict[str, Edition]:
        """The version that each country submitted last; who submitted nothing is not in it."""
        return {row.country: edition_of(row) for row in await self._pen.rows(_VERSIONS, {"cycle": cycle_id})}

    async def of_country(self, cycle_id: str, country: str) -> list[Edition]:
        """All frozen texts of a country, the first one first."""
        return [
            edition_of(row) for row in await self._pen.rows(_ALL, {"cycle": cycle_id, "of_country": country})
        ]

    async def submitted(self, cycle_id: str, country: str) -> list[Edition]:
        """The versions of a country that were submitted, the first one first."""
        return [each for each in await self.of_country(cycle_id, country) if each.version]

    async def content(self, actor: Actor, edition: Edition) -> Review:
        """What a frozen text says; raises Denied for somebody who may not read it."""
        text = await self.text(actor, edition)
        cycle = await self._cycles.get(edition.cycle_id)
        if cycle is None:
            raise LookupError(f"no cycle {edition.cycle_id}")
        return thawed(text, cycle.template)

    async def changed(self, actor: Actor, before: Edition, after: Edition) -> tuple[str, ...]:
        """The questions in which a frozen text differs from an earlier one of its country, whose words are not given.

        Raises Denied for somebody who may not read the later one, and where the earlier one is another country's.
        """
        if (before.cycle_id, before.country) != (after.cycle_id, after.country):
            raise self._pen.denied(actor, reading_of(before), before.country, before.thing)
        later = await self.content(actor, after)
        return changed_questions(thawed(await text_of(self._pen, before), later.template), later)

    async def text(self, actor: Actor, edition: Edition) -> str:
        """A frozen text in its canonical form; raises Denied for somebody who may not read it."""
        if not may_read(actor, edition):
            raise self._pen.denied(actor, reading_of(edition), edition.country, edition.thing)
        return await text_of(self._pen, edition)

    # --- moving it ----------------------------------------------------------------------------------------------

    async def decide(  # noqa: PLR0913 - what changes, who changed it, when and why
        self,
        edition: Edition,
        state: State,
        act: DoneTo,
        by: int | None,
        now: datetime,
        reason: str = "",
        *,
        step: int | None = None,
        version: int | None = None,
    ) -> Edition | None:
        """Put a frozen text where `passage.moved` says; None when somebody else has moved it in the meantime."""
        values: dict[str, Any] = {"state": state, "state_at": now}
        values |= {"step": step} if step is not None else {}
        values |= {"version": version} if version is not None else {}
        unmoved = (
            EDITIONS.c.id == edition.id,
            EDITIONS.c.state == edition.state,
            EDITIONS.c.step == edition.step,
        )
        rows = await self._pen.written(update(EDITIONS).where(*unmoved).values(**values).returning(*HEAD))
        if not rows:
            return None
        moved = edition_of(rows[0])
        await self.put_down(edition, act, by, now, reason, step=edition.step)
        await self._relock(moved)
        return moved

    async def submit(self, edition: Edition, by: int, now: datetime) -> Edition | None:
        """Submit a cleared text as the country's next version; the versions before it are superseded.

        None when somebody else has moved it in the meantime.
        """
        earlier = await self.submitted(edition.cycle_id, edition.country)
        version = max((each.version for each in earlier), default=0) + 1
        submitted = await self.decide(edition, "submitted", "submit", by, now, version=version)
        for each in earlier if submitted is not None else ():
            if each.state != "superseded":
                await self.decide(each, "superseded", "supersede", None, now)
        return submitted

    async def put_down(
        self,
        edition: Edition,
        act: DoneTo,
        by: int | None,
        now: datetime,
        reason: str = "",
        *,
        step: int | None = None,
    ) -> int:
        """Write what somebody did to a frozen text, with the reason they gave; returns the line's number."""
        row = {
            "edition_id": edition.id,
            "act": act,
            "step": edition.step if step is None else step,
            "author_id": by,
            "reason": None,
            "at": now,
        }
        (written,) = await self._pen.written(EDITION_ACTS.insert().returning(EDITION_ACTS.c.id), row)
        if reason:
            await self.rewrite(written.id, reason)
        return int(written.id)

    async def rewrite(self, line: int, reason: str) -> None:
        """Let a line of what was done give another reason."""
        sealed = self._pen.seal(reason, row_place(EDITION_ACTS.c.reason, line))
        await self._pen.write(update(EDITION_ACTS).where(EDITION_ACTS.c.id == line).values(reason=sealed))

    async def strike(self, line: int) -> None:
        """Take away a line that nothing came of."""
        await self._pen.write(delete(EDITION_ACTS).where(EDITION_ACTS.c.id == line))

    async def acts(self, edition_id: int) -> list[EditionAct]:
        """What was done to a frozen text, the first one first."""
        return [self._act(row) for row in await self._pen.rows(_ACTS, {"of": edition_id})]

    async def by_author(self, person_id: int) -> list[tuple[Edition, EditionAct]]:
        """Everything that a person did to frozen texts, the first one first."""
        found = []
        for row in await self._pen.rows(_BY_AUTHOR, {"author": person_id}):
            edition = await self.edition(row.edition_id)
            if edition is not None:
                found.append((edition, self._act(row)))
        return found

    async def forget_author(self, person_id: int) -> None:
        """Texts and decisions stay with the state; who made them is forgotten. A reason that was not sent goes."""
        unsent = EDITION_ACTS.c.act.in_(("begin_reason", "begin_reopen"))
        await self._pen.write(delete(EDITION_ACTS).where(EDITION_ACTS.c.author_id == person_id, unsent))
        for table in (CLEARINGS, EDITIONS, EDITION_ACTS):
            await self._pen.write(update(table).where(table.c.author_id == person_id).values(author_id=None))

    async def _relock(self, moved: Edition) -> None:
        newest = await self.newest(moved.cycle_id, moved.country)
        self._drafts.lock(moved.cycle_id, moved.country, newest.state if newest else None)

    def _act(self, row: Row[Any]) -> EditionAct:
        reason = self._pen.unseal(row.reason, row_place(EDITION_ACTS.c.reason, row.id)).decode()
        return EditionAct(row.id, row.edition_id, row.act, row.step, row.author_id, reason, row.at)


def reading_of(edition: Edition) -> Act:
    """What reading a frozen text is to the access rules."""
    return "read_submitted" if edition.state in ON_RECORD else "read_edition"


def may_read(actor: Actor, edition: Edition) -> bool:
    """Whether somebody may read a frozen text.

    A clearer only once it has come to their step and while it was not taken back, or when it was submitted.
    """
    if actor.cycle_id != edition.cycle_id or not may(actor, reading_of(edition), edition.country):
        return False
    if actor.role != "clearer" or edition.state in ON_RECORD:
        return True
    own_step = 2 if actor.scope == "2" else 1
    return edition.state != "withdrawn" and edition.step >= own_step


async def text_of(pen: Pen, edition: Edition) -> str:
    """A frozen text in its canonical form, for rooms of the store that have asked who may read it."""
    row = await pen.row(_CONTENT, {"of": edition.id})
    if row is None:
        raise LookupError(f"no edition {edition.id}")
    return pen.unseal(row.content, row_place(EDITIONS.c.content, edition.id)).decode()


def edition_of(row: Row[Any]) -> Edition:
    """A frozen text by its row."""
    return Edition(
        row.id,
        row.cycle_id,
        row.country,
        row.number,
        row.version,
        row.content_hash,
        row.state,
        row.step,
        row.author_id,
        row.at,
        row.state_at,
    )
