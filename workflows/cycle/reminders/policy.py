"""The reminder policy as data: which rungs lead to a milestone, for whom, and what a person is spared."""

from datetime import time
from typing import Final, Literal

from pydantic import Field

from workflows.cycle.calendar import MilestoneKind
from workflows.languages import Frozen
from workflows.notices import ReminderContent

Audience = Literal["focal_point", "contributor", "clearer", "supporter", "secretariat"]
Condition = Literal[
    "always",  # whatever the progress
    "not_registered",  # has not said how they attend the session
    "registered",  # attends the session, from wherever
    "not_begun",  # the country has settled nothing
    "open",  # at least one prompt that applies is not settled
    "attended",  # was there
]
OF_REGISTRATION: Final[frozenset[Condition]] = frozenset({"not_registered", "registered", "attended"})
"""What can be asked only of an event for which people register; elsewhere such a rung is not there."""
Content = ReminderContent
SILENCE: Final = "silence"
"""The content of an escalation: no rung of a ladder has it."""
STEP: Final = "next_step"
"""The content about a step to which a session led: no rung of a ladder has it either."""


FIX_DAY: Final = "fix_day"
"""The content about a window without a day: no rung has it, for it hangs on what is not there."""


class Rung(Frozen):
    """One step of the ladder to a milestone.

    `days` counts from the milestone's first day (before: negative), from its last day after it; `working` counts
    working days of the reader's country instead of calendar days.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]{0,23}$")
    milestone: MilestoneKind
    days: int = Field(ge=-365, le=365)
    working: bool = False
    to: tuple[Audience, ...] = Field(min_length=1)
    only_if: Condition = "always"
    content: Content


class Escalation(Frozen):
    """Whom to tell when a country has been silent for so many working days before a deadline: one step up each time."""

    milestone: MilestoneKind
    silent_working_days: int = Field(gt=0)
    tell: Literal["alternate", "secretariat"]


class ReminderPolicy(Frozen):
    """When people are reminded and when they are left in peace. Hours are local to each reader.

    `hour` is when a reminder comes to somebody who chose no hour. Nobody gets more than `a_day` letters with reminders
    in a local day, nor more than `a_week` in seven days; what happens on the day itself is told all the same.
    Who is awaited (a clearing authority, a state with open remarks, the secretariat) is asked again after so many
    working days without a sign, and after as many again. The secretariat is reminded once, so many calendar days before
    a window opens (`window_days`), that nobody has set its day; 0 is never.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,31}$")
    quiet_from: time
    quiet_until: time
    hour: time
    a_day: int = Field(default=1, ge=1, le=1)
    a_week: int = Field(default=3, ge=1, le=7)
    awaited_working_days: int = Field(default=3, ge=2, le=20)
    window_days: int = Field(default=28, ge=0, le=180)
    rungs: tuple[Rung, ...]
    escalations: tuple[Escalation, ...] = ()
