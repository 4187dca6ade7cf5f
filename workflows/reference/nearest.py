"""Names that look like what somebody typed: of states, or any others; offered, never taken by themselves."""

from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from typing import Final

from workflows.reference.states import Country, countries
from workflows.spelling import plain

LONGEST: Final = 60
_ALIKE: Final = 0.72
"""How alike two names are at least, from 0 to 1."""


def nearest_countries(text: str, most: int = 3) -> tuple[str, ...]:
    """The codes of the states whose name is most like the words, in any of three languages; none where none is."""
    return nearest(text, {state.code: _names(state) for state in countries()}, most)


def nearest(text: str, names: Mapping[str, Iterable[str]], most: int = 3) -> tuple[str, ...]:
    """What is called most like the words, of things that each have several names; nothing where nothing is alike."""
    said = _bare(text[:LONGEST])
    if not said:
        return ()
    scores = {
        thing: max(SequenceMatcher(None, said, _bare(name)).ratio() for name in called)
        for thing, called in names.items()
    }
    best = sorted(scores, key=lambda thing: (-scores[thing], thing))
    return tuple(thing for thing in best[:most] if scores[thing] >= _ALIKE)


def _names(state: Country) -> tuple[str, ...]:
    return (state.ar, state.en, state.fr, *state.aliases)


def _bare(name: str) -> str:
    return " ".join(word.removeprefix("ال") for word in plain(name).split())
