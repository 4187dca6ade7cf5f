"""Each mishap that can be ordered happens as ordered, and only then."""

import asyncio
from typing import Any, Literal

import aiohttp
import pytest

from bot.sandbox import Person, Sandbox

SLOW: tuple[tuple[Literal["slow", "drip"], float], ...] = (("slow", 0.1), ("drip", 0.001))


def texts(person: Person) -> list[str]:
    return [m.text for m in person.messages if m.from_bot]


async def raw(bot: Any, person: Person, text: str = "x") -> tuple[int, bytes, str]:
    address = f"{bot.address}/bot{bot.token}/sendMessage"
    async with bot.http.post(address, json={"chat_id": person.user_id, "text": text}) as response:
        return response.status, await response.read(), response.headers.get("Retry-After", "")


async def test_a_flood_names_its_seconds(bot: Any, sandbox: Sandbox, layla: Person) -> None:
    sandbox.faults.add("flood", method="sendMessage", retry_after=7)
    status, body, header = await raw(bot, layla)
    assert (status, header) == (429, "7")
    assert b'"parameters":{"retry_after":7}' in body
    assert b"Too Many Requests: retry after 7" in body
    assert (await raw(bot, layla))[0] == 200
    assert texts(layla) == ["x"]


async def test_the_nth_call_of_one_chat_fails(bot: Any, sandbox: Sandbox, layla: Person) -> None:
    omar = sandbox.person("Omar")
    omar.starts()
    sandbox.faults.add("server_error", method="sendMessage", chat_id=layla.user_id, nth=2, count=2, code=500)
    statuses = [(await raw(bot, person))[0] for person in (layla, omar, layla, omar, layla, layla)]
    assert statuses == [200, 200, 500, 200, 500, 200]
    assert not list(sandbox.faults)


@pytest.mark.parametrize(
    ("kind", "body", "delivered"),
    [
        ("html", b"<html>", []),
        ("empty", b"", []),
        ("truncated", b'{"ok":true,', ["x"]),
        ("no_result", b'{"ok":true}', ["x"]),
    ],
)
async def test_spoiled_answers(
    bot: Any, sandbox: Sandbox, layla: Person, kind: Any, body: bytes, delivered: list[str]
) -> None:
    sandbox.faults.add(kind)
    given = (await raw(bot, layla))[1]
    assert given.startswith(body)
    assert b"message_id" not in given or not given.endswith(b"}}")
    assert texts(layla) == delivered


async def test_any_refusal_can_be_ordered(bot: Any, sandbox: Sandbox, layla: Person) -> None:
    sandbox.faults.add(
        "refusal",
        code=400,
        description="Bad Request: group chat was upgraded to a supergroup chat",
        parameters={"migrate_to_chat_id": -1001},
    )
    answer = await bot.answer("sendMessage", chat_id=layla.user_id, text="x")
    assert answer["parameters"] == {"migrate_to_chat_id": -1001}


async def test_a_connection_can_be_reset(bot: Any, sandbox: Sandbox, layla: Person) -> None:
    sandbox.faults.add("reset")
    with pytest.raises(aiohttp.ClientError):
        await raw(bot, layla)
    assert texts(layla) == []
    sandbox.faults.add("reset", delivered=True)
    with pytest.raises(aiohttp.ClientError):
        await raw(bot, layla, "delivered")
    assert texts(layla) == ["delivered"]


@pytest.mark.parametrize(("kind", "delivered"), [("hang_before", []), ("hang_after", ["x"])])
async def test_a_call_hangs_before_or_after_delivery(
    bot: Any, sandbox: Sandbox, layla: Person, kind: Any, delivered: list[str]
) -> None:
    sandbox.faults.add(kind)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.3):
            await raw(bot, layla)
    assert texts(layla) == delivered


async def test_a_hang_can_end_late_or_in_nothing(bot: Any, sandbox: Sandbox, layla: Person) -> None:
    sandbox.faults.add("hang_after", seconds=0.1)
    assert (await raw(bot, layla))[0] == 200
    sandbox.faults.add("hang_before", seconds=0.1)
    with pytest.raises(aiohttp.ClientError):
        await raw(bot, layla)


async def test_slow_dripping_and_latency(bot: Any, sandbox: Sandbox, layla: Person) -> None:
    loop = asyncio.get_running_loop()
    for kind, seconds in SLOW:
        sandbox.faults.add(kind, seconds=seconds)
        began = loop.time()
        assert (await raw(bot, layla))[1].startswith(b'{"ok":true')
        assert loop.time() - began > 0.09
    sandbox.latency_seconds = 0.1
    began = loop.time()
    await raw(bot, layla)
    assert loop.time() - began > 0.09


def test_a_fault_that_does_not_exist_cannot_be_ordered(sandbox: Sandbox) -> None:
    with pytest.raises(ValueError, match="there are flood"):
        sandbox.faults.add("earthquake")  # type: ignore[arg-type] # the point of the test
    with pytest.raises(ValueError, match="has no times"):
        sandbox.faults.add("flood", times=3)


async def test_a_closing_sandbox_lets_hanging_calls_go(bot: Any, sandbox: Sandbox, layla: Person) -> None:
    sandbox.faults.add("hang_before")
    call = asyncio.create_task(raw(bot, layla))
    await asyncio.sleep(0.05)
    await sandbox.close()
    with pytest.raises(aiohttp.ClientError):
        await asyncio.wait_for(call, 2)
