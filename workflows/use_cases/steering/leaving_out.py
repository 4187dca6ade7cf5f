"""Whom a sentence leaves out: «الجميع ما عدا الأردن», "focal points not in Jordan", "tous sauf la Jordanie"."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final

from workflows.people.audience import AllBut, Audience, Countries, Group, Roles
from workflows.people.roles import Role
from workflows.use_cases.steering.vocabulary import EXCLUDING, ONLY, Word

_ALIKE: Final = 0.8


@dataclass
class LeftOut:
    """Whom a sentence leaves out: countries, or roles, or groups; `lost` where that cannot be told.

    `waits` says that nobody has been named yet, `goes_on` that whoever is named next is left out as well, `by_word`
    that a word such as "except" began it and not a negation.
    """

    codes: list[str] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)
    waits: bool = False
    goes_on: bool = False
    by_word: bool = False
    negated: bool = False
    lost: bool = False

    def begins(self, word: Word, *, negated: bool) -> None:
        """Follow a word that leaves out what stands after it."""
        self.lost = self.lost or self.waits or negated or (word.name == ONLY and self.negated)
        self.waits = self.goes_on = self.by_word = True

    def negates(self) -> None:
        """Follow a negation: of a word that leaves out it is one too many."""
        self.lost, self.negated = self.lost or self.waits, True

    def names(
        self, codes: Sequence[str] = (), roles: Sequence[Role] = (), groups: Sequence[int] = ()
    ) -> None:
        """Leave these out as well."""
        self.codes += codes
        self.roles += roles
        self.groups += groups
        self.waits, self.goes_on = False, True

    def meets_a_condition(self) -> None:
        """Follow "who have submitted" after those who are left out: it may be said of them, and is not guessed at."""
        self.lost = self.lost or (self.goes_on and self.by_word)

    def ends(self) -> None:
        """Another condition begins: whoever was to be left out has been named, or is not known."""
        self.lost, self.waits, self.goes_on = self.lost or self.waits, False, False

    @property
    def named(self) -> bool:
        """Whether anybody is left out."""
        return bool(self.codes or self.roles or self.groups)

    @property
    def is_lost(self) -> bool:
        """Whether it cannot be told who: nobody was named, or "focal points of Jordan", which is no list."""
        sorts = [bool(self.codes), bool(self.roles), bool(self.groups)]
        return self.lost or self.waits or sorts.count(True) > 1

    def audiences(self, sessions: Sequence[str]) -> list[Audience]:
        """Everybody but those."""
        out: list[AllBut] = []
        if self.codes:
            out.append(AllBut(of=Countries(codes=tuple(dict.fromkeys(self.codes)))))
        if self.roles:
            out.append(AllBut(of=Roles(roles=tuple(dict.fromkeys(self.roles)))))
        groups = dict.fromkeys(self.groups)
        return [*out, *(AllBut(of=Group(session=each, group=group)) for each in sessions for group in groups)]


def with_but(words: Iterable[Word]) -> Iterator[Word]:
    """The words of a sentence; "but" leaves out where somebody is named after it, and says nothing anywhere else."""
    after_but = False
    for word in words:
        if after_but and word.kind in ("country", "role", "group", "number"):
            yield Word("except", ONLY)
        if word.kind == "but":
            after_but = True
        else:
            after_but = after_but and not word.kind
            yield word


def is_like_leaving_out(unknown: str) -> bool:
    """Whether a word that was not understood may be a misspelled one that leaves out."""
    return bool(get_close_matches(unknown, EXCLUDING, 1, _ALIKE))
