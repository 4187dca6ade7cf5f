"""Hand out the chat page, and keep other pages away from the people."""

from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

STATIC = Path(__file__).parent / "static"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".html": "text/html"}
_LOOPBACK = {"127.0.0.1", "localhost", "[::1]", "::1"}

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


async def index(_: Request) -> Response:
    """The chat page."""
    return _file("index.html")


async def asset(request: Request) -> Response:
    """One of the page's own files, by its plain name."""
    name = request.path_params["name"]
    if name not in {path.name for path in STATIC.iterdir()}:
        return PlainTextResponse("There is no such file.", 404)
    return _file(name)


def _file(name: str) -> Response:
    path = STATIC / name
    return FileResponse(path, media_type=_TYPES[path.suffix], headers={"Cache-Control": "no-cache"})


class OwnPageOnly:
    """Refuse requests that another site's page sends here, and add the headers that hold our own page in."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        origin = headers.get("origin")
        if urlsplit(f"//{host}").hostname not in _LOOPBACK or (origin and urlsplit(origin).netloc != host):
            refusal = PlainTextResponse("The sandbox speaks with its own page on this machine only.", 403)
            return await refusal(scope, receive, send)

        async def send_with_headers(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                out = MutableHeaders(scope=message)
                out.setdefault("Content-Security-Policy", POLICY)
                out["X-Content-Type-Options"] = "nosniff"
                out["Referrer-Policy"] = "no-referrer"
            await send(message)

        return await self._app(scope, receive, send_with_headers)
