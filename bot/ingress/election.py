"""Election: of many replicas one does what only one may do, for as long as it keeps its lease."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

import structlog

from bot.failpoints import reach
from bot.ingress.clerk import Clerk
from bot.ingress.clock import SLOW_ANSWER, steady
from workflows.store.transaction import Work

LEASE_SECONDS: Final = 15.0
"""How long a dead replica's office stays empty at most; the living one renews it three times in that time."""
POLLER: Final = "poller"
SENDER: Final = "sender"

log = structlog.stdlib.get_logger(__name__)


class Election:
    """One office, `name`, for which this process stands as `owner`.

    The lease is in the time that `now` gives, which is the database's for all replicas. Whether this process holds it
    is known here without asking, by a clock that nobody can set, and never for longer than the database has it: what
    the common clock may be behind is taken off.
    """

    def __init__(self, clerk: Clerk, name: str, owner: str, now: Callable[[], datetime]) -> None:
        self._clerk = clerk
        self._name = name
        self._owner = owner
        self._now = now
        self._until = 0.0

    def holds(self) -> bool:
        """Whether the office is this process's at this moment."""
        return steady() < self._until

    async def stand(self) -> bool:
        """Take the office where it is free, keep it where it is ours; whether it is. Raises StoreAway."""
        moment = steady()
        if moment < self._until - LEASE_SECONDS * 2 / 3:
            return True
        had = moment < self._until

        async def take(work: Work) -> bool:
            return await work.leases.take(self._name, self._owner, self._now(), LEASE_SECONDS)

        took: bool = await self._clerk.run_errand(take)
        self._until = moment + LEASE_SECONDS - SLOW_ANSWER if took else 0.0
        if took is not had:
            self._clerk.figures.counts[f"lease {self._name}"] += 1
        if took and not had:
            reach("after_election")
            log.info("elected", office=self._name)
        if had and not took:
            log.warning("office_lost", office=self._name)
        return took
