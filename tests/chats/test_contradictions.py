"""Failure case 14 as it is met in the chat: one kind question, both answers kept, peace after “all of it is right”."""

import pytest

from bot.render import keyboards
from tests.chats.telling import Region, data_of, heard, labels_of, newest, said_by_bot, since, voice
from workflows.languages import LANGUAGES, Language
from workflows.review.answers import Selection
from workflows.review.personal import typed_in

LOOK = "do.contradiction.mechanism"
RIGHT = "do.keep_all.mechanism"
QUESTION = "These answers may not go together:"


@pytest.mark.parametrize("language", LANGUAGES)
async def test_case_14_a_contradiction_is_asked_about_once_and_kindly(
    region: Region, language: Language
) -> None:
    speaks = voice(language, "LB")
    yes, no = keyboards.yes(speaks), keyboards.no(speaks)
    layla = await region.focal_point("LB", language)
    await region.opens(layla, "1a.1")
    await region.presses(layla, no)
    await region.says(layla, "وزارة الداخلية")
    mark = layla.last_message.message_id
    await region.opens(layla, "1a.1")
    await region.presses(layla, yes)

    asked = [text for text in since(layla, mark) if text.startswith(speaks.gettext(QUESTION))]
    assert len(asked) == 1
    assert "وزارة الداخلية" in asked[0], "the text that is kept is shown"
    assert not newest(layla).startswith(speaks.gettext(QUESTION)), "the card that waits for a text stays last"
    answers = (await region.review()).answers
    assert answers["1a.1"].value == Selection(values=("yes",))
    assert typed_in(answers["1b.1"]) == ("وزارة الداخلية",)

    card = next(each for each in said_by_bot(layla) if RIGHT in data_of(each))
    await region.forges(layla, card.message_id, "do.history.1b.1")
    assert "do.version.1b.1:1" in data_of(layla.last_message), "what sleeps can be read"
    await region.says(layla, "/submit")
    assert LOOK in data_of(layla.last_message)
    await region.forges(layla, layla.last_message.message_id, LOOK)
    assert newest(layla).startswith(speaks.gettext(QUESTION))

    await region.presses(layla, speaks.gettext("All of it is right"))
    told = "Thank you. Everything stays as it is, and you will not be asked about this again."
    assert heard(layla, speaks.gettext(told))
    await region.says(layla, "/submit")
    assert LOOK not in data_of(layla.last_message)
    mark = layla.last_message.message_id
    for label in (no, yes):
        await region.opens(layla, "1a.1")
        await region.presses(layla, label)
    assert not [text for text in since(layla, mark) if text.startswith(speaks.gettext(QUESTION))]


async def test_case_14_others_neither_see_nor_settle_it(region: Region) -> None:
    layla = await region.focal_point("LB", "en")
    amal = await region.focal_point("JO", "en", "Amal Nasser")
    karim = await region.contributor("LB", "en")
    sam = await region.officer()
    for label in ("No", "Yes"):
        await region.opens(layla, "1a.1")
        await region.presses(layla, label)
        if label == "No":
            await region.says(layla, "=secret ministry")
    assert heard(layla, QUESTION)
    for other in (amal, karim, sam):
        assert not heard(other, "=secret ministry")
        first = next(each for each in said_by_bot(other) if labels_of(each))
        for data in (RIGHT, LOOK):
            mark = other.last_message.message_id
            await region.forges(other, first.message_id, data)
            assert not any("secret" in text for text in since(other, mark))
    await region.says(layla, "/submit")
    assert LOOK in data_of(layla.last_message), "nobody else can call it right"
    async with region.store.reading() as work:
        lines = await work.audit.newest(50)
    assert ("write_draft", "denied") in {(line.act, line.outcome) for line in lines}
    assert not [line for line in lines if line.act == "keep_all" and line.country == "LB"]


async def test_case_14_what_stands_no_more_is_not_settled_by_an_old_card(region: Region) -> None:
    layla = await region.focal_point("LB", "en")
    for label, text in (("No", "Ministry of Labour"), ("Yes", "")):
        await region.opens(layla, "1a.1")
        await region.presses(layla, label)
        if text:
            await region.says(layla, text)
    card = next(each for each in said_by_bot(layla) if RIGHT in data_of(each))
    await region.opens(layla, "1a.1")
    await region.presses(layla, "No")
    told = await region.forges(layla, card.message_id, RIGHT)
    assert told.startswith("This button belongs to an earlier message.")
    mark = layla.last_message.message_id
    await region.opens(layla, "1a.1")
    await region.presses(layla, "Yes")
    assert any(text.startswith(QUESTION) for text in since(layla, mark)), (
        "it is asked about when it comes again"
    )


async def test_case_14_a_contradiction_taken_over_or_restored_is_asked_about_too(region: Region) -> None:
    layla = await region.focal_point("LB", "en")
    for label, text in (("No", "Ministry of Labour"), ("Yes", "")):
        await region.opens(layla, "1a.1")
        await region.presses(layla, label)
        if text:
            await region.says(layla, text)
    await region.opens(layla, "1a.1")
    await region.presses(layla, "No")
    mark = layla.last_message.message_id
    await region.forges(layla, layla.last_message.message_id, "do.bring_back.1a.1:2:3")
    assert any(text.startswith(QUESTION) for text in since(layla, mark))
