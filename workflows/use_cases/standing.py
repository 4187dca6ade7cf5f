"""Where things stand: a country's own progress, and for the secretariat the region's, in counts only."""

from datetime import datetime
from typing import Literal

from workflows.notices import CountryLine, ProgressView, StatusView
from workflows.people.access import may
from workflows.people.roles import Actor
from workflows.reference import countries
from workflows.review.path import next_open
from workflows.review.progress import section_lines, tally
from workflows.store.transaction import Work
from workflows.store.values import Cycle
from workflows.use_cases.cause import Errand


async def show_progress(errand: Errand) -> None:
    """Show a focal point what is done and what is left."""
    draft = await errand.work.drafts.open(errand.actor, errand.actor.country)
    counts = tally(draft.review)
    view = ProgressView(
        country=errand.actor.country,
        sections=section_lines(draft.review),
        declined=counts.declined,
        not_applicable=counts.not_applicable,
        not_known=counts.not_known,
        next=next_open(draft.review, None) or "",
        last_activity=_iso(draft.last_activity),
    )
    errand.say(view, "progress")


async def show_status(errand: Errand) -> bool:
    """Show the secretariat where the region stands; False where the person may not see it."""
    if not may(errand.actor, "see_status", ""):
        errand.note("see_status", "", "status", "denied")
        return False
    cycle = await errand.work.cycles.get(errand.actor.cycle_id)
    if cycle is not None:
        errand.say(await status(errand.work, errand.actor, cycle, errand.cause.now), "status")
    return cycle is not None


async def status(work: Work, actor: Actor, cycle: Cycle, now: datetime) -> StatusView:
    """The region at this moment: every country of the reference table, in its order.

    A country is invited while an invitation can still be taken up, or somebody of it has come in.
    """
    invited = {
        invitation.country
        for invitation in await work.invitations.of_cycle(cycle.id)
        if invitation.used_at is None and invitation.expires_at > now
    }
    lines = [
        await _line(work, actor, country.code, invited=country.code in invited) for country in countries()
    ]
    return StatusView(
        cycle=cycle.id,
        at=now.isoformat(),
        countries=tuple(lines),
        limits=tuple(section.word_limit for section in cycle.template.sections),
    )


async def _line(work: Work, actor: Actor, country: str, *, invited: bool) -> CountryLine:
    draft = await work.drafts.tally(actor, country)
    people = await work.people.of_country(actor.cycle_id, country)
    places = [place for person in people for place in person.memberships if place.country == country]
    focal_points = sum(place.role == "focal_point" for place in places)
    sections = section_lines(draft.review)
    settled, total = sum(s.settled for s in sections), sum(s.total for s in sections)
    return CountryLine(
        country=country,
        state=_state(settled, total, focal_points, invited=invited or bool(places)),
        focal_points=focal_points,
        settled=settled,
        total=total,
        words=tuple(section.words for section in sections),
        last_activity=_iso(draft.last_activity),
    )


def _state(
    settled: int, total: int, focal_points: int, *, invited: bool
) -> Literal["not_invited", "invited", "joined", "begun", "none_open"]:
    if settled:
        return "none_open" if settled == total else "begun"
    if focal_points:
        return "joined"
    return "invited" if invited else "not_invited"


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
