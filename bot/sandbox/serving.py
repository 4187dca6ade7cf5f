"""Run a sandbox on a loopback port inside the running loop."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from email.utils import formatdate

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from bot.sandbox.sandbox import Sandbox

LOOPBACK = "127.0.0.1"
GRACE_SECONDS = 2.0


def bound_socket(port: int = 0) -> socket.socket:
    """A listening socket on loopback; port 0 takes a free one. Raise OSError when the port is busy."""
    # Named as TCP, or asyncio leaves Nagle's algorithm on and every answer waits for 40 ms.
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind((LOOPBACK, port))
    except OSError:
        sock.close()
        raise
    return sock


@asynccontextmanager
async def serving(sandbox: Sandbox, port: int = 0) -> AsyncIterator[str]:
    """Serve the sandbox and give its address, such as http://127.0.0.1:40123; end cleanly afterwards."""
    loop = asyncio.get_running_loop()
    sock = bound_socket(port)
    state = _Dated(sandbox)
    server = await loop.create_server(_protocols(sandbox, state), sock=sock)
    try:
        yield f"http://{LOOPBACK}:{sock.getsockname()[1]}"
    finally:
        server.close()
        await sandbox.close()
        await _hang_up(state)


def _protocols(sandbox: Sandbox, state: ServerState) -> Callable[[], H11Protocol]:
    """What makes a uvicorn protocol for each connection.

    uvicorn's own server would take the signals and rest a tenth of a second at its end, in every test.
    """
    config = uvicorn.Config(
        sandbox.app,
        log_config=None,
        log_level="warning",
        access_log=False,
        ws="none",
        timeout_keep_alive=75,
        server_header=False,
        date_header=False,
    )
    config.load()
    return lambda: H11Protocol(config, state, {})


class _Dated(ServerState):
    """What the connections share; every answer bears the date of the sandbox's own clock."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox
        super().__init__()

    @property
    def default_headers(self) -> list[tuple[bytes, bytes]]:
        """Asked for at each call."""
        return [(b"date", formatdate(self._sandbox.clock.timestamp(), usegmt=True).encode("ascii"))]

    @default_headers.setter
    def default_headers(self, _: list[tuple[bytes, bytes]]) -> None:
        """There is nothing else to send along."""


async def _hang_up(state: ServerState) -> None:
    """Let running calls finish for a moment, then cut what is left."""
    for connection in list(state.connections):
        connection.shutdown()
    if state.tasks:
        await asyncio.wait(list(state.tasks), timeout=GRACE_SECONDS)
    for task in list(state.tasks):
        task.cancel()
    for connection in list(state.connections):
        if connection.transport is not None:
            connection.transport.abort()
    await asyncio.sleep(0)
