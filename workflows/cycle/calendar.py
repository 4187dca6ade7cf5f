"""The calendar of a review cycle: what happens when and where, what was moved, and who was given more time."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from functools import cached_property
from typing import Any, Final, Literal, get_args

from pydantic import Field

from workflows.languages import Frozen, Language, Text
from workflows.when import CAIRO, Exact, When

CYCLE_ID: Final = re.compile(r"^[a-z0-9][a-z0-9-]{0,31}$")
"""The name of a cycle and of its calendar; keys of reminders are made of it."""
MilestoneKind = Literal[
    "invitation", "template", "workshop", "deadline", "briefing", "dialogue", "forum", "report",
    "outcome_document", "general_assembly", "review_forum",
]  # fmt: skip
KINDS: tuple[MilestoneKind, ...] = get_args(MilestoneKind)
MEETINGS: tuple[MilestoneKind, ...] = ("workshop", "briefing", "dialogue", "forum")
"""The kinds at which people come together, so that they may register for them."""
Mode = Literal["in_person", "online", "hybrid"]
Step = Literal["postponed", "fixed", "unfixed", "mode_changed", "extended", "extension_ended"]


class AgendaPart(Frozen):
    """A part of an agenda item with the minutes meant for it."""

    title: Text
    minutes: int = Field(gt=0)


class AgendaItem(Frozen):
    """One item of a session's agenda; hours are local to the session's zone.

    `speakers` is a sort of speaker, `points` are what the item covers where the source gives no minutes for each.
    """

    id: str = Field(pattern=r"^[a-z0-9_.]{1,16}$")
    title: Text
    starts: time
    ends: time
    speakers: Text | None = None
    parts: tuple[AgendaPart, ...] = ()
    points: tuple[Text, ...] = ()

    @property
    def minutes(self) -> int:
        """How long the item takes."""
        return (self.ends.hour - self.starts.hour) * 60 + self.ends.minute - self.starts.minute


class Move(Frozen):
    """What a milestone was before somebody changed it; `at` is when that was done (UTC).

    `alternatives` are those that the change settled. `country` is whose date it was, empty for everybody's.
    """

    step: Step
    at: datetime
    when: When
    mode: Mode | None = None
    place: Text | None = None
    alternatives: tuple[When, ...] = ()
    country: str = ""


class Follows(Frozen):
    """A date that hangs on another: so many days from the first day of that milestone (before it: negative)."""

    milestone: str
    days: int = Field(ge=-731, le=731)


class Milestone(Frozen):
    """Something dated in the cycle.

    `kind` says what sort of thing it is; `round`, `phase` and `session` place a workshop in its series. `alternatives`
    are other windows that the source names for the same thing. `follows` lets the date move along with another's.
    `assesses`: in it states assess their own preparation, for which each has its self-assessment. `sequence` grows with
    every change, as in iCalendar. `extensions` are later dates granted to one country (ISO 3166-1 alpha-2). `source`
    cites the passage.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]{0,23}$")
    kind: MilestoneKind
    title: Text
    when: When
    alternatives: tuple[When, ...] = ()
    follows: Follows | None = None
    mode: Mode | None = None
    place: Text | None = None
    languages: tuple[Language, ...] = ()
    round: int | None = None
    phase: int | None = None
    session: int | None = None
    agenda: tuple[AgendaItem, ...] = ()
    groups: int = 0
    registers: bool = False
    assesses: bool = False
    presenters_item: str = ""
    link: str = ""
    note: Text | None = None
    source: str = ""
    sequence: int = 0
    moves: tuple[Move, ...] = ()
    extensions: dict[str, When] = Field(default_factory=dict)

    def when_for(self, country: str) -> When:
        """When it is for one country: its extension where it has one."""
        return self.extensions.get(country, self.when)


class Theme(Frozen):
    """A priority theme; the titles stay open until the secretariat gives them."""

    number: int
    title: Text | None = None


class Calendar(Frozen):
    """All milestones of a cycle in the order of its file.

    `zone` is the host's, in which hours are given. `begins` is the day from which the cycle is under way; a rehearsal
    starts with it.
    """

    id: str = Field(pattern=CYCLE_ID.pattern)
    title: Text
    template: str
    zone: str = CAIRO
    begins: date | None = None
    themes: tuple[Theme, ...] = ()
    milestones: tuple[Milestone, ...]

    @cached_property
    def by_id(self) -> dict[str, Milestone]:
        """The milestones by their ids."""
        return {milestone.id: milestone for milestone in self.milestones}

    @property
    def deadline(self) -> Milestone | None:
        """The milestone by which reviews are to be submitted, where the cycle has one."""
        return next((each for each in self.milestones if each.kind == "deadline"), None)

    def with_milestone(self, changed: Milestone) -> "Calendar":
        """The calendar with one milestone replaced by its id."""
        milestones = tuple(changed if each.id == changed.id else each for each in self.milestones)
        return self.model_copy(update={"milestones": milestones})

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> "Calendar":
        """As for every model, but what was worked out from the milestones is forgotten."""
        copy = super().model_copy(update=update, deep=deep)
        copy.__dict__.pop("by_id", None)
        return copy


def is_over(when: When, now: datetime) -> bool:
    """Whether an exact date lies behind; a window or an open date never does."""
    return isinstance(when, Exact) and when.closes() <= now
