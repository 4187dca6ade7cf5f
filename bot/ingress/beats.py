"""What the heartbeat does about reminders: errands in short transactions, by one process at a time."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, TypeVar

from bot.ingress.clerk import Clerk
from workflows.store.transaction import Work
from workflows.use_cases.reminders import reminding

PLANNED_AT_ONCE: Final = 50
"""How many people's reminders one transaction plans: some hundredths of a second."""
LEASE: Final = "reminders"
LEASE_SECONDS: Final = 60.0

T = TypeVar("T")


@dataclass(frozen=True)
class Beats:
    """Plans and says reminders for the process that is named `owner`; another one that does so has the lease."""

    clerk: Clerk
    owner: str
    now: Callable[[], datetime]

    async def remind(self) -> int:
        """Say all that is due, some people in each transaction; returns how many people that was."""
        total = 0
        while said := await self._ours(lambda work: reminding.remind(work, self.now())):
            total += said
        return total

    async def plan(self) -> None:
        """Plan every cycle's reminders anew, some people in each transaction."""
        for cycle_id, people in (await self._ours(_everybody) or {}).items():
            for start in range(0, len(people), PLANNED_AT_ONCE):
                some = people[start : start + PLANNED_AT_ONCE]
                await self._plan(cycle_id, some)
            await self._silences(cycle_id)

    async def _plan(self, cycle_id: str, people: list[int]) -> None:
        await self._ours(lambda work: reminding.replan(work, cycle_id, self.now(), people))

    async def _silences(self, cycle_id: str) -> None:
        await self._ours(lambda work: reminding.plan_silences(work, cycle_id, self.now()))

    async def _ours(self, errand: Callable[[Work], Awaitable[T]]) -> T | None:
        """Run an errand while the lease is ours; None while another process has it."""

        async def alone(work: Work) -> T | None:
            if not await work.leases.take(LEASE, self.owner, self.now(), LEASE_SECONDS):
                return None
            return await errand(work)

        result: T | None = await self.clerk.run_errand(alone)
        return result


async def _everybody(work: Work) -> dict[str, list[int]]:
    """The people of every cycle that has a calendar."""
    cycles = [cycle.id for cycle in await work.cycles.all() if await work.calendars.current(cycle.id)]
    return {cycle: [person.id for person in await work.people.in_cycle(cycle)] for cycle in cycles}
