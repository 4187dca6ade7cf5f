"""Claims: two people came as focal points with invitations that do not fit together; an officer decides."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, or_, select, update

from workflows.store.pen import Pen
from workflows.store.tables_desk import CLAIMS
from workflows.store.values_announcements import Claim, ClaimState

_GET = select(CLAIMS).where(CLAIMS.c.id == bindparam("of"))
_WAITING = (
    select(CLAIMS)
    .where(CLAIMS.c.cycle_id == bindparam("cycle"), CLAIMS.c.state == "waiting")
    .order_by(CLAIMS.c.id)
)
_OF_PERSON = select(CLAIMS).where(CLAIMS.c.person_id == bindparam("person"), CLAIMS.c.state == "waiting")


class Claims:
    """All claims; who claims has no access until it is decided."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    async def add(
        self, cycle_id: str, country: str, person_id: int, invitation_id: int, now: datetime
    ) -> Claim:
        """Put down at `now` (UTC) that somebody claims a place of a country."""
        row = {
            "cycle_id": cycle_id,
            "country": country,
            "person_id": person_id,
            "invitation_id": invitation_id,
            "state": "waiting",
            "at": now,
        }
        (written,) = await self._pen.written(CLAIMS.insert().returning(CLAIMS), row)
        return _claim(written)

    async def get(self, claim_id: int) -> Claim | None:
        """The claim of that number."""
        row = await self._pen.row(_GET, {"of": claim_id})
        return _claim(row) if row is not None else None

    async def waiting(self, cycle_id: str) -> list[Claim]:
        """The claims of a cycle that nobody has decided, the first one first."""
        return [_claim(row) for row in await self._pen.rows(_WAITING, {"cycle": cycle_id})]

    async def of_person(self, person_id: int) -> Claim | None:
        """The claim of a person that nobody has decided."""
        row = await self._pen.row(_OF_PERSON, {"person": person_id})
        return _claim(row) if row is not None else None

    async def decide(self, claim_id: int, state: ClaimState, by: int | None, now: datetime) -> bool:
        """Keep what was decided; False where somebody else has decided before."""
        waits = update(CLAIMS).where(CLAIMS.c.id == claim_id, CLAIMS.c.state == "waiting")
        return bool(await self._pen.write(waits.values(state=state, decided_by=by, decided_at=now)))

    async def forget(self, person_id: int) -> None:
        """A claim stays without a name, and one that waited is over."""
        waits = update(CLAIMS).where(CLAIMS.c.person_id == person_id, CLAIMS.c.state == "waiting")
        await self._pen.write(waits.values(state="over"))
        named = or_(CLAIMS.c.person_id == person_id, CLAIMS.c.decided_by == person_id)
        for row in await self._pen.rows(select(CLAIMS).where(named)):
            kept = {
                "person_id": None if row.person_id == person_id else row.person_id,
                "decided_by": None if row.decided_by == person_id else row.decided_by,
            }
            await self._pen.write(update(CLAIMS).where(CLAIMS.c.id == row.id).values(**kept))


def _claim(row: Row[Any]) -> Claim:
    return Claim(
        row.id,
        row.cycle_id,
        row.country,
        row.person_id,
        row.invitation_id,
        row.state,
        row.at,
        row.decided_by,
        row.decided_at,
    )
