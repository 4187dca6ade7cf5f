"""What a person decides about reminders, and what they are shown of theirs."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from workflows.cycle.days.working_days import habits
from workflows.cycle.reminders.ladder import Reader, zone_of
from workflows.cycle.reminders.planned import Planned
from workflows.cycle.reminders.policy import SILENCE, ReminderPolicy
from workflows.cycle.reminders.policy_file import default_policy
from workflows.cycle.reminders.sending import Judge, decent_for
from workflows.notices import (
    ReminderHours,
    RemindersView,
    Snoozed,
)
from workflows.store.values_calendar import Plan, Preference, Reminder
from workflows.use_cases.cause import Errand
from workflows.use_cases.reminders.letters import item_of, week_key, week_start
from workflows.use_cases.reminders.log import AGAIN, ALL, PAGE, lines_of, told_in
from workflows.use_cases.reminders.readers import place_in
from workflows.use_cases.reminders.reminding import replan, wanted_by
from workflows.when import Exact, When, instant

View = Literal["main", "coming", "came"]
Until = Literal["tomorrow", "week_start", "in_a_week"]
SHORT: Final = 5
"""How many lines the first page shows of what comes and of what came."""
HOURS: Final = range(8, 19)
_UNTOLD: Final = ("replaced", "erased")
"""Reasons that a person need not read about: another reminder stands in its place."""

# --- one's own ---------------------------------------------------------------------------------------------


async def show(errand: Errand, view: View = "main", page: int = 0, card: int | None = None) -> None:
    """Show a person's reminders; `card` is the message to redraw, None for a new one."""
    current = await errand.work.calendars.current(errand.actor.cycle_id)
    preference = await _preference(errand)
    policy = _policy(current)
    snoozed = preference.snoozed_until
    kept = await errand.work.reminders.of_person(errand.person.id, errand.actor.cycle_id)
    declined = await _declined(errand)
    kept = [each for each in kept if not declined or each.state != "planned"]
    coming, came, at, pages = _page(kept, view, page)
    notice = RemindersView(
        role=errand.actor.role,
        view=view,
        page=at,
        pages=pages,
        hour=(preference.hour or policy.hour).hour,
        own_hour=preference.hour is not None,
        paused=preference.paused,
        snoozed_until=snoozed.isoformat() if snoozed and snoozed > errand.cause.now else "",
        planned=current is not None,
        declined=declined,
        week_start=week_key(errand.actor.country, _today(errand)),
        coming=lines_of(current, coming),
        came=lines_of(current, came),
        told_secretariat_at=await _told_secretariat(errand, current),
    )
    errand.say(notice, "reminders", edits=card)


def _page(
    kept: Sequence[Reminder], view: View, page: int
) -> tuple[Sequence[Reminder], Sequence[Reminder], int, int]:
    """What is to come and what came, as far as a page shows it; the page that exists, and how many there are."""
    coming = [each for each in kept if each.state == "planned"]
    came = [each for each in kept if each.state in ("sent", "skipped") and each.reason not in _UNTOLD][::-1]
    if view == "main":
        return coming[:SHORT], came[:SHORT], 0, 1
    pages = max(1, -(-len(coming if view == "coming" else came) // PAGE))
    at = min(page, pages - 1)
    here = slice(at * PAGE, (at + 1) * PAGE)
    return coming[here] if view == "coming" else (), came[here] if view == "came" else (), at, pages


async def _declined(errand: Errand) -> bool:
    """Whether the person's country has said that it takes no part: what is planned waits for another word of it."""
    said = (await errand.work.taking_part.of(errand.actor.cycle_id)).get(errand.actor.country)
    return said is not None and said.answer == "no"


def _policy(current: Plan | None) -> ReminderPolicy:
    return current.policy if current else default_policy()


async def _preference(errand: Errand) -> Preference:
    return (await errand.work.preferences.of([errand.person.id]))[errand.person.id]


def _today(errand: Errand) -> date:
    return errand.cause.now.astimezone(ZoneInfo(zone_of(errand.actor.country))).date()


async def _told_secretariat(errand: Errand, current: Plan | None) -> str:
    """When the secretariat was last told of the country's silence (UTC); its people are not kept in the dark."""
    if current is None or not errand.actor.country or not current.policy.escalations:
        return ""
    cycle, country = errand.actor.cycle_id, errand.actor.country
    sent = await errand.work.reminders.of_cycle(cycle, "sent", country=country, limit=ALL)
    told = [
        each.settled_at.isoformat()
        for each in sent
        if each.rung.startswith(f"{SILENCE}_secretariat") and each.settled_at
    ]
    return max(told, default="")


# --- settings ----------------------------------------------------------------------------------------------


async def offer_hours(errand: Errand, card: int | None = None) -> None:
    """Show the hours to choose from: those of the day in which the policy disturbs people."""
    policy = _policy(await errand.work.calendars.current(errand.actor.cycle_id))
    preference = await _preference(errand)
    current = (preference.hour or policy.hour).hour
    notice = ReminderHours(hour=current, own_hour=preference.hour is not None, hours=_hours(policy))
    errand.say(notice, "hours", edits=card)


def _hours(policy: ReminderPolicy) -> tuple[int, ...]:
    return tuple(hour for hour in HOURS if policy.quiet_until <= time(hour) < policy.quiet_from)


async def set_hour(errand: Errand, hour: int | None, card: int) -> bool:
    """Remind a person at a local hour from now on, None for the policy's; False for an hour that is not offered."""
    policy = _policy(await errand.work.calendars.current(errand.actor.cycle_id))
    if hour is not None and hour not in _hours(policy):
        return False
    await _set(errand, replace(await _preference(errand), hour=None if hour is None else time(hour)))
    await show(errand, card=card)
    return True


async def set_paused(errand: Errand, *, paused: bool, card: int) -> None:
    """Send a person no reminders until they want them again; dates stay as they are."""
    if not paused:
        await wake(errand, card)
        return
    await _set(errand, replace(await _preference(errand), paused=True))
    await show(errand, card=card)


async def snooze(errand: Errand, until: Until, letter: str) -> bool:
    """Let a person's reminders rest, and bring those of the letter again then; False when it was done already."""
    preference = await _preference(errand)
    current = await errand.work.calendars.current(errand.actor.cycle_id)
    at = await _until(errand, _policy(current), preference, until)
    if preference.snoozed_until == at:
        return False
    await _set(errand, replace(preference, snoozed_until=at))
    if current is None:
        return True
    await _release(errand, current, await _myself(errand, preference), (errand.cause.now, ""))
    told = await told_in(errand, letter) if letter else []
    await _add_again(errand, told, at)
    planned = await _planned(errand)
    await errand.work.reminders.put_off([each.id for each in planned if each.due < at], at, "snoozed")
    resting = [each for each in planned if each.due <= at]
    errand.say(await _snoozed(errand, current, at, [*told, *resting]), "snoozed")
    return True


async def wake(errand: Errand, card: int | None = None) -> None:
    """Remind a person as before: what rests comes when it was to come, or soon where that lies behind."""
    preference = replace(await _preference(errand), snoozed_until=None, paused=False)
    await _set(errand, preference)
    current = await errand.work.calendars.current(errand.actor.cycle_id)
    if current is not None:
        reader = await _myself(errand, preference)
        await _release(errand, current, reader, await _soonest(errand, current, reader))
    await show(errand, card=card)


async def _release(errand: Errand, current: Plan, reader: Reader, soonest: tuple[datetime, str]) -> None:
    """Give what rests its own moment back; what was due by now gets the soonest one (UTC, and why not at once)."""
    wanted = {each.key: each for each in wanted_by(current, [reader])}
    for each in await _planned(errand):
        if each.shifted == "snoozed":
            own = wanted.get(each.key)
            at, why = (own.due, own.shifted) if own and own.due > errand.cause.now else soonest
            await errand.work.reminders.put_off([each.id], at, why)


async def _soonest(errand: Errand, current: Plan, reader: Reader) -> tuple[datetime, str]:
    """When the next letter may come (UTC), and why not at once: it is no decent moment, or one has come today."""
    now, today = errand.cause.now, _today(errand)
    judge, zone = Judge(current.policy, current.calendar, habits()), ZoneInfo(zone_of(reader.country))
    letters = await errand.work.reminders.sent_since([reader.person_id], now - timedelta(days=1))
    if any(letter.astimezone(zone).date() == today for letter in letters[reader.person_id]):
        return judge.next_day(reader, today), "one_a_day"
    return judge.next_moment(reader, now)


async def _planned(errand: Errand) -> list[Reminder]:
    kept = await errand.work.reminders.of_person(errand.person.id, errand.actor.cycle_id)
    return [each for each in kept if each.state == "planned"]


async def _set(errand: Errand, preference: Preference) -> None:
    await errand.work.preferences.set(preference)
    await replan(errand.work, errand.actor.cycle_id, errand.cause.now, [errand.person.id])


async def _myself(errand: Errand, preference: Preference) -> Reader:
    place = place_in(errand.person, errand.actor.cycle_id)
    came = place.began_at if place else errand.cause.now
    role = place.role if place else "focal_point"
    return Reader(errand.person.id, role, errand.actor.country, came, preference.hour)


async def _until(errand: Errand, policy: ReminderPolicy, preference: Preference, until: Until) -> datetime:
    """The decent moment at which a rest ends (UTC), at the person's hour."""
    today, country = _today(errand), errand.actor.country
    days = {
        "tomorrow": today + timedelta(days=1),
        "week_start": week_start(country, today),
        "in_a_week": today + timedelta(days=7),
    }
    wanted = instant(days[until], preference.hour or policy.hour, zone_of(country))
    return decent_for(policy, habits(), await _myself(errand, preference), wanted)[0]


async def _add_again(errand: Errand, told: Sequence[Reminder], at: datetime) -> None:
    """Plan what a letter told once more, but for what is to come again already: that is put off with the others."""
    now = errand.cause.now
    coming = {
        stem for each in await _planned(errand) for stem, again, _ in [each.key.partition(AGAIN)] if again
    }
    fresh = [_again(each, at, now) for each in told if each.key.partition(AGAIN)[0] not in coming]
    await errand.work.reminders.add(errand.actor.cycle_id, fresh, now)


def _again(each: Reminder, at: datetime, now: datetime) -> Planned:
    """The same reminder once more, at a moment that its reader chose (UTC); the key says when they chose it."""
    key = f"{each.key.partition(AGAIN)[0]}{AGAIN}{now:%Y%m%d%H%M%S}"
    return Planned.again(each, key, due=at, shifted="snoozed")


async def _snoozed(errand: Errand, current: Plan, at: datetime, kept: Sequence[Reminder]) -> Snoozed:
    """Until when it is quiet, with what will be over by then."""
    reader = await _myself(errand, await _preference(errand))
    passing = {}
    for each in kept:
        milestone = current.calendar.by_id.get(each.milestone)
        if milestone and _passes(milestone.when_for(each.country), errand.cause.now, at):
            passing[milestone.id] = item_of(milestone, each.country, reader, each.content, _today(errand))
    return Snoozed(until=at.isoformat(), passing=tuple(passing.values()))


def _passes(when: When, now: datetime, at: datetime) -> bool:
    """Whether something that lies ahead will have begun by a moment, or be over where it has no hour."""
    if not isinstance(when, Exact) or when.closes() <= now:
        return False
    return (when.begins() if when.starts else when.closes()) <= at
