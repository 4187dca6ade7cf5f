"""How many clearances a country asks for: set by its focal points, or on their word by the secretariat."""

from workflows.notices.submission import ClearerLine, ClearingAsk, ClearingChanged, ClearingView
from workflows.people.access import may
from workflows.reference import countries, find_country
from workflows.review.passage import MOST_STEPS, may_set_steps
from workflows.use_cases.cause import Errand
from workflows.use_cases.hearing import closing
from workflows.use_cases.submission.telling import (
    Came,
    clearers,
    concerned,
    focal_points,
    invited_steps,
    say,
    step_of,
    tell,
)
from workflows.use_cases.which_country import ask_which

_DIGITS = 4
"""A longer number after a country is none of clearances."""


async def open_room(errand: Errand, typed: str) -> Came:
    """Answer the command: to a focal point their own country; to the secretariat the one that was typed.

    A number after the country asks whether so many clearances are to be set.
    """
    if errand.actor.country:
        return await show(errand)
    words, _, last = typed.strip().rpartition(" ")
    steps = int(last) if last.isdecimal() and len(last) <= _DIGITS else None
    country = find_country(words if steps is not None else typed)
    if not _may_set(errand, country.code if country else ""):
        return "denied"
    if country is None:
        ask_which(errand, "clearing", typed)
        return "done"
    if steps is None or steps > MOST_STEPS:
        return await show(errand, country.code, beyond=steps is not None)
    return await ask(errand, steps, country.code)


async def show(errand: Errand, country: str = "", card: int | None = None, *, beyond: bool = False) -> Came:
    """Show how many clearances a country asks for, and who gives them; without one, the person's own country.

    An officer has none: they choose one. `beyond`: more clearances were asked for than there can be.
    """
    country = country or errand.actor.country
    if not country:
        return await pick(errand, 0, card)
    if not _may_set(errand, country):
        return "denied"
    view = await _view(errand, country)
    await say(errand, closing(view.model_copy(update={"beyond": beyond})), card)
    return "done"


async def pick(errand: Errand, page: int, card: int | None = None) -> Came:
    """Let the secretariat choose the country whose clearances are shown."""
    if errand.actor.country or not _may_set(errand, ""):
        return "denied"
    ask_which(errand, "clearing", page=page, card=card)
    return "done"


async def ask(errand: Errand, steps: int, country: str, card: int | None = None) -> Came:
    """Show the secretariat what would change and who would hear of it, before it is set."""
    if not country:
        return await pick(errand, 0, card)
    if not _may_set(errand, country):
        return "denied"
    view = await _view(errand, country)
    if view.fixed or view.steps == steps:
        await say(errand, view, card)
        return "done"
    people = await concerned(errand, country)
    without = tuple(step for step in range(1, steps + 1) if not clearers(people, step))
    told = len(focal_points(people))
    asked = ClearingAsk(
        country=country,
        before=view.steps,
        steps=steps,
        without=without,
        invited=await invited_steps(errand, country),
        told=told,
        clearers=len(people) - told,
    )
    await say(errand, closing(asked), card)
    return "done"


async def set_steps(errand: Errand, steps: int, country: str = "", card: int | None = None) -> Came:
    """Let the country ask for so many clearances, as long as no text is on its way through them.

    An officer who names none chooses one first: nothing is set then.
    """
    country = country or errand.actor.country
    if not country:
        return await pick(errand, 0, card)
    if not _may_set(errand, country):
        return "denied"
    work, cycle = errand.work, errand.actor.cycle_id
    await work.clearance.hold(cycle, country)
    newest = await work.clearance.newest(cycle, country)
    before = await work.clearance.steps(cycle, country)
    if may_set_steps(newest.state if newest else None) and steps != before:
        await work.clearance.set_steps(cycle, country, steps, errand.person.id, errand.cause.now)
        errand.note("set_clearing", country, "clearing", f"{steps} steps")
        for each in await concerned(errand, country):
            by_office = not errand.actor.country
            notice = ClearingChanged(
                country=country, steps=steps, role=each[1].role, by_secretariat=by_office
            )
            tell(errand, each, notice)
    await say(errand, await _view(errand, country), card)
    return "done"


def _may_set(errand: Errand, country: str) -> bool:
    """Whether the person may set this; "" is a country still to be named, which only the secretariat leaves open."""
    known = not country or country in {state.code for state in countries()}
    if known and may(errand.actor, "set_clearing", country):
        return True
    errand.note("set_clearing", country if known else "", "clearing", "denied" if known else "unknown")
    return False


async def _view(errand: Errand, country: str) -> ClearingView:
    cycle = errand.actor.cycle_id
    newest = await errand.work.clearance.newest(cycle, country)
    people = await concerned(errand, country)
    return ClearingView(
        country=country,
        steps=await errand.work.clearance.steps(cycle, country),
        clearers=tuple(
            ClearerLine(name=person.name, step=step_of(place)) for person, place in people if step_of(place)
        ),
        invited=await invited_steps(errand, country),
        fixed=not may_set_steps(newest.state if newest else None),
        own=bool(errand.actor.country),
    )
