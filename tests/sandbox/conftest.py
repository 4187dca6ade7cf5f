"""A sandbox on loopback for each test, and the plainest bot there is: one HTTP call after another."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
import pytest

from bot.sandbox import Person, Sandbox, Settings, serving


class Caller:
    """Calls methods of the Bot API and hands back what came, status and all."""

    def __init__(self, http: aiohttp.ClientSession, address: str, token: str) -> None:
        self.http = http
        self.address = address
        self.token = token

    async def answer(self, method: str, **parameters: Any) -> dict[str, Any]:
        """The whole answer; its `http` is the status."""
        async with self.http.post(f"{self.address}/bot{self.token}/{method}", json=parameters) as response:
            content: dict[str, Any] = await response.json()
            assert response.status == content.get("error_code", 200)
            return content

    async def __call__(self, method: str, **parameters: Any) -> Any:
        """The result of a call that must go well."""
        content = await self.answer(method, **parameters)
        assert content["ok"], content
        return content["result"]

    async def refusal(self, method: str, **parameters: Any) -> str:
        """The description of a call that must be refused."""
        content = await self.answer(method, **parameters)
        assert not content["ok"], content
        return str(content["description"])

    async def updates(self, **parameters: Any) -> list[dict[str, Any]]:
        result: list[dict[str, Any]] = await self("getUpdates", **parameters)
        return result


@pytest.fixture
def sandbox() -> Sandbox:
    """A sandbox without the pauses that Telegram makes for impatient pollers."""
    return Sandbox(
        settings=Settings(repeat_pause_seconds=0, conflict_pause_seconds=0.05, webhook_time_scale=0.02)
    )


@pytest.fixture
async def bot(sandbox: Sandbox) -> AsyncIterator[Caller]:
    async with serving(sandbox) as address, aiohttp.ClientSession() as http:
        yield Caller(http, address, sandbox.token)


async def come_in(sandbox: Sandbox, bot: Caller) -> Person:
    """Somebody who has pressed Start, whose updates so far are confirmed."""
    person = sandbox.person("Layla Haddad", "ar")
    person.starts()
    updates = await bot.updates()
    await bot.updates(offset=updates[-1]["update_id"] + 1)
    return person


@pytest.fixture
async def layla(sandbox: Sandbox, bot: Caller) -> Person:
    return await come_in(sandbox, bot)


async def until(true: Callable[[], object], seconds: float = 5) -> None:
    """Wait for something that no event tells of."""
    async with asyncio.timeout(seconds):
        while not true():  # noqa: ASYNC110 - what is waited for sets no event
            await asyncio.sleep(0.005)


@pytest.fixture(name="until")
def until_fixture() -> Callable[..., Any]:
    return until
