"""Whether a reminder that is due is said now, later or never: decided anew at the moment of sending."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from operator import is_not
from typing import Final, Literal, Protocol
from zoneinfo import ZoneInfo

from msgspec import field

from workflows.cycle.calendar import Calendar, Milestone
from workflows.cycle.days.working_days import Habits, Shift, next_decent_moment
from workflows.cycle.reminders.ladder import Reader, day_of, opening, zone_of
from workflows.cycle.reminders.policy import FIX_DAY, SILENCE, STEP, Content, ReminderPolicy, Rung
from workflows.cycle.sessions.attending import ATTENDING
from workflows.immutable import Immutable
from workflows.when import Exact, Window, instant

STALE: Final = timedelta(days=14)
"""So long after its moment a reminder of something past is still worth saying; Rafiq may have been away."""
WEEK: Final = timedelta(days=7)
ON_THE_DAY: Final[frozenset[Content]] = frozenset({"session_today", "deadline_today", "event_today"})
"""What is said whatever else came that week."""
AFTER: Final[frozenset[Content]] = frozenset(
    {"deadline_passed", "evaluate", "acknowledge", "hand_over", "next_step", "fix_day"}
)
"""What stays of use once the milestone lies behind."""
_NEVER: Final = datetime(9999, 12, 31, tzinfo=UTC)

Reason = Literal[
    "done", "not_concerned", "over", "declined", "paused", "blocked", "gone", "replaced", "enough"
]
Why = Literal["", "weekend", "holiday", "quiet_hours", "one_a_day", "enough", "snoozed"]


class Send(Immutable):
    """It goes into today's letter."""


class Skip(Immutable):
    """It is not said any more, and why."""

    reason: Reason


class PutOff(Immutable):
    """It is said later (UTC), and why."""

    at: datetime
    why: Why


Verdict = Send | Skip | PutOff


class Progress(Immutable):
    """How far a country is: prompts settled of those that apply, what it said about taking part, its silence.

    `silent_since` is the day from which silence counts, None while nobody waits for anything.
    """

    settled: int = 0
    total: int = 0
    taking_part: Literal["", "yes", "no"] = ""
    silent_since: date | None = None


class Standing(Immutable):
    """What is true of one reader: how they can be reached, what they chose, which letters came (UTC).

    `attendance`, `attended` and `evaluated` are by session (the milestone's id); `attended` is None while nobody has
    recorded it. `handed_over` are the milestones that were, `open_steps` the next steps that are not done, by what
    their reminders are called.
    """

    reach: Literal["open", "blocked", "gone"] = "open"
    paused: bool = False
    snoozed_until: datetime | None = None
    letters: tuple[datetime, ...] = ()
    attendance: Mapping[str, str] = field(default_factory=dict)
    attended: Mapping[str, bool | None] = field(default_factory=dict)
    evaluated: frozenset[str] = frozenset()
    handed_over: frozenset[str] = frozenset()
    open_steps: frozenset[str] = frozenset()


class Due(Protocol):
    """A planned reminder, wherever it was kept."""

    @property
    def key(self) -> str: ...
    @property
    def milestone(self) -> str: ...
    @property
    def rung(self) -> str: ...
    @property
    def content(self) -> Content: ...
    @property
    def country(self) -> str: ...
    @property
    def due(self) -> datetime: ...


class Judge:
    """The plan of a cycle as it is when reminders are sent."""

    def __init__(self, policy: ReminderPolicy, calendar: Calendar, habits: Habits) -> None:
        self._policy = policy
        self._calendar = calendar
        self._habits = habits
        self._rungs = {rung.id: rung for rung in policy.rungs}
        self._dates: dict[tuple[str, str], tuple[str, datetime]] = {}
        self._moments: dict[tuple[str, time | None, datetime], tuple[datetime, Shift]] = {}
        self._asked: tuple[Reader, Standing, datetime] | None = None
        self._told: tuple[PutOff | None, list[datetime]] = (None, [])

    def rung_of(self, due: Due) -> Rung | None:
        """The rung by which it was planned; None for a silence, and where the policy has it no more."""
        return self._rungs.get(due.rung)

    def judge(
        self, due: Due, reader: Reader, standing: Standing, progress: Progress, now: datetime
    ) -> Verdict:
        """What is to become of a due reminder at a moment (UTC): first whether it still matters, then when."""
        milestone = self._calendar.by_id.get(due.milestone)
        if standing.reach != "open":
            return Skip(standing.reach)
        if milestone is None or not self._still_holds(due, milestone):
            return Skip("replaced")
        if due.country and progress.taking_part == "no":
            return Skip("declined")
        reason = self._why_not(due, milestone, standing, progress) or self._is_past(due, milestone, now)
        if reason:
            return Skip(reason)
        if standing.paused:
            return Skip("paused")
        if self._waits_for_record(due, milestone, standing):
            return self._at_the_latest(due, milestone, reader, now)
        return self._when(due, milestone, reader, standing, now)

    def _still_holds(self, due: Due, milestone: Milestone) -> bool:
        if due.content == STEP:
            return True
        if due.content == FIX_DAY:
            window = milestone.when_for(due.country)
            return isinstance(window, Window) and f"{opening(milestone, window):%Y%m%d}" == day_of(due.key)
        day, _ = self._date(milestone, due.country)
        return day == day_of(due.key) and (due.content == SILENCE or due.rung in self._rungs)

    def _date(self, milestone: Milestone, country: str) -> tuple[str, datetime]:
        """The day of a milestone for a country, as keys name it, and when it is over (UTC); "" where none is fixed."""
        key = milestone.id, country
        if key not in self._dates:
            when = milestone.when_for(country)
            self._dates[key] = _day_and_end(when) if isinstance(when, Exact) else ("", _NEVER)
        return self._dates[key]

    # --- whether it still matters ---------------------------------------------------------------------------------

    def _why_not(
        self, due: Due, milestone: Milestone, standing: Standing, progress: Progress
    ) -> Reason | Literal[""]:
        if due.content == FIX_DAY:
            return "done" if milestone.id in standing.handed_over else ""
        if due.content == STEP:
            return "" if due.rung in standing.open_steps else "done"
        if due.content == SILENCE:
            begun = progress.silent_since
            return "" if begun and due.rung.endswith(f"{begun:%Y%m%d}") else "done"
        return _by_content(due, milestone.id, standing, progress) or self._by_condition(
            due, milestone, standing, progress
        )

    def _by_condition(
        self, due: Due, milestone: Milestone, standing: Standing, progress: Progress
    ) -> Reason | Literal[""]:
        match self._rungs[due.rung].only_if:
            case "not_registered" if milestone.id in standing.attendance:
                return "done"
            case "registered" if standing.attendance.get(milestone.id) not in ATTENDING:
                return "not_concerned"
            case "attended" if not _may_have_attended(standing, milestone.id):
                return "not_concerned"
            case ("open" | "not_begun") as condition if _is_done(condition, progress):
                return "done"
        return ""

    def _is_past(self, due: Due, milestone: Milestone, now: datetime) -> Literal["over", ""]:
        """Whether it comes too late to be of use."""
        if due.content in AFTER:
            return "over" if now > due.due + STALE else ""
        return "over" if self._date(milestone, due.country)[1] <= now else ""

    def _waits_for_record(self, due: Due, milestone: Milestone, standing: Standing) -> bool:
        """Whether it is for those who attended, and nobody has recorded yet who did."""
        rung = self.rung_of(due)
        return rung is not None and rung.only_if == "attended" and not standing.attended.get(milestone.id)

    def _at_the_latest(self, due: Due, milestone: Milestone, reader: Reader, now: datetime) -> Verdict:
        """Look again on the next working day, until it is too late to ask."""
        if now > self._date(milestone, due.country)[1] + STALE:
            return Skip("not_concerned")
        today = now.astimezone(ZoneInfo(zone_of(reader.country))).date()
        return PutOff(self.next_day(reader, today), "")

    # --- when -----------------------------------------------------------------------------------------------------

    def _when(
        self, due: Due, milestone: Milestone, reader: Reader, standing: Standing, now: datetime
    ) -> Verdict:
        hindrance, recent = self._of_reader(reader, standing, now)
        if hindrance is not None:
            return hindrance
        if due.content in ON_THE_DAY or len(recent) < self._policy.a_week:
            return Send()
        return self._within_the_week(due, milestone, reader, recent)

    def _of_reader(
        self, reader: Reader, standing: Standing, now: datetime
    ) -> tuple[PutOff | None, list[datetime]]:
        """What keeps everything from a reader now, and their letters of a week: asked for each of their reminders."""
        asked = reader, standing, now
        if self._asked is None or any(map(is_not, asked, self._asked)):
            recent = sorted(letter for letter in standing.letters if letter > now - WEEK)
            self._asked, self._told = asked, (self._hindrance(reader, standing, now), recent)
        return self._told

    def _hindrance(self, reader: Reader, standing: Standing, now: datetime) -> PutOff | None:
        if standing.snoozed_until is not None and standing.snoozed_until > now:
            return PutOff(self.next_moment(reader, standing.snoozed_until)[0], "snoozed")
        at, why = self.next_moment(reader, now)
        if why:
            return PutOff(at, why)
        zone = ZoneInfo(zone_of(reader.country))
        today = now.astimezone(zone).date()
        if any(letter.astimezone(zone).date() == today for letter in standing.letters):
            return PutOff(self.next_day(reader, today), "one_a_day")
        return None

    def _within_the_week(
        self, due: Due, milestone: Milestone, reader: Reader, recent: Sequence[datetime]
    ) -> Verdict:
        """The cap on tiredness: beyond it a reminder waits, and is left out where it would come too late."""
        free = self.next_moment(reader, recent[-self._policy.a_week] + WEEK)[0]
        too_late = due.content not in AFTER and self._date(milestone, due.country)[1] <= free
        return Skip("enough") if too_late else PutOff(free, "enough")

    def next_moment(self, reader: Reader, wanted: datetime) -> tuple[datetime, Shift]:
        """The first decent moment for a reader from `wanted` on (UTC), and what stood in the way of that itself."""
        key = reader.country, reader.hour, wanted
        if key not in self._moments:
            self._moments[key] = decent_for(self._policy, self._habits, reader, wanted)
        return self._moments[key]

    def next_day(self, reader: Reader, today: date) -> datetime:
        """The decent moment of the next working day after a local day (UTC), at the reader's hour."""
        hour = reader.hour or self._policy.hour
        tomorrow = instant(today + timedelta(days=1), hour, zone_of(reader.country))
        return self.next_moment(reader, tomorrow)[0]


def decent_for(
    policy: ReminderPolicy, habits: Habits, reader: Reader, wanted: datetime
) -> tuple[datetime, Shift]:
    """The first decent moment for a reader from `wanted` on (UTC), and what stood in the way of that itself."""
    zone, hour = zone_of(reader.country), reader.hour or policy.hour
    decent = next_decent_moment(
        habits, reader.country, zone, wanted, hour, policy.quiet_from, policy.quiet_until
    )
    return decent.at, decent.shifted


def _day_and_end(when: Exact) -> tuple[str, datetime]:
    return f"{when.first:%Y%m%d}", when.closes()


def _by_content(due: Due, milestone: str, standing: Standing, progress: Progress) -> Reason | Literal[""]:
    """What is done, or concerns somebody no longer, whatever the rung asks."""
    match due.content:
        case "acknowledge" if progress.taking_part:
            return "done"
        case "evaluate" if milestone in standing.evaluated:
            return "done"
        case "hand_over" if milestone in standing.handed_over:
            return "done"
        case "event_soon" | "event_today" if standing.attendance.get(milestone) == "away":
            return "not_concerned"
    return ""


def _may_have_attended(standing: Standing, session: str) -> bool:
    attended = standing.attended.get(session)
    return standing.attendance.get(session) in ATTENDING if attended is None else attended


def _is_done(condition: Literal["open", "not_begun"], progress: Progress) -> bool:
    if condition == "not_begun":
        return progress.settled > 0
    return progress.settled >= progress.total > 0
