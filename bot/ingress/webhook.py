"""Telegram calls us: a request is judged, handed to the clerk, and answered 200 only after its commit.

The answer to a press goes in that response, as Telegram allows, and so costs no call of its own.

What comes at every update is written for ASGI itself, without Starlette's layers, which took as long as all else of a
request (docs/decisions/0035); Starlette answers whatever else is asked.
"""

import asyncio
import hmac
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

import structlog
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot import logs
from bot.failpoints import reach
from bot.ingress.asides import Call
from bot.ingress.clerk import Clerk
from bot.ingress.polling import ALLOWED, is_update
from bot.ingress.refusals import CannotReceive, Stopping
from bot.watching.probes import Probes, Report
from bot.wire import Refused, Wire, body_of, decoded
from workflows.store.transaction import StoreAway

BODY_LIMIT: Final = 2**20  # bytes
_SECRET_HEADER: Final = b"x-telegram-bot-api-secret-token"  # the header's name
_AGAIN_SOON: Final = {"Retry-After": "5"}
_JSON: Final = (b"content-type", b"application/json")
_TAKEN: Final[tuple[Message, Message]] = (
    {
        "type": "http.response.start",
        "status": 200,
        "headers": [_JSON, (b"content-length", b"2")],
    },
    {"type": "http.response.body", "body": b"{}"},
)

log = structlog.stdlib.get_logger(__name__)


class _Unfit(Exception):
    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status
        self.why = why


class _Gone(Exception):
    """Whoever called has hung up before the end of the body."""


def webhook_app(clerk: Clerk, path: str, secret: str, probes: Probes) -> ASGIApp:
    """The application that receives updates at `path`, with `/livez` and `/readyz` beside it."""
    expected = secret.encode("utf-8")
    others = _beside(probes)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != path:
            await others(scope, receive, send)
            return
        if scope["method"] != "POST":
            only = Response("Only POST is answered here.", 405, {"Allow": "POST"}, media_type="text/plain")
            await only(scope, receive, send)
            return
        try:
            update = await _update(dict(scope["headers"]), receive, expected)
            logs.attend(update["update_id"])
            (future,) = clerk.submit([update], carries=True)
            calls = await asyncio.shield(future)
            reach("before_answer")
        except _Gone:
            return
        except _Unfit as unfit:
            log.warning("request_refused", status=unfit.status, why=unfit.why)
            await Response(unfit.why, unfit.status, media_type="text/plain")(scope, receive, send)
        except (StoreAway, Stopping):
            answer = Response("Not now; nothing was taken.", 503, _AGAIN_SOON, media_type="text/plain")
            await answer(scope, receive, send)
        else:
            for part in _acknowledgement(calls):
                await send(part)

    return app


def _acknowledgement(calls: list[Call]) -> tuple[Message, Message]:
    """The response to an update that is on disk; Telegram makes the call that stands in it."""
    if not calls:
        return _TAKEN
    method, params = calls.pop()
    body = body_of({"method": method, **params})
    headers = [_JSON, (b"content-length", b"%d" % len(body))]
    return (
        {"type": "http.response.start", "status": 200, "headers": headers},
        {"type": "http.response.body", "body": body},
    )


def _beside(probes: Probes) -> Starlette:
    """What is answered beside the updates: the probes, and 404 for another path."""

    async def live(_request: Request) -> Response:
        return _told(probes.live())

    async def ready(_request: Request) -> Response:
        return _told(await probes.ready())

    return Starlette(
        routes=[
            Route("/livez", live, methods=["GET"]),
            Route("/readyz", ready, methods=["GET"]),
        ]
    )


def _told(report: Report) -> JSONResponse:
    return JSONResponse(report.as_json(), 503 if report.failed else 200)


async def _update(headers: Mapping[bytes, bytes], receive: Receive, secret: bytes) -> dict[str, Any]:
    """The update of a request; raises _Unfit with the status to answer, the secret judged first."""
    if not hmac.compare_digest(headers.get(_SECRET_HEADER, b""), secret):
        raise _Unfit(403, "The secret header is missing or wrong.")
    if headers.get(b"content-type", b"").partition(b";")[0].strip().lower() != b"application/json":
        raise _Unfit(415, "Send application/json.")
    update = decoded(await _body(headers.get(b"content-length", b""), receive))
    if not is_update(update):
        raise _Unfit(400, "Send a JSON object with a whole update_id.")
    fit: dict[str, Any] = update
    return fit


async def _body(length: bytes, receive: Receive) -> bytes:
    """The whole body of a request; raises _Unfit for one that is too large, _Gone where it breaks off."""
    if length.isdigit() and int(length[:20]) > BODY_LIMIT:
        raise _Unfit(413, "At most 1 MiB.")
    body = b""
    more = True
    while more:
        part = await receive()
        if part["type"] == "http.disconnect":
            raise _Gone
        body += part.get("body", b"")
        more = part.get("more_body", False)
        if len(body) > BODY_LIMIT:
            raise _Unfit(413, "At most 1 MiB.")
    return body


def path_of(url: str) -> str:
    """The path at which the webhook is served; raises CannotReceive for none, or one that probes use."""
    path = urlsplit(url).path
    if path in {"", "/", "/livez", "/readyz", "/metrics"}:
        raise CannotReceive(
            "RAFIQ_WEBHOOK_URL needs a path of its own, such as https://bot.example.org/updates."
        )
    return path


async def set_webhook(wire: Wire, url: str, secret: str, *, take_over: bool) -> None:
    """Tell Telegram where to call; updates that wait are kept.

    Raises CannotReceive where another address is set, unless it is to be taken over.
    """
    known = (await wire.call("getWebhookInfo")).get("url")
    if known and known != url and not take_over:
        raise CannotReceive(
            "Another webhook is set for this bot, so another deployment receives its updates. Stop that one, "
            "then start again with --take-over."
        )
    while not await _set(wire, url, secret):
        pass


async def _set(wire: Wire, url: str, secret: str) -> bool:
    """Set the webhook; False, after a while, where another replica did so in the same second."""
    try:
        await wire.call(
            "setWebhook",
            url=url,
            secret_token=secret,
            allowed_updates=ALLOWED,
            max_connections=100,
            drop_pending_updates=False,
        )
    except Refused as refused:
        if refused.retry_after is None:
            raise
        await asyncio.sleep(refused.retry_after)
        return False
    return True
