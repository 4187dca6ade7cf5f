"""What of the template a colleague was asked for: all of it, one section, or one question."""

from collections import OrderedDict
from typing import Final, TypeVar

from workflows.review.template import Condition, Prompt, Question, Section, Template

REMEMBERED: Final = 64
"""How many parts of templates are kept in hand; there are some thirty of each template."""
_Asked = TypeVar("_Asked", Question, Prompt)


class Scopes:
    """Parts of templates by what somebody was asked for, made once each.

    A template is known by being the same object: the store gives out one for each that is pinned.
    """

    def __init__(self) -> None:
        self._known: OrderedDict[tuple[int, str], tuple[Template, Template]] = OrderedDict()

    def of(self, template: Template, scope: str) -> Template:
        """The part of a template that a scope names; the whole for none."""
        if not scope:
            return template
        found = self._known.get((id(template), scope))
        if found is None:
            found = self._known[id(template), scope] = (template, within(template, scope))
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return found[1]


def is_scope(template: Template, scope: str) -> bool:
    """Whether there is such a thing to be asked for."""
    return not scope or scope in template.questions or any(each.id == scope for each in template.sections)


def includes(template: Template, scope: str, question: str) -> bool:
    """Whether a question belongs to what somebody was asked for."""
    if question not in template.questions:
        return False
    return scope in ("", question, template.section_of[question].id)


def within(template: Template, scope: str) -> Template:
    """The template with what a scope names alone, under no condition on anything outside it.

    Whoever is asked for one question is not asked first whether it applies: that is for the state to say.
    """
    questions = [question for question in template.questions if includes(template, scope, question)]
    prompts = {prompt.id for question in questions for prompt in template.questions[question].prompts}
    sections = [_kept(section, set(questions), prompts) for section in template.sections]
    return template.with_sections(each for each in sections if each.questions)


def _kept(section: Section, questions: set[str], prompts: set[str]) -> Section:
    kept = [
        _freed(question, prompts).model_copy(
            update={"prompts": tuple(_freed(prompt, prompts) for prompt in question.prompts)}
        )
        for question in section.questions
        if question.id in questions
    ]
    return section.model_copy(update={"questions": tuple(kept)})


def _freed(asked: _Asked, prompts: set[str]) -> _Asked:
    condition: Condition | None = asked.when
    if condition is None or condition.prompt in prompts:
        return asked
    return asked.model_copy(update={"when": None})


SCOPES: Final = Scopes()
"""The parts that this process has made."""
