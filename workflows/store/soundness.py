"""Soundness: what those who look after a database ask of it, in counts and yes or no; no row's content leaves here."""

from datetime import datetime
from typing import Final

from sqlalchemy import LargeBinary, func, literal, select, text

from workflows.immutable import Immutable
from workflows.store import schema
from workflows.store.answer_rows import answer_place
from workflows.store.pen import Pen
from workflows.store.people import name_place
from workflows.store.tables import ANSWERS, LEASES, OPEN, OUTBOX, PEOPLE, SEALED
from workflows.store.tables_calendar import PLANNED, REMINDERS

PROBE: Final = "probe"

_WAITING = (
    select(
        OUTBOX.c.state,
        OUTBOX.c.bulk,
        func.count().label("letters"),
        func.min(OUTBOX.c.due_at).label("oldest"),
    )
    .where(text(OPEN))
    .group_by(OUTBOX.c.state, OUTBOX.c.bulk)
)
_REMINDERS = select(func.count().label("reminders"), func.min(REMINDERS.c.due_at).label("oldest")).where(
    text(PLANNED)
)
_NEWEST_NAME = (
    select(PEOPLE.c.id, PEOPLE.c.name).where(PEOPLE.c.name.is_not(None)).order_by(PEOPLE.c.id.desc()).limit(1)
)
_NEWEST_ANSWER = (
    select(ANSWERS.c.submission_id, ANSWERS.c.prompt, ANSWERS.c.number, ANSWERS.c.value)
    .where(ANSWERS.c.value.is_not(None))
    .order_by(ANSWERS.c.id.desc())
    .limit(1)
)
_REVISION = text("SELECT version_num FROM alembic_version")


class Waiting(Immutable):
    """Letters that wait in one state; `late` is how many seconds ago the first of them was due, never below 0."""

    state: str
    bulk: bool
    letters: int
    late: float


class Measures(Immutable):
    """How much waits in the database; `reminders` are due, `reminders_late` says for how many seconds the first is."""

    waiting: tuple[Waiting, ...]
    reminders: int
    reminders_late: float


class Soundness:
    """Asks the database about itself."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen

    async def write_probe(self, now: datetime) -> None:
        """Write one small row, always the same; raises what keeps rows from being written."""
        insert = self._pen.insert(LEASES)
        said = {"owner": insert.excluded.owner, "until": insert.excluded.until}
        # Not taken as a lease is: one that another replica wrote a moment ahead of us would let nothing be written.
        upsert = insert.on_conflict_do_update(index_elements=["name"], set_=said)
        await self._pen.write(upsert, {"name": PROBE, "owner": self._pen.owner, "until": now})

    async def revision(self) -> str:
        """The schema that the database has."""
        row = await self._pen.row(_REVISION)
        return str(row[0]) if row is not None else ""

    async def measures(self, now: datetime) -> Measures:
        """How much waits, and for how long."""
        rows = await self._pen.rows(_WAITING)
        waiting = tuple(Waiting(row.state, row.bulk, row.letters, _late(row.oldest, now)) for row in rows)
        due = await self._pen.row(_REMINDERS.where(REMINDERS.c.due_at <= now))
        if due is None:
            return Measures(waiting, 0, 0.0)
        return Measures(waiting, due.reminders, _late(due.oldest, now))

    async def integrity(self) -> str:
        """What SQLite finds when it looks through its file, "ok" where that is nothing; a server looks itself."""
        row = await self._pen.row(text("PRAGMA quick_check(3)")) if self._pen.kind == "sqlite" else None
        return str(row[0]) if row is not None else "ok"

    async def journal(self) -> str:
        """How SQLite keeps its journal, "wal" where all is well; "" on a server."""
        row = await self._pen.row(text("PRAGMA journal_mode")) if self._pen.kind == "sqlite" else None
        return str(row[0]) if row is not None else ""

    async def opened(self) -> int:
        """Open the newest name and the newest answer; how many there were. Raises KeyRefused."""
        name = await self._pen.row(_NEWEST_NAME)
        answer = await self._pen.row(_NEWEST_ANSWER)
        if name is not None:
            self._pen.unseal(name.name, name_place(name.id))
        if answer is not None:
            self._pen.unseal(answer.value, answer_place(answer.submission_id, answer.prompt, answer.number))
        return sum(each is not None for each in (name, answer))

    async def sealed_before(self) -> list[str]:
        """The columns in which something is still sealed with an earlier key."""
        head = literal(self._pen.cipher.head, LargeBinary)
        found = []
        for column in SEALED:
            outdated = column.is_not(None), func.substr(column, 1, len(self._pen.cipher.head)) != head
            if await self._pen.row(select(column.table.c[column.key]).where(*outdated).limit(1)) is not None:
                found.append(str(column))
        return found


def is_at_head(revision: str) -> bool:
    """Whether a schema is ours or a later one: while a new version is rolled out, the old one works on beside it."""
    return revision >= schema.HEAD


def _late(oldest: datetime | None, now: datetime) -> float:
    return max(0.0, (now - oldest).total_seconds()) if oldest is not None else 0.0
