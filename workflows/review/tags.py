"""Which of a state's answers carry an objective of the Global Compact: entries tagged with it, choices, its status."""

from collections.abc import Iterator
from typing import Final

from workflows.immutable import Immutable
from workflows.review.answers import Matrix, RecordList, Selection
from workflows.review.events import Review
from workflows.review.template import Option, Prompt, Template

OBJECTIVES: Final = "objectives"
"""The option set of the template that names the objectives."""


class Carrying(Immutable):
    """One thing at a prompt that carries an objective.

    `name` is that of an entry, `status` the value in the table of objectives; both are empty where the objective itself
    was chosen at the prompt.
    """

    prompt: str
    name: str = ""
    status: str = ""


def objectives_of(template: Template) -> tuple[Option, ...]:
    """The objectives in their order; none where the template has no such list."""
    return template.option_sets.get(OBJECTIVES, ())


def carrying(review: Review, objective: str) -> tuple[Carrying, ...]:
    """All that carries an objective, in the order of the document; what sleeps or was left out is not in it."""
    return tuple(found for prompt in review.path for found in _at(review, prompt, objective))


def counts(review: Review) -> dict[str, int]:
    """How many entries, choices and statuses carry each objective, by its value; 0 where nothing does."""
    return {each.value: len(carrying(review, each.value)) for each in objectives_of(review.template)}


def _at(review: Review, prompt: Prompt, objective: str) -> Iterator[Carrying]:
    answer, template = review.answers.get(prompt.id), review.template
    match answer.value if answer is not None and answer.state == "answered" else None:
        case Selection(values=values) if prompt.options == OBJECTIVES and objective in values:
            yield Carrying(prompt.id)
        case Matrix(cells=cells) if prompt.options == OBJECTIVES and cells.get(objective):
            yield Carrying(prompt.id, status=cells[objective])
        case RecordList(records=records):
            name, tags = template.fields_of(prompt.id)[0].id, _tag_fields(template, prompt.id)
            for record in records:
                if any(objective in record.fields.get(tag, "").split() for tag in tags):
                    yield Carrying(prompt.id, record.fields.get(name, ""))


def _tag_fields(template: Template, prompt: str) -> list[str]:
    """The details of an entry in which objectives are chosen."""
    offered = objectives_of(template)
    return [
        field.id
        for field in template.fields_of(prompt)
        if field.type in ("choice", "choices") and template.field_options(prompt, field) == offered
    ]
