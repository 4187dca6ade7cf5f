"""Questions sent to a session in advance: kept as given, parked, answered to whoever asked."""

from typing import cast

from msgspec.structs import replace

from workflows.notices.workshop_desk import AskAnswer, WorkshopNews, WorkshopQuestions
from workflows.notices.workshops import (
    AskSessionQuestion,
    NoteState,
    OwnQuestions,
    QuestionAnswered,
    QuestionNote,
    SessionQuestionKept,
)
from workflows.store.values_calendar import Minute
from workflows.use_cases.hearing import asking, closing
from workflows.use_cases.workshops.sessions import Came, Session, entered, entered_by_minute


@entered()
async def show(session: Session, page: int, card: int) -> None:
    """Show the questions: all to the secretariat, to a state its own."""
    session.say(await _questions(session, page), card)


@entered("attend_session")
async def ask_question(session: Session) -> Came:
    """Let the next text be a question to the session, as long as it is not over."""
    if session.over:
        return "stale"
    session.say(asking(session.about(AskSessionQuestion), f"question.{session.id}"))
    return "done"


@entered("attend_session")
async def take_question(session: Session, text: str) -> None:
    """Keep a question as it was given; the secretariat learns of it."""
    await session.put_down("question", text)
    session.say(closing(session.about(SessionQuestionKept, text=text)))
    country = session.errand.actor.country
    await session.tell_secretariat(session.about(WorkshopNews, code="question", country=country, text=text))


@entered_by_minute("run_session", "question")
async def ask_answer(session: Session, minute: Minute) -> None:
    """Show a question in full and let the next text be its answer."""
    session.say(asking(session.about(AskAnswer, question=_question(minute)), f"answer.{minute.id}"))


@entered_by_minute("run_session", "question")
async def take_answer(session: Session, minute: Minute, text: str) -> None:
    """Keep the answer to a question and send it to whoever asked."""
    await session.errand.work.minutes.save(replace(minute, owner=text, state="answered"))
    asker = await session.errand.work.people.by_id(minute.author_id) if minute.author_id else None
    if asker is not None:
        await session.tell([asker], session.about(QuestionAnswered, text=minute.text, answer=text))
    session.errand.note(
        "run_session", minute.country, f"session/{session.id}/question/{minute.id}", "answered"
    )
    session.say(closing(await _questions(session, 0)))


@entered_by_minute("run_session", "question")
async def park(session: Session, minute: Minute, page: int, card: int) -> None:
    """Put a question aside to be taken up later; one that was answered stays answered."""
    if minute.state == "open":
        await session.errand.work.minutes.save(replace(minute, state="parked"))
    session.say(await _questions(session, page), card)


async def _questions(session: Session, page: int) -> OwnQuestions | WorkshopQuestions:
    kept = await session.minutes("question")
    if session.runs:
        return session.about(WorkshopQuestions, questions=tuple(map(_question, kept)), page=page)
    own = [minute for minute in kept if minute.country == session.errand.actor.country]
    return session.about(OwnQuestions, questions=tuple(map(_question, own)), page=page)


def _question(minute: Minute) -> QuestionNote:
    """A question; what stands beside its text, where others have an owner, is its answer."""
    state = cast("NoteState", minute.state)  # the states of speakers and points are never a question's
    return QuestionNote(
        id=minute.id, country=minute.country, text=minute.text, state=state, answer=minute.owner
    )
