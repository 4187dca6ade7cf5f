"""What is typed as one answer in several messages stays one; what comes too late is given back with its reason."""

from bot.sandbox import Person
from tests.chats.exchanging import OTHER_TEXT, TEXT, last, submitted, written
from tests.chats.telling import (
    CYCLE,
    Region,
    bare,
    data_of,
    first_card,
    heard,
    newest,
    said_by_bot,
)
from workflows.store.values_announcements import Announcement
from workflows.store.values_exchange import Remark

HEAD, TAIL = "alpha " * 680, "omega " * 150
PASTE = HEAD + TAIL
"""More than a message holds: a client makes two of it, and both are sent before the card about the first is there."""


async def kept_remarks(region: Region, edition: int) -> list[Remark]:
    """The remarks on a submitted text as they are on disk."""
    async with region.store.reading() as work:
        return await work.remarks.of_edition(edition)


async def draft(region: Region, number: int = 1) -> Announcement:
    """An announcement as it is on disk."""
    async with region.store.reading() as work:
        found = await work.announcements.get(number)
    assert found is not None
    return found


async def does(region: Region, person: Person, data: str) -> None:
    """The person presses a key of an earlier card."""
    await region.forges(person, first_card(person).message_id, data)


def as_typed(text: str) -> str:
    """A text without the breaks at which it was cut and joined."""
    return " ".join(text.split())


async def test_a_wording_and_a_reason_of_several_messages_are_each_one(region: Region) -> None:
    sam, layla = await region.officer(), await region.focal_point("LB", "en")
    await written(region, TEXT, "We met.")
    await written(region, OTHER_TEXT, "We asked.")
    edition = (await submitted(region)).id
    await does(region, sam, f"do.remark.wording.{edition}.{TEXT}")
    await region.says(sam, PASTE)
    await does(region, sam, f"do.remark.comment.{edition}.{OTHER_TEXT}")
    await region.says(sam, "Whom?", "And when?")
    await does(region, sam, f"do.remark.comment.{edition}.{OTHER_TEXT}")
    await region.says(sam, "A second comment.")
    wording, comment, second = await kept_remarks(region, edition)
    assert as_typed(wording.text) == as_typed(PASTE)
    assert (comment.text, second.text) == ("Whom?\nAnd when?", "A second comment.")
    await does(region, sam, f"do.review_return.{edition}.sure")
    await does(region, layla, f"do.remark_accept.{wording.id}")
    assert as_typed(await region.text(TEXT)) == as_typed(PASTE)
    await does(region, layla, f"do.remark_explain.{comment.id}")
    await region.says(layla, PASTE)
    await does(region, layla, f"do.remark_explain.{second.id}")
    await region.says(layla, "First reason.", "And this.", "And that.")
    _, comment, second = await kept_remarks(region, edition)
    assert as_typed(comment.reply) == as_typed(PASTE)
    assert second.reply == "First reason.\nAnd this.\nAnd that."
    await does(region, layla, f"do.remark_explain.{second.id}")
    await region.says(layla, "Written anew.")
    assert (await kept_remarks(region, edition))[2].reply == "Written anew."


async def test_seven_messages_sent_at_once_are_one_reason(region: Region) -> None:
    sam, layla = await region.officer(), await region.focal_point("LB", "en")
    await written(region, TEXT, "We met.")
    edition = (await submitted(region)).id
    await does(region, sam, f"do.remark.comment.{edition}.{TEXT}")
    await region.says(sam, "Whom?")
    await does(region, sam, f"do.review_return.{edition}.sure")
    await does(region, layla, "do.remark_explain.1")
    lines = [f"Line {number}." for number in range(1, 8)]
    await region.says(layla, *lines)
    assert (await kept_remarks(region, edition))[0].reply == "\n".join(lines)


async def test_a_request_and_its_answer_of_several_messages_arrive_whole(region: Region) -> None:
    hana = await region.comes_in(
        await region.invitation("supporter", "LB", scope="un_team"), "en", "Hana Salem"
    )
    layla = await region.focal_point("LB", "en")
    await region.says(layla, "/ask")
    await region.says(layla, PASTE)
    await region.presses(layla, "Data and figures")
    async with region.store.reading() as work:
        (request,) = await work.support.of_country(CYCLE, "LB")
    assert as_typed(request.text) == as_typed(PASTE)
    assert sum(bare(each.text).count("omega") for each in said_by_bot(hana)) == 150, (
        "the office reads it whole"
    )
    await does(region, hana, "do.request_answer.1")
    before = len(said_by_bot(layla))
    await region.says(hana, PASTE.replace("alpha", "delta"))
    read = "".join(bare(each.text) for each in said_by_bot(layla)[before:])
    assert (read.count("delta"), read.count("omega")) == (680, 150)
    assert "goes on with its answer" in read
    assert newest(hana).count("answered") >= 1
    await region.says(layla, "/ask")
    await region.presses(layla, "Data and figures")
    await region.says(layla, "Which law is meant by xyzzy?", "We found two.")
    async with region.store.reading() as work:
        requests = await work.support.of_country(CYCLE, "LB")
        words = await work.support.words(requests[1].id)
    assert [each.text for each in requests[1:]] == ["Which law is meant by xyzzy?"]
    assert [each.text for each in words] == ["We found two."]


async def test_an_entry_of_the_list_of_answers_is_joined_too(region: Region) -> None:
    sam, layla = await region.officer(), await region.focal_point("LB", "en")
    await region.says(layla, "/ask")
    await region.presses(layla, "Data and figures")
    await region.says(layla, "Which law is meant by xyzzy?")
    await does(region, sam, "do.request_answer.1")
    await region.says(sam, "The new one.")
    await does(region, sam, "do.request_list.1")
    await region.says(sam, "Which law?", "Of those two?")
    await region.says(sam, "The new one.", "Not the old.")
    await region.says(sam, "publish")
    async with region.store.reading() as work:
        (entry,) = await work.support.entries(CYCLE)
    assert (entry.question, entry.answer) == ("Which law?\nOf those two?", "The new one.\nNot the old.")


async def test_an_announcement_in_short_lines_is_one_text_and_a_long_one_is_kept_whole(
    region: Region,
) -> None:
    sam = await region.officer()
    await region.focal_point("LB", "en")
    await region.says(sam, "/announce focal points")
    await region.says(sam, "Text one.", "Text two.", "نص واحد.", "نص ثان.")
    assert (await draft(region)).texts == {"en": "Text one.\nText two.", "ar": "نص واحد.\nنص ثان."}
    await region.says(sam, "/announce focal points")
    await region.says(sam, PASTE)
    assert as_typed((await draft(region, 2)).texts["en"]) == as_typed(PASTE)
    assert "⚠️ One text has" in newest(sam)
    await does(region, sam, "do.announce_send.2.now")
    assert (await draft(region, 2)).state == "draft"


async def test_what_came_too_late_is_given_back_with_its_reason(region: Region) -> None:
    sam, ada = await region.officer(), await region.officer("en", "Ada Noor")
    layla, omar = await region.focal_point("LB", "en"), await region.focal_point("LB", "en", "Omar Saad")
    await written(region, TEXT, "We met.")
    edition = (await submitted(region)).id
    for kind, text in (("wording", "We met twice."), ("comment", "Whom?")):
        await does(region, sam, f"do.remark.{kind}.{edition}.{TEXT}")
        await region.says(sam, text)
    await does(region, sam, f"do.remark.comment.{edition}.{TEXT}")
    await does(region, ada, f"do.review_return.{edition}.sure")
    await region.says(sam, "LATE REMARK")
    assert "Lebanon: version 1 was returned meanwhile" in last(sam)
    assert "LATE REMARK" in last(sam)
    await does(region, layla, "do.remark_explain.1")
    await does(region, omar, "do.remark_accept.1")
    await region.says(layla, "LATE REASON")
    assert last(layla).startswith("The proposed wording was accepted meanwhile")
    assert "LATE REASON" in last(layla)
    await does(region, layla, "do.remark_explain.2")
    await submitted(region)
    await region.says(layla, "LATER REASON")
    assert last(layla).startswith("The review was submitted again meanwhile")
    assert "LATER REASON" in last(layla)
    await region.says(sam, "/announce focal points")
    await region.says(sam, "Hello all")
    await does(region, ada, "do.announce_send.1.now")
    await region.says(sam, "Bonjour à tous")
    assert last(sam).startswith("This message was sent meanwhile, without your text.")
    assert "Bonjour à tous" in last(sam)


async def test_remarks_that_wait_are_read_together_and_named_before_the_return(region: Region) -> None:
    sam, ada = await region.officer(), await region.officer("en", "Ada Noor")
    await region.focal_point("LB", "en")
    await written(region, TEXT, "We met.")
    await written(region, OTHER_TEXT, "We asked.")
    edition = (await submitted(region)).id
    for prompt, text in ((TEXT, "Whom?"), (TEXT, "And when?"), (OTHER_TEXT, "Who answered?")):
        await does(region, sam, f"do.remark.comment.{edition}.{prompt}")
        await region.says(sam, text)
    await region.says(ada, "/remarks")
    assert "Lebanon\n3 remarks wait to be sent." in last(ada)
    await region.says(ada, "/remarks LB")
    assert last(ada).count("📝 not sent yet") == 3
    assert all(text in last(ada) for text in ("Whom?", "And when?", "Who answered?"))
    await region.forges(ada, ada.last_message.message_id, "do.remark_drop.1")
    await region.forges(ada, ada.last_message.message_id, f"do.review_return.{edition}")
    asked = last(ada)
    assert "2 remarks go to the country." in asked
    on = [line for line in asked.splitlines() if line.startswith(("1f", "2c"))]
    assert [line.endswith(" (1 remark)") for line in on] == [True, True]
    assert "do.remarks.LB" in data_of(ada.last_message)


async def edits(region: Region, person: Person, message: int, text: str) -> None:
    """The person changes a message of their own."""
    person.edits(message, text)
    await region.rests()


async def test_what_was_not_sent_follows_an_edit_and_what_went_out_stands(region: Region) -> None:
    sam, layla = await region.officer(), await region.focal_point("LB", "en")
    hana = await region.comes_in(
        await region.invitation("supporter", "LB", scope="un_team"), "en", "Hana Salem"
    )
    await written(region, TEXT, "We met.")
    edition = (await submitted(region)).id
    await does(region, sam, f"do.remark.comment.{edition}.{TEXT}")
    first = await region.says(sam, "Plese add the date.")
    second = await region.says(sam, "And the plase.")
    await edits(region, sam, second, "And the place.")
    await edits(region, sam, first, "Please add the date.")
    assert "Please add the date.\nAnd the place." in bare("".join(each.text for each in said_by_bot(sam)))
    await region.says(sam, "Thank you.")
    (remark,) = await kept_remarks(region, edition)
    assert remark.text == "Please add the date.\nAnd the place.\nThank you."
    await does(region, sam, f"do.review_return.{edition}.sure")
    await edits(region, sam, first, "Something else.")
    assert last(sam).startswith("Your earlier words stand as they were taken")
    await region.says(sam, "/announce focal points")
    english = await region.says(sam, "Helo all.")
    await region.says(sam, "مرحباً بالجميع.")
    await edits(region, sam, english, "Hello all.")
    assert (await draft(region)).texts == {"en": "Hello all.", "ar": "مرحباً بالجميع."}
    await does(region, sam, "do.announce_send.1.now")
    await edits(region, sam, english, "Hello nobody.")
    assert last(sam).startswith("Your earlier words stand")
    assert (await draft(region)).texts["en"] == "Hello all."
    await region.says(layla, "/ask")
    await region.presses(layla, "Data and figures")
    await region.says(layla, "Which law is meant by xyzzy?")
    await does(region, hana, "do.request_answer.1")
    answer = await region.says(hana, "The neww one.")
    await edits(region, hana, answer, "The new one.")
    assert last(hana).startswith("Your earlier words stand")
    await edits(region, hana, answer, "The new one, really.")
    assert not heard(layla, "The new one")
    await region.says(hana, "Is anybody there?")
    assert last(hana).startswith("Nothing was being asked, so this text was not kept.")
