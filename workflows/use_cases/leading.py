"""Who leads a country's focal points once the one who led has gone: never nobody while one of them is left."""

from collections.abc import Iterable

from workflows.notices.people_desk import LeadPassed
from workflows.people.roles import Membership, Person
from workflows.use_cases.cause import Errand


async def hold(errand: Errand, places: Iterable[Membership]) -> None:
    """Before places end: let nobody become a focal point of their countries until this transaction has ended.

    Whoever comes in takes the same locks before a place is touched, so that neither waits for the other.
    """
    countries = {(each.cycle_id, each.country) for each in places if each.role == "focal_point"}
    for cycle_id, country in sorted(countries):
        await errand.work.people.hold_focal_points(cycle_id, country)


async def pass_on(errand: Errand, ended: Membership) -> None:
    """After a leading place has ended, let the country's oldest remaining focal point lead, and tell all of them.

    Where somebody leads already nothing happens; where no focal point is left, the secretariat is told. What is asked
    here must be held since before the place ended.
    """
    if not ended.lead or ended.role != "focal_point":
        return
    people = errand.work.people
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
