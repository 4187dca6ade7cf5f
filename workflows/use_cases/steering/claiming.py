"""Two who claim one place: nobody is let in before an officer decides, and both are told in the same words.

Who has a place by then, by another invitation, claims nothing more: the claim ends without a decision.
"""

from typing import Literal

from workflows.notices.people_desk import ClaimCard, ClaimSettled
from workflows.people.access import may
from workflows.people.roles import Person
from workflows.store.values import Invitation
from workflows.store.values_announcements import Claim
from workflows.use_cases.cause import Errand
from workflows.use_cases.inviting import admit
from workflows.use_cases.reminders.readers import place_in
from workflows.use_cases.steering.staffing import team
from workflows.use_cases.workshops.sessions import Came


async def show_claim(errand: Errand, number: int) -> Came:
    """Show who has come, and the ways to decide."""
    claim = await _enter(errand, number)
    if isinstance(claim, str):
        return claim
    person = await errand.work.people.by_id(claim.person_id) if claim.person_id else None
    people = await errand.work.people.of_country(claim.cycle_id, claim.country)
    others = tuple(team(people, claim.country, "focal_point"))
    name = person.name if person else ""
    errand.say(ClaimCard(number=claim.id, country=claim.country, name=name, others=others), "claim")
    return "done"


async def decide(errand: Errand, number: int, answer: str, card: int) -> Came:
    """Let somebody in beside the others, in the place of one (its number), or not at all ("refused").

    A claim of somebody who has come in meanwhile ends, whatever was answered, and the officer is told why.
    """
    claim = await _enter(errand, number)
    if isinstance(claim, str):
        return claim
    replaces = int(answer) if answer.isdecimal() else None
    outcome: Literal["beside", "replaced", "refused"] = "replaced" if replaces else "refused"
    if answer == "beside":
        outcome = "beside"
    person = await errand.work.people.by_id(claim.person_id) if claim.person_id else None
    if person is not None and place_in(person, claim.cycle_id) is not None:
        return await _end(errand, claim, person, card)
    invitation = await _invitation(errand, claim)
    if person is None or invitation is None or (replaces and not await _is_held(errand, claim, replaces)):
        return "stale"
    if not await errand.work.claims.decide(claim.id, outcome, errand.person.id, errand.cause.now):
        return "already"
    errand.note("replace_focal_point", claim.country, f"claim/{claim.id}", outcome)
    await _tell(errand, claim, person, outcome)
    if outcome != "refused":
        await admit(errand.work, person, invitation, errand.cause, replaces=replaces)
    errand.say(ClaimSettled(country=claim.country, outcome=outcome, name=person.name), "claim", edits=card)
    return "done"


async def _enter(errand: Errand, number: int) -> Claim | Came:
    claim = await errand.work.claims.get(number)
    country = claim.country if claim else ""
    if errand.actor.role != "secretariat" or not may(errand.actor, "replace_focal_point", country):
        errand.note("replace_focal_point", errand.actor.country, "claim", "denied")
        return "denied"
    if claim is None or claim.cycle_id != errand.actor.cycle_id:
        return "stale"
    return claim if claim.state == "waiting" else "already"


async def _end(errand: Errand, claim: Claim, person: Person, card: int) -> Came:
    """Close the claim of somebody who has a place in the cycle: a second one cannot be given."""
    if not await errand.work.claims.decide(claim.id, "over", errand.person.id, errand.cause.now):
        return "already"
    errand.note("replace_focal_point", claim.country, f"claim/{claim.id}", "over")
    settled = ClaimSettled(country=claim.country, outcome="over", name=person.name)
    errand.say(settled, "claim", edits=card)
    return "done"


async def _invitation(errand: Errand, claim: Claim) -> Invitation | None:
    known = await errand.work.invitations.of_cycle(claim.cycle_id)
    return next((each for each in known if each.id == claim.invitation_id), None)


async def _is_held(errand: Errand, claim: Claim, place_id: int) -> bool:
    """Whether that is a focal point's place of the country, held now."""
    place = await errand.work.people.membership(place_id)
    return (
        place is not None
        and place.ended_at is None
        and (place.cycle_id, place.country, place.role) == (claim.cycle_id, claim.country, "focal_point")
    )


async def _tell(
    errand: Errand, claim: Claim, person: Person, outcome: Literal["beside", "replaced", "refused"]
) -> None:
    """The country's focal points learn what was decided; who is not let in, too."""
    for other in await errand.work.people.of_country(claim.cycle_id, claim.country):
        place = next((each for each in other.memberships if each.country == claim.country), None)
        if place is not None and place.role == "focal_point":
            notice = ClaimSettled(country=claim.country, outcome=outcome)
            Errand(errand.work, other, place.actor, errand.cause).say(notice, f"claim/{other.id}")
    if outcome == "refused":
        errand.work.outbox.post(
            person,
            ClaimSettled(country=claim.country, outcome=outcome, own=True),
            key=errand.cause.key(f"claim/{person.id}"),
            now=errand.cause.now,
        )
