"""The drill: a backup is restored into a place of its own, opened with the real key, read through, thrown away."""

import tempfile
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from workflows.store.backups import ledger
from workflows.store.backups.restoring import restore
from workflows.store.backups.taking import Progress, backups_in
from workflows.store.cipher import Cipher, KeyRefused
from workflows.store.transaction import Store
from workflows.store.values import StoreRefused


@dataclass(frozen=True)
class Drilled:
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
    elsewhere. Raises StoreRefused with what is wrong; puts down in the ledger that it went well.
    """
    backup = file or next(reversed(backups_in(folder)), None)
    if backup is None:
        raise StoreRefused(f"There is no backup in {folder}.", "Make one: ./rafiq backup")
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix=".drill-", dir=folder) as place:
        url = f"sqlite+aiosqlite:///{Path(place) / 'rafiq.db'}"
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
    seconds = time.monotonic() - began
    ledger.note(folder, last_drill=now, drilled_file=backup.name, drill_seconds=round(seconds, 3))
    return Drilled(backup, restored.contents.rows, opened, chain.lines, seconds)
