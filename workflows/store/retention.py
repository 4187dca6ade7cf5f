"""How long what passes by is kept: one table of periods, and the beat that keeps to it (docs/privacy.md)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    Column,
    ColumnElement,
    Delete,
    Table,
    Update,
    and_,
    delete,
    exists,
    not_,
    select,
    tuple_,
    update,
)

from workflows.immutable import Immutable
from workflows.store.pen import Pen
from workflows.store.tables import DEAD_LETTERS, OUTBOX, PEOPLE, SEEN
from workflows.store.tables_calendar import HAND_OVERS, REMINDERS
from workflows.store.tables_desk import SUPPORT_REQUESTS
from workflows.store.tables_inputs import WRITTEN_INPUTS
from workflows.store.tables_passage import ASSESSMENTS, EVIDENCE, EVIDENCE_CONTENTS

CARDS_KEPT: Final = 50
"""So many of each person's newest cards stay, so that a text can bind to them."""
AT_ONCE: Final = 1000
"""So many rows change in one transaction at most, and of letters no more are looked at: others write in between."""

Due = Callable[[datetime], ColumnElement[bool]]
"""Which rows go, by the moment from before which they are."""


@dataclass
class Sweep:
    """How far one round has come through the old letters, of which many stay: it looks at none of them twice."""

    at: datetime | None = None
    number: int = 0
    done: bool = False


class Rule(Immutable):
    """What goes after a period, told in the documents by `name`: rows of `table`, or one column of them.

    `spared` says which of them stay all the same; only a sweep finds the others, since those that stay become many.
    """

    name: str
    what: str
    after: timedelta
    table: Table
    due: Due
    empties: str = ""
    spared: ColumnElement[bool] | None = None

    def statement(self, now: datetime, most: int) -> Delete | Update:
        """Lets at most so many go of what is due at `now` (UTC)."""
        keys = tuple(self.table.primary_key.columns)
        row = keys[0] if len(keys) == 1 else tuple_(*keys)
        some = row.in_(select(*keys).where(self.due(now - self.after)).limit(most))
        if self.empties:
            return update(self.table).where(some).values({self.empties: None})
        return delete(self.table).where(some)


def _since(column: Column[Any], *also: ColumnElement[bool]) -> Due:
    return lambda before: and_(column <= before, *also)


def _of_erased(person: Column[Any]) -> Due:
    return lambda before: person.in_(select(PEOPLE.c.id).where(PEOPLE.c.erased_at <= before))


def _of_erased_with(column: Column[Any]) -> Due:
    """Written inputs of the erased in which a column still holds something."""
    writer = WRITTEN_INPUTS.c.person_id
    return lambda before: and_(column.is_not(None), _of_erased(writer)(before))


def _is_newest_card() -> ColumnElement[bool]:
    """Whether a letter is a card, and not so many cards of the same person have been posted since."""
    newer = OUTBOX.alias("newer")
    enough_newer = (
        select(newer.c.id)
        .where(newer.c.person_id == OUTBOX.c.person_id, newer.c.id > OUTBOX.c.id, newer.c.focus.is_not(None))
        .order_by(newer.c.id)
        .limit(1)
        .offset(CARDS_KEPT - 1)
        .correlate(OUTBOX)
        .scalar_subquery()
    )
    return and_(OUTBOX.c.focus.is_not(None), OUTBOX.c.person_id.is_not(None), enough_newer.is_(None))


FILLED_FOR: Final = timedelta(days=14)
_UNPARKED: Final = DEAD_LETTERS.c.parked.is_(False)

RULES: Final = (
    Rule(
        "outbox.payload",
        "the content of a letter, after it was sent, failed or was cancelled",
        timedelta(hours=24),
        OUTBOX,
        _since(OUTBOX.c.settled_at, OUTBOX.c.payload.is_not(None)),
        empties="payload",
    ),
    Rule(
        # Telegram may give update ids anew after a week of silence; a reminder's key is its own for ever.
        "outbox.key",
        "the key under which a letter of the talk was said, after it was settled",
        timedelta(days=14),
        OUTBOX,
        _since(OUTBOX.c.settled_at, OUTBOX.c.key.is_not(None), OUTBOX.c.bulk.is_(False)),
        empties="key",
    ),
    Rule(
        "outbox",
        "the row of a letter, after it was settled; each person's newest cards stay",
        timedelta(days=90),
        OUTBOX,
        _since(OUTBOX.c.settled_at),
        spared=_is_newest_card(),
    ),
    Rule(
        "dead_letter.payload",
        "an update that could not be handled, after it was last tried",
        timedelta(hours=48),
        DEAD_LETTERS,
        _since(DEAD_LETTERS.c.at, DEAD_LETTERS.c.payload.is_not(None)),
        empties="payload",
    ),
    Rule(
        "dead_letter.handled",
        "that an update could not be handled, once a later try went well",
        timedelta(0),
        DEAD_LETTERS,
        lambda _before: and_(
            _UNPARKED, exists().where(SEEN.c.update_id == DEAD_LETTERS.c.update_id).correlate(DEAD_LETTERS)
        ),
    ),
    Rule(
        "dead_letter",
        "that an update could not be handled, if it was not given up",
        timedelta(days=14),
        DEAD_LETTERS,
        _since(DEAD_LETTERS.c.at, _UNPARKED),
    ),
    Rule(
        "dead_letter.parked",
        "that an update was given up",
        timedelta(days=90),
        DEAD_LETTERS,
        _since(DEAD_LETTERS.c.at),
    ),
    Rule(
        "seen",
        "the number of an update that was handled",
        timedelta(days=14),
        SEEN,
        _since(SEEN.c.at),
    ),
    Rule(
        # A plan never reaches back so far, so that no key comes anew.
        "reminder",
        "a reminder, after it was said or dropped",
        timedelta(days=730),
        REMINDERS,
        _since(REMINDERS.c.settled_at),
    ),
    Rule(
        "support_request.draft",
        "a request for support that was begun and never sent",
        timedelta(days=7),
        SUPPORT_REQUESTS,
        lambda before: and_(SUPPORT_REQUESTS.c.state == "draft", SUPPORT_REQUESTS.c.at < before),
    ),
    Rule(
        "written_input.draft",
        "a written input that was begun and never sent, after its last change",
        timedelta(days=60),
        WRITTEN_INPUTS,
        lambda before: and_(WRITTEN_INPUTS.c.state == "draft", WRITTEN_INPUTS.c.at < before),
    ),
    Rule(
        # Erasing lets them go at once; a bot of before written inputs does not know of it.
        "written_input",
        "a written input that is not public, once its writer was erased",
        timedelta(0),
        WRITTEN_INPUTS,
        lambda before: and_(
            WRITTEN_INPUTS.c.state != "published", _of_erased(WRITTEN_INPUTS.c.person_id)(before)
        ),
    ),
    *(
        Rule(
            f"written_input.{column.name}",
            "the words, the name and the writer of one that is public, once the writer was erased",
            timedelta(0),
            WRITTEN_INPUTS,
            _of_erased_with(column),
            empties=column.name,
        )
        for column in (WRITTEN_INPUTS.c.pieces, WRITTEN_INPUTS.c.name, WRITTEN_INPUTS.c.person_id)
    ),
    Rule(
        "evidence_content.filled",
        "what a document holds that was sent for its answers, after it was sent",
        FILLED_FOR,
        EVIDENCE_CONTENTS,
        lambda before: EVIDENCE_CONTENTS.c.file_key.in_(
            select(EVIDENCE.c.file_key).where(EVIDENCE.c.prompt == "", EVIDENCE.c.at <= before)
        ),
    ),
    Rule(
        "evidence.filled",
        "that such a document was sent, once nothing of it is there",
        FILLED_FOR,
        EVIDENCE,
        lambda before: and_(
            EVIDENCE.c.prompt == "",
            EVIDENCE.c.at <= before,
            ~exists().where(EVIDENCE_CONTENTS.c.file_key == EVIDENCE.c.file_key).correlate(EVIDENCE),
        ),
    ),
    *(
        # Erasing forgets them at once; a bot of before the self-assessment does not know of it.
        Rule(
            f"assessment.{column.name}",
            "who marked or noted a principle, once they were erased",
            timedelta(0),
            ASSESSMENTS,
            _of_erased(column),
            empties=column.name,
        )
        for column in (ASSESSMENTS.c.marked_by, ASSESSMENTS.c.noted_by)
    ),
    Rule(
        # A bot of before hand-overs does not know of it.
        "hand_over.author_id",
        "who noted that something was handed over, once they were erased",
        timedelta(0),
        HAND_OVERS,
        _of_erased(HAND_OVERS.c.author_id),
        empties="author_id",
    ),
)
"""Everything that goes by itself; what goes when it is removed or when somebody is erased is not here."""


async def tidy(pen: Pen, now: datetime, sweep: Sweep) -> int:
    """Let some of that go whose time has passed at `now` (UTC); returns how many rows that changed.

    At the end of a round it is none, and its sweep is done. At most `AT_ONCE` rows change, so that others may write
    between two of these.
    What goes is overwritten on SQLite: in the file by `secure_delete`, in its log when the transaction has ended.
    """
    await pen.flush()
    changed = 0
    for rule in RULES:
        left = AT_ONCE - changed
        if not left:
            break
        if rule.spared is None:
            changed += await pen.write(rule.statement(now, left))
        elif not sweep.done:
            changed += await _sweep(pen, rule.spared, now - rule.after, left, sweep)
    pen.forgets = pen.forgets or changed > 0
    return changed


async def _sweep(pen: Pen, spared: ColumnElement[bool], before: datetime, most: int, sweep: Sweep) -> int:
    """Go on through the letters that were settled before a moment (UTC), and let those go that are not spared."""
    place = tuple_(OUTBOX.c.settled_at, OUTBOX.c.id)
    old = select(OUTBOX.c.id, OUTBOX.c.settled_at).where(OUTBOX.c.settled_at <= before)
    if sweep.at is not None:
        old = old.where(OUTBOX.c.settled_at >= sweep.at, place > tuple_(sweep.at, sweep.number))
    rows = await pen.rows(old.order_by(OUTBOX.c.settled_at, OUTBOX.c.id).limit(most))
    sweep.done = len(rows) < most
    if not rows:
        return 0
    sweep.number, sweep.at = rows[-1].id, rows[-1].settled_at
    return await pen.write(delete(OUTBOX).where(OUTBOX.c.id.in_([row.id for row in rows]), not_(spared)))
