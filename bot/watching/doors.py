"""The watchers' doors: probes and metrics on a port and a thread of their own, answered even when the loop stands."""

import contextlib
import json
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from typing import Final

from workflows.immutable import Immutable

PATIENCE: Final = 5.0  # seconds that somebody may take to ask

Knock = Callable[[], "Page"]


class PortTaken(Exception):
    """The port for the watchers cannot be listened at; the text says which and what to do."""


class Page(Immutable):
    """An answer over HTTP."""

    status: int
    content_type: str
    body: bytes

    @classmethod
    def of(cls, report: Mapping[str, object], *, good: bool) -> "Page":
        """A report as JSON, with 200 where it is good and 503 where it is not."""
        body = json.dumps(report, ensure_ascii=False).encode() + b"\n"
        return cls(200 if good else 503, "application/json", body)


@contextlib.contextmanager
def open_to_watchers(host: str, port: int, doors: Mapping[str, Knock]) -> Iterator[int]:
    """Answer at these paths for the block, each by its function in a thread; gives the port. Raises PortTaken."""
    try:
        server = _Server(host, port, doors)
    except (OSError, OverflowError) as error:
        raise PortTaken(
            f"Cannot listen for probes at {host}:{port} ({getattr(error, 'strerror', None) or error}). "
            "Stop what is there, or set RAFIQ_PROBE_HOST and RAFIQ_PROBE_PORT."
        ) from None
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.1}, name="watchers", daemon=True
    )
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


class _Server(ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, host: str, port: int, doors: Mapping[str, Knock]) -> None:
        self.doors = doors
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), _Answering)

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: whoever asks may go away at any time."""


class _Answering(BaseHTTPRequestHandler):
    timeout = PATIENCE
    server: _Server
    server_version = "rafiq"
    sys_version = ""

    def do_GET(self) -> None:
        door = self.server.doors.get(self.path.partition("?")[0])
        self._answer(door() if door else Page(404, "text/plain", b"Nothing here.\n"))

    def do_HEAD(self) -> None:
        self.do_GET()

    def _answer(self, page: Page) -> None:
        self.send_response(page.status)
        self.send_header("Content-Type", page.content_type)
        self.send_header("Content-Length", str(len(page.body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(page.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's own signature
        """Nothing: a line for each probe would bury the others."""
