"""The machine's clock jumps or stands: talk goes on, what waits is neither lost nor said twice."""

import asyncio
from datetime import timedelta

import pytest

from bot.sandbox import Person
from tests.faults.test_database import cards, people_of
from tests.transport.conftest import Place
from tests.transport.parrot import until
from tests.transport.test_courier import post_all

JUMPS = (timedelta(hours=2), timedelta(hours=-2), timedelta(days=1), timedelta(days=-1, minutes=-7))


def distinct(person: Person) -> int:
    return len({message.message_id for message in person.messages if message.from_bot})


@pytest.mark.parametrize("jump", JUMPS, ids=str)
async def test_fault_56_the_clock_jumps_in_the_middle_of_a_talk(place: Place, jump: timedelta) -> None:
    place.writes()
    place.polls()
    await place.beats()
    layla, omar = people_of(place, 2)
    for person in (layla, omar):
        person.says("before")
    await until(lambda: cards(layla) == cards(omar) == 1, 30)
    place.sandbox.faults.add("slow", method="sendMessage", chat_id=layla.user_id, seconds=0.5)
    layla.says("while it jumps")
    await until(lambda: place.house.courier.in_hand)
    place.house.clock._offset += jump
    await post_all(place, [omar.user_id], "news", bulk=True)
    omar.says("after")
    layla.says("after")
    await until(lambda: cards(layla) >= 3 and cards(omar) >= 3, 60)
    await until(lambda: place.house.clerk.is_at_rest and not place.house.courier.in_hand, 30)
    place.house.clock._offset -= jump
    await asyncio.sleep(0.3)
    # A lease that the jump ended may have brought one more copy of the letter in hand, and of that one only.
    assert distinct(layla) <= 4
    assert distinct(omar) == 3
    assert [words for user, words in place.parrot.handled if user == layla.user_id] == [
        "before",
        "while it jumps",
        "after",
    ]


async def test_fault_56_a_clock_that_stands_still_keeps_nobody_waiting(place: Place) -> None:
    stopped = place.house.clock.now()
    place.house.clock.now = lambda: stopped  # type: ignore[method-assign]  # the clock of a machine that hangs
    place.house.clerk._now = place.house.courier._now = lambda: stopped
    place.writes()
    place.polls()
    await place.beats()
    (layla,) = people_of(place, 1)
    for number in range(5):
        layla.says(f"text {number}")
    await until(lambda: cards(layla) == 5, 60)
    await post_all(place, [layla.user_id], "news", bulk=True)
    await until(lambda: cards(layla) == 6, 60)
