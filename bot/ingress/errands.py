"""What the courier asks of the store: each question is an errand in one of the clerk's transactions."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.ingress.clerk import Clerk
from workflows.immutable import Immutable
from workflows.store.transaction import Work
from workflows.store.values import Letter
from workflows.use_cases import delivering


class Errands(Immutable):
    """The courier's errands for the process that is named `owner` in claims."""

    clerk: Clerk
    owner: str
    now: Callable[[], datetime]

    async def claim(self, limit: int, take: Callable[[Sequence[Letter]], None]) -> None:
        """Take at most so many due letters in hand; they go to `take` once that is on disk, whoever waits for it."""

        async def errand(work: Work) -> None:
            letters = await delivering.claim(
                work, self.owner, self.now(), limit, lambda: self.clerk.unwritten
            )
            self.clerk.counts["letters unreadable"] += work.outbox.unreadable
            work.afterwards(lambda: take(letters))

        await self.clerk.run_errand(errand)

    async def keep_parts(self, letter: Letter, parts: int) -> None:
        """Note on disk that so many parts of a long message are out."""
        await self.clerk.run_errand(lambda work: work.outbox.note_parts(letter.id, parts, self.now()))

    async def begin_again(self, letter: Letter) -> None:
        """Note on disk that a letter which may have arrived is sent once more from here on."""
        await self.clerk.run_errand(lambda work: work.outbox.begin_again(letter.id))
