"""Tables as spreadsheets and as comma-separated text, in which no cell can act as a formula."""

import csv
import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from io import BytesIO, StringIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as OpenCell
from openpyxl.cell.cell import MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from workflows.immutable import Immutable

LONGEST: Final = 32_000
"""How many characters of a text are kept; a cell of a spreadsheet takes 32,767."""
_ACTS: Final = re.compile("^\\s*[=+\\-@\t\r\n＝＋－＠]")
"""How a text begins that spreadsheets may take for a formula; they skip blanks, and know the wide signs."""
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_NAME: Final = re.compile(r"[\\/*?:\[\]]")
_HEAD: Final = PatternFill("solid", fgColor="DFE9F5")
_BOLD: Final = Font(name="Calibri", size=11, bold=True)
_FROM_LEFT: Final = Alignment(horizontal="left", wrap_text=True, vertical="top")
_FROM_RIGHT: Final = Alignment(horizontal="right", wrap_text=True, vertical="top")
_TOP: Final = Alignment(vertical="top")
_MIDDLE: Final = Alignment(horizontal="center", vertical="top")
_LINE: Final = 15
"""The height of a line, in points."""
_WIDER: Final = 1.15
_EPOCH: Final = datetime(2000, 1, 1, tzinfo=UTC)

Cell = str | int | float | date | datetime | None


class Column(Immutable):
    """A column's heading and its width in characters."""

    heading: str
    width: int = 14


class Sheet(Immutable):
    """A table: every row has one cell for each column. A moment must be aware, and is written in UTC."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    right_to_left: bool = False


def as_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """The sheets as one workbook: real numbers and dates, texts as texts, the heading always in sight.

    One table gives one file, byte for byte. Raises ValueError for no sheet at all.
    """
    if not sheets:
        raise ValueError("a workbook has at least one sheet")
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        _fill(book.create_sheet(_sheet_name(sheet.title)), sheet)
    book.properties.creator = "Rafiq"
    book.properties.created = book.properties.modified = _EPOCH.replace(tzinfo=None)
    file = BytesIO()
    book.save(file)
    return _undated(file)


def as_csv(sheet: Sheet) -> bytes:
    """The table as UTF-8 that spreadsheets open as such, every text in quotation marks.

    A text that could act as a formula has an apostrophe in front, as OWASP advises. Days and moments are ISO 8601.
    """
    text = StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow([_harmless(column.heading) for column in sheet.columns])
    writer.writerows([_plain(cell) for cell in row] for row in sheet.rows)
    return text.getvalue().encode("utf-8-sig")


# --- workbooks -------------------------------------------------------------------------------------------------------


def _fill(page: Worksheet, sheet: Sheet) -> None:
    page.sheet_view.rightToLeft = sheet.right_to_left
    page.freeze_panes = "B2"
    _for_paper(page)
    page.row_dimensions[1].height = _LINE * max((_lines(each) for each in sheet.columns), default=1) + 6
    for number, column in enumerate(sheet.columns, start=1):
        page.column_dimensions[get_column_letter(number)].width = column.width
        head = page.cell(1, number)
        _write(head, column.heading)
        head.font, head.fill = _BOLD, _HEAD
        head.alignment = Alignment(wrap_text=True, vertical="center")
    for at, row in enumerate(sheet.rows, start=2):
        for number, value in enumerate(row, start=1):
            if value not in (None, ""):
                _write(page.cell(at, number), value)
                page.cell(at, number).alignment = _placed(value, right_to_left=sheet.right_to_left)
    if sheet.rows:
        page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{len(sheet.rows) + 1}"


def _for_paper(page: Worksheet) -> None:
    """Printed across, all columns on one sheet, headings and first column on every one."""
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", page.PAPERSIZE_A4
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.print_title_rows, page.print_title_cols = "1:1", "A:A"


def _placed(value: Cell, *, right_to_left: bool) -> Alignment:
    """Texts from the side where reading begins, in whatever script; dates in the middle, so that they touch nothing."""
    if isinstance(value, str):
        return _FROM_RIGHT if right_to_left else _FROM_LEFT
    return _MIDDLE if isinstance(value, date) else _TOP


def _lines(column: Column) -> int:
    """How many lines a heading takes, broken between words; bold letters are a little wider than a column's."""
    lines, room = 1, 0.0
    for word in column.heading.split():
        wide = _WIDER * (len(word) + 1)
        if room and room + wide > column.width:
            lines, room = lines + 1, 0.0
        room += wide
    return lines


def _write(place: OpenCell | MergedCell, value: Cell) -> None:
    """Put a value in its place; a text stays a text, also when somebody edits it."""
    match value:
        case str():
            place.value = clean = _clean(value)
            place.data_type = "s"
            place.quotePrefix = bool(_ACTS.match(clean))
        case datetime():
            place.value = value.astimezone(UTC).replace(tzinfo=None)
            place.number_format = "yyyy-mm-dd hh:mm"
        case date():
            place.value = value
            place.number_format = "yyyy-mm-dd"
        case _:
            place.value = value


def _sheet_name(title: str) -> str:
    """A name that workbooks take: up to 31 characters without signs of addresses."""
    return _NAME.sub(" ", _clean(title)).strip(" '")[:31] or "Rafiq"


def _undated(file: BytesIO) -> bytes:
    """The same workbook without the hour of its making."""
    packed = BytesIO()
    with ZipFile(file) as given, ZipFile(packed, "w", ZIP_DEFLATED) as kept:
        for part in given.infolist():
            kept.writestr(ZipInfo(part.filename), given.read(part), ZIP_DEFLATED)
    return packed.getvalue()


# --- text ------------------------------------------------------------------------------------------------------------


def _plain(cell: Cell) -> str | int | float:
    match cell:
        case None:
            return ""
        case str():
            return _harmless(cell)
        case datetime():
            return f"{cell.astimezone(UTC):%Y-%m-%dT%H:%MZ}"
        case date():
            return cell.isoformat()
        case _:
            return cell


def _harmless(text: str) -> str:
    clean = _clean(text)  # judged as it is written: what is left out could have hidden how it begins
    return f"'{clean}" if _ACTS.match(clean) else clean


def _clean(text: str) -> str:
    """The text without characters that no spreadsheet takes, and not longer than a cell."""
    return _UNWRITABLE.sub("", text)[:LONGEST]
