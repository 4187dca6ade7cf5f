"""The lines of a document that comes back from a ministry: a Word file with its tracked changes, or plain text.

A Word file is read by its main part alone, which python-docx would not do: it leaves out what was inserted as a tracked
change, and unpacks every part that a stranger's file has.
"""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Final

from lxml import etree

from workflows.immutable import Immutable
from workflows.review.evidence import DAMAGE, MEDIA_TYPES
from workflows.review.filled.landmarks import MARK
from workflows.review.filled.placing import Line

WORD: Final = MEDIA_TYPES["docx"]
TEXT: Final = MEDIA_TYPES["txt"]
MOST: Final = 8 * 2**20
"""So many bytes of text and marks may a document have; ten times what the longest review needs."""
LETTERS: Final = 500_000
"""So many letters may all its lines have together: a book of some 200 pages."""
LINES: Final = 15_000
"""So many lines may it have, empty ones too."""
_MAIN: Final = "word/document.xml"
_PARTS: Final = "_rels/.rels"
_LEFT_OUT: Final = frozenset(
    {"del", "moveFrom", "Fallback", "rPr", "sectPr", "instrText", "delText", "tblPr"}
)
"""What was deleted or moved away, the older form of a drawing, and what only says how things look."""
_PICTURES: Final = frozenset({"drawing", "pict", "object"})
_NOTES: Final = frozenset({"footnoteReference", "endnoteReference", "commentReference"})
_LETTERS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}


class Returned(Immutable):
    """A document by its lines; `beside` counts the pictures, footnotes and comments, which are no lines."""

    lines: tuple[Line, ...]
    beside: int = 0


def lines_of(content: bytes, media_type: str) -> Returned | None:
    """What a document says, tracked changes taken as accepted.

    None where it is of another kind, has more than a document of the review can have, or cannot be read.
    """
    if media_type == WORD:
        return _of_word(content)
    if media_type == TEXT and len(content) <= MOST:
        return _of_text(content)
    return None


def _of_text(content: bytes) -> Returned | None:
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeError:
        return None
    if text.count("\n") > LINES:
        return None
    lines = _within_measure(Line(line) for line in text.splitlines())
    return Returned(lines) if lines is not None else None


def _within_measure(lines: Iterator[Line]) -> tuple[Line, ...] | None:
    """All lines; None as soon as they are too many or too long."""
    found: list[Line] = []
    letters = 0
    for line in lines:
        found.append(line)
        letters += len(line.text)
        if len(found) > LINES or letters > LETTERS:
            return None
    return tuple(found)


def _of_word(content: bytes) -> Returned | None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            body = _part(archive, _name_of_main(archive))
    except (*DAMAGE, KeyError, etree.XMLSyntaxError):
        return None
    if body is None:
        return None
    reader = _Reader()
    lines = _within_measure(reader.lines(body))
    return Returned(lines, reader.beside) if lines is not None else None


def _part(archive: zipfile.ZipFile, name: str) -> etree._Element | None:
    """A part of the file; None where it is too large."""
    if archive.getinfo(name).file_size > MOST:
        return None
    return etree.fromstring(archive.read(name), _careful())


def _name_of_main(archive: zipfile.ZipFile) -> str:
    """The part that holds the text: most editors call it the same, and the file says how it is called."""
    parts = _part(archive, _PARTS) if _PARTS in archive.namelist() else None
    for part in parts if parts is not None else ():
        if _attribute(part, "Type").endswith("/officeDocument"):
            return _attribute(part, "Target").removeprefix("/")
    return _MAIN


def _careful() -> etree.XMLParser:
    """A parser that fetches nothing and unfolds nothing that a file defines."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


class _Paragraph:
    """What is read of one paragraph."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.mark = ""
        self.is_point = False
        self.boxes: list[Line] = []

    def lines(self) -> Iterator[Line]:
        mark = self.mark
        for text in "".join(self.text).split("\n"):
            yield Line(text, mark, self.is_point)
            mark = ""
        yield from self.boxes


class _Reader:
    """Goes through a Word document; a box of text hangs at a paragraph, and its own paragraphs come after that."""

    def __init__(self) -> None:
        self.beside = 0
        self._open: list[_Paragraph] = []
        self._waiting = ""

    def lines(self, body: etree._Element) -> Iterator[Line]:
        walk = etree.iterwalk(body, events=("start", "end"))
        for event, element in walk:
            name = etree.QName(element).localname if isinstance(element.tag, str) else ""
            if event == "end":
                if name == "p" and self._open:
                    lines = self._open.pop().lines()
                    if self._open:
                        self._open[-1].boxes += lines
                    else:
                        yield from lines
            elif name in _LEFT_OUT:
                walk.skip_subtree()
            else:
                self._begin(name, element)

    def _begin(self, name: str, element: etree._Element) -> None:
        here = self._open[-1] if self._open else None
        if name == "p":
            paragraph = _Paragraph()
            paragraph.mark, self._waiting = self._waiting, ""
            self._open.append(paragraph)
        elif name == "bookmarkStart":
            self._mark(_attribute(element, "name"))
        elif name in _PICTURES or name in _NOTES:
            self.beside += 1
        elif here is not None and name == "t":
            here.text.append(element.text or "")
        elif here is not None and name in _LETTERS:
            here.text.append(_LETTERS[name])
        elif here is not None and name in ("numPr", "pStyle"):
            here.is_point = here.is_point or name == "numPr" or "bullet" in _attribute(element, "val").lower()

    def _mark(self, name: str) -> None:
        if not name.startswith(MARK):
            return
        if self._open:
            self._open[-1].mark = name
        else:
            self._waiting = name


def _attribute(element: etree._Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if etree.QName(key).localname == name), "")
