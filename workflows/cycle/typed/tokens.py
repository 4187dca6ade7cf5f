"""A typed date as tokens of one letter each: its words, its numbers, and its clock times."""

import re
from collections.abc import Iterable
from typing import Final

from workflows.cycle.typed.words import LONGEST_PHRASE, WORDS, Token, bare

_HOURS_IN_WORDS: Final = (
    "الواحدة", "الثانية", "الثالثة", "الرابعة", "الخامسة", "السادسة",
    "السابعة", "الثامنة", "التاسعة", "العاشرة", "الحادية عشرة", "الثانية عشرة",
)  # fmt: skip
_MINUTES_IN_WORDS: Final = {"النصف": 30, "الربع": 15, "الثلث": 20}
_PREFIXES: Final = {"و": (Token("A"),), "ل": (), "ب": ()}
_NOON: Final = 12 * 60
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_LUNAR_YEARS: Final = range(1343, 1501)
_HALVES: Final = (
    r"[ap]\s?\.?\s?m\b\s?\.?|صباحا|قبل الظهر|مساء|بعد الظهر|ظهرا|عصرا"
    r"|du matin|de l\s?'\s?apres - midi|du soir"
)
_CLOCK: Final = re.compile(
    r"(?<![0-9:])(?P<h>[0-9]{1,2})\s*"
    r"(?:(?::\s*|h(?:eures?)?\s*)(?P<m>[0-9]{2})(?![0-9:])|h(?:eures?)?\b|o\s?'\s?clock"
    rf"|(?={_HALVES}))"
    rf"(?:\s*h\b)?\s*(?P<half>{_HALVES}|[صم]\b)?"
)
_BEFORE_NOON: Final = ("a", "ص", "قبل", "du matin")
_AFTER_NOON: Final = ("p", "م", "بعد", "عصرا", "de l", "du soir", "ظهرا")
_HOUR_NAMED: Final = {bare(word): hour for hour, word in enumerate(_HOURS_IN_WORDS, start=1)}
_MINUTES_NAMED: Final = {bare(word): minutes for word, minutes in _MINUTES_IN_WORDS.items()}
_SPELLED_HOUR: Final = re.compile(
    rf"(?P<before>الساعه) (?P<h>{'|'.join(sorted(_HOUR_NAMED, key=len, reverse=True))})\b"
    rf"(?: و ?(?P<m>{'|'.join(_MINUTES_NAMED)})\b)?"
)


def tokens(text: str) -> list[Token] | None:
    """The tokens of a text without words that add nothing; None where it holds anything that is not of a date."""
    found: list[Token] = []
    for piece in _clocked(_with_hours_in_digits(bare(text))):
        if isinstance(piece, Token):
            found.append(piece)
            continue
        words = piece.split()
        while words:
            length, taken = _next(words)
            if taken is None:
                return None
            found += (token for token in taken if token.kind)
            words = words[length:]
    return found


def _next(words: list[str]) -> tuple[int, tuple[Token, ...] | None]:
    """How many words the next tokens take, the longest phrase first; None for a word of no date."""
    for length in range(min(LONGEST_PHRASE, len(words)), 0, -1):
        if token := WORDS.get(tuple(words[:length])):
            return length, (token,)
    if number := _number(words[0]):
        return 1, (number,)
    stem = WORDS.get((words[0][1:],))
    prefix = _PREFIXES.get(words[0][0])
    return 1, (*prefix, stem) if stem and stem.kind and prefix is not None else None


def _with_hours_in_digits(text: str) -> str:
    """«الساعة العاشرة والنصف» as 10:30."""
    return _SPELLED_HOUR.sub(
        lambda at: f"{at['before']} {_HOUR_NAMED[at['h']]} : {_MINUTES_NAMED.get(at['m'] or '', 0):02}", text
    )


def _number(word: str) -> Token | None:
    if not re.fullmatch("[0-9]+", word):
        return None
    value = int(word) if len(word) <= len(str(_LAST_YEAR)) else -1
    if len(word) <= len("31"):
        return Token("N", value)
    if value in _LUNAR_YEARS:
        return Token("Y", value, lunar=True)
    return Token("Y", value) if _FIRST_YEAR <= value <= _LAST_YEAR else None


def _clocked(text: str) -> Iterable[str | Token]:
    """The text in pieces between its clock times."""
    at = 0
    for clock in _CLOCK.finditer(text):
        token = _clock_time(clock)
        if token:
            yield text[at : clock.start()]
            yield token
            at = clock.end()
    yield text[at:]


def _clock_time(clock: re.Match[str]) -> Token | None:
    hour, minute, half = int(clock["h"]), int(clock["m"] or 0), clock["half"] or ""
    morning, afternoon = half.startswith(_BEFORE_NOON), half.startswith(_AFTER_NOON)
    if hour > 23 or minute > 59 or ((morning or afternoon) and not 1 <= hour <= 12):  # noqa: PLR2004 a clock's numbers
        return None
    minutes = hour * 60 + minute
    if morning and hour == 12:  # noqa: PLR2004 midnight, as English writes it
        minutes -= _NOON
    if afternoon and hour < (11 if half == "ظهرا" else 12):
        minutes += _NOON
    return Token("C", minutes, marked=morning or afternoon)
