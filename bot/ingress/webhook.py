"""Telegram calls us: a request is judged, handed to the clerk, and answered 200 only after its commit."""

import asyncio
import hmac
from typing import Any, Final
from urllib.parse import urlsplit

import structlog
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot import logs
from bot.failpoints import reach
from bot.ingress.clerk import Clerk
from bot.ingress.polling import ALLOWED, is_update
from bot.ingress.refusals import CannotReceive, Stopping
from bot.watching.probes import Probes, Report
from bot.wire import Refused, Wire, decoded
from workflows.store.transaction import StoreAway

BODY_LIMIT: Final = 2**20  # bytes
_SECRET_HEADER: Final = "x-telegram-bot-api-secret-token"  # noqa: S105 - the header's name
_AGAIN_SOON: Final = {"Retry-After": "5"}

log = structlog.stdlib.get_logger(__name__)


class _Unfit(Exception):
    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status
        self.why = why


def webhook_app(clerk: Clerk, path: str, secret: str, probes: Probes) -> Starlette:
    """The application that receives updates at `path`, with `/livez` and `/readyz` beside it."""

    async def receive(request: Request) -> Response:
        try:
            update = await _update(request, secret)
            logs.attend(update["update_id"])
            (future,) = clerk.submit([update])
            await asyncio.shield(future)
            reach("before_answer")
        except _Unfit as unfit:
            log.warning("request_refused", status=unfit.status, why=unfit.why)
            return Response(unfit.why, unfit.status, media_type="text/plain")
        except (StoreAway, Stopping):
            return Response("Not now; nothing was taken.", 503, _AGAIN_SOON, media_type="text/plain")
        except ClientDisconnect:
            return Response("", 400)
        return Response(b"{}", media_type="application/json")

    async def live(_request: Request) -> Response:
        return _told(probes.live())

    async def ready(_request: Request) -> Response:
        return _told(await probes.ready())

    return Starlette(
        routes=[
            Route(path, receive, methods=["POST"]),
            Route("/livez", live, methods=["GET"]),
            Route("/readyz", ready, methods=["GET"]),
        ]
    )


def _told(report: Report) -> JSONResponse:
    return JSONResponse(report.as_json(), 503 if report.failed else 200)


async def _update(request: Request, secret: str) -> dict[str, Any]:
    """The update of a request; raises _Unfit with the status to answer, the secret judged first."""
    given = request.headers.get(_SECRET_HEADER, "")
    if not hmac.compare_digest(given.encode("utf-8"), secret.encode("utf-8")):
        raise _Unfit(403, "The secret header is missing or wrong.")
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise _Unfit(415, "Send application/json.")
    update = decoded(await _body(request))
    if not is_update(update):
        raise _Unfit(400, "Send a JSON object with a whole update_id.")
    fit: dict[str, Any] = update
    return fit


async def _body(request: Request) -> bytes:
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length[:20]) > BODY_LIMIT:
        raise _Unfit(413, "At most 1 MiB.")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            raise _Unfit(413, "At most 1 MiB.")
    return bytes(body)


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
