"""The region as a picture for a phone: states by sections, legible without colour, Arabic from right to left."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, Literal

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from matplotlib.transforms import IdentityTransform

from workflows.immutable import Immutable
from workflows.notices import Standing
from workflows.reports.status_table import Cell, Picture, Row, StatusTable

WIDTH: Final = 1080
"""Pixels: as wide as phones are."""
SIGNS: Final[dict[Standing, str]] = {
    "not_invited": "◌",
    "invited": "✉",
    "joined": "○",
    "begun": "◐",
    "none_open": "●",
    "in_clearance": "⚑",
    "submitted": "✓",
    "returned": "↩",
    "accepted": "★",
    "declined": "×",
}
SHADES: Final = ("#ffffff", "#dfe9f5", "#b3cce8", "#7aa5d4", "#39719f", "#123f6b")
"""From nothing to all: each darker than the one before, in grey as well."""
STEPS: Final = (0, 1, 25, 50, 75, 100)
"""The percentage from which each shade is used."""

_DPI: Final = 100
_MARGIN: Final = 28
_NAME, _SIGN, _DATES = 308, 62, 244
"""The columns' widths, of both dates together the least; the sections share what they leave."""
_CELL: Final = 60
"""So wide a section stays where long dates take more."""
_GAP: Final = 14
"""Between one date and the next."""
_DATE_SIZES: Final = (25, 22)
"""The letters of a date's first line, and of its second."""
_ROW, _HEAD, _LEGEND = 62, 78, 50
_ACROSS: Final = WIDTH - 2 * _MARGIN
_UNDER: Final = 27
_SLACK: Final = 1.03
"""Letters of another size are not quite as wide as that size says."""
_SMALLEST: Final = 21
"""The smallest letters, in pixels: a phone shows the picture at a third of its width."""
_LEAST: Final = 17
"""The letters of what would not fit otherwise; still smaller ones nobody could read."""
_INK, _PALE, _LINE, _BAND = "#111111", "#4a4a4a", "#9a9a9a", "#f3f3f1"
_FONTS: Final = Path(mpl.get_data_path()) / "fonts" / "ttf"
_PLAIN, _BOLD = _FONTS / "DejaVuSans.ttf", _FONTS / "DejaVuSans-Bold.ttf"

Side = Literal["left", "center", "right"]


def has_arabic() -> bool:
    """Whether the letters that pictures are written in have Arabic among them."""
    return bool(FT2Font(str(_PLAIN)).get_char_index(ord("ع")))


@lru_cache(8)
def draw(table: StatusTable) -> Picture:
    """The picture; the same values give the same bytes."""
    sheet = Sheet(_height(table), mirrored=table.right_to_left)
    columns = Columns.of(table)
    y = _heading(sheet, table)
    y = _headings(sheet, table, columns, y)
    for number, row in enumerate(table.rows):
        _row(sheet, row, columns, y, band=number % 2 == 0)
        y += _ROW
    _ramp(sheet, table.ramp, y + 18)
    _legend(sheet, table.legend, y + 18 + _LEGEND)
    return Picture(sheet.png(), tuple(sheet.words))


def shade(percent: int) -> int:
    """The shade of a percentage, 0 to 5."""
    return sum(percent >= step for step in STEPS) - 1


# --- parts -----------------------------------------------------------------------------------------------------------


def _height(table: StatusTable) -> float:
    legend = (len(table.legend) + 1) // 2
    head = _MARGIN + 56 + sum(map(_under_height, table.under)) + _HEAD
    return head + _ROW * len(table.rows) + 18 + _LEGEND * (legend + 1) + 20


def _heading(sheet: "Sheet", table: StatusTable) -> float:
    sheet.write(table.title, _MARGIN, _MARGIN + 24, size=42, widest=_ACROSS, bold=True)
    y = float(_MARGIN + 56)
    for line in table.under:
        high = _under_height(line)
        sheet.write(line, _MARGIN, y + high / 2 - 2, size=_UNDER, widest=_ACROSS, ink=_PALE)
        y += high
    return y


def _under_height(line: str) -> float:
    """How high a line below the title is: one that is too long takes two."""
    return 40.0 * len(_fitted(line, _UNDER, _ACROSS, _PLAIN)[0].split("\n"))


def _headings(sheet: "Sheet", table: StatusTable, columns: "Columns", y: float) -> float:
    middle = y + _HEAD / 2
    sheet.write(table.state, _MARGIN, middle, size=25, widest=_NAME + _SIGN - 8, bold=True)
    width = columns.section
    for left, heading in zip(columns.lefts(), table.sections, strict=True):
        sheet.write(heading, left + width / 2, middle, size=28, widest=width - 10, bold=True, side="center")
    for heading, x in zip((table.activity, table.deadline), columns.date_middles(), strict=True):
        sheet.write(heading, x, middle, size=23, widest=columns.date, bold=True, side="center")
    sheet.line(y + _HEAD)
    return y + _HEAD


def _row(sheet: "Sheet", row: Row, columns: "Columns", y: float, *, band: bool) -> None:
    middle = y + _ROW / 2
    if band:
        sheet.box(0, y, WIDTH, _ROW, _BAND)
    sheet.write(row.name, _MARGIN, middle, size=30, widest=_NAME - 10)
    sheet.write(SIGNS[row.state], _MARGIN + _NAME + _SIGN / 2, middle, size=38, widest=_SIGN, side="center")
    for left, cell in zip(columns.lefts(), row.cells, strict=True):
        _cell(sheet, cell, left, y, columns.section)
    for dates, x in zip((row.activity, row.deadline), columns.date_middles(), strict=True):
        for words, size, dy in zip(dates, _DATE_SIZES, _spread(len(dates)), strict=False):
            sheet.write(words, x, middle + dy, size=size, widest=columns.date, side="center")


def _cell(sheet: "Sheet", cell: Cell, left: float, y: float, width: float) -> None:
    ink = _INK
    if cell.percent is not None:
        at = shade(cell.percent)
        sheet.box(left + 2, y + 3, width - 4, _ROW - 6, SHADES[at], edge=_LINE)
        ink = _INK if at < len(SHADES) - 2 else "#ffffff"
    sheet.write(cell.words, left + width / 2, y + _ROW / 2, size=30, widest=width - 8, ink=ink, side="center")


def _ramp(sheet: "Sheet", words: str, y: float) -> None:
    """The shades beside each other, and what they are."""
    for number, colour in enumerate(SHADES):
        sheet.box(_MARGIN + number * 46, y + 6, 42, _LEGEND - 14, colour, edge=_LINE)
    left = _MARGIN + len(SHADES) * 46 + 14
    sheet.write(words, left, y + _LEGEND / 2, size=24, widest=WIDTH - left - _MARGIN, ink=_PALE)


def _legend(sheet: "Sheet", legend: Sequence[tuple[Standing, str]], y: float) -> None:
    """The signs that occur, in two columns read from top to bottom."""
    half = (len(legend) + 1) // 2
    width = WIDTH / 2 - _MARGIN
    for number, (state, words) in enumerate(legend):
        left = _MARGIN + (number // half) * width
        middle = y + (number % half) * _LEGEND + _LEGEND / 2
        sheet.write(SIGNS[state], left + 20, middle, size=32, widest=40, side="center")
        sheet.write(words, left + 52, middle, size=25, widest=width - 60)


def _spread(lines: int) -> tuple[float, ...]:
    return (0.0,) * lines if lines < 2 else (-13.0, 14.0)  # noqa: PLR2004 - one line stands in the middle


class Columns(Immutable):
    """How wide what follows a state's name is, in pixels: `sections` of them, then both `dates` together."""

    sections: int
    dates: float

    @classmethod
    def of(cls, table: StatusTable) -> "Columns":
        """The columns of a table: its dates in letters of full size, as far as the sections can spare it."""
        sections = len(table.sections)
        lines = (
            _width(words, size, _PLAIN) * _SLACK
            for row in table.rows
            for date in (row.activity, row.deadline)
            for words, size in zip(date, _DATE_SIZES, strict=False)
        )
        wanted = 2 * (max(lines, default=0.0) + _GAP)
        spare = _ACROSS - _NAME - _SIGN - sections * _CELL
        return cls(sections, max(_DATES, min(wanted, spare)))

    @property
    def section(self) -> float:
        """The width of one section."""
        return (_ACROSS - _NAME - _SIGN - self.dates) / max(1, self.sections)

    @property
    def date(self) -> float:
        """How wide a date may be."""
        return self.dates / 2 - _GAP

    def lefts(self) -> Iterator[float]:
        """Where each section begins."""
        return (_MARGIN + _NAME + _SIGN + number * self.section for number in range(self.sections))

    def date_middles(self) -> tuple[float, float]:
        """The middle of each date."""
        right = WIDTH - _MARGIN
        return right - 0.75 * self.dates, right - 0.25 * self.dates


# --- the sheet -------------------------------------------------------------------------------------------------------


class Sheet:
    """Draws in pixels from the top; a mirrored sheet is read from the right, letters and all."""

    def __init__(self, height: float, *, mirrored: bool) -> None:
        self._height = round(height)
        self._mirrored = mirrored
        self._figure = Figure(figsize=(WIDTH / _DPI, self._height / _DPI), dpi=_DPI, facecolor="#ffffff")
        FigureCanvasAgg(self._figure)
        self.words: list[str] = []

    def box(
        self, left: float, top: float, width: float, height: float, fill: str, edge: str = "none"
    ) -> None:
        """A filled rectangle."""
        x = WIDTH - left - width if self._mirrored else left
        place = (x, self._height - top - height)
        self._add(Rectangle(place, width, height, facecolor=fill, edgecolor=edge, linewidth=0.8))

    def line(self, y: float) -> None:
        """A line across."""
        self.box(_MARGIN, y - 1, WIDTH - 2 * _MARGIN, 2, _INK)

    def write(  # noqa: PLR0913 - a text has a place, a size and looks, named
        self,
        words: str,
        x: float,
        middle: float,
        *,
        size: float,
        widest: float,
        ink: str = _INK,
        side: Side = "left",
        bold: bool = False,
    ) -> None:
        """Words from `x` on, or around it, made smaller or broken in two where they are too wide."""
        if not words:
            return
        self.words.append(words)
        shown, font = _fitted(words, size, widest, _BOLD if bold else _PLAIN)
        if self._mirrored:
            x = WIDTH - x
            side = "right" if side == "left" else side
        text = Text(x, self._height - middle, shown, color=ink, fontproperties=font, linespacing=1.05)
        text.set_horizontalalignment(side)
        text.set_multialignment(side)
        text.set_verticalalignment("center" if "\n" in shown else "center_baseline")
        self._add(text)

    def png(self) -> bytes:
        """The picture without the date and the program of its making."""
        file = BytesIO()
        look: dict[str, Any] = {"metadata": {"Software": None}, "pil_kwargs": {"compress_level": 1}}
        self._figure.savefig(file, format="png", dpi=_DPI, **look)
        return file.getvalue()

    def _add(self, artist: Artist) -> None:
        artist.set_transform(IdentityTransform())
        self._figure.add_artist(artist)


def _fitted(words: str, size: float, widest: float, file: Path) -> tuple[str, FontProperties]:
    """The words as they fit: smaller down to the smallest letters, then in two lines, then cut short."""
    wide = _width(words, size, file) * _SLACK
    if wide <= widest:
        return words, _font(file, size)
    if size * widest / wide >= max(_SMALLEST, 0.85 * size):
        return words, _font(file, size * widest / wide)
    lines = _broken(words)
    two = min(size, 26.0) if len(lines) > 1 else size
    wide = max(_width(line, two, file) for line in lines) * _SLACK
    small = max(_LEAST, min(two, two * widest / wide))
    return "\n".join(_cut(line, small, widest, file) for line in lines), _font(file, small)


def _cut(line: str, size: float, widest: float, file: Path) -> str:
    """The line as far as it fits."""
    kept = line
    while kept and _width(kept, size, file) * _SLACK > widest:
        shorter = kept.rstrip("…")
        shorter = shorter[: min(len(shorter) - 1, int(0.9 * len(shorter)))].rstrip()
        kept = f"{shorter}…" if shorter else ""
    return kept


def _broken(words: str) -> tuple[str, ...]:
    """The words in two lines as equal as their spaces allow."""
    parts = words.split(" ")
    if len(parts) == 1:
        return (words,)
    cuts = ((" ".join(parts[:at]), " ".join(parts[at:])) for at, _ in enumerate(pairwise(parts), start=1))
    return min(cuts, key=lambda cut: max(len(cut[0]), len(cut[1])))


@lru_cache(256)
def _font(file: Path, pixels: float) -> FontProperties:
    return FontProperties(fname=str(file), size=round(pixels * 72 / _DPI, 2))


@lru_cache(2048)
def _width(words: str, size: float, file: Path) -> float:
    """How wide words are, in pixels."""
    pen: Any = RendererAgg(1, 1, _DPI)  # type: ignore[no-untyped-call]  # the library tells no types here
    width: float = pen.get_text_width_height_descent(words, _font(file, size), ismath=False)[0]
    return width
