"""What is handed over beyond the region: the chain from the regional report or outcome to the review forum."""

from typing import Final

from workflows.cycle.calendar import Calendar, Milestone, MilestoneKind
from workflows.when import Unstated

HANDED_OVER: Final[tuple[MilestoneKind, ...]] = (
    "report",
    "outcome_document",
    "general_assembly",
    "review_forum",
)
"""The kinds that say that something is passed on.

The report of 2020 goes to the regional forum and the review forum of 2022 (note of 8 June 2020, L31); the outcome
document of 2024 to the Coordinator, who presents it in the General Assembly, and to the forum of 2026 (note of the
second conference, L156-160).
"""


def chain(calendar: Calendar) -> tuple[Milestone, ...]:
    """The hand-overs of a cycle in the order of its file, without what lay behind when the cycle began."""
    return tuple(each for each in calendar.milestones if is_handed_over(calendar, each))


def is_handed_over(calendar: Calendar, milestone: Milestone) -> bool:
    """Whether a milestone of the calendar is such a step."""
    if milestone.kind not in HANDED_OVER:
        return False
    when = milestone.when
    return isinstance(when, Unstated) or calendar.begins is None or when.last >= calendar.begins
