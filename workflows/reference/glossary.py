"""What words mean when somebody asks in their own way: spelling, endings, synonyms in three languages, and likeness."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from workflows.reference.reading import content
from workflows.spelling import plain

LIKE: Final = 0.6
"""Words whose letters agree to this share are one word with a slip; short words must be the same."""
SHORT: Final = 4

_FILE = Path(__file__).parents[1] / "data" / "reference" / "glossary.yaml"
_ARTICLES: Final = ("هال", "وال", "بال", "فال", "كال", "لل", "ال")
_ENDINGS: Final = ("هما", "ها", "هم", "كم", "نا", "ات", "ان", "ين", "ون", "يه", "وا", "ه", "ي", "ا")
_LONGEST_PHRASE: Final = 6
_ROOT: Final = 2
"""A stem has more letters than this."""
_JOINED: Final = str.maketrans("’'", "  ")


def meanings(text: str) -> tuple[str, ...]:
    """The words of a text that carry meaning: a term of the glossary as `=term`, any other word as its stem."""
    return tuple(dict.fromkeys(_meanings(words_of(text))))


def bare(text: str) -> tuple[str, ...]:
    """The stems of the words of a text without the small ones; no word is taken for another."""
    return tuple(word for word in words_of(text) if word not in _small())


def words_of(text: str) -> list[str]:
    """The stems of all words, small ones too."""
    return [
        stem(word) for word in plain(text.translate(_JOINED).replace("ىء", "ئ").replace("يء", "ئ")).split()
    ]


@lru_cache(8192)
def stem(word: str) -> str:
    """A word in plain spelling without article and common endings; both sides of a search are cut alike."""
    if not word.isascii():
        return _arabic_stem(word)
    for ending in ("s", "x", "e"):
        if len(word) > SHORT and word.endswith(ending):
            word = word.removesuffix(ending)
    return word


def _arabic_stem(word: str) -> str:
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) > _ROOT:
            word = word.removeprefix(article)
            break
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > _ROOT:
            return word.removesuffix(ending)
    return word


def _meanings(words: Sequence[str]) -> Iterator[str]:
    """The longest phrase of the glossary that begins at each place, else the word itself."""
    phrases, small = _phrases(), _small()
    at = 0
    while at < len(words):
        for size in range(min(_LONGEST_PHRASE, len(words) - at), 0, -1):
            term = phrases.get(tuple(words[at : at + size]))
            if term:
                yield f"={term}"
                at += size
                break
        else:
            if words[at] not in small:
                yield words[at]
            at += 1


@cache
def _phrases() -> Mapping[tuple[str, ...], str]:
    """Every wording of every term. Raises ValueError where one stands under two terms."""
    found: dict[tuple[str, ...], str] = {}
    for term, wordings in content(_FILE)["terms"].items():
        for wording in wordings:
            key = tuple(words_of(str(wording)))
            if found.setdefault(key, term) != term:
                raise ValueError(f"{_FILE.name}: “{wording}” stands under {found[key]} and {term}; keep one.")
    return found


@cache
def _small() -> frozenset[str]:
    return frozenset(stem for word in content(_FILE)["small"] for stem in words_of(str(word)))


@lru_cache(65536)
def likeness(one: str, other: str) -> float:
    """How alike two words are, from 0 to 1: by the pairs of letters they share; 0 below `LIKE`."""
    if one == other:
        return 1.0
    if one[0] == "=" or other[0] == "=" or min(len(one), len(other)) < SHORT:
        return 0.0
    mine, theirs = _pairs(one), _pairs(other)
    shared = 2 * len(mine & theirs) / (len(mine) + len(theirs))
    return shared if shared >= LIKE else 0.0


def _pairs(word: str) -> set[str]:
    edged = f"^{word}$"
    return {edged[at : at + 2] for at in range(len(edged) - 1)}


@lru_cache(4096)
def corrected(word: str) -> str:
    """The term whose wording of one word a misspelt word is nearest to; the word itself where none is near."""
    if word[0] == "=" or len(word) <= SHORT:
        return word
    near = [(likeness(word, key[0]), term) for key, term in _phrases().items() if len(key) == 1]
    best, term = max(near)
    return f"={term}" if best >= NEAR else word


NEAR: Final = 0.72
"""How alike a misspelt word must be to a term's wording to be taken for it."""
