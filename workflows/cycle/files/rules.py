"""What a cycle's file must keep to beyond its shape: ids, zones and days that exist, hours and references that fit."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from difflib import get_close_matches
from functools import cache
from typing import Final
from zoneinfo import available_timezones

from workflows.marked import Fault, Marked
from workflows.reference.states import countries

_MILESTONE_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,23}")
_CALENDAR_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
_ITEM_ID: Final = re.compile(r"[a-z0-9_.]{1,16}")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_HOUR: Final = re.compile(r"\d{2}:\d{2}(:00)?")
_NUMBER: Final = re.compile(r"[+-]?\d{1,9}")
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_MOST_DAYS: Final = 731
_PLACEHOLDER: Final = re.compile(r"\b(?:TODO|TBD|TBC|FIXME|XXX)\b|\?\?\?|\ufffd|^(?:null|~)$", re.IGNORECASE)


def faults_of_meaning(root: Marked) -> list[Fault]:
    """All such faults; what is missing or misshapen is passed over, its shape is judged elsewhere."""
    milestones = root["milestones"].elements
    return [
        *_texts(root),
        *_id(root["id"], _CALENDAR_ID),
        *_zone(root["zone"]),
        *_day(root["begins"]),
        *_doubled((theme["number"] for theme in root["themes"].elements), "theme"),
        *_some(root["milestones"]),
        *_doubled((each["id"] for each in milestones), "milestone"),
        *(fault for each in milestones for fault in _milestone(each)),
        *(fault for each in milestones for fault in _follows(each, milestones)),
    ]


def _texts(root: Marked) -> Iterator[Fault]:
    for leaf in root.leaves:
        if not leaf.text.strip():
            yield leaf.fault("This text is empty.", "Please write the text, or remove the line.")
        elif found := _PLACEHOLDER.search(leaf.text):
            yield leaf.fault(f"A placeholder was left behind: `{found[0]}`.", "Please write the final words.")


def _some(milestones: Marked) -> Iterator[Fault]:
    if isinstance(milestones.value, list) and not milestones.value:
        yield milestones.fault("There is no milestone here.", "Please add at least one milestone.")


def _id(node: Marked, rule: re.Pattern[str]) -> Iterator[Fault]:
    if node.text and not rule.fullmatch(node.text):
        yield node.fault(
            f"`{node.text}` cannot be carried by a button.", f"Please give an id that matches {rule.pattern}."
        )


def _doubled(nodes: Iterable[Marked], what: str) -> Iterator[Fault]:
    first: dict[str, Marked] = {}
    for node in nodes:
        if node.text and node.text in first:
            where = f"it was given first in line {first[node.text].line}"
            yield node.fault(
                f"The {what} `{node.text}` is given twice; {where}.", "Please change one of the two."
            )
        first.setdefault(node.text, node)


def _milestone(node: Marked) -> Iterator[Fault]:
    yield from _id(node["id"], _MILESTONE_ID)
    moves = node["moves"].elements
    dates = [node["when"], *node["alternatives"].elements, *(move["when"] for move in moves)]
    for when in (*dates, *node["extensions"].entries.values()):
        yield from _date(when)
    yield from _countries(node["extensions"])
    for move in moves:
        yield from _moment(move["at"])
    for number in ("round", "phase", "session", "groups", "sequence"):
        if _NUMBER.fullmatch(node[number].text) and int(node[number].text) < 0:
            yield node[number].fault(f"`{number}` cannot be below zero.", "Please write 0 or more.")
    yield from _agenda(node["agenda"])
    presenters, items = node["presenters_item"], [item["id"].text for item in node["agenda"].elements]
    if presenters.text and presenters.text not in items:
        yield presenters.fault(
            f"The agenda has no item `{presenters.text}`.",
            f"Please write {_one_of(items) or 'an agenda first'}.",
        )


def _countries(extensions: Marked) -> Iterator[Fault]:
    codes = {country.code for country in countries()}
    for code, node in extensions.entries.items():
        if code not in codes:
            yield node.fault(
                f"`{code}` is no country of the region.",
                "Please write its two letters, such as LB for Lebanon.",
            )


# --- days, hours and zones ----------------------------------------------------------------------------------


def _date(when: Marked) -> Iterator[Fault]:
    yield from _day(when["first"])
    yield from _day(when["last"])
    yield from _hour(when["starts"])
    yield from _hour(when["ends"])
    yield from _zone(when["zone"])


def _day(node: Marked) -> Iterator[Fault]:
    if node.value is None:
        return
    day = _read_day(node.text)
    if day is None:
        yield node.fault(
            f"`{node.text}` is no day.",
            'Please write a day that exists as year, month and day, such as "2020-06-25".',
        )
    elif not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        yield node.fault(
            f"The year {day.year} cannot be meant.",
            f"Please write the Gregorian year, from {_FIRST_YEAR} to {_LAST_YEAR}.",
        )


def _hour(node: Marked) -> Iterator[Fault]:
    if node.value is not None and _read_hour(node.text) is None:
        yield node.fault(
            f"`{node.text}` is no hour.",
            'Please write an hour and minutes from 00:00 to 23:59, such as "10:00".',
        )


def _moment(node: Marked) -> Iterator[Fault]:
    try:
        aware = datetime.fromisoformat(node.text).tzinfo is not None
    except ValueError:
        aware = True  # its shape is judged elsewhere
    if not aware:
        yield node.fault(
            "This moment has no zone.", 'Please write it in UTC, such as "2020-06-08T09:30:00Z".'
        )


def _zone(node: Marked) -> Iterator[Fault]:
    if not node.text or node.text in _zones():
        return
    near = get_close_matches(node.text, sorted(_zones()), n=1)
    meant = f" Perhaps `{near[0]}` is meant." if near else ""
    yield node.fault(
        f"There is no time zone `{node.text}`.",
        f"Please name a place of the time zone database, such as Africa/Cairo, never an offset.{meant}",
    )


@cache
def _zones() -> frozenset[str]:
    """Zones that are named for a place, and so know their clock changes."""
    return frozenset(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))


def _read_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) and text.isascii() else None
    except ValueError:
        return None


def _read_hour(text: str) -> time | None:
    try:
        return time.fromisoformat(text) if _HOUR.fullmatch(text) and text.isascii() else None
    except ValueError:
        return None


# --- agendas ------------------------------------------------------------------------------------------------


def _agenda(agenda: Marked) -> Iterator[Fault]:
    yield from _doubled((item["id"] for item in agenda.elements), "agenda item")
    last_id, last_end = "", time.min
    for item in agenda.elements:
        yield from _id(item["id"], _ITEM_ID)
        yield from _hour(item["starts"])
        yield from _hour(item["ends"])
        for part in item["parts"].elements:
            yield from _minutes(part["minutes"])
        starts, ends = _read_hour(item["starts"].text), _read_hour(item["ends"].text)
        if starts is None or ends is None:
            continue
        if ends <= starts:
            yield item["ends"].fault(
                f"The item ends at {ends:%H:%M}, not after its start at {starts:%H:%M}.",
                "Please correct `starts` or `ends`; hours run from 00:00 to 23:59.",
            )
        if starts < last_end:
            yield item["starts"].fault(
                f"The item starts at {starts:%H:%M}, before `{last_id}` ends at {last_end:%H:%M}.",
                "Please put the items in order, and let each start when the one before it has ended.",
            )
        last_id, last_end = item["id"].text, max(last_end, ends)


def _minutes(node: Marked) -> Iterator[Fault]:
    if _NUMBER.fullmatch(node.text) and int(node.text) <= 0:
        yield node.fault("A part of an item takes some time.", "Please write 1 minute or more.")


# --- dates that hang on others ------------------------------------------------------------------------------


def _follows(node: Marked, milestones: list[Marked]) -> Iterator[Fault]:
    """What is wrong with the milestone that a date hangs on, and with the number of days."""
    days, followed = node["follows"]["days"], node["follows"]["milestone"]
    if _NUMBER.fullmatch(days.text) and abs(int(days.text)) > _MOST_DAYS:
        yield days.fault(f"{days.text} days are too far away.", f"Please write at most {_MOST_DAYS} days.")
    known = {each["id"].text: each for each in milestones}
    if not followed.text:
        return
    if followed.text not in known:
        yield followed.fault(
            f"There is no milestone `{followed.text}`.", f"Please write {_one_of(sorted(known))}."
        )
    elif _goes_round(node, known):
        yield followed.fault(
            "This date hangs on itself, by way of the others.", "Please remove `follows` from one of them."
        )


def _goes_round(node: Marked, known: dict[str, Marked]) -> bool:
    seen: set[str] = set()
    at = node
    while (name := at["follows"]["milestone"].text) in known and name not in seen:
        seen.add(name)
        at = known[name]
    return node["id"].text in seen


def _one_of(names: Iterable[str]) -> str:
    near = [f"`{name}`" for name in names if name]
    return " or ".join(filter(None, (", ".join(near[:-1]), *near[-1:])))
