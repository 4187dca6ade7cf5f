"""What the heartbeat does about reminders: errands in short transactions, by one process at a time."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final, TypeVar

from bot.failpoints import Failpoint, reach
from bot.ingress.clerk import Clerk
from bot.render import status_picture
from workflows.immutable import Immutable
from workflows.store.transaction import Work
from workflows.use_cases.exchange import awaiting
from workflows.use_cases.reminders import reminding
from workflows.use_cases.status import notes
from workflows.use_cases.steering import posting
from workflows.use_cases.support import escalating

PLANNED_AT_ONCE: Final = 25
"""How many people's reminders one transaction plans: some hundredths of a second."""
LEASE: Final = "reminders"
ANNOUNCING: Final = "announcements"
LEASE_SECONDS: Final = 60.0

T = TypeVar("T")


class Beats(Immutable):
    """Plans and says reminders for the process that is named `owner`; another one that does so has the lease."""

    clerk: Clerk
    owner: str
    now: Callable[[], datetime]

    async def remind(self) -> int:
        """Say all that is due, some people in each transaction; returns how many people that was."""
        total = 0
        while said := await self._ours(
            lambda work: _passing("after_reminders", reminding.remind(work, self.now()))
        ):
            total += said
            self.clerk.figures.counts["reminded"] += said
        return total

    async def plan(self) -> None:
        """Plan every cycle's reminders anew, some people in each transaction; then tell those who are awaited."""
        for cycle_id, people in (await self._ours(_everybody) or {}).items():
            for start in range(0, len(people), PLANNED_AT_ONCE):
                some = people[start : start + PLANNED_AT_ONCE]
                await self._plan(cycle_id, some)
            await self._silences(cycle_id)
            await self._steps(cycle_id)
        await self._ours(lambda work: awaiting.remind_awaited(work, self.now()))

    async def note(self) -> None:
        """Post the officers' notes on the region that are due; afterwards, their pictures can be drawn at once."""
        await self._ours(lambda work: notes.send_notes(work, self.now()))
        await asyncio.to_thread(status_picture.warm)

    async def escalate(self) -> int:
        """Pass on the requests for support that were not answered for too long; returns how many."""
        return await self._ours(lambda work: escalating.escalate(work, self.now())) or 0

    async def _plan(self, cycle_id: str, people: list[int]) -> None:
        await self._ours(
            lambda work: _passing("after_plan", reminding.replan(work, cycle_id, self.now(), people))
        )

    async def _silences(self, cycle_id: str) -> None:
        await self._ours(lambda work: reminding.plan_silences(work, cycle_id, self.now()))

    async def _steps(self, cycle_id: str) -> None:
        await self._ours(lambda work: reminding.plan_steps(work, cycle_id, self.now()))

    async def announce(self) -> None:
        """Post the announcements that are due, some people in each transaction, and show how far they are."""
        if not await self.clerk.run_errand(lambda work: posting.has_work(work, self.now())):
            return
        while await self._ours(
            lambda work: _passing("after_announcement_batch", posting.step(work, self.now())), ANNOUNCING
        ):
            pass
        await self._ours(lambda work: posting.follow(work, self.now()), ANNOUNCING)

    async def _ours(self, errand: Callable[[Work], Awaitable[T]], lease: str = LEASE) -> T | None:
        """Run an errand while the lease is ours; None while another process has it."""

        async def alone(work: Work) -> T | None:
            took = await work.leases.take(lease, self.owner, self.now(), LEASE_SECONDS)
            self._note(lease, holds=took)
            if not took:
                return None
            return await errand(work)

        result: T | None = await self.clerk.run_errand(alone)
        return result

    def _note(self, lease: str, *, holds: bool) -> None:
        figures = self.clerk.figures
        if figures.levels.get(lease, 0) != holds:
            figures.levels[lease] = holds
            figures.counts[f"lease {lease}"] += 1


async def _passing(place: Failpoint, doing: Awaitable[T]) -> T:
    """Do something and, before it is committed, pass a named place where something was done."""
    done = await doing
    if done or place == "after_plan":
        reach(place)
    return done


async def _everybody(work: Work) -> dict[str, list[int]]:
    """The people of every cycle that has a calendar."""
    cycles = [cycle.id for cycle in await work.cycles.all() if await work.calendars.current(cycle.id)]
    return {cycle: [person.id for person in await work.people.in_cycle(cycle)] for cycle in cycles}
