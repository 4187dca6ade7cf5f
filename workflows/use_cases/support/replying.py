"""Answering: an office sees its requests, takes, answers, passes on and closes them."""

from collections import Counter
from typing import Final

from msgspec.structs import replace

from workflows.notices.support import (
    AskReply,
    DeskGone,
    DeskList,
    DeskWelcome,
    PassTo,
    RequestMoved,
    RequestNews,
    Wrong,
)
from workflows.people.access import may
from workflows.people.requests import WAITING
from workflows.people.roles import OFFICES, Office, Person
from workflows.store.values_support import SupportRequest
from workflows.use_cases.cause import Errand
from workflows.use_cases.hearing import asking, noting
from workflows.use_cases.support import desk, handling, office
from workflows.use_cases.support.desk import LONGEST, Came
from workflows.use_cases.which_country import ask_which, settled

PAGE: Final = 8
"""How many requests stand on a page."""


async def welcome(errand: Errand) -> None:
    """What a supporter finds: how many requests wait for their office."""
    waiting = [each for each in await _mine(errand, "") if each.state in WAITING]
    notice = DeskWelcome(office=errand.actor.scope, country=errand.actor.country, waiting=len(waiting))
    desk.say(errand, notice)


async def show_list(errand: Errand, country: str = "", page: int = 0, card: int | None = None) -> Came:
    """Show the requests that are not closed, the oldest first: those of the office, all of them to the secretariat."""
    actor = errand.actor
    if desk.office_of(actor) is None:
        errand.note("see_requests", actor.country, "requests", "denied")
        return "denied"
    everywhere = await _mine(errand, "")
    found = [each for each in everywhere if country in ("", each.country)]
    counts = sorted(Counter(each.country for each in everywhere).items())
    lines = tuple(desk.line(each, errand.cause.now) for each in found)
    shown = DeskList(requests=lines, countries=tuple(counts), country=country, page=page)
    desk.say(errand, await settled(errand, shown, card), card)
    return "done"


def ask_which_country(errand: Errand, given: str) -> Came:
    """Say that what was typed is no country whose requests could be shown."""
    if desk.office_of(errand.actor) is None:
        errand.note("see_requests", errand.actor.country, "requests", "denied")
        return "denied"
    ask_which(errand, "requests", given)
    return "done"


async def show(errand: Errand, request_id: int, card: int | None = None) -> Came:
    """Show one request with all that was said."""
    request = await desk.enter(errand, request_id)
    if request is None:
        return "stale"
    await _show(errand, request, "", card)
    return "done"


async def take(errand: Errand, request_id: int, card: int) -> Came:
    """Take a request in hand, so that the others of the office know."""
    request = await desk.enter(errand, request_id)
    if request is None:
        return "stale"
    if request.state != "open":
        await _show(errand, request, "", card)
        return "already"
    request = await handling.take(errand, request)
    await _show(errand, request, "", card)
    await office.tell(errand, request, "taken")
    return "done"


async def ask_reply(errand: Errand, request_id: int, problem: Wrong = "") -> Came:
    """Let the next text be the answer to a request."""
    request = await desk.enter(errand, request_id)
    if request is None:
        return "stale"
    notice = AskReply(request=desk.line(request, errand.cause.now), problem=problem)
    desk.say(errand, asking(notice, f"support_reply.{request.id}"))
    return "done"


async def take_reply(errand: Errand, request_id: int, text: str, *, goes_on: bool = False) -> Came:
    """Keep an answer and bring it to who asked, under the name of the office; one that goes on is said to."""
    request = await desk.enter(errand, request_id)
    mine = desk.office_of(errand.actor)
    if request is None or mine is None:
        return "stale"
    if not text.strip() or len(text) > LONGEST:
        return await ask_reply(errand, request_id, "long" if text.strip() else "empty")
    now = errand.cause.now
    request = await handling.answer(errand, request, mine, text.strip(), goes_on=goes_on)
    await office.tell_groups(errand.work, request, "answered", errand.cause.key, now)
    may_list = may(errand.actor, "publish_answer", "")
    card = await desk.card(errand.work, request, now, may_list=may_list)
    desk.say(errand, noting(card, f"support_replied.{request.id}"))
    return "done"


async def offer_offices(errand: Errand, request_id: int, card: int) -> Came:
    """Show the offices that have somebody and could take the request over."""
    request = await desk.enter(errand, request_id)
    if request is None:
        return "stale"
    offices = await _others(errand, request)
    desk.say(errand, PassTo(request=desk.line(request, errand.cause.now), offices=tuple(offices)), card)
    return "done"


async def pass_on(errand: Errand, request_id: int, to: str, card: int) -> Came:
    """Hand a request to another office; who asked, the new and the former office hear of it."""
    request = await desk.enter(errand, request_id)
    if request is None:
        return "stale"
    others = await _others(errand, request)
    wanted = next((each for each in others if each == to), None)
    if wanted is None:
        return "stale"
    former = request.office or "secretariat"
    request = replace(request, state="open", office=wanted, holder_id=None, escalated_at=errand.cause.now)
    await errand.work.support.save(request)
    errand.note("answer_support", request.country, f"request/{request.id}", f"passed to {wanted}")
    line = desk.line(request, errand.cause.now)
    grouped = bool(await office.groups_of(errand.work, request, wanted, errand.cause.now))
    moved = RequestMoved(request=line, former=former, grouped=grouped)
    desk.tell(errand, await desk.askers(errand.work, request), moved)
    await office.tell(errand, request, "passed", former=former)
    await office.tell_groups(errand.work, request, "gone", errand.cause.key, errand.cause.now, office=former)
    desk.say(errand, DeskGone(request=line), card)
    return "done"


async def close(errand: Errand, request_id: int, card: int) -> Came:
    """Close a request; who asked can open it again."""
    request = await desk.enter(errand, request_id)
    if request is None:
        return "stale"
    if request.state == "closed":
        return "already"
    request = await handling.close(errand, request)
    await office.tell_groups(errand.work, request, "closed", errand.cause.key, errand.cause.now)
    await _show(errand, request, "closed", card)
    return "done"


# --- what they share -------------------------------------------------------------------------------------------------


async def _show(errand: Errand, request: SupportRequest, news: RequestNews, card: int | None) -> None:
    may_list = may(errand.actor, "publish_answer", "") and request.answered_at is not None
    desk.say(
        errand, await desk.card(errand.work, request, errand.cause.now, news=news, may_list=may_list), card
    )


async def _mine(errand: Errand, country: str) -> list[SupportRequest]:
    """The requests that are not closed and that the person may answer."""
    mine = desk.office_of(errand.actor)
    return [
        each
        for each in await errand.work.support.unsettled(errand.actor.cycle_id)
        if may(errand.actor, "see_requests", each.country)
        and mine in ("secretariat", each.office)
        and country in ("", each.country)
    ]


async def _others(errand: Errand, request: SupportRequest) -> dict[Office, list[Person]]:
    staffed = await desk.staff(errand.work, request.cycle_id, request.country)
    return {
        each: staffed.get(each, []) for each in OFFICES if each != request.office and _takes(each, staffed)
    }


def _takes(office: Office, staffed: dict[Office, list[Person]]) -> bool:
    return office in staffed or office == "secretariat"
