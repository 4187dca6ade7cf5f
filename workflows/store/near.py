"""SQLite at hand: short statements run where they are asked for, and only what may last goes to a thread.

A statement of a turn takes SQLite some ten microseconds; handing it to a thread and back takes longer, four times over
with a driver that does so for each step. What waits for the disk or for a lock (COMMIT, BEGIN IMMEDIATE), and what may
touch any number of rows, must not hold up the loop and is handed over still.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Final, TypeVar

from sqlalchemy import URL, Pool
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.pool import AsyncAdaptedQueuePool
from sqlalchemy.util.concurrency import await_, in_greenlet

DRIVER: Final = "sqlite+near"
STEP: Final = 1_000
"""After so many instructions of SQLite's machine it is asked whether a look lasts too long: some ten microseconds."""
STEPS: Final = 200
"""A look of more steps is begun anew in the thread: some milliseconds are lost, and the loop was held up no longer."""
FEW: Final = 500
"""So many rows are written at once where they are asked for; more of them in the thread."""
_T = TypeVar("_T")


class _Done:
    """What has been done already, for SQLAlchemy, which trusts no driver that never waits."""

    def __await__(self) -> Generator[None, None, None]:
        yield from ()


_DONE: Final = _Done()


class Near(sqlite3.Connection):
    """A connection for SQLAlchemy's asyncio side, whose own driver it is."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._hand: ThreadPoolExecutor | None = None
        self._job: Future[Any] | None = None
        self._left = 0
        self.set_progress_handler(self._is_too_long, STEP)

    def cursor(self, *_: Any) -> "NearCursor":  # type: ignore[override]  # SQLAlchemy asks for none of its own
        """A cursor that knows what may be done here."""
        return NearCursor(self)

    def commit(self) -> None:
        """Wait for the disk in the thread."""
        self.elsewhere(super().commit)

    def rollback(self) -> None:
        """Undo; where a statement that nobody waits for any more still runs, after it."""
        if self._job is not None and not self._job.done():
            self.elsewhere(super().rollback)
        else:
            super().rollback()
            _wait_for_nothing()

    def close(self) -> None:
        """Let go of the file and of the thread."""
        if self._hand is not None:
            self._hand.shutdown(wait=False)
            self._hand = None
        super().close()

    def here(self, act: Callable[[], _T]) -> _T:
        """Do something within the time that the loop can spare; raises OperationalError when that was not enough."""
        self._left = STEPS
        try:
            return act()
        finally:
            self._left = 0

    def elsewhere(self, act: Callable[[], _T]) -> _T:
        """Do something in the thread while the loop goes on."""
        if not in_greenlet():
            return act()
        if self._hand is None:
            self._hand = ThreadPoolExecutor(1, "sqlite")
        job = self._job = self._hand.submit(act)
        result: _T = await_(asyncio.wrap_future(job))
        return result

    def _is_too_long(self) -> bool:
        if self._left:
            self._left -= 1
            return not self._left
        return False


class NearCursor(sqlite3.Cursor):
    """Runs one statement whole: what it found is in memory when `execute` returns."""

    connection: Near

    def __init__(self, connection: Near) -> None:
        super().__init__(connection)
        self._found: list[Any] = []

    def execute(self, sql: str, values: Any = ()) -> "NearCursor":
        """Look and insert here, everything else in the thread."""
        if sql.startswith(("SELECT", "WITH")):
            self._found = self._look(sql, values)
        elif sql.startswith(("INSERT", "SAVEPOINT", "RELEASE", "BEGIN DEFERRED")):
            self._found = self._run(sql, values)
            _wait_for_nothing()
        else:
            self._found = self.connection.elsewhere(lambda: self._run(sql, values))
        return self

    def executemany(self, sql: str, rows: Iterable[Any]) -> "NearCursor":
        """Write some rows here, many in the thread; each is found by its key."""
        given = rows if isinstance(rows, Sequence) else list(rows)
        if len(given) <= FEW:
            super().executemany(sql, given)
            _wait_for_nothing()
        else:
            self.connection.elsewhere(lambda: super(NearCursor, self).executemany(sql, given))
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
        try:
            found = self.connection.here(lambda: self._run(sql, values))
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", None) != sqlite3.SQLITE_INTERRUPT:
                raise
            return self.connection.elsewhere(lambda: self._run(sql, values))
        _wait_for_nothing()
        return found

    def _run(self, sql: str, values: Any) -> list[Any]:
        super().execute(sql, values)
        return super().fetchall() if self.description else []

    async def _async_soft_close(self) -> None:
        """What SQLAlchemy asks of a cursor whose rows are all here."""


def _wait_for_nothing() -> None:
    if in_greenlet():
        await_(_DONE)


class Dialect(SQLiteDialect_pysqlite):
    """SQLite for SQLAlchemy's asyncio side by the standard library's own driver."""

    driver = "near"
    is_async = True
    supports_statement_cache = True

    @classmethod
    def get_pool_class(cls, url: URL) -> type[Pool]:  # noqa: ARG003 - SQLAlchemy's signature
        """Connections are lent to coroutines."""
        return AsyncAdaptedQueuePool

    def create_connect_args(self, url: URL) -> Any:
        """The file, opened as one of ours."""
        files, options = super().create_connect_args(url)
        return files, {**options, "factory": Near, "check_same_thread": False}


registry.register("sqlite.near", __name__, "Dialect")
