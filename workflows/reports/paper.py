"""A Word document in the making: paragraphs in the direction of their words, mixed scripts in runs of their own."""

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml.etree import _Element

from workflows.languages import Language
from workflows.review.filled.landmarks import OURS, mark_of, mark_of_ours

FONT: Final = "Arial"
_SPELLING: Final = {"ar": "ar-LB", "en": "en-GB", "fr": "fr-FR"}
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_TURNS: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
_RIGHT: Final = "\u0590-\u065f\u066e-\u06ef\u06fa-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff"
_LEFT: Final = (
    "A-Za-z\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02b8\u0370-\u058f\u200e\u1e00-\u1fff"
)
_STRONG: Final = re.compile(f"[{_RIGHT}{_LEFT}]")
# Numbers belong to the words before them, so that a symbol such as A/RES/73/195 stays in one piece; digits that a
# letter follows at once belong to that, so that a hash such as 0e3c does not fall into two runs that turn around.
_LEFTWARD: Final = re.compile(f"(?:(?<![0-9])[0-9]+(?=[{_LEFT}]))?[{_LEFT}](?:[^{_RIGHT}]*[{_LEFT}0-9])?")
_RIGHTWARD: Final = re.compile(f"[{_RIGHT}](?:[^{_LEFT}]*[{_RIGHT}0-9\u0660-\u0669])?")


def runs_right_to_left(words: str, *, otherwise: bool) -> bool:
    """Whether words are read from the right, by their first letter; `otherwise` for words without one."""
    first = _STRONG.search(words)
    return otherwise if first is None else bool(re.match(f"[{_RIGHT}]", first[0]))


def runs(words: str, *, right_to_left: bool) -> Iterator[tuple[str, bool]]:
    """The words of a paragraph in pieces of one direction, each with whether it runs from the right."""
    at = 0
    for found in (_LEFTWARD if right_to_left else _RIGHTWARD).finditer(words):
        if found.start() > at:
            yield words[at : found.start()], right_to_left
        yield found[0], not right_to_left
        at = found.end()
    if at < len(words):
        yield words[at:], right_to_left


class Paper:
    """Writes one document for readers of one language; what others wrote keeps the direction of its own words."""

    def __init__(self, language: Language, title: str) -> None:
        self._document = docx.Document()
        self._document.core_properties.title = clean(title)
        self._document.core_properties.author = ""
        self._styles: dict[str, str] = {}
        self._marks: list[str] = []
        self._marked = 0
        self._right = language == "ar"
        self.language: Language = language

    def heading(self, words: str, level: int) -> None:
        """A title (level 0) or a heading."""
        self._write(self._document.add_heading(level=level), words, right=self._right)

    def words(self, words: str, *, bold: bool = False, italic: bool = False) -> None:
        """A paragraph of ours."""
        self._write(self._document.add_paragraph(), words, right=self._right, bold=bold, italic=italic)

    def point(self, words: str) -> None:
        """A line of a list."""
        self._write(self._styled("List Bullet"), words, right=self._right)

    def answer(self, text: str) -> None:
        """What somebody wrote: each line a paragraph that runs as its own words do."""
        for line in text.splitlines():
            if line.strip():
                right = runs_right_to_left(line, otherwise=self._right)
                self._write(self._document.add_paragraph(), line.strip(), right=right)

    def detail(self, words: str) -> None:
        """A line that belongs to the point before it."""
        self._write(self._styled("List Continue"), words, right=self._right)

    def place(self, name: str) -> None:
        """What comes next is a heading or a line of ours: a hidden bookmark tells it when the file comes back."""
        self._marks.append(name)

    def small(self, words: str) -> None:
        """A line in small letters."""
        paragraph = self._document.add_paragraph()
        self._write(paragraph, words, right=self._right, size=8)

    def footer(self, words: str) -> None:
        """A line at the foot of every page."""
        self._write(self._document.sections[0].footer.paragraphs[0], words, right=self._right, size=8)

    def numbered(self, digits: Callable[[str], str] = str) -> None:
        """The number of each page in the middle of its foot; `digits` writes 0-9 as the reader does."""
        section = self._document.sections[0]
        fmt = "hindiNumbers" if digits("1") == "\u0661" else "decimal"
        kind = OxmlElement("w:pgNumType", {qn("w:fmt"): fmt})
        section._sectPr.insert_element_before(kind, "w:cols", "w:docGrid")  # noqa: SLF001 - the same
        foot = section.footer.paragraphs[0]
        paragraph = foot if not foot.text else section.footer.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        field = OxmlElement("w:fldSimple", {qn("w:instr"): "PAGE"})
        run = paragraph.add_run(digits("1"))
        run.font.name, run.font.size = FONT, Pt(8)
        field.append(run._element)  # noqa: SLF001 - the same
        paragraph._p.append(field)  # noqa: SLF001 - the same

    def as_bytes(self) -> bytes:
        """The document without the hour of its making: the same words give the same file, byte for byte."""
        sheet, packed = BytesIO(), BytesIO()
        self._document.save(sheet)
        with ZipFile(sheet) as given, ZipFile(packed, "w", ZIP_DEFLATED) as kept:
            for part in given.infolist():
                kept.writestr(ZipInfo(part.filename), given.read(part), ZIP_DEFLATED)
        return packed.getvalue()

    def _styled(self, style: str) -> Paragraph:
        """A paragraph in a style, which is looked for once: python-docx goes through all of them for each paragraph."""
        if style not in self._styles:
            self._styles[style] = str(self._document.styles[style].style_id)
        paragraph = self._document.add_paragraph()
        paragraph._p.style = self._styles[style]  # noqa: SLF001 - python-docx has no word for it
        return paragraph

    def _write(
        self,
        paragraph: Paragraph,
        words: str,
        *,
        right: bool,
        bold: bool = False,
        italic: bool = False,
        size: int = 0,
    ) -> None:
        if right:
            paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))  # noqa: SLF001 - python-docx has no word for it
        while self._marks:
            self._bookmark(paragraph, self._marks.pop(0), clean(words))
        for piece, from_right in runs(clean(words), right_to_left=right):
            run = paragraph.add_run(piece)
            run.bold, run.italic = bold or None, italic or None
            run.font.name = FONT
            if size:
                run.font.size = Pt(size)
            self._direct(run, from_right=from_right, bold=bold, italic=italic, size=size)

    def _bookmark(self, paragraph: Paragraph, place: str, words: str) -> None:
        self._marked += 1
        number = {qn("w:id"): str(self._marked)}
        name = mark_of(place) if place != OURS else mark_of_ours(self._marked, words)
        paragraph._p.append(OxmlElement("w:bookmarkStart", {**number, qn("w:name"): name}))  # noqa: SLF001 - the same
        paragraph._p.append(OxmlElement("w:bookmarkEnd", number))  # noqa: SLF001 - the same

    def _direct(self, run: Run, *, from_right: bool, bold: bool, italic: bool, size: int) -> None:
        """Say in which direction and language a run is to be read; scripts from the right have marks of their own."""
        properties: _Element = run._element.get_or_add_rPr()  # noqa: SLF001 - the same
        fonts = properties.find(qn("w:rFonts"))
        if fonts is not None:
            fonts.set(qn("w:cs"), FONT)
        for element, wanted in (("w:bCs", bold), ("w:iCs", italic)):
            if wanted and from_right:
                properties.append(OxmlElement(element))
        if size and from_right:
            properties.append(_valued("w:szCs", str(2 * size)))
        if from_right:
            properties.append(OxmlElement("w:rtl"))
        spelling = _SPELLING["ar" if from_right else "en" if self.language == "ar" else self.language]
        properties.append(_valued("w:lang", spelling, "w:bidi" if from_right else "w:val"))


def _valued(name: str, value: str, attribute: str = "w:val") -> _Element:
    element: _Element = OxmlElement(name)
    element.set(qn(attribute), value)
    return element


def clean(words: str, *, turns: bool = True) -> str:
    """The words without what no document can hold and, unless told otherwise, what would turn the words around it."""
    return _UNWRITABLE.sub("\ufffd", _TURNS.sub("", words) if turns else words)
