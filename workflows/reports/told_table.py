"""What the picture of who was told shows, as values: every word and number comes in the reader's language."""

from functools import lru_cache

from workflows.immutable import Immutable
from workflows.reports.pictures import MOST_ROWS, Cell, Picture, cells, draw


class ToldRow(Immutable):
    """One country: a cell for each column, its share of all who were meant in percent."""

    name: str
    cells: tuple[Cell, ...]


class ToldTable(Immutable):
    """One picture: countries by what became of a message to their people. `under` are the lines below the title."""

    title: str
    under: tuple[str, ...]
    country: str
    columns: tuple[str, ...]
    rows: tuple[ToldRow, ...]
    right_to_left: bool = False

    def __post_init__(self) -> None:
        if len(self.rows) > MOST_ROWS:
            raise ValueError(
                f"{len(self.rows)} countries do not fit into a picture of {MOST_ROWS}; leave some out"
            )
        if any(len(row.cells) != len(self.columns) for row in self.rows):
            raise ValueError("a country needs one cell for each column")

    def drawn(self) -> Picture:
        """The picture, drawn once for the same values."""
        return _drawn(self)


@lru_cache(8)
def _drawn(table: ToldTable) -> Picture:
    values = {
        "title": table.title,
        "under": table.under,
        "country": table.country,
        "columns": table.columns,
        "rows": [{"name": row.name, "cells": cells(row.cells)} for row in table.rows],
    }
    return draw("told_picture.typ", values, mirrored=table.right_to_left)
