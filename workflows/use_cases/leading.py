"""Who leads a country's focal points once the one who led has gone: never nobody while one of them is left."""

from workflows.notices.people_desk import LeadPassed
from workflows.people.roles import Membership, Person
from workflows.use_cases.cause import Errand


async def pass_on(errand: Errand, ended: Membership) -> None:
    """After a leading place has ended, let the country's oldest remaining focal point lead, and tell all of them.

    Where somebody leads already nothing happens; where no focal point is left, the secretariat is told.
    """
    if not ended.lead or ended.role != "focal_point":
        return
    people = errand.work.people
    await people.hold_focal_points(ended.cycle_id, ended.country)
    left = _focal_points(await people.of_country(ended.cycle_id, ended.country), ended)
    if any(place.lead for _, place in left):
        return
    if not left:
        officers = await people.secretariat(ended.cycle_id)
        _tell(errand, _of_role(officers, ended.cycle_id), LeadPassed(country=ended.country, name=""))
        return
    person, oldest = min(left, key=lambda each: (each[1].began_at, each[1].id))
    await people.make_lead(oldest.id)
    errand.note("replace_focal_point", ended.country, f"lead/{oldest.id}", "done")
    _tell(errand, left, LeadPassed(country=ended.country, name=person.name))


def _focal_points(people: list[Person], ended: Membership) -> list[tuple[Person, Membership]]:
    return [
        (person, place)
        for person in people
        for place in person.memberships
        if (place.cycle_id, place.country, place.role) == (ended.cycle_id, ended.country, "focal_point")
    ]


def _of_role(people: list[Person], cycle_id: str) -> list[tuple[Person, Membership]]:
    return [
        (person, place)
        for person in people
        for place in person.memberships
        if (place.cycle_id, place.role) == (cycle_id, "secretariat")
    ]


def _tell(errand: Errand, people: list[tuple[Person, Membership]], notice: LeadPassed) -> None:
    for person, place in people:
        if person.id != errand.person.id:
            Errand(errand.work, person, place.actor, errand.cause).say(notice, f"lead/{person.id}")
