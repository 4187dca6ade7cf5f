"""The connections to one server: opened when needed, kept for a while, never more than a number at once."""

import asyncio
import socket
import ssl
from collections import deque
from typing import Final

from aiohappyeyeballs import start_connection

from bot.wire.address import Origin
from bot.wire.connection import Connection
from bot.wire.failures import NotSent

CONNECT_TIMEOUT: Final = 5.0
AT_ONCE: Final = 150  # above what courier, asides and poller together have under way
RESTS: Final = 30.0  # seconds that a connection waits for its next exchange
GOODBYE: Final = 1.0  # seconds that a closing connection gets
_NEXT_FAMILY: Final = 0.25  # seconds until the next of several network addresses is tried beside the first


class Pool:
    """Exchanges with one server; open for use at once, and for good closed by `close`."""

    def __init__(self, origin: Origin) -> None:
        self._origin = origin
        self._loop = asyncio.get_running_loop()
        self._tls = _trust() if origin.secure else None
        self._room = asyncio.Semaphore(AT_ONCE)
        self._resting: deque[Connection] = deque()
        self._connections: set[Connection] = set()
        self._sweeping: asyncio.TimerHandle | None = None
        self._open = True

    async def exchange(self, request: bytes, quiet: float, whole: float) -> tuple[int, bytes]:
        """Status and body of the answer; `quiet` and `whole` are the longest silence and time, in seconds.

        Raises NotSent or Unanswered.
        """
        deadline = self._loop.time() + whole
        await self._enter()
        try:
            connection = self._rested() or await self._connect()
            try:
                return await connection.exchange(request, quiet, deadline)
            finally:
                self._rest(connection)
        finally:
            self._room.release()

    async def close(self) -> None:
        """End every connection, those at rest politely, and wait until they are gone."""
        self._open = False
        if self._sweeping is not None:
            self._sweeping.cancel()
        ending = [connection.gone for connection in self._connections]
        for connection in list(self._connections):
            connection.close()
        if ending:
            _, late = await asyncio.wait(ending, timeout=GOODBYE)
            for connection in list(self._connections):
                connection.abort()
            if late:
                await asyncio.wait(late, timeout=GOODBYE)

    async def _enter(self) -> None:
        if not self._room.locked():
            await self._room.acquire()
            return
        try:
            async with asyncio.timeout(CONNECT_TIMEOUT):
                await self._room.acquire()
        except TimeoutError:
            raise NotSent("no connection to Telegram was free in time") from None

    # --- connections at rest -------------------------------------------------------------------------------------

    def _rested(self) -> Connection | None:
        """The connection that rested last, if any is still good."""
        while self._resting:
            connection = self._resting.pop()
            if connection.is_free and self._loop.time() - connection.resting_since < RESTS:
                return connection
            connection.close()
        return None

    def _rest(self, connection: Connection) -> None:
        if not self._open or not connection.is_free:
            connection.close()
            return
        connection.resting_since = self._loop.time()
        self._resting.append(connection)
        if self._sweeping is None:
            self._sweeping = self._loop.call_later(RESTS, self._sweep)

    def _sweep(self) -> None:
        """Close what has rested too long, and look again as long as anything rests."""
        oldest = self._loop.time() - RESTS
        while self._resting and self._resting[0].resting_since <= oldest:
            self._resting.popleft().close()
        self._sweeping = self._loop.call_later(RESTS / 2, self._sweep) if self._resting else None

    # --- new connections -----------------------------------------------------------------------------------------

    async def _connect(self) -> Connection:
        try:
            async with asyncio.timeout(CONNECT_TIMEOUT):
                return await self._reach()
        except TimeoutError:
            reason = "in time"
        except (OSError, UnicodeError) as error:  # a name that is none cannot be encoded
            reason = f"({type(error).__name__})"
        raise NotSent(f"no connection to Telegram {reason}")

    async def _reach(self) -> Connection:
        _, host, port = self._origin
        places = await self._loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        sock = await start_connection(places, happy_eyeballs_delay=_NEXT_FAMILY)
        connection = Connection(self._loop, self._connections.discard)
        try:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            name = host if self._tls else None
            await self._loop.create_connection(
                lambda: connection, sock=sock, ssl=self._tls, server_hostname=name
            )
        except BaseException:
            sock.close()
            raise
        if not connection.gone.done():
            self._connections.add(connection)
        return connection


def _trust() -> ssl.SSLContext:
    """Certificates are judged by the system's authorities, or by those that SSL_CERT_FILE names."""
    context = ssl.create_default_context()
    context.set_alpn_protocols(["http/1.1"])
    return context
