"""The bot was away for 23 hours, or its clock went wrong: what was typed comes in order, and nobody is flooded."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from bot.sandbox import Sandbox
from tests.chats.calendars import NOTE, loads, sandbox_at
from tests.chats.telling import OPEN, Region, said_by_bot, until
from tests.chats.test_reminders import beats, letters, with_deadline
from workflows.when import Exact

PEOPLE = ("LB", "JO", "EG", "MA", "TN", "DZ", "IQ", "KW", "OM", "SD")
TEXTS = 50


@pytest.fixture
def sandbox() -> Sandbox:
    """The morning of 8 June 2020."""
    return sandbox_at(NOTE)


async def test_fault_28_five_hundred_texts_of_23_hours_come_in_order(
    region: Region, measured: Callable[[str], None]
) -> None:
    people = {country: await region.focal_point(country, "en", f"Person of {country}") for country in PEOPLE}
    for person in people.values():
        await region.opens(person, OPEN)
    await region.ends()
    before = {country: len(said_by_bot(person)) for country, person in people.items()}
    for number in range(TEXTS):
        for person in people.values():
            person.says(f"text {number}")
    region.sandbox.clock.advance(timedelta(hours=23))
    await region.begins()
    await until(lambda: not region.sandbox.updates.everything(), 90)
    await region.rests()
    for country in people:
        assert await region.parts(OPEN, country) == [f"text {number}" for number in range(TEXTS)]
    # One receipt for what comes in one batch of a hundred, and each counts all that is saved by then.
    said = [len(said_by_bot(person)) - before[country] for country, person in people.items()]
    measured(
        f"{TEXTS} texts of each of {len(PEOPLE)} people after 23 hours: {min(said)} to {max(said)} receipts"
    )
    assert max(said) <= TEXTS // 2


async def test_fault_56_a_clock_that_jumps_a_day_and_back_brings_no_storm_of_reminders(
    region: Region,
) -> None:
    await loads(region, with_deadline(Exact(first=date(2020, 6, 28), last=date(2020, 6, 28))))
    people = [await region.focal_point(country, "en", f"Person of {country}") for country in PEOPLE[:4]]
    await beats(region, 2020, 6, 18, 9, 0)
    region.house.clock._url = None  # from here on the machine's own clock is what goes wrong
    right = region.house.clock._offset
    before = [len(letters(person)) for person in people]
    for jump in (timedelta(days=1), timedelta(0), timedelta(hours=-2), timedelta(days=1), timedelta(0)):
        region.house.clock._offset = right + jump
        await beats(region)
    after = [len(letters(person)) for person in people]
    assert max(now - then for now, then in zip(after, before, strict=True)) <= 1
    texts = [text for person in people for text in letters(person)]
    assert len(set(texts)) >= max(after)
    moment: datetime = region.house.clock.now()
    assert moment.date() == date(2020, 6, 18)
