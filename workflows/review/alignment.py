"""How far a review reflects the guiding principles of the Compact, as the state itself says; nothing is concluded."""

from collections.abc import Iterable

from workflows.notices.assessment import PrincipleLine
from workflows.notices.saying import SectionLine
from workflows.review.template import Option, Template

PRINCIPLES = "principles"
"""The option set of a template that holds the guiding principles."""
_ENTITIES = ("entity", "entity_list")


def principles(template: Template) -> tuple[Option, ...]:
    """The guiding principles in the order of the Compact; none where the template names none."""
    return template.option_sets.get(PRINCIPLES, ())


def to_develop(lines: Iterable[PrincipleLine]) -> tuple[PrincipleLine, ...]:
    """The principles that the state marked as less than reflected, and those to which it noted something.

    One without mark and note is none of them: silence is not "no".
    """
    return tuple(line for line in lines if line.mark in ("partly", "to_develop") or line.note)


def with_open_points(lines: Iterable[SectionLine]) -> tuple[SectionLine, ...]:
    """The sections in which something that applies is not settled."""
    return tuple(line for line in lines if line.settled < line.total)


def naming_entities(template: Template) -> tuple[str, ...]:
    """The prompts of the first section, on how the review is made, at which a state names who takes part."""
    asked = template.sections[0].questions if template.sections else ()
    return tuple(prompt.id for question in asked for prompt in question.prompts if prompt.type in _ENTITIES)


def on_principles(template: Template) -> str:
    """The prompt that asks which guiding principles the state's steps address; empty where there is none."""
    return next((prompt.id for prompt in template.prompts.values() if prompt.options == PRINCIPLES), "")
