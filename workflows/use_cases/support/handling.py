"""What an office does with a request, wherever it does it, in its own chat or in its group: take, answer, close."""

from msgspec.structs import replace

from workflows.notices import Notice
from workflows.notices.support import RequestAnswered, RequestClosed
from workflows.people.roles import Office, Person
from workflows.review.events import Say
from workflows.store.values_support import SupportRequest
from workflows.use_cases.cause import Errand
from workflows.use_cases.hearing import closing
from workflows.use_cases.support import desk


async def take(errand: Errand, request: SupportRequest) -> SupportRequest:
    """Put a request into the person's hands."""
    request = replace(request, state="taken", holder_id=errand.person.id, taken_at=errand.cause.now)
    await errand.work.support.save(request)
    errand.note("answer_support", request.country, f"request/{request.id}", "taken")
    return request


async def answer(
    errand: Errand, request: SupportRequest, office: Office, text: str, *, goes_on: bool = False
) -> SupportRequest:
    """Keep an answer and bring it to who asked, under the name of the office; `goes_on` with the one just given."""
    now, me = errand.cause.now, errand.person.id
    await errand.work.support.say(request.id, me, office, text, now)
    request = replace(
        request, state="answered", answered_at=now, closed_at=None, holder_id=request.holder_id or me
    )
    await errand.work.support.save(request)
    errand.note("answer_support", request.country, f"request/{request.id}", f"answered by {office}")
    told = desk.line(request, now).model_copy(update={"office": office})
    answered = RequestAnswered(request=told, answer=text, goes_on=goes_on)
    for asker in await desk.askers(errand.work, request):
        desk.tell(errand, [asker], await _interrupting(errand, asker, answered))
    return request


async def _interrupting(errand: Errand, asker: Person, answered: RequestAnswered) -> Notice | Say:
    """An answer comes between an open question and what is typed: a word of thanks must not become part of the review.

    Where something else was asked in the chat, that stays open.
    """
    newest = await errand.work.outbox.newest_card(asker.id)
    return answered if newest is not None and newest.focus.asked else closing(answered)


async def close(errand: Errand, request: SupportRequest) -> SupportRequest:
    """Close a request and tell who asked."""
    request = replace(request, state="closed", closed_at=errand.cause.now)
    await errand.work.support.save(request)
    errand.note("answer_support", request.country, f"request/{request.id}", "closed")
    told = RequestClosed(request=desk.line(request, errand.cause.now))
    desk.tell(errand, await desk.askers(errand.work, request), told)
    return request
