"""Names of states that look like what somebody typed: offered, never taken by themselves."""

from difflib import SequenceMatcher
from typing import Final

from workflows.reference.states import Country, countries
from workflows.spelling import plain

LONGEST: Final = 60
_ALIKE: Final = 0.72
"""How alike two names are at least, from 0 to 1."""


def nearest_countries(text: str, most: int = 3) -> tuple[str, ...]:
    """The codes of the states whose name is most like the words, in any of three languages; none where none is."""
    said = _bare(text[:LONGEST])
    if not said:
        return ()
    scores = {
        state.code: max(SequenceMatcher(None, said, name).ratio() for name in _names(state))
        for state in countries()
    }
    best = sorted(scores, key=lambda code: (-scores[code], code))
    return tuple(code for code in best[:most] if scores[code] >= _ALIKE)


def _names(state: Country) -> tuple[str, ...]:
    return tuple(_bare(name) for name in (state.ar, state.en, state.fr, *state.aliases))


def _bare(name: str) -> str:
    return " ".join(word.removeprefix("ال") for word in plain(name).split())
