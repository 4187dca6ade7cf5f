"""Who is awaited is told so: states with open remarks, and the secretariat before reviews that wait for its word."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from workflows.cycle.days.working_days import habits, next_decent_moment, working_days_between
from workflows.cycle.reminders.ladder import zone_of
from workflows.notices.exchange import Awaited, AwaitedLine
from workflows.people.roles import Actor, Person
from workflows.store.transaction import Work
from workflows.store.values_calendar import Preference
from workflows.store.values_clearance import Edition

EVERY: Final = 3
"""Working days without activity after which somebody is told; and between two such letters, at least."""
WEEK: Final = timedelta(days=7)
_RHYTHM_FROM: Final = date(2020, 1, 1)
_HOUR: Final = time(9)
_QUIET: Final = (time(20), time(7))


@dataclass(frozen=True)
class _Hours:
    """When people are written to: at which local hour, and when not; `a_week` letters at most."""

    hour: time = _HOUR
    quiet: tuple[time, time] = _QUIET
    a_week: int = 3


@dataclass(frozen=True)
class _Now:
    """The moment (UTC), and what the cycle's policy says about hours."""

    at: datetime
    hours: _Hours

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
        """Whether this is one of the days on which such letters go out: every third working day of the country."""
        return working_days_between(habits(), country, _RHYTHM_FROM, self.today(country)) % EVERY == 0

    def waited(self, country: str, since: datetime) -> int:
        """The working days of a country since a moment."""
        begun = since.astimezone(ZoneInfo(zone_of(country))).date()
        return working_days_between(habits(), country, begun, self.today(country))


async def remind_awaited(work: Work, now: datetime) -> None:
    """Tell those who are awaited in every cycle, at a decent hour (`now` is UTC); on one day nobody is told twice."""
    for cycle in await work.cycles.all():
        newest = await work.clearance.of_cycle(cycle.id)
        waiting = [each for each in newest.values() if each.state in ("returned", "submitted")]
        if waiting:
            moment = _Now(now, await _hours(work, cycle.id))
            await _remind_states(work, moment, waiting)
            await _remind_secretariat(work, moment, waiting)


async def _hours(work: Work, cycle_id: str) -> _Hours:
    plan = await work.calendars.current(cycle_id)
    if plan is None:
        return _Hours()
    policy = plan.policy
    return _Hours(policy.hour, (policy.quiet_from, policy.quiet_until), policy.a_week)


async def _remind_states(work: Work, now: _Now, waiting: Iterable[Edition]) -> None:
    for edition in waiting:
        country = edition.country
        if edition.state != "returned" or not now.is_in_rhythm(country) or not now.is_decent(country):
            continue
        remarks = await work.remarks.of_edition(edition.id)
        still = sum(remark.state in ("open", "editing") for remark in remarks)
        draft = await work.drafts.tally(Actor(0, "secretariat", "", edition.cycle_id), country)
        settled = [remark.settled_at for remark in remarks]
        days = now.waited(country, _latest(edition.state_at, draft.last_activity, *settled))
        if not still or days < EVERY:
            continue
        people = await work.people.of_country(edition.cycle_id, country)
        to = [person for person in people if _holds(person, edition.cycle_id, "focal_point", country)]
        notice = Awaited(country=country, open=still, days=days)
        await _post(work, now, (edition.cycle_id, country), to, notice)


async def _remind_secretariat(work: Work, now: _Now, waiting: Collection[Edition]) -> None:
    """One letter for all that waits."""
    if not now.is_in_rhythm("") or not now.is_decent(""):
        return
    lines, cycle_id = [], ""
    for edition in waiting:
        if edition.state != "submitted":
            continue
        kept = [remark.at for remark in await work.remarks.of_edition(edition.id)]
        days = now.waited("", _latest(edition.state_at, *kept))
        if days >= EVERY:
            cycle_id = edition.cycle_id
            lines.append(AwaitedLine(country=edition.country, version=edition.version, days=days))
    if lines:
        people = await work.people.secretariat(cycle_id)
        await _post(work, now, (cycle_id, ""), people, Awaited(reviews=tuple(lines)))


def _latest(first: datetime, *others: datetime | None) -> datetime:
    return max([first, *(each for each in others if each is not None)])


def _holds(person: Person, cycle_id: str, role: str, country: str) -> bool:
    return any(
        place.cycle_id == cycle_id and place.role == role and place.country == country
        for place in person.memberships
    )


async def _post(
    work: Work, now: _Now, of: tuple[str, str], people: Collection[Person], notice: Awaited
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


def _is_spared(wish: Preference, letters: Collection[datetime], now: _Now, country: str) -> bool:
    """Whether somebody is left in peace now: by their own wish, or because they were reminded of something else."""
    local = now.at.astimezone(ZoneInfo(zone_of(country)))
    if wish.paused or (wish.snoozed_until is not None and wish.snoozed_until > now.at):
        return True
    if local.time() < (wish.hour or now.hours.hour):
        return True
    same_day = any(each.astimezone(local.tzinfo).date() == local.date() for each in letters)
    return same_day or len(letters) >= now.hours.a_week
