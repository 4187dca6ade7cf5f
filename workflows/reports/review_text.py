"""A review as a document in template order: answers as written, labels in the language of the reader."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol

from workflows.immutable import Immutable
from workflows.languages import Language
from workflows.review.answers import Answer, Matrix, Prose, Record, RecordList, Selection
from workflows.review.events import Review
from workflows.review.filled.landmarks import OURS
from workflows.review.progress import AS_PUBLISHED
from workflows.review.template import Option, Prompt, Question, RecordField, Section


class Labels(Immutable):
    """Our words in the document, already in the reader's language.

    `facts` say which text it is (number, version, moment), `fingerprint` names the hash, `foot` stands under each
    page. `sections` and `questions` are headings and numbers by id. `pair` joins a name and its value, `date` writes
    one that was given as ISO 8601, `digits` a number, `published` words of the template; `page` says which page of
    how many it is. `counts` are the words of each section against its limit.
    """

    title: str
    facts: tuple[str, ...]
    fingerprint: str
    foot: str
    sections: Mapping[str, str]
    counts: Mapping[str, str]
    questions: Mapping[str, str]
    states: Mapping[str, str]
    yes: str
    no: str
    other: str
    open: str
    adapted: str
    left_out: str
    asleep: str
    pair: Callable[[str, str], str]
    date: Callable[[str], str]
    digits: Callable[[str], str]
    published: Callable[[str], str]
    page: Callable[[str, str], str]


class Sheet(Protocol):
    """What a review is written on, from its first line to its last."""

    language: Language

    def heading(self, words: str, level: int) -> None:
        """A title (level 0) or a heading."""

    def words(self, words: str, *, bold: bool = False, italic: bool = False) -> None:
        """A paragraph of ours."""

    def place(self, name: str) -> None:
        """What comes next is the heading of a question or prompt, by its id, or `OURS`."""

    def point(self, words: str) -> None:
        """A line of a list."""

    def answer(self, text: str) -> None:
        """What somebody wrote, in its own direction."""

    def detail(self, words: str) -> None:
        """A line that belongs to the point before it."""

    def small(self, words: str) -> None:
        """A line in small letters."""

    def as_bytes(self) -> bytes:
        """The file."""


def as_docx(review: Review, language: Language, labels: Labels) -> bytes:
    """The whole text for Word. Arabic runs from right to left; what is in another script keeps its own direction."""
    from workflows.reports.paper import Paper  # noqa: PLC0415 - loaded when it is wanted

    paper = Paper(language, labels.title)
    paper.footer(labels.foot)
    paper.numbered(labels.digits)
    return _written(paper, review, labels)


def as_pdf(review: Review, language: Language, labels: Labels, at: datetime) -> bytes:
    """The whole text to be printed, with its hash and number on every page; `at` is the moment it was frozen (UTC)."""
    from workflows.reports.printed import Printed  # noqa: PLC0415 - loaded when it is wanted

    paper = Printed(language, labels.title, digits=labels.digits, page=labels.page, at=at)
    paper.footer(labels.foot)
    return _written(paper, review, labels)


def _written(paper: Sheet, review: Review, labels: Labels) -> bytes:
    paper.heading(labels.published(review.template.heading.in_language(paper.language)), 0)
    paper.place(OURS)
    paper.words(labels.title, bold=True)
    for fact in labels.facts:
        paper.place(OURS)
        paper.words(fact)
    paper.place(OURS)
    paper.small(labels.fingerprint)
    writer = _Writer(paper, review, labels)
    for section in review.template.sections:
        writer.section(section)
    return paper.as_bytes()


class _Writer:
    """Writes the answers of one review."""

    def __init__(self, paper: Sheet, review: Review, labels: Labels) -> None:
        self._paper = paper
        self._review = review
        self._labels = labels
        self._on_path = {prompt.id for prompt in review.path}

    def section(self, section: Section) -> None:
        """A section's heading with its words, and all its questions."""
        self._paper.heading(self._labels.sections[section.id], 1)
        self._paper.place(OURS)
        self._paper.words(self._labels.counts[section.id], italic=True)
        for question in section.questions:
            self._question(question)

    def _question(self, question: Question) -> None:
        words = self._labels.published(question.words(self._paper.language))
        self._paper.place(question.id)
        self._paper.words(f"{self._labels.questions[question.id]}. {words}", bold=True)
        adaptation = self._review.adaptations.get(question.id, AS_PUBLISHED)
        asked = [prompt for prompt in question.prompts if prompt.id in self._on_path]
        if adaptation.left_out:
            self._paper.words(self._labels.left_out, italic=True)
            return
        if not asked:
            self._paper.words(self._labels.asleep, italic=True)
            return
        if adaptation.wording:
            self._paper.words(self._labels.adapted, italic=True)
            for line in filter(str.strip, adaptation.wording.splitlines()):
                self._paper.place(OURS)
                self._paper.answer(line)
        for prompt in asked:
            self._prompt(question, prompt)

    def _prompt(self, question: Question, prompt: Prompt) -> None:
        words = prompt.words(self._paper.language)
        if words != question.words(self._paper.language):
            self._paper.place(prompt.id)
            self._paper.words(self._labels.published(words), italic=True)
        answer = self._review.answers.get(prompt.id)
        if answer is None:
            self._paper.words(self._labels.open)
        elif answer.value is None:
            self._paper.words(self._labels.states[answer.state])
        else:
            self._value(prompt, answer)

    def _value(self, prompt: Prompt, answer: Answer) -> None:
        match answer.value:
            case Prose(text=text):
                self._paper.answer(text)
            case Selection() as selection:
                self._selection(prompt, selection)
            case RecordList(records=records):
                for record in records:
                    self._record(prompt, record)
            case Matrix() as matrix:
                self._matrix(prompt, matrix)

    def _selection(self, prompt: Prompt, selection: Selection) -> None:
        if self._review.template.type_of(prompt.id).kind == "yes_no":
            for value in selection.values:
                self._paper.words(self._labels.yes if value == "yes" else self._labels.no)
        for option in self._review.template.options_of(prompt.id):
            if option.value in selection.values:
                self._paper.point(self._named(option))
        if selection.other:
            self._paper.words(self._labels.other)
            self._paper.answer(selection.other)

    def _record(self, prompt: Prompt, record: Record) -> None:
        first, *others = self._review.template.fields_of(prompt.id)
        self._paper.point(_on_one_line(record.fields.get(first.id, "")))
        for field in others:
            value = record.fields.get(field.id, "")
            if value:
                self._detail(prompt, field, value)

    def _detail(self, prompt: Prompt, field: RecordField, value: str) -> None:
        label = self._labels.published(field.label.in_language(self._paper.language))
        if field.type == "date":
            value = self._labels.date(value)
        elif field.type in ("choice", "choices"):
            options = self._review.template.field_options(prompt.id, field)
            value = self._listed([option for option in options if option.value in value.split()])
        self._paper.detail(self._labels.pair(label, _on_one_line(value)))

    def _matrix(self, prompt: Prompt, matrix: Matrix) -> None:
        template = self._review.template
        for status in template.scale_of(prompt.id):
            here = [
                row for row in template.options_of(prompt.id) if matrix.cells.get(row.value) == status.value
            ]
            if here:
                label = self._labels.published(status.text.in_language(self._paper.language))
                self._paper.point(self._labels.pair(label, self._listed(here)))

    def _listed(self, options: list[Option]) -> str:
        comma = "، " if self._paper.language == "ar" else ", "
        labels = (option.label.in_language(self._paper.language) for option in options)
        return comma.join(map(self._labels.published, labels))

    def _named(self, option: Option) -> str:
        words = self._labels.published(option.text.in_language(self._paper.language))
        return f"{self._labels.digits(option.value)}. {words}" if option.value.isdecimal() else words


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
