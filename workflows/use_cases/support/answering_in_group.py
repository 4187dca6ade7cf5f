"""Answering in the group of an office: the same acts as in one's own chat, judged by who does them."""

from datetime import datetime

from workflows.languages import Language
from workflows.notices.support_group import GroupCode, GroupTold
from workflows.people.access import may
from workflows.store.transaction import Work
from workflows.store.values_support import SupportGroup, SupportRequest
from workflows.use_cases.cause import Errand
from workflows.use_cases.support import desk, handling, office
from workflows.use_cases.support.desk import LONGEST, Came
from workflows.use_cases.support.office import Connected, Pressed


async def take(errand: Errand, request_id: int, pressed: Pressed) -> Came:
    """Take a request in hand by its key in the group."""
    request = await desk.enter(errand, request_id)
    if request is None:
        return "stale"
    if request.state != "open":
        await _draw(errand, request, pressed)
        return "already"
    request = await handling.take(errand, request)
    await office.tell(errand, request, "taken", pressed=pressed)
    return "done"


async def close(errand: Errand, request_id: int, pressed: Pressed | None = None) -> Came:
    """Close a request by its key or by a command; who asked can open it again."""
    request = await desk.enter(errand, request_id)
    if request is None:
        return "stale"
    if request.state == "closed":
        if pressed is not None:
            await _draw(errand, request, pressed)
        return "already"
    request = await handling.close(errand, request)
    key, now = errand.cause.key, errand.cause.now
    await office.tell_groups(errand.work, request, "closed", key, now, pressed=pressed)
    return "done"


async def show(errand: Errand, request_id: int, pressed: Pressed) -> Came:
    """Draw a request with all that was said where its key was pressed."""
    request = await desk.enter(errand, request_id)
    if request is None:
        return "stale"
    await _draw(errand, request, pressed)
    return "done"


async def _draw(errand: Errand, request: SupportRequest, pressed: Pressed) -> None:
    await office.draw(errand.work, request, pressed, errand.cause.key, errand.cause.now)


async def judge(
    errand: Errand, request_id: int | None, text: str | None, *, edited: bool
) -> GroupCode | None:
    """Why words in reply to a card cannot be an answer; None where they can. `text` None: it was no text."""
    if edited:
        return "edited"
    request = await desk.enter(errand, request_id) if request_id is not None else None
    if request is None:
        return "not_open"
    if request.state == "closed":
        return "closed"
    if text is None or not text.strip():
        return "only_text"
    return "too_long" if len(text) > LONGEST else None


async def answer(errand: Errand, request_id: int, text: str, chat_id: int, language: Language) -> None:
    """Bring words that may be an answer to who asked, under the name of the office, and confirm it in the topic."""
    request, mine = await desk.enter(errand, request_id), desk.office_of(errand.actor)
    if request is None or mine is None:
        return
    request = await handling.answer(errand, request, mine, text.strip())
    key, now = errand.cause.key, errand.cause.now
    told = GroupTold(code="sent", office=mine, asker=request.asker_id or 0, requests=(request.id,))
    errand.work.outbox.post_to_chat(chat_id, told, language, key(f"group/{chat_id}/sent"), now)
    await office.tell_groups(errand.work, request, "answered", key, now, but=chat_id)


async def refuse(work: Work, connected: Connected, topic: int, now: datetime) -> None:
    """Say that nothing was sent and who can answer, at most once an hour in a group: it must not use up its pace."""
    group = connected.group
    asker = await work.support.whose(group.chat_id, topic) if topic else None
    told = GroupTold(code="not_theirs", office=group.office, country=group.country, asker=asker or 0)
    key = f"support/group/{group.chat_id}/not_theirs/{now:%Y%m%d%H}"
    work.outbox.post_to_chat(
        group.chat_id, told, connected.author.language, key, now, cycle_id=group.cycle_id
    )


async def open_in(errand: Errand, group: SupportGroup, topic: int) -> list[int]:
    """The requests that are not closed of whose topic this is, as far as the person may answer them."""
    asker = await errand.work.support.whose(group.chat_id, topic) if topic else None
    return [
        each.id
        for each in (await errand.work.support.of_asker(group.cycle_id, asker) if asker else ())
        if each.state != "closed"
        and each.office == group.office
        and may(errand.actor, "answer_support", each.country)
    ]
