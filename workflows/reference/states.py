"""The 22 states of the region, their zones and habits, and how to recognise a typed name."""

from functools import cache
from pathlib import Path
from typing import Literal, get_args

from workflows.immutable import Immutable
from workflows.reference.reading import content
from workflows.spelling import plain

MonthHabit = Literal["levantine", "egyptian", "maghrebi_dz_tn", "moroccan", "mauritanian"]
MONTH_HABITS: tuple[MonthHabit, ...] = get_args(MonthHabit)

_ARTICLES = frozenset({"the", "le", "la", "les", "l"})
_FOLDER = Path(__file__).parents[1] / "data" / "reference"


class Country(Immutable):
    """A state of the region: its ISO 3166-1 alpha-2 code, names, IANA time zones and habits."""

    code: str
    ar: str
    en: str
    fr: str
    zones: tuple[str, ...]
    digits: Literal["latn", "arab"]
    months: MonthHabit
    aliases: tuple[str, ...] = ()

    def name(self, language: Literal["ar", "en", "fr"]) -> str:
        """The state's short name in a language."""
        return {"ar": self.ar, "en": self.en, "fr": self.fr}[language]

    @property
    def zone(self) -> str:
        """The first of the zones: the one that times are shown in."""
        return self.zones[0]


@cache
def countries() -> tuple[Country, ...]:
    """All states in the order of their English names."""
    rows = content(_FOLDER / "countries.yaml")
    return tuple(
        Country(**{**row, "zones": tuple(row["zones"]), "aliases": tuple(row["aliases"])}) for row in rows
    )


def country(code: str) -> Country:
    """The state of a code; raises KeyError for a code that is not of the region."""
    return _by_code()[code]


def find_country(text: str) -> Country | None:
    """The state that somebody means by a code or a name in any of the three languages, if there is one."""
    found = _by_code().get(text.strip().upper())
    return found or _by_name().get(_key(text))


@cache
def months(habit: MonthHabit) -> tuple[str, ...]:
    """The twelve Arabic month names of a habit, January first."""
    return tuple(content(_FOLDER / "months.yaml")[habit])


@cache
def _by_code() -> dict[str, Country]:
    return {state.code: state for state in countries()}


@cache
def _by_name() -> dict[str, Country]:
    return {
        _key(name): state for state in countries() for name in (state.ar, state.en, state.fr, *state.aliases)
    }


def _key(name: str) -> str:
    """A name without its articles, in one spelling."""
    words = plain(name.replace("'", " ").replace("’", " ")).split()
    return " ".join(word.removeprefix("ال") for word in words if word not in _ARTICLES)
