"""Next steps of a session, reminded of on their day: those of a country to it, those of nobody's to the secretariat."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from workflows.cycle.calendar import Milestone
from workflows.cycle.days.working_days import Habits, is_working_day
from workflows.cycle.reminders.ladder import Reader
from workflows.cycle.reminders.planned import Planned
from workflows.cycle.reminders.policy import STEP
from workflows.immutable import Immutable

AFTERWARDS = timedelta(days=14)
"""So long after its day a step that nobody has been reminded of yet is still worth a word; Rafiq may have been away."""


class DueStep(Immutable):
    """A step that is not done: its number, its session, its day, and whose it is ("" for nobody's of a state)."""

    number: int
    session: str
    due: date
    country: str

    @property
    def rung(self) -> str:
        """What its reminders are called; another day makes other reminders."""
        return f"{STEP}_{self.number}_{self.due:%Y%m%d}"


def is_time(step: DueStep, habits: Habits, country: str, today: date) -> bool:
    """Whether a country has come to the step's day, or to its last working day before where that is a day off."""
    return _day(step, habits, country) <= today <= step.due + AFTERWARDS


def is_told(step: DueStep, reader: Reader) -> bool:
    """Whether a reader is whom the step concerns."""
    if not step.country:
        return reader.role == "secretariat"
    return reader.role == "focal_point" and reader.country == step.country


def remindings(
    step: DueStep, session: Milestone, to: Iterable[tuple[Reader, datetime]], habits: Habits, *, cycle_id: str
) -> list[Planned]:
    """One reminder for each of those whom it concerns, at a decent moment of theirs (UTC): once for the same day."""
    whose = step.country or "all"
    return [
        Planned(
            key=f"{cycle_id}/{reader.person_id}/{session.id}/{step.due:%Y%m%d}/{step.rung}/{whose}",
            person_id=reader.person_id,
            country=reader.country,
            milestone=session.id,
            sequence=session.sequence,
            rung=step.rung,
            content=STEP,
            nominal=step.due,
            due=at,
            shifted="before" if _day(step, habits, reader.country) < step.due else "",
        )
        for reader, at in to
    ]


def number_of(rung: str) -> int:
    """The number of the step that a reminder is about."""
    return int(rung.split("_")[-2])


def _day(step: DueStep, habits: Habits, country: str) -> date:
    day = step.due
    while not is_working_day(habits, country, day):
        day -= timedelta(days=1)
    return day
