"""The hours of a typed date: one or two clock times, and what is meant where the half of the day is left out."""

import re
from collections.abc import Sequence
from datetime import time
from itertools import product
from typing import Final, NamedTuple

from workflows.cycle.typed.words import Token

_HOURS: Final = re.compile(r"[T,-]?@?(?P<s>C|(?<=@)N)(?:[-TA]@?(?P<e>C|N(?=$|[^MN./-])))?")
_EARLIEST: Final = 7 * 60
"""Nobody meets before seven: a bare 3:00 may well be three in the afternoon."""
_NOON: Final = 12 * 60
_DAY: Final = 24 * 60


class Hours(NamedTuple):
    """Local hours from and until, None where they are not stated."""

    starts: time | None = None
    ends: time | None = None


def take_hours(found: Sequence[Token]) -> tuple[list[Token], tuple[Hours, ...]] | None:
    """The tokens without their hours, and the hours: two readings where the half of the day is in doubt.

    None where the hours make no sense.
    """
    kinds = "".join(token.kind for token in found)
    at = _HOURS.search(kinds)
    if at is None:
        return (list(found), (Hours(),)) if "@" not in kinds and "C" not in kinds else None
    rest = [*found[: at.start()], *found[at.end() :]]
    clocks = [found[at.start(group)] for group in ("s", "e") if at[group]]
    if any(token.kind in "@C" for token in rest):
        return None
    readings = _readings(clocks)
    return (rest, readings) if readings else None


def _readings(clocks: Sequence[Token]) -> tuple[Hours, ...]:
    choices = [_choices(clock) for clock in clocks]
    if not all(choices):
        return ()
    if len(choices) == 1:
        return tuple(Hours(_time(minutes)) for minutes in choices[0])
    # Arabic text may show a span from right to left, and who writes 10:00-1:00 means one in the afternoon: the shortest
    # span is meant, in the afternoon where two are as short.
    spans = [
        (max(pair) - min(pair), -min(pair), min(pair)) for pair in product(*choices) if len(set(pair)) > 1
    ]
    if not spans:
        return ()
    length, _, starts = min(spans)
    return (Hours(_time(starts), _time(starts + length)),)


def _choices(clock: Token) -> tuple[int, ...]:
    """What a clock time can mean, in minutes after midnight, the likelier first."""
    minutes = clock.value if clock.kind == "C" else clock.value * 60
    if minutes >= _DAY:
        return ()
    if clock.marked or minutes >= _EARLIEST or minutes < 60:  # noqa: PLR2004 an hour after midnight is 00:xx
        return (minutes,)
    return (minutes + _NOON, minutes)


def _time(minutes: int) -> time:
    return time(minutes // 60, minutes % 60)
