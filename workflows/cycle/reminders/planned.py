"""A reminder as it is planned: for whom, to which milestone, why, and when."""

from datetime import date, datetime
from typing import Protocol

from workflows.cycle.reminders.policy import Content
from workflows.immutable import Immutable


class Alike(Protocol):
    """Something that is reminded of as a planned reminder is, wherever it was kept."""

    @property
    def person_id(self) -> int: ...
    @property
    def country(self) -> str: ...
    @property
    def milestone(self) -> str: ...
    @property
    def sequence(self) -> int: ...
    @property
    def rung(self) -> str: ...
    @property
    def content(self) -> Content: ...
    @property
    def nominal(self) -> date: ...
    @property
    def due(self) -> datetime: ...
    @property
    def shifted(self) -> str: ...


class Planned(Immutable):
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

    @classmethod
    def again(
        cls,
        each: Alike,
        key: str,
        person_id: int | None = None,
        due: datetime | None = None,
        shifted: str | None = None,
    ) -> "Planned":
        """The same under another key: for another person, or at another moment (UTC)."""
        return cls(
            key,
            each.person_id if person_id is None else person_id,
            each.country,
            each.milestone,
            each.sequence,
            each.rung,
            each.content,
            each.nominal,
            each.due if due is None else due,
            each.shifted if shifted is None else shifted,
        )
