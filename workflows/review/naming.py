"""Which question or section somebody names: «ثالثاً (ج)», «السؤال ٢ج», 3c, question III (c), «القسم الثاني»."""

import re
from typing import Final

from workflows.review.template import Question, Section, Template
from workflows.spelling import plain

_ORDINALS: Final = (
    ("اولا", "الاول", "first", "premiere", "i", "1"),
    ("ثانيا", "الثاني", "second", "deuxieme", "ii", "2"),
    ("ثالثا", "الثالث", "third", "troisieme", "iii", "3"),
    ("رابعا", "الرابع", "fourth", "quatrieme", "iv", "4"),
    ("خامسا", "الخامس", "fifth", "cinquieme", "v", "5"),
)
_NUMBER: Final = {word: place for place, words in enumerate(_ORDINALS) for word in words}
_WORDS: Final = "|".join(sorted(_NUMBER, key=len, reverse=True))
_LETTER: Final = r"(?P<{}>[a-z]|[ابجدهوزحط])(?=\s|$)(?!\s\d)"
_QUESTION: Final = re.compile(
    rf"(?:^|\s)(?:(?P<digit>[1-9])\s?{_LETTER.format('after')}|(?P<word>{_WORDS})\s{_LETTER.format('apart')})"
)
_OF_A_NUMBER: Final = re.compile(
    rf"{_WORDS}|[1-9]?[a-zابجدهوزحط]|[0-9]{{1,2}}|(?:ال)?قسم|(?:ال)?سوال|section|part|partie|question"
)
_SECTION: Final = re.compile(
    rf"(?:^|\s)(?:(?:ال)?قسم|section|part|partie)\s(?P<number>{_WORDS})(?=\s|$)"
    rf"|(?:^|\s)(?P<before>{_WORDS})\s(?:section|part|partie)(?=\s|$)"
)
_FRAME: Final = frozenset(
    {"question", "السوال", "سوال", "section", "part", "partie", "القسم", "قسم", "الجزء", "the", "la"}
)
"""What may stand around a number where nothing but a place is named, plainly spelled."""


def named_place(template: Template, text: str) -> str:
    """The place of the talk that a text names: "question:3c", "section:means", or nothing.

    A letter without a number names nothing: «و» is the sixth question and the word "and".
    """
    said = plain(text)
    for found in _QUESTION.finditer(said):
        number, letter = found["digit"] or found["word"], found["after"] or found["apart"]
        question = _question(_section(template, number), letter)
        if question is not None:
            return f"question:{question.id}"
    named = _SECTION.search(said)
    section = _section(template, named["number"] or named["before"]) if named else None
    return f"section:{section.id}" if section else ""


def place_alone(template: Template, text: str) -> str:
    """The same of a text that names a place and says nothing else; there a section's bare number names it."""
    said = " ".join(word for word in plain(text).split() if word not in _FRAME)
    if _QUESTION.fullmatch(said):
        return named_place(template, said)
    section = _section(template, said)
    return f"section:{section.id}" if section else ""


def is_number(word: str) -> bool:
    """Whether a word, plainly spelled, can belong to a number of a question or section: "question", "iii", "3c"."""
    return bool(_OF_A_NUMBER.fullmatch(word))


def _section(template: Template, number: str) -> Section | None:
    place = _NUMBER.get(number, len(template.sections))
    return template.sections[place] if place < len(template.sections) else None


def _question(section: Section | None, letter: str) -> Question | None:
    questions = section.questions if section else ()
    return next((each for each in questions if letter in (each.letter, plain(each.letter_ar))), None)
