"""What one person put into an answer, without a word of those who wrote it with them."""

from collections.abc import Collection

from workflows.review.answers import Answer, Matrix, Prose, Record, RecordList, Selection
from workflows.review.parts import writer_of


def own_words(
    before: Answer | None, after: Answer | None, source: str, person: int, pressed: Collection[str]
) -> Answer | None:
    """What is a person's own in a version that they made: of a text their messages, of all else what they changed.

    `source` names the message that made the version; it is empty where a key did, and is no message of theirs where
    they took over or brought back what others had written: then only what was pressed is their own. `pressed` are the
    details of records that are chosen by keys.
    """
    if after is None or after.value is None:
        return after
    typed = _is_of(source, person)
    there = before.value if before is not None else None
    match after.value:
        case Prose(parts=parts):
            own = tuple(part for part in parts if _is_of(part.source, person))
            return after.model_copy(update={"value": Prose(parts=own)})
        case Selection() as chosen:
            known_values = there.values if isinstance(there, Selection) else ()
            values = tuple(value for value in chosen.values if value not in known_values)
            known_lines = there.other.splitlines() if isinstance(there, Selection) else []
            lines = [line for line in chosen.other.splitlines() if typed and line not in known_lines]
            return after.model_copy(update={"value": Selection(values=values, other="\n".join(lines))})
        case RecordList(records=records, last_id=last):
            earlier = {record.id: record for record in there.records} if isinstance(there, RecordList) else {}
            own_records = [_own(earlier.get(record.id), record, pressed, typed=typed) for record in records]
            kept = tuple(record for record in own_records if record.fields)
            return after.model_copy(update={"value": RecordList(records=kept, last_id=last)})
        case Matrix(cells=cells):
            known_cells = there.cells if isinstance(there, Matrix) else {}
            new = {row: status for row, status in cells.items() if known_cells.get(row) != status}
            return after.model_copy(update={"value": Matrix(cells=new)})


def _own(before: Record | None, after: Record, pressed: Collection[str], *, typed: bool) -> Record:
    """The details that are new; of the one that a message was put behind, that message."""
    known = before.fields if before is not None else {}
    went_on = before is not None and after.sources > before.sources
    fields = {
        name: value.removeprefix(f"{known.get(name, '')} ") if went_on else value
        for name, value in after.fields.items()
        if value != known.get(name) and (typed or (before is not None and name in pressed))
    }
    return after.model_copy(update={"fields": fields})


def _is_of(source: str, person: int) -> bool:
    """Whether a message, or a piece of one, is this person's."""
    return writer_of(source) == str(person)
