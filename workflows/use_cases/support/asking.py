"""Asking for help: a question is looked up first, and goes to an office only when its asker wishes so."""

from collections.abc import Sequence
from typing import Final, Literal

from msgspec.structs import replace

from workflows.notices import Notice
from workflows.notices.glossary import TermShown
from workflows.notices.support import (
    AnswerFits,
    AskSupport,
    ListedAnswer,
    ObjectiveTitle,
    ProcessAnswer,
    RequestSent,
    WhichKind,
    Wrong,
)
from workflows.people.access import may
from workflows.people.requests import KINDS, Kind, routes
from workflows.reference import process
from workflows.reference.terms import Term, find_term
from workflows.reference.terms import term as find_by_id
from workflows.review.cards import given
from workflows.review.courtesy import is_courtesy
from workflows.store.values_support import AnsweredQuestion, SupportRequest
from workflows.use_cases import tagged
from workflows.use_cases.cause import Errand
from workflows.use_cases.hearing import asking, closing, noting
from workflows.use_cases.support import desk, following, objectives, office, publishing, wishes
from workflows.use_cases.support.dates import event_of, show_dates
from workflows.use_cases.support.desk import LONGEST, SHOWN, Came

_ASKED: Final = "support_asked"
"""What cards about a question that has just been typed say; the one that asks for its kind takes more words to it."""


async def ask(
    errand: Errand, kind: str = "", prompt: str = "", problem: Wrong = "", card: int | None = None
) -> Came:
    """Let the next text be a question, of a kind where one was picked, about a prompt where it is asked from one."""
    if not _may_ask(errand):
        return "denied"
    known = prompt if await _is_prompt(errand, prompt) else ""
    own = await errand.work.support.of_asker(errand.actor.cycle_id, errand.person.id)
    grouped = await _is_grouped(errand)
    notice = AskSupport(kind=kind, prompt=known, own=len(own), problem=problem, grouped=grouped)
    desk.say(errand, asking(notice, f"support_ask.{kind}.{known.replace('.', ':')}"), card)
    return "done"


async def begin(errand: Errand, subject: str, prompt: str = "") -> Came:
    """Begin a request about a subject that is named already; nothing goes anywhere before its kind is chosen.

    What is typed then is added to it.
    """
    if not _may_ask(errand):
        return "denied"
    known = prompt if await _is_prompt(errand, prompt) else ""
    return await _ask_kind(errand, await _kept(errand, None, "", known, subject), known=True)


async def take(
    errand: Errand, text: str, kind: str = "", prompt: str = "", goes_on: Sequence[int] = ()
) -> Came:
    """Look a question up; what nothing answers goes to a person, at once where its kind was picked before.

    It is added to the request that it goes on with, if that is among these: to one that was sent as more words.
    """
    if not _may_ask(errand):
        return "denied"
    if not text.strip() or len(text) > LONGEST:
        return await ask(errand, kind, prompt, "long" if text.strip() else "empty")
    picked: Kind | Literal[""] = next((each for each in KINDS if each == kind), "")
    known = prompt if await _is_prompt(errand, prompt) else ""
    begun = await _begun(errand, picked, known, goes_on)
    if begun is None and is_courtesy(text):
        return await ask(errand, kind, prompt, "courtesy")
    if begun is not None and begun.state != "draft":
        return await following.take_more(errand, begun.id, text)
    if begun is not None and len(begun.text) + len(text) >= LONGEST:
        return await ask(errand, kind, prompt, "long")
    return await _look_up_or_send(errand, await _kept(errand, begun, picked, known, text.strip()))


async def _kept(
    errand: Errand, begun: SupportRequest | None, kind: Kind | Literal[""], prompt: str, text: str
) -> SupportRequest:
    """The draft of a request with these words, or with them added."""
    support, now = errand.work.support, errand.cause.now
    if begun is not None:
        longer = replace(begun, text=f"{begun.text}\n{text}")
        await support.reword_request(longer)
        return longer
    request = SupportRequest(
        0, errand.actor.cycle_id, errand.actor.country, errand.person.id, kind, prompt, text, "draft",
        None, None, now,
    )  # fmt: skip
    return replace(request, id=await support.add(request, now))


async def _look_up_or_send(errand: Errand, request: SupportRequest) -> Came:
    if await _looked_up(errand, request):
        return "done"
    if request.kind:
        return await send(errand, request.id, request.kind)
    return await _ask_kind(errand, request)


async def _ask_kind(
    errand: Errand, request: SupportRequest, card: int | None = None, *, known: bool = False
) -> Came:
    """Ask what a question is about, so that a person can be asked; what is typed then is added to it."""
    question, grouped = request.text[:SHOWN], await _is_grouped(errand)
    notice = WhichKind(request=request.id, question=question, known=known, grouped=grouped)
    desk.say(errand, asking(notice, f"{_ASKED}.{request.id}"), card)
    return "done"


async def add(errand: Errand, request_id: int, text: str) -> Came:
    """Add words to a question whose kind is asked for, before it goes to anybody."""
    request = await _draft(errand, request_id)
    if request is None:
        return "stale"
    return await take(errand, text, request.kind, request.prompt, [request.id])


def _say(errand: Errand, request: SupportRequest, notice: Notice, card: int | None = None) -> None:
    """What became of a question; what was typed with it and arrives after it goes on with it."""
    desk.say(errand, noting(notice, f"{_ASKED}.{request.id}"), card)


async def _begun(
    errand: Errand, kind: Kind | Literal[""], prompt: str, goes_on: Sequence[int]
) -> SupportRequest | None:
    """The first of these requests that is the person's own, and was asked in the same place."""
    for each in goes_on:
        request = await desk.enter_own(errand, each)
        if request is not None and request.prompt == prompt and kind in ("", request.kind):
            return request
    return None


async def another(errand: Errand, request_id: int, entry_id: str, card: int) -> Came:
    """Show another entry that nearly answers the same question."""
    request, entry = await _draft(errand, request_id), process.entry(entry_id)
    if request is None or entry is None or not entry.is_for(errand.actor.cycle_id):
        return "stale"
    await _show_entry(errand, request, [entry], card)
    return "done"


async def define(errand: Errand, request_id: int, term_id: str, card: int) -> Came:
    """Show the meaning of the term of which a question was answered with the date."""
    request, meant = await _draft(errand, request_id), find_by_id(term_id)
    if request is None or meant is None:
        return "stale"
    await _define(errand, request, meant, card)
    return "done"


async def fits(errand: Errand, request_id: int, card: int) -> Came:
    """The asker is content with what was found; nothing of the question is kept."""
    request = await _draft(errand, request_id)
    if request is None:
        return "stale"
    await errand.work.support.discard(request.id)
    errand.note("ask_support", request.country, f"request/{request.id}", "answered from the notes")
    desk.say(errand, closing(AnswerFits()), card)
    return "done"


async def ask_person(errand: Errand, request_id: int, card: int) -> Came:
    """Send a question after all; where its kind was not picked, ask for it."""
    request = await _draft(errand, request_id)
    if request is None:
        return "stale"
    if request.kind:
        return await send(errand, request_id, request.kind, card)
    return await _ask_kind(errand, request, card, known=True)


async def send(errand: Errand, request_id: int, kind: str, card: int | None = None) -> Came:
    """Bring a request to the first office that has somebody for the country; its people hear of it at once."""
    request = await _draft(errand, request_id)
    meant = next((each for each in KINDS if each == kind), None)
    if request is None or meant is None:
        return "stale"
    staffed = await desk.staff(errand.work, request.cycle_id, request.country)
    first = routes().first(meant, request.country, staffed)
    request = replace(request, kind=meant, state="open", office=first)
    await errand.work.support.save(request)
    errand.note("ask_support", request.country, f"request/{request.id}", f"sent to {first}")
    attach = bool(await _answer_so_far(errand, request.prompt))
    grouped = bool(await office.groups_of(errand.work, request, first, errand.cause.now))
    notice = RequestSent(request=desk.line(request, errand.cause.now), attach=attach, grouped=grouped)
    _say(errand, request, notice, card)
    await office.tell(errand, request, "new")
    return "done"


async def attach(errand: Errand, request_id: int, card: int) -> Came:
    """Put the answer given so far beside a request, as it stands at this moment; only ever on the asker's press."""
    request = await desk.enter_own(errand, request_id)
    if request is None or request.state in ("draft", "closed"):
        return "stale"
    text = await _answer_so_far(errand, request.prompt)
    words = await errand.work.support.words(request.id)
    if not text or any(each.said_by == "attached" and each.text == text for each in words):
        return "already"
    await errand.work.support.say(request.id, errand.person.id, "attached", text, errand.cause.now)
    errand.note("ask_support", request.country, f"request/{request.id}", "answer attached")
    told = RequestSent(request=desk.line(request, errand.cause.now), attached=True, later=_later(request))
    desk.say(errand, told, card)
    await office.tell(errand, request, "more")
    return "done"


def _later(request: SupportRequest) -> tuple[str, ...]:
    """The offices that a request passes to where its own stays silent; those it has been with are not among them."""
    if not request.kind or request.office == "secretariat":
        return ()
    order = routes().offices(request.kind, request.country)
    after = order[order.index(request.office) + 1 :] if request.office in order else order
    return tuple(each for each in after if each != "secretariat")


# --- looking up ------------------------------------------------------------------------------------------------------


async def _looked_up(errand: Errand, request: SupportRequest) -> bool:
    """Show what answers a question, if anything here does."""
    objective = await objectives.asked(errand, request.text)
    own = objective is not None and tagged.may_look(errand.actor)
    if objective is not None and objective.own and own:
        shown = await tagged.show(errand, str(objective.number))
        if shown == "done":
            await errand.work.support.discard(request.id)
            return True
    if objective is not None:
        notice = ObjectiveTitle(request=request.id, number=objective.number, title=objective.title, own=own)
        _say(errand, request, notice)
        return True
    term = find_term(request.text)
    if term is not None:
        await _show_term(errand, request, term)
        return True
    near, found = process.look_up(request.text, request.cycle_id)
    way = await wishes.way_of(errand, request.text, request.id, known=bool(found))
    if way is not None:
        _say(errand, request, way)
        return True
    nearer, listed = await publishing.look_up(errand, request.text)
    if listed is not None and nearer > near:
        _show_listed(errand, request, listed)
    elif found:
        await _show_entry(errand, request, found)
    return bool(found) or listed is not None


async def _show_term(errand: Errand, request: SupportRequest, term: Term) -> None:
    """Show a term: what the secretariat has published on it first, and of an event that is named alone its date."""
    _, listed = await publishing.look_up(errand, request.text)
    if listed is not None and find_term(listed.question) is term:
        _show_listed(errand, request, listed)
        return
    event = event_of(term, request.text)
    if event is not None and await show_dates(errand, event):
        entry = next(each.id for each in process.entries() if each.calendar == event)
        question = request.text[:SHOWN]
        notice = ProcessAnswer(request=request.id, question=question, entry=entry, dated=True, term=term.id)
        _say(errand, request, notice)
        return
    await _define(errand, request, term)


async def _define(errand: Errand, request: SupportRequest, term: Term, card: int | None = None) -> None:
    """Show what a term means, with the way where a wish would lead."""
    more = process.entry(term.entry)
    way = await wishes.way_of(errand, request.text)
    notice = TermShown(
        request=request.id,
        question=request.text[:SHOWN],
        term=term.id,
        entry=term.entry if more is not None and more.is_for(request.cycle_id) else "",
        way=way.way if way is not None and not way.others else "",
    )
    _say(errand, request, notice, card)


def _show_listed(errand: Errand, request: SupportRequest, listed: AnsweredQuestion) -> None:
    """Show an answer of the list that everybody reads."""
    question = request.text[:SHOWN]
    notice = ListedAnswer(request=request.id, question=question, asked=listed.question, answer=listed.answer)
    _say(errand, request, notice)


async def _show_entry(
    errand: Errand, request: SupportRequest, found: Sequence[process.Entry], card: int | None = None
) -> None:
    """Show an entry; what is about a date is answered by the calendar where that has one."""
    best, others = found[0], found[1:]
    dated = best.calendar is not None and await show_dates(errand, best.calendar)
    notice = ProcessAnswer(
        request=request.id,
        question=request.text[:SHOWN],
        entry=best.id,
        others=tuple(each.id for each in others),
        dated=dated,
    )
    _say(errand, request, notice, None if dated else card)


async def _is_prompt(errand: Errand, prompt: str) -> bool:
    """Whether the person's template has this prompt."""
    cycle = await errand.work.cycles.get(errand.actor.cycle_id) if prompt else None
    return cycle is not None and prompt in cycle.template.prompts


async def _answer_so_far(errand: Errand, prompt: str) -> str:
    """What the country has answered at a prompt; empty where there is nothing, or it is not theirs to show."""
    if not prompt or not may(errand.actor, "read_draft", errand.actor.country):
        return ""
    draft = await errand.work.drafts.open(errand.actor, errand.actor.country)
    answer = given(draft.review.answers.get(prompt))
    labels = {each.value: each.text for each in draft.review.template.options_of(prompt)}
    chosen = [
        labels[each].in_language(errand.person.language) if each in labels else each for each in answer.chosen
    ]
    records = [" · ".join(filter(None, record.values())) for record in answer.records]
    return "\n".join(filter(None, (answer.text, *chosen, answer.other, *records)))[:LONGEST]


async def _is_grouped(errand: Errand) -> bool:
    """Whether what is asked may come to be read in a group."""
    cycle, country = errand.actor.cycle_id, errand.actor.country
    return await office.read_in_groups_since(errand.work, cycle, country) is not None


# --- who may ---------------------------------------------------------------------------------------------------------


def _may_ask(errand: Errand) -> bool:
    allowed = may(errand.actor, "ask_support", errand.actor.country)
    if not allowed:
        errand.note("ask_support", errand.actor.country, "request", "denied")
    return allowed


async def _draft(errand: Errand, request_id: int) -> SupportRequest | None:
    """A question of the person's own that is not sent yet."""
    request = await desk.enter_own(errand, request_id)
    return request if request is not None and request.state == "draft" else None
