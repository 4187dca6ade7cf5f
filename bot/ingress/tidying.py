"""Tidying: once an hour everything goes whose time has passed, in short transactions with room between them."""

from collections.abc import Callable
from datetime import datetime

from bot.ingress.clerk import Clerk
from workflows.immutable import Immutable
from workflows.store.retention import Sweep


class Tidying(Immutable):
    """Lets go what is due, some rows in each transaction; what people do meanwhile is written between two of them."""

    clerk: Clerk
    now: Callable[[], datetime]

    async def beat(self) -> int:
        """Tidy until nothing is due; returns how many rows that changed."""
        total, now, sweep = 0, self.now(), Sweep()
        while (changed := await self.clerk.run_errand(lambda work: work.tidy(now, sweep))) or not sweep.done:
            total += changed
        return total
