"""The store and its transaction: the only place that commits, and then everything or nothing."""

import asyncio
import uuid
from collections import Counter
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import Column, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from workflows.store.alone import Alone
from workflows.store.announcements import Announcements
from workflows.store.assessments import Assessments
from workflows.store.audit import Audit
from workflows.store.backups.waking import wake
from workflows.store.cache import Cache
from workflows.store.calendars import Calendars
from workflows.store.cipher import Cipher
from workflows.store.claims import Claims
from workflows.store.clearance import Clearance
from workflows.store.consents import Consents
from workflows.store.consultations import Consultations
from workflows.store.cycles import Cycles
from workflows.store.drafts import Drafts
from workflows.store.earlier import Earlier
from workflows.store.engine import (
    BEGIN,
    BUSY_MILLISECONDS,
    CANNOT_CONNECT,
    check,
    engine_of,
    file_of,
    is_away,
    is_busy,
    kind_of,
    migrate,
)
from workflows.store.evidence import Evidence
from workflows.store.hand_overs import HandOvers
from workflows.store.hosting import Hosting
from workflows.store.inputs import Inputs
from workflows.store.interviews import Interviews
from workflows.store.invitations import Invitations
from workflows.store.key_watch import REMEDY, KeyAway, KeyWatch
from workflows.store.leases import Leases
from workflows.store.minutes import Minutes
from workflows.store.notes import Notes
from workflows.store.outbox import Outbox
from workflows.store.papers import paper_name
from workflows.store.pauses import Pauses
from workflows.store.pen import Pen
from workflows.store.people import People
from workflows.store.preferences import Preferences
from workflows.store.registrations import Registrations
from workflows.store.remarks import Remarks
from workflows.store.reminders import Reminders
from workflows.store.retention import Sweep, tidy
from workflows.store.rotation import Key, open_all, reseal, sealed_earlier
from workflows.store.sharing import Sharing
from workflows.store.soundness import Soundness
from workflows.store.sqlite_driver import SqliteConnection
from workflows.store.standings import Standings
from workflows.store.support import Support
from workflows.store.taking_part import Participation
from workflows.store.updates import Updates
from workflows.store.values import Kind, StoreAway, StoreRefused

__all__ = ["Store", "StoreAway", "StoreRefused", "Work", "migrate"]

# In one order everywhere, so that two processes never wait for each other.
_LOCK_PEOPLE = text("SELECT pg_advisory_xact_lock(person) FROM unnest(cast(:people AS bigint[])) AS person")

_TIME = text("SELECT clock_timestamp()")
_CLOSE_SECONDS = 3.0
_SCRUB_AGAIN = 1.0
"""Seconds after which the log is looked at again while a reader holds what is to be overwritten."""

log = structlog.stdlib.get_logger(__name__)


class Work:
    """One transaction: the repositories, and what they wait to write. Nothing of it outlives its block."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self.audit = Audit(pen)
        self.cycles = Cycles(pen)
        self.drafts = Drafts(pen, self.cycles)
        self.clearance = Clearance(pen, self.cycles, self.drafts)
        self.earlier = Earlier(pen, self.cycles)
        self.sharing = Sharing(pen, self.drafts)
        self.remarks = Remarks(pen)
        self.consents = Consents(pen)
        self.interviews = Interviews(pen)
        self.reminders = Reminders(pen)
        self.outbox = Outbox(pen, lost=self.reminders.lose, found=self.reminders.find)
        self.updates = Updates(pen)
        self.invitations = Invitations(pen)
        self.leases = Leases(pen)
        self.soundness = Soundness(pen)
        self.pauses = Pauses(pen, lost=self.reminders.lose)
        self.calendars = Calendars(pen)
        self.preferences = Preferences(pen)
        self.taking_part = Participation(pen)
        self.registrations = Registrations(pen)
        self.minutes = Minutes(pen)
        self.hosting = Hosting(pen)
        self.hand_overs = HandOvers(pen)
        self.notes = Notes(pen)
        self.assessments = Assessments(pen)
        self.consultations = Consultations(pen)
        self.evidence = Evidence(pen)
        self.support = Support(pen)
        self.standings = Standings(pen)
        self.announcements = Announcements(pen)
        self.claims = Claims(pen)
        self.inputs = Inputs(pen)
        self.people = People(pen)
        pen.flush = self.flush
        pen.forget = self._forget

    async def prefetch(self, telegram_ids: Collection[int], cards_of: Collection[int] = ()) -> None:
        """Load all that turns of these people need in a handful of statements, and take their lanes on PostgreSQL.

        `cards_of` are those of them who sent a text, for which the newest cards are needed.
        """
        ids = sorted(set(telegram_ids))
        if not ids:
            return
        if self._pen.kind == "postgresql":
            await self._pen.rows(_LOCK_PEOPLE, {"people": ids})
        people = await self.people.prefetch(ids)
        places = [person.membership for person in people]
        papers = {(p.cycle_id, paper_name(p.actor, p.country)) for p in places if p is not None and p.country}
        await self.drafts.prefetch(papers)
        await self.interviews.prefetch([person.id for person in people])
        texters = set(cards_of)
        await self.outbox.prefetch_cards([person.id for person in people if person.telegram_id in texters])

    async def flush(self) -> None:
        """Write what waits, a few statements for all of it."""
        for subject in (self.drafts, self.interviews, self.outbox, self.updates, self.audit):
            await subject.flush()

    def afterwards(self, do: Callable[[], None]) -> None:
        """Do something as soon as all of this is on disk, and only then."""
        self._pen.after_commit.append(do)

    async def sealed_earlier(self, column: Column[Any], last: Key | None) -> Sequence[tuple[Key, int]]:
        """The next rows after one of them with an earlier key's value in a column, and its size; none at the end."""
        return await sealed_earlier(self._pen, column, last)

    async def reseal(self, column: Column[Any], keys: Sequence[Key]) -> int:
        """Seal a column's values in these rows with the newest key; returns how many were not yet."""
        return await reseal(self._pen, column, keys)

    async def tidy(self, now: datetime, sweep: Sweep | None = None) -> int:
        """Let some of that go whose time has passed at `now` (UTC); returns how many rows that changed.

        A round is this again and again with the same sweep, until nothing changes and the sweep is done.
        """
        return await tidy(self._pen, now, sweep or Sweep())

    async def open_all(self) -> int:
        """Open every sealed value and forget it; how many there are. Raises KeyRefused where one does not open."""
        return await open_all(self._pen)

    async def wake(self, now: datetime) -> int:
        """Take the database for one of an earlier moment, and pause; returns how many letters wait for a word."""
        await self.flush()
        return await wake(self._pen.connection, None, now)

    async def _forget(self, person_id: int, telegram_id: int) -> None:
        await self.flush()
        await self.outbox.forget(person_id, telegram_id)
        await self.updates.forget(telegram_id)
        authored = (
            self.drafts, self.minutes, self.notes, self.assessments, self.consultations, self.evidence,
            self.clearance, self.sharing, self.remarks, self.consents, self.taking_part, self.calendars,
            self.hand_overs,
        )  # fmt: skip
        for subject in authored:
            await subject.forget_author(person_id)
        for owned in (
            self.interviews, self.preferences, self.registrations, self.reminders, self.support,
            self.announcements, self.claims, self.inputs,
        ):  # fmt: skip
            await owned.forget(person_id)


class Store:
    """A database, judged fit at opening. `owner` names this process in claims; `lease_seconds` is their length.

    `file` is where it lies and `alone` the mark of the one bot on it, None on a server; `troubles` counts how often it
    was busy or away.
    """

    def __init__(self, engine: AsyncEngine, kind: Kind, cipher: Cipher) -> None:
        self._engine = engine
        self._cipher = cipher
        self._cache = Cache()
        self._writing = asyncio.Lock()
        self._to_scrub = False
        self._scrub_at = 0.0
        self._key_watch = KeyWatch(cipher)
        self.kind = kind
        self.file = file_of(engine.url)
        self.alone = Alone(self.file) if self.file is not None else None
        self.troubles: Counter[str] = Counter()
        self.owner = uuid.uuid4().hex
        self.lease_seconds: float = 60

    @classmethod
    async def open(cls, url: str, cipher: Cipher) -> "Store":
        """The database at an address; raises StoreRefused when it is away, damaged, not migrated, or sealed otherwise.

        Call `migrate` first: no file is made here, and nothing is opened whose schema is not the newest.
        """
        engine = engine_of(url, makes_file=False)
        store = cls(engine, kind_of(url), cipher)
        try:
            await check(engine, url, cipher)
        except BaseException:
            await engine.dispose()
            raise
        return store

    async def close(self) -> None:
        """Let go of the database, also where it does not answer."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._engine.dispose(), _CLOSE_SECONDS)
        if self.alone is not None:
            self.alone.release()

    def hindrance(self) -> str:
        """Which of the settings keeps every transaction away, with the remedy; empty where none does."""
        return REMEDY if self._key_watch.missing else ""

    async def inherit_claims(self, now: datetime) -> int | None:
        """Make uncertain at once what a bot before this one had in hand when it died; returns how many letters.

        Its leases end as well. Only a bot calls this, once. None where other bots may be alive, so that the leases
        must decide: on PostgreSQL always, on SQLite while another one has the file.
        """
        if self.alone is None or not self.alone.claim():
            return None
        async with self.transaction() as work:
            await work.leases.inherit(self.owner)
            return await work.outbox.end_claims_of_others(now)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Work]:
        """A transaction that commits when its block ends well, and leaves nothing when it does not.

        Letters that were posted may be sent once the block has ended. Raises StoreAway where the database is.
        """
        pen: Pen | None = None
        is_written = False
        try:
            async with self._one_writer(), self._connected() as plain:
                connection = await plain.execution_options(**{BEGIN: "IMMEDIATE"})
                await connection.begin()
                line = (await connection.get_raw_connection()).driver_connection
                pen = self._pen(connection, writable=True, line=line)
                try:
                    await self._key_watch.judge(pen)
                except KeyAway:
                    self.troubles["key missing"] += 1
                    raise
                work = Work(pen)
                yield work
                await work.flush()
                await connection.commit()
                is_written = True
        finally:
            try:
                await self._put_down(pen)
            except StoreAway as away:
                if not is_written:
                    raise  # whoever asked does so again, and is denied again
                log.error("denial_not_noted", reason=str(away))  # noqa: TRY400 - kind and place say nothing more
        for done in pen.after_commit:
            done()
        pen.after_commit.clear()
        self._to_scrub = self._to_scrub or pen.forgets
        await self._scrub_when_due()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Work]:
        """A look at one moment of the database; writing raises ReadOnly. Raises StoreAway where the database is."""
        pen: Pen | None = None
        try:
            async with self.snapshot() as connection:
                pen = self._pen(connection, writable=False)
                work = Work(pen)
                yield work
                await work.flush()
        finally:
            await self._put_down(pen)

    async def time(self) -> datetime | None:
        """What the database's own clock says; None for SQLite, which has the machine's. Raises StoreAway."""
        if self.kind != "postgresql":
            return None
        async with self._connected() as connection:
            row = (await connection.execute(_TIME)).one()
        moment: datetime = row[0]
        return moment

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncConnection]:
        """A connection that sees one moment of the database, for other rooms of the store. Raises StoreAway."""
        async with self._connected() as plain:
            options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
            yield await plain.execution_options(**(options if self.kind == "postgresql" else {}))

    async def _scrub_when_due(self) -> None:
        """Scrub where there is need; what was written stays written whatever becomes of that, and it is tried again."""
        moment = asyncio.get_running_loop().time()
        if not self._to_scrub or moment < self._scrub_at:
            return
        self._scrub_at = moment + _SCRUB_AGAIN
        try:
            self._to_scrub = not await self.scrub()
        except Exception as error:  # noqa: BLE001 - whoever committed must not take it for undone
            log.warning("scrub_failed", kind=type(error).__name__, place=str(self.file))
        if not self._to_scrub:
            self._scrub_at = 0.0

    async def scrub(self) -> bool:
        """Overwrite what SQLite still holds of removed rows in its log; False when a reader is in the way.

        A reader, such as a backup, is not waited for: whoever writes would wait as well.
        """
        if self.kind != "sqlite":
            return True
        async with self._engine.connect() as plain:
            connection = await plain.execution_options(**{BEGIN: "NONE"})
            await connection.execute(text("PRAGMA busy_timeout=0"))
            try:
                row = (await connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))).one()
            finally:
                await connection.execute(text(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}"))
        return not row[0]

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[AsyncConnection]:
        """A connection for the block; what says that the database is away is raised as StoreAway."""
        try:
            connection = await self._engine.connect()
        except CANNOT_CONNECT as error:
            self.troubles["database away"] += 1
            raise StoreAway(type(error).__name__) from error
        try:
            yield connection
        except DBAPIError as error:
            if is_away(error):
                self.troubles["database busy" if is_busy(error) else "database away"] += 1
                raise StoreAway(str(error.orig).partition("\n")[0]) from error
            raise
        finally:
            await connection.close()

    @asynccontextmanager
    async def _one_writer(self) -> AsyncIterator[None]:
        """SQLite has one writer; who waits here in line does not wait there by trying again and again."""
        if self.kind != "sqlite":
            yield
            return
        async with self._writing:
            yield

    async def _put_down(self, pen: Pen | None) -> None:
        """A denial undoes everything but its own line in the audit; the database's clock gives the time."""
        if pen is None:
            return
        pen.let_go()
        if not pen.denials:
            return
        async with self._one_writer(), self._connected() as plain:
            connection = await plain.execution_options(**{BEGIN: "IMMEDIATE"})
            await Audit(self._pen(connection, writable=True)).note_denials(pen.denials)
            await connection.commit()

    def _pen(self, connection: AsyncConnection, *, writable: bool, line: object = None) -> Pen:
        return Pen(
            connection,
            cipher=self._cipher,
            kind=self.kind,
            cache=self._cache,
            owner=self.owner,
            lease_seconds=self.lease_seconds,
            writable=writable,
            line=line if isinstance(line, SqliteConnection) else None,
        )
