"""A small round-robin in front of the replicas: each request goes to the next one that takes a connection."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

Address = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Balancer:
    """Passes requests on, one for each connection, and knows how many each replica got."""

    def __init__(self, ports: Sequence[int]) -> None:
        self.ports = list(ports)
        self.dealt = dict.fromkeys(ports, 0)
        self._next = 0
        self._tasks: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def open(self) -> AsyncIterator[int]:
        """Listen on loopback for the block; gives the port."""
        server = await asyncio.start_server(self._takes, "127.0.0.1", 0)
        async with server:
            yield server.sockets[0].getsockname()[1]
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def _takes(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serves(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serves(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        back: asyncio.StreamWriter | None = None
        try:
            request = await _message(reader)
            answer, back = await self._reaches_one()
            if back is None:
                writer.write(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            elif answer is not None:
                back.write(request)
                response = await _message(answer)
                head, _, body = response.partition(b"\r\n\r\n")
                writer.write(head + b"\r\nConnection: close\r\n\r\n" + body)
        except (OSError, EOFError, ValueError):
            pass  # a replica died over it, or the sandbox gave up: the connection is cut, as a proxy would
        finally:
            for each in (writer, back):
                if each is not None:
                    each.close()

    async def _reaches_one(self) -> tuple[asyncio.StreamReader | None, asyncio.StreamWriter | None]:
        for _ in self.ports:
            port = self.ports[self._next % len(self.ports)]
            self._next += 1
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                continue
            self.dealt[port] += 1
            return reader, writer
        return None, None


async def _message(reader: asyncio.StreamReader) -> bytes:
    """A request or an answer with its body; raises EOFError where it is cut."""
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.decode("latin-1").lower().split("\r\n")
    length = next((int(line.split(":")[1]) for line in lines if line.startswith("content-length:")), 0)
    return head + await reader.readexactly(length)
