"""Leaving the groups into which somebody brought the bot and which nobody connected in the time there was."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from bot.ingress.asides import Asides
from bot.ingress.clerk import Clerk
from workflows.immutable import Immutable
from workflows.use_cases.support import grouping

LEAVE_SECONDS: Final = 300.0
"""How often is looked for such groups."""


class Leaving(Immutable):
    """Forgets such groups in one transaction and leaves them after it; of several processes one finds each group."""

    clerk: Clerk
    asides: Asides
    now: Callable[[], datetime]

    async def leave(self) -> int:
        """Leave the groups whose time is over; returns how many."""
        chats: list[int] = await self.clerk.run_errand(
            lambda work: grouping.forget_unconnected(work, self.now())
        )
        if chats:
            self.asides.make([("leaveChat", {"chat_id": chat}) for chat in chats])
        return len(chats)
