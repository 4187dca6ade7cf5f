"""One's own requests: what became of them, more words, closing and opening them again."""

from msgspec.structs import replace

from workflows.notices.support import AskMore, OwnRequest, OwnRequests, Wrong
from workflows.people.access import may
from workflows.store.values_support import SupportRequest
from workflows.use_cases.cause import Errand
from workflows.use_cases.hearing import asking, closing
from workflows.use_cases.support import desk, office
from workflows.use_cases.support.desk import LONGEST, Came


async def show_own(errand: Errand, page: int = 0, card: int | None = None) -> Came:
    """Show what the person has asked, the newest first; to a focal point also what the departed left open."""
    actor = errand.actor
    if not may(actor, "ask_support", actor.country):
        errand.note("ask_support", actor.country, "requests", "denied")
        return "denied"
    lines = tuple(desk.line(each, errand.cause.now) for each in await own(errand))
    desk.say(errand, OwnRequests(requests=lines, page=page), card)
    return "done"


async def own(errand: Errand) -> list[SupportRequest]:
    """What the person has asked, the newest first; for a focal point also what the departed left open."""
    actor = errand.actor
    asked = await errand.work.support.of_asker(actor.cycle_id, errand.person.id)
    found = {each.id: each for each in asked if each.country == actor.country}
    if actor.role == "focal_point":
        for left in await errand.work.support.of_country(actor.cycle_id, actor.country):
            heirs = await desk.askers(errand.work, left) if left.id not in found else ()
            if any(each.id == errand.person.id for each in heirs):
                found[left.id] = left
    return sorted(found.values(), key=lambda each: -each.id)


async def show(errand: Errand, request_id: int, card: int | None = None) -> Came:
    """Show one request with all that was said."""
    request = await _sent(errand, request_id)
    if request is None:
        return "stale"
    desk.say(errand, await _own(errand, request), card)
    return "done"


async def ask_more(errand: Errand, request_id: int, problem: Wrong = "") -> Came:
    """Let the next text be added to a request."""
    request = await _sent(errand, request_id)
    if request is None:
        return "stale"
    notice = AskMore(request=desk.line(request, errand.cause.now), problem=problem)
    desk.say(errand, asking(notice, f"support_more.{request.id}"))
    return "done"


async def take_more(errand: Errand, request_id: int, text: str) -> Came:
    """Add words to a request; one that was answered or closed waits again."""
    request = await _sent(errand, request_id)
    if request is None:
        return "stale"
    if not text.strip() or len(text) > LONGEST:
        return await ask_more(errand, request_id, "long" if text.strip() else "empty")
    await errand.work.support.say(request.id, errand.person.id, "asker", text.strip(), errand.cause.now)
    request = await _waits_again(errand, request)
    errand.note("ask_support", request.country, f"request/{request.id}", "asked again")
    desk.say(errand, closing((await _own(errand, request)).model_copy(update={"news": "more"})))
    await office.tell(errand, request, "more")
    return "done"


async def close(errand: Errand, request_id: int, card: int) -> Came:
    """Close one's own request; its office hears of it."""
    request = await _sent(errand, request_id)
    if request is None:
        return "stale"
    if request.state == "closed":
        return "already"
    request = replace(request, state="closed", closed_at=errand.cause.now)
    await errand.work.support.save(request)
    errand.note("ask_support", request.country, f"request/{request.id}", "closed")
    desk.say(errand, (await _own(errand, request)).model_copy(update={"news": "closed"}), card)
    await office.tell(errand, request, "closed")
    return "done"


async def reopen(errand: Errand, request_id: int, card: int) -> Came:
    """Open a closed request again."""
    request = await _sent(errand, request_id)
    if request is None:
        return "stale"
    if request.state != "closed":
        return "already"
    request = await _waits_again(errand, request)
    errand.note("ask_support", request.country, f"request/{request.id}", "opened again")
    desk.say(errand, (await _own(errand, request)).model_copy(update={"news": "again"}), card)
    await office.tell(errand, request, "again")
    return "done"


async def _waits_again(errand: Errand, request: SupportRequest) -> SupportRequest:
    if request.state in ("open", "taken"):
        return request
    waiting = replace(
        request,
        state="taken" if request.holder_id else "open",
        closed_at=None,
        escalated_at=errand.cause.now,
    )
    await errand.work.support.save(waiting)
    return waiting


async def _sent(errand: Errand, request_id: int) -> SupportRequest | None:
    request = await desk.enter_own(errand, request_id)
    return request if request is not None and request.state != "draft" else None


async def _own(errand: Errand, request: SupportRequest) -> OwnRequest:
    words = desk.spoken(await errand.work.support.words(request.id))
    return OwnRequest(request=desk.line(request, errand.cause.now), words=words)
