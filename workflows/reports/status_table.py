"""What the picture of the region shows, as values: every word and number comes in the reader's language."""

from typing import Final

from workflows.immutable import Immutable
from workflows.notices import Standing

MOST_ROWS: Final = 30
"""How many states one picture shows: more could not be read on a phone."""

LONG_DATES: Final = 5
"""Beside how many sections there is room for dates whose month has two names."""


class Cell(Immutable):
    """One section of one state: what is written there, and how full it is in percent.

    `percent` None draws nothing but the words: nobody has come in, or the section is left out.
    """

    words: str = ""
    percent: int | None = None


class Row(Immutable):
    """One state. Dates come in one or two lines."""

    name: str
    state: Standing
    cells: tuple[Cell, ...]
    activity: tuple[str, ...] = ()
    deadline: tuple[str, ...] = ()


class StatusTable(Immutable):
    """One picture: states by sections, in the order given, with what each sign means below.

    `under` are the lines below the title, `ramp` says what the shades are, `legend` what the signs are.
    """

    title: str
    under: tuple[str, ...]
    state: str
    sections: tuple[str, ...]
    activity: str
    deadline: str
    rows: tuple[Row, ...]
    ramp: str
    legend: tuple[tuple[Standing, str], ...]
    right_to_left: bool = False

    def __post_init__(self) -> None:
        if len(self.rows) > MOST_ROWS:
            raise ValueError(f"{len(self.rows)} states do not fit into a picture of {MOST_ROWS}; make pages")
        if any(len(row.cells) != len(self.sections) for row in self.rows):
            raise ValueError("a state needs one cell for each section")

    def drawn(self) -> "Picture":
        """The picture, drawn once for the same values."""
        from workflows.reports.status_picture import draw  # noqa: PLC0415 - drawing is loaded when it is wanted

        return draw(self)


class Picture(Immutable):
    """A PNG, and every word that is drawn in it in the order of drawing."""

    png: bytes
    words: tuple[str, ...]
