"""What is typed to something else than a question of the review becomes no part of it, although a question is open."""

import pytest

from bot.sandbox import Person
from tests.chats.telling import OPEN, Region, data_of, heard, labels_of, newest, said_by_bot
from tests.chats.test_clearance import asks_for, clearer
from tests.chats.test_support import QUESTION, asks, requests, supporter

OFFICIAL = "official words"


@pytest.fixture
async def layla(region: Region) -> Person:
    """A focal point of Lebanon who has written an answer and may add to it."""
    person = await region.focal_point("LB", "en")
    await region.opens(person, OPEN)
    await region.says(person, OFFICIAL)
    return person


async def is_asked_about(region: Region, person: Person, words: str) -> None:
    """The words stand in no answer: they are kept, and the open question is the first that is offered for them."""
    assert await region.text(OPEN) == OFFICIAL
    assert "Which question does it belong to?" in newest(person)
    assert words in newest(person)
    assert data_of(person.last_message)[0].endswith(f"place.{OPEN}")


# --- a question that is settled by a key -----------------------------------------------------------------------------


async def test_a_typed_yes_to_the_end_of_a_place_is_no_answer(region: Region, layla: Person) -> None:
    await region.contributor("LB", "en")
    await region.says(layla, "/colleagues")
    await region.presses(layla, "👥 Karim Aoun")
    await region.presses(layla, "End their place")
    await region.says(layla, "yes")
    await is_asked_about(region, layla, "yes")
    await region.presses(layla, "Yes, end it")
    assert heard(layla, "The place of Karim Aoun has ended")


async def test_a_typed_yes_to_the_submission_is_no_answer(region: Region, layla: Person) -> None:
    await region.says(layla, "/submit")
    await region.presses(layla, "Submit version 1")
    await region.says(layla, "yes")
    await is_asked_about(region, layla, "yes")


async def test_a_typed_yes_to_the_erasure_is_no_answer(region: Region, layla: Person) -> None:
    await region.says(layla, "/erase")
    await region.says(layla, "yes")
    assert await region.text(OPEN) == OFFICIAL


# --- the help desk ---------------------------------------------------------------------------------------------------


async def answered(region: Region, layla: Person) -> int:
    """An office answers a request while a question of the review is open; gives the message that says so."""
    hana = await supporter(region, "un_team")
    await asks(region, layla)
    await region.opens(layla, OPEN)
    await region.presses(hana, "✍️ Answer")
    await region.says(hana, "By its title.")
    assert "By its title." in newest(layla)
    return layla.last_message.message_id


async def test_a_reply_to_an_offices_answer_is_no_answer_of_the_review(region: Region, layla: Person) -> None:
    told = await answered(region, layla)
    await region.opens(layla, OPEN)
    await region.says(layla, "And who signed it?", reply_to=told)
    await is_asked_about(region, layla, "And who signed it?")


async def test_thanks_for_an_offices_answer_are_no_answer_of_the_review(
    region: Region, layla: Person
) -> None:
    await answered(region, layla)
    await region.says(layla, "Thank you very much")
    assert newest(layla).startswith("🤝 Thank you for the kind words.")
    assert await region.text(OPEN) == OFFICIAL
    assert (await region.interview(layla)).held == ()
    await region.says(layla, "That helps us a lot")
    await is_asked_about(region, layla, "That helps us a lot")


async def test_a_reply_to_a_word_that_asks_nothing_is_asked_about(region: Region, layla: Person) -> None:
    await region.contributor("LB", "en")
    assert "Karim Aoun has come in." in newest(layla)
    await region.says(layla, "Good.", reply_to=layla.last_message.message_id)
    await is_asked_about(region, layla, "Good.")


async def test_a_reply_to_ones_own_message_goes_where_that_went(region: Region, layla: Person) -> None:
    own = await region.says(layla, "a second part")
    await region.says(layla, "a third part", reply_to=own)
    assert await region.parts(OPEN) == [OFFICIAL, "a second part", "a third part"]


async def test_an_offices_answer_leaves_open_what_was_asked_elsewhere(region: Region, layla: Person) -> None:
    hana = await supporter(region, "un_team")
    await asks(region, layla)
    await region.says(layla, "/ask")
    await region.presses(hana, "✍️ Answer")
    await region.says(hana, "By its title.")
    await region.says(layla, "Which year is meant by the second line?")
    assert "Rafiq does not know the answer to this." in newest(layla)


async def test_words_after_the_question_of_its_kind_are_added_to_a_request(
    region: Region, layla: Person
) -> None:
    await supporter(region, "un_team")
    await region.says(layla, "/ask")
    await region.says(layla, QUESTION)
    assert "If you write more, it is added." in newest(layla)
    await region.says(layla, "I mean the one of 2019.")
    assert "I mean the one of 2019." in newest(layla)
    await region.presses(layla, "Data and figures")
    (request,) = await requests(region)
    assert request.text == f"{QUESTION}\nI mean the one of 2019."
    assert await region.text(OPEN) == OFFICIAL


# --- a decision ------------------------------------------------------------------------------------------------------


async def test_a_clearer_who_types_is_shown_the_way_to_the_keys(region: Region, layla: Person) -> None:
    await asks_for(region, layla, 1)
    rana = await clearer(region, layla)
    await region.says(layla, "/submit")
    await region.presses(layla, "Send to be cleared")
    await region.presses(rana, "✅ Cleared")
    await region.says(rana, "yes")
    assert "by the keys under each of them. /start shows what waits for you." in newest(rana)
    await region.says(rana, "/start")
    assert "✅ Cleared" in labels_of(said_by_bot(rana)[-1])


@pytest.mark.parametrize("command", ["submit", "clearing", "share"])
async def test_a_typed_yes_to_a_card_that_asks_for_a_decision_is_no_answer(
    region: Region, layla: Person, command: str
) -> None:
    await region.says(layla, f"/{command}")
    await region.says(layla, "yes, all of it")
    await is_asked_about(region, layla, "yes, all of it")


async def test_a_typed_yes_to_taking_part_is_no_answer(region: Region, layla: Person) -> None:
    await region.forges(layla, layla.last_message.message_id, "do.taking_part")
    await region.says(layla, "yes, we do")
    await is_asked_about(region, layla, "yes, we do")
