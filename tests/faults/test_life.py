"""A bot that dies at every start, runs out of memory or stands still goes on where it was, and bothers nobody."""

import asyncio
import signal
import time

import pytest

from bot.heartbeat import Heartbeat
from bot.inbound import Incoming, Typed
from bot.sandbox import Sandbox
from tests.faults.test_database import cards, people_of, text
from tests.transport.conftest import Bot, Place
from tests.transport.parrot import until

LIVES = 10
BLOCKED = 3.0
"""Seconds: APScheduler's own habit is to drop a job that comes one second late."""


@pytest.mark.kill
async def test_fault_11_a_bot_that_dies_at_every_start_does_not_repeat_itself(
    bot: Bot, sandbox: Sandbox
) -> None:
    """Half of the lives end before the first commit, half after the first message is out and not yet settled."""
    layla = sandbox.person("Layla")
    layla.starts()
    layla.says("hello")
    for number in range(LIVES):
        failpoint = "before_commit:1" if number < LIVES // 2 else "after_send_before_settle:1"
        child = bot.starts(failpoint)
        async with asyncio.timeout(10):
            while child.status is None and '"polling"' not in child.logged:  # noqa: ASYNC110 - a log has no event
                await asyncio.sleep(0.02)
        if number > LIVES // 2 and child.status is None:
            await asyncio.sleep(0.3)  # it has had its chances, and nothing ends it by itself any more
            child.signals(signal.SIGKILL)
        assert await child.ends() == -signal.SIGKILL
    last = bot.starts()
    layla.says("are you there?")
    await layla.sees(lambda message: message.from_bot, timeout=10)
    await until(lambda: not sandbox.updates.everything())
    await asyncio.sleep(1.2)  # a beat: nothing more may come
    greeted = "\n".join(message.text for message in layla.messages if message.from_bot)
    # The card of "hello" twice at most, one word that the bot was away, and the card of the second text.
    assert 2 <= cards(layla) <= 4, greeted
    await bot.stops(last)


async def test_fault_13_a_handler_without_memory_is_given_up_and_its_person_told(place: Place) -> None:
    layla, omar = people_of(place, 2)

    async def exhausted(incoming: Incoming) -> None:
        if isinstance(incoming.did, Typed) and incoming.did.text == "heavy":
            raise MemoryError

    place.parrot.before = exhausted
    place.writes()
    heavy, other = place.house.clerk.submit([text(1, "heavy", layla), text(2, "light", omar)])
    await asyncio.wait_for(other, 2)
    await omar.sees(lambda message: message.from_bot)
    assert not heavy.done()
    await asyncio.wait_for(heavy, 15)
    await layla.sees(lambda message: message.from_bot, ever=True)
    (after,) = place.house.clerk.submit([text(3, "light", layla)])
    await asyncio.wait_for(after, 5)
    assert place.house.clerk.counts["parked"] == 1
    assert place.parrot.handled == [(omar.user_id, "light"), (layla.user_id, "light")]


async def test_fault_59_a_beat_that_a_blocked_loop_delayed_is_done_once_afterwards() -> None:
    heart, beats = Heartbeat(), list[float]()

    async def beat() -> None:
        beats.append(time.monotonic())

    heart.every(0.5, "beat", beat)
    heart.start()
    await until(lambda: beats)
    before = len(beats)
    time.sleep(BLOCKED)  # noqa: ASYNC251 - the loop is blocked on purpose
    freed = time.monotonic()
    await until(lambda: len(beats) > before, 2)
    await asyncio.sleep(0.2)
    await heart.stop()
    assert [moment for moment in beats if moment < freed + 0.2][before:], "the late beat was dropped"
    assert len(beats) - before <= 2, "what was missed is caught up with once, not six times"


async def test_fault_59_a_letter_due_while_the_loop_was_blocked_still_goes(place: Place) -> None:
    layla, omar = people_of(place, 2)
    place.writes()
    place.polls()
    heart = Heartbeat()
    heart.every(0.5, "retry", place.house.courier.collect)
    heart.start()
    place.sandbox.faults.add("flood", method="sendMessage", chat_id=layla.user_id, retry_after=1)
    layla.says("hello")
    await until(lambda: place.parrot.handled)
    await asyncio.sleep(0.3)
    assert cards(layla) == 0
    time.sleep(BLOCKED)  # noqa: ASYNC251 - the loop is blocked on purpose
    omar.says("hello")
    await until(lambda: cards(layla) == 1 and cards(omar) == 1, 5)
    await heart.stop()
