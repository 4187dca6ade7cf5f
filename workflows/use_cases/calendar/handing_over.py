"""What the secretariat hands over, ticked off: on which day, by whom it was noted; taken back by a press."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from workflows.cycle.calendar import Calendar, Milestone
from workflows.cycle.handing_over import chain, is_handed_over
from workflows.cycle.typed.dates import read_when
from workflows.notices.calendar import HandOverLine
from workflows.notices.scheduling import AskHandOver
from workflows.people.access import may
from workflows.store.transaction import Work
from workflows.use_cases.calendar.showing import show_event
from workflows.use_cases.cause import Errand
from workflows.use_cases.hearing import asking
from workflows.use_cases.workshops.sessions import Came
from workflows.when import Exact

_YEAR = timedelta(days=364)


async def note_today(errand: Errand, milestone_id: str, card: int | None = None) -> Came:
    """Note that it was handed over today, the host's day; what is noted already stays as it is."""
    found = await _enter(errand, milestone_id)
    if isinstance(found, str):
        return found
    calendar, milestone = found
    noted = milestone.id in await errand.work.hand_overs.of(errand.actor.cycle_id)
    if not noted:
        await _note(errand, milestone.id, _today(errand, calendar))
    await show_event(errand, milestone.id, card, settled=card is None)
    return "already" if noted else "done"


async def ask_day(errand: Errand, milestone_id: str) -> Came:
    """Let the next text be the day on which it was handed over."""
    found = await _enter(errand, milestone_id)
    if isinstance(found, str):
        return found
    errand.say(
        asking(AskHandOver(milestone=milestone_id, title=found[1].title), f"handed.{milestone_id}"),
        "hand_over",
    )
    return "done"


async def take_day(errand: Errand, milestone_id: str, text: str) -> Came:
    """Take a typed day, today or before; asked again where that is not one such day."""
    found = await _enter(errand, milestone_id)
    if isinstance(found, str):
        return found
    calendar, milestone = found
    today = _today(errand, calendar)
    days = _days(text, today, calendar.zone)
    if len(days) != 1:
        notice = AskHandOver(
            milestone=milestone_id, title=milestone.title, problem="two" if days else "unclear"
        )
        errand.say(asking(notice, f"handed.{milestone_id}"), "hand_over")
        return "done"
    await _note(errand, milestone.id, days[0])
    await show_event(errand, milestone.id, settled=True)
    return "done"


async def take_back(errand: Errand, milestone_id: str, shown: str = "", card: int | None = None) -> Came:
    """Take back the note of the day that the pressed card has `shown`, as 20240904.

    Pressed again, or where another day has been noted since, it changes nothing; a key of before names no day.
    """
    found = await _enter(errand, milestone_id)
    if isinstance(found, str):
        return found
    note = (await errand.work.hand_overs.of(errand.actor.cycle_id)).get(milestone_id)
    is_shown = note is not None and shown in ("", f"{note.day:%Y%m%d}")
    if is_shown:
        await errand.work.hand_overs.remove(errand.actor.cycle_id, milestone_id)
        errand.note("steer_calendar", "", f"hand_over/{milestone_id}", "hand_over_taken_back")
    await show_event(errand, milestone_id, card)
    return "done" if is_shown else "stale" if note else "already"


async def chain_of(work: Work, cycle_id: str) -> tuple[HandOverLine, ...]:
    """The hand-overs of a cycle, with the day of each that is done; none while it has no calendar."""
    plan = await work.calendars.current(cycle_id)
    if plan is None:
        return ()
    noted = await work.hand_overs.of(cycle_id)
    return tuple(
        HandOverLine(
            title=each.title,
            when=each.when,
            handed_over=noted[each.id].day.isoformat() if each.id in noted else "",
        )
        for each in chain(plan.calendar)
    )


async def _enter(errand: Errand, milestone_id: str) -> tuple[Calendar, Milestone] | Came:
    """The step of the chain, for who may tick it off; a denial and an unknown one leave a line in the audit."""
    thing = f"hand_over/{milestone_id}"
    if not may(errand.actor, "steer_calendar", ""):
        errand.note("steer_calendar", errand.actor.country, thing, "denied")
        return "denied"
    plan = await errand.work.calendars.current(errand.actor.cycle_id)
    milestone = plan.calendar.by_id.get(milestone_id) if plan else None
    if plan is None or milestone is None or not is_handed_over(plan.calendar, milestone):
        errand.note("steer_calendar", "", thing, "unknown")
        return "stale"
    return plan.calendar, milestone


async def _note(errand: Errand, milestone_id: str, day: date) -> None:
    cycle, now = errand.actor.cycle_id, errand.cause.now
    await errand.work.hand_overs.set(cycle, milestone_id, day, errand.person.id, now)
    errand.note("steer_calendar", "", f"hand_over/{milestone_id}", f"handed_over {day.isoformat()}")


def _today(errand: Errand, calendar: Calendar) -> date:
    return errand.cause.now.astimezone(ZoneInfo(calendar.zone)).date()


def _days(text: str, today: date, zone: str) -> list[date]:
    """The days, today or before, that a text can mean; a date without its year is the last such day.

    It is read a year earlier for that: what is another day of the year then was told from today, as "tomorrow" is.
    """
    ahead, since = _read(text, today, zone), _read(text, today - _YEAR, zone)
    of_the_year = {(day.month, day.day) for day in ahead}
    found = {day for day in ahead if day <= today}
    found = found or {day for day in since if day <= today and (day.month, day.day) in of_the_year}
    return sorted(found)


def _read(text: str, today: date, zone: str) -> set[date]:
    readings = read_when(text, today, zone).readings
    return {each.first for each in readings if isinstance(each, Exact) and each.first == each.last}
