"""Telegram asks a third of the chats for patience, for ten minutes: nothing is lost, nothing goes too early."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic
from typing import Any, Final

import pytest

from bot.sandbox import Person
from bot.sandbox.faults import Fault, Faults
from tests.chats.telling import Region, until
from tests.kill.seeds import SEED

Say = Callable[[str], None]
PEOPLE: Final = 20
STRUCK: Final = 6
MINUTES: Final = 10
STEP: Final = timedelta(seconds=5)


class Storm(Faults):
    """Answers some chats with 429 and a random patience, and notes who calls before it is over."""

    def __init__(self, chats: set[int], now: Callable[[], datetime], chance: random.Random) -> None:
        super().__init__()
        self.chats = chats
        self.blows = 0
        self.early: list[str] = []
        self.is_over = False
        self._now = now
        self._chance = chance
        self._until: dict[int, datetime] = {}

    def __bool__(self) -> bool:
        return True

    def strike(self, method: str, chat_id: int | None) -> Fault | None:
        """A call to a struck chat is refused more often than not; a call before its time is noted."""
        now = self._now()
        if chat_id not in self.chats or method != "sendmessage":
            return None
        until = self._until.get(chat_id)
        if until is not None and now < until:
            self.early.append(f"{chat_id} {(until - now).total_seconds():.2f} s early")
        if self.is_over or self._chance.random() < 0.4:
            return None
        patience = self._chance.randint(1, 40)
        self._until[chat_id] = now + timedelta(seconds=patience)
        self.blows += 1
        return Fault(kind="flood", retry_after=patience)


@pytest.mark.timeout(200)
async def test_fault_37_g7_a_storm_of_429_loses_nothing_and_slows_only_those_it_strikes(
    region: Region, measured: Say
) -> None:
    people = [await region.contributor("LB", "en", f"Person {number}") for number in range(PEOPLE)]
    chance = random.Random(SEED)  # noqa: S311 - play, not secrecy
    struck = people[:STRUCK]
    storm = Storm({p.user_id for p in struck}, region.sandbox.clock.now, chance)
    region.sandbox.faults = storm
    heard = {person.user_id: _heard(person) for person in people}
    asked: Counter[int] = Counter()
    waits: list[float] = []
    for step in range(int(timedelta(minutes=MINUTES) / STEP)):
        person, other = chance.choice(struck), people[STRUCK + step % (PEOPLE - STRUCK)]
        for each in (person, other):
            asked[each.user_id] += 1
            each.says("/privacy")
        began = monotonic()
        wanted = heard[other.user_id] + asked[other.user_id]
        await until(lambda other=other, wanted=wanted: _heard(other) >= wanted, 20)  # type: ignore[misc]  # its defaults
        waits.append(monotonic() - began)
        await region.rests()  # no call is under way while the clock is moved
        await region.later(STEP)
        await region.house.courier.collect()
    storm.is_over = True
    await _drains(region, people, heard, asked)
    slowest = sorted(waits)[int(len(waits) * 0.95)]
    measured(
        f"G7: {MINUTES} minutes of storm over {STRUCK} of {PEOPLE} chats, {storm.blows} times 429, "
        f"{sum(asked.values())} replies, {len(storm.early)} sent early, 0 lost; "
        f"p95 of the others {slowest * 1000:.0f} ms"
    )
    assert storm.blows > STRUCK * 5
    assert storm.early == []
    assert {p.user_id: _heard(p) - heard[p.user_id] for p in people} == {
        p.user_id: asked[p.user_id] for p in people
    }


async def _drains(region: Region, people: list[Person], heard: dict[int, int], asked: Counter[int]) -> None:
    """Let time pass until everybody has heard all."""
    for _ in range(200):
        await region.later(timedelta(seconds=10))
        await region.house.courier.collect()
        await region.rests()
        if all(_heard(p) - heard[p.user_id] >= asked[p.user_id] for p in people):
            return


def _heard(person: Any) -> int:
    return sum(message.from_bot for message in person.messages)
