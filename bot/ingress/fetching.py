"""Fetches the files that were sent: outside every transaction, by one process at a time."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Final

import structlog
from telegram.error import TelegramError

from bot.failpoints import reach
from bot.ingress.clerk import Clerk
from bot.render.review_labels import our_words
from bot.wire import Wire
from bot.wire.failures import Refused
from workflows.immutable import Immutable
from workflows.store.transaction import Work
from workflows.store.values_hands import File
from workflows.use_cases.hands import filing

LEASE: Final = "evidence"
LEASE_SECONDS: Final = 120.0

log = structlog.stdlib.get_logger(__name__)


class Fetching(Immutable):
    """Asks Telegram for each waiting file and lets the domain judge it; `limit` in bytes."""

    clerk: Clerk
    wire: Wire
    owner: str
    now: Callable[[], datetime]
    limit: int

    async def fetch(self) -> int:
        """Fetch what is due; returns how many files that was."""
        files: list[File] = await self.clerk.run_errand(self._due)
        for file in files:
            await self._fetch(file)
        return len(files)

    async def _due(self, work: Work) -> list[File]:
        found = await filing.waiting(work, self.now())
        if not found or not await work.leases.take(LEASE, self.owner, self.now(), LEASE_SECONDS):
            return []
        return found

    async def _fetch(self, file: File) -> None:
        try:
            shape = await self.wire.call("getFile", file_id=file.telegram_file)
            if int(shape.get("file_size") or 0) > self.limit:
                await self._turned_away(file)
                return
            content = await self.wire.download(str(shape["file_path"]))
        except Refused as refused:
            if refused.code == HTTPStatus.BAD_REQUEST:  # larger than Telegram gives to bots, or gone
                await self._turned_away(file)
            else:
                await self._missed(file, str(refused.code))
        except (TelegramError, KeyError, TypeError, ValueError, AttributeError) as error:
            await self._missed(file, type(error).__name__)
        else:
            reach("after_file_fetched")
            await self._settle(file, content)

    async def _settle(self, file: File, content: bytes) -> None:
        """Let the domain judge a file; one that breaks this is put off, so that it holds up no other."""
        try:
            await self.clerk.run_errand(
                lambda work: filing.settle(work, file, content, self.now(), our_words(), self.limit)
            )
        except Exception as error:
            log.exception("file_not_judged", file=file.id)
            await self._missed(file, type(error).__name__)

    async def _turned_away(self, file: File) -> None:
        await self.clerk.run_errand(lambda work: filing.turn_away(work, file, self.now(), self.limit))

    async def _missed(self, file: File, reason: str) -> None:
        log.warning("file_not_fetched", file=file.id, reason=reason)
        await self.clerk.run_errand(lambda work: filing.missed(work, file, self.now()))
