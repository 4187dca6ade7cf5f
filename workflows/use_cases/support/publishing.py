"""The list of questions and answers: what was answered once and is read by everybody, without country or person."""

from typing import Final

from workflows.notices.saying import Line
from workflows.notices.support import AnswerCard, AnswersView, AskListed, ListedPreview, Wrong
from workflows.people.access import may
from workflows.people.roles import OFFICES
from workflows.reference import countries
from workflows.reference.process import THRESHOLD, Wanted
from workflows.spelling import plain
from workflows.store.values_support import AnsweredQuestion, SupportRequest
from workflows.use_cases.cause import Errand
from workflows.use_cases.hearing import asking, closing
from workflows.use_cases.support import desk
from workflows.use_cases.support.desk import LONGEST, SHOWN, Came

CONFIRMS: Final = frozenset(map(plain, ("publish", "انشروا", "انشر", "نشر", "publier", "publiez")))
"""What is typed to publish an entry."""
_WORD: Final = 4
"""Shorter parts of a name are also ordinary words."""


# --- reading ---------------------------------------------------------------------------------------------------------


async def look_up(errand: Errand, question: str) -> tuple[float, AnsweredQuestion | None]:
    """The entry whose question is the one that was asked, with how well it agrees; 0 and None where none is near."""
    known = {str(each.id): each for each in await errand.work.support.entries(errand.actor.cycle_id)}
    found = Wanted({name: [each.question] for name, each in known.items()}).find(question)
    if not found or found[0][0] < THRESHOLD:
        return 0.0, None
    return found[0][0], known[found[0][1]]


async def show_all(errand: Errand, query: str = "", page: int = 0, card: int | None = None) -> Came:
    """Show the list, or what fits the words that are searched for, the best first."""
    entries = await errand.work.support.entries(errand.actor.cycle_id)
    if query.strip():
        known = {str(each.id): each for each in entries}
        wanted = Wanted({name: [each.question, each.answer] for name, each in known.items()})
        entries = [known[name] for _, name in wanted.find(query)]
    lines = tuple(Line(id=str(each.id), text=each.question[:SHOWN]) for each in entries)
    desk.say(errand, AnswersView(entries=lines, query=query[:100], page=page), card)
    return "done"


async def show(errand: Errand, entry_id: int) -> Came:
    """Show one question with its answer."""
    entry = await _published(errand, entry_id)
    if entry is None:
        return "stale"
    desk.say(errand, _card(errand, entry))
    return "done"


# --- publishing ------------------------------------------------------------------------------------------------------


async def ask_question(errand: Errand, request_id: int, problem: Wrong = "") -> Came:
    """Let the next text be the question of a new entry, made of an answered request."""
    request = await _answered(errand, request_id)
    if request is None:
        return "stale"
    words = [each.text for each in await errand.work.support.words(request.id) if each.said_by in OFFICES]
    notice = AskListed(
        step="question",
        question=request.text[:SHOWN],
        answer=words[-1][:SHOWN] if words else "",
        problem=problem,
    )
    desk.say(errand, asking(notice, f"listed_question.{request.id}"))
    return "done"


async def take_question(errand: Errand, request_id: int, text: str, entry_id: int = 0) -> Came:
    """Keep the question in preparation, or add to that of the entry with which it goes on; ask for the answer."""
    request = await _answered(errand, request_id)
    if request is None:
        return "stale"
    begun = await _prepared(errand, entry_id) if entry_id else None
    question = f"{begun.question}\n{text.strip()}" if begun else text.strip()
    if _wrong(question):
        return await ask_question(errand, request_id, _wrong(question))
    if begun is not None:
        await errand.work.support.reword(begun.id, question, begun.answer)
    entry = begun.id if begun else await _prepare(errand, request, question)
    notice = AskListed(step="answer", question=question[:SHOWN])
    desk.say(errand, asking(notice, f"listed_answer.{entry}.{request.id}"))
    return "done"


async def _prepare(errand: Errand, request: SupportRequest, question: str) -> int:
    person, now = errand.person, errand.cause.now
    return await errand.work.support.prepare(request.cycle_id, person.language, question, "", person.id, now)


async def take_answer(
    errand: Errand, entry_id: int, request_id: int, text: str, *, goes_on: bool = False
) -> Came:
    """Keep the answer in preparation, or add to it where it goes on, and show what everybody would read."""
    request, entry = await _answered(errand, request_id), await _prepared(errand, entry_id)
    if request is None or entry is None:
        return "stale"
    answer = f"{entry.answer}\n{text.strip()}" if goes_on else text.strip()
    if _wrong(answer):
        notice = AskListed(step="answer", question=entry.question[:SHOWN], problem=_wrong(answer))
        desk.say(errand, asking(notice, f"listed_answer.{entry.id}.{request.id}"))
        return "done"
    await errand.work.support.reword(entry.id, entry.question, answer)
    await _preview(errand, entry.id, request)
    return "done"


async def confirm(errand: Errand, entry_id: int, request_id: int, text: str) -> Came:
    """Publish once the word for it is typed; anything else changes nothing."""
    request, entry = await _answered(errand, request_id), await _prepared(errand, entry_id)
    if request is None or entry is None:
        return "stale"
    if plain(text) not in CONFIRMS:
        await _preview(errand, entry.id, request, unclear=True)
        return "done"
    await errand.work.support.publish(entry.id)
    errand.note("publish_answer", "", f"answer/{entry.id}", "published")
    desk.say(errand, closing(_card(errand, entry).model_copy(update={"news": "published"})))
    return "done"


async def withdraw(errand: Errand, entry_id: int, card: int) -> Came:
    """Take an entry off the list."""
    entry = await _published(errand, entry_id)
    if entry is None or not _may_publish(errand, f"answer/{entry_id}"):
        return "stale"
    await errand.work.support.withdraw(entry.id, errand.cause.now)
    errand.note("publish_answer", "", f"answer/{entry.id}", "withdrawn")
    gone = _card(errand, entry).model_copy(update={"news": "withdrawn", "may_withdraw": False})
    desk.say(errand, gone, card)
    return "done"


def names_in(text: str, person: str) -> tuple[str, ...]:
    """What in a text names a state of the region or the person, each once, as it is written in the lists of names."""
    padded = f" {plain(text)} "
    states = [
        name
        for state in countries()
        for name in (state.ar, state.en, state.fr)
        if f" {plain(name)} " in padded
    ]
    parts = [part for part in person.split() if len(part) >= _WORD and f" {plain(part)} " in padded]
    return tuple(dict.fromkeys((*states, *parts)))


async def _preview(errand: Errand, entry_id: int, request: SupportRequest, *, unclear: bool = False) -> None:
    entry = await errand.work.support.entry(entry_id)
    if entry is None:
        return
    asker = await errand.work.people.by_id(request.asker_id) if request.asker_id else None
    named = names_in(f"{entry.question}\n{entry.answer}", asker.name if asker else "")
    notice = ListedPreview(question=entry.question, answer=entry.answer, named=named, unclear=unclear)
    desk.say(errand, asking(notice, f"listed_confirm.{entry.id}.{request.id}"))


def _card(errand: Errand, entry: AnsweredQuestion) -> AnswerCard:
    return AnswerCard(
        entry=entry.id,
        question=entry.question,
        answer=entry.answer,
        may_withdraw=may(errand.actor, "publish_answer", ""),
    )


def _wrong(text: str) -> Wrong:
    if not text.strip():
        return "empty"
    return "long" if len(text) > LONGEST else ""


def _may_publish(errand: Errand, thing: str) -> bool:
    allowed = may(errand.actor, "publish_answer", "")
    if not allowed:
        errand.note("publish_answer", "", thing, "denied")
    return allowed


async def _answered(errand: Errand, request_id: int) -> SupportRequest | None:
    """A request that has an answer, to who may publish."""
    if not _may_publish(errand, f"request/{request_id}"):
        return None
    request = await desk.enter(errand, request_id)
    return request if request is not None and request.answered_at is not None else None


async def _prepared(errand: Errand, entry_id: int) -> AnsweredQuestion | None:
    entry = await errand.work.support.entry(entry_id)
    mine = (
        entry is not None and entry.cycle_id == errand.actor.cycle_id and entry.author_id == errand.person.id
    )
    return entry if mine and entry is not None and entry.withdrawn_at is not None else None


async def _published(errand: Errand, entry_id: int) -> AnsweredQuestion | None:
    entry = await errand.work.support.entry(entry_id)
    here = entry is not None and entry.cycle_id == errand.actor.cycle_id and entry.withdrawn_at is None
    return entry if here else None
