"""Requests for support: their kinds and states, which offices one goes to, and when it has waited too long."""

from collections.abc import Collection, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, get_args

import yaml

from workflows.immutable import Immutable
from workflows.people.roles import OFFICES, Office
from workflows.reference.offices import office_city
from workflows.reference.states import countries

Kind = Literal["technical", "template", "data", "translation", "drafting", "process", "other"]
KINDS: tuple[Kind, ...] = get_args(Kind)
RequestState = Literal["draft", "open", "taken", "answered", "closed"]
WAITING: Final[tuple[RequestState, ...]] = ("open", "taken")
"""The states in which an answer is awaited."""
UNSETTLED: Final[tuple[RequestState, ...]] = ("open", "taken", "answered")
PATIENCE: Final = 2
"""After so many working days without an answer, by the asker's country, a request passes to the next office."""

_FILE = Path(__file__).parents[1] / "data" / "reference" / "support.yaml"


class Routes(Immutable):
    """The offices of each kind in their order, and those that do not serve a country."""

    kinds: Mapping[Kind, tuple[Office, ...]]
    without: Mapping[str, frozenset[Office]]

    def offices(self, kind: Kind, country: str) -> tuple[Office, ...]:
        """The offices that a request may go to, in their order; the secretariat is always the last.

        An IOM country office is left out where the country has none.
        """
        left_out = set(self.without.get(country, frozenset()))
        if office_city(country) is None:
            left_out.add("iom_country")
        return (
            *(each for each in self.kinds[kind] if each not in left_out and each != "secretariat"),
            "secretariat",
        )

    def first(self, kind: Kind, country: str, staffed: Collection[Office]) -> Office:
        """The first office that has somebody; the secretariat where none has."""
        return next((each for each in self.offices(kind, country) if each in staffed), "secretariat")

    def after(self, kind: Kind, country: str, office: Office, staffed: Collection[Office]) -> Office | None:
        """The next office that has somebody after the one that was silent; None after the secretariat.

        An office to which a request was passed by hand may stand in no list: then the first of the list is next.
        """
        if office == "secretariat":
            return None
        order = self.offices(kind, country)
        later = order[order.index(office) + 1 :] if office in order else order
        return next((each for each in later if each in staffed), "secretariat")


def is_silent(working_days: int) -> bool:
    """Whether so many working days without an answer are too many."""
    return working_days >= PATIENCE


def age_in_days(began: date, today: date) -> int:
    """How many days a request is old; a clock that was set back makes none."""
    return max(0, (today - began).days)


@cache
def routes() -> Routes:
    """The routes as the file says. Raises ValueError where it is not as its header says."""
    return read_routes(yaml.safe_load(_FILE.read_bytes()))


def read_routes(content: Mapping[str, Any]) -> Routes:
    """The routes of a file's content; raises ValueError with what is wrong and what helps."""
    kinds: dict[Kind, tuple[Office, ...]] = {}
    for kind in KINDS:
        if kind not in content.get("kinds", {}):
            raise ValueError(f"{_FILE.name}: there is no entry for “{kind}” under kinds; add one.")
        kinds[kind] = tuple(_offices(content["kinds"][kind], kind))
    known = {state.code for state in countries()}
    without = {}
    for code, offices in (content.get("without") or {}).items():
        if code not in known:
            raise ValueError(f"{_FILE.name}: “{code}” is no state of the region; use its two letters.")
        without[code] = frozenset(_offices(offices, code))
    return Routes(kinds, without)


def _offices(given: Any, place: str) -> list[Office]:
    known: dict[str, Office] = {office: office for office in OFFICES}
    wrong = [each for each in given if each not in known]
    if wrong or not given:
        raise ValueError(
            f"{_FILE.name}: {place} names {wrong or 'no office'}; the offices are {', '.join(OFFICES)}."
        )
    return [known[each] for each in given]
