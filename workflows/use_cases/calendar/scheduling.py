"""How the secretariat says what is to change: events and their cards, what is typed about them, and keys in doubt."""

from collections.abc import Sequence
from datetime import date
from math import ceil
from typing import Literal
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from workflows.cycle import cards
from workflows.cycle.calendar import Milestone
from workflows.cycle.cards import Reader
from workflows.cycle.typed.orders import (
    Order,
    countries_named,
    read_change,
    read_link,
    read_order,
    read_place,
    zone_for,
)
from workflows.immutable import Immutable
from workflows.notices.calendar import Mode
from workflows.notices.scheduling import (
    ExtensionLine,
    Proposal,
    ScheduleAsk,
    ScheduleCard,
    ScheduleChoice,
    ScheduleLine,
    ScheduleOption,
    SchedulePreview,
    ScheduleView,
    Wanted,
)
from workflows.people.access import may
from workflows.reference import find_country
from workflows.store.values_calendar import Plan
from workflows.use_cases.calendar.rescheduling import do, kept, kept_as, option, propose
from workflows.use_cases.cause import Errand
from workflows.use_cases.hearing import asking
from workflows.use_cases.workshops.sessions import Came
from workflows.when import Unstated, Window

PAGE = 10
"""How many events a page of the list holds."""
OPTIONS = 8
"""How many changes are offered for a sentence in doubt."""
SHOWN = 300
"""So much of what was typed is shown again."""
Problem = Literal["", "overtaken", "same"]


class Desk(Immutable):
    """An officer before a plan that may be changed."""

    errand: Errand
    plan: Plan

    @property
    def today(self) -> date:
        """The day where the host is."""
        return self.errand.cause.now.astimezone(ZoneInfo(self.plan.calendar.zone)).date()

    def event(self, milestone_id: str) -> Milestone | None:
        """The event of that id."""
        return self.plan.calendar.by_id.get(milestone_id)


async def enter(errand: Errand) -> Desk | Came:
    """The officer's desk; a denial leaves a line in the audit. Without a calendar the officer reads so."""
    if not may(errand.actor, "steer_calendar", ""):
        errand.note("steer_calendar", errand.actor.country, "calendar", "denied")
        return "denied"
    plan = await errand.work.calendars.current(errand.actor.cycle_id)
    if plan is None:
        errand.say(ScheduleView(dated=False), "schedule")
        return "done"
    return Desk(errand, plan)


# --- looking ---------------------------------------------------------------------------------------------------------


async def show(errand: Errand, page: int = 0, card: int | None = None) -> Came:
    """Show all events; what is typed after it is a sentence about one of them."""
    desk = await enter(errand)
    if isinstance(desk, str):
        return desk
    _list(desk, page, card)
    return "done"


def _list(desk: Desk, page: int = 0, card: int | None = None, unknown: str | None = None) -> None:
    events = desk.plan.calendar.milestones
    last_page = max(ceil(len(events) / PAGE) - 1, 0)
    page = min(page, last_page)
    view = ScheduleView(
        lines=tuple(map(_line, events[page * PAGE : (page + 1) * PAGE])),
        page=page,
        last_page=last_page,
        problem="" if unknown is None else "unknown",
        given=(unknown or "")[:SHOWN],
    )
    desk.errand.say(asking(view, "order"), "schedule", edits=card)


def _line(event: Milestone) -> ScheduleLine:
    return ScheduleLine(
        id=event.id,
        title=event.title,
        when=event.when,
        alternatives=event.alternatives if isinstance(event.when, Window) else (),
        moved=any(move.step in ("postponed", "unfixed") and not move.country for move in event.moves),
    )


async def show_event(errand: Errand, milestone_id: str, card: int | None = None) -> Came:
    """Show one event with what can be done to it; what is typed after it is its new date."""
    desk = await enter(errand)
    if isinstance(desk, str):
        return desk
    event = desk.event(milestone_id)
    if event is None:
        return "stale"
    _show(desk, event, card)
    return "done"


def _show(desk: Desk, event: Milestone, card: int | None = None, problem: Problem = "") -> None:
    reader = Reader("", desk.errand.cause.now, steers=True)
    is_deadline = event.kind == "deadline"
    shown = ScheduleCard(
        card=cards.event_card(event, reader),
        extensions=tuple(
            ExtensionLine(country=code, when=when) for code, when in sorted(event.extensions.items())
        ),
        extends=is_deadline and not isinstance(event.when, Unstated),
        takes_back=bool(event.moves),
        problem=problem,
    )
    desk.errand.say(asking(shown, f"date.{event.id}"), "schedule/card", edits=card)


# --- asking for what is typed ----------------------------------------------------------------------------------------


async def ask(errand: Errand, milestone_id: str, wants: Wanted, country: str = "") -> Came:
    """Let the next text be a date, a place or link, or a country."""
    desk = await enter(errand)
    if isinstance(desk, str):
        return desk
    event = desk.event(milestone_id)
    if event is None:
        return "stale"
    _ask(desk, event, wants, country)
    return "done"


def _ask(
    desk: Desk,
    event: Milestone,
    wants: Wanted,
    country: str = "",
    refused: str | None = None,
    *,
    several: bool = False,
) -> None:
    asked = ScheduleAsk(
        milestone=event.id,
        title=event.title,
        when=event.when_for(country),
        wants=wants,
        country=country,
        zone=zone_for(desk.plan.calendar, event, None),
        problem=("several" if several else "unclear") if refused is not None else "",
        given=(refused or "")[:SHOWN],
    )
    desk.errand.say(asking(asked, _word(wants, event.id, country)), "schedule/ask")


def _word(wants: Wanted, milestone_id: str, country: str = "") -> str:
    return ".".join(filter(None, (wants, milestone_id, country)))


# --- what was typed --------------------------------------------------------------------------------------------------


async def take_order(errand: Errand, text: str) -> Came:
    """Follow a sentence that names an event and what is to become of it; an event alone is shown."""
    desk = await enter(errand)
    if isinstance(desk, str):
        return desk
    return await _obey(desk, read_order(text, desk.plan.calendar, desk.today), text)


async def _obey(desk: Desk, order: Order, text: str) -> Came:
    if not order.milestones or len(order.milestones) > OPTIONS:
        _list(desk, unknown=text)
        return "done"
    event = desk.plan.calendar.by_id[order.milestones[0]]
    if len(order.milestones) == 1 and not (order.reading.readings or order.mode or order.unclear):
        _show(desk, event)
        return "done"
    return await _follow(
        desk, order, text, _word("date", event.id) if len(order.milestones) == 1 else "order"
    )


async def take(errand: Errand, wants: Wanted, about: str, text: str) -> Came:
    """Take what was asked about an event, or a sentence that names another; asked again where it is not understood."""
    desk = await enter(errand)
    if isinstance(desk, str):
        return desk
    milestone_id, _, country = about.partition(".")
    event = desk.event(milestone_id)
    if event is None:
        return "stale"
    match wants:
        case "place":
            return await _take_place(desk, event, text)
        case "country":
            return _take_country(desk, event, text)
    order = read_order(text, desk.plan.calendar, desk.today)
    names_several = order.numbered and len(order.milestones) > 1
    if order.sure and (names_several or event.id not in order.milestones):
        return await _obey(desk, order, text)
    if order.milestones != (event.id,):
        order = read_change(text, desk.plan.calendar, event, desk.today)
    if wants == "extension":
        order = replace(order, mode=None, country=country)
    return await _follow(desk, order, text, _word(wants, event.id, country))


async def _take_place(desk: Desk, event: Milestone, text: str) -> Came:
    link, place = read_link(text), read_place(text)
    if not link and (place is None or "://" in text):
        _ask(desk, event, "place", refused=text)
        return "done"
    wanted = Proposal(milestone=event.id, link=link, place=None if link else place)
    return await _propose(desk, wanted, _word("place", event.id))


def _take_country(desk: Desk, event: Milestone, text: str) -> Came:
    state = find_country(text)
    codes = (state.code,) if state else countries_named(text[:SHOWN])
    if len(codes) == 1:
        _ask(desk, event, "extension", codes[0])
    else:
        _ask(desk, event, "country", refused=text, several=bool(codes))
    return "done"


async def _follow(desk: Desk, order: Order, text: str, asked: str) -> Came:
    """Preview what an order asks for; offer the changes that it can mean where it is in doubt or past."""
    first = desk.plan.calendar.by_id[order.milestones[0]]
    if order.several:
        _ask(desk, first, "country", refused=text, several=True)
        return "done"
    if order.unclear or not (order.reading.readings or order.mode):
        _ask(desk, first, "extension" if asked.startswith("extension") else "date", order.country, text)
        return "done"
    options = _options(desk, order)
    past = order.reading.past
    if len(options) == 1 and not past:
        return await _propose(desk, options[0].proposal, asked)
    reason: Literal["which", "past", "doubt"] = "which" if len(order.milestones) > 1 else "doubt"
    number = desk.errand.cause.update_id
    choice = ScheduleChoice(
        number=number, reason="past" if past else reason, given=text[:SHOWN], options=tuple(options[:OPTIONS])
    )
    kept_as(desk.errand, choice, asked, None)
    return "done"


def _options(desk: Desk, order: Order) -> Sequence[ScheduleOption]:
    """Every change that an order can mean."""
    options = []
    for milestone_id in order.milestones:
        title = desk.plan.calendar.by_id[milestone_id].title
        for when in order.reading.readings or (None,):
            wanted = Proposal(milestone=milestone_id, when=when, mode=order.mode or "", country=order.country)
            options.append(ScheduleOption(title=title, proposal=wanted))
    return options


async def _propose(desk: Desk, wanted: Proposal, asked: str, card: int | None = None) -> Came:
    if not await propose(desk.errand, desk.plan, wanted, asked, card):
        _show(desk, desk.plan.calendar.by_id[wanted.milestone], card, "same")
    return "done"


# --- what was pressed ------------------------------------------------------------------------------------------------


async def propose_by_key(errand: Errand, milestone_id: str, what: str, card: int) -> Came:
    """Preview what a key of an event's card stands for: a mode, an open date, the last change taken back, `end.YE`."""
    desk = await enter(errand)
    if isinstance(desk, str):
        return desk
    event = desk.event(milestone_id)
    wanted = _by_key(event, what) if event is not None else None
    return "stale" if wanted is None else await _propose(desk, wanted, _word("date", milestone_id), card)


def _by_key(event: Milestone, what: str) -> Proposal | None:
    match what.partition("."):
        case "open", _, _:
            return Proposal(milestone=event.id, when=Unstated())
        case "take_back", _, _:
            return Proposal(milestone=event.id, back=True) if event.moves else None
        case "end", _, country:
            ends = Proposal(milestone=event.id, country=country)
            return ends if country in event.extensions else None
        case ("online" | "in_person" | "hybrid") as mode, _, _:
            chosen: Mode = mode
            return Proposal(milestone=event.id, mode=chosen)
    return None


async def choose(errand: Errand, number: int, index: int, card: int) -> Came:
    """Preview one of the changes that a sentence could mean."""
    desk = await enter(errand)
    if isinstance(desk, str):
        return desk
    wanted = await option(errand, number, index)
    if wanted is None or desk.event(wanted.milestone) is None:
        return "stale"
    return await _propose(desk, wanted, _word("date", wanted.milestone), card)


async def decide(errand: Errand, number: int, card: int, *, does: bool) -> Came:
    """Do what a preview showed, or leave it; where it is overtaken nothing is done, and what stands is shown."""
    desk = await enter(errand)
    if isinstance(desk, str):
        return desk
    preview = await kept(errand, number)
    if not isinstance(preview, SchedulePreview):
        return "stale"
    came: Came = await do(errand, preview, card) if does else "done"
    now = await enter(errand)
    event = None if isinstance(now, str) else now.event(preview.proposal.milestone)
    if not isinstance(now, str) and event is not None and (came == "stale" or not does):
        _show(now, event, card, "overtaken" if came == "stale" else "")
    return came
