"""What an officer types for a session, read: a delegation to move, an offer of support, a next step."""

import re
from typing import Final

from workflows.immutable import Immutable
from workflows.reference import Country, find_country
from workflows.spelling import plain, without_particles

_ORDINALS: Final[dict[str, int]] = {
    **dict.fromkeys(("الاولي", "اولي", "الاول", "first", "one", "premier", "premiere", "un", "une"), 1),
    **dict.fromkeys(("الثانيه", "ثانيه", "الثاني", "second", "two", "deuxieme", "seconde", "deux"), 2),
    **dict.fromkeys(("الثالثه", "ثالثه", "الثالث", "third", "three", "troisieme", "trois"), 3),
    **dict.fromkeys(("الرابعه", "رابعه", "الرابع", "fourth", "four", "quatrieme", "quatre"), 4),
}
_LONGEST_NAME: Final = 6
LONGEST_GROUP_NAME: Final = 60
"""So many characters of a group's name are kept: it stands on keys and in lists."""
_PARTS: Final = re.compile(r"\s*[;؛|\n]\s*")
_AFTER_NAME: Final = re.compile(r"\s*(?:[:：\n]|\s[-–—]\s)\s*")


class Move(Immutable):
    """A delegation and the group it is to go to; either may be missing: "" and 0."""

    country: str
    group: int


class Turn(Immutable):
    """A delegation and its place on the list of speakers, from 1; either may be missing: "" and 0."""

    country: str
    place: int


class Naming(Immutable):
    """A discussion group and the name that it is given, "" where it is to have none."""

    group: int
    name: str


class Offer(Immutable):
    """Who offers support, and what."""

    organization: str
    text: str


class Step(Immutable):
    """A next step as typed: what, who ("" when it was not said), by when in the officer's words, and whose country."""

    task: str
    owner: str = ""
    due: str = ""
    country: str = ""


def read_move(text: str) -> Move:
    """«انقل اليمن إلى المجموعة الثانية», "move Yemen to group 2": the country and the group named, in any order."""
    found = country_in(text.split())
    return Move(found.code if found else "", _number_in(text, digits=1))


def read_turn(text: str) -> Turn:
    """«اليمن 10», "Oman, second": the country and its place on a list, in any order."""
    found = country_in(text.split())
    return Turn(found.code if found else "", _number_in(text, digits=2))


def _number_in(text: str, *, digits: int) -> int:
    """The last number of so many digits at most, or else the last ordinal; 0 without one."""
    words = plain(text).split()
    numbers = [int(word) for word in words if word.isdecimal() and len(word) <= digits]
    numbers = numbers or [_ORDINALS[word] for word in words if word in _ORDINALS]
    return numbers[-1] if numbers else 0


def read_naming(text: str) -> Naming | None:
    """«المجموعة الأولى: العودة», "group 1: return": the group and, after a colon, its name; None for anything else.

    A country after the colon names no group: it is a delegation that belongs there.
    """
    head, colon, name = text.replace("：", ":").partition(":")
    move = read_move(head)
    if not colon or move.country or not move.group or find_country(name.strip()):
        return None
    return Naming(move.group, " ".join(name.split())[:LONGEST_GROUP_NAME].strip())


def country_in(words: list[str]) -> Country | None:
    """The state whose name stands in the words, the longest name first."""
    for length in range(min(_LONGEST_NAME, len(words)), 0, -1):
        for at in range(len(words) - length + 1):
            run = words[at : at + length]
            if found := _named(run):
                return found
    return None


def _named(run: list[str]) -> Country | None:
    name = " ".join(run)
    if len(run) == 1 and len(name) == 2 and not name.isupper():  # noqa: PLR2004 - codes of states have two letters
        return None
    forms = (name, re.sub(r"^[dl]['’]", "", name), *without_particles(name))
    return next((found for form in forms if (found := find_country(form))), None)


def read_offer(text: str) -> Offer | None:
    """An organization and, after a colon, its offer: «UNICEF: training on data»; None when either is missing."""
    organization, *rest = _AFTER_NAME.split(text.strip(), maxsplit=1)
    offer = rest[0].strip() if rest else ""
    return Offer(organization.strip(), offer) if organization.strip() and offer else None


def read_step(text: str) -> Step | None:
    """A next step as «task; owner; date»; None when there is no task. A country as owner makes it that country's."""
    task, owner, due, *_ = (*(part.strip() for part in _PARTS.split(text.strip(), maxsplit=2)), "", "")
    if not task:
        return None
    state = find_country(owner) if owner else None
    return Step(task, owner, due, state.code if state else "")
