"""Deliveries doubled and out of order, typing faster than anybody can: every text is in its question, and once."""

import asyncio
import json
import os
import random
import time
from collections.abc import Callable, Sequence
from typing import Any, Final

import pytest

from bot.inbound import Raw
from bot.sandbox import Person
from tests.chats.telling import Region, first_card, until
from tests.chats.test_order import paste
from tests.kill.seeds import KILLS, SEED

Say = Callable[[str], None]
LEAST: Final = 6000
"""In every run; a thousand kills bring the goal's own number, 100,000."""
DELIVERIES: Final = int(os.environ.get("RAFIQ_DELIVERIES") or max(LEAST, 100 * KILLS))
BATCH: Final = 100
PAIRS: Final = (("LB", "MA"), ("JO", "IQ"), ("EG", "TN"))
"""One country whose updates come once and in order, and one whose same updates come as they like."""
MARKS: Final = "⟦{}⟧"


# --- G5 --------------------------------------------------------------------------------------------------------------


class Mailbag:
    """What is delivered by hand to a bot that hears nothing else."""

    def __init__(self, region: Region, chance: random.Random) -> None:
        self.delivered = 0
        self._region = region
        self._chance = chance
        self._past: list[Raw] = []

    def takes(self, person: Person) -> list[Raw]:
        """What somebody has sent, off Telegram's queue."""
        updates = self._region.sandbox.updates
        mine = [(serial, item.update) for serial, item in updates.everything() if _is_of(item.update, person)]
        for serial, _ in mine:
            updates.forget(serial)
        return [update for _, update in mine]

    async def delivers(self, updates: Sequence[Raw]) -> None:
        """Hand updates over, a batch at a time, and wait until all is on disk and said."""
        for start in range(0, len(updates), BATCH):
            batch = updates[start : start + BATCH]
            await asyncio.gather(*self._region.house.clerk.submit(batch))
            self.delivered += len(batch)
        house = self._region.house
        await until(lambda: house.clerk.is_at_rest and not house.courier.in_hand, 30)

    async def delivers_wildly(self, updates: Sequence[Raw], copies: int) -> None:
        """The same, messages and presses mixed, and copies of these and of earlier ones anywhere after the first.

        Telegram keeps the order of a person's messages, and that of their presses, and no other.
        """
        queues = [[u for u in updates if ("callback_query" in u) is pressed] for pressed in (False, True)]
        mixed: list[Raw] = []
        while any(queues):
            mixed.append(self._chance.choice([queue for queue in queues if queue]).pop(0))
        places = [(float(place), update) for place, update in enumerate(mixed)]
        for _ in range(copies):
            if self._past and self._chance.random() < 0.5:
                places.append((self._chance.uniform(0, len(mixed)), self._chance.choice(self._past)))
            else:
                place = self._chance.randrange(len(mixed))
                places.append((self._chance.uniform(place, len(mixed)), mixed[place]))
        self._past += mixed
        await self.delivers([update for _, update in sorted(places, key=lambda each: each[0])])


@pytest.mark.timeout(60 + DELIVERIES / 20)
async def test_faults_15_16_g5_doubled_and_reordered_deliveries_end_as_if_each_had_come_once(
    region: Region, measured: Say
) -> None:
    chance = random.Random(SEED)  # noqa: S311 - play, not secrecy
    people = [(await region.focal_point(a, "en"), await region.focal_point(b, "en")) for a, b in PAIRS]
    prompts = await _prompts_on_the_way(region, people[0][0])
    region.sandbox.faults.add("hang_before", method="getUpdates", count=None)
    bag, began = Mailbag(region, chance), time.monotonic()
    before = people[0][0].last_message.message_id
    people[0][0].says("/help")  # the poll under way takes this one, and hears nothing after it
    await until(lambda: people[0][0].last_message.message_id > before + 1, 20)
    bag.takes(people[0][0])
    phase = 0
    while bag.delivered < DELIVERIES:
        prompt, after = (prompts[(phase + step) % len(prompts)] for step in (0, 1))
        for oracle, wild in people:
            texts = [
                f"{phase}.{number} {'كلمة ' * chance.randint(1, 9)}" for number in range(chance.randint(1, 4))
            ]
            for person in (oracle, wild):
                if not phase:
                    person.forges(first_card(person).message_id, f"go.prompt:{prompt}")
                    await bag.delivers(bag.takes(person))
                _types(person, texts, after, edits=phase % 3 == 0)
            await bag.delivers(bag.takes(oracle))
            await bag.delivers_wildly(bag.takes(wild), copies=90)
        phase += 1
    for one, other in PAIRS:
        assert await _canonical(region, one) == await _canonical(region, other)
        assert len(await _canonical(region, one)) > phase * 10
    took = time.monotonic() - began
    measured(
        f"G5: {bag.delivered} deliveries to {len(people)} people in {took:.0f} s, "
        f"{region.house.clerk.counts['duplicates']} of them copies; every draft byte-equal to its oracle"
    )


def _types(person: Person, texts: Sequence[str], after: str, *, edits: bool) -> None:
    """Type texts, correct the first of them, and open the next question."""
    sent = [message for text in texts for message in person.says(text)]
    if edits:
        person.edits(sent[0].message_id, f"{sent[0].text} (corrected)")
    person.forges(first_card(person).message_id, f"go.prompt:{after}")


async def _prompts_on_the_way(region: Region, person: Person) -> list[str]:
    """The prompts for long texts that can be opened, whatever was answered before."""
    template = region.template
    found = []
    for section in template.sections:
        for prompt in (prompt for question in section.questions for prompt in question.prompts):
            if template.type_of(prompt.id).kind == "text":
                person.forges(first_card(person).message_id, f"go.prompt:{prompt.id}")
                await region.rests()
                if (await region.interview(person)).focus.prompt == prompt.id:
                    found.append(prompt.id)
    return found


def _is_of(update: dict[str, Any], person: Person) -> bool:
    part = next(value for value in update.values() if isinstance(value, dict))
    return int(part["from"]["id"]) == person.user_id


async def _canonical(region: Region, country: str) -> bytes:
    """A country's answers as bytes, without the names of the messages that they came in."""
    answers = (await region.review(country)).answers
    plain = {
        prompt: [part.text for part in getattr(answer.value, "parts", ())]
        for prompt, answer in answers.items()
    }
    return json.dumps(plain, ensure_ascii=False, sort_keys=True).encode()


# --- G6 --------------------------------------------------------------------------------------------------------------

STOPS: Final = 24


@pytest.mark.timeout(180)
async def test_faults_18_19_g6_every_character_of_fast_typing_and_pastes_is_in_its_question(
    region: Region, measured: Say
) -> None:
    chance = random.Random(SEED)  # noqa: S311 - play, not secrecy
    layla = await region.focal_point("LB", "en")
    prompts = await _prompts_on_the_way(region, layla)
    typed: dict[str, list[str]] = {prompt: [] for prompt in prompts}
    began, messages = time.monotonic(), 0
    for stop in range(STOPS):
        prompt = prompts[stop % len(prompts)]
        layla.forges(first_card(layla).message_id, f"go.prompt:{prompt}")
        await until(lambda prompt=prompt: _is_before(region, layla, prompt), 20)  # type: ignore[misc]  # its default
        texts = [paste()] if stop % 4 == 3 else [f"{stop}.{n} كلمة" for n in range(chance.randint(3, 8))]
        for text in texts:  # as fast as a loop can: nobody waits for a receipt
            sent = layla.says(text)
            typed[prompt] += [message.text for message in sent]
            messages += len(sent)
    await region.rests()
    took = time.monotonic() - began
    characters = sum(len(text) for texts in typed.values() for text in texts)
    for prompt, texts in typed.items():
        assert await region.parts(prompt) == texts
    measured(
        f"G6: {STOPS} questions, {messages} messages, {messages / took:.0f} a second, {characters} characters, "
        f"{characters} of them in the right question"
    )


def _is_before(region: Region, person: Person, prompt: str) -> bool:
    """Whether the newest card that the person sees asks this prompt."""
    words = region.template.prompts[prompt].text.en
    return any(_plain(words)[:60] in _plain(m.text) for m in person.messages[-2:] if m.from_bot)


def _plain(text: str) -> str:
    return " ".join(text.split())
