"""Updates brought to a webhook as Telegram brings them: one at a time on each of so many connections, kept open."""

import asyncio
import itertools
import re
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, cast

USUAL: Final = 40
MOST: Final = 100
"""Connections at once: what Telegram opens where a bot asks for no number, and the most that it may ask for."""
AGAIN_AFTER: Final = 0.05  # seconds until an update that was not taken is brought again
_LENGTH: Final = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_HEAD: Final = (
    b"POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    b"X-Telegram-Bot-Api-Secret-Token: %s\r\nContent-Length: %d\r\n\r\n"
)


@dataclass(frozen=True, slots=True)
class Hook:
    """Where a bot wants to be called: a path at each of its ports in turn, as behind a balancer."""

    ports: Sequence[int]
    path: bytes
    secret: bytes
    connections: int = USUAL


class Pusher:
    """Brings updates in the order in which they came, each to the next port, and brings again what was not taken."""

    def __init__(self, hook: Hook) -> None:
        self._hook = hook
        self._connections = min(hook.connections, MOST)
        self._turns = itertools.cycle(hook.ports)
        self._waiting: deque[bytes] = deque()
        self._idle: dict[int, list[_Caller]] = {port: [] for port in hook.ports}
        self._under_way = 0
        self._opening: set[asyncio.Task[None]] = set()
        self._open = True
        self.refused = 0

    def push(self, update: bytes) -> None:
        """Bring an update as soon as a connection is free."""
        self._waiting.append(update)
        self._deal()

    def close(self) -> None:
        """Bring nothing more."""
        self._open = False
        for task in self._opening:
            task.cancel()
        for callers in self._idle.values():
            for caller in callers:
                caller.close()

    # --- what the callers say ------------------------------------------------------------------------------------

    def taken(self, caller: "_Caller") -> None:
        """The update of this caller was acknowledged; the connection stays open."""
        self._under_way -= 1
        self._idle[caller.port].append(caller)
        self._deal()

    def not_taken(self, update: bytes) -> None:
        """An update was refused, or its connection broke: it comes again, before all others."""
        self._under_way -= 1
        self.refused += 1
        self._waiting.appendleft(update)
        if self._open:
            asyncio.get_running_loop().call_later(AGAIN_AFTER, self._deal)

    def gone(self, caller: "_Caller") -> None:
        """An idle connection was closed by the bot."""
        if caller in self._idle[caller.port]:
            self._idle[caller.port].remove(caller)

    def _deal(self) -> None:
        while self._open and self._waiting and self._under_way < self._connections:
            self._under_way += 1
            port, update = next(self._turns), self._waiting.popleft()
            if self._idle[port]:
                self._idle[port].pop().call(self._request(update), update)
                continue
            task = asyncio.create_task(self._call_anew(port, update))
            self._opening.add(task)
            task.add_done_callback(self._opening.discard)

    def _request(self, update: bytes) -> bytes:
        return _HEAD % (self._hook.path, self._hook.secret, len(update)) + update

    async def _call_anew(self, port: int, update: bytes) -> None:
        loop = asyncio.get_running_loop()
        try:
            _, caller = await loop.create_connection(lambda: _Caller(self, port), "127.0.0.1", port)
        except OSError:
            self.not_taken(update)
        else:
            caller.call(self._request(update), update)


class _Caller(asyncio.Protocol):
    """One connection to the bot, with one update under way at a time."""

    def __init__(self, pusher: Pusher, port: int) -> None:
        self.port = port
        self._pusher = pusher
        self._transport: asyncio.Transport | None = None
        self._update: bytes | None = None
        self._rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's are none by inheritance

    def connection_lost(self, _exc: Exception | None) -> None:
        self._transport = None
        update, self._update = self._update, None
        if update is None:
            self._pusher.gone(self)
        else:
            self._pusher.not_taken(update)

    def call(self, request: bytes, update: bytes) -> None:
        """Send a request; what becomes of it is told to the pusher."""
        self._update = update
        if self._transport is None:
            self.connection_lost(None)
        else:
            self._transport.write(request)

    def close(self) -> None:
        """Hang up."""
        if self._transport is not None:
            self._transport.close()

    def data_received(self, data: bytes) -> None:
        self._rest += data
        end = self._rest.find(b"\r\n\r\n")
        if end < 0:
            return
        length = _LENGTH.search(self._rest, 0, end + 2)
        if len(self._rest) < end + 4 + (int(length[1]) if length else 0):
            return
        went_well, self._rest = self._rest[9:10] == b"2", b""
        update, self._update = self._update, None
        if update is None:
            return
        if went_well:
            self._pusher.taken(self)
        else:
            self.close()
            self._pusher.not_taken(update)
