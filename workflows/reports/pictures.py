"""What pictures for a phone have in common: cells that are numbers and shades, signs, and what is drawn in the end."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from workflows.immutable import Immutable

WIDTH: Final = 1080
"""Pixels: as wide as phones are."""
MOST_ROWS: Final = 30
"""How many countries one picture shows: more could not be read on a phone."""
SHADES: Final = ("#ffffff", "#dfe9f5", "#b3cce8", "#7aa5d4", "#39719f", "#123f6b")
"""From nothing to all: each darker than the one before, in grey as well."""
STEPS: Final = (0, 1, 25, 50, 75, 100)
"""The percentage from which each shade is used."""
WHITE_FROM: Final = 4
"""From this shade on words are white, as they could not be read otherwise."""


class Cell(Immutable):
    """One number of one country: what is written there, and how full it is in percent.

    `percent` None draws nothing but the words: nobody has come in, or the section is left out.
    """

    words: str = ""
    percent: int | None = None


class Picture(Immutable):
    """A PNG, and every word that is drawn in it in the order of reading."""

    png: bytes
    words: tuple[str, ...]


def shade(percent: int) -> int:
    """The shade of a percentage, 0 to 5."""
    return sum(percent >= step for step in STEPS) - 1


def cells(row: Sequence[Cell]) -> list[dict[str, Any]]:
    """Cells as the programs take them: the words and, where there is one, the number of the shade behind them."""
    return [
        {"words": cell.words, "shade": None if cell.percent is None else shade(cell.percent)} for cell in row
    ]


def draw(program: str, values: Mapping[str, Any], *, mirrored: bool) -> Picture:
    """The picture that a program of this folder makes of values; a mirrored one is read from the right."""
    from workflows.reports.typesetting import png  # noqa: PLC0415 - typst is loaded when something is drawn

    looks = {"right": mirrored, "width": WIDTH, "shades": SHADES, "white_from": WHITE_FROM}
    return Picture(png(program, {**values, **looks}), tuple(_words(values)))


def _words(value: object) -> Iterator[str]:
    """Every word among values."""
    if isinstance(value, str):
        yield from [value] if value else []
    elif isinstance(value, Mapping):
        yield from _words([*value.values()])
    elif isinstance(value, Sequence):
        for each in value:
            yield from _words(each)
