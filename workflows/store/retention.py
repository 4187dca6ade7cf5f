"""How long what passes by is kept: one table of periods, and the beat that keeps to it (docs/privacy.md)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, Delete, Update, delete, func, select, update

from workflows.store.pen import Pen
from workflows.store.tables import DEAD_LETTERS, OUTBOX, SEEN
from workflows.store.tables_calendar import REMINDERS
from workflows.store.tables_desk import SUPPORT_REQUESTS

CARDS_KEPT: Final = 50
"""So many of each person's newest cards stay, so that a text can bind to them."""

Until = Callable[[datetime], Delete | Update]
"""What is done about the rows from before a moment."""


@dataclass(frozen=True)
class Rule:
    """What goes after a period, told in the documents by `name`; `statement` is given the moment before which."""

    name: str
    what: str
    after: timedelta
    statement: Until


def _newest_cards() -> Any:
    newest = func.row_number().over(partition_by=OUTBOX.c.person_id, order_by=OUTBOX.c.id.desc())
    ranked = select(OUTBOX.c.id, newest.label("place")).where(
        OUTBOX.c.focus.is_not(None), OUTBOX.c.person_id.is_not(None)
    )
    cards = ranked.subquery()
    return select(cards.c.id).where(cards.c.place <= CARDS_KEPT)


def _emptied(column: Column[Any], since: Column[Any], *also: ColumnElement[bool]) -> Until:
    """Empties a column of the rows whose moment has come."""
    return lambda before: (
        update(column.table).where(since <= before, column.is_not(None), *also).values({column.name: None})
    )


def _removed(since: Column[Any], *also: ColumnElement[bool]) -> Until:
    """Removes the rows whose moment has come."""
    return lambda before: delete(since.table).where(since <= before, *also)


_UNPARKED: Final = DEAD_LETTERS.c.parked.is_(False)

RULES: Final = (
    Rule(
        "outbox.payload",
        "the content of a letter, after it was sent, failed or was cancelled",
        timedelta(hours=24),
        _emptied(OUTBOX.c.payload, OUTBOX.c.settled_at),
    ),
    Rule(
        # Telegram may give update ids anew after a week of silence; a reminder's key is its own for ever.
        "outbox.key",
        "the key under which a letter of the talk was said, after it was settled",
        timedelta(days=14),
        _emptied(OUTBOX.c.key, OUTBOX.c.settled_at, OUTBOX.c.bulk.is_(False)),
    ),
    Rule(
        "outbox",
        "the row of a letter, after it was settled; each person's newest cards stay",
        timedelta(days=90),
        _removed(OUTBOX.c.settled_at, OUTBOX.c.id.not_in(_newest_cards())),
    ),
    Rule(
        "dead_letter.payload",
        "an update that could not be handled, after it was last tried",
        timedelta(hours=48),
        _emptied(DEAD_LETTERS.c.payload, DEAD_LETTERS.c.at),
    ),
    Rule(
        "dead_letter.handled",
        "that an update could not be handled, once a later try went well",
        timedelta(0),
        lambda _before: delete(DEAD_LETTERS).where(
            _UNPARKED, DEAD_LETTERS.c.update_id.in_(select(SEEN.c.update_id))
        ),
    ),
    Rule(
        "dead_letter",
        "that an update could not be handled, if it was not given up",
        timedelta(days=14),
        _removed(DEAD_LETTERS.c.at, _UNPARKED),
    ),
    Rule(
        "dead_letter.parked",
        "that an update was given up",
        timedelta(days=90),
        _removed(DEAD_LETTERS.c.at),
    ),
    Rule(
        "seen",
        "the number of an update that was handled",
        timedelta(days=14),
        _removed(SEEN.c.at),
    ),
    Rule(
        # A plan never reaches back so far, so that no key comes anew.
        "reminder",
        "a reminder, after it was said or dropped",
        timedelta(days=730),
        _removed(REMINDERS.c.settled_at),
    ),
    Rule(
        "support_request.draft",
        "a request for support that was begun and never sent",
        timedelta(days=7),
        lambda before: delete(SUPPORT_REQUESTS).where(
            SUPPORT_REQUESTS.c.state == "draft", SUPPORT_REQUESTS.c.at < before
        ),
    ),
)
"""Everything that goes by itself; what goes when it is removed or when somebody is erased is not here."""


async def tidy(pen: Pen, now: datetime) -> int:
    """Let everything go whose time has passed at `now` (UTC); returns how many rows that changed.

    What goes is overwritten on SQLite: in the file by `secure_delete`, in its log when the transaction has ended.
    """
    await pen.flush()
    changed = 0
    for rule in RULES:
        changed += await pen.write(rule.statement(now - rule.after))
    pen.forgets = pen.forgets or changed > 0
    return changed
