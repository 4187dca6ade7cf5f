"""A document from outside the chat, where things go otherwise: pressed twice, too many, too long, unreadable."""

import pytest

from bot.sandbox import Person
from tests.chats.telling import OPEN, Region, heard, newest, said_by_bot
from tests.chats.test_evidence import fetched, files
from tests.chats.test_filled import (
    DIFFICULTIES,
    a_letter,
    exported,
    filled_in,
    labels,
    sends,
    text_at,
    under,
    written,
)
from workflows.review.evidence import judge as judged
from workflows.use_cases.hands import filing


async def test_a_press_that_comes_twice_takes_in_once_and_says_nothing_of_a_change(
    region: Region, layla: Person
) -> None:
    await region.opens(layla, OPEN)
    await region.says(layla, "First words.")
    sent = written(
        await exported(region, layla), lambda document: under(document, DIFFICULTIES, "New words.")
    )
    await sends(region, layla, sent)
    await region.presses(layla, "🔍 Look through it one by one")
    card = said_by_bot(layla)[-1].message_id
    (data,) = [data for row in layla.keyboard(card) for label, data in row if label.startswith("✔ Put")]
    layla.presses(card, data)
    layla.presses(card, data)
    await region.rests()
    assert text_at((await region.review()).answers) == "New words."
    assert not heard(layla, "has changed meanwhile")


async def test_lines_that_an_answer_has_no_room_for_are_told_although_the_rest_is_in_the_draft(
    region: Region, layla: Person
) -> None:
    text = "1a. نعم، بموجب القرار رقم ٢٤\n4b. على موقع الوزارة"
    await sends(region, layla, text.encode("utf-8-sig").replace(b"\n", b"\r\n"), "وزارة.txt")
    await region.presses(layla, "✔ Take in what is open (1)")
    assert list((await region.review()).answers) == ["4b.1"]
    assert "بموجب القرار رقم ٢٤" in newest(layla)
    await region.presses(layla, "✔ Take in")
    assert "1 passage of the document is left." in newest(layla)
    await region.presses(layla, "📥 The whole document")
    assert "To be placed by you:\n• 1a" in newest(layla)
    await region.presses(layla, "🔍 Look through it one by one")
    assert "بموجب القرار رقم ٢٤" in newest(layla)


async def test_documents_of_others_are_not_counted_for_oneself(
    region: Region, layla: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filing, "MOST", 1)
    sent = written(await exported(region, layla), filled_in)
    karim = await region.comes_in(
        await region.invitation("contributor", "LB", scope="1f"), "en", "Karim Aoun"
    )
    await sends(region, karim, sent)
    await sends(region, layla, sent)
    assert "draft.docx was read." in newest(layla)
    await region.says(layla, "/sections")
    await sends(region, layla, sent)
    assert "Rafiq has as many documents of yours as can be kept to be read." in newest(layla)
    assert len(await files(region, "")) == 2


async def test_a_file_that_breaks_the_reading_holds_up_no_other(
    region: Region, layla: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = written(await exported(region, layla), filled_in)

    def judge(content: bytes, name: str, limit: int) -> object:
        if name == "broken.docx":
            raise RuntimeError(name)
        return judged(content, name, limit)

    monkeypatch.setattr("workflows.use_cases.hands.filing.judge", judge)
    layla.sends_document("broken.docx", sent)
    await region.rests()
    await sends(region, layla, sent)
    assert "draft.docx was read." in newest(layla)


async def test_what_stands_under_no_question_is_shown_as_far_as_a_message_goes(
    region: Region, layla: Person
) -> None:
    letter = "\n".join(
        f"Paragraph {number} of a long report about all and everything." for number in range(2_000)
    )
    await sends(region, layla, f"{letter}\n4b: Money.\n5b: On our site.".encode(), "report.txt")
    before = len(said_by_bot(layla))
    await region.presses(layla, "📄 What stands under no question")
    assert len(said_by_bot(layla)) - before <= 4
    assert any("paragraphs more of" in message.text for message in said_by_bot(layla)[-4:])
    assert labels(layla)


async def test_a_text_longer_than_an_answer_is_shown_in_part_and_not_taken_in(
    region: Region, layla: Person
) -> None:
    long = "A sentence of a report about all and everything. " * 1_000
    await sends(region, layla, f"4b: {long}\n5b: On our site.".encode(), "report.txt")
    assert "To be placed by you:\n• 4b" in newest(layla)
    before = len(said_by_bot(layla))
    await region.presses(layla, "🔍 Look through it one by one")
    assert len(said_by_bot(layla)) - before <= 4
    assert not [label for label in labels(layla) if "✔" in label]


async def test_a_document_that_is_fetched_after_its_sender_was_erased_is_not_kept(
    region: Region, layla: Person
) -> None:
    await region.officer()
    sent = written(await exported(region, layla), filled_in)
    karim = await region.comes_in(
        await region.invitation("contributor", "LB", scope="1f"), "en", "Karim Aoun"
    )
    await region.opens(karim, OPEN)
    karim.sends_document("draft.docx", sent)
    karim.sends_document("letter.docx", a_letter())
    await region.rests()
    await region.says(karim, "/erase")
    await region.presses(karim, "Yes, erase")
    await fetched(region)
    assert [file.name for file in await files(region, "1f")] == ["letter.docx"]
