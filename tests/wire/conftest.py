"""Every test of the way to Telegram runs on Python's own loop and on the one that the bot runs on."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
import uvloop
from pydantic import SecretStr

from bot.wire import Wire
from tests.wire.servers import Server, serving

TOKEN = "987654321:AAmarkedTOKENmarkedTOKENmarkedTOKEN12"


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    return {"asyncio": asyncio.new_event_loop, "uvloop": uvloop.new_event_loop}


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
async def wire(server: Server) -> AsyncIterator[Wire]:
    async with serving(server) as address:
        wire = Wire(address, SecretStr(TOKEN))
        yield wire
        await wire.shutdown()
        assert asyncio.all_tasks() - {asyncio.current_task()} <= _serving_tasks()


def _serving_tasks() -> set["asyncio.Task[object]"]:
    """The tasks of the servers in the same loop; the wire has none of its own."""
    return {task for task in asyncio.all_tasks() if "Server.meets" in repr(task.get_coro())}
