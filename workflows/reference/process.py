"""Questions on the process with curated answers, and a search that finds one of them or says that it knows none."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Final, Literal

from pydantic import Field

from workflows.immutable import Immutable
from workflows.languages import LANGUAGES, Frozen, Language, Text
from workflows.reference.glossary import corrected, likeness, meanings
from workflows.reference.reading import content

THRESHOLD: Final = 0.64
"""A question that agrees less than this with every wording is not known; set by the questions that its tests type."""
UNKNOWN: Final = 1.5
"""How much more than the rarest word of the wordings a word weighs that none of them has."""
NEGATION: Final = "=not"
OTHERWISE: Final = 0.6
"""What is left of the agreement where only one of the two, question and wording, says “not”."""
NEARLY: Final = 0.9
"""Other entries are offered beside the best one where they agree nearly as well."""

Dated = Literal[
    "forum",
    "hours",
    "session1",
    "session2",
    "deadline",
    "review_forum",
    "briefing",
    "outcome",
    "themes",
    "all",
]

_FILE = Path(__file__).parents[1] / "data" / "reference" / "process.yaml"
_SOURCE = re.compile(r"(S[12]):L([1-9][0-9]*)(?:-([1-9][0-9]*))?")
LAST_LINES: Final = {"S1": 161, "S2": 211}
"""How many lines each note has."""


class Wordings(Frozen):
    """Several ways to ask one thing, in each language; the first is the heading."""

    ar: tuple[str, ...] = Field(min_length=1)
    en: tuple[str, ...] = Field(min_length=1)
    fr: tuple[str, ...] = Field(min_length=1)

    def of(self, language: Language) -> tuple[str, ...]:
        """Those of a language."""
        wordings: tuple[str, ...] = getattr(self, language)
        return wordings


class Entry(Frozen):
    """A question with its answer and the lines it rests on.

    `stated` is False for what the notes do not say; `office` is whom to ask instead. `cycles` are those it is for,
    none for all. `calendar` names what of the cycle's calendar answers it where the calendar can.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]{0,31}$")
    ask: Wordings
    answer: Text
    source: tuple[str, ...] = ()
    stated: bool = True
    office: str = ""
    cycles: tuple[str, ...] = ()
    calendar: Dated | None = None

    def title(self, language: Language) -> str:
        """The question as a heading."""
        return self.ask.of(language)[0]

    def is_for(self, cycle_id: str) -> bool:
        """Whether the entry holds in a cycle."""
        return not self.cycles or cycle_id in self.cycles


class Cited(Immutable):
    """Lines of one of the two notes, from and until."""

    note: Literal["S1", "S2"]
    first: int
    last: int


@cache
def entries() -> tuple[Entry, ...]:
    """All entries in the order of the file. Raises ValueError where the file is not as its header says."""
    found = tuple(Entry.model_validate(row) for row in content(_FILE))
    doubles = [entry for entry, times in Counter(each.id for each in found).items() if times > 1]
    if doubles:
        raise ValueError(
            f"{_FILE.name}: {', '.join(doubles)} stand there twice; give each entry an id of its own."
        )
    for entry in found:
        list(map(cited, entry.source))
        if not entry.source and entry.calendar is None:
            raise ValueError(f"{_FILE.name}: {entry.id} names no source; give the lines it rests on.")
        if not entry.stated and not entry.office:
            raise ValueError(f"{_FILE.name}: {entry.id} is not stated; name the office to ask.")
    return found


def entry(entry_id: str) -> Entry | None:
    """The entry of that id."""
    return _by_id().get(entry_id)


@cache
def _by_id() -> dict[str, Entry]:
    return {each.id: each for each in entries()}


def cited(source: str) -> Cited:
    """The lines that a source such as `S2:L48-49` names; raises ValueError for anything else."""
    read = _SOURCE.fullmatch(source)
    if read is None:
        raise ValueError(f"{_FILE.name}: “{source}” is no source; write S1:L25 or S2:L48-49.")
    note: Literal["S1", "S2"] = "S1" if read[1] == "S1" else "S2"
    first, last = int(read[2]), int(read[3] or read[2])
    if not first <= last <= LAST_LINES[note]:
        raise ValueError(f"{_FILE.name}: {source} lies outside the note, which has {LAST_LINES[note]} lines.")
    return Cited(note, first, last)


# --- searching -------------------------------------------------------------------------------------------------------


class Wanted:
    """Things that can be found by their wordings; rare words weigh more than common ones."""

    def __init__(self, wordings: Mapping[str, Iterable[str]]) -> None:
        self._wordings = {name: [meanings(each) for each in given] for name, given in wordings.items()}
        self._words = {
            name: frozenset(word for wording in given for word in wording)
            for name, given in self._wordings.items()
        }
        spread = Counter(word for words in self._words.values() for word in words)
        size = max(1, len(self._wordings))
        self._weights = {word: math.log(1 + size / times) for word, times in spread.items()}
        self._unknown = UNKNOWN * math.log(1 + size)

    def find(self, question: str) -> list[tuple[float, str]]:
        """Everything that agrees with the question at all, the best first, from 0 to 1."""
        near = {known: self._near(known) for known in map(self._known, meanings(question))}
        met: dict[str, float] = {}
        for found in near.values():
            for word, alike in found.items():
                met[word] = max(alike, met.get(word, 0.0))
        scores = [(self._agreement(name, near, met), name) for name in self._wordings] if met else []
        return sorted((each for each in scores if each[0] > 0), key=lambda each: (-each[0], each[1]))

    def _known(self, word: str) -> str:
        return word if word in self._weights else corrected(word)

    def _near(self, word: str) -> dict[str, float]:
        """The words of the wordings that a word may stand for, with how alike they are."""
        found = ((each, likeness(word, each)) for each in self._weights)
        return {each: alike for each, alike in found if alike}

    def _agreement(
        self, name: str, near: Mapping[str, Mapping[str, float]], met: Mapping[str, float]
    ) -> float:
        """How well a question fits the best wording; what stays unexplained in the question counts double."""
        words = self._words[name]
        explained = self._share(
            {
                asked: max((alike for word, alike in found.items() if word in words), default=0.0)
                for asked, found in near.items()
            }
        )
        best = 0.0
        for wording in self._wordings[name]:
            said = self._share({word: met.get(word, 0.0) for word in wording})
            if explained and said:
                fit = 3 * explained * said / (explained + 2 * said)
                best = max(best, fit if (NEGATION in near) == (NEGATION in wording) else fit * OTHERWISE)
        return best

    def _share(self, alike: Mapping[str, float]) -> float:
        """The share of the weight of these words that is met, each as far as it is alike."""
        weights = {word: self._weights.get(word, self._unknown) for word in alike}
        total = sum(weights.values())
        return sum(weight * alike[word] for word, weight in weights.items()) / total if total else 0.0


def find(question: str, cycle_id: str) -> tuple[Entry, ...]:
    """The entry that answers a question, then those that nearly do; none where nothing is near enough."""
    return look_up(question, cycle_id)[1]


def look_up(question: str, cycle_id: str) -> tuple[float, tuple[Entry, ...]]:
    """The same with how well the first of them agrees; 0 where nothing is near enough."""
    known = _of_cycle(cycle_id).find(question)
    if not known or known[0][0] < THRESHOLD:
        return 0.0, ()
    least = max(THRESHOLD, known[0][0] * NEARLY)
    return known[0][0], tuple(_by_id()[name] for score, name in known[:3] if score >= least)


@cache
def _of_cycle(cycle_id: str) -> Wanted:
    return Wanted(
        {
            each.id: [wording for language in LANGUAGES for wording in each.ask.of(language)]
            for each in entries()
            if each.is_for(cycle_id)
        }
    )
