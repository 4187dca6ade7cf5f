"""A country's own team: who takes part, what each was asked and has written, links, and places that end."""

from workflows.notices import Line
from workflows.notices.hands import (
    Colleague,
    ColleagueCard,
    Colleagues,
    InviteScope,
    OpenLink,
    PlaceEnded,
    WithdrawAsk,
    Withdrawn,
)
from workflows.people.access import Act, may
from workflows.people.roles import Membership, Person
from workflows.review.scope import is_scope
from workflows.review.words import words_of
from workflows.store.values import Contribution
from workflows.use_cases.cause import Errand
from workflows.use_cases.hands.taking_over import Came
from workflows.use_cases.hearing import closing
from workflows.use_cases.submission.clearing import tell_of_leaving

ASKED_IN = ("contributor", "clearer")
"""The roles whose places a country's own focal points may end."""


async def show_team(errand: Errand, card: int | None = None) -> Came:
    """Show who takes part for one's own country, and which links wait to be taken up."""
    if not _may(errand, "take_over", "people"):
        return "denied"
    wrote = {each.place_id: len(each.review.answers) for each in await _contributions(errand)}
    people = [
        _colleague(person, place, wrote.get(place.id, 0))
        for person, place in await _places(errand)
        if place.ended_at is None
    ]
    links = [
        OpenLink(id=each.id, role=each.role, scope=each.scope, expires=each.expires_at.isoformat())
        for each in await errand.work.invitations.open_of(
            errand.actor.cycle_id, errand.actor.country, errand.cause.now
        )
        if each.role in ASKED_IN
    ]
    notice = Colleagues(country=errand.actor.country, people=tuple(people), links=tuple(links))
    errand.say(notice, "colleagues", edits=card)
    return "done"


async def show_colleague(errand: Errand, place_id: int) -> Came:
    """Show one colleague: what they were asked for and what they have written, also when their place has ended."""
    if not _may(errand, "take_over", "colleague"):
        return "denied"
    found = await _holder(errand, place_id)
    if found is None:
        return "stale"
    person, place = found
    wrote = next((each for each in await _contributions(errand) if each.place_id == place_id), None)
    texts = _texts(wrote) if wrote is not None else ()
    card = ColleagueCard(
        colleague=_colleague(person, place, len(texts)),
        texts=texts,
        may_withdraw=place.ended_at is None and place.role in ASKED_IN,
    )
    errand.say(card, "colleague")
    return "done"


def _texts(wrote: Contribution) -> tuple[Line, ...]:
    review = wrote.review
    return tuple(
        Line(id=prompt, text="", detail=str(words_of(review, prompt)))
        for prompt in review.template.prompts
        if prompt in review.answers
    )


async def ask_scope(errand: Errand, section: str = "", card: int | None = None) -> Came:
    """Ask what a new contributor is to be asked for: all, a section, or a question of a section."""
    if not _may(errand, "invite_contributor", "invitation"):
        return "denied"
    draft = await errand.work.drafts.open(errand.actor, errand.actor.country)
    if not is_scope(draft.review.template, section):
        return "stale"
    errand.say(closing(InviteScope(country=errand.actor.country, section=section)), "scope", edits=card)
    return "done"


async def is_open_scope(errand: Errand, scope: str) -> bool:
    """Whether a contributor of one's own country can be asked for this."""
    if not _may(errand, "invite_contributor", "invitation"):
        return False
    cycle = await errand.work.cycles.get(errand.actor.cycle_id)
    return cycle is not None and is_scope(cycle.template, scope)


async def ask_withdrawal(errand: Errand, place_id: int) -> Came:
    """Ask before a colleague's place ends."""
    found = await _to_withdraw(errand, place_id)
    if isinstance(found, str):
        return found
    errand.say(closing(WithdrawAsk(place=place_id, name=found[0].name)), "withdraw")
    return "done"


async def withdraw(errand: Errand, place_id: int, card: int | None = None) -> Came:
    """End a colleague's place at once and tell them; what they wrote stays."""
    found = await _to_withdraw(errand, place_id)
    if isinstance(found, str):
        return found
    person, place = found
    await errand.work.people.end(place_id, f"withdrawn by {errand.person.id}", errand.cause.now)
    errand.note("withdraw_colleague", place.country, f"place {place_id}", "done")
    errand.say(Withdrawn(name=person.name), "withdrawn", edits=card)
    now = await errand.work.people.by_id(person.id)
    if now is not None:
        role = now.actor.role if now.actor else "former"
        them = Errand(errand.work, now, place.actor, errand.cause)
        them.say(PlaceEnded(country=place.country, role=role), f"ended/{now.id}")
    if place.role == "clearer":
        await tell_of_leaving(errand, place)
    return "done"


async def revoke(errand: Errand, invitation_id: int, card: int | None = None) -> Came:
    """Let a link of one's own country that nobody has taken up open nothing any more."""
    if not _may(errand, "invite_contributor", "invitation"):
        return "denied"
    waiting = await errand.work.invitations.open_of(
        errand.actor.cycle_id, errand.actor.country, errand.cause.now
    )
    if not any(each.id == invitation_id and each.role in ASKED_IN for each in waiting):
        return "stale"
    await errand.work.invitations.revoke(invitation_id, errand.cause.now)
    errand.note("revoke_invitation", errand.actor.country, f"invitation {invitation_id}", "done")
    return await show_team(errand, card)


async def _to_withdraw(errand: Errand, place_id: int) -> tuple[Person, Membership] | Came:
    if not _may(errand, "withdraw_colleague", f"place {place_id}"):
        return "denied"
    found = await _holder(errand, place_id)
    if found is None or found[1].ended_at is not None or found[1].role not in ASKED_IN:
        return "stale"
    return found


def _may(errand: Errand, act: Act, thing: str) -> bool:
    """Whether somebody may do this for their own country; the secretariat has none."""
    allowed = bool(errand.actor.country) and may(errand.actor, act, errand.actor.country)
    if not allowed:
        errand.note(act, errand.actor.country, thing, "denied")
    return allowed


async def _contributions(errand: Errand) -> list[Contribution]:
    return await errand.work.drafts.contributions(errand.actor, errand.actor.country)


async def _places(errand: Errand) -> list[tuple[Person, Membership]]:
    """Everybody of one's own country with the place they hold for it."""
    country = errand.actor.country
    return [
        (person, place)
        for person in await errand.work.people.of_country(errand.actor.cycle_id, country)
        for place in person.memberships
        if place.country == country and place.cycle_id == errand.actor.cycle_id
    ]


async def _holder(errand: Errand, place_id: int) -> tuple[Person, Membership] | None:
    """Who holds or held a place of one's own country; None for a place of another one."""
    place = await errand.work.people.membership(place_id)
    if place is None or (place.cycle_id, place.country) != (errand.actor.cycle_id, errand.actor.country):
        return None
    person = await errand.work.people.by_id(place.person_id)
    return (person, place) if person is not None else None


def _colleague(person: Person, place: Membership, written: int) -> Colleague:
    return Colleague(
        place=place.id,
        name=person.name,
        role=place.role,
        lead=place.lead,
        scope=place.scope,
        written=written if place.role == "contributor" else None,
    )
