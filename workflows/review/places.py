"""Opening a section or a question by typing what it is called, where a card lists them."""

import re
from typing import Final

from workflows.languages import LANGUAGES
from workflows.review.events import Focus
from workflows.review.reading import is_name_of_a_key
from workflows.review.template import Section, Template
from workflows.spelling import plain

LISTS_SECTIONS: Final = Focus(asked="sections")
"""What a text sent after the list of all sections answers, where it names one of them or a question."""
LISTS_QUESTIONS: Final = Focus(asked="questions")
"""What a text sent after the questions of one section answers, where it names one: a bare number is none of them."""
_SECTION: Final = frozenset({"section", "القسم", "قسم", "الجزء", "part", "partie"})
"""What may stand before a section's number, plainly spelled."""
_ORDINALS: Final = (
    ("الاول", "اولا", "first", "premiere"),
    ("الثاني", "ثانيا", "second", "deuxieme"),
    ("الثالث", "ثالثا", "third", "troisieme"),
    ("الرابع", "رابعا", "fourth", "quatrieme"),
    ("الخامس", "خامسا", "fifth", "cinquieme"),
)
_SHORTEST: Final = 4
"""So many letters of a section's title at least tell which one is meant."""
_LONGEST: Final = 120
"""A longer text is no name of a section."""
_QUESTION: Final = re.compile(r"(\d{1,2}) ?([^\W\d_]{1,2})")


def lists_places(asked: str) -> bool:
    """Whether a card that asked this only lists places, so that there is nothing of it to let go."""
    return asked in (LISTS_SECTIONS.asked, LISTS_QUESTIONS.asked)


def read_place(template: Template, asked: str, text: str) -> str:
    """The place, as `WentTo` has it, that a text names where a card lists places; empty where it names none.

    A section is named by its number in any digits or in Roman ones, by its ordinal, or by its title or how it begins,
    a question by its number and letter. Spelling is compared plainly, in all three languages.
    """
    wanted = plain(text) if len(text) <= _LONGEST and not is_name_of_a_key(text) else ""
    if not wanted or not lists_places(asked):
        return ""
    question = _question(template, wanted)
    if question:
        return f"question:{question}"
    section = _section(template, wanted) if asked == LISTS_SECTIONS.asked else ""
    return f"section:{section}" if section else ""


def _question(template: Template, wanted: str) -> str:
    found = _QUESTION.fullmatch(wanted.replace("ـ", ""))
    if found is None or not 1 <= int(found[1]) <= len(template.sections):
        return ""
    section = template.sections[int(found[1]) - 1]
    letters = ((each.id, {plain(each.letter), plain(each.letter_ar)}) for each in section.questions)
    return next((question for question, called in letters if found[2] in called), "")


def _section(template: Template, wanted: str) -> str:
    first, _, rest = wanted.partition(" ")
    number = rest if rest and first in _SECTION else wanted
    for at, section in enumerate(template.sections):
        ordinals = _ORDINALS[at] if at < len(_ORDINALS) else ()
        if number in (str(at + 1), plain(section.number), *ordinals):
            return section.id
    begun = [section.id for section in template.sections if _begins(section, wanted)]
    return begun[0] if len(begun) == 1 else ""


def _begins(section: Section, wanted: str) -> bool:
    """Whether a section's title is this or begins so, in one of the three languages and with or without the article."""
    titles = [plain(section.title.in_language(language)) for language in LANGUAGES]
    titles += [title.removeprefix("ال") for title in titles]
    return any(title == wanted or (len(wanted) >= _SHORTEST and title.startswith(wanted)) for title in titles)
