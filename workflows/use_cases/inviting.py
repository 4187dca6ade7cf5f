"""How people come in: invitations made, taken up, and places handed to a successor."""

from collections.abc import Callable
from datetime import datetime

from msgspec.structs import replace

from workflows.immutable import Immutable
from workflows.languages import Language
from workflows.notices import (
    AccessEnded,
    ChooseLanguage,
    DoorCode,
    Handover,
    InvitationMade,
    InviteWhom,
    Line,
    ReplaceWhom,
    SomebodyCameIn,
    Welcome,
)
from workflows.notices.people_desk import ClaimCard, ClaimHeard, ClaimWaits, TeamLine
from workflows.people.access import Act, may
from workflows.people.invitations import hash_token, new_token
from workflows.people.roles import Membership, Person, Role
from workflows.review.cards import hub
from workflows.review.events import Focus, Say
from workflows.review.progress import section_lines
from workflows.store.transaction import Work
from workflows.store.values import Draft, Invitation, Refusal
from workflows.use_cases.cause import Cause, Errand
from workflows.use_cases.hearing import ASKS_LANGUAGE, asking
from workflows.use_cases.reminders.reminding import replan
from workflows.use_cases.submission.editions import bring_waiting
from workflows.use_cases.which_country import INVITE_WHERE, REPLACE_WHERE, settled

RIGHT_TO_INVITE: dict[Role, Act] = {
    "focal_point": "invite_focal_point",
    "contributor": "invite_contributor",
    "clearer": "invite_clearer",
    "supporter": "invite_supporter",
    "secretariat": "invite_secretariat",
}
"""The act of the access table that inviting into a role is."""


OF_A_COUNTRY: frozenset[Role] = frozenset({"focal_point", "contributor", "clearer"})
"""The roles that nobody has without a country."""
WRITING: tuple[Act, ...] = ("read_draft", "contribute")
"""What a place allows that has a text to work on: the country's, or one beside it."""


class Wanted(Immutable):
    """An invitation to be made: for which role, which country ("" for the secretariat), in whose place, until when.

    `scope` narrows the role as in a membership.
    """

    cycle_id: str
    role: Role
    country: str
    expires_at: datetime
    replaces: int | None = None
    scope: str = ""


class Newcomer(Immutable):
    """Somebody at the door, as Telegram names them."""

    telegram_id: int
    name: str
    language: Language


Random = Callable[[int], bytes]
"""So many unguessable bytes."""

# --- making ------------------------------------------------------------------------------------------------


async def make(work: Work, wanted: Wanted, random: Random, now: datetime, made_by: int | None = None) -> str:
    """Make an invitation and return its token, which is kept nowhere: only its hash is."""
    token = new_token(random(32))
    await work.invitations.make(
        wanted.cycle_id,
        wanted.role,
        wanted.country,
        hash_token(token),
        made_by,
        now,
        wanted.expires_at,
        wanted.replaces,
        wanted.scope,
    )
    act, cycle = RIGHT_TO_INVITE[wanted.role], wanted.cycle_id
    work.audit.note(now, made_by, act, wanted.country, "invitation", "made", cycle_id=cycle)
    return token


def ask_where(errand: Errand, notice: InviteWhom) -> None:
    """Ask for the country of an invitation, or of a place that passes on; it may be typed."""
    errand.say(asking(notice, REPLACE_WHERE if notice.replacing else INVITE_WHERE), "whom")


async def invite(errand: Errand, wanted: Wanted, link: Callable[[str], str], random: Random) -> bool:
    """Make an invitation on somebody's word and hand them the link; False where they may not."""
    act: Act = "replace_focal_point" if wanted.replaces else RIGHT_TO_INVITE[wanted.role]
    is_nowhere = wanted.role in OF_A_COUNTRY and not wanted.country
    if is_nowhere or not may(errand.actor, act, wanted.country):
        errand.note(act, wanted.country, "invitation", "denied")
        return False
    token = await make(errand.work, wanted, random, errand.cause.now, errand.person.id)
    notice = InvitationMade(
        role=wanted.role,
        country=wanted.country,
        link=link(token),
        expires=wanted.expires_at.isoformat(),
        replaces=await _name_of(errand, wanted.replaces),
        scope=wanted.scope if wanted.role in ("contributor", "clearer") else "",
    )
    errand.say(await settled(errand, notice), "invitation")
    return True


async def ask_whom_to_replace(errand: Errand, country: str) -> bool:
    """Show who holds a country's places, to choose whose a successor takes; False where the person may not."""
    if not may(errand.actor, "replace_focal_point", country):
        errand.note("replace_focal_point", country, "people", "denied")
        return False
    people = await errand.work.people.of_country(errand.actor.cycle_id, country)
    lines = tuple(
        Line(id=str(place.id), text=someone.name, detail="lead" if place.lead else "")
        for someone in people
        for place in someone.memberships
        if place.country == country and place.role == "focal_point"
    )
    errand.say(await settled(errand, ReplaceWhom(country=country, people=lines)), "replace")
    return True


async def holder(errand: Errand, membership_id: int) -> Membership | None:
    """The focal point's place with that id in the errand's cycle, None when there is none."""
    place = await errand.work.people.membership(membership_id)
    if place is None or place.cycle_id != errand.actor.cycle_id or place.role != "focal_point":
        return None
    return place


async def _name_of(errand: Errand, membership_id: int | None) -> str:
    place = await holder(errand, membership_id) if membership_id else None
    someone = await errand.work.people.by_id(place.person_id) if place else None
    return someone.name if someone else ""


# --- coming in ---------------------------------------------------------------------------------------------


async def come_in(work: Work, newcomer: Newcomer, token: str, cause: Cause) -> DoorCode | None:
    """Take up an invitation: once, in time, by somebody who has no other place in the cycle and claims none.

    Returns:
        None when the person is in (and was told so), else why not; the invitation is then left as it was.
    """
    found = await work.invitations.by_hash(hash_token(token))
    if found is None:
        return "unknown"
    if found.role == "focal_point":
        await work.people.hold_focal_points(found.cycle_id, found.country)
    if not await _still_holds(work, found):
        return "unknown"
    known = await work.people.by_telegram(newcomer.telegram_id)
    places = [place for place in known.memberships if place.cycle_id == found.cycle_id] if known else []
    if places:
        same = any(place.country == found.country for place in places)
        return "own_place" if same else "other_country"
    claim = await work.claims.of_person(known.id) if known else None
    if claim is not None and claim.cycle_id == found.cycle_id:
        return "undecided"
    invitation = await work.invitations.redeem(found.token_hash, newcomer.telegram_id, cause.now)
    if isinstance(invitation, Refusal):
        return invitation.code
    person = await work.people.come_in(newcomer.telegram_id, newcomer.name, newcomer.language, cause.now)
    if await _is_contested(work, invitation):
        await _put_before_officers(work, person, invitation, cause)
    else:
        await admit(work, person, invitation, cause)
    return None


async def admit(
    work: Work, person: Person, invitation: Invitation, cause: Cause, replaces: int | None = None
) -> None:
    """Give somebody the place of an invitation that they have taken up; `replaces` is the place that ends with it."""
    invitation = replace(invitation, replaces=replaces or invitation.replaces)
    place = await work.people.join(person, invitation, cause.now)
    person = replace(person, memberships=(place,))
    await _greet(_errand(work, person, place, cause), place, invitation)
    await replan(work, place.cycle_id, cause.now, [person.id])


async def _is_contested(work: Work, invitation: Invitation) -> bool:
    """Whether somebody else became focal point after the invitation was made: nobody said that both are meant.

    What the command line invites is meant so; an invitation that is made beside those who are there is, too.
    """
    if invitation.role != "focal_point" or invitation.replaces is not None or invitation.made_by is None:
        return False
    people = await work.people.of_country(invitation.cycle_id, invitation.country)
    return any(
        place.country == invitation.country
        and place.role == "focal_point"
        and place.began_at > invitation.made_at
        for someone in people
        for place in someone.memberships
    )


async def _put_before_officers(work: Work, person: Person, invitation: Invitation, cause: Cause) -> None:
    """Nobody is let in before an officer decides; both sides are told in the same neutral words."""
    cycle, country = invitation.cycle_id, invitation.country
    claim = await work.claims.add(cycle, country, person.id, invitation.id, cause.now)
    work.audit.note(cause.now, person.id, "come_in", country, f"claim/{claim.id}", "waits", cycle_id=cycle)
    work.outbox.post(person, ClaimWaits(country=country), key=cause.key("claim"), now=cause.now)
    others = await work.people.of_country(cycle, country)
    focal_points = [
        (someone, place)
        for someone in others
        for place in someone.memberships
        if place.country == country and place.role == "focal_point"
    ]
    for someone, place in focal_points:
        _errand(work, someone, place, cause).say(ClaimHeard(country=country), f"claim/{someone.id}")
    lines = tuple(
        TeamLine(
            place=place.id,
            name=someone.name,
            role=place.role,
            lead=place.lead,
            since=place.began_at.isoformat(),
        )
        for someone, place in focal_points
    )
    card = ClaimCard(number=claim.id, country=country, name=person.name, others=lines)
    for officer in await work.people.secretariat(cycle):
        if officer.actor is not None:
            Errand(work, officer, officer.actor, cause).say(card, f"claim/{officer.id}")


async def _still_holds(work: Work, invitation: Invitation) -> bool:
    """Whether who made it may still invite, and the place it passes on has not passed to somebody else."""
    if invitation.replaces is not None:
        replaced = await work.people.membership(invitation.replaces)
        if replaced is None or replaced.ended_at is not None:
            return False
    if invitation.made_by is None:
        return True
    maker = await work.people.by_id(invitation.made_by)
    act: Act = "replace_focal_point" if invitation.replaces else RIGHT_TO_INVITE[invitation.role]
    return maker is not None and maker.actor is not None and may(maker.actor, act, invitation.country)


def _errand(work: Work, person: Person, place: Membership, cause: Cause) -> Errand:
    return Errand(work, person, place.actor, cause)


async def _greet(errand: Errand, place: Membership, invitation: Invitation) -> None:
    errand.note("come_in", place.country, place.role, "done")
    if invitation.replaces:
        place = await _hand_over(errand, place, invitation.replaces)
    scope = place.scope if place.role == "contributor" else ""
    errand.say(
        Welcome(role=place.role, country=place.country, lead=place.lead, cycle=place.cycle_id, scope=scope),
        "welcome",
    )
    errand.say(asking(ChooseLanguage(current=errand.person.language), ASKS_LANGUAGE), "language")
    if _writes(place):
        await _show_review(errand, invitation.replaces)
    if place.role == "clearer":
        await bring_waiting(errand)
    await _tell_the_others(errand, place)


async def _hand_over(errand: Errand, place: Membership, replaced: int) -> Membership:
    """End the former holder's place at once and tell them; drafts stay with the country, the lead passes on."""
    former = await errand.work.people.membership(replaced)
    if former is None or former.ended_at is not None:
        return place
    await errand.work.people.end(former.id, f"replaced by {errand.person.id}", errand.cause.now)
    someone = await errand.work.people.by_id(former.person_id)
    if someone is not None:
        them = Errand(errand.work, someone, former.actor, errand.cause)
        role = someone.actor.role if someone.actor else "former"
        waiting = await _waiting(errand, former)
        them.say(AccessEnded(country=former.country, role=role, waiting=waiting), f"ended/{someone.id}")
    if former.lead and not place.lead:
        return await errand.work.people.make_lead(place.id)
    return place


async def _waiting(errand: Errand, place: Membership) -> int:
    """How many messages of who held a place are in no answer of its country."""
    counts = await errand.work.interviews.waiting(place.cycle_id, place.country, [place.person_id])
    return counts.get(place.person_id, 0)


def _writes(place: Membership) -> bool:
    """Whether somebody with this place has a text to work on."""
    return any(may(place.actor, act, place.country) for act in WRITING)


async def _show_review(errand: Errand, handed_over: int | None) -> None:
    """Show what is there; to a successor also who wrote it and what waits. `handed_over` is the place before."""
    draft = await errand.work.drafts.open(errand.actor, errand.actor.country)
    if handed_over is not None:
        errand.say(await _handover(errand, draft, handed_over), "handover")
    errand.say(Say(hub(draft.review), focus=Focus()), "hub")


async def _handover(errand: Errand, draft: Draft, former: int) -> Handover:
    lines, cycle, country = section_lines(draft.review), errand.actor.cycle_id, draft.review.country
    remarks = await errand.work.remarks.of_country(cycle, country)
    place = await errand.work.people.membership(former)
    return Handover(
        country=country,
        settled=sum(line.settled for line in lines),
        total=sum(line.total for line in lines),
        words=sum(line.words for line in lines),
        last_activity=draft.last_activity.isoformat() if draft.last_activity else "",
        writers=await _writers(errand, country, former),
        requests=(await errand.work.support.open_counts(cycle)).get(country, 0),
        remarks=sum(remark.state == "open" for remark in remarks),
        waiting=await _waiting(errand, place) if place is not None else 0,
    )


async def _writers(errand: Errand, country: str, former: int) -> tuple[Line, ...]:
    """Who of the country wrote answers, with how many each; the one before among them."""
    work = errand.work
    place = await work.people.membership(former)
    before = await work.people.by_id(place.person_id) if place else None
    people = [*([before] if before else []), *await work.people.of_country(errand.actor.cycle_id, country)]
    lines = []
    for person in {each.id: each for each in people}.values():
        answers = {each.prompt for each in await work.drafts.written_by(errand.actor, person.id)}
        if answers:
            lines.append(Line(id=str(person.id), text=person.name, detail=str(len(answers))))
    return tuple(lines)


async def _tell_the_others(errand: Errand, place: Membership) -> None:
    """The secretariat and the country's other people learn who has come in."""
    notice = SomebodyCameIn(name=errand.person.name, role=place.role, country=place.country)
    others = await errand.work.people.secretariat(place.cycle_id)
    if place.country:
        others = [*others, *await errand.work.people.of_country(place.cycle_id, place.country)]
    for other in {other.id: other for other in others if other.id != errand.person.id}.values():
        if other.actor is not None:
            them = Errand(errand.work, other, other.actor, errand.cause)
            them.say(notice, f"came_in/{other.id}")
