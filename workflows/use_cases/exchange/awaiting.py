"""Who is awaited is told so: states with open remarks, and the secretariat before reviews that wait for its word."""

from collections.abc import Collection, Iterable
from datetime import datetime

from workflows.notices.exchange import Awaited, AwaitedLine
from workflows.people.roles import Actor, Person
from workflows.store.transaction import Work
from workflows.store.values_clearance import Edition
from workflows.use_cases.exchange.moments import Moment, hours_of, post
from workflows.use_cases.submission.waiting import remind_of_passage


async def remind_awaited(work: Work, now: datetime) -> None:
    """Tell those who are awaited in every cycle, at a decent hour (`now` is UTC); on one day nobody is told twice."""
    for cycle in await work.cycles.all():
        newest = await work.clearance.of_cycle(cycle.id)
        if newest:
            moment = Moment(now, await hours_of(work, cycle.id))
            await remind_of_passage(work, moment, newest.values())
            await _remind_states(work, moment, newest.values())
            await _remind_secretariat(work, moment, newest.values())


async def _remind_states(work: Work, now: Moment, waiting: Iterable[Edition]) -> None:
    for edition in waiting:
        country = edition.country
        if edition.state != "returned" or not now.is_in_rhythm(country) or not now.is_decent(country):
            continue
        remarks = await work.remarks.of_edition(edition.id)
        still = sum(remark.state in ("open", "editing") for remark in remarks)
        draft = await work.drafts.tally(Actor(0, "secretariat", "", edition.cycle_id), country)
        settled = [remark.settled_at for remark in remarks]
        days = now.waited(country, _latest(edition.state_at, draft.last_activity, *settled))
        if not still or days < now.hours.every:
            continue
        people = await work.people.of_country(edition.cycle_id, country)
        to = [person for person in people if _holds(person, edition.cycle_id, "focal_point", country)]
        notice = Awaited(country=country, open=still, days=days)
        await post(work, now, (edition.cycle_id, country), to, notice)


async def _remind_secretariat(work: Work, now: Moment, waiting: Collection[Edition]) -> None:
    """One letter for all that waits."""
    if not now.is_in_rhythm("") or not now.is_decent(""):
        return
    lines, cycle_id = [], ""
    for edition in waiting:
        if edition.state != "submitted":
            continue
        kept = [remark.at for remark in await work.remarks.of_edition(edition.id)]
        days = now.waited("", _latest(edition.state_at, *kept))
        if days >= now.hours.every:
            cycle_id = edition.cycle_id
            lines.append(AwaitedLine(country=edition.country, version=edition.version, days=days))
    if lines:
        people = await work.people.secretariat(cycle_id)
        await post(work, now, (cycle_id, ""), people, Awaited(reviews=tuple(lines)))


def _latest(first: datetime, *others: datetime | None) -> datetime:
    return max([first, *(each for each in others if each is not None)])


def _holds(person: Person, cycle_id: str, role: str, country: str) -> bool:
    return any(
        place.cycle_id == cycle_id and place.role == role and place.country == country
        for place in person.memberships
    )
