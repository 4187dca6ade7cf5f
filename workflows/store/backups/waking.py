"""What a restored database must know: time went on without it, and nobody knows what was said since (decision 0024)."""

from datetime import datetime
from typing import Final

from sqlalchemy import func, or_, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from workflows.store.backups.rows import counters_of, our_tables, set_counter
from workflows.store.tables import INTERVIEWS, OPEN, OUTBOX, PAUSES

TURNS_LOST: Final = 1_000_000
"""By so many turns every talk moves on: a button of the time that was lost belongs to none of them."""
NUMBERS_LOST: Final = 1_000_000
"""So many numbers are left out in every table: what was lost had numbers, too, and buttons name them."""
_CHAINED: Final = frozenset({"audit"})
_newest = (
    select(OUTBOX.c.person_id, func.max(OUTBOX.c.id).label("id"))
    .where(OUTBOX.c.focus.is_not(None), OUTBOX.c.person_id.is_not(None), OUTBOX.c.state != "cancelled")
    .group_by(OUTBOX.c.person_id)
    .subquery()
)


async def wake(connection: AsyncConnection, restored_to: datetime | None, now: datetime) -> int:
    """Pause the bot, and let nothing of the restored state pass for what people see now; returns how many letters wait.

    Letters that had not gone out may have gone since: they wait, as letters to many do. The card that was before a
    person may be followed by others that are not known: which question a text answers is asked.
    """
    await connection.execute(PAUSES.delete())
    await connection.execute(
        PAUSES.insert(), {"id": 1, "reason": "restored", "restored_to": restored_to, "at": now}
    )
    await connection.execute(update(INTERVIEWS).values(turn=INTERVIEWS.c.turn + TURNS_LOST))
    await _doubt_cards(connection)
    waiting = update(OUTBOX).where(text(OPEN))
    held = {"state": "uncertain", "bulk": True, "doubtful": True, "begun_again": False, "claim_owner": ""}
    found = await connection.execute(waiting.values(**held, claim_until=None, reason="restored"))
    tables = our_tables()
    counters = await counters_of(connection, tables)
    for table in tables:
        if table.name in counters and table.name not in _CHAINED:
            await set_counter(connection, table, counters[table.name] + NUMBERS_LOST)
    return found.rowcount


async def _doubt_cards(connection: AsyncConnection) -> None:
    """Forget where each person's newest card stands, and every earlier one about the same: later ones may be below."""
    card, newest = OUTBOX.alias("card"), OUTBOX.alias("newest")
    same = (
        select(card.c.id)
        .join(_newest, _newest.c.person_id == card.c.person_id)
        .join(newest, newest.c.id == _newest.c.id)
        .where(card.c.focus == newest.c.focus, newest.c.focus != "")
    )
    doubted = update(OUTBOX).where(OUTBOX.c.id.in_(same), or_(OUTBOX.c.state == "sent", text(OPEN)))
    await connection.execute(doubted.values(message_id=None, doubtful=True))
