"""Which round, phase or session a sentence names: their numbers, in digits and in words, apart from its dates."""

import re
from collections.abc import Collection, Iterator
from typing import Final, Literal

from workflows.cycle.calendar import Calendar, Milestone
from workflows.cycle.typed.tokens import tokens
from workflows.immutable import Immutable
from workflows.spelling import plain

Part = Literal["round", "phase", "session"]
Place = tuple[Part, int]

# Spelled as `plain` spells them, without articles.
_PARTS: Final[dict[Part, tuple[str, ...]]] = {
    "round": ("round", "rounds", "serie", "series", "جوله", "جولتان", "جولتين", "جولات"),
    "phase": ("phase", "phases", "مرحله", "مرحلتان", "مرحلتين", "مراحل"),
    "session": ("session", "sessions", "seance", "seances", "جلسه", "جلستان", "جلستين", "جلسات"),
}
_ORDINALS: Final = (
    ("first", "premier", "premiere", "اولي", "اول"),
    ("second", "deuxieme", "seconde", "ثانيه", "ثاني"),
    ("third", "troisieme", "ثالثه", "ثالث"),
    ("fourth", "quatrieme", "رابعه", "رابع"),
    ("fifth", "cinquieme", "خامسه", "خامس"),
)
_CARDINALS: Final = (
    ("one", "un", "واحد"),
    ("two", "deux", "اثنان"),
    ("three", "trois", "ثلاثه"),
    ("four", "quatre", "اربعه"),
    ("five", "cinq", "خمسه"),
)
_PART_OF: Final = {word: part for part, words in _PARTS.items() for word in words}
_NTH: Final = {word: number for number, words in enumerate(_ORDINALS, start=1) for word in words}
_COUNT: Final = {word: number for number, words in enumerate(_CARDINALS, start=1) for word in words}
_JOINING: Final = frozenset(("and", "et", "و", "&", "+"))
_MARKS: Final = frozenset(("no", "n", "number", "numero", "رقم"))
_NUMBER: Final = re.compile(r"(?:no? )?(\d{1,2})(st|nd|rd|th|er|e|re|ere|nde|eme|ieme)?")
_ARTICLE: Final = re.compile(r"^(?:ال|بال|لل)(?=\w\w)")
_PAUSE: Final = re.compile(r"[:：,;.،؛]$")
_ARABIC: Final = re.compile("[\u0600-\u06ff]")
_LONGEST_MONTH: Final = 3
_DAY: Final = re.compile("(?:AN)?M")
_DAY_OR_SPAN: Final = re.compile("(?:[-TA]N)?M")

_SAID: Final = re.compile(
    "(?P<before>O(?:AO|W)*)(?:[Pp]|[Qq](?!K?[OCD]))|[PQ]K?(?P<after>[NOCD](?:A[NOCD]|W)*)"
)
"""The numbers of a part beside its name, in the letters of `_sort`: before it, or after it where no pause parts them.

An Arabic number stands after its name as a rule, and one with an article always: «كانون الأول» ends before the name.
"""


class Series(Immutable):
    """The places in the series that a sentence names, and the sentence without their numbers.

    `perhaps_day` says that a number may be the day of a month as well: "session 2 July".
    """

    places: frozenset[Place] = frozenset()
    rest: str = ""
    perhaps_day: bool = False


def read_series(text: str, calendar: Calendar) -> Series:
    """Take the numbers of rounds, phases and sessions out of a text whose digits are 0-9."""
    known = {place for each in calendar.milestones for place in _places_of(each)}
    words = text.split()
    sorts = "".join(map(_sort, words))
    places: set[Place] = set()
    taken: set[int] = set()
    perhaps_day = False
    for said in _SAID.finditer(sorts):
        part = next(_part(words[at]) for at in range(*said.span()) if sorts[at] in "PpQq")
        for at in _numbers_at(said, sorts):
            place = part, _number(words[at])
            is_known, is_first = place in known, sorts[at - 1] in "PQK"
            if _is_day(words, at, _DAY if is_known else _DAY_OR_SPAN):
                if not (is_known and is_first):
                    break
                perhaps_day = True
            places.add(place)
            taken.add(at)
    rest = " ".join(word for at, word in enumerate(words) if at not in taken)
    return Series(frozenset(places), rest, perhaps_day)


def placed(calendar: Calendar, places: Collection[Place]) -> tuple[str, ...]:
    """The ids of the events that are meant: those in a place of each part that was named, else those in any of them.

    Where there is no such place, all that have a place in one of the parts.
    """
    parts = {part for part, _ in places}
    known = {each.id: _places_of(each) for each in calendar.milestones}
    fits = {it: {part for part, _ in known[it] & set(places)} for it in known}
    exactly = [it for it, fit in fits.items() if parts and fit == parts]
    in_series = [it for it, its in known.items() if parts & {part for part, _ in its}]
    return tuple(exactly or [it for it, fit in fits.items() if fit] or in_series)


def _places_of(milestone: Milestone) -> set[Place]:
    numbers: dict[Part, int | None] = {
        "round": milestone.round,
        "phase": milestone.phase,
        "session": milestone.session,
    }
    return {(part, number) for part, number in numbers.items() if number is not None}


# --- words -----------------------------------------------------------------------------------------------------------


def _sort(word: str) -> str:
    """The sort of a word in one letter.

    P Latin and Q Arabic names of parts, small where a pause follows them; N digits, C a count in words, O "second" and
    D «الثانية»; W such a number in one word with its و, A "and", K "number".
    """
    bare = _bare(word)
    if bare in _PART_OF:
        letter = "Q" if _ARABIC.search(bare) else "P"
        return letter.lower() if _PAUSE.search(word) else letter
    digits = _NUMBER.fullmatch(bare)
    if digits:
        return "O" if digits[2] else "N"
    if bare in _NTH:
        return "O" if bare == plain(word) else "D"
    if bare in _COUNT:
        return "C"
    if bare[:1] == "و" and _number(word):
        return "W"
    return "A" if word in _JOINING or bare in _JOINING else "K" if bare in _MARKS else "x"


def _numbers_at(said: re.Match[str], sorts: str) -> Iterator[int]:
    group = "before" if said["before"] else "after"
    return (at for at in range(*said.span(group)) if sorts[at] in "NOCDW")


def _number(word: str) -> int:
    """The number that a word gives, 0 for none."""
    bare = _bare(word)
    for form in (bare, _ARTICLE.sub("", bare.removeprefix("و"))):
        if digits := _NUMBER.fullmatch(form):
            return int(digits[1])
        if number := _NTH.get(form) or _COUNT.get(form):
            return number
    return 0


def _part(word: str) -> Part:
    return _PART_OF[_bare(word)]


def _bare(word: str) -> str:
    return _ARTICLE.sub("", plain(word))


def _is_day(words: list[str], at: int, ahead: re.Pattern[str]) -> bool:
    """Whether digits stand before the name of a month in such a way that they are its day, or may be."""
    if not _NUMBER.fullmatch(_bare(words[at])) or _PAUSE.search(words[at]):
        return False
    runs = (tokens(" ".join(words[at + 1 : at + 1 + count])) or [] for count in range(1, _LONGEST_MONTH + 1))
    return any(ahead.match("".join(token.kind for token in run)) for run in runs)
