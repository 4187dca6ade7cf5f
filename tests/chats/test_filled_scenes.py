"""Documents that come in several, edited, from several people at once, and at a question that has no room left."""

import pytest

from bot.sandbox import Person
from tests.chats.telling import OPEN, Region, bare, heard, newest, said_by_bot, until
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
from tests.review.test_evidence import PDF
from workflows.use_cases.hands import filing

MEANS = "4b.1"


def answers(*texts: str) -> bytes:
    """A plain text with an answer to 4b and one to 5b."""
    return "\n".join(f"{place}: {text}" for place, text in zip(("4b", "5b"), texts, strict=True)).encode()


def views(person: Person) -> list[str]:
    """What was told of documents that were read."""
    return [bare(each.text) for each in said_by_bot(person) if "was read." in each.text]


async def test_an_album_of_several_ministries_is_read_file_by_file(region: Region, layla: Person) -> None:
    await region.says(layla, "/sections")
    layla.sends_album(
        4,
        contents=[
            answers("Money.", "On our site."),
            answers("People.", "In the press."),
            b"A letter.",
            answers("Money.", "On our site."),
        ],
    )
    for _ in range(2):
        await fetched(region)
    assert [each.split()[1] for each in views(layla)] == ["album-1.txt", "album-2.txt", "album-4.txt"]
    assert heard(layla, "⚠️ album-3.txt was not kept.")
    assert (await region.review()).answers == {}
    assert len(await files(region, "")) == 3


async def test_case_07_what_a_second_ministry_wrote_is_put_below_what_the_first_one_did(
    region: Region, layla: Person
) -> None:
    await sends(region, layla, answers("Money.", "On our site."), "finance.txt")
    await sends(region, layla, answers("People.", "On our site."), "labour.txt")
    first, second = (each for each in said_by_bot(layla) if "was read." in each.text)
    for card in (first, second):
        (data,) = [
            data
            for row in layla.keyboard(card.message_id)
            for label, data in row
            if label == "✔ Take in what is open (1)"
        ]
        layla.presses(card.message_id, data)
        await region.rests()
    assert text_at((await region.review()).answers, MEANS) == "Money."
    assert "Another answer in your draft:\n• 4b: People." in newest(layla)
    await region.presses(layla, "🔍 Look through it one by one")
    await region.presses(layla, "➕ Add to the answer in the draft")
    assert text_at((await region.review()).answers, MEANS) == "Money.\nPeople."


async def test_a_document_whose_message_is_edited_is_not_read_again_and_that_is_said(
    region: Region, layla: Person
) -> None:
    await region.says(layla, "/sections")
    sent = layla.sends_document("finance.txt", answers("Money.", "On our site."))
    await fetched(region)
    before = len(said_by_bot(layla))
    layla.edits(sent.message_id, "")
    await fetched(region)
    (told,) = said_by_bot(layla)[before:]
    assert "please send it as a new message" in told.text
    assert len(views(layla)) == len(await files(region, "")) == 1


async def test_words_that_come_with_a_document_and_are_edited_put_nothing_anywhere(
    region: Region, layla: Person
) -> None:
    await region.says(layla, "/sections")
    sent = layla.sends_document("finance.txt", answers("Money.", "On our site."), caption="From finance")
    await fetched(region)
    layla.edits(sent.message_id, "From the ministry of finance")
    await fetched(region)
    assert len(views(layla)) == 1
    assert (await region.review()).answers == {}


async def test_a_colleagues_document_leaves_the_open_card_of_a_focal_point_alone(
    region: Region, layla: Person
) -> None:
    draft = written(await exported(region, layla), filled_in)
    karim = await region.comes_in(
        await region.invitation("contributor", "LB", scope="1f"), "en", "Karim Aoun"
    )
    await region.opens(layla, OPEN)
    await sends(region, karim, draft)
    await region.presses(karim, "✔ Take in what is open (1)")
    await until(lambda: heard(layla, "Karim Aoun has written a text of their own."))
    await region.says(layla, "My own words.")
    assert text_at((await region.review()).answers) == "My own words."
    await sends(region, layla, written(draft, lambda document: under(document, DIFFICULTIES, "From Word.")))
    assert "Another answer in your draft:\n• 1f: From Word." in newest(layla)


async def test_a_document_is_not_put_with_evidence_that_has_no_room_left(
    region: Region, layla: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filing, "MOST", 2)
    await region.opens(layla, MEANS)
    await sends(region, layla, PDF, "one.pdf")
    await sends(region, layla, answers("Money.", "On our site."), "answers.txt")
    await sends(region, layla, PDF, "two.pdf")
    keep = "📎 Only keep it as evidence of question 4b"
    await region.presses(layla, keep)
    assert "answers.txt was not put with the evidence of question 4b" in newest(layla)
    assert [each.name for each in await files(region, "4b")] == ["one.pdf", "two.pdf"]
    async with region.store.reading() as work:
        assert ("evidence", "too_many") in [(each.act, each.outcome) for each in await work.audit.newest(3)]
    await region.presses(layla, "📎 All files of this question")
    await region.presses(layla, "🗑 2")
    await region.presses(layla, "Yes, remove")
    await region.presses(layla, keep)
    assert "answers.txt is kept as evidence of question 4b." in newest(layla)
    assert [each.name for each in await files(region, "4b")] == ["one.pdf", "answers.txt"]


async def test_documents_sent_at_a_question_count_among_those_that_are_to_be_read(
    region: Region, layla: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filing, "MOST", 2)
    for name in ("one.txt", "two.txt", "three.txt"):
        await region.opens(layla, MEANS)
        await sends(region, layla, answers("Money.", "On our site."), name)
    assert "Rafiq has as many documents of yours as can be kept to be read." in newest(layla)
    assert [each.name for each in await files(region, "")] == ["one.txt", "two.txt"]
    await sends(region, layla, a_letter(), "letter.docx")
    assert "letter.docx" in newest(layla)
    assert labels(layla)


async def test_a_text_in_the_letters_of_windows_is_read(region: Region, layla: Person) -> None:
    sent = "4-ب: الموارد قليلة\n5-ب: على موقع الوزارة".encode("cp1256")
    await sends(region, layla, sent, "وزارة المالية.txt")
    await region.presses(layla, "✔ Take in what is open (1)")
    assert text_at((await region.review()).answers, MEANS) == "الموارد قليلة"


async def test_where_a_person_would_look_it_is_said_that_a_filled_document_can_be_sent_back(
    region: Region, layla: Person
) -> None:
    await region.says(layla, "/help")
    assert (
        "fill in your draft (/export) or the guiding template (/documents) and send the file here"
        in newest(layla)
    )
    await region.says(layla, "/documents")
    assert "can fill it in and send it back here" in newest(layla)
    karim = await region.comes_in(
        await region.invitation("contributor", "LB", scope="1f"), "en", "Karim Aoun"
    )
    await region.says(karim, "/help")
    assert "fill in the guiding template (/documents) and send the file here" in newest(karim)
    assert "/export" not in newest(karim)
