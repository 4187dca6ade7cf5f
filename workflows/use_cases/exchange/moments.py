"""When people who are awaited are written to: on working days of their country, at a decent hour, and seldom."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from workflows.cycle.days.working_days import habits, next_decent_moment, working_days_between
from workflows.cycle.reminders.ladder import zone_of
from workflows.immutable import Immutable
from workflows.notices import Notice
from workflows.people.roles import Person
from workflows.store.transaction import Work
from workflows.store.values_calendar import Preference

EVERY: Final = 3
"""Working days without activity after which somebody is told, where no policy says otherwise."""
WEEK: Final = timedelta(days=7)
_RHYTHM_FROM: Final = date(2020, 1, 1)
_HOUR: Final = time(9)
_QUIET: Final = (time(20), time(7))


class Hours(Immutable):
    """When people are written to: at which local hour, and when not; `a_week` letters at most.

    Somebody is told after `every` working days without activity, and between two such letters lie as many.
    """

    hour: time = _HOUR
    quiet: tuple[time, time] = _QUIET
    a_week: int = 3
    every: int = EVERY


class Moment(Immutable):
    """The moment (UTC), and what the cycle's policy says about hours."""

    at: datetime
    hours: Hours

    def today(self, country: str) -> date:
        """The local day; the secretariat lives by Cairo's."""
        return self.at.astimezone(ZoneInfo(zone_of(country))).date()

    def is_decent(self, country: str) -> bool:
        """Whether people of a country may be written to now."""
        quiet_from, quiet_until = self.hours.quiet
        zone = zone_of(country)
        found = next_decent_moment(habits(), country, zone, self.at, self.hours.hour, quiet_from, quiet_until)
        return found.at == self.at

    def is_in_rhythm(self, country: str) -> bool:
        """Whether this is one of the days on which such letters go out, counted in the country's working days."""
        days = working_days_between(habits(), country, _RHYTHM_FROM, self.today(country))
        return days % self.hours.every == 0

    def waited(self, country: str, since: datetime) -> int:
        """The working days of a country since a moment."""
        begun = since.astimezone(ZoneInfo(zone_of(country))).date()
        return working_days_between(habits(), country, begun, self.today(country))


async def hours_of(work: Work, cycle_id: str) -> Hours:
    """What a cycle's policy says; the usual hours where it has no calendar yet."""
    plan = await work.calendars.current(cycle_id)
    if plan is None:
        return Hours()
    policy = plan.policy
    return Hours(
        policy.hour, (policy.quiet_from, policy.quiet_until), policy.a_week, policy.awaited_working_days
    )


async def post(
    work: Work, now: Moment, of: tuple[str, str], people: Collection[Person], notice: Notice
) -> None:
    """Post the letter of a cycle and country to those who are not to be spared; the key says it once a day."""
    cycle_id, country = of
    numbers = [person.id for person in people]
    preferences = await work.preferences.of(numbers)
    letters = await work.reminders.sent_since(numbers, now.at - WEEK)
    for person in people:
        if person.reach == "open" and not _is_spared(
            preferences[person.id], letters[person.id], now, country
        ):
            key = f"awaited/{cycle_id}/{country}/{person.id}/{now.today(country):%Y%m%d}"
            work.outbox.post(
                person, notice, key=key, now=now.at, cycle_id=cycle_id, country=country, bulk=True
            )


def _is_spared(wish: Preference, letters: Collection[datetime], now: Moment, country: str) -> bool:
    """Whether somebody is left in peace now: by their own wish, or because they were reminded of something else."""
    local = now.at.astimezone(ZoneInfo(zone_of(country)))
    if wish.paused or (wish.snoozed_until is not None and wish.snoozed_until > now.at):
        return True
    if local.time() < (wish.hour or now.hours.hour):
        return True
    same_day = any(each.astimezone(local.tzinfo).date() == local.date() for each in letters)
    return same_day or len(letters) >= now.hours.a_week
