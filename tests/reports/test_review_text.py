"""A frozen review as a Word document: whole, in order, in its directions, and the same file every time."""

import re
from io import BytesIO
from itertools import pairwise
from typing import Literal

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.render import Voice, render
from tests.render.samples_submission import mark
from tests.review.playing import GCM, TINY
from workflows.languages import LANGUAGES, Language
from workflows.notices.submission import EditionDocument
from workflows.reports.paper import runs, runs_right_to_left
from workflows.review.answers import Answer, Matrix, Part, Prose, Record, RecordList, Selection
from workflows.review.events import Adaptation, Review
from workflows.review.frozen_text import frozen
from workflows.review.template import Template

MIXED = "أنشأنا لجنة (Comité national) عام 2019 بالقرار A/RES/73/195، ثم راجعناها."


def prose(text: str) -> Answer:
    return Answer(state="answered", value=Prose(parts=(Part(text=text, source=""),)))


TOLD = Review(
    TINY,
    "JO",
    {
        "1a.1": Answer(state="answered", value=Selection(values=("yes",))),
        "1a.2": Answer(
            state="answered",
            value=RecordList(
                records=(Record(id=1, fields={"name": "ليلى", "role": "librarian"}),), last_id=1
            ),
        ),
        "1c.1": prose(f"{MIXED}\nLa loi a été adoptée ; voir « قانون »."),
        "2a.1": Answer(state="answered", value=Selection(values=("selected",))),
        "2a.2": Answer(state="answered", value=Selection(values=("2", "3"), other="maps")),
        "2a.3": Answer(state="answered", value=Matrix(cells={"1": "good", "3": "good", "2": "poor"})),
        "2b.1": Answer(state="declined"),
    },
    {"1c": Adaptation(wording="What is hard for you?")},
)


def document(review: Review, language: Language, digits: Literal["latn", "arab"] = "latn") -> bytes:
    """The file that a reader of the language gets."""
    notice = EditionDocument(mark=mark("submitted", version=1), content=frozen(review, "c", "t"))
    sent = render(notice, Voice.of(language, digits, "JO"), review.template).document
    assert sent is not None
    return sent.content


def opened(review: Review, language: Language) -> Document:
    return docx.Document(BytesIO(document(review, language)))


def lines(review: Review, language: Language) -> list[str]:
    return [paragraph.text for paragraph in opened(review, language).paragraphs]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", [TINY, GCM], ids=["tiny", "gcm"])
def test_every_question_stands_in_order(template: Template, language: Language) -> None:
    told = iter(lines(Review(template, "JO"), language))
    for question in template.questions.values():
        assert any(line.endswith(question.words(language)) for line in told), question.id


def test_what_was_answered_stands_under_its_question() -> None:
    told = lines(TOLD, "en")
    assert told[1:7] == [
        "The national review: Jordan",
        "Frozen text 12",
        "Version 1",
        "Frozen: 25\xa0June\xa02020, 11:00",
        "Submitted to the secretariat: 25\xa0June\xa02020, 11:00",
        f"SHA-256: {mark().content_hash}",
    ]
    after = {line: told[at + 1] for at, line in enumerate(told[:-1])}
    assert after["Is there a librarian?"] == "Yes"
    assert after["Who?"] == "ليلى"
    assert after["ليلى"] == "Role: librarian"
    assert after["1b. If there is no librarian, who helps?"] == "Does not apply with the answers given."
    assert after["1c. What are the difficulties?"] == "Adapted. In the country's own wording:"
    assert after["Adapted. In the country's own wording:"] == "What is hard for you?"
    assert after["What is hard for you?"] == MIXED
    assert after["2. Science books"] == "3. History books"
    assert (after["3. History books"], after["Besides:"]) == ("Besides:", "maps")
    assert "Good: Literature, History" in told
    assert "Poor: Science" in told
    assert after["2b. Which readings were held since 2015?"] == "Prefer not to answer"
    assert "words: 2 of 20" not in told
    assert opened(TOLD, "en").sections[0].footer.paragraphs[0].text == "Frozen text 12 · 0a1b2c3d4e5f"


@pytest.mark.parametrize(("digits", "one", "form"), [("latn", "1", "decimal"), ("arab", "١", "hindiNumbers")])
def test_every_page_has_its_number(digits: Literal["latn", "arab"], one: str, form: str) -> None:
    section = docx.Document(BytesIO(document(TOLD, "ar", digits))).sections[0]
    (field,) = section.footer.paragraphs[1]._p.findall(qn("w:fldSimple"))
    assert field.get(qn("w:instr")) == "PAGE"
    assert [each.text for each in field.iter(qn("w:t"))] == [one]
    (kind,) = section._sectPr.findall(qn("w:pgNumType"))
    assert kind.get(qn("w:fmt")) == form
    assert [each.tag for each in kind.itersiblings()] == [qn("w:cols"), qn("w:docGrid")]


def test_what_is_open_or_left_out_is_said() -> None:
    review = replace(TOLD, answers={}, adaptations={"2a": Adaptation(left_out=True)})
    told = lines(review, "en")
    after = {line: told[at + 1] for at, line in enumerate(told[:-1])}
    assert after["1c. What are the difficulties?"] == "No answer."
    asked = next(line for line in told if line.startswith("2a. "))
    assert after[asked] == "Adapted: the country has left this question out."


@pytest.mark.parametrize("language", LANGUAGES)
def test_case_10_answers_keep_their_own_direction(language: Language) -> None:
    paper = opened(TOLD, language)
    by_text = {paragraph.text: paragraph for paragraph in paper.paragraphs}
    assert by_text[MIXED]._p.xpath("w:pPr/w:bidi")
    french = by_text["La loi a été adoptée ; voir « قانون »."]
    assert not french._p.xpath("w:pPr/w:bidi")
    assert [(run.text, bool(run._element.xpath("w:rPr/w:rtl"))) for run in french.runs] == [
        ("La loi a été adoptée ; voir « ", False),
        ("قانون", True),
        (" ».", False),
    ]
    ours = next(paragraph for paragraph in paper.paragraphs if paragraph.style == paper.styles["Heading 1"])
    assert bool(ours._p.xpath("w:pPr/w:bidi")) == (language == "ar")


def test_symbols_and_numbers_stay_in_one_piece() -> None:
    assert list(runs(MIXED, right_to_left=True)) == [
        ("أنشأنا لجنة (", True),
        ("Comité national", False),
        (") عام 2019 بالقرار ", True),
        ("A/RES/73/195", False),
        ("، ثم راجعناها.", True),
    ]


def test_a_hash_that_begins_with_a_digit_stays_in_one_piece() -> None:
    assert list(runs("النص المثبّت 1 · 0e3cb5131913", right_to_left=True)) == [
        ("النص المثبّت 1 · ", True),
        ("0e3cb5131913", False),
    ]


@given(words=st.text(st.sampled_from("اب جAb é1٢/.()«» \n٪,"), max_size=40), right=st.booleans())
def test_runs_give_the_whole_text_and_one_direction_each(words: str, *, right: bool) -> None:
    pieces = list(runs(words, right_to_left=right))
    assert "".join(piece for piece, _ in pieces) == words
    for piece, from_right in pieces:
        assert piece
        assert not re.search("[A-Za-zé]" if from_right else "[اب-ج]", piece)
    assert [a != b for (_, a), (_, b) in pairwise(pieces)] == [True] * (len(pieces) - 1)


def test_the_first_letter_decides() -> None:
    for otherwise in (True, False):
        assert runs_right_to_left("نص text", otherwise=otherwise)
        assert not runs_right_to_left("text نص", otherwise=otherwise)
        assert runs_right_to_left("2019", otherwise=otherwise) is otherwise
        assert runs_right_to_left("", otherwise=otherwise) is otherwise


def test_one_text_gives_one_file() -> None:
    assert document(TOLD, "ar") == document(TOLD, "ar")
    assert document(TOLD, "ar") != document(TOLD, "fr")


def test_fault_69_nothing_typed_breaks_it_or_turns_its_lines() -> None:
    hostile = "a\x0b\x01\u202eb\u2066 <w:p> & \ud800 =1+1"
    answers = {**TOLD.answers, "1c.1": prose("x")}
    review = replace(
        TOLD, answers=answers, adaptations={"1c": Adaptation(wording=hostile.replace("\ud800", ""))}
    )
    told = "\n".join(lines(review, "en"))
    assert "<w:p> & " in told
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", told)
