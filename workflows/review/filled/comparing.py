"""What a document says beside what the draft says: the same, something new, or another text; and taking it in."""

import re
from typing import Final, Literal

from workflows.review.answers import Answer, Matrix, Prose, Record, RecordList, Selection
from workflows.review.cards import records_of
from workflows.review.dates import read_date
from workflows.review.events import Recorded, Review
from workflows.review.merging import can_stand_below, merged
from workflows.review.path import is_on_path
from workflows.review.template import Template

Standing = Literal["same", "open", "differs", "asleep", "beyond"]
"""How a passage stands to the draft: it says the same, the prompt is open, there is another answer, the prompt does
not apply with the answers given, or it is none that its reader was asked for."""
_TURNS: Final = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def standing(review: Review, prompt: str, answer: Answer) -> Standing:
    """How the answer that a document gives to a prompt stands to what the draft has."""
    if prompt not in review.template.prompts:
        return "beyond"
    present = review.answers.get(prompt)
    if present is not None and _shown(review.template, prompt, present) == _shown(
        review.template, prompt, answer
    ):
        return "same"
    if not is_on_path(review, prompt):
        return "asleep"
    return "differs" if present is not None else "open"


def has_room_below(review: Review, prompt: str, answer: Answer) -> bool:
    """Whether the document's answer can follow the one that is there: of a text, where no line of it stands in that."""
    present = review.answers.get(prompt)
    if present is None or not can_stand_below(review, prompt):
        return False
    if not isinstance(present.value, Prose) or not isinstance(answer.value, Prose):
        return type(present.value) is type(answer.value)
    return not set(_lines(present.value.text)) & set(_lines(answer.value.text))


def taken(
    review: Review, prompt: str, answer: Answer, way: Literal["instead", "below"], source: str
) -> Recorded:
    """The answer once the document's is taken in; `source` names the document.

    Entries that the document has as they are in the draft keep what a document cannot show, such as line breaks.
    """
    if isinstance(answer.value, RecordList):
        there = records_of(review.answers.get(prompt)).records
        entries = tuple(_carried(review.template, prompt, there, each) for each in answer.value.records)
        answer = answer.model_copy(update={"value": answer.value.model_copy(update={"records": entries})})
    return merged(review, prompt, answer, way, source)


def _carried(template: Template, prompt: str, there: tuple[Record, ...], new: Record) -> Record:
    shown = _fields(template, prompt, new)
    name = template.fields_of(prompt)[0].id
    known = next((each for each in there if _fields(template, prompt, each) == shown), None) or next(
        (each for each in there if _fields(template, prompt, each).get(name) == shown.get(name)), None
    )
    if known is None:
        return new
    before = _fields(template, prompt, known)
    fields = {
        field: known.fields[field] if before.get(field) == shown[field] else text
        for field, text in new.fields.items()
    }
    return new.model_copy(
        update={"fields": fields, "source": known.source if fields == known.fields else new.source}
    )


def _shown(template: Template, prompt: str, answer: Answer) -> object:
    """An answer as far as a document shows it."""
    match answer.value:
        case Prose(text=text):
            return _lines(text)
        case Selection(values=values, other=other):
            return set(values), _lines(other)
        case RecordList(records=records):
            return [_fields(template, prompt, each) for each in records]
        case Matrix(cells=cells):
            return cells
    return answer.state


def _fields(template: Template, prompt: str, record: Record) -> dict[str, str]:
    dates = {field.id for field in template.fields_of(prompt) if field.type == "date"}
    shown = {name: " ".join(_lines(text)) for name, text in record.fields.items()}
    return {
        name: (read_date(text) or text) if name in dates else text for name, text in shown.items() if text
    }


def _lines(text: str) -> list[str]:
    bare = (" ".join(line.split()) for line in _TURNS.sub("", text).splitlines())
    return [line for line in bare if line]
