"""The Bot API's methods as calls: what is asked as JSON or with files, and what Telegram's answer says."""

import json
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

import orjson
from pydantic import SecretStr
from telegram import Bot
from telegram.request import BaseRequest, RequestData

from bot.settings import SEND_DEADLINE
from bot.wire.address import Address, Origin, form
from bot.wire.failures import Refused, Unanswered
from bot.wire.pool import CONNECT_TIMEOUT, Pool

READ_TIMEOUT: Final = 20.0
UPLOAD_TIMEOUT: Final = (
    SEND_DEADLINE - CONNECT_TIMEOUT
)  # seconds; what has much to send may be silent for longer
_JSON: Final = "application/json"
_FILE: Final = "application/octet-stream"
_SUCCESS: Final = 200


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
        self._urls: dict[str, Address] = {}
        self._pools: dict[Origin, Pool] = {}

    def __repr__(self) -> str:
        return "Wire[token hidden]"

    @property
    def read_timeout(self) -> float:
        """Seconds that an answer may be silent."""
        return READ_TIMEOUT

    async def initialize(self) -> None:
        """Nothing: connections are opened by the calls that need them, also after `shutdown`."""

    async def shutdown(self) -> None:
        """Close all connections."""
        while self._pools:
            await self._pools.popitem()[1].close()

    async def call(self, method: str, *, read_timeout: float = READ_TIMEOUT, **params: Any) -> Any:
        """The `result` of a Bot API method as plain JSON values; parameters that are None are left out."""
        body = body_of(params)
        request = (address := self._url(method)).request("POST", body, _JSON)
        return _result(*await self._exchange(address, request, read_timeout))

    async def upload(self, method: str, filename: str, content: bytes, **params: Any) -> Any:
        """The `result` of a method that sends a document; parameters that are None are left out."""
        fields = {
            name: value if isinstance(value, str) else encoded(value).decode()
            for name, value in params.items()
            if value is not None
        }
        body, content_type = form(fields, {"document": (filename, content, _FILE)})
        request = (address := self._url(method)).request("POST", body, content_type)
        return _result(*await self._exchange(address, request, UPLOAD_TIMEOUT))

    async def download(self, path: str) -> bytes:
        """What a file that `getFile` named holds; raises Refused where it is not there."""
        address = Address(f"{self.api}/file/bot{self.token.get_secret_value()}/{quote(path)}")
        status, payload = await self._exchange(address, address.request("GET"), UPLOAD_TIMEOUT)
        if status != _SUCCESS:
            raise Refused(status, "no such file")
        return payload

    def _url(self, method: str) -> Address:
        address = self._urls.get(method)
        if address is None:
            address = self._urls[method] = Address(self._root + method)
        return address

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
        address = Address(url)
        if request_data is None:
            request = address.request(method)
        elif request_data.contains_files:
            request = address.request(
                method, *form(request_data.json_parameters, request_data.multipart_data)
            )
        else:
            request = address.request(method, encoded(request_data.parameters), _JSON)
        return await self._exchange(address, request, seconds)

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer as a dict; raises Unanswered when it is none."""
        answer = decoded(payload)
        if not isinstance(answer, dict):
            raise Unanswered("Telegram's answer is not readable")
        return answer

    async def _exchange(self, address: Address, request: bytes, seconds: float) -> tuple[int, bytes]:
        """The whole is limited too, which ends an answer that comes a byte a second."""
        pool = self._pools.get(address.origin)
        if pool is None:
            pool = self._pools[address.origin] = Pool(address.origin)
        return await pool.exchange(request, seconds, max(SEND_DEADLINE, seconds + CONNECT_TIMEOUT))


async def fetched(url: str, seconds: float) -> bytes:
    """What stands at an address, asked once and over a connection of its own within so many seconds.

    Raises NotSent or Unanswered.
    """
    address = Address(url)
    pool = Pool(address.origin)
    try:
        _, payload = await pool.exchange(address.request("GET"), seconds, seconds)
    finally:
        await pool.close()
    return payload


def body_of(params: Mapping[str, object]) -> bytes:
    """A call's parameters as JSON, without those that have no value."""
    return encoded({name: value for name, value in params.items() if value is not None})


def encoded(value: object) -> bytes:
    """JSON as bytes; lone surrogates and huge numbers, which orjson refuses, are written too."""
    try:
        return orjson.dumps(value)
    except orjson.JSONEncodeError:
        return json.dumps(value).encode("ascii")


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
