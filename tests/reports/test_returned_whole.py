"""What officials type into a document wherever they like stands in its place or is told: nothing of it is dropped."""

from io import BytesIO
from time import process_time
from zipfile import ZipFile

import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from tests.reports.test_returned import (
    DIFFICULTIES,
    DISSEMINATED,
    OURS,
    after,
    changed,
    document,
    found,
    heading,
    packed,
    prose,
    read_back,
    text_of,
)
from tests.review.playing import GCM
from workflows.languages import LANGUAGES, Language
from workflows.reports.returned import TEXT, WORD, lines_of
from workflows.review.answers import Answer, Selection
from workflows.review.events import Adaptation, Review
from workflows.review.filled.comparing import standing
from workflows.review.filled.placing import Placed, placed
from workflows.review.filled.reading import likeliest
from workflows.spelling import plain


def everything(back: Placed) -> str:
    """All that a document says anywhere, as it would be shown."""
    return "\n".join([*back.astray, *(line.text for each in back.passages for line in each.lines)])


def without_marks(opened: Document) -> None:
    for mark in list(opened.element.body.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
        mark.getparent().remove(mark)


@pytest.mark.parametrize("marked", [True, False])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", ["على موقع الوزارة.", "On the ministry's site."])
@pytest.mark.parametrize("place", ["5b", "5b.1", "4b"])
def test_an_answer_typed_in_the_line_of_its_question(
    place: str, words: str, language: Language, *, marked: bool
) -> None:
    asked = GCM.questions[place] if place in GCM.questions else GCM.prompts[place]

    def edit(opened: Document) -> None:
        heading(opened, asked.words(language)).add_run(f" {words}")
        if not marked:
            without_marks(opened)

    back = read_back(changed(document(Review(GCM, "LB"), language), edit))
    assert [(each.question, [line.text for line in each.lines]) for each in back.passages] == [
        (place[:2], [words])
    ]
    assert not marked or back.astray == ()


def test_what_is_typed_into_a_line_of_ours_is_told() -> None:
    def edit(opened: Document) -> None:
        next(each for each in opened.paragraphs if each.text == "Working draft").runs[0].text = "Ours 1"
        counts = [each for each in opened.paragraphs if each.text.startswith("Words: ")]
        counts[0].add_run(" Ours 2")
        after(opened, "kept as it was").add_run(" Ours 3")

    review = Review(GCM, "LB", {}, {"4b": Adaptation(wording="kept as it was")})
    assert read_back(document(review, "en")).astray == ()
    back = read_back(changed(document(review, "en"), edit))
    assert "Ours 1" in everything(back)
    assert "Ours 2" in everything(back)


def test_the_own_wording_of_a_question_that_was_corrected_is_no_answer() -> None:
    review = Review(
        GCM, "LB", {"4b.1": prose("Money.")}, {"4b": Adaptation(wording="How do you pay?\nAnd whom?")}
    )

    def edit(opened: Document) -> None:
        for each in opened.paragraphs:
            if each.text == "How do you pay?":
                each.runs[0].text = "How do you pay for it?"
            if each.text == "And whom?":
                each.runs[0].text = "And to whom?"

    back = read_back(changed(document(review, "en"), edit))
    assert [[line.text for line in each.lines] for each in back.passages] == [["Money."]]
    assert back.astray == ("How do you pay for it?", "And to whom?")


def test_the_own_wording_of_a_question_is_known_without_our_marks() -> None:
    wording = "How do you pay?\nAnd whom?"
    review = Review(GCM, "LB", {"4b.1": prose("Money.")}, {"4b": Adaptation(wording=wording)})
    returned = lines_of(changed(document(review, "en"), without_marks), WORD)
    assert returned is not None
    back = placed(GCM, OURS, returned.lines, frozenset(plain(line) for line in wording.splitlines()))
    assert [[line.text for line in each.lines] for each in back.passages] == [["Money."]]
    assert "And whom?" not in back.astray


def test_a_heading_in_other_words_is_told() -> None:
    def edit(opened: Document) -> None:
        first, *rest = heading(opened, GCM.questions["4b"].text.en).runs
        first.text = "4b. Of what is missing"
        for run in rest:
            run.text = ""
        after(opened, "4b. Of what is missing").text = "Means."

    back = read_back(changed(document(Review(GCM, "LB"), "en"), edit))
    assert [(each.question, [line.text for line in each.lines]) for each in back.passages] == [
        ("4b", ["Means."])
    ]
    assert "4b. Of what is missing" in back.astray


BOX = (
    f"<w:r {nsdecls('w')}><w:pict><w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p>"
    "</w:txbxContent></w:pict></w:r>"
)


def test_a_box_of_text_belongs_to_the_line_it_hangs_at() -> None:
    def edit(opened: Document) -> None:
        heading(opened, DIFFICULTIES)._p.append(parse_xml(BOX))
        paragraph = after(opened, DISSEMINATED)
        paragraph.text = "On our site."
        paragraph._p.insert(0, parse_xml(BOX))

    back = found(changed(document(Review(GCM, "LB"), "en"), edit))
    assert {prompt: text_of(answer) for prompt, answer in back.items()} == {
        "1f.2": "In a box.",
        "5b.1": "On our site.\nIn a box.",
    }


def test_what_a_choice_has_no_room_for_is_never_as_in_the_draft() -> None:
    yes = Answer(state="answered", value=Selection(values=("yes",)))
    review = Review(GCM, "LB", {"1a.1": yes})

    def edit(opened: Document) -> None:
        after(opened, GCM.prompts["1a.1"].text.en).insert_paragraph_before("Yes")
        after(opened, "Yes").text = "By decree 24."

    (passage,) = read_back(changed(document(Review(GCM, "LB"), "en"), edit)).passages
    told = likeliest(GCM, OURS, passage, "file1:1")
    assert told.unread == ("By decree 24.",)
    assert told.answer is not None
    assert standing(review, told.prompt, told.answer) == "same"


@pytest.mark.parametrize(
    "line",
    [
        "Our national methodology",
        "Strengthening means of implementation",
        "Vision and next steps",
        "تعزيز وسائل التنفيذ",
    ],
)
def test_a_line_of_an_answer_that_ends_like_a_section_is_one(line: str) -> None:
    back = read_back(f"4b: Money.\n{line}\nMore.\n5b: On our site.".encode(), TEXT)
    assert [[each.text for each in passage.lines] for passage in back.passages] == [
        ["Money.", line, "More."],
        ["On our site."],
    ]


@pytest.mark.parametrize("line", ["1a: Yes", "1a. نعم", "١-أ: نعم", "1a) y", "4b: None", "٤-ب- قليلة"])
def test_a_short_answer_after_its_number(line: str) -> None:
    (passage,) = read_back(line.encode(), TEXT).passages
    assert [each.text for each in passage.lines] == [line.rsplit(maxsplit=1)[-1]]


def test_a_question_in_a_line_with_its_answer_in_plain_text() -> None:
    text = f"{DIFFICULTIES} The ministries count differently.\r\n5b. {GCM.questions['5b'].text.en} On our site.\r\n"
    back = read_back(b"\xef\xbb\xbf" + text.encode(), TEXT)
    assert [(each.question, [line.text for line in each.lines]) for each in back.passages] == [
        ("1f", ["The ministries count differently."]),
        ("5b", ["On our site."]),
    ]


def test_a_heading_over_several_lines_is_one() -> None:
    words = GCM.prompts["5b.2"].text.en.split()
    wrapped = "\n".join(" ".join(words[at : at + 6]) for at in range(0, len(words), 6))
    back = read_back(f"4b: Money.\n{wrapped}\nWe will meet.".encode(), TEXT)
    assert [(each.question, [line.text for line in each.lines]) for each in back.passages] == [
        ("4b", ["Money."]),
        ("5b", ["We will meet."]),
    ]


def test_what_begins_like_a_heading_and_goes_on_otherwise_is_kept() -> None:
    begun = " ".join(GCM.prompts["5b.2"].text.en.split()[:6])
    back = read_back(f"4b: Money.\n{begun}\nand so on\n{begun}".encode(), TEXT)
    assert [line.text for line in back.passages[0].lines] == ["Money.", begun, "and so on", begun]


def test_a_document_whose_main_part_has_another_name() -> None:
    """Some editors on the web call it `word/document2.xml`, and absolute paths are allowed."""
    kept = BytesIO()
    with ZipFile(BytesIO(document(Review(GCM, "LB"), "en"))) as given, ZipFile(kept, "w") as archive:
        for part in given.namelist():
            content = given.read(part).replace(b"word/document.xml", b"/word/document2.xml")
            archive.writestr(part.replace("document.xml", "document2.xml"), content)
    assert lines_of(kept.getvalue(), WORD) == lines_of(document(Review(GCM, "LB"), "en"), WORD)


def test_a_part_that_is_locked_or_cut_off_is_not_read() -> None:
    kept = bytearray(packed(b"<a>" + b"b" * 90 + b"</a>"))
    for sign, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        kept[kept.index(sign) + place] |= 1
    assert lines_of(bytes(kept), WORD) is None


@pytest.mark.parametrize(
    "line", ["a:" * 100_000, "قانون: " * 50_000, "Health, " * 50_000, "Health " * 50_000]
)
def test_a_long_line_is_read_at_once(line: str) -> None:
    for question in ("2c", "3a", "1g", "1a"):
        for passage in read_back(f"{question}: x\n4b: y\n{question}: {line}".encode(), TEXT).passages:
            before = process_time()
            likeliest(GCM, OURS, passage, "file1:1")
            assert process_time() - before < 1


@pytest.mark.parametrize("content", [b"ab\n" * 20_000, b"\n" * 20_000, b"word " * 120_000])
def test_what_is_longer_than_any_review_is_not_read(content: bytes) -> None:
    assert lines_of(content, TEXT) is None
    word = f'<w:document xmlns:w="w">{"<w:p/>" * 20_000}</w:document>'
    assert lines_of(packed(word.encode()), WORD) is None


def test_words_that_two_questions_share_belong_to_the_one_that_is_being_answered() -> None:
    """A later template may ask the same under two of its questions."""
    shared = GCM.prompts["2b.2"].text
    sections = [
        section.model_copy(
            update={
                "questions": tuple(
                    question.model_copy(
                        update={
                            "prompts": tuple(
                                prompt.model_copy(update={"text": shared}) if prompt.id == "4c.3" else prompt
                                for prompt in question.prompts
                            )
                        }
                    )
                    for question in section.questions
                )
            }
        )
        for section in GCM.sections
    ]
    template = GCM.with_sections(sections)
    text = f"2b\n{shared.en}\nBy law.\n4c\n{shared.en}\nBy budget."
    back = read_back(text.encode(), TEXT, template)
    assert [(each.question, [line.text for line in each.lines]) for each in back.passages] == [
        ("2b", ["By law."]),
        ("4c", ["By budget."]),
    ]
