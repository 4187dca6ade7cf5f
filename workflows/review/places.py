"""Opening a section or a question by typing what it is called, where a card lists them."""

from typing import Final

from workflows.languages import LANGUAGES
from workflows.review.events import Focus
from workflows.review.naming import place_alone
from workflows.review.reading import is_name_of_a_key
from workflows.review.template import Section, Template
from workflows.spelling import plain

LISTS_SECTIONS: Final = Focus(asked="sections")
"""What a text sent after the list of all sections answers, where it names one of them or a question."""
LISTS_QUESTIONS: Final = Focus(asked="questions")
"""What a text sent after the questions of one section answers, where it names one: a bare number is none of them."""
_SHORTEST: Final = 4
"""So many letters of a section's title at least tell which one is meant."""
_LONGEST: Final = 120
"""A longer text is no name of a section."""


def lists_places(asked: str) -> bool:
    """Whether what a card asked is no question, but a list of which a place may be named."""
    return asked in (LISTS_SECTIONS.asked, LISTS_QUESTIONS.asked)


def read_place(template: Template, asked: str, text: str) -> str:
    """The place, as `WentTo` has it, that a text names where a card lists places; empty where it names none.

    A section is named by its number in any digits or in Roman ones, by its ordinal, or by its title or how it begins,
    a question by its number and letter. Spelling is compared plainly, in all three languages.
    """
    if not lists_places(asked) or len(text) > _LONGEST or is_name_of_a_key(text):
        return ""
    place = place_alone(template, text)
    if asked == LISTS_QUESTIONS.asked:
        return place if place.startswith("question:") else ""
    return place or _titled(template, plain(text))


def _titled(template: Template, wanted: str) -> str:
    begun = [section.id for section in template.sections if _begins(section, wanted)]
    return f"section:{begun[0]}" if len(begun) == 1 else ""


def _begins(section: Section, wanted: str) -> bool:
    """Whether a section's title is this or begins so, in one of the three languages and with or without the article."""
    titles = [plain(section.title.in_language(language)) for language in LANGUAGES]
    titles += [title.removeprefix("ال") for title in titles]
    return any(title == wanted or (len(wanted) >= _SHORTEST and title.startswith(wanted)) for title in titles)
