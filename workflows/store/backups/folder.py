"""The folder of the backups: one process at a time works in it, and what one has left half done goes."""

import asyncio
import errno
import os
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Final, ParamSpec, TypeVar

from workflows.store.alone import Alone
from workflows.store.backups.keeping import moment_of
from workflows.store.values import StoreRefused

PARTIAL: Final = ".partial"
DRILLING: Final = ".drill-"
"""How the folder of a drill begins; where a drill was killed there is an open database in it."""


P = ParamSpec("P")
T = TypeVar("T")


async def beside(work: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
    """Let a thread work on the disk, which may be a slow share, while the loop goes on.

    Who is cancelled meanwhile waits for the end of it: nothing goes on in the folder behind the back of a sweep.
    """
    working = asyncio.ensure_future(asyncio.to_thread(work, *args, **named))
    try:
        return await asyncio.shield(working)
    except asyncio.CancelledError:
        await asyncio.wait([working])
        raise


@asynccontextmanager
async def claimed(folder: Path) -> AsyncIterator[None]:
    """Have the folder to oneself within the block; it is made where there is none, and swept.

    Raises StoreRefused where another process has it or it cannot be written to.
    """
    alone = Alone(folder / "backups")
    try:
        await beside(_claim, folder, alone)
        yield
    finally:
        alone.release()


def _claim(folder: Path, alone: Alone) -> None:
    with on_disk(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, "Permission denied")
        if not alone.claim():
            if alone.fault is not None:
                raise alone.fault
            raise StoreRefused(
                f"Another backup or drill is under way in {folder}.", "Wait until it has ended."
            )
        _sweep(folder)


def backups_in(folder: Path) -> list[Path]:
    """The backups in a folder, the oldest first."""
    found = [path for path in folder.glob("rafiq-*.backup") if moment_of(path.name) is not None]
    return sorted(found, key=lambda path: path.name)


def _sweep(folder: Path) -> None:
    """Remove what processes that were killed have left."""
    for left in folder.glob(f".rafiq-*{PARTIAL}"):
        left.unlink()
    for left in folder.glob(f"{DRILLING}*"):
        shutil.rmtree(left)


@contextmanager
def on_disk(folder: Path) -> Iterator[None]:
    """Turn what the disk refuses within the block into words with a remedy."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            place = f"There is no room left for a backup in {folder}."
            raise StoreRefused(
                place, "Make room there, or name another folder in RAFIQ_BACKUP_FOLDER."
            ) from None
        raise StoreRefused(
            f"No backup can be written to {folder} ({error.strerror}).",
            "Let the bot's account write there, or name another folder in RAFIQ_BACKUP_FOLDER.",
        ) from None


def sync(folder: Path) -> None:
    """Make sure that the names of its files are on disk, too."""
    held = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)
