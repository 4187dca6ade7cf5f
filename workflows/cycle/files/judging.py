"""Judges a cycle's file: gives its calendar, or all that is wrong with it, where, and what would put it right."""

import re
from functools import cache
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from workflows.cycle.calendar import Calendar
from workflows.cycle.files.rules import faults_of_meaning
from workflows.marked import Fault, Marked, fault_of_shape, read
from workflows.when import CAIRO

FOLDER: Final = Path(__file__).parents[2] / "data" / "cycles"

_KINDS: Final = ("exact", "window", "unstated")
_LEFT_TO_RULES: Final = re.compile(r"(date|time|string_pattern|less_than|greater_than)(?!time)")
"""Sorts of pydantic's findings that the rules name in better words, with the remedy that fits."""
_ORDERS: Final = {
    "the last day is before the first": "Please exchange the two, or correct one of them.",
    "it ends before it starts": "Please correct `starts` or `ends`.",
    "an end without a start": "Please add `starts`, or remove `ends`.",
    "the window ends before it begins": "Please exchange `first` and `last`, or correct one of them.",
}


class FaultyCalendarError(ValueError):
    """A calendar that cannot be kept; `faults` are all of its faults."""

    def __init__(self, name: str, faults: tuple[Fault, ...]) -> None:
        lines = "\n".join(f"- {fault}" for fault in faults)
        number = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        super().__init__(f"The calendar {name} has {number}:\n{lines}")
        self.faults = faults


def load_calendar(path: Path) -> Calendar:
    """The calendar of a file; raises FaultyCalendarError with all faults, OSError where the file cannot be read."""
    verdict = judge(path.read_bytes().decode("utf-8-sig", errors="replace"))
    if isinstance(verdict, Calendar):
        return verdict
    raise FaultyCalendarError(path.name, verdict)


@cache
def shipped_calendar(cycle_id: str) -> Calendar | None:
    """The calendar that ships with Rafiq for a cycle of that name, if there is one."""
    file = next((path for path in FOLDER.glob("*.yaml") if path.stem == cycle_id), None)
    return load_calendar(file) if file else None


def judge(text: str) -> Calendar | tuple[Fault, ...]:
    """The calendar of a YAML text, or all of its faults in the order of its lines.

    A date may leave out `last` when it is one day, and `zone` when it is the calendar's.
    """
    root, faults = read(text)
    if root.value is None:
        return tuple(faults)
    calendar: Calendar | None = None
    try:
        calendar = Calendar.model_validate(_filled(root.plain()))
    except ValidationError as error:
        found = error.errors(include_url=False)
        faults += [_fault(root, each) for each in found if not _LEFT_TO_RULES.match(each["type"])]
        unsaid = [_fault(root, each) for each in found]
    else:
        unsaid = []
    faults += faults_of_meaning(root)
    if calendar is not None and not faults:
        return calendar
    return tuple(sorted(dict.fromkeys(faults or unsaid), key=_line))


def _line(fault: Fault) -> int:
    return int(fault.place.rpartition("(line ")[2].rstrip(")"))


def _filled(plain: object) -> object:
    """The file's values with what a date may leave out: the last of one day, the calendar's zone."""
    if isinstance(plain, dict) and isinstance(plain.get("milestones"), list):
        zone = plain.get("zone", CAIRO)
        for milestone in plain["milestones"]:
            for when in _dates(milestone):
                if when.get("kind") == "exact":
                    when.setdefault("zone", zone)
                if "first" in when:
                    when.setdefault("last", when["first"])
    return plain


def _dates(milestone: object) -> list[dict[str, Any]]:
    """All dates of a milestone that are mappings, wherever they stand in it."""
    if not isinstance(milestone, dict):
        return []
    moves, others, later = (milestone.get(name) for name in ("moves", "alternatives", "extensions"))
    found = [milestone.get("when")]
    found += [move.get("when") for move in moves if isinstance(move, dict)] if isinstance(moves, list) else []
    found += others if isinstance(others, list) else []
    found += later.values() if isinstance(later, dict) else []
    return [when for when in found if isinstance(when, dict)]


def _fault(root: Marked, details: ErrorDetails) -> Fault:
    """What pydantic found, in words for somebody who writes calendars; the kind of a date is no part of the place."""
    loc = tuple(
        key for at, key in enumerate(details["loc"]) if key not in _KINDS or _is_a_name(details["loc"], at)
    )
    node = root
    for key in loc:
        node = node[key]
    message = details["msg"].removeprefix("Value error, ")
    match details["type"]:
        case "value_error" if message in _ORDERS:
            return node.fault(f"{message[0].upper()}{message[1:]}.", _ORDERS[message])
        case "union_tag_not_found":
            return node.fault("This date does not say its `kind`.", f"Please add `kind:` with {_listed()}.")
        case "union_tag_invalid":
            return node["kind"].fault(
                f"There is no kind of date `{node['kind'].text}`.", f"Please write {_listed()}."
            )
        case "model_attributes_type":
            details["type"] = "model_type"
    details["loc"] = loc
    return fault_of_shape(root, details)


def _is_a_name(loc: tuple[int | str, ...], at: int) -> bool:
    """Whether a word in a place that equals a kind of date is a name in the file: it does not stand behind a date."""
    before, above = (loc[at - back] if at >= back else "" for back in (1, 2))
    return before != "when" and above not in ("alternatives", "extensions")


def _listed() -> str:
    return ", ".join(f"`{kind}`" for kind in _KINDS[:-1]) + f" or `{_KINDS[-1]}`"
