"""The bot as a process: killed at any named place it loses nothing, and asked to stop it stops well."""

import asyncio
import signal
from collections import Counter

import pytest

from bot.failpoints import NAMES, arm
from bot.sandbox import Person, Sandbox
from tests.transport.conftest import KEY, Bot
from tests.transport.parrot import until


def cards(person: Person) -> int:
    return sum(message.from_bot for message in person.messages)


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
    first = bot.starts(failpoint)
    said = 0
    async with asyncio.timeout(30):
        while first.status is None:
            for person in people:
                person.says("poison" if cause == "poison" and said == 0 else f"text {said}")
            said += 1
            await asyncio.sleep(0.25)
    assert first.status == -signal.SIGKILL
    bot.starts()
    await until(lambda: all(cards(person) >= said for person in people), 10)
    await until(lambda: not sandbox.updates.everything())
    await asyncio.sleep(1.2)  # a beat: nothing more may come
    copies = sum(cards(person) - said for person in people)
    assert 0 <= copies <= len(people)
    assert sandbox.violations == []


@pytest.mark.kill
@pytest.mark.parametrize("part", [1, 2, 3])
async def test_fault_5_a_long_message_goes_on_where_it_was_broken_off(
    bot: Bot, sandbox: Sandbox, part: int
) -> None:
    layla = sandbox.person()
    layla.starts()
    layla.says("long")
    first = bot.starts(f"mid_multi_part_send:{part}")
    assert await first.ends() == -signal.SIGKILL
    assert cards(layla) == part
    bot.starts()
    await until(lambda: cards(layla) == 5, 10)
    await asyncio.sleep(1.2)  # a beat: nothing more may come
    copies = Counter(message.text for message in layla.messages if message.from_bot)
    assert list(copies.values()) == [2 if number == part else 1 for number in range(1, 5)]
    last = layla.last_message
    assert [bool(message.rows) for message in layla.messages if message.from_bot].count(True) == bool(
        last.rows
    )


def test_every_failpoint_is_armed_by_its_name() -> None:
    for name in NAMES:
        arm(f"{name}:3")
    arm("")
    for wrong in ("nowhere", "before_commit:x"):
        with pytest.raises(ValueError, match="is no failpoint"):
            arm(wrong)
    assert {name.partition(":")[0] for name, _ in KILLS} < set(NAMES)  # tests/kill reaches every one


async def test_fault_10_asked_to_stop_it_stops_well_and_nothing_is_lost(bot: Bot, sandbox: Sandbox) -> None:
    people = [sandbox.person(f"Person {number}") for number in range(25)]
    for person in people:
        person.starts()
        for number in range(4):
            person.says(f"text {number}")
    sandbox.latency_seconds = 0.1
    first = bot.starts()
    await until(lambda: any(cards(person) for person in people))
    await bot.stops(first)
    sandbox.latency_seconds = 0
    bot.starts()
    await until(lambda: all(cards(person) >= 4 for person in people), 30)
    await until(lambda: not sandbox.updates.everything())
    assert sum(cards(person) for person in people) == 100


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_an_idle_bot_stops_at_once(bot: Bot, sandbox: Sandbox, number: int) -> None:
    child = bot.starts()
    layla = sandbox.person()
    layla.starts()
    layla.says("hello")
    await until(lambda: cards(layla) == 1 and not sandbox.updates.everything())
    await asyncio.sleep(0.2)  # the long poll has begun
    began = asyncio.get_running_loop().time()
    child.signals(number)
    assert await child.ends() == 0, child.logged
    assert asyncio.get_running_loop().time() - began < 1.5
    assert sandbox.violations == []


async def test_a_second_signal_leaves_at_once(bot: Bot, sandbox: Sandbox) -> None:
    layla = sandbox.person()
    layla.starts()
    sandbox.faults.add("hang_before", method="sendMessage", seconds=20)
    child = bot.starts()
    layla.says("hello")
    await until(lambda: sandbox.tally.as_json()["calls"].get("sendmessage"))
    child.signals(signal.SIGTERM)
    await asyncio.sleep(0.5)
    assert child.status is None
    child.signals(signal.SIGTERM)
    assert await child.ends(2) == 128 + signal.SIGTERM


async def test_fault_44_a_token_that_is_refused_ends_the_bot(bot: Bot, sandbox: Sandbox) -> None:
    child = bot.starts()
    await until(lambda: sandbox.tally.as_json()["calls"].get("getupdates"))
    sandbox.faults.add("refusal", method="getUpdates", code=401, description="Unauthorized", count=None)
    layla = sandbox.person()
    layla.starts()
    assert await child.ends(10)
    assert sandbox.token not in child.logged


async def test_fault_72_logs_tell_neither_texts_nor_secrets(bot: Bot, sandbox: Sandbox) -> None:
    bot.environment["RAFIQ_LOG_LEVEL"] = "DEBUG"
    child = bot.starts()
    layla = sandbox.person("Canary Name")
    layla.starts("canary-invitation-of-many-characters")
    layla.says("canary text")
    layla.says("poison canary")
    sandbox.faults.add("reset", method="sendMessage", nth=2)
    await until(lambda: cards(layla) >= 1)
    await until(lambda: "update_failed" in child.logged and '"tries":3' in child.logged)
    await bot.stops(child)
    told = child.logged.lower()
    for secret in ("canary", sandbox.token.lower(), KEY.lower()):
        assert secret not in told


async def test_what_a_dead_bot_had_in_hand_is_said_again_without_waiting(bot: Bot, sandbox: Sandbox) -> None:
    layla = sandbox.person()
    layla.starts()
    layla.says("hello")
    first = bot.starts("before_send:1")
    assert await first.ends() == -signal.SIGKILL
    assert cards(layla) == 0
    bot.starts()
    await until(lambda: cards(layla) == 1, 4)  # the lease of the dead one lasts for a minute


async def test_a_second_bot_on_the_same_file_leaves_the_first_ones_letters(
    bot: Bot, sandbox: Sandbox
) -> None:
    layla = sandbox.person()
    layla.starts()
    layla.says("hello")
    sandbox.faults.add("slow", method="sendMessage", seconds=2.5)
    bot.starts()
    await until(lambda: sandbox.tally.as_json()["calls"].get("sendmessage"))
    bot.starts()
    await until(lambda: cards(layla) == 1)
    await asyncio.sleep(1.5)
    assert cards(layla) == 1
