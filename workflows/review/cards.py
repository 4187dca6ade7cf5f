"""What a person is shown of the review: the cards of the talk as values."""

from typing import Literal

from workflows.notices import (
    Answered,
    Ask,
    AskField,
    Given,
    Hub,
    Line,
    ProblemCode,
    RecordCard,
    Saved,
    SectionView,
)
from workflows.review.answers import Answer, Matrix, Prose, Record, RecordList, Selection, chosen
from workflows.review.dates import cautions
from workflows.review.events import Review
from workflows.review.path import next_open
from workflows.review.progress import question_lines, section_lines
from workflows.review.words import budget, section_words

EXCERPT = 600
"""How many characters of a text already given are shown on its card."""
NAME = 120
"""How many characters of a record's name stand in its list; some records are named by a whole text."""
NEARLY = 0.9
"""The part of a section's limit from which the person is warned."""
HEAVIEST = 3
"""How many of the answers that weigh most are named when a section is over its limit."""


def ask(  # noqa: PLR0913 the card's changing parts, all of them named
    review: Review,
    turn: int,
    prompt: str,
    *,
    menu: Literal["main", "other", "adapt", "clear"] = "main",
    page: int = 0,
    row: str = "",
    replacing: bool = False,
    problem: ProblemCode | None = None,
) -> Ask:
    """A prompt with what is already there."""
    answer = review.answers.get(prompt)
    value = answer.value if answer else None
    question = review.template.question_of[prompt].id
    adaptation = review.adaptations.get(question)
    return Ask(
        turn=turn,
        prompt=prompt,
        position=review.template.number_of[question],
        total=len(review.template.questions),
        state=answer.state if answer else "open",
        chosen=value.values if isinstance(value, Selection) else (),
        other=value.other if isinstance(value, Selection) else "",
        excerpt=value.text[:EXCERPT] if isinstance(value, Prose) else "",
        records=record_lines(review, prompt, value) if isinstance(value, RecordList) else (),
        cells=value.cells if isinstance(value, Matrix) else {},
        rows_first=rows_first(review, prompt),
        budget=budget(review, prompt) if counts_words(review, prompt) else None,
        wording=adaptation.wording if adaptation else "",
        menu=menu,
        page=page,
        row=row,
        replacing=replacing,
        problem=problem,
        is_beside=review.is_beside,
    )


def counts_words(review: Review, prompt: str) -> bool:
    """Whether what is typed at a prompt counts against the section's limit."""
    return review.template.type_of(prompt).kind in ("text", "record", "records")


def rows_first(review: Review, prompt: str) -> tuple[str, ...]:
    """The rows of a matrix that the state chose to focus on, to be offered before the others."""
    source = review.template.prompts[prompt].ordered_by
    return chosen(review.answers, source) if source else ()


def record_lines(review: Review, prompt: str, records: RecordList) -> tuple[Line, ...]:
    """The records of a list by their names, with the first other detail that is known."""
    fields = review.template.fields_of(prompt)
    typed = [field.id for field in fields[1:] if field.type in ("text", "date")]
    return tuple(
        Line(
            id=str(record.id),
            text=record.fields.get(fields[0].id, "")[:NAME],
            detail=next((record.fields[f] for f in typed if record.fields.get(f)), "")[:60],
        )
        for record in records.records
    )


def given(answer: Answer | None) -> Given:
    """An answer by its values, to be shown beside another one."""
    value = answer.value if answer else None
    return Given(
        state=answer.state if answer else "open",
        text=value.text if isinstance(value, Prose) else "",
        chosen=value.values if isinstance(value, Selection) else (),
        other=value.other if isinstance(value, Selection) else "",
        records=tuple(record.fields for record in value.records) if isinstance(value, RecordList) else (),
        cells=value.cells if isinstance(value, Matrix) else {},
    )


def answered(review: Review, prompt: str) -> Answered:
    """The closing form of a prompt's card."""
    answer = review.answers.get(prompt)
    value = answer.value if answer else None
    return Answered(
        prompt=prompt,
        state=answer.state if answer else "open",
        chosen=value.values if isinstance(value, Selection) else (),
        other=value.other if isinstance(value, Selection) else "",
        records=len(value.records) if isinstance(value, RecordList) else 0,
        rows=len(value.cells) if isinstance(value, Matrix) else 0,
        words=budget(review, prompt).here if isinstance(value, Prose) else 0,
    )


def superseded(review: Review, prompt: str) -> Answered:
    """The form of a list's card when the list goes on in a newer one."""
    return answered(review, prompt).model_copy(update={"superseded": True})


def saved(review: Review, turn: int, prompt: str, *, edited: bool = False) -> Saved:
    """The receipt of a text, with the words left in its section."""
    answer = review.answers[prompt]
    count = budget(review, prompt)
    return Saved(
        turn=turn,
        prompt=prompt,
        parts=len(answer.value.parts) if isinstance(answer.value, Prose) else 1,
        budget=count,
        heaviest=_heaviest(review, count.section) if count.left < 0 else (),
        warned=count.used >= NEARLY * count.limit,
        edited=edited,
    )


def _heaviest(review: Review, section: str) -> tuple[tuple[str, int], ...]:
    counted = ((prompt, words) for prompt, words in section_words(review, section).items() if words)
    weights = sorted(counted, key=lambda item: -item[1])
    return tuple(weights[:HEAVIEST])


def record_card(
    review: Review,
    turn: int,
    prompt: str,
    record: int,
    *,
    confirm: bool = False,
    problem: ProblemCode | None = None,
) -> RecordCard | None:
    """One record of a list, or None when it is there no more."""
    records = records_of(review.answers.get(prompt))
    for number, found in enumerate(records.records, start=1):
        if found.id == record:
            return RecordCard(
                turn=turn,
                prompt=prompt,
                record=record,
                number=number,
                fields=found.fields,
                cautions=cautions(review.template, prompt, found),
                confirm_removal=confirm,
                problem=problem,
            )
    return None


def ask_field(
    turn: int, prompt: str, record: Record, field: str, problem: ProblemCode | None = None
) -> AskField:
    """One detail of a record, with what is there."""
    value = record.fields.get(field, "")
    return AskField(turn=turn, prompt=prompt, record=record.id, field=field, value=value, problem=problem)


def records_of(answer: Answer | None) -> RecordList:
    """The records of an answer; none where there is no list."""
    if answer is not None and isinstance(answer.value, RecordList):
        return answer.value
    return RecordList()


def hub(review: Review) -> Hub:
    """All sections with their state, words and the first open prompt."""
    return Hub(country=review.country, sections=section_lines(review), next=next_open(review, None) or "")


def section_view(review: Review, section: str) -> SectionView:
    """The questions of one section with their state."""
    line = next(line for line in section_lines(review) if line.id == section)
    return SectionView(section=section, line=line, questions=question_lines(review, section))
