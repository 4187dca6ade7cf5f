"""Invitations: made once, found by their hash, taken up by one person only."""

from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, select, update

from workflows.people.invitations import why_not
from workflows.people.roles import Role
from workflows.store.pen import Pen
from workflows.store.tables import INVITATIONS
from workflows.store.values import Invitation, Refusal

_BY_HASH = select(INVITATIONS).where(INVITATIONS.c.token_hash == bindparam("hash"))
_OF_CYCLE = select(INVITATIONS).where(INVITATIONS.c.cycle_id == bindparam("cycle")).order_by(INVITATIONS.c.id)
_OPEN_OF = (
    select(INVITATIONS)
    .where(
        INVITATIONS.c.cycle_id == bindparam("cycle"),
        INVITATIONS.c.country == bindparam("of_country"),
        INVITATIONS.c.used_at.is_(None),
        INVITATIONS.c.expires_at > bindparam("moment", type_=INVITATIONS.c.expires_at.type),
    )
    .order_by(INVITATIONS.c.id)
)
_REDEEM = (
    update(INVITATIONS)
    .where(
        INVITATIONS.c.token_hash == bindparam("hash"),
        INVITATIONS.c.used_at.is_(None),
        INVITATIONS.c.expires_at > bindparam("moment"),
    )
    .values(used_at=bindparam("moment"), used_by=bindparam("who"))
    .returning(INVITATIONS)
)


class Invitations:
    """All invitations. A token is kept nowhere, only its hash."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    async def make(  # noqa: PLR0913, PLR0917 - an invitation has these columns
        self,
        cycle_id: str,
        role: Role,
        country: str,
        token_hash: str,
        made_by: int | None,
        now: datetime,
        expires_at: datetime,
        replaces: int | None = None,
        scope: str = "",
    ) -> Invitation:
        """Keep a new invitation; `replaces` is the place that ends when it is taken up."""
        row = {
            "cycle_id": cycle_id,
            "role": role,
            "scope": scope,
            "country": country,
            "token_hash": token_hash,
            "made_by": made_by,
            "made_at": now,
            "expires_at": expires_at,
            "replaces": replaces,
            "used_at": None,
            "used_by": None,
        }
        (written,) = await self._pen.written(INVITATIONS.insert().returning(INVITATIONS), row)
        return _invitation(written)

    async def by_hash(self, token_hash: str) -> Invitation | None:
        """The invitation whose token has this hash, used and expired ones too."""
        row = await self._pen.row(_BY_HASH, {"hash": token_hash})
        return _invitation(row) if row is not None else None

    async def redeem(self, token_hash: str, telegram_id: int, now: datetime) -> Invitation | Refusal:
        """Use an invitation up; of two who try at once, one has it."""
        values = {"hash": token_hash, "moment": now, "who": telegram_id}
        rows = await self._pen.written(_REDEEM, values)
        if rows:
            return _invitation(rows[0])
        found = await self.by_hash(token_hash)
        if found is None:
            return Refusal("unknown")
        return Refusal(why_not(found.used_at, found.expires_at, now) or "used")

    async def open_of(self, cycle_id: str, country: str, now: datetime) -> list[Invitation]:
        """The invitations of a country that can be taken up at `now` (UTC), in the order they were made."""
        values = {"cycle": cycle_id, "of_country": country, "moment": now}
        return [_invitation(row) for row in await self._pen.rows(_OPEN_OF, values)]

    async def revoke(self, invitation_id: int, now: datetime) -> None:
        """Let an invitation end now (UTC); one that was taken up stays as it is."""
        unused = update(INVITATIONS).where(INVITATIONS.c.id == invitation_id, INVITATIONS.c.used_at.is_(None))
        await self._pen.write(unused.values(expires_at=now))

    async def of_cycle(self, cycle_id: str) -> list[Invitation]:
        """All invitations of a cycle in the order they were made."""
        return [_invitation(row) for row in await self._pen.rows(_OF_CYCLE, {"cycle": cycle_id})]


def _invitation(row: Row[Any]) -> Invitation:
    return Invitation(
        row.id,
        row.cycle_id,
        row.role,
        row.country,
        row.token_hash,
        row.made_by,
        row.made_at,
        row.expires_at,
        row.replaces,
        row.used_at,
        row.scope,
    )
