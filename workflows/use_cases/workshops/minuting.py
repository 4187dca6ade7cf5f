"""What a session leads to: offers of support that states take up, next steps with their owners and dates."""

from datetime import date

from msgspec.structs import replace

from workflows.cycle.sessions.dictation import Step, read_offer, read_step
from workflows.cycle.typed.dates import read_when
from workflows.notices.workshop_desk import (
    AskOffer,
    AskStep,
    WhichDue,
    WorkshopNews,
    WorkshopOffers,
    WorkshopSteps,
)
from workflows.notices.workshops import OfferNote, SessionOffers, SessionSteps, StepAdded, StepNote
from workflows.store.values_calendar import Minute
from workflows.use_cases.hearing import asking, closing
from workflows.use_cases.workshops.sessions import Came, Session, entered, entered_by_minute
from workflows.when import CAIRO, Unstated, When

# --- offers --------------------------------------------------------------------------------------------------


@entered()
async def show_offers(session: Session, page: int, card: int) -> None:
    """Show the offers, to a state with the keys to take them up."""
    session.say(await _offers(session, page), card)


@entered("run_session")
async def ask_offer(session: Session) -> None:
    """Let the next text be an offer of support."""
    session.say(asking(session.about(AskOffer), f"offer.{session.id}"))


@entered("run_session")
async def take_offer(session: Session, text: str) -> None:
    """Keep an offer with its organization; asked again where one of them is missing."""
    offer = read_offer(text)
    if offer is None:
        session.say(asking(session.about(AskOffer, problem="unclear"), f"offer.{session.id}"))
        return
    await session.put_down("offer", offer.text, owner=offer.organization)
    session.say(closing(await _offers(session, 0)))


@entered_by_minute("attend_session", "offer")
async def take_up(session: Session, minute: Minute, page: int, card: int) -> Came:
    """Take an offer up for one's country; the secretariat learns of it once."""
    country, taken = session.errand.actor.country, _takers(minute)
    if country not in taken:
        both = " ".join(sorted({*taken, country}))
        await session.errand.work.minutes.save(replace(minute, taken_by=both, state="taken_up"))
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
    if session.runs:
        return session.about(WorkshopOffers, offers=offers, page=page)
    return session.about(SessionOffers, country=session.errand.actor.country, offers=offers, page=page)


# --- next steps ----------------------------------------------------------------------------------------------


@entered()
async def show_steps(session: Session, page: int, card: int) -> None:
    """Show the next steps: all to the secretariat, to a state its own."""
    session.say(await _steps(session, page), card)


@entered("run_session")
async def ask_step(session: Session) -> None:
    """Let the next text be a next step."""
    session.say(asking(session.about(AskStep), f"step.{session.id}"))


@entered("run_session")
async def take_step(session: Session, text: str) -> Came:
    """Keep a next step; where its date is in doubt it is kept without, and the date is asked again."""
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


@entered_by_minute("run_session", "next_step")
async def take_due(session: Session, minute: Minute, text: str) -> Came:
    """Take a text as the date by which a step is to be done."""
    return await _date(session, minute, text)


@entered_by_minute("run_session", "next_step")
async def set_due(session: Session, minute: Minute, due: date | None) -> Came:
    """Give a step the day that was pressed, or none."""
    if due is not None and due < session.errand.cause.now.date():
        return "stale"
    await _settle_step(session, replace(minute, due=due))
    return "done"


async def _date(session: Session, minute: Minute, text: str) -> Came:
    """Give a step the day that a text names; asked again where that is not one clear day to come."""
    today = session.errand.cause.now.date()
    readings = read_when(text, today, CAIRO).readings
    days = dict.fromkeys(day for day in map(_last_day, readings) if day is not None)
    to_come = [day for day in days if day >= today]
    if len(to_come) == 1:
        await _settle_step(session, replace(minute, due=to_come[0]))
        return "done"
    problem = "two" if to_come else "past" if days else "unclear"
    shown = tuple(day.isoformat() for day in to_come)
    notice = session.about(WhichDue, step=_step(minute), given=text, readings=shown, problem=problem)
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


@entered_by_minute(None, "next_step")
async def finish_step(session: Session, minute: Minute, page: int, card: int) -> Came:
    """Tick a step off: the secretariat any of them, a state its own."""
    if not session.runs and minute.country != session.errand.actor.country:
        session.errand.note(
            "attend_session", minute.country, f"session/{session.id}/step/{minute.id}", "denied"
        )
        return "denied"
    if minute.state != "done":
        await session.errand.work.minutes.save(replace(minute, state="done"))
        if not session.runs:
            news = session.about(WorkshopNews, code="step_done", country=minute.country, text=minute.text)
            await session.tell_secretariat(news)
    session.say(await _steps(session, page), card)
    return "done"


async def _steps(session: Session, page: int) -> SessionSteps | WorkshopSteps:
    kept = await session.minutes("next_step")
    if session.runs:
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
