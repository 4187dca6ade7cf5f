"""`serve` as it runs: a real server process, called by the sandbox's webhook dispatcher, on a file of its own."""

import asyncio
import signal
import sqlite3
import statistics
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from bench.processes import free_ports
from bot.sandbox import Person, Sandbox
from tests.transport.conftest import Bot
from tests.transport.parrot import until

SECRET = "a-webhook-secret-for-tests"


def update(update_id: int, user_id: int, words: str = "hello") -> dict[str, Any]:
    person = {"id": user_id, "is_bot": False, "first_name": "Layla"}
    message = {"message_id": 7, "from": person, "chat": {"id": user_id, "type": "private"}, "text": words}
    return {"update_id": update_id, "message": message}


def answers(person: Person) -> int:
    return sum(message.from_bot for message in person.messages)


@pytest.fixture
def port(bot: Bot) -> int:
    """A free port, which the bot is told to listen at."""
    (number,) = free_ports(1)
    bot.environment |= {
        "RAFIQ_LISTEN_PORT": str(number),
        "RAFIQ_WEBHOOK_URL": f"http://127.0.0.1:{number}/updates",
        "RAFIQ_WEBHOOK_SECRET": SECRET,
    }
    return number


@pytest.fixture
async def client(port: int) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who calls the bot's address as Telegram does."""
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=20) as http:
        yield http


async def test_the_dispatcher_is_answered_and_nothing_is_handled_twice(
    bot: Bot, sandbox: Sandbox, port: int
) -> None:
    child = bot.starts(receive="serve")
    layla = sandbox.person()
    layla.starts()
    layla.says("hello")
    await layla.sees(lambda message: message.from_bot, timeout=10)
    layla.duplicate()
    layla.replays(3)
    await until(lambda: not sandbox.updates.everything())
    await asyncio.sleep(0.2)
    assert answers(layla) == 1
    assert sandbox.webhook.url.endswith(f":{port}/updates")
    assert not sandbox.webhook.last_error
    await bot.stops(child, 3)
    layla.says("while it was down")
    bot.starts(receive="serve")
    await until(lambda: answers(layla) == 2, 10)
    assert sandbox.violations == []


async def test_fault_66_who_does_not_know_the_secret_is_refused(
    bot: Bot, sandbox: Sandbox, client: httpx.AsyncClient
) -> None:
    child = bot.starts(receive="serve")
    await until(lambda: sandbox.webhook.url)
    layla = sandbox.person()
    layla.starts()
    for secret in ("", "wrong", SECRET[:-1]):
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
        answer = await client.post("/updates", json=update(900, layla.user_id), headers=headers)
        assert answer.status_code == 403
    assert (await client.get("/readyz")).json()["ready"]
    await bot.stops(child, 3)
    assert answers(layla) == 0
    assert SECRET not in child.logged


async def test_an_update_killed_before_its_commit_comes_again(bot: Bot, sandbox: Sandbox, port: int) -> None:
    layla = sandbox.person()
    layla.starts()
    first = bot.starts("before_commit:2", receive="serve")
    await until(lambda: not sandbox.updates.everything())
    layla.says("hello")
    assert await first.ends() == -signal.SIGKILL
    assert sandbox.updates.everything()
    bot.starts(receive="serve")
    await until(lambda: answers(layla) == 1, 10)
    await until(lambda: not sandbox.updates.everything())


async def test_fault_50_while_the_database_is_held_it_answers_503_in_time_and_recovers(
    bot: Bot, sandbox: Sandbox, client: httpx.AsyncClient
) -> None:
    bot.starts(receive="serve")
    layla = sandbox.person()
    layla.starts()
    layla.says("before")
    await until(lambda: answers(layla) == 1, 10)
    await asyncio.sleep(0.3)
    blocker = sqlite3.connect(f"{bot.environment['RAFIQ_DATA']}/rafiq.db", isolation_level=None)
    blocker.execute("BEGIN EXCLUSIVE")
    loop = asyncio.get_running_loop()
    try:
        began = loop.time()
        layla.says("meanwhile")
        answer = await client.post("/updates", json=update(900, layla.user_id))
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert loop.time() - began < 6.5
        assert (await client.get("/readyz")).status_code == 503
        assert sandbox.updates.everything()
    finally:
        blocker.execute("ROLLBACK")
        blocker.close()
    await until(lambda: answers(layla) == 2, 15)
    assert (await client.get("/readyz")).status_code == 200


async def test_a_call_is_not_held_up_by_the_network(
    bot: Bot, sandbox: Sandbox, client: httpx.AsyncClient
) -> None:
    """Without TCP_NODELAY the second packet of an answer waits 40 ms for the first one's acknowledgement."""
    bot.starts(receive="serve")
    await until(lambda: sandbox.webhook.url)
    took = []
    for _ in range(15):
        began = asyncio.get_running_loop().time()
        assert (await client.get("/livez")).status_code == 200
        took.append(asyncio.get_running_loop().time() - began)
    assert statistics.median(took) < 0.03, took


async def test_asked_to_stop_it_answers_what_it_has_begun(
    bot: Bot, sandbox: Sandbox, client: httpx.AsyncClient
) -> None:
    child = bot.starts(receive="serve")
    await until(lambda: sandbox.webhook.url)
    people = [sandbox.person(f"Person {number}") for number in range(20)]
    for person in people:
        person.starts()
    calls = [
        asyncio.create_task(client.post("/updates", json=update(900 + number, person.user_id)))
        for number, person in enumerate(people)
    ]
    await until(lambda: any(call.done() for call in calls))
    child.signals(signal.SIGTERM)
    outcomes = await asyncio.gather(*calls, return_exceptions=True)
    assert await child.ends(12) == 0, child.logged
    taken = sum(isinstance(each, httpx.Response) and each.status_code == 200 for each in outcomes)
    assert taken
    assert all(each.status_code in {200, 503} for each in outcomes if isinstance(each, httpx.Response))
    bot.starts(receive="serve")
    await until(lambda: sum(answers(person) for person in people) >= taken, 10)
