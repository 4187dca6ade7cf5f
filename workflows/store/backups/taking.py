"""Taking a backup while the bot runs: one moment of the database, sealed, read back, and only then given its name."""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from msgspec.structs import replace
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from workflows.immutable import Immutable
from workflows.store.backups import ledger
from workflows.store.backups.archive import ArchiveWriter, Contents, Sheet, verified
from workflows.store.backups.belonging import identity, require_own, strands_in
from workflows.store.backups.folder import PARTIAL, backups_in, beside, claimed, on_disk, sync
from workflows.store.backups.keeping import kept_apart, moment_of, name_of
from workflows.store.backups.rows import counters_of, counts_of, our_tables, rows_of
from workflows.store.schema import HEAD
from workflows.store.transaction import Store
from workflows.store.values import StoreRefused

Progress = Callable[[int, int], None]
"""Told now and then how many rows are done, of how many."""


class Taken(Immutable):
    """A backup that was verified: where it lies, how many bytes, what it holds, which earlier ones were let go."""

    file: Path
    size: int
    contents: Contents
    hashes: dict[str, str]
    gone: tuple[Path, ...] = ()


async def take(
    store: Store, folder: Path, key: bytes, now: datetime, progress: Progress = lambda _done, _all: None
) -> Taken:
    """Back the database up into a folder; `key` has 32 bytes. Nothing waits for it but the disk.

    Raises StoreRefused where the folder holds backups of another database, and where folder, disk or database is not
    fit; it then leaves no file behind.
    """
    restored_to = await _restored_to(store)
    async with claimed(folder):
        taken = await _taken(store, folder, key, now, progress)
        with on_disk(folder):
            gone = await beside(_put_down, folder, key, taken, restored_to)
    return replace(taken, gone=gone)


def _put_down(folder: Path, key: bytes, taken: Taken, restored_to: datetime | None) -> tuple[Path, ...]:
    """Note in the ledger what was taken, and remove what need not be kept any more; returns that."""
    ledger.note(
        folder,
        last_backup=taken.contents.made_at,
        file=taken.file.name,
        size=taken.size,
        rows=taken.contents.rows,
        schema=taken.contents.schema,
    )
    return _let_go(folder, key, restored_to)


async def _restored_to(store: Store) -> datetime | None:
    """The moment of the backup that the present pause was restored from; None where there is none."""
    async with store.reading() as work:
        pause = await work.pauses.current()
    return pause.restored_to if pause is not None else None


async def _taken(store: Store, folder: Path, key: bytes, now: datetime, progress: Progress) -> Taken:
    file, partial = folder / name_of(now), folder / f".{name_of(now)}{PARTIAL}"
    try:
        with on_disk(folder):
            opened = await beside(_opened, partial)
            try:
                async with store.snapshot() as connection:
                    contents = await _contents(connection, now)
                    await beside(require_own, folder, key, contents)
                    hashes = await _written(connection, opened, key, contents, progress)
            finally:
                await beside(_closed, opened)
            await _believed(partial, key, contents, hashes)
            size = await beside(_named, partial, file)
    finally:
        await beside(partial.unlink, missing_ok=True)
    return Taken(file, size, contents, hashes)


def _opened(partial: Path) -> BinaryIO:
    return os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _closed(opened: BinaryIO) -> None:
    """Close a file when all of it is on the disk."""
    with opened:
        opened.flush()
        os.fsync(opened.fileno())


def _named(partial: Path, file: Path) -> int:
    """Give a backup that is believed its name; returns how many bytes it has."""
    size = partial.stat().st_size
    partial.replace(file)
    sync(file.parent)
    return size


async def _contents(connection: AsyncConnection, now: datetime) -> Contents:
    """What the backup is going to say of itself; raises StoreRefused where the database is damaged."""
    await _judge(connection)
    tables = our_tables()
    counts, counters = await counts_of(connection, tables), await counters_of(connection, tables)
    return Contents(HEAD, now, connection.dialect.name, counts, counters, await identity(connection))


async def _written(
    connection: AsyncConnection, file: BinaryIO, key: bytes, contents: Contents, progress: Progress
) -> dict[str, str]:
    """Write every row; returns the tables' hashes."""
    writer, done = await beside(ArchiveWriter, file, key, contents), 0
    for table in our_tables():
        sheet = Sheet.of(table)
        await beside(writer.begin, sheet)
        async for some in rows_of(connection, table, sheet):
            await beside(writer.write, some)
            done += len(some)
            progress(done, contents.rows)
        await beside(writer.end)
    await beside(writer.close)
    return writer.hashes


async def _judge(connection: AsyncConnection) -> None:
    """A damaged file must not become a good-looking backup."""
    if connection.dialect.name != "sqlite":
        return
    words = (await connection.execute(text("PRAGMA integrity_check(1)"))).scalar_one()
    if words != "ok":
        raise StoreRefused(
            f"The database is damaged ({words}).",
            "Stop the bot, put the file aside and restore the last backup.",
        )


async def _believed(partial: Path, key: bytes, contents: Contents, hashes: dict[str, str]) -> None:
    """Read what is on disk and compare it with what was to be written."""
    found, found_hashes = await beside(verified, partial, key)
    if (found, found_hashes) != (contents, hashes):
        raise StoreRefused(f"{partial} is not what was written.", "Check the disk, then make a backup anew.")


def _let_go(folder: Path, key: bytes, restored_to: datetime | None) -> tuple[Path, ...]:
    """Remove what need not be kept; returns it. While a restored bot is paused, what it was restored from stays."""
    moments = {path: moment for path in backups_in(folder) if (moment := moment_of(path.name))}
    stay = kept_apart([[moments[path] for path in strand] for strand in strands_in(folder, key)])
    spared = name_of(restored_to) if restored_to is not None else ""
    gone = tuple(path for path, moment in moments.items() if moment not in stay and path.name != spared)
    for path in gone:
        path.unlink()
    return gone
