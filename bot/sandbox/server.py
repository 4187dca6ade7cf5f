"""The HTTP side of the pretend Bot API: read a call, let it happen or go wrong, answer."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import orjson
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request

from bot.sandbox.faults import Fault
from bot.sandbox.methods import METHODS
from bot.sandbox.parameters import Parameters, Upload
from bot.sandbox.polling import Poller
from bot.sandbox.refusals import RefusedError, bad_request
from bot.sandbox.sim import site

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Answer = tuple[int, bytes]

MAX_BODY_BYTES = 60 * 1024 * 1024
FOREVER_SECONDS = 86_400.0
_JSON = (b"content-type", b"application/json")
_HTML = (
    b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><h1>502 Bad Gateway</h1></body></html>"
)


class Server:
    """The ASGI application: the Bot API itself, and the site for people and judges beside it."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox
        self._site = site(sandbox)
        self._ending = asyncio.Event()
        self.poller = Poller(sandbox)

    def close(self) -> None:
        """Turn away long polls and end hanging calls."""
        self.poller.close()
        self._ending.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] == "http" and path.startswith("/bot"):
            await self._call(scope, receive, send, path)
        elif scope["type"] == "http" and path.startswith("/file/bot"):
            await self._download(send, path)
        else:
            await self._site(scope, receive, send)

    async def _call(self, scope: Scope, receive: Receive, send: Send, path: str) -> None:
        token, _, method = path[4:].partition("/")
        method = method.lower()
        tally = self._sandbox.tally
        try:
            self._judge_token(token)
            p = await _parameters(scope, receive)
        except RefusedError as refusal:
            await _reply(send, *_refused(refusal))
            return
        tally.calls[method] += 1
        if self._sandbox.latency_seconds:
            await asyncio.sleep(self._sandbox.latency_seconds)
        faults = self._sandbox.faults
        fault = faults.strike(method, p.integer("chat_id", 0) or None) if faults else None
        if fault is not None:
            tally.faults[fault.kind] += 1
            await self._mishap(fault, method, p, receive, send)
            return
        await _reply(send, *await self._answer(method, p, receive))

    def _judge_token(self, token: str) -> None:
        if token != self._sandbox.token:
            number, colon, secret = token.partition(":")
            raise RefusedError(401, "Unauthorized") if number.isdigit() and colon and secret else _unknown()

    async def _answer(self, method: str, p: Parameters, receive: Receive) -> Answer:
        try:
            if method == "getupdates":
                result: Any = await self.poller.get_updates(p, receive)
            elif method in METHODS:
                result = METHODS[method](self._sandbox, p)
            else:
                return _refused(RefusedError(404, "Not Found: method not found"))
        except RefusedError as refusal:
            self._sandbox.tally.refusals[refusal.description] += 1
            return _refused(refusal)
        return 200, b'{"ok":true,"result":' + orjson.dumps(result) + b"}"

    def answer_in_webhook(self, body: bytes) -> None:
        """Do what a webhook's answer asks for; nobody learns how it went, as with Telegram."""
        try:
            asked = orjson.loads(body)
            method = METHODS.get(str(asked.pop("method")).lower())
        except (orjson.JSONDecodeError, AttributeError, KeyError):
            return
        self._sandbox.tally.webhook["method_in_answer"] += 1
        if method is not None:
            try:
                method(self._sandbox, Parameters(asked))
            except RefusedError as refusal:
                self._sandbox.tally.refusals[refusal.description] += 1

    async def _mishap(self, fault: Fault, method: str, p: Parameters, receive: Receive, send: Send) -> None:
        true_answer = await self._answer(method, p, receive) if fault.delivered else (200, b"")
        if fault.kind == "reset":
            _sever(send)
        elif fault.kind in {"hang_before", "hang_after"}:
            await self._pause(FOREVER_SECONDS if fault.seconds is None else fault.seconds)
            if fault.kind == "hang_before" or fault.seconds is None:
                _sever(send)
            else:
                await _reply(send, *true_answer)
        elif fault.kind == "slow":
            await self._pause(fault.seconds or 1.0)
            await _reply(send, *true_answer)
        elif fault.kind == "drip":
            await self._drip(send, true_answer, fault.seconds or 1.0)
        else:
            await _spoiled(send, fault, true_answer)

    async def _pause(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._ending.wait(), seconds)
        except TimeoutError:
            return

    async def _drip(self, send: Send, answer: Answer, pause: float) -> None:
        status, body = answer
        headers = [_JSON, (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        for at in range(len(body)):
            await self._pause(0 if self._ending.is_set() else pause)
            await send(
                {"type": "http.response.body", "body": body[at : at + 1], "more_body": at + 1 < len(body)}
            )

    async def _download(self, send: Send, path: str) -> None:
        token, _, name = path.removeprefix("/file/bot").partition("/")
        try:
            self._judge_token(token)
            stored = self._sandbox.files.at(name)
            if stored is None:
                raise _unknown()
        except RefusedError as refusal:
            await _reply(send, *_refused(refusal))
        else:
            await _reply(send, 200, stored.content, (b"content-type", b"application/octet-stream"))


def _unknown() -> RefusedError:
    return RefusedError(404, "Not Found")


def _refused(refusal: RefusedError) -> Answer:
    body: dict[str, Any] = {"ok": False, "error_code": refusal.code, "description": refusal.description}
    if refusal.parameters is not None:
        body["parameters"] = refusal.parameters
    return refusal.code, orjson.dumps(body)


async def _reply(
    send: Send, status: int, body: bytes, kind: tuple[bytes, bytes] = _JSON, *more: tuple[bytes, bytes]
) -> None:
    headers = [kind, (b"content-length", b"%d" % len(body)), *more]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def _spoiled(send: Send, fault: Fault, true_answer: Answer) -> None:
    """The mishaps that are one wrong answer."""
    if fault.kind == "flood":
        after = fault.retry_after
        refusal = RefusedError(429, f"Too Many Requests: retry after {after}", {"retry_after": after})
        await _reply(send, *_refused(refusal), _JSON, (b"retry-after", b"%d" % after))
    elif fault.kind == "html":
        await _reply(send, fault.code, _HTML, (b"content-type", b"text/html"))
    elif fault.kind == "empty":
        await _reply(send, fault.code, b"")
    elif fault.kind == "truncated":
        await _reply(send, true_answer[0], true_answer[1][: len(true_answer[1]) // 2])
    elif fault.kind == "no_result":
        await _reply(send, 200, b'{"ok":true}')
    else:
        usual = (
            "Internal Server Error: restart"
            if fault.kind == "server_error"
            else "Bad Request: refused to order"
        )
        await _reply(send, *_refused(RefusedError(fault.code, fault.description or usual, fault.parameters)))


def _sever(send: Send) -> None:
    """Cut the connection without an answer; uvicorn keeps the transport beside its `send`."""
    owner = getattr(send, "__self__", None)
    transport = getattr(owner, "transport", None)
    if transport is not None:
        transport.abort()


async def _parameters(scope: Scope, receive: Receive) -> Parameters:
    """The parameters from the address and from a JSON, form or multipart body."""
    query = scope.get("query_string", b"")
    values: dict[str, Any] = dict(parse_qsl(query.decode(), keep_blank_values=True)) if query else {}
    kind = next((value for name, value in scope["headers"] if name == b"content-type"), b"").decode("latin-1")
    if kind.startswith("multipart/"):
        return await _multipart(Request(scope, receive), values)
    body = await _body(receive)
    if not body:
        return Parameters(values)
    if kind.startswith("application/json"):
        try:
            given = orjson.loads(body)
        except orjson.JSONDecodeError:
            raise bad_request("can't parse the body as JSON") from None
        if not isinstance(given, dict):
            raise bad_request("object expected as the body")
        return Parameters(values | given)
    return Parameters(values | dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)))


async def _multipart(request: Request, values: dict[str, Any]) -> Parameters:
    uploads = {}
    try:
        async with request.form(max_part_size=MAX_BODY_BYTES) as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    mime = value.content_type or "application/octet-stream"
                    uploads[name] = Upload(value.filename or name, await value.read(), mime)
                else:
                    values[name] = value
    except (HTTPException, MultiPartException):
        raise bad_request("can't parse the body as multipart/form-data") from None
    return Parameters(values, uploads)


async def _body(receive: Receive) -> bytes:
    message = await receive()
    body: bytes = message.get("body", b"")
    if not message.get("more_body"):
        return body
    parts, size = [body], len(body)
    while message.get("more_body"):
        message = await receive()
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > MAX_BODY_BYTES:
            raise RefusedError(413, "Request Entity Too Large")
    return b"".join(parts)
