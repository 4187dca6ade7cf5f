"""Goes through the main part of a Word file, as Word, LibreOffice and Google Docs write it, line by line."""

from collections.abc import Iterator
from typing import Final

from lxml import etree

from workflows.review.filled.landmarks import MARK
from workflows.review.filled.placing import Cell, Line

_LEFT_OUT: Final = frozenset(
    {"del", "moveFrom", "rPr", "sectPr", "instrText", "delText", "tblPr", "tblGrid", "sdtPr"}
)
"""What was deleted or moved away, and what only says how things look."""
_PICTURES: Final = frozenset({"drawing", "pict", "object"})
_BESIDE: Final = frozenset(
    {"footnoteReference", "endnoteReference", "commentReference", "altChunk", "subDoc"}
)
_LETTERS: Final = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "-",
    "softHyphen": "",
}
_OFF: Final = frozenset({"0", "false", "off"})
_CONTENTS: Final = "Table of Contents"


class BodyReader:
    """Reads one document once.

    A box of text hangs at a paragraph, and its own paragraphs come after that. A paragraph whose end was deleted as a
    tracked change goes on in the next. A table of contents is left out, since it repeats the headings; where
    its field has no end (`is_torn`), the document is to be read again without heeding fields.
    """

    def __init__(self, *, heeds_fields: bool = True) -> None:
        self.beside = 0
        self._heeds_fields = heeds_fields
        self._open: list[_Paragraph] = []
        self._begun: _Paragraph | None = None
        self._waiting = ""
        self._fields: list[list[str]] = []
        self._tables: list[_Table] = []
        self._counted = 0

    @property
    def is_torn(self) -> bool:
        """Whether the document ended within a table of contents."""
        return self._is_in_contents()

    def lines(self, body: etree._Element) -> Iterator[Line]:
        """All lines of the document, in their order; empty ones too."""
        walk = etree.iterwalk(body, events=("start", "end"))
        for event, element in walk:
            name = _name(element)
            if event == "end":
                yield from self._end(name)
                continue
            if name in ("tbl", "tc"):
                yield from self._let_go()
            if _is_left_out(name, element):
                walk.skip_subtree()
            elif name == "pPr":
                self._look(element)
                walk.skip_subtree()
            else:
                self._start(name, element)
        yield from self._let_go()

    def _start(self, name: str, element: etree._Element) -> None:
        here = self._open[-1] if self._open else None
        table = self._tables[-1] if self._tables else None
        if name == "p":
            self._open.append(self._paragraph())
        elif name == "tbl":
            self._counted += 1
            self._tables.append(_Table(self._counted))
        elif name == "tr" and table is not None:
            table.row, table.column, table.following = table.row + 1, 0, 1
        elif name == "tc" and table is not None:
            table.column = table.following
            table.following += _span(element)
        elif name == "bookmarkStart":
            self._mark(_attribute(element, "name"))
        elif name == "fldChar":
            self._field(_attribute(element, "fldCharType"))
        elif name in _BESIDE or (name in _PICTURES and _is_picture(element)):
            self.beside += 1
        elif here is not None and not self._is_in_contents():
            here.text.append((element.text or "") if name == "t" else _LETTERS.get(name, ""))
        if name == "r" and self._fields:
            self._instruct(element)

    def _end(self, name: str) -> Iterator[Line]:
        if name == "tbl" and self._tables:
            self._tables.pop()
        if name == "tc":
            yield from self._let_go()
        if name != "p" or not self._open:
            return
        paragraph = self._open.pop()
        if self._open:
            self._open[-1].boxes += paragraph.lines()
        elif paragraph.goes_on:
            self._begun = paragraph
        else:
            yield from paragraph.lines()

    def _paragraph(self) -> "_Paragraph":
        """A new paragraph, or the one before it where its end was deleted."""
        paragraph = _Paragraph()
        if self._begun is not None and not self._open:
            paragraph, self._begun = self._begun, None
            paragraph.goes_on = False
        elif self._tables:
            paragraph.cell = self._tables[-1].cell()
        if self._waiting:
            paragraph.mark, self._waiting = self._waiting, ""
        return paragraph

    def _let_go(self) -> Iterator[Line]:
        """Give out a paragraph that goes on in nothing: no paragraph goes on over the edge of a cell."""
        paragraph, self._begun = self._begun, None
        if paragraph is not None:
            yield from paragraph.lines()

    def _look(self, properties: etree._Element) -> None:
        """See whether a paragraph is a point of a list, by its number or style, and whether its end was deleted."""
        if not self._open:
            return
        here, of_number, of_style = self._open[-1], False, False
        for each in properties:
            match _name(each):
                case "numPr":
                    numbers = [_attribute(one, "val") for one in each if _name(one) == "numId"]
                    of_number = numbers != ["0"]
                    of_style = False if numbers == ["0"] else of_style
                case "pStyle":
                    of_style = "bullet" in _attribute(each, "val").lower()
                case "rPr":
                    here.goes_on = any(_name(one) in ("del", "moveFrom") for one in each)
        here.is_point = of_number or of_style

    def _mark(self, name: str) -> None:
        if not name.startswith(MARK):
            return
        if self._open:
            self._open[-1].mark = name
        else:
            self._waiting = name

    # --- fields: a table of contents is one

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(["", ""])
        elif kind == "separate" and self._fields:
            self._fields[-1][1] = kind
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _instruct(self, run: etree._Element) -> None:
        if not self._fields[-1][1]:
            self._fields[-1][0] += "".join(each.text or "" for each in run if _name(each) == "instrText")

    def _is_in_contents(self) -> bool:
        return self._heeds_fields and any(each[0].split()[:1] == ["TOC"] for each in self._fields)


class _Paragraph:
    """What is read of one paragraph."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.mark = ""
        self.is_point = False
        self.goes_on = False
        self.cell: Cell | None = None
        self.boxes: list[Line] = []

    def lines(self) -> Iterator[Line]:
        """Its lines, those of the boxes that hang at it last."""
        mark = self.mark
        for text in "".join(self.text).split("\n"):
            yield Line(text, mark, self.is_point, self.cell)
            mark = ""
        yield from self.boxes


class _Table:
    """A table by its number in the document, and where in it the reading is; all count from 1."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.row = 0
        self.column = 0
        self.following = 1

    def cell(self) -> Cell:
        return Cell(self.number, self.row, self.column)


def _is_left_out(name: str, element: etree._Element) -> bool:
    """Whether an element says nothing of what the document says now."""
    match name:
        case "Fallback":  # the older form of what stands beside it
            parent = element.getparent()
            return parent is not None and any(_name(each) == "Choice" for each in parent)
        case "sdt":  # a form's field that nobody has filled in, and a table of contents
            told = next((each for each in element if _name(each) == "sdtPr"), None)
            return told is not None and any(
                (_name(each) == "showingPlcHdr" and _attribute(each, "val") not in _OFF)
                or (_name(each) == "docPartGallery" and _attribute(each, "val") == _CONTENTS)
                for each in told.iter()
            )
        case "tr" | "tc":  # deleted as a tracked change
            told = next((each for each in element if _name(each) in ("trPr", "tcPr")), None)
            return told is not None and any(_name(each) in ("del", "cellDel") for each in told)
    return name in _LEFT_OUT


def _is_picture(element: etree._Element) -> bool:
    """Whether there is something in a drawing beside its text; a box of text is read, and a rule says nothing."""
    inside = {_name(each) for each in element.iter()}
    is_rule = any(_attribute(each, "hr") for each in element.iter() if _name(each) == "rect")
    return "txbxContent" not in inside and not is_rule


def _span(cell: etree._Element) -> int:
    """Over how many columns a cell goes."""
    told = [each for each in cell if _name(each) == "tcPr"]
    spans = [_attribute(each, "val") for one in told for each in one if _name(each) == "gridSpan"]
    return int(spans[0]) if spans and spans[0].isdecimal() and len(spans[0]) < 3 else 1  # noqa: PLR2004 - 63 at most


def _name(element: etree._Element) -> str:
    """An element's name without its namespace, of which there are several for the same."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _attribute(element: etree._Element, name: str) -> str:
    return next((value for key, value in element.attrib.items() if etree.QName(key).localname == name), "")
