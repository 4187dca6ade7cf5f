"""Which of a state's answers carry an objective of the Global Compact: entries tagged with it, choices, its status."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from workflows.immutable import Immutable
from workflows.review.answers import Matrix, RecordList, Selection
from workflows.review.events import Review
from workflows.review.template import Option, Template

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
    return tuple(found for carried, found in _tagged(review) if objective == carried)


def counts(review: Review) -> dict[str, int]:
    """How many entries, choices and statuses carry each objective, by its value; 0 where nothing does."""
    found = Counter(carried for carried, _ in _tagged(review))
    return {each.value: found[each.value] for each in objectives_of(review.template)}


def _tagged(review: Review) -> Iterator[tuple[str, Carrying]]:
    """Everything on the path that carries an objective, once for each that it carries."""
    for prompt in review.path:
        answer = review.answers.get(prompt.id)
        match answer.value if answer is not None and answer.state == "answered" else None:
            case Selection(values=values) if prompt.options == OBJECTIVES:
                yield from ((value, Carrying(prompt.id)) for value in values)
            case Matrix(cells=cells) if prompt.options == OBJECTIVES:
                yield from (
                    (value, Carrying(prompt.id, status=status)) for value, status in cells.items() if status
                )
            case RecordList(records=records):
                name = review.template.fields_of(prompt.id)[0].id
                tags = _tag_fields(review.template, prompt.id)
                for record in records:
                    carried = {value for tag in tags for value in record.fields.get(tag, "").split()}
                    yield from (
                        (value, Carrying(prompt.id, record.fields.get(name, ""))) for value in carried
                    )


def _tag_fields(template: Template, prompt: str) -> list[str]:
    """The details of an entry in which objectives are chosen."""
    offered = objectives_of(template)
    return [
        field.id
        for field in template.fields_of(prompt)
        if field.type in ("choice", "choices") and template.field_options(prompt, field) == offered
    ]
