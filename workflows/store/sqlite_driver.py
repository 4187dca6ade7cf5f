"""SQLite at hand: short statements run where they are asked for, and only what may last goes to a thread.

A statement of a turn takes SQLite some ten microseconds; handing it to a thread and back takes longer, four times over
with a driver that does so for each step. What waits for the disk or for a lock (COMMIT, BEGIN IMMEDIATE), and what may
touch any number of rows or carries large values, must not hold up the loop and is handed over still. While the thread
has a connection, nothing else touches it: whoever gives up waiting leaves the connection to the thread, to its end.
"""

import asyncio
import contextlib
import sqlite3
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Final, TypeVar

from sqlalchemy import URL, Pool
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.pool import AsyncAdaptedQueuePool
from sqlalchemy.util.concurrency import await_, in_greenlet

DRIVER: Final = "sqlite+rafiq"
STEP: Final = 1_000
"""After so many instructions of SQLite's machine it is asked whether a look lasts too long: some ten microseconds."""
STEPS: Final = 200
"""A look of more steps is begun anew in the thread: some milliseconds are lost, and the loop was held up no longer."""
FEW: Final = 500
"""So many rows are written at once where they are asked for; more of them in the thread."""
LARGE: Final = 64 * 1024
"""A value of more bytes or characters is written in the thread, and rows that hold sixteen times as much together."""
BESIDE: Final = "/* beside */"
"""The prefix of a query whose few rows may be large: it is asked in the thread."""
_HERE: Final = ("SAVEPOINT", "RELEASE", "BEGIN DEFERRED")
_SCALES: Final[frozenset[Any]] = frozenset({bytes, str, memoryview})
_T = TypeVar("_T")


class _Done:
    """What has been done already, for SQLAlchemy, which trusts no driver that never waits."""

    def __await__(self) -> Generator[None, None, None]:
        yield from ()


_DONE: Final = _Done()


class SqliteConnection(sqlite3.Connection):
    """A connection for SQLAlchemy's asyncio side, whose own driver it is."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._hand: ThreadPoolExecutor | None = None
        self._job: Future[Any] | None = None
        self._left = 0
        self._is_given_up = False
        self.set_progress_handler(self._is_too_long, STEP)

    @property
    def is_busy(self) -> bool:
        """Whether the thread has the connection; nobody else may touch it then."""
        return self._job is not None and not self._job.done()

    def cursor(self, *_: Any) -> "SqliteCursor":  # type: ignore[override]  # SQLAlchemy asks for none of its own
        """A cursor that knows what may be done here."""
        return SqliteCursor(self)

    def plain(self) -> sqlite3.Cursor:
        """A cursor that runs everything here; raises ProgrammingError while the thread has the connection."""
        if self.is_busy or self._is_given_up:
            raise sqlite3.ProgrammingError("The connection was given up.")
        return sqlite3.Cursor(self)

    def commit(self) -> None:
        """Wait for the disk in the thread."""
        self.elsewhere(super().commit)

    def rollback(self) -> None:
        """Undo; a statement that nobody waits for any more is broken off before."""
        if self.is_busy:
            self.interrupt()
            self.elsewhere(super().rollback)
        else:
            super().rollback()
            _wait_for_nothing()

    def close(self) -> None:
        """Let go of the file and of the thread; what runs there is broken off first, and the thread itself closes."""
        if self._is_given_up:
            return
        self._is_given_up = True
        hand, self._hand = self._hand, None
        if hand is None or not self.is_busy:
            self._let_go()
        else:
            self.interrupt()
            self._job = hand.submit(self._let_go)
        if hand is not None:
            hand.shutdown(wait=False)
        if self._job is not None and self.is_busy and in_greenlet():
            await_(_end_of(self._job))

    def _let_go(self) -> None:
        """Undo before closing: SQLite keeps a closed connection's lock while any cursor is remembered anywhere."""
        with contextlib.suppress(sqlite3.Error):
            super().rollback()
        super().close()

    def here(self, act: Callable[[], _T]) -> _T:
        """Do something within the time that the loop can spare; raises OperationalError when that was not enough."""
        self._left = STEPS
        try:
            return act()
        finally:
            self._left = 0

    def elsewhere(self, act: Callable[[], _T]) -> _T:
        """Do something in the thread while the loop goes on, after all that was given to the thread before."""
        if self._is_given_up:
            raise sqlite3.ProgrammingError("The connection was given up.")
        if not in_greenlet() and not self.is_busy:
            return act()
        if self._hand is None:
            self._hand = ThreadPoolExecutor(1, "sqlite")
        job = self._job = self._hand.submit(self._unless_given_up, act)
        result: _T = await_(_end_of(job)) if in_greenlet() else job.result()
        return result

    def _unless_given_up(self, act: Callable[[], _T]) -> _T:
        if self._is_given_up:
            raise sqlite3.OperationalError("interrupted")
        return act()

    def _is_too_long(self) -> bool:
        if self._is_given_up:
            return True
        if self._left:
            self._left -= 1
            return not self._left
        return False


class SqliteCursor(sqlite3.Cursor):
    """Runs one statement whole: what it found is in memory when `execute` returns."""

    connection: SqliteConnection

    def __init__(self, connection: SqliteConnection) -> None:
        super().__init__(connection)
        self._found: list[Any] = []

    def execute(self, sql: str, values: Any = ()) -> "SqliteCursor":
        """Look and insert here, everything else in the thread."""
        if self.connection.is_busy or not _is_short(sql, values):
            self._found = self.connection.elsewhere(lambda: self._run(sql, values))
        elif sql.startswith("SELECT"):
            self._found = self._look(sql, values)
        else:
            self._found = self._run(sql, values)
            _wait_for_nothing()
        return self

    def close(self) -> None:
        """Let go of the statement; one that runs in the thread goes with its connection."""
        if not self.connection.is_busy:
            super().close()

    def executemany(self, sql: str, rows: Iterable[Any]) -> "SqliteCursor":
        """Write some rows here, many in the thread; each is found by its key."""
        given = rows if isinstance(rows, Sequence) else list(rows)
        if len(given) <= FEW and not self.connection.is_busy and not weighs_much(given):
            super().executemany(sql, given)
            _wait_for_nothing()
        else:
            self.connection.elsewhere(lambda: super(SqliteCursor, self).executemany(sql, given))
        return self

    def fetchall(self) -> list[Any]:
        """All that was found and not taken yet."""
        found, self._found = self._found, []
        return found

    def fetchone(self) -> Any:
        """The next row, None after the last."""
        return self._found.pop(0) if self._found else None

    def fetchmany(self, size: int | None = None) -> list[Any]:
        """At most so many of the rows."""
        most = size or self.arraysize
        taken, self._found = self._found[:most], self._found[most:]
        return taken

    def _look(self, sql: str, values: Any) -> list[Any]:
        was_writing = self.connection.in_transaction
        try:
            found = self.connection.here(lambda: self._run(sql, values))
        except sqlite3.OperationalError as error:
            was_long = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT
            # What SQLite has rolled back must not go on as if it had not.
            if not was_long or self.connection.in_transaction != was_writing:
                raise
            return self.connection.elsewhere(lambda: self._run(sql, values))
        _wait_for_nothing()
        return found

    def _run(self, sql: str, values: Any) -> list[Any]:
        super().execute(sql, values)
        return super().fetchall() if self.description else []

    async def _async_soft_close(self) -> None:
        """What SQLAlchemy asks of a cursor whose rows are all here."""


def _is_short(sql: str, values: Any) -> bool:
    """Whether a statement may be begun here: one look, or one row that is not large; WITH may stand before a write."""
    if sql.startswith("SELECT"):
        return not sql.startswith(BESIDE, len("SELECT "))
    if sql.startswith("INSERT"):
        return "SELECT" not in sql and not weighs_much([values])
    return sql.startswith(_HERE)


def weighs_much(rows: Iterable[Any]) -> bool:
    """Whether rows for one statement have a large value, or many that are large together."""
    together = 0
    for row in rows:
        for value in row.values() if isinstance(row, Mapping) else row:
            if value.__class__ in _SCALES:
                weight = len(value)
                if weight > LARGE:
                    return True
                together += weight
    return together > 16 * LARGE


async def _end_of(job: "Future[_T]") -> _T:
    """What a job gives. Who gives up waiting takes nothing back: what is in the thread's hand stays there."""
    loop = asyncio.get_running_loop()
    ended: asyncio.Future[None] = loop.create_future()

    def tell(_: object) -> None:
        with contextlib.suppress(RuntimeError):  # the loop may have gone by then
            loop.call_soon_threadsafe(_settle, ended)

    job.add_done_callback(tell)
    await ended
    return job.result()


def _settle(ended: "asyncio.Future[None]") -> None:
    if not ended.done():
        ended.set_result(None)


def _wait_for_nothing() -> None:
    if in_greenlet():
        await_(_DONE)


class Dialect(SQLiteDialect_pysqlite):
    """SQLite for SQLAlchemy's asyncio side by the standard library's own driver."""

    driver = "rafiq"
    is_async = True
    has_terminate = True
    supports_statement_cache = True

    @classmethod
    def get_pool_class(cls, url: URL) -> type[Pool]:  # noqa: ARG003 - SQLAlchemy's signature
        """Connections are lent to coroutines."""
        return AsyncAdaptedQueuePool

    def create_connect_args(self, url: URL) -> Any:
        """The file, opened as one of ours."""
        files, options = super().create_connect_args(url)
        return files, {**options, "factory": SqliteConnection, "check_same_thread": False}


registry.register("sqlite.rafiq", __name__, "Dialect")
