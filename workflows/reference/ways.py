"""Wishes in people's own words and where in the chat each of them is done; a sentence itself does nothing."""

import re
from functools import cache
from pathlib import Path
from typing import Final, Literal

from pydantic import Field

from workflows.languages import LANGUAGES, Frozen, Text
from workflows.reference.process import THRESHOLD, Wanted, Wordings
from workflows.reference.reading import content
from workflows.spelling import plain, western_digits

Side = Literal["state", "secretariat"]

_WORDED: Final = re.compile(r"[\d/٪%–-]+")
"""Numbers and dates say how and when, not what is wished."""
_FILE: Final = Path(__file__).parents[1] / "data" / "reference" / "ways.yaml"


class Way(Frozen):
    """A wish in several wordings, our sentence, and the command that does it.

    `place`: a question or section that is named in the wish is opened too. `by`: the one role of its side that can do
    it, empty where all of them can.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]{0,31}$")
    side: Side = Field(alias="for")
    ask: Wordings
    answer: Text
    verb: str
    argument: str = ""
    place: bool = False
    by: Literal["focal_point", ""] = ""


@cache
def ways() -> tuple[Way, ...]:
    """All ways in the order of the file."""
    return tuple(Way.model_validate(row) for row in content(_FILE))


def way(way_id: str) -> Way | None:
    """The way of that id."""
    return next((each for each in ways() if each.id == way_id), None)


def can_be_done_by(role: str, way_id: str) -> bool:
    """Whether somebody of that role has the command that a way leads to."""
    found = way(way_id)
    return found is None or found.by in ("", role)


def find(wish: str, side: Side) -> tuple[float, Way | None]:
    """How well the nearest way agrees with a wish, and that way; 0 and None where none is near enough."""
    worded = _WORDED.sub(" ", western_digits(wish))
    known = _of_side(side).find(worded)
    if not known or known[0][0] < THRESHOLD:
        return 0.0, None
    return known[0][0], way(known[0][1])


def is_worded_so(wish: str, found: Way) -> bool:
    """Whether a wish is one of a way's own wordings, but for spelling."""
    return plain(wish) in {plain(each) for language in LANGUAGES for each in found.ask.of(language)}


@cache
def _of_side(side: Side) -> Wanted:
    return Wanted(
        {
            each.id: [wording for language in LANGUAGES for wording in each.ask.of(language)]
            for each in ways()
            if each.side == side
        }
    )
