"""The template as one cycle asks it: with that cycle's own words, and without what is asked no more."""

from collections.abc import Mapping

from workflows.languages import Text
from workflows.review.template import CycleWords, Prompt, Question, Section, Template


def as_asked_in(template: Template, cycle_id: str) -> Template:
    """The template in the words of a cycle; as it is where the cycle has none of its own. Ids and numbers stay."""
    said = template.cycles.get(cycle_id)
    if said is None:
        return template
    fields = {name: getattr(template, name) for name in Template.model_fields}
    changed = {
        "heading": said.heading or template.heading,
        "parameters": template.parameters | said.parameters,
        "sections": tuple(_section(section, said) for section in template.sections),
        "cycles": {},
    }
    return Template.model_construct(**fields | changed)


def _section(section: Section, said: CycleWords) -> Section:
    questions = tuple(_question(question, said) for question in section.questions)
    return section.model_copy(update={"questions": questions})


def _question(question: Question, said: CycleWords) -> Question:
    prompts = tuple(_prompt(prompt, said) for prompt in question.prompts if prompt.id not in said.left_out)
    return question.model_copy(update={**_words(question.id, said.texts), "prompts": prompts})


def _prompt(prompt: Prompt, said: CycleWords) -> Prompt:
    return prompt.model_copy(update=_words(prompt.id, said.texts))


def _words(place: str, texts: Mapping[str, Text]) -> dict[str, Text | None]:
    """What takes the place of the words of a question or prompt; the source's slips go with them."""
    return {"text": texts[place], "text_ar_corrected": None} if place in texts else {}
