"""The stream of news for the page, kept for a while so that a page can catch up."""

import asyncio
import secrets
from collections import deque
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

import orjson
from starlette.responses import Response, StreamingResponse

KEPT = 5_000
PULSE_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class News:
    """One piece of news; its content is written when it is read, so that nobody pays for an unread page."""

    number: int
    kind: str
    content: Callable[[], dict[str, Any]]


class Journal:
    """Number the news and let any page follow from the last number it knows."""

    def __init__(self) -> None:
        self.epoch = secrets.token_hex(4)
        self._kept: deque[News] = deque(maxlen=KEPT)
        self._last = 0
        self._waiters: list[asyncio.Future[None]] = []
        self._closed = False

    @property
    def last(self) -> int:
        return self._last

    def add(self, kind: str, content: Callable[[], dict[str, Any]]) -> None:
        self._last += 1
        self._kept.append(News(self._last, kind, content))
        if self._waiters:
            self._wake()

    def close(self) -> None:
        """End every reading."""
        self._closed = True
        self._wake()

    def remembers(self, number: int) -> bool:
        """Whether everything after `number` is still kept."""
        return number <= self._last and (not self._kept or number >= self._kept[0].number - 1)

    async def follow(self, number: int, pause_seconds: float) -> AsyncIterator[News | None]:
        """Give the news after `number` as it comes, and None whenever the pause passes without any."""
        yield None
        while not self._closed:
            fresh = [news for news in self._kept if news.number > number] if number < self._last else []
            for news in fresh:
                number = news.number
                yield news
            if not fresh:
                waiter = asyncio.get_running_loop().create_future()
                self._waiters.append(waiter)
                done, _ = await asyncio.wait([waiter], timeout=pause_seconds)
                if not done:
                    self._waiters.remove(waiter)
                    yield None

    def _wake(self) -> None:
        waiters, self._waiters = self._waiters, []
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)


def stream(journal: Journal, after: str, alive: Callable[[], bool]) -> Response:
    """Server-sent events from the event `after` on; `reset` tells a page of an older sandbox to begin anew."""
    epoch, _, number = after.partition("-")
    known = int(number) if number.isdigit() else 0
    lost = bool(after) and (epoch != journal.epoch or not journal.remembers(known))
    begin = journal.last if lost or not after else known

    async def lines() -> AsyncIterator[bytes]:
        yield b"retry: 1000\n\n"
        if lost:
            yield _event("reset", {}, f"{journal.epoch}-{begin}")
        was_alive: bool | None = None
        async for news in journal.follow(begin, PULSE_SECONDS):
            if news is not None:
                yield _event(news.kind, news.content(), f"{journal.epoch}-{news.number}")
            if alive() != was_alive:
                was_alive = alive()
                yield _event("bot", {"alive": was_alive}, "")
            elif news is None:
                yield b": still here\n\n"

    return StreamingResponse(lines(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})


def _event(kind: str, content: dict[str, Any], event_id: str) -> bytes:
    name = b"id: " + event_id.encode() + b"\n" if event_id else b""
    return name + b"event: " + kind.encode() + b"\ndata: " + orjson.dumps(content) + b"\n\n"
