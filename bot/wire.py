"""The way to Telegram: requests over aiohttp and orjson, and for each failure whether the request left."""

import json
from typing import Any, Final

import aiohttp
import orjson
from pydantic import SecretStr
from telegram import Bot
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot.settings import SEND_DEADLINE

CONNECT_TIMEOUT: Final = 5.0
READ_TIMEOUT: Final = 20.0
_JSON: Final = {"Content-Type": "application/json"}
_SUCCESS: Final = 200
_NEVER_LEFT: Final = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.InvalidURL,
    aiohttp.NonHttpUrlClientError,
)


class NotSent(NetworkError):
    """The request surely never reached Telegram: connection refused, name unknown, no connection in time."""


class Unanswered(TimedOut):
    """The request may have reached Telegram: no answer in time, connection lost, or an unreadable answer."""


class Refused(TelegramError):
    """Telegram answered and said no; `code` is the HTTP status, `retry_after` is in seconds."""

    def __init__(self, code: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        given = parameters or {}
        self.retry_after: float | None = _number(given.get("retry_after"))
        self.migrated: bool = given.get("migrate_to_chat_id") is not None

    def __reduce__(self) -> tuple[type, tuple[Any, ...]]:
        return Refused, (self.code, self.description)


class QuietBot(Bot):
    """python-telegram-bot's Bot on our wire, for all that need not be quick; its `repr` hides the token."""

    def __init__(self, wire: "Wire") -> None:
        super().__init__(
            wire.token.get_secret_value(), f"{wire.api}/bot", request=wire, get_updates_request=wire
        )

    def __repr__(self) -> str:
        return "QuietBot[token hidden]"


class Wire(BaseRequest):
    """All requests of one bot; usable as the request of `telegram.Bot` and, for the quick way, by `call`.

    Raises NotSent, Unanswered or Refused; none of them, nor its cause, ever holds the address with the token.
    """

    def __init__(self, api: str, token: SecretStr) -> None:
        self.api = api
        self.token = token
        self._root = f"{api}/bot{token.get_secret_value()}/"
        self._urls: dict[str, URL] = {}
        self._session: aiohttp.ClientSession | None = None

    def __repr__(self) -> str:
        return "Wire[token hidden]"

    @property
    def read_timeout(self) -> float:
        """Seconds that an answer may take."""
        return READ_TIMEOUT

    async def initialize(self) -> None:
        """Open the connection pool; may be called twice."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=30, ttl_dns_cache=60),
                cookie_jar=aiohttp.DummyCookieJar(),
                auto_decompress=True,
            )

    async def shutdown(self) -> None:
        """Close the connection pool."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def call(self, method: str, *, read_timeout: float = READ_TIMEOUT, **params: Any) -> Any:
        """The `result` of a Bot API method as plain JSON values; parameters that are None are left out."""
        body = encoded({name: value for name, value in params.items() if value is not None})
        status, payload = await self._exchange(
            "POST", self._url(method), read_timeout, data=body, headers=_JSON
        )
        return _result(status, payload)

    async def upload(self, method: str, filename: str, content: bytes, **params: Any) -> Any:
        """The `result` of a method that sends a document."""
        form = aiohttp.FormData(quote_fields=False)
        for name, value in params.items():
            form.add_field(name, value if isinstance(value, str) else encoded(value).decode())
        form.add_field("document", content, filename=filename, content_type="application/octet-stream")
        status, payload = await self._exchange("POST", self._url(method), READ_TIMEOUT, data=form)
        return _result(status, payload)

    def _url(self, method: str) -> URL:
        url = self._urls.get(method)
        if url is None:
            url = self._urls[method] = URL(self._root + method, encoded=True)
        return url

    async def do_request(  # noqa: PLR0913, PLR0917 - python-telegram-bot fixes this signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = None,  # noqa: ARG002 - the library's own signature
        connect_timeout: Any = None,  # noqa: ARG002 - the library's own signature
        pool_timeout: Any = None,  # noqa: ARG002 - the library's own signature
    ) -> tuple[int, bytes]:
        """One exchange for `telegram.Bot`: files as multipart, everything else as JSON."""
        seconds = read_timeout if isinstance(read_timeout, int | float) else READ_TIMEOUT
        address = URL(url, encoded=True)
        if request_data is None:
            return await self._exchange(method, address, seconds)
        if request_data.contains_files:
            return await self._exchange(method, address, seconds, data=_form(request_data))
        body = encoded(request_data.parameters)
        return await self._exchange(method, address, seconds, data=body, headers=_JSON)

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer as a dict; raises Unanswered when it is none."""
        answer = decoded(payload)
        if not isinstance(answer, dict):
            raise Unanswered("Telegram's answer is not readable")
        return answer

    async def _exchange(self, method: str, url: URL, seconds: float, **content: Any) -> tuple[int, bytes]:
        if self._session is None:
            await self.initialize()
        assert self._session is not None  # noqa: S101 - opened above
        timeout = _timeout(seconds)
        failure: TelegramError
        try:
            async with self._session.request(method, url, timeout=timeout, **content) as response:
                return response.status, await response.read()
        except _NEVER_LEFT as error:
            failure = NotSent(f"no connection to Telegram ({type(error).__name__})")
        except TimeoutError:
            failure = Unanswered("Telegram did not answer in time")
        except (aiohttp.ClientError, OSError) as error:
            failure = Unanswered(f"the connection to Telegram was lost ({type(error).__name__})")
        # Raised outside the handler: the library's error holds the address, and with it the token.
        raise failure


def encoded(value: object) -> bytes:
    """JSON as bytes."""
    return orjson.dumps(value)


def decoded(payload: bytes) -> Any:
    """What JSON bytes hold, None when they are none; lone surrogates, which orjson refuses, are read too."""
    try:
        return orjson.loads(payload)
    except orjson.JSONDecodeError:
        pass
    try:
        return json.loads(payload)
    except (ValueError, RecursionError):
        return None


def _result(status: int, payload: bytes) -> Any:
    answer = decoded(payload)
    if not isinstance(answer, dict):
        if status == _SUCCESS or status >= 500:  # noqa: PLR2004 - a fault of the server
            raise Unanswered(f"Telegram's answer is not readable (HTTP {status})")
        raise Refused(status, "")
    if status == _SUCCESS and answer.get("ok"):
        return answer.get("result")
    parameters = answer.get("parameters")
    code = answer.get("error_code")
    raise Refused(
        code if isinstance(code, int) else status,
        str(answer.get("description", "")),
        parameters if isinstance(parameters, dict) else None,
    )


_timeouts: dict[float, aiohttp.ClientTimeout] = {}


def _timeout(seconds: float) -> aiohttp.ClientTimeout:
    """Limits of one exchange; the total also ends an answer that comes a byte a second."""
    if seconds not in _timeouts:
        total = max(SEND_DEADLINE, seconds + CONNECT_TIMEOUT)
        _timeouts[seconds] = aiohttp.ClientTimeout(
            total=total, sock_connect=CONNECT_TIMEOUT, sock_read=seconds
        )
    return _timeouts[seconds]


def _form(request_data: RequestData) -> aiohttp.FormData:
    form = aiohttp.FormData(quote_fields=False)
    for name, value in request_data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, content_type) in (request_data.multipart_data or {}).items():
        form.add_field(name, content, filename=filename, content_type=content_type)
    return form


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
