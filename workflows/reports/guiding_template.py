"""The guiding template as a Word document, in one language, to be passed on to ministries and printed."""

from collections.abc import Callable

from workflows.languages import Language
from workflows.reports.paper import Paper
from workflows.review.filled.landmarks import OURS
from workflows.review.template import Question, Section, Template


def as_docx(
    template: Template,
    language: Language,
    digits: Callable[[str], str] = str,
    *,
    edition: str = "",
    foot: str = "",
) -> bytes:
    """The whole document: title, introduction, sections with their limits, questions and the rule for counting words.

    Arabic runs from right to left, and the corrected words stand where the source slips. `digits` writes the pages'
    numbers as the reader does. `edition` stands below the title, `foot` at the foot of every page; in the words of the
    language, or empty.
    """
    paper = Paper(language, template.title.in_language(language))
    paper.heading(template.heading.in_language(language), 0)
    if edition:
        paper.place(OURS)
        paper.words(edition, italic=True)
    if foot:
        paper.footer(foot)
    paper.words(template.intro.in_language(language))
    for section in template.sections:
        _section(paper, template, section)
    paper.words(template.word_count_rule.in_language(language), italic=True)
    paper.numbered(digits)
    return paper.as_bytes()


def _section(paper: Paper, template: Template, section: Section) -> None:
    number = section.ordinal_ar if paper.language == "ar" else section.number
    paper.heading(f"{number}. {section.title.in_language(paper.language)}", 1)
    paper.words(section.limit_text.in_language(paper.language), italic=True)
    if section.lead_in:
        paper.words(section.lead_in.in_language(paper.language))
    for question in section.questions:
        paper.words(_numbered(question, paper.language), bold=True)
        for words in _asked(template, question, paper.language):
            paper.point(words)


def _numbered(question: Question, language: Language) -> str:
    letter = question.letter_ar if language == "ar" else question.letter
    return f"({letter}) {question.words(language)}"


def _asked(template: Template, question: Question, language: Language) -> list[str]:
    """What is asked within a question, where it does not repeat the question's own words."""
    words = [prompt.words(language) for prompt in template.asked_in(question)]
    return [each for each in words if each != question.words(language)]
