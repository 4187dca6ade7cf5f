"""How people come in: invitations made, taken up, and places handed to a successor."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from workflows.notices import (
    AccessEnded,
    ChooseLanguage,
    DoorCode,
    Handover,
    InvitationMade,
    Line,
    ReplaceWhom,
    SomebodyCameIn,
    Welcome,
)
from workflows.people.access import Act, may
from workflows.people.invitations import hash_token, new_token
from workflows.people.roles import Actor, Membership, Person, Role
from workflows.review.cards import hub
from workflows.review.events import Focus, Review, Say
from workflows.review.progress import section_lines
from workflows.store.transaction import Work
from workflows.store.values import Invitation, Refusal
from workflows.use_cases.cause import Cause

LIFE = timedelta(days=7)
"""How long an invitation can be taken up when nothing else is said."""
RIGHT_TO_INVITE: dict[Role, Act] = {
    "focal_point": "invite_focal_point",
    "contributor": "invite_contributor",
    "secretariat": "invite_secretariat",
}


@dataclass(frozen=True)
class Wanted:
    """An invitation to be made: for which role, which country ("" for the secretariat), in whose place, until when."""

    role: Role
    country: str
    expires_at: datetime
    replaces: int | None = None


@dataclass(frozen=True)
class Newcomer:
    """Somebody at the door, as Telegram names them."""

    telegram_id: int
    name: str
    language: str


# --- making --------------------------------------------------------------------------------------------------------------


async def make(
    work: Work, cycle_id: str, wanted: Wanted, *, made_by: int | None, random: Callable[[int], bytes], now: datetime
) -> str:
    """Make an invitation and return its token, which is kept nowhere: only its hash is."""
    token = new_token(random(32))
    await work.invitations.make(
        cycle_id, wanted.role, wanted.country, hash_token(token), made_by, now, wanted.expires_at, wanted.replaces
    )
    work.audit.note(now, made_by, RIGHT_TO_INVITE[wanted.role], wanted.country, "invitation", "made")
    return token


async def invite(  # noqa: PLR0913
    work: Work, person: Person, actor: Actor, wanted: Wanted, link: Callable[[str], str], random: Callable[[int], bytes], cause: Cause
) -> bool:
    """Make an invitation on somebody's word and hand them the link; False where they may not."""
    act: Act = "replace_focal_point" if wanted.replaces else RIGHT_TO_INVITE[wanted.role]
    if not may(actor, act, wanted.country):
        work.audit.note(cause.now, person.id, act, wanted.country, "invitation", "denied")
        return False
    token = await make(work, actor.cycle_id, wanted, made_by=person.id, random=random, now=cause.now)
    notice = InvitationMade(
        role=wanted.role,
        country=wanted.country,
        link=link(token),
        expires=wanted.expires_at.isoformat(),
        replaces=await _name_of(work, actor, wanted),
    )
    work.outbox.post(person, notice, key=cause.key(f"invitation/{token[:6]}"), now=cause.now)
    return True


async def ask_whom_to_replace(work: Work, person: Person, actor: Actor, country: str, cause: Cause) -> bool:
    """Show who holds a country's places, to choose whose a successor takes; False where the person may not."""
    if not may(actor, "replace_focal_point", country):
        return False
    people = await work.people.of_country(actor.cycle_id, country)
    lines = tuple(
        Line(id=str(membership.id), text=someone.name, detail="lead" if membership.lead else "")
        for someone in people
        for membership in someone.memberships
        if membership.country == country and membership.role == "focal_point"
    )
    work.outbox.post(person, ReplaceWhom(country=country, people=lines), key=cause.key("replace"), now=cause.now)
    return True


async def holder(work: Work, actor: Actor, membership_id: int) -> Membership | None:
    """The focal point's place with that id in the actor's cycle, None when there is none."""
    membership = await work.people.membership(membership_id)
    if membership is None or membership.cycle_id != actor.cycle_id or membership.role != "focal_point":
        return None
    return membership


async def _name_of(work: Work, actor: Actor, wanted: Wanted) -> str:
    membership = await holder(work, actor, wanted.replaces) if wanted.replaces else None
    someone = await work.people.by_id(membership.person_id) if membership else None
    return someone.name if someone else ""


# --- coming in -----------------------------------------------------------------------------------------------------------


async def come_in(work: Work, newcomer: Newcomer, token: str, cause: Cause) -> DoorCode | None:
    """Take up an invitation: once, in time, by somebody who has no other place in the cycle.

    Returns:
        None when the person is in (and was told so), else why not.
    """
    invitation = await work.invitations.by_hash(hash_token(token))
    if invitation is None:
        return "unknown"
    known = await work.people.by_telegram(newcomer.telegram_id)
    if known and any(place.cycle_id == invitation.cycle_id for place in known.memberships):
        same = any((p.country, p.role) == (invitation.country, invitation.role) for p in known.memberships)
        return "own_place" if same else "other_country"
    redeemed = await work.invitations.redeem(hash_token(token), newcomer.telegram_id, cause.now)
    if isinstance(redeemed, Refusal):
        return redeemed.code
    person = await work.people.come_in(newcomer.telegram_id, newcomer.name, newcomer.language, cause.now)
    membership = await work.people.join(person, redeemed, cause.now)
    await _greet(work, person.id, membership, redeemed, cause)
    return None


async def _greet(work: Work, person_id: int, membership: Membership, invitation: Invitation, cause: Cause) -> None:
    person = await work.people.by_id(person_id)
    assert person is not None and person.actor is not None
    work.audit.note(cause.now, person.id, "come_in", membership.country, membership.role, "done")
    welcome = Welcome(
        role=membership.role, country=membership.country, lead=membership.lead, cycle=membership.cycle_id
    )
    work.outbox.post(person, welcome, key=cause.key("welcome"), country=membership.country, now=cause.now)
    work.outbox.post(person, ChooseLanguage(current=person.language), key=cause.key("language"), now=cause.now)
    if invitation.replaces:
        await _hand_over(work, person, invitation.replaces, cause)
    if membership.country:
        await _show_review(work, person, person.actor, handed_over=bool(invitation.replaces), cause=cause)
    await _tell_the_others(work, person, membership, cause)


async def _hand_over(work: Work, person: Person, replaced: int, cause: Cause) -> None:
    """End the former holder's place at once and tell them; drafts stay with the country."""
    former = await work.people.membership(replaced)
    if former is None or former.ended_at is not None:
        return
    await work.people.end(former.id, f"replaced by {person.id}", cause.now)
    if former.lead:
        await work.people.lead(person, former.cycle_id, former.country)
    holder = await work.people.by_id(former.person_id)
    if holder is not None:
        work.outbox.post(holder, AccessEnded(country=former.country), key=cause.key("ended"), now=cause.now)


async def _show_review(work: Work, person: Person, actor: Actor, *, handed_over: bool, cause: Cause) -> None:
    draft = await work.drafts.open(actor, actor.country)
    if handed_over:
        work.outbox.post(person, _handover(draft.review, draft.last_activity), key=cause.key("handover"), now=cause.now)
    say = Say(hub(draft.review), focus=Focus())
    work.outbox.post(
        person, say, key=cause.key("hub"), cycle_id=draft.cycle_id, country=actor.country, now=cause.now
    )


def _handover(review: Review, last_activity: datetime | None) -> Handover:
    lines = section_lines(review)
    return Handover(
        country=review.country,
        settled=sum(line.settled for line in lines),
        total=sum(line.total for line in lines),
        words=sum(line.words for line in lines),
        last_activity=last_activity.isoformat() if last_activity else "",
    )


async def _tell_the_others(work: Work, person: Person, membership: Membership, cause: Cause) -> None:
    """The secretariat and the country's other people learn who has come in."""
    notice = SomebodyCameIn(name=person.name, role=membership.role, country=membership.country)
    others = await work.people.secretariat(membership.cycle_id)
    if membership.country:
        others = [*others, *await work.people.of_country(membership.cycle_id, membership.country)]
    for other in {other.id: other for other in others}.values():
        if other.id != person.id:
            work.outbox.post(other, notice, key=cause.key(f"came_in/{other.id}"), now=cause.now)
