"""Who was told, as a picture for a phone: countries by delivered, waiting and not reached; numbers and shades."""

from functools import lru_cache
from typing import Final

from workflows.reports.status_picture import SHADES, WIDTH, Sheet, shade
from workflows.reports.status_table import Cell, Picture
from workflows.reports.told_table import ToldTable

_MARGIN: Final = 28
_NAME: Final = 380
"""The width of the countries' names; the columns share what it leaves."""
_ROW, _HEAD, _UNDER = 58, 84, 40
_INK, _PALE, _LINE, _BAND = "#111111", "#4a4a4a", "#9a9a9a", "#f3f3f1"


@lru_cache(8)
def draw(table: ToldTable) -> Picture:
    """The picture; the same values give the same bytes."""
    top = _MARGIN + 56 + _UNDER * len(table.under)
    sheet = Sheet(top + _HEAD + _ROW * len(table.rows) + _MARGIN, mirrored=table.right_to_left)
    across = WIDTH - 2 * _MARGIN
    sheet.write(table.title, _MARGIN, _MARGIN + 24, size=42, widest=across, bold=True)
    for at, line in enumerate(table.under):
        sheet.write(line, _MARGIN, _MARGIN + 56 + at * _UNDER + _UNDER / 2, size=27, widest=across, ink=_PALE)
    _columns(sheet, table, top)
    for number, row in enumerate(table.rows):
        y = top + _HEAD + number * _ROW
        if number % 2 == 0:
            sheet.box(0, y, WIDTH, _ROW, _BAND)
        sheet.write(row.name, _MARGIN, y + _ROW / 2, size=30, widest=_NAME - 10)
        for at, cell in enumerate(row.cells):
            _cell(sheet, cell, at, len(row.cells), y)
    return Picture(sheet.png(), tuple(sheet.words))


def _columns(sheet: Sheet, table: ToldTable, y: float) -> None:
    sheet.write(table.country, _MARGIN, y + _HEAD / 2, size=25, widest=_NAME - 8, bold=True)
    width = _width(len(table.columns))
    for at, words in enumerate(table.columns):
        middle = _MARGIN + _NAME + at * width + width / 2
        sheet.write(words, middle, y + _HEAD / 2, size=25, widest=width - 12, bold=True, side="center")
    sheet.line(y + _HEAD)


def _cell(sheet: Sheet, cell: Cell, at: int, columns: int, y: float) -> None:
    width = _width(columns)
    left = _MARGIN + _NAME + at * width
    ink = _INK
    if cell.percent is not None:
        step = shade(cell.percent)
        sheet.box(left + 2, y + 3, width - 4, _ROW - 6, SHADES[step], edge=_LINE)
        ink = _INK if step < len(SHADES) - 2 else "#ffffff"
    sheet.write(cell.words, left + width / 2, y + _ROW / 2, size=30, widest=width - 8, ink=ink, side="center")


def _width(columns: int) -> float:
    return (WIDTH - 2 * _MARGIN - _NAME) / max(1, columns)
