"""Asking Telegram for updates: each batch is on disk before the offset moves past it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final, Literal

import structlog
from telegram.error import TelegramError

from bot.inbound import Raw
from bot.ingress.clerk import Clerk
from bot.ingress.refusals import TOKEN_REFUSED, CannotReceive, Stopping
from bot.outcomes import Verdict, judge
from bot.wire import Refused, Wire
from workflows.store.transaction import StoreAway

ALLOWED: Final = ("message", "edited_message", "callback_query", "my_chat_member")
MOST: Final = 100  # updates that Telegram hands out at once
LONG_POLL: Final = 30  # seconds
PATIENCE: Final = 0.6  # seconds; the same offset again within half a second is answered with one update only
LONGEST_PAUSE: Final = 30.0
_CONFLICT: Final = 409

log = structlog.stdlib.get_logger(__name__)


class Poller:
    """Receives by `getUpdates` until stopped. `may_poll` asks whether this process is the one that polls."""

    def __init__(
        self, wire: Wire, clerk: Clerk, may_poll: Callable[[], Awaitable[bool]] | None = None
    ) -> None:
        self._wire = wire
        self._clerk = clerk
        self._may_poll = may_poll
        self._offset: int | None = None
        self._pause = 0.0
        self.is_receiving = False

    async def run(self, stop: asyncio.Event) -> None:
        """Poll until `stop` is set; raises CannotReceive when the token is refused."""
        stopped = asyncio.create_task(stop.wait())
        try:
            while not stop.is_set():
                self._clerk.figures.beat("receiver")
                if not await self._is_mine():
                    self.is_receiving = False
                    await asyncio.wait([stopped], timeout=1)
                    continue
                await self._ask(stopped)
                if self._pause:
                    await asyncio.wait([stopped], timeout=self._pause)
        finally:
            stopped.cancel()

    async def _is_mine(self) -> bool:
        """Whether this process is the one that polls; while nobody can say so, it is not."""
        try:
            return self._may_poll is None or await self._may_poll()
        except StoreAway:
            return False

    async def _ask(self, stopped: "asyncio.Task[Literal[True]]") -> None:
        request = asyncio.create_task(self._receive())
        waited: set[asyncio.Task[Any]] = {request, stopped}
        await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
        if not request.done():
            request.cancel()  # nothing is confirmed: what was on its way comes again
            await asyncio.gather(request, return_exceptions=True)
            return
        try:
            updates = request.result()
        except TelegramError as error:
            self._refused(error)
            return
        self.is_receiving, self._pause = True, 0.0
        if updates:
            await self._commit(updates)

    async def _receive(self) -> list[Raw]:
        updates = await self._wire.call(
            "getUpdates",
            offset=self._offset,
            limit=MOST,
            timeout=LONG_POLL,
            allowed_updates=ALLOWED,
            read_timeout=LONG_POLL + 10,
        )
        return [update for update in updates if is_update(update)] if isinstance(updates, list) else []

    async def _commit(self, updates: Sequence[Raw]) -> None:
        """Wait for the first of a batch to be on disk, then confirm as many as are, in their order.

        Behind a full batch more is waiting, and nothing new can be seen before its first is confirmed: asking again
        would bring the same. Then it is waited for, and a moment for the others, or the next ones would come by twos
        and threes, and whoever wrote many of them would get a receipt for each.
        """
        futures = self._clerk.submit(updates)
        is_full = len(updates) == MOST
        await asyncio.wait(futures[:1], timeout=None if is_full else PATIENCE)
        if is_full:
            await asyncio.wait(futures, timeout=PATIENCE)
        for update, future in zip(updates, futures, strict=True):
            if not future.done():
                break
            error = future.exception()
            if isinstance(error, StoreAway | Stopping):
                self._slower()
                break
            self._offset = max(update["update_id"] + 1, 0)

    def _refused(self, error: TelegramError) -> None:
        self.is_receiving = False
        judgement = judge(error)
        if judgement.verdict is Verdict.HALTED:
            raise CannotReceive(TOKEN_REFUSED)
        if isinstance(error, Refused) and error.code == _CONFLICT:
            log.error(
                "polling_conflict", remedy="stop the other instance, or the webhook, that uses this token"
            )
        else:
            log.warning("polling_interrupted", reason=judgement.reason)
        self._slower(judgement.seconds)

    def _slower(self, seconds: float = 0) -> None:
        self._pause = max(seconds, min(LONGEST_PAUSE, self._pause * 2 or 0.5))


def is_update(value: Any) -> bool:
    """Whether this is a JSON object with a whole `update_id` that a database can hold."""
    number = value.get("update_id") if isinstance(value, dict) else None
    return isinstance(number, int) and not isinstance(number, bool) and 0 <= number < 2**63


async def free_of_webhook(wire: Wire, *, take_over: bool) -> None:
    """Make sure that no webhook is set before polling begins.

    Raises CannotReceive where one is, unless it is to be taken over; updates that wait are kept in any case.
    """
    url = (await wire.call("getWebhookInfo")).get("url")
    if not url:
        return
    if not take_over:
        raise CannotReceive(
            "A webhook is set for this bot, so another deployment receives its updates. Stop that one, "
            "then start again with --take-over, which removes the webhook and keeps the updates that wait."
        )
    await wire.call("deleteWebhook", drop_pending_updates=False)
    log.warning("webhook_removed")
