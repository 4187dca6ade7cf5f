"""One bot on a SQLite file: a second one waits for the first to stop, and is refused where that goes on."""

import asyncio
import contextlib
from typing import Final

import structlog

from bot.ingress.life import Life
from workflows.store.transaction import Store
from workflows.store.values import StoreRefused

PATIENCE: Final = 30.0
"""Seconds in which a bot that was asked to stop has ended, or was killed."""
LOOK_AGAIN: Final = 0.2

log = structlog.stdlib.get_logger(__name__)


async def have_to_itself(store: Store, life: Life) -> bool:
    """Have a SQLite file to this process as long as it lives; True at once on a server, False when stopped meanwhile.

    Two bots on one file would each take what the other has in hand for lost. Raises StoreRefused where another one
    keeps the file, and where that cannot be told.
    """
    if store.alone is None:
        return True
    is_told, began = False, asyncio.get_running_loop().time()
    while not store.alone.claim():
        waited = asyncio.get_running_loop().time() - began
        if store.alone.fault is not None:
            raise StoreRefused(
                f"{store.alone.place} cannot be made or locked ({store.alone.fault.strerror}).",
                "Let the bot's account write to that file and its folder, on a local disk: by it a bot knows that no "
                "other one is at this database.",
            )
        if waited >= PATIENCE:
            raise StoreRefused(
                f"{store.file} is in the hand of another bot, which has not ended within {PATIENCE:g} seconds.",
                "Stop that one, or name another file in RAFIQ_DATABASE_URL. Several bots at once want PostgreSQL.",
            )
        if not is_told:
            is_told = True
            log.warning("other_bot_at_file", place=str(store.file), seconds=PATIENCE)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(life.stop.wait(), LOOK_AGAIN)
        if life.stop.is_set():
            return False
    return True
