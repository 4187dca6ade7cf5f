"""A way to PostgreSQL that carries everything until it is told to swallow the answer to the next COMMIT."""

import asyncio
import contextlib
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

COMMIT = b"COMMIT;"
CHUNK = 65_536


class Way:
    """Stands between the bot and the database, and swallows the answer to the COMMIT of what bears its `mark`.

    Nothing is swallowed while there is none, and what is written beside it, such as a lease, has its answer.
    """

    def __init__(self, server: Path) -> None:
        self._server = server
        self._waits: set[asyncio.Task[None]] = set()
        self.mark = b""
        self.swallowed = 0

    async def carry(self, reader: StreamReader, writer: StreamWriter) -> None:
        """Carry one connection until either side ends it, or an answer is swallowed."""
        far_reader, far_writer = await asyncio.open_unix_connection(str(self._server))
        answering = asyncio.create_task(self._copy(far_reader, writer))
        self._waits.add(answering)
        bears_it = False
        try:
            while data := await reader.read(CHUNK):
                bears_it = bears_it or bool(self.mark and self.mark in data)
                if COMMIT in data and bears_it:
                    self.mark = b""
                    await self._swallow(answering, far_reader, far_writer, data)
                    break
                far_writer.write(data)
                await far_writer.drain()
        except ConnectionError:
            pass
        finally:
            for each in (writer, far_writer):
                each.close()
            answering.cancel()
            self._waits.discard(answering)

    async def _swallow(
        self, answering: "asyncio.Task[None]", reader: StreamReader, writer: StreamWriter, data: bytes
    ) -> None:
        """Let the database commit and say so, to nobody."""
        answering.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await answering
        writer.write(data)
        await writer.drain()
        assert COMMIT.strip(b";") in await reader.read(CHUNK)
        self.swallowed += 1

    @staticmethod
    async def _copy(reader: StreamReader, writer: StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(CHUNK):
                writer.write(data)
                await writer.drain()
        writer.close()


@asynccontextmanager
async def way_to(server: Path, folder: Path) -> AsyncIterator[Way]:
    """Listen in a folder as PostgreSQL does, and pass everything on to the server's own socket."""
    way = Way(server / ".s.PGSQL.5432")
    listening = await asyncio.start_unix_server(way.carry, str(folder / ".s.PGSQL.5432"))
    try:
        yield way
    finally:
        listening.close()
