"""A document that was filled in outside the chat: sent, read, compared, and taken in by presses."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import docx
from docx.document import Document

from bot.sandbox import Person
from tests.chats.telling import OPEN, Region, heard, newest, newest_file, said_by_bot, until
from tests.chats.test_evidence import fetched, files
from tests.chats.test_submission import submits
from workflows.review.answers import Answers, Prose

DIFFICULTIES = "What difficulties did you face in obtaining data?"


async def exported(region: Region, person: Person) -> bytes:
    """The person's draft as Word."""
    await region.says(person, "/export")
    return newest_file(person).content


def written(content: bytes, change: Callable[[Document], None]) -> bytes:
    """The document as somebody changed it."""
    document = docx.Document(BytesIO(content))
    change(document)
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def under(document: Document, heading: str, *texts: str) -> None:
    """Write these paragraphs under a heading, in place of what stands there first."""
    paragraphs = document.paragraphs
    at = max(number for number, each in enumerate(paragraphs) if each.text.endswith(heading))
    paragraphs[at + 1].text = texts[0]
    for text in reversed(texts[1:]):
        following = paragraphs[at + 2].insert_paragraph_before(text)
        assert following.text == text


def a_letter() -> bytes:
    document, kept = docx.Document(), BytesIO()
    document.add_paragraph("A letter to the committee.")
    document.save(kept)
    return kept.getvalue()


def labels(person: Person) -> list[str]:
    """The keys of the newest message."""
    return [label for row in person.keyboard(said_by_bot(person)[-1].message_id) for label, _ in row]


async def sends(region: Region, person: Person, content: bytes, name: str = "draft.docx") -> None:
    person.sends_document(name, content)
    await fetched(region)


def filled_in(document: Document) -> None:
    under(document, DIFFICULTIES, "The ministries count differently.", "Two of them publish nothing.")
    under(document, "Did you establish a mechanism responsible for coordinating the review?", "Yes")
    under(document, "How will the results of the review be disseminated?", "On the ministry's site.")


def text_at(answers: Answers, prompt: str = OPEN) -> str:
    value = answers[prompt].value
    assert isinstance(value, Prose)
    return value.text


async def test_what_is_open_is_taken_in_by_one_press(region: Region, layla: Person) -> None:
    sent = written(await exported(region, layla), filled_in)
    await sends(region, layla, sent)
    told = newest(layla)
    assert "📥 draft.docx was read." in told
    assert "Open in your draft:\n• 1a: Yes\n• 1f: The ministries count differently.\n• 5b: On the" in told
    assert (await region.review()).answers == {}
    await region.presses(layla, "✔ Take in what is open (3)")
    answers = (await region.review()).answers
    assert sorted(answers) == ["1a.1", "1f.2", "5b.1"]
    assert text_at(answers, "1f.2") == "The ministries count differently.\nTwo of them publish nothing."
    assert heard(layla, "✅ 3 answers were taken in from draft.docx.")
    assert "That was all." in newest(layla)
    await region.presses(layla, "🗑 Remove the document")
    assert "draft.docx was removed." in newest(layla)
    assert await files(region, "") == []


async def test_another_answer_is_shown_with_its_differences_and_put_in_place(
    region: Region, layla: Person
) -> None:
    await region.opens(layla, OPEN)
    await region.says(layla, "The ministries count differently. Data on returns are missing.")
    sent = written(
        await exported(region, layla),
        lambda document: under(
            document, DIFFICULTIES, "The ministries count differently. Data on returns are two years old."
        ),
    )
    await sends(region, layla, sent)
    assert "Another answer in your draft:\n• 1f: The ministries count differently." in newest(layla)
    await region.presses(layla, "🔍 Look through it one by one")
    assert "Struck out: only in your draft." in newest(layla)
    assert "are missing.two years old." in newest(layla)
    assert text_at((await region.review()).answers).endswith("missing.")
    await region.presses(layla, "✔ Put in place of the answer in the draft")
    assert text_at((await region.review()).answers).endswith("two years old.")
    assert heard(layla, "✅ 1 answer was taken in from draft.docx.")
    await region.presses(layla, "🕘 Earlier versions")
    assert "from a document" in newest(layla)


async def test_what_a_colleague_changed_meanwhile_is_not_taken_from_them(
    region: Region, layla: Person
) -> None:
    await region.opens(layla, OPEN)
    await region.says(layla, "First words.")
    sent = written(
        await exported(region, layla),
        lambda document: under(document, DIFFICULTIES, "Words of the ministry."),
    )
    await sends(region, layla, sent)
    await region.presses(layla, "🔍 Look through it one by one")
    rami = await region.comes_in(await region.invitation("focal_point", "LB"), "en", "Rami Khoury")
    await region.opens(rami, OPEN)
    await region.says(rami, "Rami's words.")
    await region.presses(layla, "✔ Put in place of the answer in the draft")
    assert "⚠️ The answer has changed meanwhile." in newest(layla)
    assert "Rami's words." in text_at((await region.review()).answers)


async def test_a_document_sent_at_a_question_can_be_kept_as_evidence_only(
    region: Region, layla: Person
) -> None:
    sent = written(await exported(region, layla), filled_in)
    await region.opens(layla, "4b.1")
    await sends(region, layla, sent)
    assert await files(region, "4b") == []
    await region.presses(layla, "📎 Only keep it as evidence of question 4b")
    assert "draft.docx is kept as evidence of question 4b." in newest(layla)
    (file,) = await files(region, "4b")
    assert file.content_hash
    assert (await region.review()).answers == {}


async def test_a_document_of_something_else_is_evidence_where_a_question_is_open_and_else_not_kept(
    region: Region, layla: Person
) -> None:
    await region.opens(layla, "4b.1")
    await sends(region, layla, a_letter(), "letter.docx")
    assert heard(layla, "✅ letter.docx")
    await region.says(layla, "/sections")
    await sends(region, layla, a_letter(), "letter.docx")
    assert "None of the review's questions was found in it." in newest(layla)
    assert [file.name for file in await files(region, "4b")] == ["letter.docx"]


async def test_a_colleague_takes_in_what_they_were_asked_for_beside_the_official_text(
    region: Region, layla: Person
) -> None:
    sent = written(await exported(region, layla), filled_in)
    karim = await region.comes_in(
        await region.invitation("contributor", "LB", scope="1f"), "en", "Karim Aoun"
    )
    await sends(region, karim, sent, "ministry.docx")
    told = newest(karim)
    assert "Open in your draft:\n• 1f: The ministries" in told
    assert "Not asked of you:\n• 1a: Yes\n• 5b: On the ministry's site." in told
    await region.presses(karim, "✔ Take in what is open (1)")
    assert (await region.review()).answers == {}
    await until(lambda: heard(layla, "Karim Aoun has written a text of their own."))
    await region.presses(karim, "📥 The whole document")
    await region.presses(karim, "🔍 Look through it one by one")
    assert "You were not asked for this question" in newest(karim)


async def test_nobody_else_opens_a_document_and_a_removed_one_is_gone(region: Region, layla: Person) -> None:
    await sends(region, layla, written(await exported(region, layla), filled_in))
    (file,) = await files(region, "")
    rami = await region.comes_in(await region.invitation("focal_point", "LB"), "en", "Rami Khoury")
    await region.says(rami, "/sections")
    card = said_by_bot(rami)[-1].message_id
    assert "earlier message" in await region.forges(rami, card, f"do.filled.{file.id}:open")
    assert (await region.review()).answers == {}
    async with region.store.reading() as work:
        lines = await work.audit.newest(10)
    assert ("filled", f"file {file.id}", "denied") in [(line.act, line.thing, line.outcome) for line in lines]
    await region.presses(layla, "🗑 Remove the document")
    toast = await region.presses(layla, "✔ Take in what is open (3)")
    assert "earlier message" in toast
    assert (await region.review()).answers == {}


async def test_nothing_is_taken_into_a_submitted_review(region: Region, layla: Person) -> None:
    sent = written(await exported(region, layla), filled_in)
    await submits(region, layla)
    before = await region.review()
    await sends(region, layla, sent)
    assert "The review is submitted, so nothing can be taken into it now." in newest(layla)
    await region.presses(layla, "🔍 Look through it one by one")
    assert not [label for label in labels(layla) if "✔" in label]
    assert (await region.review()).answers == before.answers


async def test_a_document_goes_after_a_fortnight(region: Region, layla: Person) -> None:
    await sends(region, layla, written(await exported(region, layla), filled_in))
    (file,) = await files(region, "")
    await region.later(timedelta(days=15))
    await region.house.clerk.run_errand(lambda work: work.tidy(region.house.clock.now()))
    assert await files(region, "") == []
    async with region.store.reading() as work:
        assert await work.evidence.content(file) is None


async def test_who_is_erased_leaves_no_document(region: Region, layla: Person) -> None:
    await sends(region, layla, written(await exported(region, layla), filled_in))
    (file,) = await files(region, "")
    await region.says(layla, "/erase")
    await region.presses(layla, "Yes, erase")
    async with region.store.reading() as work:
        assert await work.evidence.content(file) is None
        known = await work.evidence.get(file.id)
    assert known is not None
    assert (known.state, known.name, known.author_id) == ("removed", "", None)


async def test_the_text_of_a_document_behind_a_question_can_be_its_answer(
    region: Region, layla: Person
) -> None:
    await region.opens(layla, "4b.1")
    await sends(region, layla, a_letter(), "letter.docx")
    await region.presses(layla, "✍️ Use its text as the answer")
    assert "A letter to the committee." in newest(layla)
    await region.presses(layla, "✔ Take in")
    assert text_at((await region.review()).answers, "4b.1") == "A letter to the committee."
    assert [file.name for file in await files(region, "4b")] == ["letter.docx"]
    await region.presses(layla, "📎 All files of this question")
    assert "letter.docx" in newest(layla)


async def test_a_text_that_may_answer_several_parts_is_placed_by_a_press(
    region: Region, layla: Person
) -> None:
    await region.opens(layla, "3c.2")
    await sends(region, layla, a_letter(), "letter.docx")
    await region.presses(layla, "✍️ Use its text as the answer")
    assert "does not say which part of it is answered" in newest(layla)
    words = region.template.prompts["3c.6"].words("en")
    await region.presses(layla, next(label for label in labels(layla) if words[:30] in label))
    await region.presses(layla, "✔ Take in")
    assert list((await region.review()).answers) == ["3c.6"]
