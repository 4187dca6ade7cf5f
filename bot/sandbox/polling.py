"""`getUpdates`: long polls, one at a time, the older one giving way."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from bot.sandbox.methods_account import allow_updates
from bot.sandbox.parameters import Parameters
from bot.sandbox.refusals import OTHER_POLLER, WEBHOOK_ACTIVE, WEBHOOK_SET, RefusedError

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox

LONGEST_POLL_SECONDS = 50
SHORTEST_REPEAT_SECONDS = 0.5
GATHER_SECONDS = 0.001
ALIVE_SECONDS = 10.0

Receive = Callable[[], Awaitable[Any]]


class _Poll:
    """One `getUpdates` call that waits."""

    __slots__ = ("conflict",)

    def __init__(self) -> None:
        self.conflict = ""


class Poller:
    """Answer `getUpdates` by Telegram's rules."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox
        self._waiting: _Poll | None = None
        self._last_offset: int | None = None
        self._last_start = float("-inf")
        self._last_answer = float("-inf")
        self._quiet_until = 0.0
        self._closing = False

    @property
    def alive(self) -> bool:
        """Whether a bot waits for updates or asked a moment ago."""
        return self._waiting is not None or _now() - self._last_answer < ALIVE_SECONDS

    def close(self) -> None:
        """Turn away who waits and who comes."""
        self._closing = True

    def give_way_to_webhook(self) -> None:
        self._turn_away(WEBHOOK_SET)

    async def get_updates(self, p: Parameters, receive: Receive) -> list[dict[str, Any]]:
        """The updates from `offset` on; `receive` ends when the bot hangs up."""
        sandbox = self._sandbox
        if sandbox.webhook.url:
            raise await self._conflict(WEBHOOK_ACTIVE)
        offset, limit = p.integer("offset"), min(max(p.integer("limit", 100), 1), 100)
        seconds = float(min(max(p.integer("timeout"), 0), LONGEST_POLL_SECONDS))
        allow_updates(sandbox, p)
        now = _now()
        since, same = now - self._last_start, offset == self._last_offset
        if (
            same
            and seconds < sandbox.settings.repeat_pause_seconds
            and since < sandbox.settings.repeat_pause_seconds
        ):
            seconds = sandbox.settings.repeat_pause_seconds
        if same and since < SHORTEST_REPEAT_SECONDS:
            limit = 1
        self._last_offset, self._last_start = offset, now
        self._confirm(offset)
        batch = sandbox.updates.ready(limit)
        if not batch and seconds:
            batch = await self._wait(limit, seconds, receive)
        self._last_answer = _now()
        return batch

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            self._sandbox.violate("negative_offset", f"getUpdates with offset {offset}")
            self._sandbox.updates.forget_all_but(-offset)
        else:
            self._sandbox.updates.confirm(offset)

    async def _wait(self, limit: int, seconds: float, receive: Receive) -> list[dict[str, Any]]:
        self._turn_away(OTHER_POLLER)
        poll = self._waiting = _Poll()
        gone = asyncio.ensure_future(receive())
        until = _now() + seconds
        try:
            while (left := until - _now()) > 0:
                waker = self._sandbox.updates.waker()
                await asyncio.wait({waker, gone}, timeout=left, return_when=asyncio.FIRST_COMPLETED)
                if poll.conflict:
                    raise await self._conflict(poll.conflict)
                if self._closing:
                    raise RefusedError(500, "Internal Server Error: restart")
                if gone.done():
                    break
                await asyncio.sleep(GATHER_SECONDS)
                batch = self._sandbox.updates.ready(limit)
                if batch:
                    return batch
        finally:
            gone.cancel()
            if self._waiting is poll:
                self._waiting = None
        return []

    def _turn_away(self, why: str) -> None:
        if self._waiting is not None:
            self._waiting.conflict = why
            self._waiting = None
            self._sandbox.updates.wake()

    async def _conflict(self, why: str) -> RefusedError:
        """A 409, held back when the last one was a moment ago, as Telegram does."""
        pause = self._sandbox.settings.conflict_pause_seconds
        if _now() < self._quiet_until:
            await asyncio.sleep(pause)
        else:
            self._quiet_until = _now() + pause
        return RefusedError(409, why)


def _now() -> float:
    return asyncio.get_running_loop().time()
