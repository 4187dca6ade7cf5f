"""The guiding template as frozen data: sections, questions, prompts and the words they are asked in."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, Literal

from pydantic import Field

from workflows.immutable import Immutable
from workflows.languages import Frozen, Language, Text

Kind = Literal["yes_no", "choice", "choices", "text", "record", "records", "matrix", "guidance"]
FieldType = Literal["text", "date", "choice", "choices"]
PROMPT_OPTIONS = "@options"
"""Stands in a field for the option set of the prompt that asks."""


class Option(Frozen):
    """One value that can be chosen, with the words it is offered in; `short` is the label of a button."""

    value: str
    text: Text
    short: Text | None = None
    paragraph: str | None = None

    @property
    def label(self) -> Text:
        """The shortest words that name the option."""
        return self.short or self.text


class Condition(Frozen):
    """A prompt or question applies only while an earlier prompt has this value."""

    prompt: str
    value: str
    origin: Literal["seed", "implied"]


class RecordField(Frozen):
    """One detail of a record; `options` names an option set where the detail is chosen, not typed."""

    id: str
    label: Text
    type: FieldType = "text"
    options: str | None = None


class AnswerType(Frozen):
    """A sort of answer.

    `kind` says how it is asked. For records, the first field is the record's name; `splits` says whether every line
    of a message is a record of its own or the whole message is one (first line the name, the rest `body_field`).
    """

    kind: Kind
    fields: tuple[RecordField, ...] = ()
    splits: Literal["line", "message"] = "line"
    body_field: str | None = None
    allow_other: bool = False


class DateCheck(Frozen):
    """A remark, never a refusal: dates in this prompt's records are expected not before `value` (ISO 8601)."""

    rule: Literal["date_not_before"]
    value: str


class Prompt(Frozen):
    """The smallest thing the bot asks; its id is for ever."""

    id: str
    type: str
    origin: Literal["seed", "derived"]
    text: Text
    text_ar_corrected: str | None = None
    when: Condition | None = None
    options: str | None = None
    scale: str | None = None
    preset: dict[str, str] = Field(default_factory=dict)
    ordered_by: str | None = None
    checks: tuple[DateCheck, ...] = ()
    parameter: str | None = None
    note: str | None = None

    def words(self, language: Language) -> str:
        """What the person reads: the corrected Arabic where the source slips."""
        if language == "ar" and self.text_ar_corrected:
            return self.text_ar_corrected
        return self.text.in_language(language)


class Question(Frozen):
    """A numbered question of the document, such as `2c`, with its prompts in order."""

    id: str
    letter: str
    letter_ar: str
    text: Text
    text_ar_corrected: str | None = None
    editor_note: str | None = None
    seed_line: int | None = None
    feeds: tuple[str, ...] = ()
    when: Condition | None = None
    prompts: tuple[Prompt, ...]

    def words(self, language: Language) -> str:
        """The whole question as it is shown, the corrected Arabic where the source slips."""
        if language == "ar" and self.text_ar_corrected:
            return self.text_ar_corrected
        return self.text.in_language(language)


class Section(Frozen):
    """A top part of the template with its soft word limit."""

    id: str
    number: str
    ordinal_ar: str
    title: Text
    lead_in: Text | None = None
    word_limit: int
    limit_text: Text
    seed_line: int | None = None
    questions: tuple[Question, ...]


class Claim(Frozen):
    """What one prompt says: a value that was chosen, or that it was filled, left empty, or ticked throughout."""

    prompt: str
    value: str | None = None
    holds: Literal["filled", "empty", "all"] | None = None


class Contradiction(Frozen):
    """Claims that do not go together; all of them are kept, and the state is asked once, kindly."""

    id: str
    claims: tuple[Claim, ...]


class CycleWords(Frozen):
    """What the template says otherwise in one cycle: a later forum, another heading, prompts that are asked no more.

    `texts` are the whole words of questions and prompts, by id.
    """

    parameters: dict[str, str] = Field(default_factory=dict)
    heading: Text | None = None
    texts: dict[str, Text] = Field(default_factory=dict)
    left_out: tuple[str, ...] = ()


class Source(Frozen):
    """Where a template's texts come from."""

    document: str
    lines: str = ""
    status: str = ""
    date: str = ""
    translations: dict[str, str] = Field(default_factory=dict)


class Path(Immutable):
    """The prompts that apply under certain conditions, in the order of the document: all, and by section."""

    prompts: tuple[Prompt, ...]
    by_section: Mapping[str, tuple[Prompt, ...]]


class Template(Frozen):
    """The published document as data; a cycle pins one version of it."""

    id: str
    version: str
    title: Text
    heading: Text
    intro: Text
    source: Source
    word_count_rule: Text
    parameters: dict[str, str] = Field(default_factory=dict)
    answer_types: dict[str, AnswerType]
    option_sets: dict[str, tuple[Option, ...]]
    sections: tuple[Section, ...]
    contradictions: tuple[Contradiction, ...] = ()
    cycles: dict[str, CycleWords] = Field(default_factory=dict)

    def with_sections(self, sections: Iterable[Section]) -> "Template":
        """The same template with these sections only, made anew: a copy would keep what the whole knows of itself."""
        fields = {name: getattr(self, name) for name in Template.model_fields}
        return Template.model_construct(**fields | {"sections": tuple(sections)})

    @cached_property
    def questions(self) -> dict[str, Question]:
        """All questions by id, in the order of the document."""
        return {question.id: question for section in self.sections for question in section.questions}

    @cached_property
    def prompts(self) -> dict[str, Prompt]:
        """All prompts by id, in the order of the document."""
        return {prompt.id: prompt for question in self.questions.values() for prompt in question.prompts}

    @cached_property
    def question_of(self) -> dict[str, Question]:
        """The question that each prompt belongs to, by prompt id."""
        return {prompt.id: question for question in self.questions.values() for prompt in question.prompts}

    @cached_property
    def asked(self) -> tuple[tuple[Prompt, str, tuple[Condition, ...]], ...]:
        """The prompts that take an answer, in order, each with its question's id and all conditions it stands under."""
        return tuple(
            (prompt, question.id, tuple(when for when in (question.when, prompt.when) if when is not None))
            for question in self.questions.values()
            for prompt in question.prompts
            if self.is_asked(prompt.id)
        )

    @cached_property
    def contradictions_at(self) -> dict[str, tuple[Contradiction, ...]]:
        """The contradictions that an answer to a prompt can make, by prompt; most prompts have none."""
        found: dict[str, tuple[Contradiction, ...]] = {}
        for each in self.contradictions:
            for claim in each.claims:
                found[claim.prompt] = (*found.get(claim.prompt, ()), each)
        return found

    @cached_property
    def conditions(self) -> tuple[Condition, ...]:
        """Every condition that a question or a prompt stands under, each once."""
        return tuple({(c.prompt, c.value): c for _, _, conditions in self.asked for c in conditions}.values())

    @cached_property
    def known_paths(self) -> dict[tuple[frozenset[str], tuple[bool, ...]], "Path"]:
        """The paths worked out before, by the questions left out and the conditions that hold; nothing of answers."""
        return {}

    @cached_property
    def remembered(self) -> dict[Any, Any]:
        """What others have made of this template and keep with it, each under a key of its own; nothing of answers."""
        return {}

    @cached_property
    def place_of(self) -> dict[str, int]:
        """The place of each prompt in the document, from 0."""
        return {prompt: place for place, prompt in enumerate(self.prompts)}

    @cached_property
    def number_of(self) -> dict[str, int]:
        """The number of each question in the document, from 1."""
        return {question: number for number, question in enumerate(self.questions, start=1)}

    @cached_property
    def section_of(self) -> dict[str, Section]:
        """The section that each question and prompt belongs to, by its id."""
        places: dict[str, Section] = {}
        for section in self.sections:
            for question in section.questions:
                places[question.id] = section
                places.update({prompt.id: section for prompt in question.prompts})
        return places

    def type_of(self, prompt_id: str) -> AnswerType:
        """The sort of answer that a prompt expects."""
        return self.answer_types[self.prompts[prompt_id].type]

    def is_asked(self, prompt_id: str) -> bool:
        """Whether there is such a prompt and it takes an answer; guidance is only read."""
        return prompt_id in self.prompts and self.type_of(prompt_id).kind != "guidance"

    def asked_in(self, question: Question) -> tuple[Prompt, ...]:
        """The prompts of a question that take an answer, in order."""
        return tuple(each for each in question.prompts if self.is_asked(each.id))

    def options_of(self, prompt_id: str) -> tuple[Option, ...]:
        """What can be chosen at a prompt (the rows, for a matrix); empty where answers are typed."""
        name = self.prompts[prompt_id].options
        return self.option_sets[name] if name else ()

    def scale_of(self, prompt_id: str) -> tuple[Option, ...]:
        """The values a row of a matrix can take."""
        name = self.prompts[prompt_id].scale
        return self.option_sets[name] if name else ()

    def fields_of(self, prompt_id: str) -> tuple[RecordField, ...]:
        """The details asked of a record here: none that the prompt presets, none to choose where it has no options."""
        prompt = self.prompts[prompt_id]
        return tuple(
            field
            for field in self.answer_types[prompt.type].fields
            if field.id not in prompt.preset and (field.options != PROMPT_OPTIONS or prompt.options)
        )

    def field_options(self, prompt_id: str, field: RecordField) -> tuple[Option, ...]:
        """What can be chosen at a detail of a record; empty where it is typed."""
        name = self.prompts[prompt_id].options if field.options == PROMPT_OPTIONS else field.options
        return self.option_sets[name] if name else ()

    def section(self, section_id: str) -> Section:
        """The section of that id."""
        return next(section for section in self.sections if section.id == section_id)
