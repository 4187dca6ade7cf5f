"""What is said about reminders: the letter itself, why it came, what was and will be, and how to be left in peace."""

from typing import Literal

from workflows.languages import Text
from workflows.notices.saying import Budget, Saying
from workflows.when import When

ReminderContent = Literal[
    "acknowledge",  # please say whether the country takes part
    "register",  # please say how you attend
    "session_soon", "session_today",
    "begin", "deadline_soon", "deadline_today", "deadline_passed",
    "evaluate",  # the short evaluation after a session
    "event_soon", "event_today",
    "hand_over",  # to the secretariat: a document is due
    "fix_day",  # to the secretariat: a window is near and nobody has set its day
    "next_step",  # the day of a step to which a session led: to its country, or to the secretariat
    "silence",  # nothing has come from a country for a while: to its other focal points, then to the secretariat
]  # fmt: skip
ReminderShift = Literal[
    "",
    "weekend", "holiday", "quiet_hours",  # of the reader's country: the next moment that is none of these
    "before",  # earlier, so that it comes before what it reminds of
    "one_a_day", "enough",  # letters had come that day, or often enough that week
    "snoozed",
]  # fmt: skip
ReminderReason = Literal[
    "",
    "done", "not_concerned", "over", "declined", "paused", "enough", "blocked", "gone", "replaced", "erased",
]  # fmt: skip
ReminderOutcome = Literal["planned", "sent", "skipped", "cancelled"]


class ReminderItem(Saying):
    """One thing that a letter reminds of; `when` as it stands for the reader's country when the letter is posted.

    `days` are calendar days of the reader from the letter to the milestone's day, negative when it lies behind; to the
    first day of a window where its day is to be set.
    `task` is a next step in the words in which it was put down, `step` its number; `milestone` is its session then, and
    `when` its day. `country`, `silent_days` (working days), `reminded_at` and `told_at` (UTC; to the other focal
    points, "" where that was not possible) are for a silence only.
    """

    content: ReminderContent
    milestone: str
    title: Text
    when: When
    days: int
    country: str = ""
    silent_days: int = 0
    reminded_at: str = ""
    told_at: str = ""
    task: str = ""
    step: int = 0


class Reminder(Saying):
    """All that a person is to be reminded of on a day, in one letter; `letter` is that day (20200625).

    `settled` of `total` prompts and `budget` (the section where work goes on) are those of the reader's country, given
    where an item is about them. `week_start` is the first day of the country's next working week (ISO), "" where that
    is the day of "tomorrow" or of "in a week", so that it needs no key of its own. `hijri` shows that date beside the
    Gregorian one.
    """

    topic: Literal["reminder"] = "reminder"
    letter: str
    role: str
    country: str = ""
    items: tuple[ReminderItem, ...]
    settled: int = 0
    total: int = 0
    budget: Budget | None = None
    week_start: str
    hijri: bool = False


class ReminderCause(Saying):
    """Why one reminder came: `days` before (negative) or after the milestone's day, by a rung of the policy."""

    content: ReminderContent
    title: Text
    when: When
    days: int
    working: bool = False
    condition: str = "always"
    nominal: str
    shifted: ReminderShift = ""
    again: bool = False


class ReminderWhy(Saying):
    """The answer to "why did I get this?": every reminder in a letter, and whose rule it was.

    `escalates` is not read: letters that were posted before carry it, and none could be read without it.
    """

    topic: Literal["reminder_why"] = "reminder_why"
    policy: str
    causes: tuple[ReminderCause, ...]
    escalates: bool = False


class ReminderLine(Saying):
    """A reminder in a list: when it comes or what became of it (UTC), and of what it reminds.

    `name`, `role` and `country` tell the secretariat whose it is.
    """

    at: str
    content: ReminderContent
    title: Text
    when: When
    outcome: ReminderOutcome = "planned"
    reason: ReminderReason = ""
    shifted: ReminderShift = ""
    name: str = ""
    role: str = ""


class RemindersView(Saying):
    """A person's reminders: settings, what will come, what came.

    `snoozed_until` and `told_secretariat_at` are UTC, `hour` is local. `planned` says that dates have been announced,
    `declined` that the reader's country takes no part, so that none of them comes.
    `week_start` is the first day of the next working week (ISO), "" where another key of the snooze brings to that day.
    """

    topic: Literal["reminders"] = "reminders"
    role: str
    view: Literal["main", "coming", "came"] = "main"
    page: int = 0
    pages: int = 1
    hour: int
    own_hour: bool = False
    paused: bool = False
    snoozed_until: str = ""
    planned: bool = True
    declined: bool = False
    week_start: str
    coming: tuple[ReminderLine, ...] = ()
    came: tuple[ReminderLine, ...] = ()
    told_secretariat_at: str = ""


class ReminderHours(Saying):
    """The hours that can be chosen, the present one marked."""

    topic: Literal["reminder_hours"] = "reminder_hours"
    hour: int
    own_hour: bool = False
    hours: tuple[int, ...]


class Snoozed(Saying):
    """Reminders rest until a moment (UTC); `passing` are things whose time will be over by then."""

    topic: Literal["snoozed"] = "snoozed"
    until: str
    passing: tuple[ReminderItem, ...] = ()


class ReminderCount(Saying):
    """How many reminders of a country have this outcome for this reason."""

    outcome: ReminderOutcome
    reason: ReminderReason = ""
    count: int


class ReminderLog(Saying):
    """What was, was not and will be said to a country's people, for the secretariat: no content of any draft."""

    topic: Literal["reminder_log"] = "reminder_log"
    country: str
    people: int
    counts: tuple[ReminderCount, ...] = ()
    lines: tuple[ReminderLine, ...] = ()
    page: int = 0
    pages: int = 1


class ReminderCountries(Saying):
    """The secretariat is asked whose log it wants to see; `given` is said in a card of its own, and stays empty."""

    topic: Literal["reminder_countries"] = "reminder_countries"
    given: str = ""
