"""The outline as a Word document: its parts in order, each kind of line in its style and direction."""

import io

import docx
import pytest
from docx.text.paragraph import Paragraph

from bot.render import Voice, render
from bot.render.messages import Unwritten
from tests.render.samples import TEMPLATE
from tests.render.samples_assessment import outline
from workflows.languages import LANGUAGES, Language
from workflows.reports.outline import Part, Said, as_docx


def opened(content: bytes) -> list[Paragraph]:
    return list(docx.Document(io.BytesIO(content)).paragraphs)


def written(language: Language, typed: str = "وزارة العمل") -> list[Paragraph]:
    """The outline of the samples, as it is sent."""
    document = render(outline(TEMPLATE, typed), Voice.of(language, "auto", "LB"), TEMPLATE).document
    assert isinstance(document, Unwritten)
    return opened(document.content)


def test_every_sort_of_line_has_its_own_style() -> None:
    said = (
        Said("words", "a paragraph"),
        Said("point", "a point"),
        Said("detail", "a detail"),
        Said("answer", "one line\nanother line"),
        Said("remark", "a remark"),
    )
    part = Part("1. A part", said)
    lines = opened(as_docx("en", title="Title", facts=("Lebanon",), parts=(part,), foot="Lebanon · today"))
    assert [(line.text, line.style.name) for line in lines if line.style] == [
        ("Title", "Title"),
        ("Lebanon", "Normal"),
        ("1. A part", "Heading 1"),
        ("a paragraph", "Normal"),
        ("a point", "List Bullet"),
        ("a detail", "List Continue"),
        ("one line", "Normal"),
        ("another line", "Normal"),
        ("a remark", "Normal"),
    ]
    assert [run.italic for run in lines[-1].runs] == [True]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_has_six_parts_in_every_language(language: Language) -> None:
    lines = written(language)
    headings = [line.text for line in lines if line.style and line.style.name == "Heading 1"]
    assert len(headings) == 6
    assert all(line.text.strip() for line in lines)
    digits = "123456" if language != "ar" else "١٢٣٤٥٦"
    assert [heading[0] for heading in headings] == list(digits)


def test_arabic_runs_from_the_right_and_what_is_latin_keeps_its_own_direction() -> None:
    lines = written("ar", "Ministry of Labour 2030")
    by_text = {line.text: line for line in lines}
    assert "<w:bidi/>" not in by_text["Ministry of Labour 2030"]._p.xml or any(
        "<w:rtl/>" not in run._r.xml for run in by_text["Ministry of Labour 2030"].runs
    )
    ours = [line for line in lines if "Ministry" not in line.text]
    assert all("<w:bidi/>" in line._p.xml for line in ours)


@pytest.mark.parametrize("typed", ["<b>&amp;", "\u202eturned", "=1+1", "a\x00b"])
def test_whatever_was_typed_does_no_harm(typed: str) -> None:
    text = "\n".join(line.text for line in written("en", typed))
    assert "\u202e" not in text
    assert "\x00" not in text


def test_the_same_words_give_the_same_file() -> None:
    notice, voice = outline(TEMPLATE, "x"), Voice.of("fr", "auto", "MA")
    first, second = (render(notice, voice, TEMPLATE).document for _ in range(2))
    assert isinstance(first, Unwritten)
    assert isinstance(second, Unwritten)
    assert first.content == second.content
