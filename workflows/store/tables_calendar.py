"""The tables of the calendar: plans, preferences, who takes part, workshops and reminders."""

from datetime import date, datetime, time

from sqlalchemy import Index, UniqueConstraint, false
from sqlmodel import Field

from workflows.store.columns import (
    NUMBERED,
    House,
    big_column,
    index_where,
    later_column,
    moment_column,
    number_column,
    table_of,
)

PLANNED = "state = 'planned'"
"""The state in which a reminder is still to come; written out, so that the engines use the index."""


class CalendarRevision(House, table=True):
    """One version of a cycle's calendar and reminder policy, word for word."""

    __tablename__ = "calendar_revision"
    __table_args__ = (UniqueConstraint("cycle_id", "number"), NUMBERED)
    id: int | None = number_column()
    cycle_id: str = Field(foreign_key="cycle.id")
    number: int
    calendar: str
    calendar_hash: str
    policy: str
    policy_hash: str
    author_id: int | None = big_column(foreign_key="person.id")
    act: str
    milestone: str
    at: datetime = moment_column()


class Preference(House, table=True):
    """How a person wants to be reminded."""

    person_id: int = big_column(foreign_key="person.id", primary_key=True)
    hour: time | None = None
    hijri: bool
    paused: bool
    snoozed_until: datetime | None = moment_column()
    morning: bool
    digest: bool = later_column(false())
    status_seen_at: datetime | None = moment_column()


class TakingPart(House, table=True):
    """Whether a country takes part; no row while it has not said."""

    __tablename__ = "taking_part"
    cycle_id: str = Field(foreign_key="cycle.id", primary_key=True)
    country: str = Field(primary_key=True)
    answer: str
    author_id: int | None = big_column(foreign_key="person.id")
    at: datetime = moment_column()


class Registration(House, table=True):
    """How a person attends a session."""

    __table_args__ = (Index("ix_registration_person_id", "person_id"),)
    cycle_id: str = Field(foreign_key="cycle.id", primary_key=True)
    session: str = Field(primary_key=True)
    person_id: int = big_column(foreign_key="person.id", primary_key=True)
    country: str
    attendance: str
    discussion_group: int
    presents: bool | None = None
    place: int
    attended: bool | None = None
    at: datetime = moment_column()


class Minute(House, table=True):
    """What is put down for a session."""

    __table_args__ = (
        Index("ix_minute_session", "cycle_id", "session"),
        Index("ix_minute_author_id", "author_id"),
        NUMBERED,
    )
    id: int | None = number_column()
    cycle_id: str = Field(foreign_key="cycle.id")
    session: str
    kind: str
    country: str
    author_id: int | None = big_column(foreign_key="person.id")
    text: bytes | None = None
    owner: bytes | None = None
    due: date | None = None
    state: str
    taken_by: str
    marks: str
    at: datetime = moment_column()
    place: int | None = None
    discussion_group: int | None = None
    sort: str | None = None
    message_id: int | None = big_column()


class Hosting(House, table=True):
    """Whether the country's office can host a session."""

    cycle_id: str = Field(foreign_key="cycle.id", primary_key=True)
    session: str = Field(primary_key=True)
    country: str = Field(primary_key=True)
    is_open: bool
    at: datetime = moment_column()


class HandOver(House, table=True):
    """The day on which something was handed over; no row for what was not."""

    __tablename__ = "hand_over"
    cycle_id: str = Field(foreign_key="cycle.id", primary_key=True)
    milestone: str = Field(primary_key=True)
    day: date
    author_id: int | None = big_column(foreign_key="person.id")
    at: datetime = moment_column()


class Reminder(House, table=True):
    """A reminder, planned or settled; `planned_for` is the plan's own moment, `due_at` the one it was put off to."""

    __table_args__ = (
        Index("ix_reminder_person_id_due_at", "person_id", "due_at"),
        index_where(PLANNED, "ix_reminder_planned", "due_at", "person_id"),
        Index("ix_reminder_settled_at", "settled_at"),
        NUMBERED,
    )
    id: int | None = number_column()
    key: str = Field(unique=True)
    cycle_id: str = Field(foreign_key="cycle.id")
    person_id: int = big_column(foreign_key="person.id")
    country: str
    milestone: str
    sequence: int
    rung: str
    content: str
    nominal: date
    planned_for: datetime = moment_column()
    due_at: datetime = moment_column()
    shifted: str
    state: str
    reason: str
    letter: str
    planned_at: datetime = moment_column()
    settled_at: datetime | None = moment_column()


CALENDARS = table_of(CalendarRevision)
PREFERENCES = table_of(Preference)
TAKING_PART = table_of(TakingPart)
REGISTRATIONS = table_of(Registration)
MINUTES = table_of(Minute)
HOSTING = table_of(Hosting)
HAND_OVERS = table_of(HandOver)
REMINDERS = table_of(Reminder)
