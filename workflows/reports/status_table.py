"""What the picture of the region shows, as values: every word and number comes in the reader's language."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from workflows.immutable import Immutable
from workflows.notices import Standing
from workflows.reports.pictures import MOST_ROWS, Cell, Picture, cells, draw

LONG_DATES: Final = 5
"""Beside how many sections there is room for dates whose month has two names."""


SIGNS: Final[Mapping[Standing, str]] = {
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

    def drawn(self) -> Picture:
        """The picture, drawn once for the same values."""
        return _drawn(self)


@lru_cache(8)
def _drawn(table: StatusTable) -> Picture:
    values = {
        "title": table.title,
        "under": table.under,
        "state": table.state,
        "sections": table.sections,
        "activity": table.activity,
        "deadline": table.deadline,
        "rows": [
            {
                "name": row.name,
                "sign": SIGNS[row.state],
                "cells": cells(row.cells),
                "activity": row.activity,
                "deadline": row.deadline,
            }
            for row in table.rows
        ],
        "ramp": table.ramp,
        "legend": [(SIGNS[state], words) for state, words in table.legend],
    }
    return draw("status_picture.typ", values, mirrored=table.right_to_left)
