"""Beginning an answer with what was submitted to the same question in an earlier cycle, where both are of one kind."""

from typing import Literal

from workflows.review.answers import Answer, Matrix, Prose, Record, RecordList, Selection
from workflows.review.events import Recorded, Review
from workflows.review.merging import merged
from workflows.review.reading import values

Misfit = Literal["other_kind", "other_options", "other_details"]
"""Why an earlier answer is none to the question as it is asked now."""
_KINDS = {
    "text": Prose,
    "yes_no": Selection,
    "choice": Selection,
    "choices": Selection,
    "record": RecordList,
    "records": RecordList,
    "matrix": Matrix,
}


def misfit(earlier: Review, review: Review, prompt: str) -> Misfit | None:
    """Why the earlier review's answer to a prompt cannot be one of this review; None where it can.

    A reason given for having no answer fits every question.
    """
    before, now = earlier.template.type_of(prompt).kind, review.template.type_of(prompt).kind
    value = earlier.answers[prompt].value
    if value is None:
        return None
    if before != now or not isinstance(value, _KINDS.get(now, ())):
        return "other_kind"
    match value:
        case Selection():
            return None if _can_be_chosen(review, prompt, value) else "other_options"
        case Matrix(cells=cells):
            statuses = {option.value for option in review.template.scale_of(prompt)}
            fits = cells.keys() <= set(values(review.template, prompt)) and set(cells.values()) <= statuses
            return None if fits else "other_options"
        case RecordList(records=records):
            fits = all(_has_its_details(review, prompt, record) for record in records)
            return None if fits else "other_details"
    return None


def started(review: Review, prompt: str, answer: Answer, source: str) -> Recorded:
    """The earlier answer as the first of this review; entries get ids that no entry of the list ever had."""
    return merged(review, prompt, answer, "instead", source)


def _can_be_chosen(review: Review, prompt: str, chosen: Selection) -> bool:
    words_fit = not chosen.other or review.template.type_of(prompt).allow_other
    return words_fit and set(chosen.values) <= set(values(review.template, prompt))


def _has_its_details(review: Review, prompt: str, record: Record) -> bool:
    """Whether every detail of an entry is asked for here, and every option chosen in it is offered."""
    preset = review.template.prompts[prompt].preset
    asked = {field.id: field for field in review.template.fields_of(prompt)}
    for name, value in record.fields.items():
        if name in preset:
            if preset[name] != value:
                return False
        elif name not in asked:
            return False
        elif asked[name].type in ("choice", "choices"):
            offered = {option.value for option in review.template.field_options(prompt, asked[name])}
            if not set(value.split()) <= offered:
                return False
    return True
