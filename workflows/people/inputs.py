"""Written inputs as the field has them: what comes next in one, what can be agreed to, in which language it is."""

import re
from typing import Final

from workflows.languages import Language
from workflows.notices.inputs import CONSENTS, GivenConsent, InputConsent, InputStep

LONGEST: Final = 30_000
"""How long an input may be, in characters: some ten pages, and less than a cell of a table takes."""
LONGEST_NAME: Final = 200
"""The same of the name under it."""
SOFT_WORDS: Final = 1_000
"""A guide for the writer, of our own: the note gives none."""
_ARABIC: Final = re.compile("[\u0621-\u064a]")
_LATIN: Final = re.compile("[A-Za-z\u00c0-\u017f]")
_ENGLISH: Final = re.compile(r"\b(?:the|and|of|to|for|with|that|are|is)\b", re.IGNORECASE)
_FRENCH: Final = re.compile(r"\b(?:le|la|les|des|du|et|pour|avec|que|est|sont|une?)\b", re.IGNORECASE)


def next_step(category: str, name: str | None, text: str, consent: InputConsent) -> InputStep:
    """What is still to be said of an input, in this order; to read it once more where all is."""
    if not category:
        return "category"
    if name is None:
        return "name"
    if not text:
        return "text"
    return "check" if consent else "consent"


def consents_for(name: str | None) -> tuple[GivenConsent, ...]:
    """What may be agreed to; without a name there is none to publish it with."""
    return CONSENTS if name else tuple(each for each in CONSENTS if each != "named")


def language_of(text: str, spoken: Language) -> str:
    """The language that an input seems to be in; where nothing tells, the one that its writer reads the bot in."""
    arabic, latin = len(_ARABIC.findall(text)), len(_LATIN.findall(text))
    if arabic == latin:
        return spoken
    if arabic > latin:
        return "ar"
    english, french = len(_ENGLISH.findall(text)), len(_FRENCH.findall(text))
    if english == french:
        return spoken if spoken != "ar" else "en"
    return "en" if english > french else "fr"
