"""The calendar for everybody: what comes next, an event, an agenda, files, and whether a country takes part."""

from collections.abc import Sequence
from typing import Literal

from msgspec.structs import replace

from workflows.cycle import cards
from workflows.cycle.calendar import Milestone
from workflows.cycle.cards import Reader
from workflows.cycle.handing_over import is_handed_over
from workflows.notices import AgendaList, CalendarView, EventLine, TakingPartCard, TakingPartTold
from workflows.spelling import plain
from workflows.store.values_calendar import Plan
from workflows.use_cases.cause import Errand
from workflows.use_cases.hearing import closing

# --- looking ---------------------------------------------------------------------------------------------------------


async def show_calendar(errand: Errand, page: int = 0, edits: int | None = None) -> None:
    """Show a page of the calendar: what comes next, or -1, -2 … what lies behind."""
    plan = await _plan(errand)
    reader = await _reader(errand)
    view = cards.page_of(plan.calendar, reader, page) if plan else CalendarView(dated=False)
    asked = _speaks_for_a_country(errand)
    view = view.model_copy(update={"asked": asked, "answer": await _answer(errand) if asked else ""})
    errand.say(view, f"calendar/{page}", edits=edits)


async def set_hijri(errand: Errand, card: int, *, wanted: bool) -> None:
    """Show the Hijri date beside the Gregorian one from now on, or no longer; redraws the calendar's first page."""
    me = errand.person.id
    preference = (await errand.work.preferences.of([me]))[me]
    await errand.work.preferences.set(replace(preference, hijri=wanted))
    await show_calendar(errand, edits=card)


async def show_event(
    errand: Errand, milestone_id: str, edits: int | None = None, *, settled: bool = False
) -> bool:
    """Show one event, in the place of a card where one is given; False where the calendar has none of that id.

    With `settled` it closes what was asked before.
    """
    plan, found = await _plan(errand), await _milestone(errand, milestone_id)
    if plan is None or found is None:
        return False
    card = cards.event_card(found, await _reader(errand), plan.calendar.themes)
    if found.assesses and errand.actor.role == "focal_point":
        card = card.model_copy(update={"assesses": True})
    if errand.actor.role == "secretariat" and is_handed_over(plan.calendar, found):
        card = card.model_copy(update={"hands_over": True, **await _handed(errand, milestone_id)})
    errand.say(closing(card) if settled else card, f"event/{milestone_id}", edits=edits)
    return True


async def _handed(errand: Errand, milestone_id: str) -> dict[str, str]:
    """Who noted that something was handed over, and when."""
    noted = (await errand.work.hand_overs.of(errand.actor.cycle_id)).get(milestone_id)
    if noted is None:
        return {}
    person = await errand.work.people.by_id(noted.by) if noted.by else None
    return {"handed_by": person.name if person else "", "handed_at": noted.at.isoformat()}


async def show_agenda(errand: Errand, milestone_id: str, edits: int | None = None) -> bool:
    """Show an event's agenda as it stands at this moment; False where it has none."""
    plan, found = await _plan(errand), await _milestone(errand, milestone_id)
    if plan is None or found is None or not found.agenda:
        return False
    view = cards.agenda_view(found, await _reader(errand), plan.calendar.zone)
    errand.say(view, f"agenda/{milestone_id}", edits=edits)
    return True


async def find_agenda(errand: Errand, words: str) -> None:
    """Show the agenda that somebody means by a session's number or title; without words the one that is on or next.

    Where the words fit none or several, the events with an agenda are offered.
    """
    plan = await _plan(errand)
    reader = await _reader(errand)
    known = cards.with_agenda(plan.calendar, reader) if plan else []
    meant = [each for each in known if _is_meant(each, words)] if words else known[:1]
    if len(meant) == 1:
        await show_agenda(errand, meant[0].id)
        return
    offered = meant or known
    errand.say(AgendaList(events=tuple(cards.event_line(each, reader) for each in offered)), "agendas")


def _is_meant(milestone: Milestone, words: str) -> bool:
    wanted = plain(words)
    if wanted.isdecimal():
        return milestone.session == int(wanted)
    titles = (milestone.title.ar, milestone.title.en, milestone.title.fr)
    return bool(wanted) and (wanted == milestone.id or any(wanted in plain(title) for title in titles))


async def send_file(errand: Errand, milestone_id: str = "") -> bool:
    """Send an event, or all of them, as a calendar file; False where there is nothing that has or had a date."""
    plan = await _plan(errand)
    if plan is None:
        return False
    wanted = cards.in_files(plan.calendar, errand.actor.country)
    if milestone_id:
        wanted = [each for each in wanted if each.id == milestone_id]
    if wanted:
        await _send(errand, plan, wanted, milestone_id)
    return bool(wanted)


async def _send(errand: Errand, plan: Plan, wanted: Sequence[Milestone], name: str) -> None:
    country = errand.actor.country
    file = cards.calendar_file(plan.calendar, wanted, country, cycle=plan.cycle_id, stamp=plan.at)
    missing = () if name else cards.not_in_files(plan.calendar, await _reader(errand))
    errand.say(file.model_copy(update={"event": name, "missing": missing}), f"ics/{name}")


async def coming(errand: Errand, most: int) -> tuple[EventLine, ...] | None:
    """The next so many events that are on or ahead for the reader; None while the cycle has no calendar."""
    plan = await _plan(errand)
    if plan is None:
        return None
    reader = await _reader(errand)
    _, ahead = cards.behind_and_ahead(plan.calendar, reader)
    return tuple(cards.event_line(each, reader) for each in ahead[:most])


# --- taking part -----------------------------------------------------------------------------------------------------


async def ask_taking_part(errand: Errand) -> bool:
    """Ask the lead focal point whether the country takes part; False where the person is not who says so."""
    if not _speaks_for_a_country(errand):
        return _denied(errand)
    card = TakingPartCard(country=errand.actor.country, answer=await _answer(errand))
    errand.say(closing(card), "taking_part")
    return True


async def say_taking_part(errand: Errand, answer: Literal["yes", "no"]) -> bool:
    """Keep whether the country takes part, and tell the secretariat and the country's others where that is new.

    It can be said again and otherwise at any time. False where the person is not who says so.
    """
    if not _speaks_for_a_country(errand):
        return _denied(errand)
    country, now = errand.actor.country, errand.cause.now
    before = await _answer(errand)
    again = (before, answer) == ("no", "yes")
    if before != answer:
        await errand.work.taking_part.set(errand.actor.cycle_id, country, answer, errand.person.id, now)
        errand.note("taking_part", country, answer, "done")
        await _tell(errand, answer, again=again)
    errand.say(TakingPartCard(country=country, answer=answer, said=True, again=again), "taking_part")
    return True


async def _tell(errand: Errand, answer: Literal["yes", "no"], *, again: bool) -> None:
    country, cycle = errand.actor.country, errand.actor.cycle_id
    told = TakingPartTold(country=country, answer=answer, name=errand.person.name, again=again)
    people = [
        *await errand.work.people.secretariat(cycle),
        *await errand.work.people.of_country(cycle, country),
    ]
    for other in {other.id: other for other in people if other.id != errand.person.id}.values():
        if other.actor is not None:
            them = Errand(errand.work, other, other.actor, errand.cause)
            own = other.actor.role != "secretariat"
            them.say(told.model_copy(update={"own": own}), f"taking_part/{other.id}")


def _speaks_for_a_country(errand: Errand) -> bool:
    """Whether somebody is a country's lead focal point."""
    places = [place for place in errand.person.memberships if place.actor == errand.actor]
    return any(place.role == "focal_point" and place.lead for place in places)


def _denied(errand: Errand) -> bool:
    errand.note("taking_part", errand.actor.country, "country", "denied")
    return False


async def _answer(errand: Errand) -> Literal["", "yes", "no"]:
    said = (await errand.work.taking_part.of(errand.actor.cycle_id)).get(errand.actor.country)
    return said.answer if said else ""


# --- the plan --------------------------------------------------------------------------------------------------------


async def _plan(errand: Errand) -> Plan | None:
    return await errand.work.calendars.current(errand.actor.cycle_id)


async def _milestone(errand: Errand, milestone_id: str) -> Milestone | None:
    plan = await _plan(errand)
    return plan.calendar.by_id.get(milestone_id) if plan else None


async def _reader(errand: Errand) -> Reader:
    me = errand.person.id
    preference = (await errand.work.preferences.of([me]))[me]
    serves = errand.actor.role == "secretariat"
    noted = await errand.work.hand_overs.of(errand.actor.cycle_id)
    handed = {milestone: each.day for milestone, each in noted.items()}
    return Reader(errand.actor.country, errand.cause.now, serves, preference.hijri, handed)
