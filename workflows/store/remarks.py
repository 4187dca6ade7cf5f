"""Remarks of the secretariat on submitted answers, and what the states made of them."""

from datetime import datetime
from typing import Any

from msgspec.structs import asdict, replace
from sqlalchemy import Row, bindparam, func, select, update

from workflows.store.pen import Pen
from workflows.store.sealing import row_place
from workflows.store.tables_passage import REMARKS
from workflows.store.values_exchange import SENT, Remark, RemarkCount, RemarkState

_GET = select(REMARKS).where(REMARKS.c.id == bindparam("of"))
_OF_EDITION = select(REMARKS).where(REMARKS.c.edition_id == bindparam("of")).order_by(REMARKS.c.id)
_OF_COUNTRY = (
    select(REMARKS)
    .where(REMARKS.c.cycle_id == bindparam("cycle"), REMARKS.c.country == bindparam("of_country"))
    .order_by(REMARKS.c.id)
)
_BY_AUTHOR = select(REMARKS).where(REMARKS.c.author_id == bindparam("author")).order_by(REMARKS.c.id)
_BY_SETTLER = select(REMARKS).where(REMARKS.c.settled_by == bindparam("settler")).order_by(REMARKS.c.id)
_ROUND = select(func.max(REMARKS.c.round)).where(
    REMARKS.c.cycle_id == bindparam("cycle"),
    REMARKS.c.country == bindparam("of_country"),
    REMARKS.c.edition_id != bindparam("but"),
    REMARKS.c.state.in_(SENT),
)
_COUNTS = (
    select(
        REMARKS.c.country,
        REMARKS.c.round,
        REMARKS.c.edition_id,
        REMARKS.c.state,
        func.count().label("remarks"),
    )
    .where(REMARKS.c.cycle_id == bindparam("cycle"), REMARKS.c.state.in_(SENT))
    .group_by(REMARKS.c.country, REMARKS.c.round, REMARKS.c.edition_id, REMARKS.c.state)
    .order_by(REMARKS.c.country, REMARKS.c.round)
)
_WAITING = (
    select(REMARKS.c.country, func.count().label("remarks"))
    .where(REMARKS.c.cycle_id == bindparam("cycle"), REMARKS.c.state == "kept")
    .group_by(REMARKS.c.country)
)


class Remarks:
    """All remarks of all rounds; their words and the replies are sealed."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    async def add(self, remark: Remark, now: datetime) -> int:
        """Keep a new remark at `now` (UTC), whatever id, time and round it comes with; returns its id."""
        new = REMARKS.insert().returning(REMARKS.c.id)
        row = _row(remark) | {"at": now, "round": await self.next_round(remark)}
        (written,) = await self._pen.written(new, row)
        await self._seal(written.id, remark)
        return int(written.id)

    async def next_round(self, remark: Remark) -> int:
        """The round that a remark on its edition belongs to: one more than the country's editions had before it."""
        values = {"cycle": remark.cycle_id, "of_country": remark.country, "but": remark.edition_id}
        row = await self._pen.row(_ROUND, values)
        return 1 + (row[0] or 0 if row is not None else 0)

    async def get(self, remark_id: int) -> Remark | None:
        """The remark of that id."""
        row = await self._pen.row(_GET, {"of": remark_id})
        return self._remark(row) if row is not None else None

    async def of_edition(self, edition_id: int) -> list[Remark]:
        """The remarks on a submitted text, those not sent yet too, the first one first."""
        return [self._remark(row) for row in await self._pen.rows(_OF_EDITION, {"of": edition_id})]

    async def of_country(self, cycle_id: str, country: str) -> list[Remark]:
        """The remarks that a country has received, in all rounds, the first one first."""
        rows = await self._pen.rows(_OF_COUNTRY, {"cycle": cycle_id, "of_country": country})
        return [self._remark(row) for row in rows if row.state in SENT]

    async def by_author(self, person_id: int) -> list[Remark]:
        """Everything that a person of the secretariat remarked, the first one first."""
        return [self._remark(row) for row in await self._pen.rows(_BY_AUTHOR, {"author": person_id})]

    async def settled_by(self, person_id: int) -> list[Remark]:
        """Every remark of which a person said last what becomes of it, the first one first."""
        rows = await self._pen.rows(_BY_SETTLER, {"settler": person_id})
        return [self._remark(row) for row in rows]

    async def counts(self, cycle_id: str) -> dict[str, list[RemarkCount]]:
        """The counts of every country that has received remarks, by round, the first one first."""
        found: dict[str, dict[tuple[int, int], dict[str, int]]] = {}
        for row in await self._pen.rows(_COUNTS, {"cycle": cycle_id}):
            of_round = found.setdefault(row.country, {}).setdefault((row.round, row.edition_id), {})
            of_round[row.state] = row.remarks
        return {
            country: [RemarkCount(number, edition, **states) for (number, edition), states in rounds.items()]
            for country, rounds in found.items()
        }

    async def waiting(self, cycle_id: str) -> dict[str, int]:
        """How many remarks wait to be sent to each country."""
        return {row.country: row.remarks for row in await self._pen.rows(_WAITING, {"cycle": cycle_id})}

    async def save(self, remark: Remark) -> None:
        """Keep a remark as it is now; when it was made stays. Raises LookupError for one that was never added."""
        changed = update(REMARKS).where(REMARKS.c.id == remark.id).values(**_row(remark))
        if not await self._pen.write(changed):
            raise LookupError(f"no remark {remark.id}")
        await self._seal(remark.id, remark)

    async def settle(
        self, remark: Remark, state: RemarkState, by: int, now: datetime, reply: str = ""
    ) -> Remark:
        """Note what a state made of a remark at `now` (UTC), with its reason where it gave one."""
        settled = replace(remark, state=state, reply=reply, settled_by=by, settled_at=now)
        await self.save(settled)
        return settled

    async def send(self, edition_id: int, now: datetime) -> list[Remark]:
        """Open the remarks that were kept for an edition: they go to the state. Returns them as they are then."""
        kept = [each for each in await self.of_edition(edition_id) if each.state == "kept"]
        opened = update(REMARKS).where(REMARKS.c.edition_id == edition_id, REMARKS.c.state == "kept")
        await self._pen.write(opened.values(state="open", at=now))
        return [replace(each, state="open", at=now) for each in kept]

    async def withdraw(self, edition_id: int) -> int:
        """Let go of the remarks that were kept for an edition and not sent; returns how many."""
        kept = update(REMARKS).where(REMARKS.c.edition_id == edition_id, REMARKS.c.state == "kept")
        return await self._pen.write(kept.values(state="withdrawn"))

    async def forget_author(self, person_id: int) -> None:
        """Remarks stay with the review; who made and who settled them is forgotten."""
        for column in (REMARKS.c.author_id, REMARKS.c.settled_by):
            await self._pen.write(update(REMARKS).where(column == person_id).values({column.name: None}))

    async def _seal(self, remark_id: int, remark: Remark) -> None:
        """A seal holds the row's number, so it comes after the row."""
        words = ((REMARKS.c.text, remark.text), (REMARKS.c.reply, remark.reply))
        sealed = {
            column.name: self._pen.seal(said, row_place(column, remark_id)) if said else None
            for column, said in words
        }
        await self._pen.write(update(REMARKS).where(REMARKS.c.id == remark_id).values(**sealed))

    def _remark(self, row: Row[Any]) -> Remark:
        words = {
            "text": self._pen.unseal(row.text, row_place(REMARKS.c.text, row.id)).decode(),
            "reply": self._pen.unseal(row.reply, row_place(REMARKS.c.reply, row.id)).decode(),
        }
        return Remark(**{**row._asdict(), **words})


def _row(remark: Remark) -> dict[str, Any]:
    """What lies open of a remark, without its id and time."""
    return {
        name: value for name, value in asdict(remark).items() if name not in ("id", "at", "text", "reply")
    }
