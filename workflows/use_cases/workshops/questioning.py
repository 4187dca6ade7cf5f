"""Questions sent to a session in advance: kept as given, parked, answered to whoever asked."""

from dataclasses import replace

from workflows.notices.workshop_desk import AskAnswer, WorkshopNews, WorkshopQuestions
from workflows.notices.workshops import (
    AskSessionQuestion,
    OwnQuestions,
    QuestionAnswered,
    QuestionNote,
    SessionQuestionKept,
)
from workflows.store.values_calendar import Minute
from workflows.use_cases.cause import Errand
from workflows.use_cases.hearing import asking, closing
from workflows.use_cases.workshops.sessions import Came, Session, act_of, enter, enter_by_minute


async def show(errand: Errand, session_id: str, page: int, card: int) -> Came:
    """Show the questions: all to the secretariat, to a state its own."""
    session = await enter(errand, act_of(errand), session_id)
    if isinstance(session, str):
        return session
    session.say(await _questions(session, page), card)
    return "done"


async def ask_question(errand: Errand, session_id: str) -> Came:
    """Let the next text be a question to the session, as long as it is not over."""
    session = await enter(errand, "attend_session", session_id)
    if isinstance(session, str):
        return session
    if session.over:
        return "stale"
    session.say(asking(session.about(AskSessionQuestion), f"question.{session.id}"))
    return "done"


async def take_question(errand: Errand, session_id: str, text: str) -> Came:
    """Keep a question as it was given; the secretariat learns of it."""
    session = await enter(errand, "attend_session", session_id)
    if isinstance(session, str):
        return session
    await session.put_down("question", text)
    session.say(closing(session.about(SessionQuestionKept, text=text)))
    country = errand.actor.country
    await session.tell_secretariat(session.about(WorkshopNews, code="question", country=country, text=text))
    return "done"


async def ask_answer(errand: Errand, minute_id: int) -> Came:
    """Show a question in full and let the next text be its answer."""
    found = await enter_by_minute(errand, "run_session", minute_id, "question")
    if isinstance(found, str):
        return found
    session, minute = found
    session.say(asking(session.about(AskAnswer, question=_question(minute)), f"answer.{minute.id}"))
    return "done"


async def take_answer(errand: Errand, minute_id: int, text: str) -> Came:
    """Keep the answer to a question and send it to whoever asked."""
    found = await enter_by_minute(errand, "run_session", minute_id, "question")
    if isinstance(found, str):
        return found
    session, minute = found
    await errand.work.minutes.save(replace(minute, owner=text, state="answered"))
    asker = await errand.work.people.by_id(minute.author_id) if minute.author_id else None
    if asker is not None:
        await session.tell([asker], session.about(QuestionAnswered, text=minute.text, answer=text))
    errand.note("run_session", minute.country, f"session/{session.id}/question/{minute.id}", "answered")
    session.say(closing(await _questions(session, 0)))
    return "done"


async def park(errand: Errand, minute_id: int, page: int, card: int) -> Came:
    """Put a question aside to be taken up later; one that was answered stays answered."""
    found = await enter_by_minute(errand, "run_session", minute_id, "question")
    if isinstance(found, str):
        return found
    session, minute = found
    if minute.state == "open":
        await errand.work.minutes.save(replace(minute, state="parked"))
    session.say(await _questions(session, page), card)
    return "done"


async def _questions(session: Session, page: int) -> OwnQuestions | WorkshopQuestions:
    kept = await session.minutes("question")
    if session.runs:
        return session.about(WorkshopQuestions, questions=tuple(map(_question, kept)), page=page)
    own = [minute for minute in kept if minute.country == session.errand.actor.country]
    return session.about(OwnQuestions, questions=tuple(map(_question, own)), page=page)


def _question(minute: Minute) -> QuestionNote:
    """A question; what stands beside its text, where others have an owner, is its answer."""
    return QuestionNote(
        id=minute.id, country=minute.country, text=minute.text, state=minute.state, answer=minute.owner
    )
