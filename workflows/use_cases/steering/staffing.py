"""The desk for people: states without a focal point, a country's team, its links, its lead, places that end."""

from collections.abc import Iterable, Sequence

from workflows.notices import Line
from workflows.notices.people_desk import (
    CountryTeam,
    LeadPassed,
    LinkLine,
    MissingLine,
    PeopleDesk,
    PlaceCard,
    PlaceClosed,
    TeamLine,
)
from workflows.people.access import Act, may
from workflows.people.roles import Membership, Person
from workflows.reference import countries, find_country
from workflows.reference.nearest import nearest_countries
from workflows.store.values import Invitation
from workflows.store.values_announcements import Claim
from workflows.use_cases import leading
from workflows.use_cases.cause import Errand
from workflows.use_cases.reminders.readers import place_in
from workflows.use_cases.submission.clearing import tell_of_leaving
from workflows.use_cases.which_country import asking_for, settled
from workflows.use_cases.workshops.sessions import Came

GIVEN = 100
LINKS = 12
"""So many of a country's newest links are listed."""


def is_denied(errand: Errand, act: Act, country: str) -> bool:
    """Whether somebody who does not serve every country reaches for the desk; a denial leaves a line in the audit."""
    if errand.actor.role == "secretariat" and may(errand.actor, act, country):
        return False
    errand.note(act, errand.actor.country, "people", "denied")
    return True


# --- who is missing --------------------------------------------------------------------------------------------------


async def show(errand: Errand, words: str) -> Came:
    """Show the desk, a country's team, or the states without a focal point; names are read in three languages."""
    if is_denied(errand, "read_people", ""):
        return "denied"
    wanted = words.strip()
    state = find_country(wanted) if wanted else None
    if state is not None:
        return await show_team(errand, state.code)
    only_missing = wanted.casefold() in ("missing", "manquants", "ناقص")
    view = await _desk(errand)
    if wanted and not only_missing:
        view = view.model_copy(update={"given": wanted[:GIVEN], "suggestions": nearest_countries(wanted)})
    errand.say(asking_for(view.model_copy(update={"only_missing": only_missing}), "people"), "people")
    return "done"


async def _desk(errand: Errand) -> PeopleDesk:
    work, cycle, now = errand.work, errand.actor.cycle_id, errand.cause.now
    places = await work.standings.places(cycle)
    answers = await work.taking_part.of(cycle)
    invitations = [
        each
        for each in await work.invitations.of_cycle(cycle)
        if each.role == "focal_point" and not each.used_at
    ]
    missing = []
    for state in countries():
        known = places.get(state.code)
        if known is not None and known.focal_points:
            continue
        own = [each.expires_at for each in invitations if each.country == state.code]
        last = max(own, default=None)
        said = answers.get(state.code)
        missing.append(
            MissingLine(
                country=state.code,
                until=last.isoformat() if last and last > now else "",
                lapsed=last.isoformat() if last and last <= now else "",
                declined=said is not None and said.answer == "no",
            )
        )
    claims = await _claims(errand, await work.claims.waiting(cycle))
    return PeopleDesk(missing=tuple(missing), claims=claims)


async def _claims(errand: Errand, waiting: Iterable[Claim]) -> tuple[Line, ...]:
    people = await errand.work.people.by_ids([each.person_id for each in waiting if each.person_id])
    return tuple(
        Line(id=str(each.id), text=people[each.person_id].name, detail=each.country)
        for each in waiting
        if each.person_id in people
    )


# --- a country -------------------------------------------------------------------------------------------------------


async def show_team(errand: Errand, country: str, card: int | None = None) -> Came:
    """Show a country's people, its links and what became of them; "stale" for a country that is not of the region."""
    if is_denied(errand, "read_people", country):
        return "denied"
    if country not in {state.code for state in countries()}:
        return "stale"
    work, cycle = errand.work, errand.actor.cycle_id
    invitations = [each for each in await work.invitations.of_cycle(cycle) if each.country == country]
    said = (await work.taking_part.of(cycle)).get(country)
    claims = [each for each in await work.claims.waiting(cycle) if each.country == country]
    view = CountryTeam(
        country=country,
        people=tuple(team(await work.people.of_country(cycle, country), country)),
        links=tuple(_link(each, errand) for each in reversed(invitations[-LINKS:])),
        taking_part=said.answer if said else "",
        answered_at=said.at.isoformat() if said else "",
        claims=await _claims(errand, claims),
    )
    errand.say(await settled(errand, view, card), "team", edits=card)
    return "done"


def team(people: Sequence[Person], country: str, role: str = "") -> Iterable[TeamLine]:
    """The places that people hold for a country, of one role where it is named."""
    for person in people:
        for place in person.memberships:
            if place.country == country and role in ("", place.role):
                yield line_of(person, place)


def line_of(person: Person, place: Membership) -> TeamLine:
    """A place as one line."""
    return TeamLine(
        place=place.id,
        name=person.name,
        role=place.role,
        lead=place.lead,
        since=place.began_at.isoformat(),
        reach=person.reach,
        scope=place.scope,
    )


def _link(invitation: Invitation, errand: Errand) -> LinkLine:
    is_open = invitation.used_at is None and invitation.expires_at > errand.cause.now
    ended = invitation.used_at or invitation.expires_at
    return LinkLine(
        id=invitation.id,
        role=invitation.role,
        state="open" if is_open else "taken_up" if invitation.used_at else "lapsed",
        made_at=invitation.made_at.isoformat(),
        until=ended.isoformat(),
        scope=invitation.scope,
    )


# --- a place ---------------------------------------------------------------------------------------------------------


async def enter(errand: Errand, act: Act, place_id: int) -> tuple[Person, Membership] | Came:
    """Somebody's place in a country of the officer's cycle, or why there is none; nobody acts on their own."""
    place = await errand.work.people.membership(place_id)
    if is_denied(errand, act, place.country if place else ""):
        return "denied"
    if place is None or place.cycle_id != errand.actor.cycle_id or place.ended_at or not place.country:
        return "stale"
    person = await errand.work.people.by_id(place.person_id)
    return (person, place) if person is not None else "stale"


async def show_place(errand: Errand, place_id: int, card: int | None = None, *, ending: bool = False) -> Came:
    """Show a person's place with what can be done about it, or ask whether it is to end."""
    found = await enter(errand, "withdraw_anyone" if ending else "read_people", place_id)
    if isinstance(found, str):
        return found
    person, place = found
    view = PlaceCard(line=line_of(person, place), country=place.country, leads=place.lead, ending=ending)
    errand.say(view, "place", edits=card)
    return "done"


async def pass_lead(errand: Errand, place_id: int, card: int) -> Came:
    """Let a focal point lead the country in place of whoever led; all its focal points are told."""
    found = await enter(errand, "replace_focal_point", place_id)
    if isinstance(found, str):
        return found
    person, place = found
    if place.role != "focal_point":
        return "stale"
    if place.lead:
        return "already"
    await errand.work.people.pass_lead(place.id)
    errand.note("replace_focal_point", place.country, f"lead/{place.id}", "done")
    notice = LeadPassed(country=place.country, name=person.name)
    for other in await errand.work.people.of_country(place.cycle_id, place.country):
        held = place_in(other, place.cycle_id)
        if held is not None and held.role == "focal_point":
            Errand(errand.work, other, held.actor, errand.cause).say(notice, f"lead/{other.id}")
    return await show_team(errand, place.country, card)


async def end_place(errand: Errand, place_id: int, card: int) -> Came:
    """End a place at once, with a courteous word to the person; the country's texts stay."""
    found = await enter(errand, "withdraw_anyone", place_id)
    if isinstance(found, str):
        return found
    person, place = found
    await leading.hold(errand, [place])
    await errand.work.people.end(place.id, f"withdrawn by {errand.person.id}", errand.cause.now)
    errand.note("withdraw_anyone", place.country, f"{place.role}/{place.id}", "done")
    await leading.pass_on(errand, place)
    now = await errand.work.people.by_id(person.id)
    role = now.actor.role if now is not None and now.actor else "former"
    them = Errand(errand.work, person, place.actor, errand.cause)
    them.say(PlaceClosed(country=place.country, role=role, left=place.role), f"ended/{person.id}")
    if place.role == "clearer":
        await tell_of_leaving(errand, place)
    return await show_team(errand, place.country, card)


# --- links -----------------------------------------------------------------------------------------------------------


async def open_link(errand: Errand, invitation_id: int) -> Invitation | Came:
    """An unused invitation of a country in the officer's cycle, or why there is none."""
    if is_denied(errand, "invite_focal_point", ""):
        return "denied"
    known = await errand.work.invitations.of_cycle(errand.actor.cycle_id)
    found = next((each for each in known if each.id == invitation_id), None)
    return found if found is not None and found.used_at is None and found.country else "stale"


async def close_link(errand: Errand, invitation_id: int, card: int) -> Came:
    """Let a link end now, so that nobody comes in by it."""
    found = await open_link(errand, invitation_id)
    if isinstance(found, str):
        return found
    await errand.work.invitations.revoke(found.id, errand.cause.now)
    errand.note("invite_focal_point", found.country, f"invitation/{found.id}", "withdrawn")
    return await show_team(errand, found.country, card)
