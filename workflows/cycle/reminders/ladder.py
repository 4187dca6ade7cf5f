"""The ladder of reminders: from a policy and a calendar to what comes to whom, and when."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from workflows.cycle.calendar import Calendar, Milestone
from workflows.cycle.days.working_days import (
    Decent,
    Habits,
    add_working_days,
    decent_hour,
    next_decent_moment,
)
from workflows.cycle.reminders.planned import Planned
from workflows.cycle.reminders.policy import FIX_DAY, OF_REGISTRATION, Audience, ReminderPolicy, Rung
from workflows.immutable import Immutable
from workflows.reference import country as state_of
from workflows.when import CAIRO, Exact, Window, instant, span

LEAD: Final = timedelta(minutes=30)
"""How long before something begins a reminder of it is still of use."""
LADDERS: Final = 4
"""How many ladders are remembered: a process plans for one cycle, or for a few."""
BACK: Final = 14
"""So many days a reminder is brought forward at most, so that it comes before what it reminds of."""
_NOBODY: Final = 0
Shift = Literal["", "weekend", "holiday", "quiet_hours", "before"]


class Reader(Immutable):
    """Somebody who may be reminded: since when they are here (UTC), and at which hour of theirs; None: the policy's.

    `country` is empty for the secretariat.
    """

    person_id: int
    role: Audience
    country: str
    came: datetime
    hour: time | None = None


def zone_of(country: str) -> str:
    """The zone of a country's people; the secretariat lives by Cairo's."""
    return state_of(country).zone if country else CAIRO


def day_of(key: str) -> str:
    """The day that a planned reminder is about, as its key names it."""
    return key.split("/")[3]


def is_beside(key: str) -> bool:
    """Whether a reminder was planned beside the policy's ladder: one put off by its reader, or a silence."""
    return key.count("/") > 4  # noqa: PLR2004 - a key of the ladder has five parts


def plan(
    policy: ReminderPolicy,
    calendar: Calendar,
    readers: Iterable[Reader],
    habits: Habits,
    *,
    cycle_id: str,
    since: datetime,
) -> list[Planned]:
    """Every reminder that the policy has for these readers, by reader and time.

    States are reminded of exact dates only: of a window the secretariat is told, once, that its day is to be set. Each
    comes at the next decent working moment
    of the reader's country, at the reader's own hour; what falls on one day of the reader comes together. Nothing is
    planned for a moment before `since` (UTC) or before the reader came.

    The key is the same whenever the same day of the same milestone is planned, so that it is said once: another
    country's extension, a new place or another hour make no new reminder, another day does.
    """
    ladder = _ladder(policy, calendar, habits)
    wanted: list[Planned] = []
    for reader in readers:
        earliest = max(since, reader.came)
        steps = ladder.steps(reader.role, reader.country, reader.hour or policy.hour)
        wanted += [_for(reader, step, cycle_id) for step in steps if step.due > earliest]
    return wanted


def _for(reader: Reader, step: Planned, cycle_id: str) -> Planned:
    """A step of the ladder for one reader."""
    return Planned.again(step, f"{cycle_id}/{reader.person_id}/{step.key}", reader.person_id)


class _Ladder:
    """Works out each step once for all who share it."""

    def __init__(self, policy: ReminderPolicy, calendar: Calendar, habits: Habits) -> None:
        self._policy = policy
        self._calendar = calendar
        self._habits = habits
        self._known: dict[tuple[Audience, str, time], tuple[Planned, ...]] = {}

    def steps(self, role: Audience, country: str, hour: time) -> tuple[Planned, ...]:
        """All steps in the order of time, planned for nobody yet; those of one local day at one moment."""
        key = role, country, hour
        if key not in self._known:
            self._known[key] = _together(self._every(role, country, hour), zone_of(country))
        return self._known[key]

    def _every(self, role: Audience, country: str, hour: time) -> Iterator[Planned]:
        for milestone in self._calendar.milestones:
            when = milestone.when_for(country)
            if isinstance(when, Window) and role == "secretariat":
                yield from self._open_window(milestone, when, country, hour)
            if not isinstance(when, Exact):
                continue
            for rung in self._policy.rungs:
                if rung.milestone == milestone.kind and role in rung.to and _is_there(rung, milestone):
                    yield from self._step(milestone, when, rung, country, hour)

    def _step(
        self, milestone: Milestone, when: Exact, rung: Rung, country: str, hour: time
    ) -> Iterator[Planned]:
        """The rung as it comes; none where no moment before the milestone is decent."""
        nominal = self._nominal(milestone, when, rung, country)
        moment = self._moment(nominal, latest(milestone, when, rung), country, hour)
        if moment is not None:
            key = f"{milestone.id}/{when.first:%Y%m%d}/{rung.id}"
            what = milestone.id, milestone.sequence, rung.id, rung.content, nominal
            yield Planned(key, _NOBODY, country, *what, *moment)

    def _open_window(
        self, milestone: Milestone, window: Window, country: str, hour: time
    ) -> Iterator[Planned]:
        """That a window has no day yet, before it opens; none where the policy wants none."""
        if not self._policy.window_days:
            return
        opens = opening(milestone, window)
        nominal = opens - timedelta(days=self._policy.window_days)
        moment = self._moment(nominal, instant(opens, time(), zone_of(country)) - LEAD, country, hour)
        if moment is not None:
            key = f"{milestone.id}/{opens:%Y%m%d}/{FIX_DAY}"
            yield Planned(
                key, _NOBODY, country, milestone.id, milestone.sequence, FIX_DAY, FIX_DAY, nominal, *moment
            )

    def _nominal(self, milestone: Milestone, when: Exact, rung: Rung, country: str) -> date:
        first, last = own_days(milestone, when, country)
        day = last if rung.days > 0 else first
        if rung.working:
            return add_working_days(self._habits, country, day, rung.days)
        return day + timedelta(days=rung.days)

    def _moment(
        self, nominal: date, limit: datetime | None, country: str, hour: time
    ) -> tuple[datetime, Shift] | None:
        """The next decent moment of a day, or the last one before the limit; None where there is none near it."""
        decent = self._decent(nominal, hour, country)
        if limit is None or decent.at <= limit:
            return decent.at, decent.shifted
        zone = ZoneInfo(zone_of(country))
        for back in range(BACK + 1):
            day = nominal - timedelta(days=back)
            for wanted in (hour, self._policy.quiet_until):
                earlier = self._decent(day, wanted, country)
                if earlier.at <= limit and earlier.at.astimezone(zone).date() == day:
                    return earlier.at, decent.shifted or "before"
        return None

    def _decent(self, day: date, hour: time, country: str) -> Decent:
        """The decent moment next to an hour of a day; where offices close before it, an earlier one of that day."""
        policy, zone = self._policy, zone_of(country)
        quiet = policy.quiet_from, policy.quiet_until
        wanted = instant(day, decent_hour(self._habits, country, day, hour, quiet) or hour, zone)
        return next_decent_moment(self._habits, country, zone, wanted, hour, *quiet)


_ladders: OrderedDict[tuple[int, int, int], _Ladder] = OrderedDict()
"""The ladders worked out last, by the values they were made of; each holds its values, so that no number comes anew."""


def _ladder(policy: ReminderPolicy, calendar: Calendar, habits: Habits) -> _Ladder:
    """The ladder of these very values: people are planned for slice by slice, and all slices climb the same one."""
    key = id(policy), id(calendar), id(habits)
    found = _ladders.pop(key, None) or _Ladder(policy, calendar, habits)
    _ladders[key] = found
    if len(_ladders) > LADDERS:
        _ladders.popitem(last=False)
    return found


def _is_there(rung: Rung, milestone: Milestone) -> bool:
    """Whether a milestone has the rung: what is asked of registrations, only where people register."""
    return milestone.registers or rung.only_if not in OF_REGISTRATION


def opening(milestone: Milestone, window: Window) -> date:
    """The first day on which something with a window can be: of its alternatives the earliest one counts."""
    return span(window, milestone.alternatives)[0]


def own_days(milestone: Milestone, when: Exact, country: str) -> tuple[date, date]:
    """The first and last day of an exact date in a country's own calendar.

    A day without hours is that day everywhere, and so is a deadline, which holds by the day that was announced.
    """
    if when.starts is None or milestone.kind == "deadline":
        return when.first, when.last
    zone = ZoneInfo(zone_of(country))
    shift = when.begins().astimezone(zone).date() - when.first
    return when.first + shift, when.last + shift


def latest(milestone: Milestone, when: Exact, rung: Rung) -> datetime | None:
    """Until when a rung is of use (UTC); None for what is said once the milestone lies behind."""
    if rung.days > 0:
        return None
    if milestone.kind == "deadline":
        return when.closes() - LEAD
    if when.starts is None:
        return instant(when.first + timedelta(days=1), time(), when.zone) - LEAD
    return when.begins() - LEAD


def _together(steps: Iterable[Planned], zone: str) -> tuple[Planned, ...]:
    """The steps in the order of time; the first one of a local day takes the others with it."""
    first: dict[date, datetime] = {}
    ordered = sorted(steps, key=lambda step: (step.due, step.milestone, step.rung))
    for step in ordered:
        first.setdefault(step.due.astimezone(ZoneInfo(zone)).date(), step.due)
    return tuple(replace(step, due=first[step.due.astimezone(ZoneInfo(zone)).date()]) for step in ordered)
