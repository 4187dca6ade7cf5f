"""The way of a review as each of its hands reads it: what changed, what came back, what waits and for whom."""

from bot.sandbox import Person
from tests.chats.exchanging import TEXT, written
from tests.chats.telling import Region, data_of, everything, heard, newest
from tests.chats.test_clearance import asks_for, clearer, sends
from tests.chats.test_round_trip import reads_the_answer

SECRET = "words whose place is not known"


async def clears(region: Region, rana: Person) -> None:
    """The text that waits is cleared."""
    await region.presses(rana, "✅ Cleared")
    await region.presses(rana, "Yes, it is cleared")


async def asks_for_changes(region: Region, clearing: Person, why: str) -> None:
    """The text that waits is sent back, with a reason."""
    await region.presses(clearing, "✏️ Changes are needed")
    await region.says(clearing, why)
    await region.presses(clearing, "Yes, ask for changes")


async def sends_anew(region: Region, layla: Person) -> None:
    """The changed text takes the place of the one before."""
    await region.says(layla, "/submit")
    await region.presses(layla, "Send the new text to be cleared")


async def submits(region: Region, layla: Person) -> None:
    """The cleared text is submitted by the lead."""
    await region.says(layla, "/submit")
    for _ in ("asked", "sure"):
        shown = layla.last_message
        data = next(each for each in data_of(shown) if each.startswith("do.submit."))
        await region.forges(layla, shown.message_id, data)


async def waits(region: Region, person: Person) -> None:
    """The person types something where it cannot be told what it answers."""
    await region.says(person, "/progress")
    await region.says(person, "/sections")
    await region.says(person, SECRET)
    assert "Which question does it belong to?" in newest(person)


# --- the clearing authority ------------------------------------------------------------------------------------------


async def test_who_clears_reads_what_changed_since_the_text_they_had(region: Region, layla: Person) -> None:
    await asks_for(region, layla, 1)
    rana = await clearer(region, layla)
    await written(region, TEXT, "few data")
    await sends(region, layla)
    assert "Changed since" not in newest(rana), "it is the first"
    await asks_for_changes(region, rana, "Which survey?")
    await written(region, TEXT, "few data, of survey 14")
    await sends_anew(region, layla)
    assert "It takes the place of frozen text 1. Changed since then: 1f" in newest(rana)
    await clears(region, rana)
    await submits(region, layla)

    sam = await region.officer("en")
    await region.says(sam, "/review LB")
    await reads_the_answer(region, sam, "few data, of survey 14")
    await region.presses(sam, "💬 Comment")
    await region.says(sam, "Of which year?")
    await region.presses(sam, "↩️ Return with 1 remark")
    await region.presses(sam, "Yes, return it")
    await written(region, TEXT, "few data, of survey 14, 2016")
    await written(region, "2c.4", "something new")
    await sends(region, layla)
    assert "Changed since version 1: 1f, 2c" in newest(rana)
    assert "survey 14" not in newest(rana), "the words are in the document alone"


async def test_the_second_clearer_reads_what_changed_since_the_version_before(
    region: Region, layla: Person
) -> None:
    await asks_for(region, layla, 2)
    rana, hadi = await clearer(region, layla), await clearer(region, layla, 2, name="Hadi Saab")
    await sends(region, layla)
    await clears(region, rana)
    assert "Changed since" not in newest(hadi)
    await clears(region, hadi)
    await submits(region, layla)
    sam = await region.officer("en")
    await region.says(sam, "/review LB")
    await region.presses(sam, "🔓 Open it again")
    again = next(each for each in data_of(sam.last_message) if each.endswith(".sure"))
    await region.forges(sam, sam.last_message.message_id, again)
    await written(region, TEXT, "few data")
    await sends(region, layla)
    assert "Changed since version 1: 1f" in newest(rana)
    await clears(region, rana)
    assert "Changed since version 1: 1f" in newest(hadi)


async def test_the_second_clearer_reads_what_changed_since_the_text_that_they_sent_back(
    region: Region, layla: Person
) -> None:
    await asks_for(region, layla, 2)
    rana, hadi = await clearer(region, layla), await clearer(region, layla, 2, name="Hadi Saab")
    await written(region, TEXT, "few data")
    await sends(region, layla)
    await clears(region, rana)
    await asks_for_changes(region, hadi, "Which survey?")
    await written(region, TEXT, "few data, of survey 14")
    await sends_anew(region, layla)
    await asks_for_changes(region, rana, "Which year?")
    await written(region, "2c.4", "something new")
    await sends_anew(region, layla)
    assert "It takes the place of frozen text 2. Changed since then: 2c" in newest(rana)
    await clears(region, rana)
    assert "It takes the place of frozen text 1. Changed since then: 1f, 2c" in newest(hadi), "their last"


async def test_a_clearer_may_leave_it_for_later(region: Region, layla: Person) -> None:
    await asks_for(region, layla, 1)
    rana = await clearer(region, layla)
    await written(region, TEXT, "few data")
    await sends(region, layla)
    await region.presses(rana, "✏️ Changes are needed")
    await region.presses(rana, "Not now")
    assert newest(rana).endswith("Nothing was decided or sent. The text waits for you as it is.")
    await region.says(rana, "words for nobody")
    assert newest(rana).startswith("Your text was not kept")

    await region.presses(rana, "✏️ Changes are needed")
    await region.says(rana, "a hasty reason")
    await region.presses(rana, "Not now")
    assert newest(rana).endswith("Nothing was decided or sent. The text waits for you as it is.")
    await region.presses(rana, "✏️ Changes are needed")
    await region.says(rana, "a better reason")
    assert "a hasty reason" not in newest(rana)
    await region.presses(rana, "Not now")
    await region.presses(rana, "✅ Cleared")
    await region.presses(rana, "Not now")
    await clears(region, rana)
    assert heard(rana, "✅ Cleared.")
    assert "reason" not in everything([layla])


# --- the focal points ------------------------------------------------------------------------------------------------


async def test_a_returned_review_and_its_remarks_are_named_in_the_look(region: Region, layla: Person) -> None:
    sam = await region.officer("en")
    await written(region, TEXT, "few data")
    await region.says(layla, "/submit")
    await region.presses(layla, "Submit version 1")
    await region.presses(layla, "Yes, submit version 1")
    await region.says(sam, "/review LB")
    await reads_the_answer(region, sam, "few data")
    for words in ("Of which year?", "Of which survey?"):
        await region.presses(sam, "💬 Comment")
        await region.says(sam, words)
        await region.presses(sam, "◀ Back to the answer")
    await region.presses(sam, "◀ Back to the review")
    await region.presses(sam, "↩️ Return with 2 remarks")
    await region.presses(sam, "Yes, return it")
    await region.forges(layla, layla.last_message.message_id, "do.remark_explain.1")
    await region.says(layla, "Of 2016.")
    await region.says(layla, "/submit")
    assert "Version 1 was returned by the secretariat. Remarks: 2, open: 1" in newest(layla)
    await region.presses(layla, "All remarks")

    own, theirs = newest(layla), ""
    await region.says(sam, "/remarks LB")
    theirs = newest(sam)
    for line in ("1. 1f · Comment · 💬 explained", "2. 1f · Comment · ⏳ open"):
        assert line in own, own
        assert line in theirs, theirs
    assert own.index("2. 1f") < own.index("1. 1f"), "the state reads first what is open"

    await region.says(layla, "/submit")
    await region.presses(layla, "Submit version 2")
    await region.presses(layla, "Yes, submit version 2")
    await region.says(layla, "/submit")
    assert newest(layla).startswith("The review is submitted as version 2")
    await region.says(sam, "/review LB")
    await region.presses(sam, "✅ Accept the review")
    await region.presses(sam, "Yes, accept it")
    await region.says(layla, "/submit")
    assert newest(layla).startswith("The review was accepted as version 2")


async def test_the_look_names_colleagues_whose_messages_wait_and_not_their_words(
    region: Region, layla: Person
) -> None:
    omar = await region.focal_point("LB", "en", "Omar Khoury")
    karim = await region.contributor("LB", "en")
    stranger = await region.focal_point("JO", "en", "Nadia Farah")
    for person in (omar, karim, stranger):
        await waits(region, person)
    await region.says(layla, "/submit")
    waiting = "They are not in the review: Omar Khoury (1), Karim Aoun (1)"
    assert waiting in newest(layla)
    assert "Nadia" not in newest(layla)
    await region.presses(layla, "Submit version 1")
    assert waiting in newest(layla)
    assert SECRET not in everything([layla])
    await region.presses(omar, "🗑 Do not keep")
    await region.presses(karim, "🗑 Do not keep")
    await region.says(layla, "/submit")
    assert "colleagues wait" not in newest(layla)


async def test_what_waited_when_a_place_passed_on_is_told_to_both(region: Region, layla: Person) -> None:
    await waits(region, layla)
    sam = await region.officer("en")
    await region.says(sam, "/replace LB")
    await region.presses(sam, "In the place of Layla Haddad")
    link = next(word for word in sam.last_message.text.split() if "?start=" in word)
    nadia = await region.comes_in(link.partition("?start=")[2], "en", "Nadia Farah")
    assert heard(nadia, "⚠️ One message of who was here before you is in no answer")
    assert SECRET not in everything([nadia])
    assert "⚠️ One message of yours is in no answer" in newest(layla)
    await region.says(layla, "/mydata")
    assert SECRET in everything([layla]), "it is in their own file"
    await region.says(nadia, "/submit")
    assert "colleagues wait" not in newest(nadia), "nobody who is here can give it a place"
