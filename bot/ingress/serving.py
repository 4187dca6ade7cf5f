"""The webhook's server: it listens from before Telegram is told the address until the last request is answered."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator

import uvicorn
from starlette.types import ASGIApp

from bot.figures import Figures
from bot.ingress.refusals import CannotReceive

GRACE_SECONDS = 10


@contextlib.asynccontextmanager
async def served(app: ASGIApp, host: str, port: int, figures: Figures) -> AsyncIterator[int]:
    """Serve the application for the block; gives the port. Raises CannotReceive where the place is taken.

    The figures know whether the server still runs.
    """
    sock = bound(host, port)
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        proxy_headers=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    server = _QuietServer(config)
    serving = asyncio.create_task(server.serve(sockets=[sock]))
    figures.runs["receiver"] = lambda: not serving.done()
    try:
        yield sock.getsockname()[1]
    finally:
        server.should_exit = True
        await serving
        sock.close()


class _QuietServer(uvicorn.Server):
    """A server that leaves the signals to us."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take no signal: the house stops its parts in their order."""
        yield


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens there; raises CannotReceive when the place is taken or not ours."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.setsockopt(
        socket.IPPROTO_TCP, socket.TCP_NODELAY, 1
    )  # a call's answer goes at once, not 40 ms later
    try:
        sock.bind((host, port))
    except OSError as error:
        sock.close()
        raise CannotReceive(
            f"Cannot listen at {host}:{port} ({error.strerror}). Stop what is there, or set RAFIQ_LISTEN_HOST and "
            "RAFIQ_LISTEN_PORT."
        ) from None
    return sock
