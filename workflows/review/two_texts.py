"""When a text comes for what somebody else has changed meanwhile: what is there, what waits, and what can be done."""

from collections.abc import Sequence

from workflows.notices import TwoTexts
from workflows.review.answers import Answer, Held, Prose, RecordList
from workflows.review.events import Focus, Review

SHOWN = 1_500
"""How many characters of each of two texts are shown; the whole of both is kept."""


def two_texts(review: Review, turn: int, waiting: Sequence[Held]) -> TwoTexts:
    """Both texts side by side, to choose; several messages for one place are one text."""
    focus = Focus.read(waiting[0].instead_of)
    return TwoTexts(
        turn=turn,
        prompt=focus.prompt,
        question=focus.question,
        field=focus.field,
        theirs=present(review, focus)[:SHOWN],
        mine="\n".join(text.text for text in waiting)[:SHOWN],
        both=_can_stand_below(review, focus),
    )


def present(review: Review, focus: Focus) -> str:
    """The text that is there now where a text with this focus would go; empty where there is none."""
    if focus.question:
        adaptation = review.adaptations.get(focus.question)
        return adaptation.wording if adaptation is not None else ""
    answer = review.answers.get(focus.prompt)
    if answer is None:
        return ""
    if focus.record:
        return _detail(answer, focus)
    match answer.value:
        case Prose() as prose:
            return prose.text
        case RecordList(records=records) if records:
            first = review.template.fields_of(focus.prompt)[0].id
            return records[0].fields.get(first, "")
    return ""


def _detail(answer: Answer, focus: Focus) -> str:
    if not isinstance(answer.value, RecordList):
        return ""
    found = next((record for record in answer.value.records if record.id == focus.record), None)
    return found.fields.get(focus.field, "") if found is not None else ""


def _can_stand_below(review: Review, focus: Focus) -> bool:
    """A text of several parts takes one more; a name, a detail or a wording is one."""
    return bool(focus.prompt) and not focus.record and review.template.type_of(focus.prompt).kind == "text"
