"""Where things stand: a country's own progress, and the region's for the secretariat, in counts and never in content."""

from datetime import datetime

from workflows.notices import CountryLine, ProgressView, StatusView
from workflows.people.access import may
from workflows.people.roles import Actor, Person
from workflows.reference import countries
from workflows.review.path import next_open
from workflows.review.progress import section_lines, tally
from workflows.store.transaction import Work
from workflows.store.values import Cycle
from workflows.use_cases.cause import Cause


async def show_progress(work: Work, person: Person, actor: Actor, cause: Cause) -> None:
    """Show a focal point what is done and what is left."""
    draft = await work.drafts.open(actor, actor.country)
    counts = tally(draft.review)
    view = ProgressView(
        country=actor.country,
        sections=section_lines(draft.review),
        declined=counts.declined,
        not_applicable=counts.not_applicable,
        not_known=counts.not_known,
        next=next_open(draft.review, None) or "",
        last_activity=_iso(draft.last_activity),
    )
    work.outbox.post(
        person, view, key=cause.key("progress"), cycle_id=draft.cycle_id, country=actor.country, now=cause.now
    )


async def show_status(work: Work, person: Person, actor: Actor, cause: Cause) -> bool:
    """Show the secretariat where the region stands; False where the person may not see it."""
    if not may(actor, "see_status", ""):
        work.audit.note(cause.now, person.id, "see_status", "", "status", "denied")
        return False
    cycle = await work.cycles.get(actor.cycle_id)
    assert cycle is not None
    view = await status(work, actor, cycle, cause.now)
    work.outbox.post(person, view, key=cause.key("status"), cycle_id=cycle.id, now=cause.now)
    return True


async def status(work: Work, actor: Actor, cycle: Cycle, now: datetime) -> StatusView:
    """The region at this moment: every country of the reference table, in its order, whether invited or not."""
    invited = {invitation.country for invitation in await work.invitations.of_cycle(cycle.id)}
    lines = [await _line(work, actor, country.code, country.code in invited) for country in countries()]
    return StatusView(
        cycle=cycle.id,
        at=now.isoformat(),
        countries=tuple(lines),
        limits=tuple(section.word_limit for section in cycle.template.sections),
    )


async def _line(work: Work, actor: Actor, country: str, invited: bool) -> CountryLine:
    draft = await work.drafts.tally(actor, country)
    people = await work.people.of_country(actor.cycle_id, country)
    focal_points = sum(
        place.role == "focal_point" and place.country == country for p in people for place in p.memberships
    )
    sections = section_lines(draft.review)
    settled, total = sum(s.settled for s in sections), sum(s.total for s in sections)
    return CountryLine(
        country=country,
        state=_state(invited, focal_points, settled, total),
        focal_points=focal_points,
        settled=settled,
        total=total,
        words=tuple(section.words for section in sections),
        last_activity=_iso(draft.last_activity),
    )


def _state(invited: bool, focal_points: int, settled: int, total: int) -> str:
    if settled:
        return "none_open" if settled == total else "begun"
    if focal_points:
        return "joined"
    return "invited" if invited else "not_invited"


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


