"""Reading what was typed where options are pressed: by their words in any language, or by their numbers."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from workflows.languages import LANGUAGES, Language
from workflows.review.template import Option, Template
from workflows.spelling import plain, western_digits

YES_OR_NO: dict[str, tuple[str, ...]] = {
    "yes": ("نعم", "أجل", "بلى", "yes", "y", "oui", "o"),
    "no": ("لا", "كلا", "no", "n", "non"),
}
_NAMES_OF_KEYS = frozenset(
    {
        "التالي",
        "السابق",
        "تجاوز",
        "متابعه",
        "next",
        "back",
        "skip",
        "continue",
        "suivant",
        "retour",
        "passer",
        "continuer",
        "الاقسام",
        "sections",
        "المزيد",
        "more",
        "plus",
        "ابدا",
        "ابداوا",
        "begin",
        "commencer",
        "تخطي",
        "رجوع",
        "الرجوع",
        "previous",
        "precedent",
        "precedente",
    }
)
"""What the keys are called that lead on and back, and what else people call them, plainly spelled."""
_ASKS_HOW = frozenset(
    {
        "مساعده",
        "المساعده",
        "ساعدوني",
        "الاوامر",
        "القائمه",
        "help",
        "commands",
        "menu",
        "start",
        "aide",
        "commandes",
    }
)
"""What people type who look for the commands, plainly spelled; where a question is open it is an answer."""
_CALLS_OFF = frozenset(
    {
        "الغاء",
        "الغ",
        "الغي",
        "الغوا",
        "الغاء الامر",
        "الغاء العمليه",
        "cancel",
        "annuler",
        "annule",
        "annulez",
    }
)
"""What people type to be rid of what was just asked, plainly spelled; no key of a card is called so."""
_LANGUAGES: Final[dict[Language, frozenset[str]]] = {
    "ar": frozenset({"العربيه", "عربي", "عربيه", "بالعربيه", "arabic", "arabe", "en arabe", "ar"}),
    "en": frozenset(
        {"الانجليزيه", "الانكليزيه", "انجليزي", "انكليزي", "english", "anglais", "en anglais", "en"}
    ),
    "fr": frozenset({"الفرنسيه", "فرنسي", "بالفرنسيه", "french", "francais", "en francais", "fr"}),
}
_LONGEST_NAME = 20
_BETWEEN = re.compile(r"[,،;؛]|(?<=\d)\s+(?=\d)")
"""What stands between two options in a line: a comma or semicolon of either script, a space between numbers."""


def read_option(template: Template, prompt: str, text: str) -> str | None:
    """The option of a prompt that a text names, None when it names none."""
    if template.type_of(prompt).kind == "yes_no":
        wanted = plain(text)
        return next((value for value, words in YES_OR_NO.items() if wanted in map(plain, words)), None)
    return named(template.options_of(prompt), text)


def is_name_of_a_key(text: str) -> bool:
    """Whether somebody typed no more than what a key to go on or back is called, instead of pressing it."""
    return len(text) <= _LONGEST_NAME and plain(text) in _NAMES_OF_KEYS


def asks_how(text: str) -> bool:
    """Whether somebody typed no more than a word for help or for the list of commands."""
    return len(text) <= _LONGEST_NAME and plain(text) in _ASKS_HOW


def calls_off(text: str) -> bool:
    """Whether somebody typed no more than that what was just asked is to be let go."""
    return len(text) <= _LONGEST_NAME and plain(text) in _CALLS_OFF


def read_language(text: str) -> Language | None:
    """The language that a text names in any of the three, None where it says anything else."""
    wanted = plain(text)
    return next((language for language, names in _LANGUAGES.items() if wanted in names), None)


def can_be_typed(template: Template, prompt: str, text: str) -> bool:
    """Whether a text can be taken as an answer to a prompt or as a part of it."""
    answer_type = template.type_of(prompt)
    match answer_type.kind:
        case "yes_no" | "choice":
            return read_option(template, prompt, text) is not None
        case "choices":
            return answer_type.allow_other or bool(all_named(template.options_of(prompt), text))
        case kind:
            return kind not in ("matrix", "guidance")


def all_named(options: Sequence[Option], text: str) -> frozenset[str]:
    """The options that a text lists, by words or numbers; empty when it says anything else besides."""
    pieces: list[str] = []
    for line in text.splitlines():
        pieces += [line] if named(options, line) else _BETWEEN.split(western_digits(line))
    found = [named(options, piece) for piece in pieces if piece.strip()]
    known = frozenset(value for value in found if value)
    return known if all(found) else frozenset()


def named(options: Sequence[Option], text: str) -> str | None:
    """The option that a text names by its words in any language or by its number, None when it names none."""
    wanted = plain(text)
    if wanted.isdecimal() and len(wanted) <= len(str(len(options))) and 1 <= int(wanted) <= len(options):
        return options[int(wanted) - 1].value
    return next((option.value for option in options if wanted and wanted in spellings(option)), None)


def spellings(option: Option) -> set[str]:
    """What an option is called, in full and in short, in every language and plainly spelled."""
    return {
        _spelled(words.in_language(tongue)) for words in (option.text, option.label) for tongue in LANGUAGES
    }


@lru_cache(maxsize=2_048)
def _spelled(words: str) -> str:
    """Words of a template, plainly spelled; those of people do not come here."""
    return plain(words)


def values(template: Template, prompt: str) -> tuple[str, ...]:
    """The option values of a prompt (the rows of a matrix), in the template's order."""
    if template.type_of(prompt).kind == "yes_no":
        return tuple(YES_OR_NO)
    return tuple(option.value for option in template.options_of(prompt))
