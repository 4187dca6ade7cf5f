"""Reviews that were returned or wait never hang: who is awaited is told, on working days, at a decent hour, seldom."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from bot.sandbox import Person
from tests.chats.exchanging import TEXT, newest, submitted, with_button, written
from tests.chats.telling import Region, bare, heard, said_by_bot
from workflows.cycle.days.working_days import habits, is_working_day

WAITS, OPEN = (
    "Reviews that wait for the secretariat's word",
    "remark of the secretariat on your review is open",
)
DAYS = 18


def told(person: Person, words: str) -> list[datetime]:
    """When the bot said something to a person."""
    return [
        datetime.fromtimestamp(message.date, UTC)
        for message in said_by_bot(person)
        if words in bare(message.text)
    ]


async def lives(region: Region, days: int, *people: Person) -> None:
    """Some beats of the heart each day, by day and by night."""
    for _ in range(days * 3):
        await region.later(timedelta(hours=8))
        await region.house.beats.plan()
        await region.house.courier.collect()
        await region.rests()


def assert_seldom(moments: list[datetime], country: str) -> None:
    assert len(moments) >= 2
    for before, after in pairwise(moments):
        between = [before.date() + timedelta(days=at) for at in range(1, (after - before).days + 1)]
        assert sum(is_working_day(habits(), country, day) for day in between) >= 2, (before, after)
        assert after - before > timedelta(days=2)
    for moment in moments:
        assert is_working_day(habits(), country, (moment + timedelta(hours=2)).date())
        assert 9 <= (moment + timedelta(hours=2)).hour < 20


async def test_the_secretariat_is_told_of_reviews_that_wait_until_it_has_spoken(region: Region) -> None:
    layla, sam = await region.focal_point("LB", "en"), await region.officer("en")
    await written(region, TEXT, "We met twice.")
    edition = await submitted(region)
    await lives(region, 2)
    assert told(sam, WAITS) == []
    await lives(region, DAYS)
    moments = told(sam, WAITS)
    assert_seldom(moments, "EG")
    assert heard(sam, "Lebanon, version 1: ")
    assert told(layla, WAITS) == []
    await region.presses(sam, "Lebanon")
    await region.forges(sam, sam.last_message.message_id, f"do.review_accept.{edition.id}.sure")
    assert (await newest(region)).state == "accepted"
    await lives(region, 4)
    assert told(sam, WAITS) == moments


async def test_a_state_is_told_of_open_remarks_until_it_has_settled_them(region: Region) -> None:
    layla, sam = await region.focal_point("LB", "en"), await region.officer("en")
    await written(region, TEXT, "We met twice.")
    edition = await submitted(region)
    await region.forges(sam, sam.last_message.message_id, f"do.remark.comment.{edition.id}.{TEXT}")
    await region.says(sam, "When?")
    await region.forges(
        sam, with_button(sam, "review_return").message_id, f"do.review_return.{edition.id}.sure"
    )
    await lives(region, 2)
    assert told(layla, OPEN) == []
    await lives(region, DAYS)
    moments = told(layla, OPEN)
    assert_seldom(moments, "LB")
    assert told(sam, OPEN) == []
    await region.presses(layla, "💬 Explain")
    await region.says(layla, "There are no minutes.")
    await lives(region, 4)
    assert told(layla, OPEN) == moments
