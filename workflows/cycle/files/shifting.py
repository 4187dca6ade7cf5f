"""A rehearsal of a cycle: the same calendar moved to another time by whole weeks, so that every weekday stays."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

from workflows.cycle.calendar import Calendar, Milestone, Move
from workflows.languages import Text
from workflows.reference.states import months
from workflows.when import Exact, When, Window

_WEEK: Final = timedelta(days=7)
_MARK: Final = "-rehearsal"
_LONGEST_ID: Final = 32
_REHEARSAL: Final = Text(ar="تجربة", en="rehearsal", fr="répétition")
_EN: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_FR: Final = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip


def shifted(calendar: Calendar, to: date) -> Calendar:
    """A copy that begins on `to` or within the six days after it, marked as a rehearsal.

    Every date keeps its weekday, its local hours and its distance to the others; a window's phrase names its new days.
    Raises OverflowError where a date would leave the calendar.
    """
    by = -(-(to - begin(calendar)) // _WEEK) * _WEEK
    title = {language: f"{words} ({mark})" for language, words, mark in _with_mark(calendar.title)}
    return calendar.model_copy(
        update={
            "id": calendar.id.removesuffix(_MARK)[: _LONGEST_ID - len(_MARK)] + _MARK,
            "title": calendar.title if calendar.id.endswith(_MARK) else Text(**title),
            "begins": begin(calendar) + by,
            "milestones": tuple(_milestone(each, by) for each in calendar.milestones),
        }
    )


def begin(calendar: Calendar) -> date:
    """The day from which a cycle is under way: as its file says, else its first date.

    A calendar without any date begins on some Monday; there is nothing in it that could be moved.
    """
    dated = [each.when.first for each in calendar.milestones if isinstance(each.when, Exact | Window)]
    return calendar.begins or min(dated, default=date.fromisocalendar(2020, 1, 1))


def _with_mark(title: Text) -> list[tuple[str, str, str]]:
    mark = _REHEARSAL
    return [("ar", title.ar, mark.ar), ("en", title.en, mark.en), ("fr", title.fr, mark.fr)]


def _milestone(milestone: Milestone, by: timedelta) -> Milestone:
    return milestone.model_copy(
        update={
            "when": _when(milestone.when, by),
            "alternatives": tuple(_when(each, by) for each in milestone.alternatives),
            "moves": tuple(_move(each, by) for each in milestone.moves),
            "extensions": {code: _when(each, by) for code, each in milestone.extensions.items()},
        }
    )


def _move(move: Move, by: timedelta) -> Move:
    return move.model_copy(update={"at": move.at + by, "when": _when(move.when, by)})


def _when(when: When, by: timedelta) -> When:
    match when:
        case Exact():
            return when.model_copy(update={"first": when.first + by, "last": when.last + by})
        case Window():
            first, last = when.first + by, when.last + by
            return Window(first=first, last=last, phrase=_between(first, last) if by else when.phrase)
        case _:
            return when


def _between(first: date, last: date) -> Text:
    """Two days in words, the month and the year of the first only where they differ."""
    return Text(
        ar=f"بين {_start(first, last, _arabic)} و{_arabic(last)}",
        en=f"between {_start(first, last, _english)} and {_english(last)}",
        fr=f"entre le {_start(first, last, _french)} et le {_french(last)}",
    )


def _start(first: date, last: date, in_words: Callable[[date], str]) -> str:
    words = in_words(first)
    if first.year != last.year:
        return words
    words = words.removesuffix(f" {first.year}")
    return words.partition(" ")[0] if first.month == last.month else words


def _arabic(day: date) -> str:
    levantine, egyptian = months("levantine")[day.month - 1], months("egyptian")[day.month - 1]
    return f"{day.day} {levantine}/{egyptian} {day.year}"


def _english(day: date) -> str:
    return f"{day.day} {_EN[day.month - 1]} {day.year}"


def _french(day: date) -> str:
    return f"{day.day if day.day > 1 else '1er'} {_FR[day.month - 1]} {day.year}"
