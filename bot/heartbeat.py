"""The beat by which time-driven work begins; what is due is asked of the database, not remembered here."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC
from typing import Any, Final

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

RETRY_SECONDS: Final = 1
FETCH_SECONDS: Final = 2
TIDY_SECONDS: Final = 3600
REMIND_SECONDS: Final = 30
PLAN_SECONDS: Final = 3600
ESCALATE_SECONDS: Final = 300
NOTE_SECONDS: Final = 300
ANNOUNCE_SECONDS: Final = 2
BACKUP_SECONDS: Final = 60
BEATS_MAY_TAKE: Final = 3.0
"""Seconds that beats under way get when the process stops, and as many more to end where they are broken off."""

log = structlog.stdlib.get_logger(__name__)

Beat = Callable[[], Awaitable[Any]]


class Heartbeat:
    """Interval jobs in memory: a beat that comes late is still done, and never twice at once."""

    def __init__(self) -> None:
        self._scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )
        self._under_way: set[asyncio.Task[Any]] = set()

    def every(self, seconds: float, name: str, beat: Beat, *, at_once: bool = False) -> None:
        """Do something each so many seconds, and also at the start where it is to be done at once.

        A failure is logged and the next beat tries again.
        """

        async def guarded() -> None:
            task = asyncio.current_task()
            assert task is not None  # noqa: S101 - the scheduler makes one for each
            self._under_way.add(task)
            try:
                await beat()
            except asyncio.CancelledError:
                if not task.cancelling():
                    log.exception("beat_failed", beat=name)
                else:  # at a stop; the scheduler would tell of it as a fault
                    log.info("beat_broken_off", beat=name)
            except Exception:
                log.exception("beat_failed", beat=name)
            finally:
                self._under_way.discard(task)

        self._scheduler.add_job(guarded, "interval", seconds=seconds, id=name)
        if at_once:
            self._scheduler.add_job(guarded, "date", id=f"{name} at once")

    def start(self) -> None:
        """Begin; needs a running loop."""
        self._scheduler.start()

    async def stop(self, seconds: float = BEATS_MAY_TAKE) -> None:
        """End; a beat under way may end by itself within so many seconds, and is broken off then."""
        if not self._scheduler.running:
            return
        self._scheduler.pause()
        await self._ended(seconds)
        self._scheduler.shutdown(wait=False)
        await self._ended(seconds)

    async def _ended(self, seconds: float) -> None:
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=seconds)
