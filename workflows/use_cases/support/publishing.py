"""The list of questions and answers: what was answered once and is read by everybody, without country or person."""

from collections.abc import Sequence
from typing import Final

from workflows.immutable import Immutable
from workflows.notices.saying import Line
from workflows.notices.support import AnswerCard, AnswersView, AskListed, ListedPreview, Wrong
from workflows.people.access import may
from workflows.people.roles import OFFICES
from workflows.reference import countries
from workflows.reference.process import THRESHOLD, Wanted
from workflows.spelling import plain, without_particles
from workflows.store.values_support import AnsweredQuestion
from workflows.use_cases.cause import Errand
from workflows.use_cases.hearing import asking, closing
from workflows.use_cases.support import desk
from workflows.use_cases.support.desk import LONGEST, SHOWN, Came

CONFIRMS: Final = frozenset(map(plain, ("publish", "انشروا", "انشر", "نشر", "publier", "publiez")))
"""What is typed to publish an entry."""
OF_A_SESSION: Final = "q"
"""What the name of a source begins with that is a question to a session."""
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


class Source(Immutable):
    """What an entry is made of, answered already: a request ("12") or a question to a session ("q12").

    `asker` is who asked, None once forgotten; no entry keeps where it comes from.
    """

    name: str
    question: str
    answer: str
    asker: int | None
    session: str = ""


async def ask_question(errand: Errand, source: str, problem: Wrong = "") -> Came:
    """Let the next text be the question of a new entry, made of what was asked and answered."""
    found = await _answered(errand, source)
    if found is None:
        return "stale"
    notice = AskListed(
        step="question",
        question=found.question[:SHOWN],
        answer=found.answer[:SHOWN],
        problem=problem,
        session=found.session,
    )
    desk.say(errand, asking(notice, f"listed_question.{found.name}"))
    return "done"


async def take_question(errand: Errand, source: str, text: str, entry_id: int = 0) -> Came:
    """Keep the question in preparation, or add to that of the entry with which it goes on; ask for the answer."""
    found = await _answered(errand, source)
    if found is None:
        return "stale"
    begun = await _prepared(errand, entry_id) if entry_id else None
    question = f"{begun.question}\n{text.strip()}" if begun else text.strip()
    if _wrong(question):
        return await ask_question(errand, source, _wrong(question))
    if begun is not None:
        await errand.work.support.reword(begun.id, question, begun.answer)
    entry = begun.id if begun else await _prepare(errand, question)
    notice = AskListed(step="answer", question=question[:SHOWN], session=found.session)
    desk.say(errand, asking(notice, f"listed_answer.{entry}.{found.name}"))
    return "done"


async def _prepare(errand: Errand, question: str) -> int:
    person, cycle, now = errand.person, errand.actor.cycle_id, errand.cause.now
    return await errand.work.support.prepare(cycle, person.language, question, "", person.id, now)


async def take_answer(
    errand: Errand, entry_id: int, source: str, text: str, *, goes_on: bool = False
) -> Came:
    """Keep the answer in preparation, or add to it where it goes on, and show what everybody would read."""
    found, entry = await _answered(errand, source), await _prepared(errand, entry_id)
    if found is None or entry is None:
        return "stale"
    answer = f"{entry.answer}\n{text.strip()}" if goes_on else text.strip()
    if _wrong(answer):
        wrong, session = _wrong(answer), found.session
        notice = AskListed(step="answer", question=entry.question[:SHOWN], problem=wrong, session=session)
        desk.say(errand, asking(notice, f"listed_answer.{entry.id}.{found.name}"))
        return "done"
    await errand.work.support.reword(entry.id, entry.question, answer)
    await _preview(errand, entry.id, found)
    return "done"


async def confirm(errand: Errand, entry_id: int, source: str, text: str) -> Came:
    """Publish once the word for it is typed; anything else changes nothing."""
    found, entry = await _answered(errand, source), await _prepared(errand, entry_id)
    if found is None or entry is None:
        return "stale"
    if plain(text) not in CONFIRMS:
        await _preview(errand, entry.id, found, unclear=True)
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
    words = [frozenset(without_particles(word)) for word in plain(text).split()]
    names = [name for state in countries() for name in (state.ar, state.en, state.fr)]
    names += [part for part in person.split() if len(part) >= _WORD]
    return tuple(dict.fromkeys(name for name in names if _stands_in(plain(name).split(), words)))


def _stands_in(name: Sequence[str], words: Sequence[frozenset[str]]) -> bool:
    """Whether the words of a name follow one another in a text; «و», «ل» and «ب» may be written together with them."""
    starts = range(len(words) - len(name) + 1)
    return any(all(part in words[at + n] for n, part in enumerate(name)) for at in starts)


async def _preview(errand: Errand, entry_id: int, source: Source, *, unclear: bool = False) -> None:
    entry = await errand.work.support.entry(entry_id)
    if entry is None:
        return
    asker = await errand.work.people.by_id(source.asker) if source.asker else None
    named = names_in(f"{entry.question}\n{entry.answer}", asker.name if asker else "")
    notice = ListedPreview(
        question=entry.question, answer=entry.answer, named=named, unclear=unclear, session=source.session
    )
    desk.say(errand, asking(notice, f"listed_confirm.{entry.id}.{source.name}"))


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


async def _answered(errand: Errand, source: str) -> Source | None:
    """What was asked and has an answer, to who may publish."""
    if source.startswith(OF_A_SESSION):
        return await _of_a_session(errand, int(source.removeprefix(OF_A_SESSION)))
    if not _may_publish(errand, f"request/{source}"):
        return None
    request = await desk.enter(errand, int(source))
    if request is None or request.answered_at is None:
        return None
    words = [each.text for each in await errand.work.support.words(request.id) if each.said_by in OFFICES]
    return Source(str(request.id), request.text, words[-1] if words else "", request.asker_id)


async def _of_a_session(errand: Errand, minute_id: int) -> Source | None:
    if not _may_publish(errand, f"question/{minute_id}"):
        return None
    minute = await errand.work.minutes.get(minute_id)
    here = minute is not None and (minute.cycle_id, minute.kind) == (errand.actor.cycle_id, "question")
    if minute is None or not here or minute.state != "answered":
        return None
    name = f"{OF_A_SESSION}{minute.id}"
    return Source(name, minute.text, minute.owner, minute.author_id, minute.session)


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
