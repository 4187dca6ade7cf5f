"""What is put down for a session: questions in advance and their answers, offers of support, next steps."""

from dataclasses import replace
from datetime import date

from workflows.cycle.dictation import Step, read_offer, read_step
from workflows.cycle.typed_dates import read_when
from workflows.notices import Notice
from workflows.notices.workshop_desk import (
    AskAnswer,
    AskOffer,
    AskStep,
    WhichDue,
    WorkshopNews,
    WorkshopOffers,
    WorkshopQuestions,
    WorkshopSteps,
)
from workflows.notices.workshops import (
    AskSessionQuestion,
    OfferNote,
    OwnQuestions,
    QuestionAnswered,
    QuestionNote,
    SessionOffers,
    SessionQuestionKept,
    SessionSteps,
    StepAdded,
    StepNote,
)
from workflows.people.access import Act
from workflows.store.values_calendar import Minute
from workflows.use_cases.cause import Errand
from workflows.use_cases.hearing import asking, closing
from workflows.use_cases.sessions import Came, Session, enter, enter_by_minute
from workflows.when import CAIRO, Unstated, When


def act_of(errand: Errand) -> Act:
    """What somebody does who looks at a list that both sides have: the secretariat runs, the others attend."""
    return "run_session" if errand.actor.role == "secretariat" else "attend_session"


async def show(errand: Errand, session_id: str, what: str, page: int, card: int) -> Came:
    """Show the questions, offers or next steps: all to the secretariat, to a state what concerns it."""
    session = await enter(errand, act_of(errand), session_id)
    if isinstance(session, str):
        return session
    session.say(await _listed(session, what, page), card)
    return "done"


async def _listed(session: Session, what: str, page: int = 0) -> Notice:
    match what:
        case "questions":
            return await _questions(session, page)
        case "offers":
            return await _offers(session, page)
        case _:
            return await _steps(session, page)


def _runs(session: Session) -> bool:
    return session.errand.actor.role == "secretariat"


# --- questions -----------------------------------------------------------------------------------------------


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
    if _runs(session):
        return session.about(WorkshopQuestions, questions=tuple(map(_question, kept)), page=page)
    own = [minute for minute in kept if minute.country == session.errand.actor.country]
    return session.about(OwnQuestions, questions=tuple(map(_question, own)), page=page)


def _question(minute: Minute) -> QuestionNote:
    """A question; what stands beside its text, where others have an owner, is its answer."""
    return QuestionNote(
        id=minute.id, country=minute.country, text=minute.text, state=minute.state, answer=minute.owner
    )


# --- offers --------------------------------------------------------------------------------------------------


async def ask_offer(errand: Errand, session_id: str) -> Came:
    """Let the next text be an offer of support."""
    session = await enter(errand, "run_session", session_id)
    if isinstance(session, str):
        return session
    session.say(asking(session.about(AskOffer), f"offer.{session.id}"))
    return "done"


async def take_offer(errand: Errand, session_id: str, text: str) -> Came:
    """Keep an offer with its organization; asked again where one of them is missing."""
    session = await enter(errand, "run_session", session_id)
    if isinstance(session, str):
        return session
    offer = read_offer(text)
    if offer is None:
        session.say(asking(session.about(AskOffer, problem="unclear"), f"offer.{session.id}"))
        return "done"
    await session.put_down("offer", offer.text, owner=offer.organization)
    session.say(closing(await _offers(session, 0)))
    return "done"


async def take_up(errand: Errand, minute_id: int, page: int, card: int) -> Came:
    """Take an offer up for one's country; the secretariat learns of it once."""
    found = await enter_by_minute(errand, "attend_session", minute_id, "offer")
    if isinstance(found, str):
        return found
    session, minute = found
    country, taken = errand.actor.country, _takers(minute)
    if country not in taken:
        both = " ".join(sorted({*taken, country}))
        await errand.work.minutes.save(replace(minute, taken_by=both, state="taken_up"))
        text = f"{minute.owner}: {minute.text}"
        await session.tell_secretariat(
            session.about(WorkshopNews, code="offer_taken", country=country, text=text)
        )
    session.say(await _offers(session, page), card)
    return "already" if country in taken else "done"


def _takers(minute: Minute) -> tuple[str, ...]:
    """The countries that have taken an offer up; several may."""
    return tuple(minute.taken_by.split())


async def _offers(session: Session, page: int) -> SessionOffers | WorkshopOffers:
    offers = tuple(
        OfferNote(id=minute.id, organization=minute.owner, text=minute.text, taken_by=_takers(minute))
        for minute in await session.minutes("offer")
    )
    if _runs(session):
        return session.about(WorkshopOffers, offers=offers, page=page)
    return session.about(SessionOffers, country=session.errand.actor.country, offers=offers, page=page)


# --- next steps ----------------------------------------------------------------------------------------------


async def ask_step(errand: Errand, session_id: str) -> Came:
    """Let the next text be a next step."""
    session = await enter(errand, "run_session", session_id)
    if isinstance(session, str):
        return session
    session.say(asking(session.about(AskStep), f"step.{session.id}"))
    return "done"


async def take_step(errand: Errand, session_id: str, text: str) -> Came:
    """Keep a next step; where its date is in doubt it is kept without, and the date is asked again."""
    session = await enter(errand, "run_session", session_id)
    if isinstance(session, str):
        return session
    step = read_step(text)
    if step is None:
        session.say(asking(session.about(AskStep, problem="unclear"), f"step.{session.id}"))
        return "done"
    minute = await _keep_step(session, step)
    if step.due:
        return await _date(session, minute, step.due)
    await _settle_step(session, minute)
    return "done"


async def _keep_step(session: Session, step: Step) -> Minute:
    return await session.put_down("next_step", step.task, owner=step.owner, country=step.country)


async def take_due(errand: Errand, minute_id: int, text: str) -> Came:
    """Take a text as the date by which a step is to be done."""
    found = await enter_by_minute(errand, "run_session", minute_id, "next_step")
    return found if isinstance(found, str) else await _date(*found, text)


async def set_due(errand: Errand, minute_id: int, due: date | None) -> Came:
    """Give a step the day that was pressed, or none."""
    found = await enter_by_minute(errand, "run_session", minute_id, "next_step")
    if isinstance(found, str):
        return found
    session, minute = found
    if due is not None and due < errand.cause.now.date():
        return "stale"
    await _settle_step(session, replace(minute, due=due))
    return "done"


async def _date(session: Session, minute: Minute, text: str) -> Came:
    """Give a step the day that a text names; asked again where that is not one clear day to come."""
    reading = read_when(text, session.errand.cause.now.date(), CAIRO)
    days = tuple(dict.fromkeys(day for day in map(_last_day, reading.readings) if day is not None))
    if len(days) == 1 and not reading.past:
        await _settle_step(session, replace(minute, due=days[0]))
        return "done"
    problem = "past" if reading.past else "two" if days else "unclear"
    readings = tuple(day.isoformat() for day in days) if problem == "two" else ()
    notice = session.about(WhichDue, step=_step(minute), given=text, readings=readings, problem=problem)
    session.say(asking(notice, f"due.{minute.id}"))
    return "done"


def _last_day(when: When) -> date | None:
    """The day by which something dated so is done: the last one of several."""
    return None if isinstance(when, Unstated) else when.last


async def _settle_step(session: Session, minute: Minute) -> None:
    """The step is whole: the country whose it is learns of it, and the list is shown."""
    before = await session.errand.work.minutes.get(minute.id)
    if minute != before:
        await session.errand.work.minutes.save(minute)
    if minute.country:
        people = await session.errand.work.people.of_country(session.errand.actor.cycle_id, minute.country)
        await session.tell(people, session.about(StepAdded, step=_step(minute)))
    session.say(closing(await _steps(session, 0)))


async def finish_step(errand: Errand, minute_id: int, page: int, card: int) -> Came:
    """Tick a step off: the secretariat any of them, a state its own."""
    found = await enter_by_minute(errand, act_of(errand), minute_id, "next_step")
    if isinstance(found, str):
        return found
    session, minute = found
    if not _runs(session) and minute.country != errand.actor.country:
        errand.note("attend_session", minute.country, f"session/{session.id}/step/{minute.id}", "denied")
        return "denied"
    if minute.state != "done":
        await errand.work.minutes.save(replace(minute, state="done"))
        if not _runs(session):
            news = session.about(WorkshopNews, code="step_done", country=minute.country, text=minute.text)
            await session.tell_secretariat(news)
    session.say(await _steps(session, page), card)
    return "done"


async def _steps(session: Session, page: int) -> SessionSteps | WorkshopSteps:
    kept = await session.minutes("next_step")
    if _runs(session):
        return session.about(WorkshopSteps, steps=tuple(map(_step, kept)), page=page)
    own = [minute for minute in kept if minute.country == session.errand.actor.country]
    return session.about(SessionSteps, steps=tuple(map(_step, own)), page=page)


def _step(minute: Minute) -> StepNote:
    return StepNote(
        id=minute.id,
        task=minute.text,
        owner=minute.owner,
        due=minute.due.isoformat() if minute.due else "",
        country=minute.country,
        done=minute.state == "done",
    )
