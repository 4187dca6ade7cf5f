"""Reviews that were returned or wait never hang: who is awaited is told, on working days, at a decent hour, seldom."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from bot.sandbox import Person
from tests.chats.exchanging import TEXT, newest, submitted, with_button, written
from tests.chats.telling import Region, bare, data_of, heard, said_by_bot
from tests.chats.test_clearance import asks_for, clearer, sends
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


ASKED, WAITING = "This text waits for your decision.", "This text waits for a decision: first clearance."


async def test_who_is_to_clear_a_text_is_asked_again_and_the_focal_points_see_since_when(
    region: Region,
) -> None:
    layla, sam = await region.focal_point("LB", "en"), await region.officer("en")
    await asks_for(region, layla, 1)
    rana = await clearer(region, layla)
    await region.opens(layla, TEXT)
    await region.says(layla, "We met twice.")
    await sends(region, layla)
    since = f"Since {'1 March 2027'.replace(' ', chr(0xA0))}: "
    await lives(region, 2)
    assert told(rana, ASKED) == []
    await lives(region, DAYS)
    for person, words in ((rana, ASKED), (layla, WAITING)):
        assert_seldom(told(person, words), "LB")
        assert heard(person, since)
    assert heard(layla, "Whoever decides has been asked again.")
    assert "We met twice." not in "".join(each.text for each in said_by_bot(rana))
    assert told(sam, ASKED) == told(sam, WAITING) == []
    before = told(rana, ASKED)
    await region.presses(rana, "✅ Cleared")
    await region.presses(rana, "Yes, it is cleared")
    await lives(region, DAYS)
    assert told(rana, ASKED) == before
    assert len(told(layla, "This text is cleared and can be submitted.")) >= 1


async def test_nobody_to_clear_it_is_said_and_asked_changes_do_not_hang(region: Region) -> None:
    layla = await region.focal_point("LB", "en")
    await asks_for(region, layla, 1)
    rana = await clearer(region, layla)
    await sends(region, layla)
    await region.presses(rana, "✏️ Changes are needed")
    await region.says(rana, "Please name the ministry.")
    await region.presses(rana, "Yes, ask for changes")
    await lives(region, DAYS)
    assert told(layla, "Changes were asked for; the text has not been sent anew yet.")
    assert told(rana, ASKED) == []
    await region.opens(layla, TEXT)
    await region.says(layla, "The ministry is named.", "/submit")
    await region.presses(layla, "Send the new text to be cleared")
    await region.says(layla, "/colleagues")
    await region.says(rana, "/erase")
    yes = next(data for data in data_of(rana.last_message) if data.endswith(".yes"))
    await region.forges(rana, rana.last_message.message_id, yes)
    await lives(region, DAYS)
    assert heard(layla, "Nobody is invited for it at present: please invite somebody.")


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
