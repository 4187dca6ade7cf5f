"""The glossary: terms of the review and its organizations, found by any name they have or had in three languages."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final, Literal, get_args

from pydantic import Field

from workflows.languages import LANGUAGES, Frozen, Language, Text
from workflows.reference.glossary import bare, words_of
from workflows.reference.process import cited, entry
from workflows.reference.reading import content
from workflows.spelling import plain

Part = Literal["terms", "organizations"]
PARTS: tuple[Part, ...] = get_args(Part)

_FOLDER: Final = Path(__file__).parents[1] / "data" / "reference"
_ASKING: Final = frozenset(
    words_of(
        "معنى تعني يعني يقصد مقصود المقصود تعريف عرف مصطلح اختصار اشرح شرح مين هما "
        "mean means meaning stand stands define definition term abbreviation acronym explain who tell about "
        "signifie veut dire définition définir sigle terme expliquez explique qui"
    )
)
"""Words by which a term is asked for; with the small ones they are left aside."""


class Names(Frozen):
    """Names in each language, in the order in which they are told."""

    ar: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    fr: tuple[str, ...] = ()

    def of(self, language: Language) -> tuple[str, ...]:
        """Those of a language."""
        names: tuple[str, ...] = getattr(self, language)
        return names


class Term(Frozen):
    """A term or an organization with its names and its meaning, and the lines of the notes these rest on.

    `also` are other names in use, `former` those of before; `find` are wordings that are only looked up. Without a
    `source` it is a word of Rafiq's own. `entry` is the curated answer that says more.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]{0,31}$")
    name: Text
    meaning: Text
    short: dict[Language, str] = Field(default_factory=dict)
    also: Names = Names()
    former: Names = Names()
    find: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    entry: str = ""

    def names(self) -> Iterator[str]:
        """Every name by which it is found."""
        for language in LANGUAGES:
            yield self.name.in_language(language)
            yield from (*self.also.of(language), *self.former.of(language))
        yield from (*self.short.values(), *self.find)


@cache
def terms(part: Part) -> tuple[Term, ...]:
    """All of a part in the order of its file. Raises ValueError where the file is not as its header says."""
    file = _FOLDER / f"{part}.yaml"
    found = tuple(Term.model_validate(row) for row in content(file))
    for each in found:
        list(map(cited, each.source))
        if each.entry and entry(each.entry) is None:
            raise ValueError(
                f"{file.name}: {each.id} names the entry {each.entry}, which process.yaml does not have."
            )
    return found


def term(term_id: str) -> Term | None:
    """The term or organization of that id."""
    return _by_id().get(term_id)


def in_order(part: Part, language: Language) -> list[Term]:
    """A part in the alphabet of a language, without accents, hamza forms and the Arabic article."""
    return sorted(terms(part), key=lambda each: plain(each.name.in_language(language)).removeprefix("ال"))


def find_term(question: str) -> Term | None:
    """The term that a question names, asking nothing else («ما معنى الإسكوا؟», "what is the IMRF"); else None."""
    return _by_name().get(_key(question))


@cache
def _by_id() -> Mapping[str, Term]:
    found: dict[str, Term] = {}
    for each in (one for part in PARTS for one in terms(part)):
        if found.setdefault(each.id, each) is not each:
            raise ValueError(f"{each.id} stands twice in the glossary; give each term an id of its own.")
    return found


@cache
def _by_name() -> Mapping[tuple[str, ...], Term]:
    """Every name of every term. Raises ValueError where one stands under two terms, or holds small words alone."""
    found: dict[tuple[str, ...], Term] = {}
    for each in _by_id().values():
        for name in each.names():
            key = _key(name)
            if not key:
                raise ValueError(f"“{name}” of {each.id} cannot be found: it has small words alone.")
            if found.setdefault(key, each) is not each:
                raise ValueError(f"“{name}” stands under {found[key].id} and {each.id}; keep one.")
    return found


def _key(words: str) -> tuple[str, ...]:
    return tuple(word for word in bare(words) if word not in _ASKING)
