"""One review from its first shared draft to its acceptance, by keys and words alone."""

from bot.sandbox import Person
from tests.chats.exchanging import FIRST, TEXT, last, newest
from tests.chats.telling import Region, data_of, everything, heard, said_by_bot


async def submits(region: Region, person: Person) -> None:
    """From the look at the whole to the receipt."""
    await region.says(person, "/submit")
    for begin in ("do.freeze", "do.submit."):
        card = person.last_message
        data = next(each for each in data_of(card) if each.startswith(begin))
        await region.forges(person, card.message_id, data)


async def reads_the_answer(region: Region, sam: Person, words: str) -> None:
    """The officer goes through a section until the answer is there, and opens it."""
    await region.presses(sam, "📖 Section I: Methodology")
    while words not in sam.last_message.text:
        await region.presses(sam, "Next page ▶")
    await region.presses(sam, "💬 1f · What difficulties did you face in obtaining data?")


async def test_a_review_travels_its_whole_way(region: Region) -> None:
    layla, sam = await region.focal_point("LB", "en"), await region.officer("en")
    await region.opens(layla, TEXT)
    await region.says(layla, "We have few data.")

    await region.says(layla, "/share")
    await region.presses(layla, "Share section I")
    await region.presses(sam, "Read it")
    await region.forges(sam, sam.last_message.message_id, f"do.read.LB.d.{FIRST}.0")
    assert "It is not submitted" in sam.last_message.text
    await region.says(layla, "/share")
    assert "Section I: last read by the secretariat" in last(layla)

    await submits(region, layla)
    assert (await newest(region)).state == "submitted"
    await region.presses(sam, "Read it")
    await reads_the_answer(region, sam, "We have few data.")
    await region.presses(sam, "✍️ Propose a wording")
    await region.says(sam, "Data are few, and those of 2016 are the newest.")
    await region.presses(sam, "↩️ Return with 1 remark")
    await region.presses(sam, "Yes, return it")

    assert await region.text(TEXT) == "We have few data."
    await region.presses(layla, "✅ Accept the wording")
    assert await region.text(TEXT) == "Data are few, and those of 2016 are the newest."
    await submits(region, layla)
    assert ((await newest(region)).version, (await newest(region)).state) == (2, "submitted")

    await region.says(sam, "/review liban")
    assert "Version 2 · submitted, waits for your word" in last(sam)
    assert "Round 1: remarks 1, open 0" in last(sam)
    await region.presses(sam, "✅ Accept the review")
    await region.presses(sam, "Yes, accept it")
    assert heard(layla, "Your review, version 2, has been accepted. Thank you.")

    await region.presses(layla, "Consent to publish and to quote")
    await region.presses(layla, "Section I: Methodology")
    await region.presses(layla, "1 · ▫️ quote")
    await region.says(sam, "/review LB")
    await reads_the_answer(region, sam, "Data are few")
    assert "🚫 not to be published · ✅ may be quoted" in last(sam)
    assert not any("do.remark.comment" in data for data in data_of(sam.last_message)), "it is accepted"
    assert all("error occurred" not in message.text for message in said_by_bot(sam) + said_by_bot(layla))
    assert "We have few data." in everything([sam])
