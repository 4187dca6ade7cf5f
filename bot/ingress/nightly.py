"""The nightly backup: once a night, by one process, and again after a while where it failed."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, Protocol

import structlog

from workflows.immutable import Immutable
from workflows.store.backups.keeping import last_due
from workflows.store.backups.taking import take
from workflows.store.leases import NOBODY
from workflows.store.transaction import Store, Work
from workflows.store.values import StoreAway, StoreRefused

LEASE: Final = "backup"
DONE: Final = "backup done"
"""Until when none is due: this is no process's own and outlives all of them."""
TAKES_AT_MOST: Final = 4 * 3600.0  # seconds; a process that dies over it leaves the night to another one
AGAIN_AFTER: Final = 600.0
LONGEST: Final = timedelta(hours=25)

log = structlog.stdlib.get_logger(__name__)


class Runs(Protocol):
    """What the nightly backup needs of the clerk."""

    async def run_errand(self, errand: Callable[[Work], Awaitable[Any]]) -> Any:
        """Run work in a transaction of its own."""


class Nightly(Immutable):
    """Backs up into a folder at an hour (UTC); the database remembers until when that is done."""

    clerk: Runs
    store: Store
    owner: str
    now: Callable[[], datetime]
    folder: Path
    key: bytes
    hour: int

    async def beat(self) -> bool:
        """Back up if nobody has done so since the hour; whether this process has."""
        if not await self.clerk.run_errand(self._is_ours):
            return False
        try:
            taken = await take(self.store, self.folder, self.key, self.now())
        except (StoreRefused, StoreAway) as refusal:
            log.error("backup_failed", reason=str(refusal))  # noqa: TRY400 - it says what to do; a trace says no more
            await self._until(AGAIN_AFTER)
            return False
        except asyncio.CancelledError:  # asked to stop: whoever starts next begins at once
            await self.clerk.run_errand(lambda work: work.leases.release(LEASE, self.owner))
            raise
        except BaseException:
            await self._until(AGAIN_AFTER)
            raise
        following = last_due(self.now(), self.hour) + timedelta(days=1)
        await self._until((following - self.now()).total_seconds())
        log.info(
            "backed_up",
            file=taken.file.name,
            rows=taken.contents.rows,
            bytes=taken.size,
            gone=len(taken.gone),
        )
        return True

    async def _is_ours(self, work: Work) -> bool:
        """Take the night, unless somebody has it: whoever did it has it until the next one, also this process."""
        now = self.now()
        for name in (DONE, LEASE):
            until = await work.leases.until(name)
            # Longer than until the next night nothing is done: a clock that was wrong has written that.
            if until is not None and now < until <= now + LONGEST:
                return False
        return await work.leases.take(LEASE, self.owner, now, TAKES_AT_MOST)

    async def _until(self, seconds: float) -> None:
        """Nobody backs up for so long; a process of the former release looks at the lease itself."""

        async def note(work: Work) -> None:
            for name, owner in ((LEASE, self.owner), (DONE, NOBODY)):
                await work.leases.take(name, owner, self.now(), max(0.0, seconds))

        await self.clerk.run_errand(note)
