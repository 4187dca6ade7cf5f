"""The verbs of an officer who looks: the region, a filter, what has changed, a table to take away, one country."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Final, Literal

from msgspec.structs import replace

from workflows.cycle.days.working_days import add_working_days, habits
from workflows.notices import (
    CountryLine,
    Occasion,
    StatusChanges,
    StatusFile,
    StatusFilter,
    StatusList,
    StatusNotes,
    StatusView,
)
from workflows.people.access import Act, may
from workflows.people.roles import Actor
from workflows.store.transaction import Work
from workflows.store.values import Cycle
from workflows.use_cases.calendar.handing_over import chain_of
from workflows.use_cases.cause import Errand
from workflows.use_cases.status import region as regions
from workflows.use_cases.status.one_country import country_view
from workflows.use_cases.which_country import ask_which, settled
from workflows.when import CAIRO, instant

A_DAY: Final = timedelta(days=1)
PAGE: Final = 24
"""How many countries one page of a list has."""

FILTERS: Final[dict[StatusFilter, Callable[[CountryLine], bool]]] = {
    "all": lambda _: True,
    "no_focal_point": lambda line: not line.focal_points and line.state != "declined",
    "not_begun": lambda line: not line.settled and not line.submitted_at and line.state != "declined",
    "stuck": lambda line: line.is_stuck,
    "submitted": lambda line: bool(line.submitted_at),
}


def may_look(errand: Errand, act: Act = "see_status", country: str = "") -> bool:
    """Whether somebody may see where the region, or one country, stands; a denial is written to the audit."""
    if may(errand.actor, act, country):
        return True
    errand.note(act, country, "status", "denied")
    return False


# --- the region ------------------------------------------------------------------------------------------------------


async def show_status(errand: Errand, page: int = 0) -> bool:
    """Show where the region stands and what has moved since the officer last looked; False for nobody's officer.

    Another page of the picture is no new look.
    """
    cycle = await _cycle(errand)
    if cycle is None:
        return False
    now, me = errand.cause.now, errand.person.id
    preference = (await errand.work.preferences.of([me]))[me]
    since = preference.status_seen_at or now - A_DAY
    view = await status_view(errand.work, errand.actor, cycle, now, since)
    errand.say(view.model_copy(update={"page": page}), f"status/{page}")
    if page == 0:
        await errand.work.preferences.set(replace(preference, status_seen_at=now))
    return True


async def status_view(work: Work, actor: Actor, cycle: Cycle, now: datetime, since: datetime) -> StatusView:
    """The region at a moment, and what was done since another one (UTC)."""
    found = await regions.region(work, actor, cycle, now)
    return StatusView(
        cycle=cycle.id,
        at=now.isoformat(),
        countries=found.lines,
        limits=tuple(section.word_limit for section in cycle.template.sections),
        figures=found.figures,
        since=since.isoformat(),
        moved=await regions.moved(work, actor, cycle.id, since),
        chain=await chain_of(work, cycle.id),
    )


async def show_list(errand: Errand, wanted: StatusFilter, page: int = 0, card: int | None = None) -> bool:
    """Show the countries that a filter leaves, in the order of the reference table, page by page."""
    cycle = await _cycle(errand)
    if cycle is None:
        return False
    found = await regions.region(errand.work, errand.actor, cycle, errand.cause.now)
    left = filtered(found.lines, wanted)
    page = max(0, min(page, (len(left) - 1) // PAGE))
    listed = StatusList(
        filter=wanted,
        countries=left[page * PAGE : (page + 1) * PAGE],
        limits=tuple(section.word_limit for section in cycle.template.sections),
        page=page,
        total=len(left),
    )
    errand.say(listed, f"status_list/{wanted}/{page}", edits=card)
    return True


def filtered(lines: Sequence[CountryLine], wanted: StatusFilter) -> tuple[CountryLine, ...]:
    """The countries that a filter leaves."""
    return tuple(line for line in lines if FILTERS[wanted](line))


async def show_changes(errand: Errand) -> bool:
    """Show what has changed since the working day before, and who has been silent for long."""
    cycle = await _cycle(errand)
    if cycle is not None:
        now = errand.cause.now
        told = await changes(errand.work, errand.actor, cycle, now, last_working_day(now), "asked")
        errand.say(told, "changes")
    return cycle is not None


async def changes(
    work: Work, actor: Actor, cycle: Cycle, now: datetime, since: datetime, occasion: Occasion
) -> StatusChanges:
    """What the countries did between two moments (UTC)."""
    found = await regions.region(work, actor, cycle, now)
    return StatusChanges(
        occasion=occasion,
        since=since.isoformat(),
        at=now.isoformat(),
        moved=await regions.moved(work, actor, cycle.id, since),
        stuck=regions.stuck(found.lines),
        figures=found.figures,
    )


def last_working_day(now: datetime) -> datetime:
    """When the secretariat's last working day before today began in Cairo, as an instant (UTC)."""
    day = add_working_days(habits(), "", regions.local_day(now, ""), -1)
    return instant(day, time(), CAIRO).astimezone(UTC)


async def send_file(errand: Errand, kind: Literal["xlsx", "csv"]) -> bool:
    """Send the region as a table."""
    cycle = await _cycle(errand)
    if cycle is None:
        return False
    found = await regions.region(errand.work, errand.actor, cycle, errand.cause.now)
    file = StatusFile(
        kind=kind,
        cycle=cycle.id,
        at=errand.cause.now.isoformat(),
        countries=found.lines,
        figures=found.figures,
    )
    errand.say(file, f"status_file/{kind}")
    errand.note("export_status", "", kind, "done")
    return True


# --- one country -----------------------------------------------------------------------------------------------------


def offer_countries(errand: Errand, page: int = 0, given: str = "", card: int | None = None) -> bool:
    """Offer all countries to choose from; what was typed and is none is named, with those it resembles."""
    if not may_look(errand):
        return False
    ask_which(errand, "country", given, page, card)
    return True


async def show_country(errand: Errand, code: str) -> bool:
    """Show one country: counts, people, dates and what was done."""
    cycle = await _cycle(errand)
    if cycle is None or not may_look(errand, "read_people", code):
        return False
    view = await country_view(errand.work, errand.actor, cycle, code, errand.cause.now)
    errand.say(await settled(errand, view), f"country/{code}")
    return True


# --- notes without asking --------------------------------------------------------------------------------------------


async def show_notes(
    errand: Errand, wish: Literal["", "morning", "digest"] = "", *, on: bool = False, card: int | None = None
) -> bool:
    """Show, or first set, which notes on the region an officer gets without asking."""
    if not may_look(errand):
        return False
    me = errand.person.id
    preference = (await errand.work.preferences.of([me]))[me]
    if wish == "morning":
        preference = replace(preference, morning=on)
    elif wish == "digest":
        preference = replace(preference, digest=on)
    if wish:
        await errand.work.preferences.set(preference)
    notes = StatusNotes(morning=preference.morning, digest=preference.digest)
    errand.say(notes, f"status_notes/{wish}", edits=card)
    return True


async def _cycle(errand: Errand) -> Cycle | None:
    """The officer's cycle; None for somebody who may not see the region, which is written down."""
    return await errand.work.cycles.get(errand.actor.cycle_id) if may_look(errand) else None
