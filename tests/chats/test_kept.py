"""A kept text and a bot whose messages get lost: the question where it belongs comes again until it has come."""

from datetime import timedelta

from bot.sandbox import Message, Person
from tests.chats.exchanging import submitted
from tests.chats.telling import OPEN, Region, data_of, first_card, newest, said_by_bot, until

YES_NO = "1d.1"


async def keeps(region: Region, person: Person, words: str) -> None:
    """The person types on the list of sections, and the question about it is cut off both times it is sent."""
    await region.forges(person, first_card(person).message_id, "go.hub")
    fault = region.sandbox.faults.add("server_error", method="sendMessage", chat_id=person.user_id, count=2)
    person.says(words)
    await until(lambda: fault.struck == 1)
    await region.later(timedelta(minutes=1))
    await until(lambda: fault.struck == 2)
    await region.rests()
    await region.later(timedelta(minutes=1))
    assert questions(person) == []


def questions(person: Person) -> list[Message]:
    """Each time that the person was asked where a kept text belongs."""
    return [
        message for message in said_by_bot(person) if any(".discard" in data for data in data_of(message))
    ]


async def goes(region: Region, person: Person, place: str) -> list[Message]:
    """The person opens a place; what is said then, oldest first."""
    before = person.last_message.message_id
    await region.forges(person, first_card(person).message_id, f"go.{place}")
    return [message for message in said_by_bot(person) if message.message_id > before]


async def test_a_lost_question_about_a_kept_text_comes_again_once(region: Region, layla: Person) -> None:
    await keeps(region, layla, "an early answer")
    said = await goes(region, layla, "hub")
    assert questions(layla) == [said[-1]]
    assert len(await goes(region, layla, "hub")) == 1, "the question has come, and is not asked once more"
    await region.presses(layla, next(data for data in data_of(said[-1]) if data.endswith(f"place.{OPEN}")))
    assert await region.text(OPEN) == "an early answer"


async def test_a_lost_question_comes_again_with_the_receipt_of_the_next_text(
    region: Region, layla: Person
) -> None:
    asked = layla.last_message.message_id
    await keeps(region, layla, "an early answer")
    before = layla.last_message.message_id
    await region.says(layla, "and a reply to the card", reply_to=asked)
    question, receipt = [message for message in said_by_bot(layla) if message.message_id > before]
    assert questions(layla) == [question]
    assert ".replace" in " ".join(data_of(receipt)), "the receipt stays last, and the next text belongs to it"
    assert await region.text(OPEN) == "and a reply to the card"


async def test_a_card_in_hand_that_is_redrawn_stays_the_newest(region: Region, layla: Person) -> None:
    """A question below it would take the texts that are meant for the card."""
    shown = layla.last_message
    await keeps(region, layla, "an early answer")
    menu = next(data for data in data_of(shown) if data.endswith("menu.other"))
    await region.forges(layla, shown.message_id, menu)
    assert questions(layla) == []
    said = await goes(region, layla, f"prompt:{YES_NO}")
    assert questions(layla) == said[:1]


async def test_whoever_leaves_the_question_alone_is_asked_with_every_new_card(
    region: Region, layla: Person
) -> None:
    """The buttons of the question before are stale from then on."""
    await goes(region, layla, "hub")
    await region.says(layla, "an early answer")
    for asked in range(2, 4):
        said = await goes(region, layla, f"prompt:{YES_NO}")
        assert questions(layla)[asked - 1 :] == said[:1]
        assert [data.partition(".")[2] for data in data_of(said[0])][:1] == [f"place.{OPEN}"]
    await region.presses(layla, next(data for data in data_of(said[0]) if ".place." in data))
    assert await region.text(OPEN) == "an early answer"
    assert len(questions(layla)) == 3


async def test_whoever_submits_hears_of_messages_that_are_in_no_answer(region: Region, layla: Person) -> None:
    """They are kept, and the state's text goes without them: it is said before, with the way to their place."""
    await region.says(layla, "our words")
    layla.forwards("words of the ministry")
    await region.rests()
    await region.says(layla, "/submit")
    waits = "One message of yours waits for you to say which question it belongs to. It is not in the review."
    assert waits in newest(layla)
    await region.presses(layla, "Submit version 1")
    assert newest(layla).startswith("Submit frozen text 1 as version 1?")
    assert waits in newest(layla)
    await region.presses(layla, "📥 Waiting messages: 1")
    assert "words of the ministry" in newest(layla)
    await region.presses(layla, next(d for d in data_of(layla.last_message) if d.endswith(f"place.{OPEN}")))
    assert await region.parts(OPEN) == ["our words", "words of the ministry"]
    await region.says(layla, "/submit")
    assert "waits for you" not in newest(layla)


async def test_the_way_to_a_message_that_has_its_place_by_now_leads_to_the_sections(
    region: Region, layla: Person
) -> None:
    await region.forges(layla, first_card(layla).message_id, "go.held")
    assert newest(layla).startswith("The national review: Lebanon")


async def test_whoever_edits_a_message_that_waits_hears_of_it(region: Region, layla: Person) -> None:
    await goes(region, layla, "hub")
    waits = await region.says(layla, "an early answer")
    layla.edits(waits, "a better answer")
    await region.rests()
    assert newest(layla) == "The message that waits for its place has its new words."
    await region.presses(layla, "Where does it belong?")
    assert "a better answer" in newest(layla)
    await region.presses(layla, next(d for d in data_of(layla.last_message) if d.endswith(f"place.{OPEN}")))
    assert await region.parts(OPEN) == ["a better answer"]


async def test_a_message_that_is_asked_about_later_is_told_of(region: Region, layla: Person) -> None:
    """Two texts have met, and while the person has not chosen comes one more that has no place."""
    omar = await region.focal_point("LB", "en", "Omar Khoury")
    await region.opens(omar, OPEN)
    await region.says(layla, "hers")
    await region.presses(layla, "🔄 Replace the text")
    await region.says(omar, "his")
    await region.says(layla, "hers anew")
    assert "What shall become of it?" in newest(layla)
    assert "asked about after this" not in newest(layla)
    layla.forwards("words of the ministry")
    await region.rests()
    assert "What shall become of it?" in newest(layla)
    assert "One more message of yours is kept, and is asked about after this." in newest(layla)
    await region.presses(layla, "Keep the other, drop mine")
    assert "words of the ministry" in newest(layla)


async def test_texts_that_wait_are_given_back_once_the_review_takes_none_any_more(
    region: Region, layla: Person
) -> None:
    await region.says(layla, "/sections")
    await region.says(layla, "the first that waits", "the second that waits")
    old = layla.last_message
    place = next(data for data in data_of(old) if ".place." in data)
    assert len((await region.interview(layla)).held) == 2
    await submitted(region)
    assert "submitted" in await region.forges(layla, old.message_id, place)
    for words in ("Your text was not put into any answer.", "the first that waits", "the second that waits"):
        assert words in newest(layla)
    assert not [data for data in data_of(layla.last_message) if ".place." in data]
    assert (await region.interview(layla)).held == ()
    assert (await region.review()).answers == {}
    count = len(said_by_bot(layla))
    await region.says(layla, "/sections")
    assert "the first that waits" not in newest(layla)
    assert len(said_by_bot(layla)) == count + 1, "it is given back once"


async def test_what_waits_is_given_back_also_to_who_goes_on_and_what_is_let_go_is_gone(
    region: Region, layla: Person
) -> None:
    omar = await region.focal_point("LB", "en", "Omar Khoury")
    for person in (layla, omar):
        await region.says(person, "/sections")
        await region.says(person, f"a text of {person.name}")
    await submitted(region)
    await region.says(layla, "/continue")
    assert "a text of Layla Haddad" in newest(layla)
    await region.presses(omar, "🗑 Do not keep")
    await region.says(omar, "/sections")
    assert "a text of Omar Khoury" not in newest(omar)
    assert (await region.interview(omar)).held == ()
