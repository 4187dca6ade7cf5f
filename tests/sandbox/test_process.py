"""The sandbox as a process of its own starts, says where it is, and ends as it should."""

import asyncio
import json
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest


@asynccontextmanager
async def process(*arguments: str) -> AsyncIterator[Process]:
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.sandbox", *arguments, stdout=PIPE, stderr=PIPE
    )
    try:
        yield running
    finally:
        if running.returncode is None:
            running.kill()
        await running.communicate()


async def address_of(running: Process) -> str:
    assert running.stdout is not None
    line = await asyncio.wait_for(running.stdout.readline(), 20)
    return str(json.loads(line)["address"])


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_it_serves_its_seed_and_ends_on_a_signal(tmp_path: Path, number: signal.Signals) -> None:
    seed = tmp_path / "people.json"
    person = {"name": "ليلى", "language_code": "ar", "title": "لبنان", "start": "TOKEN", "user_id": 1001}
    seed.write_text(json.dumps([person]), encoding="utf-8")
    async with (
        process("--token", "5:secret", "--seed", str(seed)) as running,
        aiohttp.ClientSession() as http,
    ):
        address = await address_of(running)
        async with http.get(f"{address}/bot5:secret/getMe") as response:
            assert (await response.json())["result"]["id"] == 5
        async with http.get(f"{address}/sim/people") as response:
            assert (await response.json())[0]["start"] == "TOKEN"
        poll = asyncio.create_task(http.get(f"{address}/bot5:secret/getUpdates", params={"timeout": "30"}))
        follow = await http.get(f"{address}/sim/events")
        await asyncio.sleep(0.1)
        running.send_signal(number)
        assert await asyncio.wait_for(running.wait(), 5) == 0
        assert (await poll).status == 500
        follow.close()
        assert running.stderr is not None
        assert await running.stderr.read() == b""


async def test_a_busy_port_is_named_with_its_remedy() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        async with process("--port", str(port)) as running:
            out, err = await asyncio.wait_for(running.communicate(), 20)
    assert (running.returncode, out) == (2, b"")
    assert err.decode().count("\n") == 1
    assert f"Port {port} on 127.0.0.1" in err.decode()
    assert "--port" in err.decode()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("[{]", "is not JSON"),
        ("{}", "must hold a list"),
        ('[{"name": "x"}, {"nom": "x"}]', "Person 2 in the seed file"),
        ('[{"name": "x", "user_id": 1}, {"name": "y", "user_id": 1}]', "The user id 1 is taken"),
        (None, "cannot be read"),
    ],
)
async def test_a_wrong_seed_is_explained(tmp_path: Path, content: str | None, why: str) -> None:
    seed = tmp_path / "people.json"
    if content is not None:
        seed.write_text(content)
    async with process("--seed", str(seed)) as running:
        _, err = await asyncio.wait_for(running.communicate(), 20)
    assert running.returncode == 2
    assert why in err.decode()
    assert err.decode().count("\n") == 1


async def test_a_wrong_token_is_explained() -> None:
    async with process("--token", "nonsense") as running:
        _, err = await asyncio.wait_for(running.communicate(), 20)
    assert running.returncode == 2
    assert "A token looks like" in err.decode()
