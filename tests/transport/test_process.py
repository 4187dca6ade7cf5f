"""The bot as a process: killed at any named place it loses nothing, and asked to stop it stops well."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.failpoints import NAMES, arm
from bot.sandbox import Person, Sandbox, serving
from tests.transport.conftest import KEY
from tests.transport.parrot import until

ROOT = Path(__file__).parents[2]


class Bot:
    """Bot processes of one data folder, one after the other."""

    def __init__(self, folder: Path, address: str, token: str) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("RAFIQ_")}
        self.environment = kept | {
            "RAFIQ_BOT_TOKEN": token,
            "RAFIQ_TELEGRAM_API": address,
            "RAFIQ_CLOCK_URL": f"{address}/sim/clock",
            "RAFIQ_DATA": str(folder),
            "RAFIQ_KEY": KEY,
        }
        self.running: list[Process] = []

    async def starts(self, failpoint: str = "") -> Process:
        environment = self.environment | ({"RAFIQ_FAILPOINT": failpoint} if failpoint else {})
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.transport.parrot", cwd=ROOT, env=environment, stderr=PIPE
        )
        self.running.append(process)
        return process

    async def ends(self) -> None:
        for process in self.running:
            if process.returncode is None:
                process.kill()
            await process.communicate()


@pytest.fixture
async def bot(tmp_path: Path, sandbox: Sandbox) -> AsyncIterator[Bot]:
    async with serving(sandbox) as address:
        here = Bot(tmp_path, address, sandbox.token)
        yield here
        await here.ends()


def cards(person: Person) -> int:
    return sum(message.from_bot for message in person.messages)


@asynccontextmanager
async def within(seconds: float) -> AsyncIterator[None]:
    async with asyncio.timeout(seconds):
        yield


KILLS = [
    ("before_commit:2", ""),
    ("after_commit_before_ack:2", ""),
    ("after_ack_before_send:2", ""),
    ("before_send:2", ""),
    ("after_send_before_settle:2", ""),
    ("before_settle_commit:1", ""),
    ("after_claim:1", "flood"),
    ("before_dead_letter:1", "poison"),
]


@pytest.mark.kill
@pytest.mark.parametrize(("failpoint", "cause"), KILLS)
async def test_a_kill_loses_nothing_and_repeats_little(
    bot: Bot, sandbox: Sandbox, failpoint: str, cause: str
) -> None:
    people = [sandbox.person(f"Person {number}") for number in range(4)]
    for person in people:
        person.starts()
    if cause == "flood":
        sandbox.faults.add("flood", method="sendMessage", retry_after=1)
    first = await bot.starts(failpoint)
    said = 0
    async with within(30):
        while first.returncode is None:
            for person in people:
                person.says("poison" if cause == "poison" and said == 0 else f"text {said}")
            said += 1
            await asyncio.sleep(0.4)
    assert first.returncode == -signal.SIGKILL
    sandbox.clock.advance(61)  # the claims of the dead process run out
    await bot.starts()
    await until(lambda: all(cards(person) >= said for person in people))
    await until(lambda: not sandbox.updates.everything())
    await asyncio.sleep(1.2)  # a beat: nothing more may come
    copies = sum(cards(person) - said for person in people)
    assert 0 <= copies <= len(people)
    assert sandbox.violations == []


def test_every_failpoint_is_armed_by_its_name() -> None:
    for name in NAMES:
        arm(f"{name}:3")
    arm("")
    for wrong in ("nowhere", "before_commit:x"):
        with pytest.raises(ValueError, match="is no failpoint"):
            arm(wrong)
    assert {name.partition(":")[0] for name, _ in KILLS} | {"mid_multi_part_send"} == set(NAMES)


async def test_asked_to_stop_it_stops_well_and_nothing_is_lost(bot: Bot, sandbox: Sandbox) -> None:
    people = [sandbox.person(f"Person {number}") for number in range(25)]
    for person in people:
        person.starts()
        for number in range(4):
            person.says(f"text {number}")
    sandbox.latency_seconds = 0.1
    first = await bot.starts()
    await until(lambda: any(cards(person) for person in people))
    first.send_signal(signal.SIGTERM)
    _, errors = await asyncio.wait_for(first.communicate(), 15)
    assert first.returncode == 0, errors.decode()
    sandbox.latency_seconds = 0
    await bot.starts()
    await until(lambda: all(cards(person) >= 4 for person in people), 30)
    await until(lambda: not sandbox.updates.everything())
    assert sum(cards(person) for person in people) == 100


async def test_a_second_signal_leaves_at_once(bot: Bot, sandbox: Sandbox) -> None:
    layla = sandbox.person()
    layla.starts()
    sandbox.faults.add("hang_before", method="sendMessage", seconds=20)
    process = await bot.starts()
    layla.says("hello")
    await until(lambda: sandbox.tally.as_json()["calls"].get("sendmessage"))
    process.send_signal(signal.SIGTERM)
    await asyncio.sleep(0.5)
    assert process.returncode is None
    process.send_signal(signal.SIGTERM)
    await asyncio.wait_for(process.communicate(), 2)
    assert process.returncode == 128 + signal.SIGTERM


async def test_a_token_that_is_refused_ends_the_bot(bot: Bot, sandbox: Sandbox) -> None:
    process = await bot.starts()
    await until(lambda: sandbox.tally.as_json()["calls"].get("getupdates"))
    sandbox.faults.add("refusal", method="getUpdates", code=401, description="Unauthorized", count=None)
    layla = sandbox.person()
    layla.starts()
    async with within(10):
        _, errors = await process.communicate()
    assert process.returncode
    assert sandbox.token.encode() not in errors


async def test_logs_tell_neither_texts_nor_secrets(bot: Bot, sandbox: Sandbox) -> None:
    bot.environment["RAFIQ_LOG_LEVEL"] = "DEBUG"
    process = await bot.starts()
    layla = sandbox.person("Canary Name")
    layla.starts("canary-invitation-of-many-characters")
    layla.says("canary text")
    layla.says("poison canary")
    sandbox.faults.add("reset", method="sendMessage", nth=2)
    await until(lambda: cards(layla) >= 1)
    await asyncio.sleep(4)
    process.send_signal(signal.SIGTERM)
    _, errors = await asyncio.wait_for(process.communicate(), 15)
    told = errors.decode().lower()
    assert "update_failed" in told
    for secret in ("canary", sandbox.token.lower(), KEY.lower()):
        assert secret not in told
