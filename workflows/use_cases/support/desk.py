"""What all verbs of the help desk share: who answers for an office, requests in one line, and telling people."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final, Literal
from zoneinfo import ZoneInfo

from workflows.cycle.reminders.ladder import zone_of
from workflows.notices import Notice
from workflows.notices.support import DeskRequest, RequestLine, RequestNews, SupportWordLine
from workflows.people.access import may
from workflows.people.requests import age_in_days
from workflows.people.roles import OFFICES, Actor, Membership, Office, Person
from workflows.review.events import Say
from workflows.store.transaction import Work
from workflows.store.values_support import SupportRequest, SupportWord
from workflows.use_cases.cause import Errand

Came = Literal["done", "already", "stale", "denied"]
"""What came of a verb: done, done before, asked of something that is not there any more, or not allowed."""
LONGEST: Final = 20_000
"""How many characters a request, a word about it or an answer may have: far more than a message holds."""
SHOWN: Final = 1200
"""How much of each is put on a card, in characters; the whole is kept."""
WORDS_SHOWN: Final = 6


def place_in(person: Person, cycle_id: str) -> Membership | None:
    """The place that somebody holds in a cycle now."""
    return next((place for place in person.memberships if place.cycle_id == cycle_id), None)


def actor_in(person: Person, cycle_id: str) -> Actor | None:
    """By what right somebody acts in a cycle now."""
    place = place_in(person, cycle_id)
    return place.actor if place is not None else None


async def staff(work: Work, cycle_id: str, country: str) -> dict[Office, list[Person]]:
    """Who answers a country's requests now, by office; offices in which nobody can be reached are not there."""
    found: dict[Office, list[Person]] = {}
    people = [
        *await work.people.of_country(cycle_id, ""),
        *(await work.people.of_country(cycle_id, country) if country else ()),
    ]
    for person in people:
        place = place_in(person, cycle_id)
        office = office_of(place.actor) if place is not None else None
        reached = person.telegram_id is not None and person.reach == "open"
        if (
            reached
            and office is not None
            and place is not None
            and may(place.actor, "answer_support", country)
        ):
            found.setdefault(office, []).append(person)
    return found


def office_of(actor: Actor) -> Office | None:
    """The office in whose name somebody answers; None for who answers nobody."""
    if actor.role == "secretariat":
        return "secretariat"
    if actor.role != "supporter":
        return None
    return next((office for office in OFFICES if office == actor.scope), None)


def line(request: SupportRequest, now: datetime) -> RequestLine:
    """A request as it is named in lists and on cards."""
    zone = ZoneInfo(zone_of(request.country))
    return RequestLine(
        id=request.id,
        country=request.country,
        kind=request.kind,
        state=request.state,
        office=request.office or "",
        at=request.at.isoformat(),
        days=age_in_days(request.at.astimezone(zone).date(), now.astimezone(zone).date()),
        prompt=request.prompt,
        text=request.text[:SHOWN],
    )


def spoken(words: Iterable[SupportWord], shown: int = SHOWN) -> tuple[SupportWordLine, ...]:
    """The newest things said about a request, so many characters of each."""
    return tuple(SupportWordLine(said_by=each.said_by, text=each.text[:shown]) for each in words)[
        -WORDS_SHOWN:
    ]


def say(errand: Errand, what: Notice | Say, card: int | None = None) -> None:
    """Say something to the person, or draw it in the place of the card that was pressed."""
    topic = what.notice.topic if isinstance(what, Say) else what.topic
    errand.say(what, f"support/{topic}", edits=card or None)


def tell(errand: Errand, people: Iterable[Person], what: Notice | Say) -> None:
    """Say something to others, once for this update."""
    notice = what.notice if isinstance(what, Say) else what
    for person in {each.id: each for each in people if each.id != errand.person.id}.values():
        post(
            errand.work,
            person,
            what,
            errand.cause.key(f"support/{notice.topic}/{person.id}"),
            errand.cause.now,
            errand.actor.cycle_id,
        )


def post(work: Work, person: Person, what: Notice | Say, key: str, now: datetime, cycle_id: str) -> None:
    """Say something to one person of a cycle under a key."""
    place = place_in(person, cycle_id)
    if place is not None:
        work.outbox.post(person, what, key=key, now=now, cycle_id=cycle_id, country=place.country)


async def askers(work: Work, request: SupportRequest) -> list[Person]:
    """Who hears what becomes of a request: who asked, or the country's focal points once the asker has gone."""
    asker = await work.people.by_id(request.asker_id) if request.asker_id else None
    if asker is not None and _is_of(asker, request):
        return [asker]
    people = await work.people.of_country(request.cycle_id, request.country)
    return [each for each in people if _is_of(each, request, "focal_point")]


def _is_of(person: Person, request: SupportRequest, role: str = "") -> bool:
    place = place_in(person, request.cycle_id)
    return place is not None and place.country == request.country and role in ("", place.role)


async def enter(errand: Errand, request_id: int) -> SupportRequest | None:
    """A request that the person may answer; a denial is noted, and looks like a request that is not there.

    It is held until the transaction is over, so that of two who press at once the second finds what the first did.
    """
    request = await errand.work.support.hold(request_id)
    if request is None or request.state == "draft" or request.cycle_id != errand.actor.cycle_id:
        errand.note("answer_support", errand.actor.country, f"request/{request_id}", "unknown")
        return None
    office = office_of(errand.actor)
    allowed = may(errand.actor, "answer_support", request.country)
    if not allowed or office not in (request.office, "secretariat"):
        errand.note("answer_support", request.country, f"request/{request_id}", "denied")
        return None
    return request


async def enter_own(errand: Errand, request_id: int) -> SupportRequest | None:
    """A request of the person's own, or one that somebody who has gone left to the country's focal points."""
    request = await errand.work.support.hold(request_id)
    country = errand.actor.country
    if (
        request is not None
        and request.cycle_id == errand.actor.cycle_id
        and may(errand.actor, "ask_support", country)
    ):
        if request.asker_id == errand.person.id and request.country == country:
            return request
        if request.country == country and request.state != "draft":
            heirs = await askers(errand.work, request)
            if any(each.id == errand.person.id for each in heirs):
                return request
    outcome = "unknown" if request is None else "denied"
    errand.note("ask_support", country, f"request/{request_id}", outcome)
    return None


async def card(  # noqa: PLR0913 - what differs from card to card, by name
    work: Work,
    request: SupportRequest,
    now: datetime,
    *,
    news: RequestNews = "",
    former: str = "",
    mine: bool = True,
    may_list: bool = False,
) -> DeskRequest:
    """A request as its office sees it: whole, for there is no other place where it could read the rest."""
    asker = await work.people.by_id(request.asker_id) if request.asker_id else None
    holder = await work.people.by_id(request.holder_id) if request.holder_id else None
    place = place_in(asker, request.cycle_id) if asker else None
    return DeskRequest(
        request=line(request, now).model_copy(update={"text": request.text}),
        name=asker.name if asker and place else "",
        role=place.role if place else "",
        holder=holder.name if holder else "",
        words=spoken(await work.support.words(request.id), LONGEST),
        news=news,
        former=former,
        mine=mine,
        may_list=may_list,
    )
