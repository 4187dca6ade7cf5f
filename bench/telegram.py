"""A Bot API as lean as it can be, so that the bot under measurement is the slower of the two."""

import asyncio
import re
from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final, cast
from urllib.parse import urlsplit

import orjson

from bench.pushing import USUAL, Hook, Pusher

TOKEN: Final = "1:bench"  # noqa: S105 - opens nothing
DATE: Final = 1_750_000_000  # every message was sent at this moment; no bot here looks at it
_BATCH: Final = 100
_LENGTH: Final = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_CHUNKED: Final = re.compile(rb"\r\ntransfer-encoding: *chunked", re.IGNORECASE)
_HEAD: Final = b"HTTP/1.1 %d %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
_WORDS: Final = " ".join(["كلمة"] * 40)
_ME: Final = {"id": 1, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
_BOT: Final = orjson.dumps(_ME)
_TEXT: Final = orjson.dumps(_WORDS)
_SENT: Final = (
    b'{"ok":true,"result":{"message_id":%d,"from":'
    + _BOT
    + b',"chat":{"id":%d,"type":"private","first_name":"Person"},"date":%d,"text":'
    + _TEXT
    + b"}}"
)
_TRUE: Final = b'{"ok":true,"result":true}'
_FIXED: Final[dict[bytes, bytes]] = {
    b"getMe": orjson.dumps({"ok": True, "result": _ME}),
    b"deleteWebhook": _TRUE,
    b"answerCallbackQuery": _TRUE,
    b"getMyName": b'{"ok":true,"result":{"name":""}}',
    b"getMyDescription": b'{"ok":true,"result":{"description":""}}',
    b"getMyShortDescription": b'{"ok":true,"result":{"short_description":""}}',
    b"getMyCommands": b'{"ok":true,"result":[]}',
    b"setMyName": _TRUE,
    b"setMyDescription": _TRUE,
    b"setMyShortDescription": _TRUE,
    b"setMyCommands": _TRUE,
    b"sendChatAction": _TRUE,
}
_INFO: Final = b'{"ok":true,"result":{"url":"%s","has_custom_certificate":false,"pending_update_count":0}}'
_NOT_MODIFIED: Final = b'{"ok":false,"error_code":400,"description":"Bad Request: message is not modified"}'
_SENDS: Final = {b"sendMessage", b"editMessageText"}


@dataclass(frozen=True, slots=True)
class Sent:
    """What a bot sent or redrew: to whom, how it begins, the data on its keys, and its message id."""

    chat_id: int
    text: str
    keys: tuple[str, ...]
    message_id: int
    is_new: bool


@dataclass(slots=True)
class _Poll:
    """A `getUpdates` that waits for something to come."""

    exchange: "_Exchange"
    limit: int
    timer: asyncio.TimerHandle


@dataclass
class Telegram:
    """The server: updates are offered with `offer`, and `hear` is told whatever the bot sends.

    `latency` in seconds delays every answer to the bot, as the way over the internet would. A bot that sets a webhook
    is called at the port of its address, or, where several of it do so, at the `ports` of all of them in turn, as by a
    balancer; `receives` is set when all have asked for updates.
    """

    latency: float = 0.0
    ports: Sequence[int] = ()
    hear: Callable[[Sent], None] = field(default=lambda _: None)
    calls: Counter[bytes] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._updates: deque[tuple[int, bytes]] = deque()
        self._message_ids: Counter[int] = Counter()
        self._update_id = 1
        self._poll: _Poll | None = None
        self._flushing = False
        self._server: asyncio.Server | None = None
        self._hook = b""
        self._pusher: Pusher | None = None
        self.receives = asyncio.Event()

    async def start(self) -> str:
        """Listen on a free port of loopback; returns the address, such as `http://127.0.0.1:40123`."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Exchange(self), "127.0.0.1", 0)
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def stop(self) -> None:
        """Stop listening and calling; a poll that waits is given up."""
        if self._pusher is not None:
            self._pusher.close()
        if self._poll is not None:
            self._poll.timer.cancel()
            self._poll = None
        if self._server is not None:
            self._server.close()

    # --- what people do ------------------------------------------------------------------------------------------

    def next_message_id(self, chat_id: int) -> int:
        """Message ids count up in each chat, whoever writes."""
        self._message_ids[chat_id] += 1
        return self._message_ids[chat_id]

    def offer(self, content: bytes) -> None:
        """Make an update available: `content` is its JSON without the braces and the id."""
        update = b'{"update_id":%d,%s}' % (self._update_id, content)
        self._update_id += 1
        if self._pusher is not None:
            self._pusher.push(update)
            return
        self._updates.append((self._update_id - 1, update))
        if self._poll is not None and not self._flushing:
            self._flushing = True
            asyncio.get_running_loop().call_soon(self._flush)

    # --- what the bot asks ---------------------------------------------------------------------------------------

    def answer(self, exchange: "_Exchange", method: bytes, body: bytes) -> None:
        """Answer one request, now or, for a poll, when there is something to say."""
        self.calls[method] += 1
        if method in _SENDS:
            sent = self._sent(body, is_new=method == b"sendMessage")
            exchange.write(_SENT % (sent.message_id, sent.chat_id, DATE))
            self.hear(sent)
        elif method == b"getUpdates":
            self._get_updates(exchange, body)
        elif method == b"editMessageReplyMarkup":  # asked for where there are no keys
            exchange.write(_NOT_MODIFIED, 400)
        elif method == b"setWebhook":
            self._set_webhook(params_of(body))
            exchange.write(_TRUE)
        elif method == b"getWebhookInfo":
            exchange.write(_INFO % self._hook)
        elif method in _FIXED:
            exchange.write(_FIXED[method])
        else:
            exchange.write(b'{"ok":false,"error_code":404,"description":"Not Found"}', 404)

    def _sent(self, body: bytes, *, is_new: bool) -> Sent:
        params = params_of(body)
        chat_id = int(params["chat_id"])
        message_id = self.next_message_id(chat_id) if is_new else int(params["message_id"])
        markup = params.get("reply_markup")
        keys: tuple[str, ...] = ()
        if markup:
            rows = (markup if isinstance(markup, dict) else orjson.loads(markup)).get("inline_keyboard", [])
            keys = tuple(key.get("callback_data", "") for row in rows for key in row)
        return Sent(chat_id, params.get("text", ""), keys, message_id, is_new)

    def _set_webhook(self, params: dict[str, Any]) -> None:
        url, secret = str(params["url"]), str(params.get("secret_token") or "")
        self._hook = url.encode()
        place = urlsplit(url)
        if self.calls[b"setWebhook"] < len(self.ports):
            return
        hook = Hook(
            self.ports or (place.port or 80,),
            place.path.encode(),
            secret.encode(),
            int(params.get("max_connections") or USUAL),
        )
        if self._pusher is None:
            self._pusher = Pusher(hook)
        self.receives.set()

    def _get_updates(self, exchange: "_Exchange", body: bytes) -> None:
        params = params_of(body)
        offset = int(params.get("offset") or 0)
        while self._updates and self._updates[0][0] < offset:
            self._updates.popleft()
        if self._poll is not None:
            self._poll.timer.cancel()
            conflict = (
                b'{"ok":false,"error_code":409,"description":"Conflict: terminated by other getUpdates"}'
            )
            self._poll.exchange.write(conflict, 409)
        loop = asyncio.get_running_loop()
        timer = loop.call_later(float(params.get("timeout") or 0), self._flush)
        self._poll = _Poll(exchange, int(params.get("limit") or _BATCH), timer)
        self.receives.set()
        if self._updates:
            self._flush()

    def _flush(self) -> None:
        self._flushing = False
        if self._poll is None:
            return
        poll, self._poll = self._poll, None
        poll.timer.cancel()
        waiting = b",".join(content for _, content in islice(self._updates, poll.limit))
        poll.exchange.write(b'{"ok":true,"result":[%s]}' % waiting)


class _Exchange(asyncio.Protocol):
    """One connection of the bot, its requests parsed by hand."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram
        self._transport: asyncio.Transport | None = None
        self._rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's are none by inheritance

    def connection_lost(self, _exc: Exception | None) -> None:
        self._transport = None

    def data_received(self, data: bytes) -> None:
        data = self._rest + data if self._rest else data
        while (end := data.find(b"\r\n\r\n")) >= 0:
            if _CHUNKED.search(data, 0, end):
                self.write(b'{"ok":false,"error_code":411,"description":"Length Required"}', 411)
                data = b""
                break
            length = _LENGTH.search(data, 0, end)
            whole = end + 4 + (int(length[1]) if length else 0)
            if len(data) < whole:
                break
            path = data[: data.index(b"\r\n")].split(b" ")[1]
            self._telegram.answer(self, path[path.rindex(b"/") + 1 :], data[end + 4 : whole])
            data = data[whole:]
        self._rest = data

    def write(self, payload: bytes, status: int = 200) -> None:
        """Send an answer, after the latency that is asked for."""
        reason = b"OK" if status == 200 else b"Refused"  # noqa: PLR2004
        answer = _HEAD % (status, reason, len(payload)) + payload
        if self._telegram.latency:
            asyncio.get_running_loop().call_later(self._telegram.latency, self._write, answer)
        else:
            self._write(answer)

    def _write(self, answer: bytes) -> None:
        if self._transport is not None:
            self._transport.write(answer)


_FIELD: Final = re.compile(rb"(?:^|&)([a-z_]+)=([^&]*)")
_ESCAPED: Final = re.compile(rb"%([0-9A-Fa-f]{2})")


def params_of(body: bytes) -> dict[str, Any]:
    """The parameters of a request, sent as JSON or as a form.

    The `text` of a form is left as it is, since decoding it takes longer than everything else here.
    """
    if body.startswith(b"{"):
        params: dict[str, Any] = orjson.loads(body)
        return params
    return {
        name.decode(): value.decode() if name == b"text" else _unescaped(value)
        for name, value in _FIELD.findall(body)
    }


def _unescaped(value: bytes) -> str:
    if b"%" in value:
        value = _ESCAPED.sub(lambda found: bytes((int(found[1], 16),)), value)
    return value.replace(b"+", b" ").decode()
