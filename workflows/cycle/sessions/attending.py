"""How one can take part in an event: what its place and its mode allow, and what is not said yet."""

from typing import Final, get_args

from workflows.cycle.calendar import Milestone
from workflows.notices.workshops import Attendance

WAYS: Final[tuple[Attendance, ...]] = get_args(Attendance)
ATTENDING: Final[tuple[Attendance, ...]] = tuple(way for way in WAYS if way != "away")
"""Every way of being there."""


def ways(event: Milestone) -> tuple[Attendance, ...]:
    """The ways that are open to everybody, whether or not their country has an office; "away" is always one.

    In person where the mode says so, or a place is named and no mode. By line where the mode says so; a workshop whose
    mode is not given is held so, with individual support for those who need it (concept note of 8 June 2020, L55). At
    an event of which neither is known one can only say that one takes part ("coming").
    """
    found: list[Attendance] = []
    if meets_in_person(event):
        found.append("in_person")
    if is_held_by_line(event):
        found += ["remote", "support"] if event.kind == "workshop" else ["remote"]
    return (*(found or ["coming"]), "away")


def meets_in_person(event: Milestone) -> bool:
    """Whether one can come to where it is held."""
    return event.mode in ("in_person", "hybrid") or (event.mode is None and event.place is not None)


def is_held_by_line(event: Milestone) -> bool:
    """Whether one can take part from elsewhere: from an office, or from one's own desk."""
    return event.mode in ("online", "hybrid") or (event.mode is None and event.kind == "workshop")


def offices_receive(event: Milestone) -> bool:
    """Whether offices receive people for it unless the secretariat says otherwise: they do so for workshops.

    The note of 2020 opens the IOM country offices for the workshops (L55); for other events none is promised until
    the secretariat opens one.
    """
    return event.kind == "workshop"
