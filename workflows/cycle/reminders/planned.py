"""A reminder as it is planned: for whom, to which milestone, why, and when."""

from dataclasses import dataclass
from datetime import date, datetime

from workflows.cycle.reminders.policy import Content


@dataclass(frozen=True, slots=True)
class Planned:
    """One rung that comes to one person.

    The same `key` is reminded of once; `sequence` is the milestone's at planning. `nominal` is the day that the policy
    names, in the reader's own calendar; `due` is when it is to be said (UTC), and `shifted` why that is another moment
    ("" where it is not). `country` is empty for the secretariat.
    """

    key: str
    person_id: int
    country: str
    milestone: str
    sequence: int
    rung: str
    content: Content
    nominal: date
    due: datetime
    shifted: str = ""
