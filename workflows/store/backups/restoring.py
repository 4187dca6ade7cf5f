"""Restoring a backup into a fresh place: proven whole first, all in one transaction, and paused at its end."""

import asyncio
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, DateTime, Table, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection

from workflows.immutable import Immutable
from workflows.store import schema
from workflows.store.alone import Alone
from workflows.store.backups.archive import Contents, Sheet, parts_of, verified
from workflows.store.backups.folder import sync
from workflows.store.backups.rows import every_table, hashes_of, set_counter
from workflows.store.backups.taking import Progress
from workflows.store.backups.waking import wake
from workflows.store.cipher import Cipher
from workflows.store.engine import BEGIN, CANNOT_CONNECT, check_key, engine_of, file_of, refusal, shown
from workflows.store.values import StoreRefused

_REVISION: Final = "alembic_version"
"""The one table that a backup does not hold: it says the revision in its first line."""


class Restored(Immutable):
    """What was restored: the backup's contents, and how many letters wait for an operator's word."""

    contents: Contents
    waiting: int


async def restore(
    backup: Path,
    key: bytes,
    url: str,
    cipher: Cipher,
    now: datetime,
    progress: Progress = lambda _done, _all: None,
) -> Restored:
    """Bring a backup back into the fresh database at an address; the bot that starts there is paused.

    `key` is the backup's, `cipher` the database's. Raises StoreRefused, and leaves the place as it was, where the
    backup is not whole, of a newer Rafiq or sealed otherwise, or where the place is not empty.
    """
    contents, hashes = await asyncio.to_thread(verified, backup, key)
    if not schema.is_known(contents.schema):
        raise StoreRefused(f"{backup} was made by a newer Rafiq.", "Restore it with that version.")
    with _aside(url) as place:
        engine = engine_of(place)
        try:
            async with engine.execution_options(**{BEGIN: "IMMEDIATE"}).begin() as connection:
                here = await connection.run_sync(_prepared, url, contents.schema)
                tables = await _filled(connection, here, backup, key, progress)
                for name, last in contents.counters.items():
                    await set_counter(connection, here[name], last)
                await _compare(connection, tables, hashes, url)
                await connection.run_sync(schema.upgrade)
                await check_key(connection, cipher, str(backup))
                waiting = await wake(connection, contents.made_at, now)
        except (*CANNOT_CONNECT, sqlite3.Error) as error:
            raise _refused(error, url) from error
        finally:
            await engine.dispose()
    return Restored(contents, waiting)


@contextmanager
def _aside(url: str) -> Iterator[str]:
    """The address to restore into: of a new file another name, so that whoever dies over it leaves none of its own.

    At the end of the block the file gets its name; when the block fails, nothing is left.
    """
    file = _new_file(url)
    if file is None:
        yield url
        return
    if (left := file.with_name(f"{file.name}-wal")).exists():
        raise StoreRefused(
            f"{left} is of a database that lay here before.",
            "Put it aside with its file, or name another place.",
        )
    partial = file.with_name(f".{file.name}.partial")
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
    alone = Alone(partial)
    if not alone.claim():
        raise _not_begun(file, alone.fault)
    try:
        _remove(partial)
        yield f"sqlite+aiosqlite:///{partial}"
        _name(partial, file)
    finally:
        with suppress(OSError):
            _remove(partial, "", "-wal", "-shm", ".lock")
        alone.release()


def _new_file(url: str) -> Path | None:
    """The file that will be made; None where there is one, or on a server."""
    file = file_of(url)
    return file if file is not None and not file.exists() else None


def _not_begun(file: Path, fault: OSError | None) -> StoreRefused:
    """Why a new file is not begun: what the system said, or another restore that has begun it."""
    if fault is None:
        return StoreRefused(
            f"Another restore is making {file}.",
            "Wait until it has ended, or name another place with --into.",
        )
    return StoreRefused(
        f"{file} cannot be made ({fault.strerror}).",
        "Name a file in a folder that the bot may write to with --into.",
    )


def _name(partial: Path, file: Path) -> None:
    """Give the restored file its name; raises StoreRefused where something has come there, or not all is in it."""
    if file.exists():
        raise StoreRefused(
            f"{file} was made by something else while the backup was restored.",
            "Look at what it is, then restore again, into another place.",
        )
    if partial.with_name(f"{partial.name}-wal").exists():
        raise StoreRefused(
            f"{file} could not be finished: another program has opened {partial.name}.",
            "Close that program, then restore again.",
        )
    partial.rename(file)
    sync(file.parent)


def _remove(partial: Path, *ends: str) -> None:
    for end in ends or ("", "-wal", "-shm"):
        partial.with_name(f"{partial.name}{end}").unlink(missing_ok=True)


def _refused(error: Exception, url: str) -> StoreRefused:
    if "full" in str(error) or "No space" in str(error):
        return StoreRefused(
            f"There is no room left for {shown(url)}.", "Make room there, then restore again."
        )
    return refusal(error, url)


def _prepared(connection: Connection, url: str, revision: str) -> dict[str, Table]:
    """The empty tables of the backup's schema; raises StoreRefused where there are tables already."""
    if inspect(connection).get_table_names():
        raise StoreRefused(
            f"{shown(url)} is not empty, and a backup is restored into a fresh place only.",
            "Name one with --into (a file that is not there, or an empty database), then let RAFIQ_DATABASE_URL "
            "name it.",
        )
    schema.upgrade(connection, revision)
    tables = every_table(connection)
    for table in tables.values():
        if table.name != _REVISION:
            connection.execute(table.delete())
    if connection.dialect.name == "sqlite":
        connection.execute(text("PRAGMA defer_foreign_keys=ON"))
    return tables


async def _filled(
    connection: AsyncConnection, here: Mapping[str, Table], backup: Path, key: bytes, progress: Progress
) -> dict[Sheet, Table]:
    """Put every row back, some at a time; returns the backup's sheets with the tables that have taken them."""
    found: dict[Sheet, Table] = {}
    parts, done, whole, sheet = parts_of(backup, key), 0, 0, Sheet("", ())
    while (part := await asyncio.to_thread(next, parts, None)) is not None:
        match part:
            case Contents():
                whole = part.rows
            case Sheet():
                sheet = part
                found[sheet] = _table_of(sheet, here, backup)
            case list():
                values = [_as_stored(sheet.values(row), found[sheet]) for row in part]
                await connection.execute(found[sheet].insert(), values)
                done += len(part)
                progress(done, whole)
            case _:
                pass
    return found


def _table_of(sheet: Sheet, here: Mapping[str, Table], backup: Path) -> Table:
    table = here.get(sheet.table)
    if table is None or set(table.columns.keys()) != {name for name, _ in sheet.columns}:
        raise StoreRefused(
            f"{backup} has a table “{sheet.table}” that is not of its schema.", "Take an earlier backup."
        )
    return table


def _as_stored(values: dict[str, Any], table: Table) -> dict[str, Any]:
    """Moments as the engine keeps them: SQLite has no zone, and all of ours are UTC."""
    for column in table.columns:
        value = values[column.name]
        if isinstance(column.type, DateTime) and not column.type.timezone and value is not None:
            values[column.name] = value.astimezone(UTC).replace(tzinfo=None)
    return values


async def _compare(
    connection: AsyncConnection, tables: Mapping[Sheet, Table], hashes: Mapping[str, str], url: str
) -> None:
    """What is in the database now is what the backup says, and nothing in it points nowhere."""
    found = await hashes_of(connection, tables)
    wrong = [name for name in hashes if found[name] != hashes[name]]
    if connection.dialect.name == "sqlite":
        wrong += {row[0] for row in await connection.execute(text("PRAGMA foreign_key_check"))}
    if wrong:
        raise StoreRefused(
            f"{shown(url)} did not take the backup as it is ({', '.join(wrong)}).",
            "Check the disk, then restore again.",
        )
