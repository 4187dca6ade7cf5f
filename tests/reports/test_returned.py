"""A document that goes out and comes back says what it said, of every kind of answer, in every language."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.render import Voice
from bot.render.review_labels import our_words, review_labels
from bot.render.voice import Digits, Spoken
from tests.review.playing import GCM
from workflows.languages import LANGUAGES, Language
from workflows.reports.guiding_template import as_docx as template_as_docx
from workflows.reports.returned import MOST, TEXT, WORD, lines_of
from workflows.reports.review_text import as_docx
from workflows.review.answers import Answer, Matrix, Part, Prose, Record, RecordList, Selection
from workflows.review.events import Adaptation, Review
from workflows.review.filled.comparing import standing, taken
from workflows.review.filled.placing import Placed, placed
from workflows.review.filled.reading import likeliest
from workflows.review.reading import values
from workflows.review.template import Template

OURS = our_words()


def document(review: Review, language: Language, digits: Digits = "latn") -> bytes:
    """The draft as `/export` gives it."""
    voice = Voice(language, digits, review.country)
    labels = review_labels(
        review,
        voice,
        review.template,
        title="Working draft",
        facts=("As it was: 2026",),
        fingerprint=Spoken("for use within the country"),
        foot="draft",
    )
    return as_docx(review, language, labels)


def packed(body: bytes) -> bytes:
    """A Word file of which only the main part is there."""
    kept = BytesIO()
    with ZipFile(kept, "w") as archive:
        archive.writestr("word/document.xml", body)
    return kept.getvalue()


def prose(text: str) -> Answer:
    return Answer(state="answered", value=Prose(parts=(Part(text=text, source="7:1"),)))


def read_back(content: bytes, media_type: str = WORD, template: Template = GCM) -> Placed:
    returned = lines_of(content, media_type)
    assert returned is not None
    return placed(template, OURS, returned.lines)


def found(content: bytes, media_type: str = WORD) -> dict[str, Answer | None]:
    """What each prompt has in the document."""
    passages = read_back(content, media_type).passages
    read = [likeliest(GCM, OURS, each, "file1:1") for each in passages]
    assert not [each for each in read if each.unread]
    return {each.prompt: each.answer for each in read}


# --- answers of every kind -----------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    ["أنشأنا لجنة وطنية", "the national committee", "la stratégie nationale", "قانون رقم 24", "MIDAD, 2019"]
)
LINE = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)


@st.composite
def records(draw: st.DrawFn, prompt: str) -> RecordList:
    first, *others = GCM.fields_of(prompt)
    found: list[Record] = []
    for number in range(1, draw(st.integers(1, 1 if GCM.type_of(prompt).kind == "record" else 3)) + 1):
        fields = {first.id: f"{draw(LINE)} {number}"}
        for field in others:
            options = [option.value for option in GCM.field_options(prompt, field)]
            match field.type:
                case "choice":
                    value = draw(st.sampled_from(options))
                case "choices":
                    ticked = draw(st.sets(st.sampled_from(options), min_size=1))
                    value = " ".join(each for each in options if each in ticked)
                case "date":
                    value = draw(st.sampled_from(["2019", "2019-06", "2020-03-01", "2018-12-25"]))
                case _:
                    value = draw(LINE)
            if draw(st.booleans()):
                fields[field.id] = value
        found.append(Record(id=number, fields={**GCM.prompts[prompt].preset, **fields}))
    return RecordList(records=tuple(found), last_id=len(found))


@st.composite
def answers(draw: st.DrawFn, prompt: str) -> Answer:
    if draw(st.integers(0, 5)) == 0:
        return Answer(state=draw(st.sampled_from(["not_applicable", "declined", "not_known"])))
    kind = GCM.type_of(prompt).kind
    known = values(GCM, prompt)
    match kind:
        case "text":
            text = "\n".join(draw(st.lists(LINE, min_size=1, max_size=3)))
            return Answer(state="answered", value=Prose(parts=(Part(text=text, source="1:1"),)))
        case "yes_no" | "choice":
            return Answer(state="answered", value=Selection(values=(draw(st.sampled_from(known)),)))
        case "choices":
            ticked = draw(st.sets(st.sampled_from(known), min_size=1))
            other = draw(LINE) if GCM.type_of(prompt).allow_other and draw(st.booleans()) else ""
            chosen = tuple(value for value in known if value in ticked)
            return Answer(state="answered", value=Selection(values=chosen, other=other))
        case "matrix":
            scale = [option.value for option in GCM.scale_of(prompt)]
            rows = draw(st.dictionaries(st.sampled_from(known), st.sampled_from(scale), min_size=1))
            return Answer(state="answered", value=Matrix(cells=rows))
    return Answer(state="answered", value=draw(records(prompt)))


@st.composite
def reviews(draw: st.DrawFn) -> Review:
    """A review answered along its path."""
    review = Review(GCM, "LB")
    for prompt in GCM.prompts:
        if any(prompt == asked.id for asked in review.path) and draw(st.integers(0, 3)):
            review = Review(GCM, "LB", {**review.answers, prompt: draw(answers(prompt))})
    own = st.builds(Adaptation, wording=LINE)
    questions = st.sampled_from(list(GCM.questions))
    return Review(GCM, "LB", review.answers, draw(st.dictionaries(questions, own, max_size=3)))


@settings(max_examples=25)
@given(review=reviews(), language=st.sampled_from(LANGUAGES), digits=st.sampled_from(["latn", "arab"]))
def test_what_goes_out_comes_back(review: Review, language: Language, digits: Digits) -> None:
    back = read_back(document(review, language, digits))
    assert back.astray == ()
    assert {each.prompts for each in back.passages} == {(prompt,) for prompt in review.answers}
    for passage in back.passages:
        read = likeliest(GCM, OURS, passage, "file1:1")
        assert read.answer is not None, (read.prompt, passage)
        assert not read.unread, (read.prompt, read.unread)
        assert standing(review, read.prompt, read.answer) == "same", (read.prompt, read.answer)


# --- what ministries do to a document --------------------------------------------------------------------------------

DIFFICULTIES = GCM.prompts["1f.2"].text.en
DISSEMINATED = GCM.prompts["5b.1"].text.en


def changed(content: bytes, change: Callable[[Document], None]) -> bytes:
    opened, kept = docx.Document(BytesIO(content)), BytesIO()
    change(opened)
    opened.save(kept)
    return kept.getvalue()


def heading(document: Document, words: str) -> Paragraph:
    """The paragraph of a prompt or question; the last where several end so."""
    return next(each for each in reversed(document.paragraphs) if each.text.endswith(words))


def after(document: Document, words: str) -> Paragraph:
    """What stands under a heading."""
    every = [each._p for each in document.paragraphs]
    return document.paragraphs[every.index(heading(document, words)._p) + 1]


def text_of(answer: Answer | None) -> str:
    assert answer is not None
    assert isinstance(answer.value, Prose)
    return answer.value.text


def test_tracked_changes_are_taken_as_accepted() -> None:
    def edit(document: Document) -> None:
        paragraph = after(document, DIFFICULTIES)
        paragraph.text = "Data are "
        for kind, tag, words in (("w:del", "w:delText", "missing"), ("w:ins", "w:t", "two years old")):
            change, run, text = OxmlElement(kind), OxmlElement("w:r"), OxmlElement(tag)
            text.text = words
            run.append(text)
            change.append(run)
            paragraph._p.append(change)

    back = found(changed(document(Review(GCM, "LB"), "en"), edit))
    assert text_of(back["1f.2"]) == "Data are two years old"


def test_tables_and_lines_within_a_paragraph_are_read_and_notes_are_counted() -> None:
    def edit(document: Document) -> None:
        paragraph = after(document, DIFFICULTIES)
        paragraph.text = "First line\nsecond line"
        table = document.add_table(2, 2)
        for number, cell in enumerate(table._cells, start=1):
            cell.text = f"cell {number}"
        paragraph._p.addnext(table._tbl)
        paragraph.add_run()._r.append(OxmlElement("w:footnoteReference"))

    returned = lines_of(changed(document(Review(GCM, "LB"), "en"), edit), WORD)
    assert returned is not None
    assert returned.beside == 1
    (passage,) = placed(GCM, OURS, returned.lines).passages
    assert [line.text for line in passage.lines] == [
        "First line",
        "second line",
        "cell 1",
        "cell 2",
        "cell 3",
        "cell 4",
    ]


def test_a_heading_in_other_words_is_known_by_its_mark_and_one_without_by_its_number() -> None:
    def edit(document: Document) -> None:
        heading(document, DIFFICULTIES).runs[0].text = "1f. Problems with data"
        for run in heading(document, "Problems with data").runs[1:]:
            run.text = ""
        after(document, "Problems with data").text = "Of data."
        first, *rest = heading(document, GCM.questions["4b"].text.en).runs
        first.text = "4b."
        for run in rest:
            run.text = ""
        after(document, "4b.").text = "Of means."

    back = found(changed(document(Review(GCM, "LB"), "en"), edit))
    assert {prompt: text_of(answer) for prompt, answer in back.items()} == {
        "1f.2": "Of data.",
        "4b.1": "Of means.",
    }


def test_what_is_typed_over_a_heading_is_not_lost() -> None:
    def edit(document: Document) -> None:
        paragraph = heading(document, DISSEMINATED)
        for run in paragraph.runs[1:]:
            run.text = ""
        paragraph.runs[0].text = "On our site."

    assert text_of(found(changed(document(Review(GCM, "LB"), "en"), edit))["5b.1"]) == "On our site."


def test_an_editor_that_drops_our_marks_does_no_harm() -> None:
    review = Review(GCM, "LB", {"1f.2": prose("Data are old."), "5b.1": prose("On our site.")})

    def edit(document: Document) -> None:
        for mark in list(document.element.body.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
            mark.getparent().remove(mark)

    back = read_back(changed(document(review, "en"), edit))
    read = [likeliest(GCM, OURS, each, "file1:1") for each in back.passages]
    assert [standing(review, each.prompt, each.answer) for each in read if each.answer] == ["same", "same"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guiding_template_filled_in_under_its_points(language: Language) -> None:
    """Where several parts of a question stand above a text, none is chosen for the person."""

    def edit(opened: Document) -> None:
        question = GCM.questions["3c"]
        last = heading(opened, question.prompts[-1].words(language))
        following = opened.paragraphs[[each._p for each in opened.paragraphs].index(last._p) + 1]
        following.insert_paragraph_before("Risks and how we meet them.")
        heading(opened, GCM.questions["4b"].words(language)).insert_paragraph_before("")
        four = heading(opened, GCM.questions["4b"].words(language))
        place = [each._p for each in opened.paragraphs].index(four._p) + 1
        opened.paragraphs[place].insert_paragraph_before("Money is short.")

    back = read_back(changed(template_as_docx(GCM, language, edition="Edition 1"), edit))
    assert back.astray == ()
    risks, money = back.passages
    assert risks.question == "3c"
    assert set(risks.prompts) == {each.id for each in GCM.questions["3c"].prompts}
    assert not risks.is_sure
    assert GCM.type_of(likeliest(GCM, OURS, risks, "file1:1").prompt).kind == "text"
    assert (money.prompts, money.is_sure) == (("4b.1",), True)


def test_plain_text_with_numbers_is_read_and_what_stands_before_them_is_told() -> None:
    text = "مساهمة وزارة العمل\n٤-ب: الموارد قليلة.\nوالكوادر قليلة.\n\n5b) On our site.\n"
    back = read_back(text.encode(), TEXT)
    assert back.astray == ("مساهمة وزارة العمل",)
    assert [(each.question, [line.text for line in each.lines]) for each in back.passages] == [
        ("4b", ["الموارد قليلة.", "والكوادر قليلة."]),
        ("5b", ["On our site."]),
    ]


def test_a_line_that_only_looks_like_a_count_of_words_is_an_answer() -> None:
    def edit(document: Document) -> None:
        after(document, DIFFICULTIES).text = "Words of the ministry."

    assert (
        text_of(found(changed(document(Review(GCM, "LB"), "en"), edit))["1f.2"]) == "Words of the ministry."
    )


# --- entries and what was in the draft -------------------------------------------------------------------------------


def laws(*entries: dict[str, str]) -> Answer:
    listed = tuple(
        Record(id=number, fields={"kind": "new", **fields}, source=f"7:{number}")
        for number, fields in enumerate(entries, start=1)
    )
    return Answer(state="answered", value=RecordList(records=listed, last_id=len(listed)))


def test_a_corrected_entry_keeps_what_a_document_does_not_show() -> None:
    law = {"title": "Law 24", "description": "First line.\nSecond line.", "date": "2019-06"}
    review = Review(GCM, "LB", {"2c.1": laws(law, {"title": "Decree 3", "objectives": "5 6"})})

    def edit(document: Document) -> None:
        decree = next(each for each in document.paragraphs if each.text == "Decree 3")
        decree.runs[0].text = "Decree 33"
        day = next(each for each in document.paragraphs if each.text.startswith("Date: "))
        day.insert_paragraph_before("Issuing body: Parliament")

    answer = found(changed(document(review, "en"), edit))["2c.1"]
    assert answer is not None
    assert standing(review, "2c.1", answer) == "differs"
    now = taken(review, "2c.1", answer, "instead", "file1:1").answer
    assert now is not None
    assert isinstance(now.value, RecordList)
    assert [each.fields for each in now.value.records] == [
        {"kind": "new", **law, "issuing_body": "Parliament"},
        {"kind": "new", "title": "Decree 33", "objectives": "5 6"},
    ]
    assert min(each.id for each in now.value.records) > 2


def test_a_detail_that_names_no_option_is_told_and_the_rest_is_read() -> None:
    def edit(document: Document) -> None:
        after(document, GCM.prompts["2c.1"].text.en).text = "Law 24"
        label = next(each.label.en for each in GCM.fields_of("2c.1") if each.id == "objectives")
        after(document, "Law 24").insert_paragraph_before(f"{label}: everything")

    (passage,) = read_back(changed(document(Review(GCM, "LB"), "en"), edit)).passages
    told = likeliest(GCM, OURS, passage, "file1:1")
    assert [line.endswith(": everything") for line in told.unread] == [True]
    assert told.answer is not None
    assert isinstance(told.answer.value, RecordList)
    assert [each.fields["title"] for each in told.answer.value.records] == ["Law 24"]


# --- what is no document ---------------------------------------------------------------------------------------------


def test_what_a_file_defines_is_not_unfolded_and_a_large_one_is_not_read() -> None:
    defined = b'<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    returned = lines_of(
        packed(defined + b'<w:document xmlns:w="x"><w:p><w:t>&b;</w:t></w:p></w:document>'), WORD
    )
    assert returned is not None
    assert "ha" not in "".join(line.text for line in returned.lines)
    assert lines_of(packed(b"<a>" + b" " * MOST + b"</a>"), WORD) is None


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"<w:document", packed(b"<a>"), packed(b"")])
def test_what_cannot_be_read_says_so(content: bytes) -> None:
    assert lines_of(content, WORD) is None
