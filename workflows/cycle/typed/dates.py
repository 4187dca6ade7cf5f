"""Reads dates as people type them in Arabic, English and French: days, hours, windows, Hijri, told from today."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from workflows.cycle.typed.dated import Days, dates, sketches
from workflows.cycle.typed.hours import Hours, take_hours
from workflows.cycle.typed.seen_from_today import seen_from_today
from workflows.cycle.typed.tokens import tokens
from workflows.cycle.typed.words import Token
from workflows.immutable import Immutable
from workflows.spelling import plain
from workflows.when import Exact, Unstated, When, Window

LONGEST: Final = 300
"""A longer text is no date."""

_TO_ASK: Final = 2
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_WEEK: Final = 7
_LONGEST_RUN: Final = 14
_TOWARDS: Final = frozenset(map(plain, ("إلى", "to", "au", "à")))
"""In a sentence these lead to a date (move the forum to July) and set no limit."""
_UNITS: Final = re.compile("d(?=[WN])|m(?=M)|y(?=Y)")
_DOUBLE: Final = re.compile("M[-/]?M")
_WEEKDAYS: Final = re.compile("^[XV]?(?P<w>W)(?:[-TA]W|[XV])?,?|,?(?P<z>W)$")


class Reading(Immutable):
    """What a typed date can mean, the likelier first: nothing when it was not understood, two when it is in doubt.

    `past` says that all of it lies before today.
    """

    readings: tuple[When, ...] = ()
    past: bool = False

    @property
    def clear(self) -> bool:
        """Whether there is one reading and no other."""
        return len(self.readings) == 1


def read_when(text: str, today: date, zone: str) -> Reading:
    """The dates that a text can mean, read on a day; hours are local to `zone`, an IANA name. Never raises.

    Numbers alone (3/4/2021) are read day first and, where that is a day too, month first. A date without its year is
    the next such day. A weekday that does not fit its date puts the date in doubt. A window carries no hours.
    """
    found = tokens(text) if len(text) <= LONGEST else None
    zones = [token.name for token in found or () if token.kind == "Z"]
    taken = take_hours([token for token in found or () if token.kind != "Z"])
    if taken is None or len(zones) > 1:
        return Reading()
    rest, hours = taken
    known = _within_reach(_dates(rest, today))
    if any(isinstance(each, Window) for each in known) and hours[0].starts:
        return Reading()
    if len(known) > 1:
        hours = hours[:1]
    readings = [_when(each, hour, (*zones, zone)[0]) for each in known for hour in hours]
    kept = tuple(dict.fromkeys(readings))[:_TO_ASK]
    return Reading(kept, bool(kept) and all(is_past(each, today) for each in kept))


class Spotted(Immutable):
    """A date found in a sentence, and what stands before and after it."""

    reading: Reading
    before: str
    after: str


def spot_when(text: str, today: date, zone: str) -> Spotted | None:
    """The longest run of words in a sentence that `read_when` understands; None where there is none. Never raises."""
    words = text[:LONGEST].split()
    for length in range(min(_LONGEST_RUN, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            run = words[start : start + length]
            said = " ".join(run).rstrip(" :")
            if plain(run[0]) not in _TOWARDS and (reading := read_when(said, today, zone)).readings:
                while tokens(run[-1]) == []:
                    run = run[:-1]
                return Spotted(reading, " ".join(words[:start]), " ".join(words[start + len(run) :]))
    return None


def is_past(when: When, today: date) -> bool:
    """Whether the last day of a date lies before today; an open date never does."""
    return not isinstance(when, Unstated) and when.last < today


def _when(found: Days | Window, hours: Hours, zone: str) -> Exact | Window:
    if isinstance(found, Window):
        return found
    return Exact(first=found.first, last=found.last, starts=hours.starts, ends=hours.ends, zone=zone)


def _within_reach(found: Sequence[Days | Window]) -> list[Days | Window]:
    return [each for each in found if each.first.year >= _FIRST_YEAR and each.last.year <= _LAST_YEAR]


def _dates(found: list[Token], today: date) -> tuple[Days | Window, ...]:
    while found and found[-1].kind in ",.-":
        found = found[:-1]
    while found and found[0].kind in ",.-":
        found = found[1:]
    by = bool(found) and found[0].kind in "TB"
    known = _weighed(_tidied(found[by:]), today) if found else ()
    return _by(known, found) if by else known


def _tidied(found: list[Token]) -> list[Token]:
    """The tokens without what only says again: the name of a unit, the era of a year, a month's second name."""
    tidied: list[Token] = []
    for token in found:
        before = tidied[-1] if tidied else None
        if (
            token.kind in "EG"
            and token.kind
            and before
            and before.kind == "Y"
            and before.lunar == (token.kind == "E")
        ):
            continue
        if before and (before.kind, token.kind) in {("d", "W"), ("d", "N"), ("m", "M"), ("y", "Y")}:
            tidied[-1] = token
            continue
        tidied.append(token)
    return _without_doubles(tidied)


def _without_doubles(found: list[Token]) -> list[Token]:
    kinds = "".join(token.kind for token in found)
    for double in reversed(list(_DOUBLE.finditer(kinds))):
        one, other = found[double.start()], found[double.end() - 1]
        if one == other:
            found = [*found[: double.start()], one, *found[double.end() :]]
    return found


def _weighed(found: list[Token], today: date) -> tuple[Days | Window, ...]:
    """The dates of the tokens; a weekday beside them chooses among them, or puts the only one in doubt."""
    if known := _plain(found, today):
        return known
    at = _WEEKDAYS.search("".join(token.kind for token in found))
    if at is None:
        return ()
    weekday = found[at.start("w") if at["w"] else at.start("z")].value
    rest = [*found[: at.start()], *found[at.end() :]]
    known = _plain(rest, today) if all(token.kind != "W" for token in rest) else ()
    days = [each for each in known if isinstance(each, Days)]
    fitting = tuple(each for each in days if each.first.weekday() == weekday)
    if fitting or len(days) != 1:
        return fitting
    return (days[0], _nearest(days[0], weekday))


def _plain(found: list[Token], today: date) -> tuple[Days | Window, ...]:
    told = seen_from_today(found, today)
    return told or tuple(each for sketch in sketches(found) for each in dates(sketch, today))


def _nearest(days: Days, weekday: int) -> Days:
    """The same number of days from the nearest such weekday on."""
    ahead = (weekday - days.first.weekday()) % _WEEK
    step = timedelta(days=ahead if ahead <= _WEEK // 2 else ahead - _WEEK)
    return Days(days.first + step, days.last + step)


def _by(known: tuple[Days | Window, ...], found: Sequence[Token]) -> tuple[Days | Window, ...]:
    """A date by which something is due: by the end is the last day; by a month is within it or before it begins."""
    part = next((token.name for token in found if token.kind == "P"), "")
    if len(known) != 1 or not isinstance(known[0], Window):
        return known
    window = known[0]
    if part == "late":
        return (Days(window.last, window.last),)
    before = window.first - timedelta(days=1)
    return known if part else (window, Days(before, before))
