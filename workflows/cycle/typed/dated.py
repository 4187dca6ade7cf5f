"""Dates of a calendar in tokens: days, spans of days, months and years, with or without their year."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Final, NamedTuple

from workflows.cycle.days.hijri import to_hijri
from workflows.cycle.typed.windows import Month, month_window, span_of_months, span_of_years, year_window
from workflows.cycle.typed.words import Token
from workflows.when import Window


class Days(NamedTuple):
    """A day, or some in a row."""

    first: date
    last: date


Build = Callable[[int], Days | Window | None]


class Sketch(NamedTuple):
    """A date that waits for its year; `year` is the one that was typed, `lunar` the calendar that it is built in."""

    build: Build
    year: Token | None
    lunar: bool


class _Point(NamedTuple):
    """One end of a span."""

    day: int
    month: int
    lunar: bool
    year: Token | None


TURN_OF_THE_YEAR: Final = (11, 12, 1)
A_WHILE: Final = 60
"""Around the turn of the year a day without its year may be meant that lies at most so many days back."""

_YEARS_AHEAD: Final = 9
_LONGEST_TURN: Final = 100
"""30 December - 2 January runs over the year's end; 2 July - 30 June runs backwards."""
_DAY_FIRST: Final = re.compile("(?P<d>N)(?:(?P<c>[-TA,])(?P<e>N))?[-./]?(?P<m>M)[-./,]?(?P<y>Y)?")
_MONTH_FIRST: Final = re.compile("(?P<m>M)[-./]?(?P<d>N)(?:(?P<c>[-TA])(?P<e>N))?,?(?P<y>Y)?")
_YEAR_FIRST: Final = re.compile("(?P<y>Y)(?P<s>[-./])(?P<m>N)(?P=s)(?P<d>N)")
_NUMBERS: Final = re.compile(
    "(?P<a>N)(?:(?P<s>[-./])(?P<b>N)(?P=s)(?P<y>Y)|(?P<t>[./])(?P<c>N)(?P=t)(?P<z>N)|/(?P<o>N))"
)
_SPAN_OF_NUMBERS: Final = re.compile("(?P<d>N)(?P<c>[-TA])(?P<e>N)(?P<s>[./])(?P<m>N)(?P=s)(?P<y>Y)")
_POINTS: Final = (
    re.compile("(?P<d>N)[-./]?(?P<m>M)[-./,]?(?P<y>Y)?"),
    re.compile("(?P<m>M)(?P<d>N),?(?P<y>Y)?"),
    _YEAR_FIRST,
    re.compile("(?P<d>N)(?P<s>[-./])(?P<m>N)(?P=s)(?P<y>Y)"),
)
_MONTH: Final = re.compile("(?P<p>P)?(?P<m>M)[-./,]?(?P<y>Y)?")
_MONTH_IN_NUMBERS: Final = re.compile("(?P<m>N)[-./](?P<y>Y)|(?P<z>Y)[-/](?P<n>N)")
_YEAR: Final = re.compile("(?P<p>P)?(?P<y>Y)")
_MONTHS: Final = re.compile("(?P<m>M)(?P<x>Y)?[-TA](?P<n>M),?(?P<y>Y)?")
_YEARS: Final = re.compile("(?P<y>Y)[-TA](?P<z>Y)")


class _Found:
    """A pattern that fits all tokens, and the tokens of its groups."""

    def __init__(self, pattern: re.Pattern[str], found: Sequence[Token]) -> None:
        self._at = pattern.fullmatch("".join(token.kind for token in found))
        self._tokens = found

    def __bool__(self) -> bool:
        return self._at is not None

    def __getitem__(self, group: str) -> Token | None:
        found = self._at and self._at.groupdict().get(group)
        return self._tokens[self._at.start(group)] if self._at and found else None

    def value(self, group: str) -> int:
        """The value of a group, 0 where it is missing."""
        found = self[group]
        return found.value if found else 0

    def name(self, group: str) -> str:
        """The name of a group's part, empty where it is missing."""
        found = self[group]
        return found.name if found else ""


def sketches(found: Sequence[Token]) -> list[Sketch]:
    """What the tokens can mean; empty where they are no date. Numbers alone are read day first, then month first."""
    for reader in (_named, _in_numbers, _across, _fuzzy):
        if sketched := list(reader(found)):
            return sketched
    return []


def dates(sketch: Sketch, today: date) -> tuple[Days | Window, ...]:
    """The dates of a sketch: of its year, else the next one from today on.

    Around the turn of the year one that has just passed is offered as well.
    """
    year = sketch.year
    if year is None:
        return _nearest(sketch, today)
    if year.lunar == sketch.lunar:
        return tuple(filter(None, (sketch.build(year.value),)))
    lunar = to_hijri(date(year.value, 1, 1)) if sketch.lunar else None
    built = (sketch.build(lunar.year + more) for more in (0, 1)) if lunar else ()
    return tuple(each for each in built if each and each.first.year == year.value)


def _nearest(sketch: Sketch, today: date) -> tuple[Days | Window, ...]:
    lunar = to_hijri(today)
    base = (lunar.year if lunar else 0) if sketch.lunar else today.year
    built = [each for year in range(base - 1, base + _YEARS_AHEAD) if (each := sketch.build(year))]
    coming = [each for each in built if each.last >= today][:1]
    gone = [each for each in built if each.last < today][-1:]
    if today.month in TURN_OF_THE_YEAR and gone and (today - gone[0].last).days <= A_WHILE:
        return (*coming, *gone)
    return tuple(coming)


def _named(found: Sequence[Token]) -> Iterator[Sketch]:
    """A day or some days of a month that has its name."""
    for pattern in (_DAY_FIRST, _MONTH_FIRST):
        if at := _Found(pattern, found):
            first, last, month = at.value("d"), at.value("e") or at.value("d"), at["m"]
            loose = at["c"] is not None and at["c"].kind in "A,"
            if month and (not loose or last == first + 1):
                yield Sketch(_days(month.value, month.lunar, first, last), at["y"], month.lunar)
            return


def _days(month: int, lunar: bool, first: int, last: int) -> Build:  # noqa: FBT001 two calendars, no switch
    def build(year: int) -> Days | None:
        begins, ends = Month(year, month, lunar).day(first), Month(year, month, lunar).day(last)
        return Days(begins, ends) if begins and ends and begins <= ends else None

    return build


def _in_numbers(found: Sequence[Token]) -> Iterator[Sketch]:
    if at := _Found(_YEAR_FIRST, found) or _Found(_SPAN_OF_NUMBERS, found):
        year = at["y"]
        lunar = bool(year and year.lunar)
        first, last = at.value("d"), at.value("e") or at.value("d")
        yield Sketch(_days(at.value("m"), lunar, first, last), year, lunar)
    elif at := _Found(_NUMBERS, found):
        year = at["y"] or (Token("Y", 2000 + at.value("z")) if at["z"] else None)
        lunar = bool(year and year.lunar)
        one, other = at.value("a"), at.value("b") or at.value("c") or at.value("o")
        yield Sketch(_days(other, lunar, one, one), year, lunar)
        if not lunar and one != other:
            yield Sketch(_days(one, lunar, other, other), year, lunar)


def _across(found: Sequence[Token]) -> Iterator[Sketch]:
    """From a day of one month to a day of another."""
    for at, token in enumerate(found):
        if token.kind in "-T":
            left, right = _point(found[:at]), _point(found[at + 1 :])
            if left and right and left.lunar == right.lunar and not (left.year and not right.year):
                yield Sketch(_span(left, right), right.year, right.lunar)
                return


def _point(found: Sequence[Token]) -> _Point | None:
    for pattern in _POINTS:
        at = _Found(pattern, found)
        month = at["m"]
        if month:
            year = at["y"]
            lunar = month.lunar if month.kind == "M" else bool(year and year.lunar)
            return _Point(at.value("d"), month.value, lunar, year)
    return None


def _span(left: _Point, right: _Point) -> Build:
    def build(year: int) -> Days | None:
        last = Month(year, right.month, right.lunar).day(right.day)
        first = Month(left.year.value if left.year else year, left.month, left.lunar).day(left.day)
        if first and last and first > last and not left.year:
            first = Month(year - 1, left.month, left.lunar).day(left.day)
            if first and (last - first).days > _LONGEST_TURN:
                return None
        return Days(first, last) if first and last and first <= last else None

    return build


def _fuzzy(found: Sequence[Token]) -> Iterator[Sketch]:
    """A month, a year, a part of one, or several."""
    if (at := _Found(_MONTH, found)) and (month := at["m"]):
        number, part, lunar = month.value, at.name("p"), month.lunar
        yield Sketch(lambda year: month_window(Month(year, number, lunar), part), at["y"], lunar)
    elif at := _Found(_MONTH_IN_NUMBERS, found):
        named, number = at["y"] or at["z"], at.value("m") or at.value("n")
        lunar = bool(named and named.lunar)
        yield Sketch(lambda year: month_window(Month(year, number, lunar)), named, lunar)
    elif (at := _Found(_YEAR, found)) and (named := at["y"]):
        lunar, part = named.lunar, at.name("p")
        yield Sketch(lambda year: year_window(year, part, lunar=lunar), named, lunar)
    else:
        yield from _several(found)


def _several(found: Sequence[Token]) -> Iterator[Sketch]:
    """Some months or years in a row."""
    at = _Found(_MONTHS, found)
    first, last, begun = at["m"], at["n"], at["x"]
    if first and last and first.lunar == last.lunar and (at["y"] or not begun):
        lunar, one, other = first.lunar, first.value, last.value
        yield Sketch(
            lambda year: span_of_months(
                Month(begun.value if begun else year, one, lunar), Month(year, other, lunar)
            ),
            at["y"],
            lunar,
        )
    at = _Found(_YEARS, found)
    first, last = at["y"], at["z"]
    if first and last and first.lunar == last.lunar:
        end, moon = last.value, first.lunar
        yield Sketch(lambda year: span_of_years(year, end, lunar=moon), first, moon)
