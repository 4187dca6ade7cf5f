"""The scribe: what is written for a batch of updates within one transaction, and which letters follow from it."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import structlog

from bot import logs
from bot.effects import BotIdentity, Effects, Handler
from bot.failpoints import reach
from bot.inbound import Unknown
from bot.ingress.lanes import ELSEWHERE_PATIENCE, Waiting
from workflows.languages import LANGUAGES, Language
from workflows.notices import Explained
from workflows.store.transaction import Work
from workflows.store.values import Letter

LOOK_AGAIN: Final = 0.05
"""Seconds after which a text that waits for another replica's card is looked at once more."""

log = structlog.stdlib.get_logger(__name__)


@dataclass
class Page:
    """What came of one transaction: who was dealt with and how, who must wait, which letters may go."""

    effects: list[tuple[Waiting, Effects | None]] = field(default_factory=list)
    postponed: list[Waiting] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)


class Scribe:
    """Writes updates down by our handler, each once, and those that cannot be handled among the dead letters."""

    def __init__(self, handler: Handler, identity: BotIdentity, counts: Counter[str]) -> None:
        self._handler = handler
        self._identity = identity
        self._counts = counts

    async def write(self, work: Work, batch: Sequence[Waiting], now: datetime) -> Page:
        """Handle a batch; raises what the handler raises, and then nothing of it may be committed."""
        page = Page()
        # The persons are locked before the seen ids are read: another replica may hold the same update.
        people = {waiting.incoming.user_id for waiting in batch if waiting.incoming.user_id}
        writers = {waiting.incoming.user_id for waiting in batch if waiting.needs_the_card}
        await work.prefetch(people, writers & people)
        reach("before_handling")
        unseen = await work.updates.unseen([waiting.incoming.update_id for waiting in batch])
        await self._handle_all(work, page, batch, unseen, now)
        handled = [w.incoming.update_id for w, _ in page.effects if w.incoming.update_id in unseen]
        work.updates.mark_seen(handled, now)
        return page

    async def bury(
        self, work: Work, waiting: Waiting, error: Exception, now: datetime, *, telling: bool
    ) -> None:
        """Put an update among the dead letters and, where it is wanted and private, tell its person."""
        incoming = waiting.incoming
        await work.updates.park(incoming.update_id, waiting.payload, type(error).__name__, now)
        work.updates.mark_seen([incoming.update_id], now)
        if not telling or not incoming.private:
            return
        person = await work.people.by_telegram(incoming.user_id)
        role = person.actor.role if person and person.actor else "outside"
        notice, key = Explained(code="turn_failed", role=role), f"{incoming.update_id}:failed"
        if person is not None:
            work.outbox.post(person, notice, key=key, now=now)
        else:
            work.outbox.post_to_chat(incoming.chat_id, notice, spoken(incoming.language_code), key, now)

    async def _handle_all(
        self, work: Work, page: Page, batch: Sequence[Waiting], unseen: set[int], now: datetime
    ) -> None:
        # A text in hand was sent before any card that this transaction posts, so none of these is its question.
        behind: set[int] = set()
        for waiting in batch:
            if waiting.incoming.update_id not in unseen:
                self._counts["duplicates"] += 1
                page.effects.append((waiting, None))
            elif waiting.lane in behind or await self._awaits_another(work, waiting, now):
                behind.add(waiting.lane)
                waiting.not_before = asyncio.get_running_loop().time() + LOOK_AGAIN
                page.postponed.append(waiting)
            else:
                page.effects.append((waiting, await self._handle(work, waiting, now)))
                reach("mid_batch")

    async def _awaits_another(self, work: Work, waiting: Waiting, now: datetime) -> bool:
        """Whether a text had better wait until another replica has said which message the card before it became."""
        waited = asyncio.get_running_loop().time() - waiting.came
        if not waiting.needs_the_card or waited > ELSEWHERE_PATIENCE:
            return False
        person = await work.people.by_telegram(waiting.incoming.user_id)
        return person is not None and await work.outbox.is_card_elsewhere(person.id, now)

    async def _handle(self, work: Work, waiting: Waiting, now: datetime) -> Effects | None:
        incoming = waiting.incoming
        about = logs.attend(incoming.update_id, waiting.lane)
        try:
            return await self._judged(work, waiting, now)
        finally:
            logs.leave(about)

    async def _judged(self, work: Work, waiting: Waiting, now: datetime) -> Effects | None:
        incoming = waiting.incoming
        if isinstance(incoming.did, Unknown):
            self._counts["unreadable"] += 1
            log.warning("update_unreadable", update=incoming.update_id, place=incoming.did.reason)
            await work.updates.park(incoming.update_id, waiting.payload, "unreadable", now)
            return None
        return await self._handler(work, incoming, now, self._identity)


def spoken(language_code: str) -> Language:
    """Our language that is nearest to the one of somebody's Telegram."""
    return next((language for language in LANGUAGES if language_code.startswith(language)), "ar")
