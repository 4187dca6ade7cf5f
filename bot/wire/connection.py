"""One connection that is kept alive: a request goes out, its answer comes in, and a loss is told by how far it got."""

import asyncio
from collections.abc import Callable
from typing import Final, cast

import httptools

from bot.wire.failures import NotSent, Unanswered

LARGEST_ANSWER: Final = 32 * 2**20  # bytes with the head; a full batch of updates stays far below
_FINAL: Final = 200  # statuses below announce an answer and are none
_FRAMES: Final = frozenset({b"content-length", b"transfer-encoding"})


class Connection(asyncio.Protocol):
    """Carries one exchange at a time; `lost` is called once, when it is gone.

    Whoever is cancelled while waiting leaves a closed connection: a late answer must never meet another request.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, lost: Callable[["Connection"], None]) -> None:
        self._loop = loop
        self._lost = lost
        self._transport: asyncio.Transport | None = None
        self._parser = httptools.HttpResponseParser(self)
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None
        self._body: list[bytes] = []
        self._received = 0
        self._quiet = self._deadline = self._moved = 0.0
        self._watch: asyncio.TimerHandle | None = None
        self._unsent = False
        self._keeps = True
        self._ends_with_connection = False
        self._framed = False
        self.gone: asyncio.Future[None] = loop.create_future()
        self.resting_since = 0.0

    @property
    def is_free(self) -> bool:
        """Whether it can carry another exchange."""
        return (
            self._keeps
            and self._answer is None
            and self._transport is not None
            and not self._transport.is_closing()
        )

    async def exchange(self, request: bytes, quiet: float, deadline: float) -> tuple[int, bytes]:
        """Status and body of the answer. `quiet` is the longest silence in seconds, `deadline` the loop's time.

        Raises NotSent while bytes of the request are known to be here still, and Unanswered from then on. Over TLS
        the loop may hide that they are; then it is Unanswered too, which is the safe side.
        """
        assert self._transport is not None  # noqa: S101 - the pool hands out connected ones
        answer: asyncio.Future[tuple[int, bytes]] = self._loop.create_future()
        self._answer = answer
        self._quiet, self._deadline, self._received = quiet, deadline, 0
        self._moved = self._loop.time()
        self._watch = self._loop.call_at(min(self._moved + quiet, deadline), self._look)
        try:
            self._transport.write(request)
            return await answer
        finally:
            self._watch.cancel()
            self._answer = None
            if not answer.done() or answer.cancelled() or answer.exception() is not None:
                self.abort()

    def close(self) -> None:
        """Say goodbye; an exchange that is still under way fails."""
        if self._answer is not None:
            self._fail("connection closed here")
        elif self._transport is not None:
            self._transport.close()

    def abort(self) -> None:
        """Close at once, whatever is under way."""
        if self._transport is not None:
            self._transport.abort()

    def _look(self) -> None:
        """Fail when it was quiet for too long, the request being out, or took too long in all; else look again."""
        due = self._deadline if self._unsent else min(self._moved + self._quiet, self._deadline)
        if self._loop.time() >= due:
            self._fail("no answer in time")
        else:
            self._watch = self._loop.call_at(due, self._look)

    def _fail(self, reason: str) -> None:
        if self._answer is not None and not self._answer.done():
            if self._unsent:
                failure: Exception = NotSent(f"the request to Telegram did not leave ({reason})")
            else:
                failure = Unanswered(f"Telegram did not answer ({reason})")
            self._answer.set_exception(failure)
        self.abort()

    # --- what the loop tells -------------------------------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Learn at every byte that waits here (see `pause_writing`)."""
        self._transport = cast("asyncio.Transport", transport)
        # Not 0: over TLS the loop would then report a backlog of nothing.
        self._transport.set_write_buffer_limits(high=1, low=0)

    def pause_writing(self) -> None:
        """Bytes of the request wait on this side: the other one cannot have the whole of it."""
        self._unsent = True

    def resume_writing(self) -> None:
        """All has left."""
        self._unsent = False
        self._moved = self._loop.time()

    def data_received(self, data: bytes) -> None:
        """Take bytes of the answer; bytes that nobody asked for end the connection."""
        if self._answer is None:
            self.abort()
            return
        self._moved = self._loop.time()
        self._received += len(data)
        if self._received > LARGEST_ANSWER:
            self._fail("answer too large")
            return
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError:
            self._fail("answer not readable")

    def eof_received(self) -> None:
        """Nothing more comes; that ends an answer which has no length of its own."""
        if self._ends_with_connection and self._answer is not None and not self._answer.done():
            self._finish(self._parser.get_status_code())

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection is gone; an exchange under way fails."""
        self._transport = None
        self._fail("connection lost" if exc is None else f"connection lost, {type(exc).__name__}")
        self.gone.set_result(None)
        self._lost(self)

    # --- what the parser tells -----------------------------------------------------------------------------------

    def on_message_begin(self) -> None:
        """An answer begins; a second one, for one request, spoils the connection."""
        if self._answer is None or self._answer.done():
            self._keeps = False
        self._body = []
        self._framed = self._ends_with_connection = False

    def on_header(self, name: bytes, _value: bytes) -> None:
        """See whether the answer says where it ends."""
        self._framed = self._framed or name.lower() in _FRAMES

    def on_headers_complete(self) -> None:
        """The body begins."""
        self._ends_with_connection = not self._framed

    def on_body(self, part: bytes) -> None:
        """Keep a part of the body."""
        self._body.append(part)

    def on_message_complete(self) -> None:
        """The answer is whole, unless it only announces one."""
        status = self._parser.get_status_code()
        self._ends_with_connection = False
        if status >= _FINAL:
            self._keeps = self._keeps and self._parser.should_keep_alive() and not self._unsent
            self._finish(status)

    def _finish(self, status: int) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_result((status, b"".join(self._body)))
        self._body = []
