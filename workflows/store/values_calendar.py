"""What the store gives out and takes in about the calendar: plans, preferences, workshops and reminders."""

from datetime import date, datetime, time
from typing import Literal

from workflows.cycle.calendar import Calendar
from workflows.cycle.reminders.policy import Content, ReminderPolicy
from workflows.immutable import Immutable
from workflows.notices.workshops import Attendance, PointSort

MinuteKind = Literal["question", "offer", "next_step", "evaluation", "floor", "point", "group_name"]
MinuteState = Literal["open", "parked", "answered", "taken_up", "done", "speaking", "released"]
ReminderState = Literal["planned", "sent", "skipped", "cancelled"]
Settled = Literal["sent", "skipped", "cancelled"]

# --- the plan -----------------------------------------------------------------------------------------------


class Plan(Immutable):
    """A cycle's calendar with its reminder policy as they stand; `number` counts the revisions, `at` is UTC."""

    cycle_id: str
    number: int
    calendar: Calendar
    policy: ReminderPolicy
    at: datetime


class PlanHead(Immutable):
    """One revision of a plan without its content.

    `act` says what was done, to which `milestone` ("" when to the whole), by which person, and when (UTC). `by` is
    None where it was the command line, or somebody who is forgotten.
    """

    number: int
    act: str
    milestone: str
    by: int | None
    at: datetime


# --- people in the cycle ------------------------------------------------------------------------------------


class Preference(Immutable):
    """How a person wants to be reminded.

    `hour` is local to the person, None for the policy's own. `hijri` shows that date beside the Gregorian one.
    `snoozed_until` is UTC. `morning` asks for the day's overview, `digest` for the week's. `status_seen_at` (UTC) is
    when an officer last looked at the status.
    """

    person_id: int
    hour: time | None = None
    hijri: bool = False
    paused: bool = False
    snoozed_until: datetime | None = None
    morning: bool = False
    digest: bool = False
    status_seen_at: datetime | None = None


class TakingPart(Immutable):
    """Whether a country takes part, who said so (None once forgotten), and when (UTC)."""

    country: str
    answer: Literal["yes", "no"]
    by: int | None
    at: datetime


class HandOver(Immutable):
    """Something handed over on a day (the host's); who noted it (None once forgotten), and when (UTC)."""

    milestone: str
    day: date
    by: int | None
    at: datetime


# --- workshops ----------------------------------------------------------------------------------------------


class Registration(Immutable):
    """How a person attends a session; `session` is the milestone's id.

    `group` 0 means that none is assigned. `presents` is None while the country has not said; `place` is its place
    among the presenters, 0 for none. `attended` is None while nobody has recorded it. `at` is UTC.
    """

    cycle_id: str
    session: str
    person_id: int
    country: str
    attendance: Attendance
    at: datetime
    group: int = 0
    presents: bool | None = None
    place: int = 0
    attended: bool | None = None


class Minute(Immutable):
    """What is put down for a session: a question, an offer, a next step, an evaluation, a place among its speakers.

    Also a point of its minutes, or the name of a discussion group.

    `id` is 0 until it is kept. `text` and `owner` lie sealed. `taken_by` is the country that took an offer up;
    `marks` is the JSON of an evaluation's marks. `author_id` is None once the author is forgotten. `at` is UTC.
    `place` orders the list of speakers; `group` is the discussion group of a point or a name, 0 for the whole session;
    `sort` is a point's, `message` the message that it was typed in, so that an edit finds it.
    """

    id: int
    cycle_id: str
    session: str
    kind: MinuteKind
    country: str
    author_id: int | None
    text: str
    at: datetime
    owner: str = ""
    due: date | None = None
    state: MinuteState = "open"
    taken_by: str = ""
    marks: str = ""
    place: int = 0
    group: int = 0
    sort: PointSort = "said"
    message: int = 0


# --- reminders ----------------------------------------------------------------------------------------------


class Reminder(Immutable):
    """A planned reminder and what became of it.

    `due` is when it is to be said (UTC); `shifted` says why that is not the plan's own moment. `reason` says why it
    was skipped or cancelled; `letter` is the key of the message that said it.
    """

    id: int
    key: str
    cycle_id: str
    person_id: int
    country: str
    milestone: str
    sequence: int
    rung: str
    content: Content
    nominal: date
    due: datetime
    shifted: str
    state: ReminderState
    reason: str
    letter: str
    planned_at: datetime
    settled_at: datetime | None


class Planning(Immutable):
    """What a planning came to; `new`, `moved` and `kept` make up what was wanted."""

    new: int
    kept: int
    moved: int
    cancelled: int
