"""Dates that are told from today: tomorrow, in two weeks, next Sunday, the end of this month."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from workflows.cycle.typed.dated import Days
from workflows.cycle.typed.windows import Month, month_window, week_window, year_window
from workflows.cycle.typed.words import Token
from workflows.languages import Text
from workflows.when import Window

SOON: Final = 2
"""Who says "next Sunday" when Sunday is at most so many days away may mean the one after."""

_WEEK: Final = 7
_SUNDAY: Final = 6
_MONTHS: Final = 12
_LATER: Final = re.compile("I[TN]?[dwmy]")
_WEEKDAY: Final = re.compile("[XVL]?W|W[XVL]|WIX")
_PERIOD: Final = re.compile("P?(?:[XVL][wmy]|[wmy][XVL])|P[my]")


def seen_from_today(found: Sequence[Token], today: date) -> tuple[Days | Window, ...]:
    """What the tokens mean today, the likelier first; empty where they are not told from today."""
    kinds = "".join(token.kind for token in found)
    try:
        if kinds == "R":
            return _day(today + timedelta(days=found[0].value))
        if _LATER.fullmatch(kinds):
            return _day(_later(found, today))
        if _WEEKDAY.fullmatch(kinds):
            return _weekday(found, kinds, today)
        if _PERIOD.fullmatch(kinds):
            return tuple(filter(None, (_period(found, kinds, today),)))
    except (OverflowError, ValueError):
        return ()  # the end of the calendar lies nearer than what was asked for
    return ()


def _day(day: date) -> tuple[Days, ...]:
    return (Days(day, day),)


def _later(found: Sequence[Token], today: date) -> date:
    unit = found[-1]
    often = unit.value * (found[1].value if found[1].kind == "N" else 1)
    if unit.kind in "dw":
        return today + timedelta(days=often * (_WEEK if unit.kind == "w" else 1))
    ahead = today.month - 1 + often * (_MONTHS if unit.kind == "y" else 1)
    month = Month(today.year + ahead // _MONTHS, ahead % _MONTHS + 1)
    last = month.last()
    if last is None:
        raise OverflowError
    return last.replace(day=min(today.day, last.day))


def _weekday(found: Sequence[Token], kinds: str, today: date) -> tuple[Days, ...]:
    wanted = next(token.value for token in found if token.kind == "W")
    ahead = (wanted - today.weekday()) % _WEEK
    if "L" in kinds:
        return _day(today + timedelta(days=ahead - _WEEK))
    if "V" in kinds:
        return _day(today + timedelta(days=ahead))
    coming = today + timedelta(days=ahead or _WEEK)
    after = coming + timedelta(days=_WEEK)
    if "I" in kinds:
        return _day(after)
    return (*_day(coming), *_day(after)) if "X" in kinds and (ahead or _WEEK) <= SOON else _day(coming)


def _period(found: Sequence[Token], kinds: str, today: date) -> Window | None:
    """A week (Sunday to Saturday), a month or a year, the one before or after, or a part of it."""
    step = 1 if "X" in kinds else -1 if "L" in kinds else 0
    part = found[0].name if kinds[0] == "P" else ""
    if "w" in kinds:
        sunday = today - timedelta(days=(today.weekday() - _SUNDAY) % _WEEK) + timedelta(days=step * _WEEK)
        return None if part else week_window(sunday, _week_words(sunday))
    if "y" in kinds:
        return year_window(today.year + step, part)
    ahead = today.year * _MONTHS + today.month - 1 + step
    return month_window(Month(ahead // _MONTHS, ahead % _MONTHS + 1), part)


def _week_words(sunday: date) -> Text:
    name = Month(sunday.year, sunday.month).name()
    return Text(
        ar=f"أسبوع {sunday.day} {name.ar} {sunday.year}",
        en=f"week of {sunday.day} {name.en} {sunday.year}",
        fr=f"semaine du {sunday.day} {name.fr} {sunday.year}",
    )
