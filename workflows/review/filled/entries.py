"""The lines of a passage as entries with their details, also where they stand in a table."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from workflows.immutable import Immutable
from workflows.review.answers import Record, RecordList
from workflows.review.dates import read_date
from workflows.review.filled.labelling import Labels, labelled, listed, named_by, of_fields
from workflows.review.filled.placing import Line
from workflows.review.filled.tables import Grid, Row, headed, in_one_line, is_upright, pieces, without_numbers
from workflows.review.parts import BULLET
from workflows.review.template import RecordField, Template
from workflows.spelling import western_digits

_TYPED: Final = frozenset({"date", "choice", "choices"})
"""Details that only some words can be."""


class _Said(Immutable):
    """Something said of an entry: the detail that it is by its name, and whether a new entry begins with it.

    `line` is how it stands in the document. `is_apart`: there is no detail for it.
    """

    text: str
    line: str
    field: str = ""
    begins: bool = False
    is_apart: bool = False


def read_entries(
    template: Template, lines: Sequence[Line], prompt: str, source: str
) -> tuple[RecordList | None, list[str]]:
    """The entries that a prompt takes, and the lines that none of them has a place for.

    A row of a table is an entry, and so is a line; a line that begins with the name of a detail is that of the entry
    before it. `source` names whose words they are.
    """
    return _Entries(template, prompt).read(lines, source)


class _Entries:
    """Reads the entries of one prompt."""

    def __init__(self, template: Template, prompt: str) -> None:
        self._template = template
        self._prompt = prompt
        self._fields = {field.id: field for field in template.fields_of(prompt)}
        self._first = next(iter(self._fields))
        self._labels: Labels = of_fields(self._fields.values())
        kind = template.type_of(prompt)
        self._is_single = kind.kind == "record"
        self._body = kind.body_field if kind.splits == "message" and kind.body_field in self._fields else None

    def read(self, lines: Sequence[Line], source: str) -> tuple[RecordList | None, list[str]]:
        """All entries, and what has no place in them."""
        entries: list[dict[str, str]] = []
        unread: list[str] = []
        for said in self._said(lines):
            if said.is_apart:
                unread.append(said.line)
            elif said.field not in ("", self._first) and entries:
                if not self._add(entries[-1], self._fields[said.field], said.text):
                    unread.append(said.line)
            elif entries and (self._is_single or not said.begins):
                at = self._body or self._first
                entries[-1][at] = f"{entries[-1][at]}\n{said.text}" if entries[-1].get(at) else said.text
            elif said.text:
                text = said.text if said.field in ("", self._first) else said.line
                entries.append({**self._template.prompts[self._prompt].preset, self._first: text})
        records = tuple(
            Record(id=n, fields=each, source=source, line=n - 1) for n, each in enumerate(entries, start=1)
        )
        return (RecordList(records=records, last_id=len(records)) if records else None), unread

    def _add(self, entry: dict[str, str], field: RecordField, text: str) -> bool:
        """Put a detail into an entry; False where it is none, or another day or option stands there already."""
        detail, before = self._detail(field, text), entry.get(field.id, "")
        if detail is None or (before not in ("", detail) and field.type in _TYPED):
            return False
        entry[field.id] = detail if before in ("", detail) else f"{before}\n{detail}"
        return True

    def _said(self, lines: Sequence[Line]) -> Iterator[_Said]:
        after_table = False
        for piece in pieces(lines):
            if isinstance(piece, Grid):
                yield from self._of_table(piece)
            else:
                yield from self._of_lines(piece, begins=after_table)
            after_table = isinstance(piece, Grid)

    def _of_lines(self, lines: Sequence[Line], *, begins: bool) -> Iterator[_Said]:
        counts = _counts(lines)
        texts = [_without_sign(line, counts=counts) for line in lines]
        are_points = [
            line.is_point or text != line.text.strip() for line, text in zip(lines, texts, strict=True)
        ]
        in_points = any(are_points)
        for number, (line, text) in enumerate(zip(lines, texts, strict=True)):
            name, value = labelled(text, self._labels)
            is_new = are_points[number] or not (in_points or self._body) or (begins and number == 0)
            yield _Said(value if name else text, line.text.strip(), name, is_new)

    # --- tables

    def _of_table(self, grid: Grid) -> Iterator[_Said]:
        if is_upright(grid, self._labels):
            yield from self._of_upright(grid)
            return
        heads = headed(grid.rows[0], self._labels)
        grid = without_numbers(grid, has_head=bool(heads))
        names = grid.rows[0] if heads else {}
        heads = self._with_first(heads, grid) if heads else self._ordered(grid)
        filled = {column for row in grid.rows[1:] for column in row}
        for column in sorted(set(names) - filled - set(heads)):
            yield _Said("", " ".join(names[column]), is_apart=True)  # a heading above nothing
        for row in grid.rows[1:] if names else grid.rows:
            yield from self._of_row(row, heads, names) if heads else self._of_cells(row)

    def _with_first(self, heads: dict[int, str], grid: Grid) -> dict[int, str]:
        """The same with a column for what entries are called: the first that is headed in other words."""
        others = [column for column in grid.columns if column not in heads]
        if self._first in heads.values() or not others:
            return heads
        return {**heads, others[0]: self._first}

    def _of_row(self, row: Row, heads: dict[int, str], names: Row) -> Iterator[_Said]:
        """An entry of which the columns tell the details; a column that is none of them is told by its heading."""
        told = {
            column: ": ".join(filter(None, [" ".join(names.get(column, ())), "\n".join(said)]))
            for column, said in row.items()
        }
        called = [column for column, name in heads.items() if name == self._first and column in row]
        title = called[0] if called else min(row)
        first, *more = row[title] if called else [told[title]]
        yield _Said(first, first, self._first, begins=True)
        for column in sorted(set(row) - {title}, key=lambda column: (column not in heads, column)):
            name = heads.get(column, "")
            text = "\n".join(row[column]) if name else told[column]
            is_apart = not name and self._body is None
            yield _Said(text, f"{first}; {told[column]}", name, is_apart=is_apart)
        for text in more:
            yield _Said(text, text)

    def _of_cells(self, row: Row) -> Iterator[_Said]:
        """An entry of all cells together; a cell with several lines may tell details in them."""
        if len(row) == 1:
            (cell,) = row.values()
            for number, text in enumerate(cell):
                name, value = labelled(text, self._labels)
                yield _Said(value if name else text, text, name, begins=number == 0)
        else:
            yield _Said(in_one_line(row), in_one_line(row), begins=True)

    def _of_upright(self, grid: Grid) -> Iterator[_Said]:
        """An entry whose details stand one below the other, each beside its name."""
        head, said = grid.columns
        told = [(named_by(self._labels, " ".join(row[head])), row) for row in grid.rows]
        if [name for name, _ in told].count(self._first) == 1:
            told.sort(key=lambda each: each[0] != self._first)
        for name, row in told:
            text = "\n".join(row.get(said, ()))
            if text:
                yield _Said(text, f"{' '.join(row[head])}: {text}", name, begins=name == self._first)

    def _ordered(self, grid: Grid) -> dict[int, str]:
        """Which detail each column holds where their order tells: they fit the details one after the other.

        Only a day or an option can fit or not, so that there must be one of these.
        """
        heads = dict(zip(grid.columns, self._fields, strict=False))
        typed = {column: name for column, name in heads.items() if self._fields[name].type in _TYPED}
        cells = [
            (self._fields[name], row[column])
            for row in grid.rows
            for column, name in typed.items()
            if column in row
        ]
        fits = cells and len(grid.columns) <= len(self._fields) and all(self._fits(*cell) for cell in cells)
        return heads if fits else {}

    def _fits(self, field: RecordField, said: Sequence[str]) -> bool:
        text = " ".join(said)
        return bool(read_date(text)) if field.type == "date" else self._detail(field, text) is not None

    def _detail(self, field: RecordField, value: str) -> str | None:
        """A detail as it is kept: a plain date as ISO 8601, options by their values; None where no option is named."""
        match field.type:
            case "choice" | "choices":
                options = self._template.field_options(self._prompt, field)
                found = listed(options, value)
                return None if found is None else " ".join(o.value for o in options if o.value in found)
            case "date":
                return read_date(value) or value
        return value


# --- signs and numbers before lines ----------------------------------------------------------------------------------


def _number(line: Line) -> int | None:
    """The number that stands before a line as a list's own."""
    found = None if line.is_point else BULLET.match(line.text)
    digits = "".join(each for each in western_digits(found[0]) if each.isdecimal()) if found else ""
    return int(digits) if digits else None


def _counts(lines: Sequence[Line]) -> bool:
    """Whether the numbers before lines count from 1; otherwise they belong to what they stand before."""
    numbers = [number for line in lines if (number := _number(line)) is not None]
    return numbers[:1] == [1] and all(after in (before + 1, 1) for before, after in pairwise(numbers))


def _without_sign(line: Line, *, counts: bool) -> str:
    """A line without the sign or number of its list: of a list that Word numbers they are not in the text."""
    text = line.text.strip()
    if line.is_point or (_number(line) is not None and not counts):
        return text
    return BULLET.sub("", text).strip()
