"""Absence: was the bot deaf for so long that presses were lost? Then those who wait for one hear that it is back."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

import structlog

from bot.ingress.clerk import Clerk
from workflows.store.leases import NOBODY
from workflows.store.transaction import Work
from workflows.use_cases.delivering import say_away

DEAF_SECONDS: Final = 150  # Telegram keeps a press for so long, a text for a day
BEAT_SECONDS: Final = 15
ACTIVE: Final = timedelta(days=1)
TEXT_LIFE: Final = timedelta(days=1) - timedelta(
    seconds=DEAF_SECONDS
)  # the last beat was so long before the end
_LEASE: Final = "receiving"

log = structlog.stdlib.get_logger(__name__)


class Absence:
    """Keeps in the database until when no press can be lost, and notices when that moment had passed.

    `is_receiving` tells whether updates arrive now; `seconds` is a clock that nobody can set.
    """

    def __init__(
        self,
        clerk: Clerk,
        now: Callable[[], datetime],
        is_receiving: Callable[[], bool],
        seconds: Callable[[], float],
    ) -> None:
        self._clerk = clerk
        self._now = now
        self._is_receiving = is_receiving
        self._seconds = seconds
        self._began = now()
        self._heard = seconds()
        self._is_first = True

    async def beat(self) -> None:
        """Look whether updates arrive: at first beside what the database remembers, then beside the last beat."""
        if not self._is_receiving():
            return
        told = await self._clerk.run_errand(self._look)
        self._heard, self._is_first = self._seconds(), False
        if told is not None:
            log.warning("was_away", people_told=told)

    async def _look(self, work: Work) -> int | None:
        safe_until = await work.leases.until(_LEASE)
        now = self._now()
        await work.leases.take(_LEASE, NOBODY, now, DEAF_SECONDS)
        # While another process received, the row says so; and whoever comes first after an absence has moved it on.
        # What lies further ahead than a beat can write was written before the clock was set back.
        if safe_until is None or now <= safe_until <= now + timedelta(seconds=DEAF_SECONDS):
            return None
        was_down = self._is_first and safe_until < self._began
        was_deaf = self._seconds() - self._heard > DEAF_SECONDS
        return await _apologise(work, safe_until, now) if was_down or was_deaf else None


async def _apologise(work: Work, since: datetime, now: datetime) -> int:
    """Say one line to each who was at a card in the day before the absence; returns to how many.

    After more than a day texts are lost too, so that the line asks to look whether the last ones were confirmed.
    """
    waiting = await work.outbox.at_a_card(min(since, now) - ACTIVE)
    key, for_days = since.isoformat(), now - since > TEXT_LIFE
    for person_id in waiting:
        await say_away(work, person_id, f"away/{person_id}/{key}", now, bulk=True, for_days=for_days)
    return len(waiting)
