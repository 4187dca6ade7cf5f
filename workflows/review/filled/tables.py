"""Tables of a document: their rows, what their columns are called, and what of them a list of entries takes."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from workflows.immutable import Immutable
from workflows.review.filled.labelling import Labels, named_by
from workflows.review.filled.placing import Line
from workflows.spelling import plain, western_digits

_BETWEEN: Final = " – "
_HEADING: Final = 6
"""A heading of a column that goes on after the name of a detail has so many words at most."""

Row = dict[int, list[str]]
"""The paragraphs of each cell that has any, by column."""


class Grid(Immutable):
    """A part of a table with several cells, all under one prompt; `lines` are the same as they stand."""

    lines: tuple[Line, ...]
    rows: tuple[Row, ...]

    @property
    def columns(self) -> list[int]:
        """The columns in which anything stands, from the first."""
        return sorted({column for row in self.rows for column in row})


def pieces(lines: Iterable[Line]) -> Iterator[Grid | tuple[Line, ...]]:
    """The lines of a passage in pieces: parts of tables, and lines that stand for themselves.

    A single cell is no table: it only says where an answer is to stand.
    """
    for table, run in groupby(lines, key=lambda line: line.cell.table if line.cell else 0):
        here = tuple(run)
        rows = _rows(here) if table else ()
        yield Grid(here, rows) if len(rows) > 1 or any(len(row) > 1 for row in rows) else here


def in_rows(lines: Iterable[Line]) -> Iterator[Line]:
    """The lines of a passage, each row of a table as one."""
    for piece in pieces(lines):
        if isinstance(piece, Grid):
            yield from (Line(in_one_line(row)) for row in piece.rows)
        else:
            yield from piece


def in_one_line(row: Row) -> str:
    """A row as a line of text."""
    return _BETWEEN.join(" ".join(row[column]) for column in sorted(row))


def _rows(lines: Sequence[Line]) -> tuple[Row, ...]:
    found: dict[int, Row] = {}
    for line in lines:
        if line.cell is not None and line.text.strip():
            row = found.setdefault(line.cell.row, {})
            row.setdefault(line.cell.column, []).append(line.text.strip())
    return tuple(found.values())


# --- what the columns are --------------------------------------------------------------------------------------------


def without_numbers(grid: Grid, *, has_head: bool) -> Grid:
    """The same without a column that only counts its rows from 1."""
    rows = grid.rows[1:] if has_head else grid.rows
    first = grid.columns[0]
    told = [western_digits(" ".join(row.get(first, ()))).strip(".)(- ") for row in rows]
    if len(grid.columns) == 1 or told != [str(number) for number in range(1, len(rows) + 1)]:
        return grid
    left = ({column: said for column, said in row.items() if column != first} for row in grid.rows)
    return Grid(grid.lines, tuple(row for row in left if row))


def headed(row: Row, labels: Labels) -> dict[int, str]:
    """Which detail each column holds by its heading; empty where a row does not head a table.

    Two that are called as a detail is called, or begin so ("Date of issue"); one of two is enough.
    """
    words = {column: " ".join(said) for column, said in row.items()}
    exact = [(column, name) for column, each in words.items() if (name := named_by(labels, each))]
    begun = [(column, name) for column, each in words.items() if (name := _begins(each, labels))]
    found: dict[int, str] = {}
    for column, name in [*exact, *begun]:
        if column not in found and name not in found.values():
            found[column] = name
    is_head = len(found) > 1 or (exact and 2 * len(exact) >= sum(map(bool, map(plain, words.values()))))
    return found if is_head else {}


def is_upright(grid: Grid, labels: Labels) -> bool:
    """Whether a table names a detail in the first of its two columns and says it in the second."""
    first, *others = grid.columns
    return len(others) == 1 and all(named_by(labels, " ".join(row.get(first, ()))) for row in grid.rows)


def _begins(heading: str, labels: Labels) -> str:
    words = plain(heading)
    if len(words.split()) > _HEADING:
        return ""
    fits = [
        (len(each), name)
        for name, known in labels.items()
        for each in known
        if f"{words} ".startswith(f"{each} ")
    ]
    return max(fits)[1] if fits else ""
