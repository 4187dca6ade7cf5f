"""Updates: which were handled, which failed how often, and which were given up."""

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, select

from workflows.immutable import Immutable
from workflows.store.pen import Pen
from workflows.store.prepared import Prepared
from workflows.store.tables import DEAD_LETTERS, SEEN

_SEEN = Prepared(select(SEEN.c.update_id).where(SEEN.c.update_id.in_(bindparam("ids", expanding=True))))
_HANDLED = Prepared(SEEN.insert())
_ALL_PARKED = (
    select(
        *(DEAD_LETTERS.c[name] for name in ("update_id", "at", "attempts", "error")),
        DEAD_LETTERS.c.payload.is_not(None).label("is_kept"),
    )
    .where(DEAD_LETTERS.c.parked)
    .order_by(DEAD_LETTERS.c.at.desc(), DEAD_LETTERS.c.update_id.desc())
)
_PARKED_ONE = select(DEAD_LETTERS.c.payload).where(
    DEAD_LETTERS.c.update_id == bindparam("of"), DEAD_LETTERS.c.parked, DEAD_LETTERS.c.payload.is_not(None)
)
_PARKED = select(func.count()).select_from(DEAD_LETTERS).where(DEAD_LETTERS.c.parked)


class Parked(Immutable):
    """An update that was given up: when it was last tried (UTC), how often, why it failed, whether it is kept still."""

    update_id: int
    at: datetime
    attempts: int
    error: str
    is_kept: bool


def update_place(update_id: int) -> str:
    """Where an update that failed is sealed."""
    return f"update/{update_id}"


class Updates:
    """What came in. Ids are a set: they may jump down."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._handled: dict[int, datetime] = {}

    async def unseen(self, update_ids: Collection[int]) -> set[int]:
        """Those of these updates that were not handled."""
        rows = await self._pen.rows(_SEEN, {"ids": list(update_ids)}) if update_ids else []
        return set(update_ids) - {row.update_id for row in rows} - self._handled.keys()

    def mark_seen(self, update_ids: Collection[int], now: datetime) -> None:
        """These updates are handled. Should another process have handled one at the same time, this one fails."""
        self._handled.update({each: self._handled.get(each, now) for each in update_ids})

    async def failed(self, update_id: int, payload: bytes, error: str, now: datetime) -> int:
        """Note that an update could not be handled; returns how often that was so by now."""
        return await self._note(update_id, payload, error, now, parked=False)

    async def park(self, update_id: int, payload: bytes, error: str, now: datetime) -> None:
        """Give an update up: it is kept, sealed, for whoever looks after the bot."""
        await self._note(update_id, payload, error, now, parked=True)

    async def parked(self) -> int:
        """How many updates were given up."""
        row = await self._pen.row(_PARKED)
        return int(row[0]) if row is not None else 0

    async def all_parked(self) -> list[Parked]:
        """The updates that were given up, the last one first; never what they hold."""
        rows = await self._pen.rows(_ALL_PARKED)
        return [Parked(row.update_id, row.at, row.attempts, row.error, row.is_kept) for row in rows]

    async def take_again(self, update_id: int) -> bytes | None:
        """What an update held that was given up, which from now on was never seen; None where that is not kept."""
        row = await self._pen.row(_PARKED_ONE, {"of": update_id})
        if row is None:
            return None
        payload = self._pen.unseal(row.payload, update_place(update_id))
        for table in (DEAD_LETTERS, SEEN):
            await self._pen.write(delete(table).where(table.c.update_id == update_id))
        return payload

    async def forget(self, telegram_id: int) -> None:
        """Remove what a person sent that could not be handled."""
        await self._pen.write(delete(DEAD_LETTERS).where(DEAD_LETTERS.c.telegram_id == telegram_id))

    async def flush(self) -> None:
        """Write what waits."""
        handled, self._handled = self._handled, {}
        if handled:
            await self._pen.write(_HANDLED, [{"update_id": i, "at": at} for i, at in handled.items()])

    async def _note(self, update_id: int, payload: bytes, error: str, now: datetime, *, parked: bool) -> int:
        insert = self._pen.insert(DEAD_LETTERS)
        names = ("payload", "error", "at", "parked", "telegram_id")
        new: dict[str, Any] = {name: insert.excluded[name] for name in names}
        new["attempts"] = DEAD_LETTERS.c.attempts + 1
        upsert = insert.on_conflict_do_update(index_elements=["update_id"], set_=new)
        row = {
            "update_id": update_id,
            "telegram_id": _sender(payload),
            "attempts": 1,
            "parked": parked,
            "payload": self._pen.seal(payload, update_place(update_id)),
            "error": error,
            "at": now,
        }
        (written,) = await self._pen.written(upsert.returning(DEAD_LETTERS.c.attempts), row)
        return int(written.attempts)


def _sender(payload: bytes) -> int | None:
    """Who sent an update, so that it goes when they are forgotten; None where it does not say."""
    try:
        update = json.loads(payload)
    except ValueError:
        return None
    parts = update.values() if isinstance(update, dict) else ()
    senders = [
        part["from"] for part in parts if isinstance(part, dict) and isinstance(part.get("from"), dict)
    ]
    number = senders[0].get("id") if senders else None
    fits = isinstance(number, int) and abs(number) < 2**63
    return number if fits else None
