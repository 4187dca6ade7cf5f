"""Fates: what a settlement makes of a letter's row."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row

from workflows.store.values import Delivered, RetryLater, Settlement

ONCE_ONLY: Final = frozenset({"my_data", "calendar_file", "template_file"})
"""What is not said again when it may have arrived: a document, which can be asked for anew."""


def change_of(row: Row[Any], settlement: Settlement) -> dict[str, Any] | None:
    """What a settlement makes of a row; None when it comes too late to matter."""
    at, outcome = settlement.at, settlement.outcome
    if isinstance(outcome, Delivered):
        if row.state == "sent":
            return None
        message = row.message_id or outcome.message_id or row.edits
        doubt = row.doubtful or (message is None and row.focus is not None)
        return row_as(row.id, "sent", None, "", at, doubt=doubt, message=message)
    if row.state not in ("claimed", "uncertain"):
        return None
    if not isinstance(outcome, RetryLater):
        return row_as(row.id, "failed", None, outcome.reason, at, doubt=row.doubtful, message=row.message_id)
    if row.state == "claimed" and settlement.attempts not in (None, row.attempts):
        return None  # somebody else has it in hand by now, and would get it a second time
    if not outcome.ambiguous:
        doubt = row.doubtful
        return row_as(row.id, "queued", outcome.at, outcome.reason, None, doubt=doubt, message=row.message_id)
    if row.state == "uncertain":
        return None  # its lease ended meanwhile, and this sending is in doubt already: it is no second one
    fails = row.doubtful or row.topic in ONCE_ONLY
    state, settled = ("failed", at) if fails else ("uncertain", None)
    return row_as(row.id, state, outcome.at, outcome.reason, settled, doubt=True, message=row.message_id)


def row_as(  # noqa: PLR0913 - the columns that a settlement changes
    of: int,
    state: str,
    due: datetime | None,
    why: str,
    settled: datetime | None,
    *,
    doubt: bool,
    message: int | None,
) -> dict[str, Any]:
    """What the statement that changes a row is given; a time that is None stays as it was, or is none."""
    return {
        "of": of,
        "new_state": state,
        "new_due": due,
        "why": why,
        "settled": settled,
        "doubt": doubt,
        "message": message,
    }


def has_failed(change: dict[str, Any] | None) -> bool:
    """Whether a change gives a letter up."""
    return change is not None and change["new_state"] == "failed"


def is_nameless(row: Row[Any]) -> bool:
    """Whether a letter is to somebody who was just forgotten; a group has no person, and is none."""
    return row.person_id is None and (row.chat_id is None or row.chat_id > 0)


def has_ended(change: dict[str, Any] | None) -> bool:
    """Whether a letter is done with after a change, well or not."""
    return change is not None and change["settled"] is not None
