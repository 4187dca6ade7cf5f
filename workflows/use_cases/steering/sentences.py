"""An officer's sentence about people read as an audience: Arabic, English, French; what is in doubt is said so."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

from workflows.immutable import Immutable
from workflows.people.audience import (
    EVERYBODY,
    All,
    Any,
    Attending,
    Audience,
    Countries,
    Declined,
    Group,
    How,
    Progress,
    ReviewState,
    Roles,
    Section,
    Staffed,
)
from workflows.people.roles import Role
from workflows.reference import find_country
from workflows.spelling import plain
from workflows.use_cases.steering.leaving_out import LeftOut, is_like_leaving_out, with_but
from workflows.use_cases.steering.vocabulary import LONGEST_PHRASE, PHRASES, Kind, Word

LONGEST: Final = 300
_CONDITIONS: Final = frozenset(
    (
        "begin",
        "finish",
        "submit",
        "register",
        "attend",
        "absent",
        "in_person",
        "office",
        "remote",
        "no_focal_point",
        "invited",
        "declined",
    )
)
_FROM_WHERE: Final = ("in_person", "office", "remote")
_LONGEST_NAME: Final = 6
_APART: Final = re.compile(r"[\s,،;؛.:()«»“”\"!?؟+&/]+")


class Understood(Immutable):
    """What a sentence was read as, None where nothing of it was understood.

    `unknown` are the words that were not understood; `sure` says that nothing else is in doubt. A sentence that leaves
    somebody out is understood in whole or not at all: half of it could mean the opposite.
    """

    audience: Audience | None
    unknown: tuple[str, ...] = ()
    sure: bool = True


@dataclass
class _Reading:
    """A sentence being read, word by word."""

    sections: Sequence[str]
    sessions: Sequence[str]
    next_session: str
    events: Mapping[str, Sequence[str]] = field(default_factory=dict)
    codes: list[str] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    parts: list[Audience] = field(default_factory=list)
    hows: list[How] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    verb: Kind = ""
    verb_not: bool = False
    object_seen: bool = True
    is_not: bool = False
    left_out: LeftOut = field(default_factory=LeftOut)
    nothing: bool = False
    noun: Kind = ""
    pending: int = 0
    sure: bool = True

    def take(self, word: Word) -> None:
        """Follow one word."""
        if word.kind == "not":
            self.left_out.negates()
            self.is_not = True
        elif word.kind == "except":
            self.left_out.begins(word, negated=self.is_not)
            self.noun = ""
        else:
            self._follow(word)

    def _follow(self, word: Word) -> None:
        if word.kind in _CONDITIONS:
            self.left_out.meets_a_condition()
        if word.kind not in ("country", "role", "group", "number"):
            self.left_out.ends()
        match word.kind:
            case "begin" | "finish" | "submit":
                self._verb(word.kind)
            case "register" | "attend" | "absent" | "in_person" | "office" | "remote":
                self._stance(word.kind)
            case "nothing":
                self.nothing = True
                if self.verb == "begin" and not self.object_seen:
                    self._close()
            case "section" | "session" | "group":
                self.noun = word.kind
                if self.pending:
                    self._object(self.pending)
                    self.pending = 0
            case "number":
                self._number(word.number)
            case _:
                self._name(word)

    @property
    def lists_only(self) -> bool:
        """Whether nothing but countries and roles has been named, so that another one joins the list."""
        return not (self.parts or self.hows or self.groups or self.named or self.verb)

    @property
    def is_all_but(self) -> bool:
        """Whether nothing is said but who is left out."""
        return self.left_out.named and not (self.codes or self.roles or self.parts)

    def beside(self) -> "_Reading":
        """A reading for what stands after "or": the same verb goes on until another one comes."""
        return replace(
            _Reading(self.sections, self.sessions, self.next_session, self.events),
            verb=self.verb,
            verb_not=self.verb_not,
            noun=self.noun,
        )

    def end(self) -> Audience | None:
        """The audience that was named; None for none, or where it cannot be told who is left out."""
        self._close()
        self._settle_sessions()
        if self.is_not or self.left_out.is_lost:
            self.left_out.lost = True
            return None
        self.sure = self.sure and not self.pending and not (self.codes and self.left_out.codes)
        front: list[Audience] = [Countries(codes=tuple(dict.fromkeys(self.codes)))] if self.codes else []
        if self.roles:
            front.append(Roles(roles=tuple(dict.fromkeys(self.roles))))
        whole = [*front, *dict.fromkeys(self.parts)]
        if self.left_out.named:
            whole = [*(whole or [EVERYBODY]), *self.left_out.audiences(self._session_ids())]
        return (whole[0] if len(whole) == 1 else All(of=tuple(whole))) if whole else None

    def _name(self, word: Word) -> None:
        match word.kind:
            case "country" if self.is_not or self.left_out.goes_on:
                self.left_out.names(codes=[word.name])
                self.is_not = False
            case "country":
                self.codes.append(word.name)
            case "role" if self.left_out.goes_on and not self.is_not:
                self.left_out.names(roles=[word.name])  # type: ignore[list-item]  # the phrases name roles only
            case "role":
                self.doubts_not()
                self.roles.append(word.name)  # type: ignore[arg-type]  # the same
            case "event":
                self._event(word.name)
            case "no_focal_point" | "invited":
                self.doubts_not()
                self.parts.append(Staffed(state="invited" if word.kind == "invited" else "no_focal_point"))
            case "declined":
                self.doubts_not()
                self.parts.append(Declined())

    def doubts_not(self) -> None:
        """A negation stands where nothing can be negated."""
        if self.is_not:
            self.left_out.lost = True

    # --- how far they are -----------------------------------------------------------------------------------------

    def _verb(self, verb: Kind) -> None:
        negated, self.is_not = self.is_not, False  # it is said of this verb and not of the one before
        self._close()
        self.verb, self.verb_not, self.object_seen = verb, negated, False

    def _number(self, number: int) -> None:
        if self.noun == "session" and self.verb in ("begin", "finish") and not self.object_seen:
            self.noun = "section"
        if self.noun:
            self._object(number)
        else:
            self.pending = number
            if self.verb in ("begin", "finish"):
                self.noun = "section"
                self._object(number)
                self.pending = 0

    def _event(self, kind: str) -> None:
        """An event by what it is; in doubt where not one is of the kind."""
        self.doubts_not()
        found = self.events.get(kind, ())
        self.named += found
        self.sure = self.sure and len(found) == 1

    def _object(self, number: int) -> None:
        """A section, session or group of that number."""
        if self.noun == "session":
            self.doubts_not()
            found = [each for each in self.sessions if each == f"session{number}"]
            found = found or list(self.sessions[number - 1 : number])
            self.named += found
            self.sure = self.sure and bool(found)
        elif self.noun == "group" and (self.is_not or self.left_out.goes_on):
            self.left_out.names(groups=[number])
            self.is_not = False
        elif self.noun == "group":
            self.groups.append(number)
        elif number <= len(self.sections):
            self._section(self.sections[number - 1])
        else:
            self.sure = False

    def _section(self, section: str) -> None:
        if self.is_not and self.verb:
            self.verb_not, self.is_not = True, False
        self.object_seen = True
        if self.verb == "finish":
            self.parts.append(Section(section=section, state="open" if self.verb_not else "done"))
        else:
            self.sure = self.sure and self.verb == "begin"
            self.parts.append(Section(section=section, state="not_begun" if self.verb_not else "begun"))

    def _close(self) -> None:
        """A verb without an object is about the whole review."""
        if self.verb and not self.object_seen:
            states: dict[Kind, tuple[ReviewState, ReviewState]] = {
                "begin": ("begun", "nothing_begun"),
                "finish": ("none_open", "some_open"),
                "submit": ("submitted", "not_submitted"),
            }
            plainly, negated = states[self.verb]
            nothing = self.nothing and self.verb == "begin"
            self.parts.append(Progress(state=negated if self.verb_not or nothing or self.is_not else plainly))
            self.is_not = False
        self.object_seen, self.nothing = True, self.nothing and not self.verb

    # --- sessions -------------------------------------------------------------------------------------------------

    def _stance(self, kind: Kind) -> None:
        stances: dict[Kind, tuple[How, How]] = {
            "register": ("registered", "not_registered"),
            "attend": ("attended", "absent"),
            "absent": ("absent", "attended"),
            "in_person": ("in_person", "in_person"),
            "office": ("office", "office"),
            "remote": ("remote", "remote"),
        }
        how = stances[kind][self.is_not]
        if kind in _FROM_WHERE:
            self.doubts_not()
            self.hows = [each for each in self.hows if each != "attended"]
        self.hows.append(how)
        self.is_not = False
        self.noun = "session"

    def _session_ids(self) -> list[str]:
        """The sessions that were named; the next one where none was."""
        return list(dict.fromkeys(self.named)) or ([self.next_session] if self.next_session else [])

    def _settle_sessions(self) -> None:
        if not (self.hows or self.groups or self.named or self.left_out.groups):
            return
        sessions = self._session_ids()
        self.sure = self.sure and (bool(self.named) or len(self.sessions) == 1)
        hows: list[How] = self.hows or ([] if self.groups or self.left_out.groups else ["registered"])
        self.sure = self.sure and bool(self.hows or self.groups or self.left_out.groups) and bool(sessions)
        if len(set(hows)) > 1 and len(set(sessions)) > 1:
            self.left_out.lost = True
        if "absent" in hows or "attended" in hows:
            hows = [how for how in hows if how != "registered"]
        for session in sessions:
            self.parts += [Attending(session=session, how=how) for how in dict.fromkeys(hows)]
            self.parts += [Group(session=session, group=group) for group in dict.fromkeys(self.groups)]


def read_audience(
    text: str,
    sections: Sequence[str],
    sessions: Sequence[str],
    next_session: str = "",
    events: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> Understood:
    """Read a sentence such as «من بدأ القسم الأول ولم يبدأ الثاني» or "focal points of Jordan, not registered".

    `sections` and `sessions` are ids in their order, `events` those of them that are called by what they are ("forum",
    "briefing", "dialogue"); a session that is not named is taken to be the next one, and
    that is a doubt where there are several. "Or" between two conditions is a doubt too.
    """
    readings, unknown = [_Reading(sections, sessions, next_session, events)], []
    names_everybody, is_or = False, False
    for word in with_but(_words(text[:LONGEST])):
        if word.kind == "everybody":
            names_everybody = True
            readings[-1].doubts_not()
        if word.kind == "?":
            unknown.append(word.name)
        elif word.kind == "or":
            is_or = True
        elif word.kind not in ("", "everybody"):
            if is_or and not (word.kind in ("country", "role") and readings[-1].lists_only):
                readings.append(readings[-1].beside())
            is_or = False
            readings[-1].take(word)
    found = [audience for reading in readings if (audience := reading.end()) is not None]
    if _could_mean_the_opposite(readings, unknown, names_everybody=names_everybody):
        return Understood(None, tuple(unknown), sure=False)
    sure = all(reading.sure for reading in readings) and len(readings) == 1
    sure = sure and (names_everybody or not readings[0].is_all_but)
    if not found:
        return Understood(EVERYBODY if names_everybody else None, tuple(unknown), sure=names_everybody)
    return Understood(found[0] if len(found) == 1 else Any(of=tuple(found)), tuple(unknown), sure=sure)


def _could_mean_the_opposite(
    readings: Sequence[_Reading], unknown: Sequence[str], *, names_everybody: bool
) -> bool:
    """Whether the part that was read could reach the very people whom the sentence leaves out."""
    if any(reading.left_out.lost for reading in readings) or any(map(is_like_leaving_out, unknown)):
        return True
    if any(reading.left_out.named for reading in readings) and (unknown or len(readings) > 1):
        return True
    return bool(names_everybody and unknown and any(reading.codes for reading in readings))


def _words(text: str) -> Iterator[Word]:
    """The words of a sentence: countries first, which have names of several words, then the longest phrase."""
    run: list[str] = []
    words = [word for word in _APART.split(text) if word]
    at = 0
    while at < len(words):
        length, code = _country_at(words, at)
        if length:
            yield from _phrases(run)
            run = []
            yield Word("country", code)
            at += length
        else:
            run.append(words[at])
            at += 1
    yield from _phrases(run)


def _country_at(words: Sequence[str], at: int) -> tuple[int, str]:
    for length in range(min(_LONGEST_NAME, len(words) - at), 0, -1):
        name = " ".join(words[at : at + length])
        if length == 1 and len(name) == 2 and not name.isupper():  # noqa: PLR2004 - codes of states have two letters
            continue
        for form in _forms(name):
            state = find_country(form)
            if state is not None:
                return length, state.code
    return 0, ""


def _forms(name: str) -> Iterator[str]:
    """A name, and without the particles that are written together with it: «ولبنان», «لليمن», «d'Égypte»."""
    yield name
    if name.startswith("و"):
        yield from _forms(name[1:])
    if name.startswith("لل"):
        yield "ال" + name[2:]
    if re.match(r"(?:[dl]['’]|[بلك])", name):
        yield re.sub(r"^(?:[dl]['’]|[بلك])", "", name)


def _phrases(run: Sequence[str]) -> Iterator[Word]:
    said = [part for word in run for part in plain(word.replace("'", " ").replace("’", " ")).split()]
    at = 0
    while at < len(said):
        for length in range(min(LONGEST_PHRASE, len(said) - at), 0, -1):
            phrase = " ".join(said[at : at + length])
            found = PHRASES.get(phrase) or PHRASES.get(_without_and(phrase))
            if found:
                yield found
                at += length
                break
        else:
            yield Word("?", said[at])
            at += 1


def _without_and(phrase: str) -> str:
    return phrase[1:] if phrase.startswith(("و", "ف")) and len(phrase) > 2 else phrase  # noqa: PLR2004 - a letter is no word
