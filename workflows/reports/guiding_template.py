"""The guiding template as a Word document, in one language, to be passed on to ministries and printed."""

from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml.etree import _Element

from workflows.languages import Language
from workflows.review.template import Question, Section, Template

FONT: Final = "Arial"
_SPELLING = {"ar": "ar-LB", "en": "en-GB", "fr": "fr-FR"}


def as_docx(template: Template, language: Language) -> bytes:
    """The whole document: title, introduction, sections with their limits, questions and the rule for counting words.

    Arabic runs from right to left, and the corrected words stand where the source slips.
    """
    paper = docx.Document()
    paper.core_properties.title = template.title.in_language(language)
    paper.core_properties.author = ""
    writer = _Writer(paper, language)
    writer.heading(template.heading.in_language(language), 0)
    writer.words(template.intro.in_language(language))
    for section in template.sections:
        _section(writer, template, section)
    writer.words(template.word_count_rule.in_language(language), italic=True)
    sheet = BytesIO()
    paper.save(sheet)
    return _undated(sheet)


def _undated(sheet: BytesIO) -> bytes:
    """The same document without the hour of its making: one template gives one file, byte for byte."""
    packed = BytesIO()
    with ZipFile(sheet) as given, ZipFile(packed, "w", ZIP_DEFLATED) as kept:
        for part in given.infolist():
            kept.writestr(ZipInfo(part.filename), given.read(part), ZIP_DEFLATED)
    return packed.getvalue()


def _section(writer: "_Writer", template: Template, section: Section) -> None:
    number = section.ordinal_ar if writer.language == "ar" else section.number
    writer.heading(f"{number}. {section.title.in_language(writer.language)}", 1)
    writer.words(section.limit_text.in_language(writer.language), italic=True)
    if section.lead_in:
        writer.words(section.lead_in.in_language(writer.language))
    for question in section.questions:
        writer.words(_numbered(question, writer.language), bold=True)
        for words in _asked(template, question, writer.language):
            writer.point(words)


def _numbered(question: Question, language: Language) -> str:
    letter = question.letter_ar if language == "ar" else question.letter
    return f"({letter}) {question.words(language)}"


def _asked(template: Template, question: Question, language: Language) -> list[str]:
    """What is asked within a question, where it does not repeat the question's own words."""
    asked = [prompt for prompt in question.prompts if template.type_of(prompt.id).kind != "guidance"]
    words = [prompt.words(language) for prompt in asked]
    return [each for each in words if each != question.words(language)]


class _Writer:
    """Writes paragraphs in one language and its direction."""

    def __init__(self, paper: Document, language: Language) -> None:
        self._paper = paper
        self.language: Language = language

    def heading(self, words: str, level: int) -> None:
        """A title (level 0) or a section's heading."""
        self._directed(self._paper.add_heading(level=level), words)

    def words(self, words: str, *, bold: bool = False, italic: bool = False) -> None:
        """A paragraph."""
        run = self._directed(self._paper.add_paragraph(), words)
        run.bold, run.italic = bold or None, italic or None
        for element in ("w:bCs", "w:iCs") if self.language == "ar" else ():
            if (element == "w:bCs" and bold) or (element == "w:iCs" and italic):
                _properties(run).append(OxmlElement(element))

    def point(self, words: str) -> None:
        """A line of a list."""
        self._directed(self._paper.add_paragraph(style="List Bullet"), words)

    def _directed(self, paragraph: Paragraph, words: str) -> Run:
        run = paragraph.add_run(words)
        run.font.name = FONT
        spelling = OxmlElement("w:lang")
        spelling.set(qn("w:bidi" if self.language == "ar" else "w:val"), _SPELLING[self.language])
        if self.language == "ar":
            paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))  # noqa: SLF001 - python-docx has no word for it
            fonts = _properties(run).find(qn("w:rFonts"))
            if fonts is not None:
                fonts.set(qn("w:cs"), FONT)
            _properties(run).append(OxmlElement("w:rtl"))
        _properties(run).append(spelling)
        return run


def _properties(run: Run) -> _Element:
    """The run's properties, in which direction and language are set."""
    properties: _Element = run._element.get_or_add_rPr()  # noqa: SLF001 - the same
    return properties
