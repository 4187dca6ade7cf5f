"""Answering in the group of an office: the same acts as in one's own chat, judged by who does them."""

from workflows.languages import Language
from workflows.notices.support_group import GroupCode, GroupTold
from workflows.people.access import may
from workflows.store.values_support import SupportGroup
from workflows.use_cases.cause import Errand
from workflows.use_cases.support import desk, handling, office
from workflows.use_cases.support.desk import LONGEST, Came
from workflows.use_cases.support.office import Pressed


async def take(errand: Errand, request_id: int, pressed: Pressed) -> Came:
    """Take a request in hand by its key in the group."""
    request = await desk.enter(errand, request_id)
    if request is None:
        return "stale"
    if request.state != "open":
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
        return "already"
    request = await handling.close(errand, request)
    key, now = errand.cause.key, errand.cause.now
    await office.tell_groups(errand.work, request, "closed", key, now, pressed=pressed)
    return "done"


async def judge(
    errand: Errand, request_id: int | None, text: str | None, *, edited: bool
) -> GroupCode | None:
    """Why words in reply to a card cannot be an answer; None where they can. `text` None: it was no text."""
    if edited:
        return "edited"
    if request_id is None or await desk.enter(errand, request_id) is None:
        return "not_open"
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
