"""Taking a colleague's answer into the official one: in its place, beside what is there, or in part."""

from collections.abc import Mapping
from typing import Literal

from workflows.review.answers import Answer, Matrix, Part, Prose, Record, RecordList, Selection
from workflows.review.cards import records_of
from workflows.review.events import Recorded, Review
from workflows.review.reading import values
from workflows.review.words import answer_words

Way = Literal["instead", "below", "parts"]
PIECES = 24
"""So many paragraphs or entries of one text can be chosen from."""


def pieces(answer: Answer | None) -> tuple[Part | Record, ...]:
    """What can be chosen of an answer: the paragraphs of a text, the entries of a list; nothing of the others."""
    match answer.value if answer is not None else None:
        case Prose(parts=parts):
            found: list[Part | Record] = [
                Part(text=line, source=f"{part.source}#{number}")
                for part in parts
                for number, line in enumerate(filter(str.strip, part.text.splitlines()), start=1)
            ]
        case RecordList(records=records):
            found = list(records)
        case _:
            found = []
    return tuple(found[:PIECES])


def can_stand_below(review: Review, prompt: str) -> bool:
    """Whether an official answer is there that another one can be added to."""
    answer = review.answers.get(prompt)
    if answer is None or answer.value is None:
        return False
    return review.template.type_of(prompt).kind in ("text", "records", "choices", "matrix")


def merged(review: Review, prompt: str, theirs: Answer, way: Way, source: str, picked: int = 0) -> Recorded:
    """The official answer after taking over; `source` names the contribution, `picked` the pieces as bits.

    What was taken over before is not doubled. Entries get record ids that no entry of the official list ever had.
    """
    present = review.answers.get(prompt)
    if way == "parts":
        theirs = _only(theirs, picked)
    if way == "instead" or not can_stand_below(review, prompt):
        present = None
    answer = _joined(review, prompt, present, theirs)
    return Recorded(prompt, answer, answer_words(review.template, prompt, answer), source)


def _only(answer: Answer, picked: int) -> Answer:
    chosen = [piece for number, piece in enumerate(pieces(answer)) if picked >> number & 1]
    match answer.value:
        case Prose():
            parts = tuple(piece for piece in chosen if isinstance(piece, Part))
            return answer.model_copy(update={"value": Prose(parts=parts)})
        case RecordList(last_id=last):
            records = tuple(piece for piece in chosen if isinstance(piece, Record))
            return answer.model_copy(update={"value": RecordList(records=records, last_id=last)})
    return answer


def _joined(review: Review, prompt: str, present: Answer | None, theirs: Answer) -> Answer:
    there = present.value if present is not None else None
    match there, theirs.value:
        case _, RecordList() as taken:
            return theirs.model_copy(update={"value": _numbered_anew(review, prompt, present, taken)})
        case Prose(parts=parts), Prose(parts=new):
            both = (*parts, *(part for part in new if part not in parts))
            return theirs.model_copy(update={"value": Prose(parts=both)})
        case Selection() as own, Selection() as new:
            return theirs.model_copy(update={"value": _chosen_by_both(review, prompt, own, new)})
        case Matrix(cells=cells), Matrix(cells=new_cells):
            return theirs.model_copy(update={"value": Matrix(cells={**new_cells, **cells})})
    return theirs


def _numbered_anew(review: Review, prompt: str, present: Answer | None, taken: RecordList) -> RecordList:
    """Their entries after those that stay; an entry that is there word for word does not come twice."""
    stay = records_of(present).records
    last = last_record_id(review, prompt)
    known = [record.fields for record in stay]
    fresh = [record for record in taken.records if record.fields not in known]
    added = [record.model_copy(update={"id": last + 1 + n, "line": 0}) for n, record in enumerate(fresh)]
    return RecordList(records=(*stay, *added), last_id=last + len(added))


def with_entry(review: Review, prompt: str, details: Mapping[str, str], source: str) -> Recorded:
    """A prompt's list with one entry more, of those details that are asked for there; `source` names its origin."""
    asked = {field.id for field in review.template.fields_of(prompt)}
    fields = {name: value for name, value in details.items() if value and name in asked}
    number = last_record_id(review, prompt) + 1
    there = records_of(review.answers.get(prompt)).records
    records = (*there, Record(id=number, fields=fields, source=source))
    answer = Answer(state="answered", value=RecordList(records=records, last_id=number))
    return Recorded(prompt, answer, answer_words(review.template, prompt, answer), source)


def last_record_id(review: Review, prompt: str) -> int:
    """The highest id that an entry of this list ever had."""
    return max(records_of(review.answers.get(prompt)).last_id, review.last_ids.get(prompt, 0))


def _chosen_by_both(review: Review, prompt: str, own: Selection, new: Selection) -> Selection:
    ticked = {*own.values, *new.values}
    ordered = tuple(value for value in values(review.template, prompt) if value in ticked)
    known = f"\n{new.other}\n" in f"\n{own.other}\n"
    return Selection(
        values=ordered, other=own.other if known else "\n".join(filter(None, [own.other, new.other]))
    )


def restored(review: Review, prompt: str, earlier: Answer | None, source: str) -> Recorded:
    """An earlier version of an answer as its newest; no entry that comes later gets an id that was given before."""
    if earlier is None:
        return Recorded(prompt, None, source=source)
    answer = earlier
    if isinstance(earlier.value, RecordList):
        last = max(earlier.value.last_id, last_record_id(review, prompt))
        answer = earlier.model_copy(update={"value": earlier.value.model_copy(update={"last_id": last})})
    return Recorded(prompt, answer, answer_words(review.template, prompt, answer), source)
