"""What a Bot API may answer: any bytes end as a value or as one of three failures, and each has a meaning."""

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr
from telegram.error import TelegramError

from bot.outcomes import judge
from bot.wire import NotSent, Refused, Unanswered, Wire
from tests.fuzz.conftest import FUZZ
from tests.fuzz.spoiling import JUNK, damaged, spoilt
from tests.wire.servers import Asked, Server, answer, serving

TOKEN = "987654321:AAmarkedTOKENmarkedTOKENmarkedTOKEN12"
WHOLE: list[Any] = [
    {"ok": True, "result": {"message_id": 7, "chat": {"id": 1, "type": "private"}, "date": 1}},
    {"ok": True, "result": [{"update_id": 1, "message": {"message_id": 1}}]},
    {"ok": False, "error_code": 429, "description": "Too Many Requests", "parameters": {"retry_after": 5}},
    {"ok": False, "error_code": 400, "description": "Bad Request: message is not modified"},
    {"ok": False, "error_code": 403, "description": "Forbidden: bot was blocked by the user"},
]
STATUSES = st.sampled_from(
    [b"200 OK", b"200 OK", b"400 Bad", b"403 No", b"429 Slow", b"500 Oh", b"502 Bad Gateway", b"999 x"]
)


def as_json(value: Any) -> bytes:
    """The bytes of a value, also of what no JSON may hold."""
    return json.dumps(value).encode("utf-8", "surrogatepass")


BODIES = (
    spoilt(WHOLE).map(as_json)
    | JUNK.map(as_json)
    | st.sampled_from(WHOLE).flatmap(lambda whole: damaged(orjson.dumps(whole)))
    | st.binary(max_size=60)
)
ANSWERS = st.one_of(
    st.builds(answer, BODIES, STATUSES),
    st.builds(answer, BODIES, STATUSES).flatmap(damaged),
)


class Way:
    """A way to a server that says what it is told to, in a loop of its own."""

    def __init__(self) -> None:
        self.says = b""
        self._runner = asyncio.Runner()
        self._room: Any = None
        self._wire: Wire
        self._runner.run(self._open())

    async def _open(self) -> None:
        self._room = serving(Server(self._plays))
        self._wire = Wire(await self._room.__aenter__(), SecretStr(TOKEN))

    async def _plays(self, asked: Asked) -> None:
        await asked.says(self.says)
        asked.writer.close()

    def call(self, method: str) -> Any:
        """Make one call and give what came of it, a value or a failure."""

        async def calling() -> Any:
            try:
                return await self._wire.call(method, chat_id=1, text="x", read_timeout=2)
            except TelegramError as error:
                return error

        return self._runner.run(calling())

    def closes(self) -> None:
        """Leave nothing open."""

        async def closing() -> None:
            await self._wire.shutdown()
            await self._room.__aexit__(None, None, None)

        self._runner.run(closing())
        self._runner.close()


@pytest.fixture(scope="module")
def way() -> Iterator[Way]:
    way = Way()
    yield way
    way.closes()


@FUZZ
@given(ANSWERS, st.sampled_from(["sendMessage", "getUpdates", "getMe"]))
def test_any_answer_is_a_value_or_a_failure_with_a_meaning(way: Way, said: bytes, method: str) -> None:
    way.says = said
    found = way.call(method)
    if isinstance(found, TelegramError):
        assert isinstance(found, NotSent | Unanswered | Refused)
        judged = judge(found)
        assert judged.seconds >= 0
        assert TOKEN not in f"{found!r} {found} {found.__cause__!r} {judged}"
