"""How far a review has come: counts of prompts that apply now, by section and question; never content."""

from collections import Counter
from collections.abc import Iterable
from typing import Literal

from workflows.immutable import Immutable
from workflows.notices import QuestionLine, SectionLine
from workflows.review.answers import Answers
from workflows.review.events import Adaptation, Review
from workflows.review.template import Prompt, Section
from workflows.review.words import words_of

AS_PUBLISHED = Adaptation()


class Tally(Immutable):
    """The prompts that apply now, by what became of them."""

    answered: int = 0
    not_applicable: int = 0
    declined: int = 0
    not_known: int = 0
    open: int = 0

    @property
    def settled(self) -> int:
        """Prompts that have an answer or a reason for having none."""
        return self.total - self.open

    @property
    def total(self) -> int:
        """All prompts that apply now."""
        return self.answered + self.not_applicable + self.declined + self.not_known + self.open


def tally(review: Review) -> Tally:
    """The whole review in five numbers."""
    return _tally(review.answers, review.path)


def section_lines(review: Review) -> tuple[SectionLine, ...]:
    """Every section in the order of the document."""
    on_path = review.path
    section_of = review.template.section_of
    return tuple(
        _section_line(review, section, [prompt for prompt in on_path if section_of[prompt.id] is section])
        for section in review.template.sections
    )


def question_lines(review: Review, section_id: str) -> tuple[QuestionLine, ...]:
    """The questions of one section, also those that do not apply now."""
    on_path = review.path
    question_of = review.template.question_of
    lines = []
    for question in review.template.section(section_id).questions:
        adaptation = review.adaptations.get(question.id, AS_PUBLISHED)
        prompts = [prompt for prompt in on_path if question_of[prompt.id] is question]
        lines.append(
            QuestionLine(
                id=question.id,
                state="left_out" if adaptation.left_out else _state(review.answers, prompts),
                adapted=bool(adaptation.wording),
                words=_words(review, prompts),
            )
        )
    return tuple(lines)


def _state(answers: Answers, prompts: list[Prompt]) -> Literal["open", "begun", "done", "asleep"]:
    """The state of a question that was not left out, from its prompts on the path."""
    settled = sum(prompt.id in answers for prompt in prompts)
    if not prompts:
        return "asleep"
    if not settled:
        return "open"
    return "done" if settled == len(prompts) else "begun"


def _tally(answers: Answers, prompts: Iterable[Prompt]) -> Tally:
    found = (answers.get(prompt.id) for prompt in prompts)
    return Tally(**Counter(answer.state if answer else "open" for answer in found))


def _words(review: Review, prompts: Iterable[Prompt]) -> int:
    answered = (prompt.id for prompt in prompts if prompt.id in review.answers)
    return sum(words_of(review, prompt) for prompt in answered)


def _section_line(review: Review, section: Section, prompts: list[Prompt]) -> SectionLine:
    adapted = [
        question
        for question in section.questions
        if review.adaptations.get(question.id, AS_PUBLISHED) != AS_PUBLISHED
    ]
    return SectionLine(
        id=section.id,
        settled=sum(prompt.id in review.answers for prompt in prompts),
        total=len(prompts),
        words=_words(review, prompts),
        limit=section.word_limit,
        adapted=len(adapted),
    )
