"""One country for the secretariat: counts, people, dates and what was done; nothing of what it wrote."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from workflows.cycle.calendar import Calendar, is_over
from workflows.notices import CountryDate, CountryPerson, CountryView
from workflows.people.roles import Actor, Person
from workflows.review.events import Review
from workflows.review.progress import section_lines
from workflows.store.transaction import Work
from workflows.store.values import Cycle
from workflows.use_cases.auditing import entries
from workflows.use_cases.status.region import region
from workflows.when import Exact

LOG: Final = 10
"""How many of the newest lines of the audit are told: what was done; a press that was refused is for /audit alone."""
DATES: Final = 4
"""How many dates ahead are told."""


async def country_view(work: Work, actor: Actor, cycle: Cycle, code: str, now: datetime) -> CountryView:
    """One country at a moment (UTC); raises KeyError for a code that is not of the region, and Denied."""
    found = await region(work, actor, cycle, now)
    line = next((line for line in found.lines if line.country == code), None)
    if line is None:
        raise KeyError(code)
    draft = (await work.drafts.tallies(actor, [code])).get(code)
    said = (await work.taking_part.of(cycle.id)).get(code)
    plan = await work.calendars.current(cycle.id)
    people = await work.people.of_country(cycle.id, code)
    return CountryView(
        at=now.isoformat(),
        line=line,
        sections=section_lines(draft.review if draft else Review(cycle.template, code)),
        taking_part=said.answer if said else "",
        people=tuple(_people(people, cycle.id, code)),
        dates=_dates(plan.calendar, code, now) if plan else (),
        steps=await work.clearance.steps(cycle.id, code),
        readable=bool(
            await work.clearance.submitted(cycle.id, code) or await work.sharing.sections(cycle.id, code)
        ),
        log=await entries(
            work, await work.audit.of_country(code, LOG, cycle_id=cycle.id, done=True), cycle.id
        ),
    )


def _people(people: Sequence[Person], cycle_id: str, code: str) -> list[CountryPerson]:
    held = [(person, place) for person in people for place in person.memberships]
    return [
        CountryPerson(
            name=person.name, role=place.role, lead=place.lead, scope=place.scope, reach=person.reach
        )
        for person, place in held
        if place.cycle_id == cycle_id and place.country == code
    ]


def _dates(calendar: Calendar, code: str, now: datetime) -> tuple[CountryDate, ...]:
    """The dates ahead, the nearest first; the deadline is always among them."""
    told = {each.id: each.when_for(code) for each in calendar.milestones}
    ahead = [
        (when.begins(), each)
        for each in calendar.milestones
        if isinstance(when := told[each.id], Exact) and not is_over(when, now)
    ]
    chosen = [each for _, each in sorted(ahead, key=lambda pair: pair[0])][:DATES]
    deadline = calendar.deadline
    if deadline is not None and deadline not in chosen:
        chosen.append(deadline)
    return tuple(
        CountryDate(title=each.title, when=told[each.id], moved=code in each.extensions) for each in chosen
    )
