"""Leases: what one process at a time may do, for a while."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, or_, select

from workflows.store.pen import Pen
from workflows.store.tables import LEASES

NOBODY: Final = "any"
"""The owner of a lease that is no office: it only remembers a moment for all processes."""


class Leases:
    """Named leases; the row decides between two who want the same.

    `now` is one clock for all who may want it: the database's, where it has one of its own.
    """

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    async def take(self, name: str, owner: str, now: datetime, seconds: float) -> bool:
        """Take a lease, or prolong one's own; False while somebody else has it."""
        until = now + timedelta(seconds=seconds)
        insert = self._pen.insert(LEASES)
        free = or_(LEASES.c.owner == insert.excluded.owner, LEASES.c.until <= now)
        upsert = insert.on_conflict_do_update(
            index_elements=["name"],
            set_={"owner": insert.excluded.owner, "until": insert.excluded.until},
            where=free,
        ).returning(LEASES.c.owner)
        row = {"name": name, "owner": owner, "until": until}
        return bool(await self._pen.written(upsert, row))

    async def until(self, name: str) -> datetime | None:
        """When a lease ends or has ended (UTC); None when nobody ever took it or it was given back."""
        row = await self._pen.row(select(LEASES.c.until).where(LEASES.c.name == name))
        return row.until if row is not None else None

    async def inherit(self, owner: str) -> None:
        """End the leases of every other process; only for who knows that no other is alive."""
        others = LEASES.c.owner.not_in((owner, NOBODY))
        await self._pen.write(delete(LEASES).where(others))

    async def release_all(self, owner: str) -> None:
        """Give back every lease of an owner who is about to leave."""
        await self._pen.write(delete(LEASES).where(LEASES.c.owner == owner))

    async def release(self, name: str, owner: str) -> None:
        """Give a lease back; somebody else's stays theirs."""
        await self._pen.write(delete(LEASES).where(LEASES.c.name == name, LEASES.c.owner == owner))
