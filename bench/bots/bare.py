"""The leanest bot there can be, on raw sockets: it shows what the pretend Bot API can take at most."""

import asyncio
import os
import re
from typing import cast
from urllib.parse import urlsplit

import orjson
import uvloop

LINES = 16
_LENGTH = re.compile(rb"\r\nContent-Length: (\d+)")
_PROMPT = os.environ["BENCH_QUESTIONS"].partition("\n")[0]


class Line(asyncio.Protocol):
    """One connection with one request under way at a time."""

    def __init__(self) -> None:
        self._rest = b""
        self._answer: asyncio.Future[bytes] | None = None
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's are none by inheritance

    def data_received(self, data: bytes) -> None:
        data = self._rest + data
        end = data.find(b"\r\n\r\n")
        length = _LENGTH.search(data, 0, end + 2) if end >= 0 else None
        if length is None or len(data) < end + 4 + int(length[1]):
            self._rest = data
            return
        self._rest = b""
        assert self._answer is not None  # noqa: S101 - the server speaks only when asked
        self._answer.set_result(data[end + 4 :])

    async def ask(self, method: bytes, body: bytes) -> bytes:
        """The body of the answer to one request."""
        assert self._transport is not None  # noqa: S101 - connected
        self._answer = asyncio.get_running_loop().create_future()
        head = b"POST /bot1:bench/%s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % (method, len(body))
        self._transport.write(head + body)
        return await self._answer


async def send(line: Line, todo: "asyncio.Queue[int]") -> None:
    """Send whoever is next the same question."""
    while True:
        await line.ask(b"sendMessage", orjson.dumps({"chat_id": await todo.get(), "text": _PROMPT}))


async def run() -> None:
    """Poll, and answer each text with one message."""
    place = urlsplit(os.environ["BENCH_API"])
    loop = asyncio.get_running_loop()
    host, port = place.hostname or "", place.port or 0
    lines = [(await loop.create_connection(Line, host, port))[1] for _ in range(LINES + 1)]
    todo: asyncio.Queue[int] = asyncio.Queue()
    senders = [asyncio.create_task(send(line, todo)) for line in lines[1:]]
    offset = 0
    while senders:
        body = orjson.dumps({"offset": offset, "timeout": 30, "limit": 100})
        for update in orjson.loads(await lines[0].ask(b"getUpdates", body))["result"]:
            offset = update["update_id"] + 1
            todo.put_nowait(update["message"]["chat"]["id"])


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(run())
