"""The states whose names resemble what somebody typed, for when it is the name of none."""

from difflib import get_close_matches
from typing import Final

from workflows.reference.states import Country, countries
from workflows.spelling import plain

MOST: Final = 3
_ALIKE: Final = 0.6
_LONGEST: Final = 60
"""Letters that are compared; no state's name is longer."""


def nearest_countries(text: str, most: int = MOST) -> list[Country]:
    """At most so many states, the most alike first; none where nothing resembles it."""
    names: dict[str, Country] = {}
    for state in countries():
        for name in (state.ar, state.en, state.fr, *state.aliases):
            names[_compared(name)] = state
            names |= {word: state for word in _compared(name).split() if len(word) > 3}  # noqa: PLR2004 - particles
    alike = get_close_matches(_compared(text[:_LONGEST]), names, n=4 * most, cutoff=_ALIKE)
    found = {names[name].code: names[name] for name in alike}
    return list(found.values())[:most]


def _compared(name: str) -> str:
    return " ".join(word.removeprefix("ال") for word in plain(name).split())
