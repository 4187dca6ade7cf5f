"""The drill: a backup is restored into a place of its own, opened with the real key, read through, thrown away."""

import tempfile
import time
from datetime import datetime
from pathlib import Path

from workflows.immutable import Immutable
from workflows.store.backups import ledger
from workflows.store.backups.folder import DRILLING, backups_in, claimed, on_disk
from workflows.store.backups.restoring import restore
from workflows.store.backups.taking import Progress
from workflows.store.cipher import Cipher, KeyRefused
from workflows.store.transaction import Store
from workflows.store.values import StoreRefused


class Drilled(Immutable):
    """What a drill found: rows compared, sealed values opened, lines of the audit's chain, and how long it took."""

    file: Path
    rows: int
    opened: int
    lines: int
    seconds: float


async def drill(
    folder: Path,
    key: bytes,
    cipher: Cipher,
    now: datetime,
    file: Path | None = None,
    progress: Progress = lambda _done, _all: None,
) -> Drilled:
    """Restore a backup, the last one unless one is named, and look whether the house would live in it.

    It is restored into a SQLite file, whichever engine it is from, in the folder itself: a backup must not lie open
    elsewhere. No backup is made meanwhile. Raises StoreRefused with what is wrong; puts down in the ledger that it
    went well.
    """
    backup = file or _newest(folder)
    async with claimed(folder):
        began = time.monotonic()
        rows, opened, lines = await _rehearsed(folder, backup, key, cipher, now, progress)
        seconds = time.monotonic() - began
        with on_disk(folder):
            ledger.note(folder, last_drill=now, drilled_file=backup.name, drill_seconds=round(seconds, 3))
    return Drilled(backup, rows, opened, lines, seconds)


def _newest(folder: Path) -> Path:
    """The last backup in a folder."""
    backup = next(reversed(backups_in(folder)), None)
    if backup is None:
        raise StoreRefused(f"There is no backup in {folder}.", "Make one: ./rafiq backup")
    return backup


async def _rehearsed(
    folder: Path, backup: Path, key: bytes, cipher: Cipher, now: datetime, progress: Progress
) -> tuple[int, int, int]:
    """Restore it and look through it: how many rows, sealed values and lines of the audit's chain."""
    with on_disk(folder):
        place = tempfile.TemporaryDirectory(prefix=DRILLING, dir=folder)
    with place:
        url = f"sqlite+aiosqlite:///{Path(place.name) / 'rafiq.db'}"
        restored = await restore(backup, key, url, cipher, now, progress)
        store = await Store.open(url, cipher)
        try:
            async with store.reading() as work:
                opened, chain = await work.open_all(), await work.audit.verify()
        except KeyRefused as refusal:
            raise StoreRefused(
                f"{backup}: {refusal}.", "Try an earlier backup, and the keys of its time."
            ) from None
        finally:
            await store.close()
    if chain.broken_at:
        raise StoreRefused(
            f"{backup}: the audit is broken at line {chain.broken_at}.",
            "Compare with ./rafiq audit verify and with earlier backups.",
        )
    return restored.contents.rows, opened, chain.lines
