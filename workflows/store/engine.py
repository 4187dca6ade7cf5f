"""Opening a database: the two engines as we want them, and all that is judged before the first word is written."""

import os
import sqlite3
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import asyncpg
from sqlalchemy import URL, Connection, Inspector, event, inspect, make_url, select, text
from sqlalchemy.exc import ArgumentError, DBAPIError, InvalidatePoolError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from workflows.store import schema
from workflows.store.cipher import Cipher, KeyRefused
from workflows.store.sqlite_driver import DRIVER
from workflows.store.tables import CANARY, METADATA
from workflows.store.values import Kind, StoreRefused

BEGIN: Final = "rafiq_begin"
"""How a transaction begins on SQLite: DEFERRED, IMMEDIATE, or NONE for what cannot stand in one."""
CANARY_WORD: Final = b"rafiq"
CANARY_PLACE: Final = "canary"
# The addresses of deployments name a driver that is not used any more; sqlite_driver.py is in its place.
_KINDS: Final[dict[str, Kind]] = {"sqlite+aiosqlite": "sqlite", "postgresql+asyncpg": "postgresql"}
BUSY_MILLISECONDS: Final = 5000
_PRAGMAS: Final = (
    "journal_mode=WAL",
    "synchronous=FULL",
    f"busy_timeout={BUSY_MILLISECONDS}",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "secure_delete=ON",
)
_MIGRATE: Final = "Make a backup with the version that ran on it until now, then: ./rafiq migrate"
_ANSWER_SECONDS: Final = 5
"""How long PostgreSQL may take to let us in, or to let go of a row; as long as SQLite is waited for."""
GONE_SECONDS: Final = 30
"""After how long PostgreSQL ends the session of a process that is gone, or stands still in a transaction.

By its own habit it would keep such a one for two hours, with the rows that it holds and whoever waits for them.
"""
_REST_SECONDS: Final = 1.0
_RESTS_SINCE: Final = "rests since"
_AWAY_ON_SQLITE: Final = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_NOTADB,
}
# Connection lost, read-only, stood still for too long, resources short, lock not to be had, shutting down.
_AWAY_ON_POSTGRESQL: Final = ("08", "25006", "25P03", "53", "55P03", "57P")
CANNOT_CONNECT: Final = (OSError, SQLAlchemyError, asyncpg.PostgresError, asyncpg.InterfaceError)
"""What keeps a connection from being made."""


def kind_of(url: str) -> Kind:
    """Which engine an address names; raises StoreRefused for another one."""
    kind = _KINDS.get(_parsed(url).drivername)
    if kind is None:
        raise StoreRefused(
            f"{shown(url)} names no database that Rafiq knows.",
            "Write sqlite+aiosqlite:///rafiq.db or postgresql+asyncpg://user:password@host/name.",
        )
    return kind


def engine_of(url: str, *, makes_file: bool = True) -> AsyncEngine:
    """The engine at an address, nothing opened yet; raises StoreRefused for an address or folder of no use.

    Where a file is not there and is not to be made, that is refused: an address may be mistyped.
    """
    if kind_of(url) == "sqlite":
        _prepare_file(_needed_file_of(url), makes_file=makes_file)
        engine = create_async_engine(make_url(url).set(drivername=DRIVER))
        event.listen(engine.sync_engine, "connect", _set_pragmas)
        event.listen(engine.sync_engine, "begin", _begin)
        return engine
    # A commit that was acknowledged must be on disk, whatever the server's own habit is.
    durable = {
        "synchronous_commit": "on",
        "lock_timeout": f"{_ANSWER_SECONDS}s",
        "idle_in_transaction_session_timeout": f"{GONE_SECONDS}s",
        "tcp_user_timeout": f"{GONE_SECONDS}s",
        "tcp_keepalives_idle": f"{GONE_SECONDS // 2}",
        "tcp_keepalives_interval": f"{GONE_SECONDS // 6}",
        "tcp_keepalives_count": "3",
        "timezone": "UTC",
        "application_name": "rafiq",
    }
    connect = {"server_settings": durable, "timeout": _ANSWER_SECONDS, "command_timeout": 60}
    # The last one to come back is lent first: its statements are prepared, and the others may rest.
    pool = {"pool_size": 5, "max_overflow": 10, "pool_use_lifo": True, "pool_timeout": _ANSWER_SECONDS}
    engine = create_async_engine(url, connect_args=connect, **pool)
    event.listen(engine.sync_engine, "checkin", _note_rest)
    event.listen(engine.sync_engine, "checkout", _ask_after_rest)
    return engine


def is_away(error: DBAPIError) -> bool:
    """Whether a failure is the database's state, not the statement's: the same may go well later."""
    number = getattr(error.orig, "sqlite_errorcode", None)
    if number is not None:
        return number & 0xFF in _AWAY_ON_SQLITE
    word = str(getattr(error.orig, "sqlstate", ""))
    return error.connection_invalidated or word.startswith(_AWAY_ON_POSTGRESQL)


def is_busy(error: DBAPIError) -> bool:
    """Whether somebody else held what was to be written."""
    number = getattr(error.orig, "sqlite_errorcode", None)
    if number is not None:
        return number & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
    return str(getattr(error.orig, "sqlstate", "")) == "55P03"


async def check(engine: AsyncEngine, url: str, cipher: Cipher) -> None:
    """Judge a database before it is used; raises StoreRefused with the place and the remedy."""
    try:
        async with engine.connect() as plain:
            connection = await plain.execution_options(**{BEGIN: "IMMEDIATE"})
            if kind_of(url) == "sqlite":
                await _check_file(connection, url)
            await connection.run_sync(_check_schema, shown(url))
        async with engine.execution_options(**{BEGIN: "IMMEDIATE"}).begin() as connection:
            await check_key(connection, cipher, shown(url))
    except (SQLAlchemyError, OSError, asyncpg.PostgresError) as error:
        raise refusal(error, url) from error


async def migrate(url: str, after_step: Callable[[], None] = lambda: None) -> None:
    """Bring a database to the present schema, from empty or from any earlier one; raises StoreRefused.

    `after_step` is called after each revision's own step, when nothing of it is on disk yet.
    """
    engine = engine_of(url)
    try:
        async with engine.execution_options(**{BEGIN: "IMMEDIATE"}).begin() as connection:
            await connection.run_sync(_upgrade, shown(url), after_step)
    except (SQLAlchemyError, OSError, asyncpg.PostgresError) as error:
        raise refusal(error, url) from error
    finally:
        await engine.dispose()


def refusal(error: Exception, url: str) -> StoreRefused:
    """What a failure of the engine means to whoever starts the bot."""
    where = shown(url)
    cause = error.orig if isinstance(error, DBAPIError) else error
    words = str(cause).splitlines()[0] if str(cause) else type(cause).__name__
    if kind_of(url) == "postgresql":
        return StoreRefused(
            f"{where} does not answer ({words}).",
            "Start PostgreSQL, and check the address, the name, the password and the database in RAFIQ_DATABASE_URL.",
        )
    if "readonly" in words:
        return StoreRefused(
            f"{where} is read-only.", "Let the bot's account write to the file and to its folder."
        )
    if "malformed" in words or "not a database" in words:
        return StoreRefused(
            f"{where} is damaged, or no SQLite database ({words}).",
            "Put it aside and restore the last backup: ./rafiq restore. A backup is no database itself.",
        )
    if "locked" in words:
        return StoreRefused(f"{where} is held by another program.", "Close that program, then start again.")
    return StoreRefused(
        f"{where} cannot be opened ({words}).", "Check the path, the disk and its free space."
    )


# --- SQLite -------------------------------------------------------------------------------------------------


def _prepare_file(path: Path, *, makes_file: bool) -> None:
    """Make the folder and an empty file for our account alone: the log files beside it take over its mode."""
    try:
        if makes_file:
            path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | (os.O_CREAT if makes_file else 0), 0o600))
    except FileNotFoundError as error:
        if makes_file:
            raise StoreRefused(
                f"{path.parent} cannot be made ({error.strerror}).",
                "Name another place in RAFIQ_DATABASE_URL.",
            ) from error
        raise StoreRefused(
            f"{path} is not there.",
            "Make it: ./rafiq migrate. If there should be a database already, name its place in RAFIQ_DATABASE_URL "
            "or RAFIQ_DATA.",
        ) from None
    except OSError as error:
        place = f"{path} cannot be opened ({error.strerror})."
        raise StoreRefused(place, "Name a file in a folder that the bot may write to.") from None
    if not path.stat().st_mode & stat.S_IWUSR:
        raise StoreRefused(f"{path} is read-only.", f"Let the bot write to it: chmod 600 {path}")


def _set_pragmas(connection: Any, _: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    how = connection.get_execution_options().get(BEGIN, "DEFERRED")
    if how != "NONE":
        connection.exec_driver_sql(f"BEGIN {how}")


async def _check_file(connection: AsyncConnection, url: str) -> None:
    words = (await connection.execute(text("PRAGMA quick_check(1)"))).scalar_one()
    if words != "ok":
        raise refusal(sqlite3.DatabaseError("database disk image is malformed"), url)


# --- PostgreSQL ---------------------------------------------------------------------------------------------


def _note_rest(_connection: Any, record: ConnectionPoolEntry) -> None:
    record.info[_RESTS_SINCE] = time.monotonic()


def _ask_after_rest(connection: Any, record: ConnectionPoolEntry, _lent: object) -> None:
    """Ask a connection that has rested whether it is alive still, and have a new one made where it is not.

    One that was at work a moment ago is not asked: that takes three ways to the server, a quarter of a transaction's.
    """
    since = record.info.get(_RESTS_SINCE)
    if since is None or time.monotonic() - since < _REST_SECONDS:
        return
    try:
        connection.ping()
    except Exception as error:
        raise InvalidatePoolError from error


# --- the schema and the key ---------------------------------------------------------------------------------


def _check_schema(connection: Connection, where: str) -> None:
    inspector: Inspector = inspect(connection)
    here = set(inspector.get_table_names())
    state = schema.state_of(connection)
    if state == "empty" and not here & METADATA.tables.keys():
        raise StoreRefused(f"{where} is empty.", "Prepare it: ./rafiq migrate")
    if state == "newer":
        raise StoreRefused(
            f"{where} was made by a newer Rafiq.",
            "Start that version, or restore a backup of this one's time.",
        )
    if state == "older":
        raise StoreRefused(f"{where} has an older schema.", _MIGRATE)
    missing = sorted(METADATA.tables.keys() - here)
    if state == "empty" or missing:
        raise _half_migrated(where, missing)


def _half_migrated(where: str, missing: list[str]) -> StoreRefused:
    lacks = f"lacks {', '.join(missing)}" if missing else "does not say which schema it has"
    return StoreRefused(f"{where} is half migrated: it {lacks}.", "Put it aside and restore the last backup.")


def _upgrade(connection: Connection, where: str, after_step: Callable[[], None]) -> None:
    here = set(inspect(connection).get_table_names()) & METADATA.tables.keys()
    state = schema.state_of(connection)
    if state == "empty" and here:
        raise _half_migrated(where, sorted(METADATA.tables.keys() - here))
    if state == "newer":
        _check_schema(connection, where)
    schema.upgrade(connection, after_step=after_step)


async def check_key(connection: AsyncConnection, cipher: Cipher, where: str) -> None:
    """Tell whether a database was sealed with the cipher's keys, and seal a fresh one; raises StoreRefused."""
    sealed = (await connection.execute(select(CANARY.c.sealed))).scalar_one_or_none()
    if sealed is None:
        sealed = cipher.seal(CANARY_WORD, CANARY_PLACE)
        await connection.execute(CANARY.insert(), {"id": 1, "sealed": sealed})
    try:
        cipher.open(sealed, CANARY_PLACE)
    except KeyRefused:
        raise StoreRefused(
            f"{where} was sealed with another key.",
            "Set RAFIQ_KEY to the key it was made with; after a change of keys, list the old one in RAFIQ_OLD_KEYS.",
        ) from None


# --- addresses ----------------------------------------------------------------------------------------------


def _parsed(url: str) -> URL:
    try:
        return make_url(url)
    except ArgumentError:
        raise StoreRefused(
            "The database's address cannot be read.",
            "Write sqlite+aiosqlite:///rafiq.db or postgresql+asyncpg://user:password@host/name.",
        ) from None


def file_of(address: str | URL) -> Path | None:
    """The file that an address names; None for one on a server, one that names no file, and one that cannot be read."""
    try:
        url = make_url(address)
    except ArgumentError:
        return None
    named = url.database if url.drivername.startswith("sqlite") else None
    return Path(named) if named and named != ":memory:" else None


def _needed_file_of(url: str) -> Path:
    if (file := file_of(url)) is None:
        raise StoreRefused("The database's address names no file.", "Write sqlite+aiosqlite:///rafiq.db.")
    return file


def shown(url: str) -> str:
    """An address that may be shown: a file's path, or a server without the password."""
    parsed = _parsed(url)
    if parsed.drivername.startswith("sqlite"):
        return str(parsed.database)
    return parsed.render_as_string(hide_password=True)
