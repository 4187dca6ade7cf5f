"""Registering for a session: in two taps, changed until it ends, told to the secretariat when it is short before."""

from typing import Final, Literal

from workflows.cycle.sessions.attending import is_held_by_line, offices_receive, ways
from workflows.cycle.sessions.workshops import is_short_before, joined, presentations, presenting_item
from workflows.notices.workshop_desk import WorkshopNews
from workflows.notices.workshops import (
    AskReason,
    Attendance,
    Floor,
    Presenting,
    ReasonPassedOn,
    SessionCard,
)
from workflows.reference.offices import office_city
from workflows.store.values_calendar import Minute, Registration
from workflows.use_cases.hearing import asking, closing
from workflows.use_cases.workshops.sessions import (
    Came,
    Session,
    entered,
    group_names,
    groups,
    order,
    sizes,
    speaking,
    stance,
    waiting,
)

LONGEST_REASON: Final = 300
"""So many characters of a reason are passed on: it is asked for in a line."""


@entered("attend_session")
async def show(session: Session, card: int | None = None) -> None:
    """Show how the person attends, and ask; in the place of a card where one is given."""
    notice = await session_card(session, await session.rows())
    if card:
        session.say(notice, card)
    else:
        session.say(closing(notice))


@entered("attend_session")
async def attend(session: Session, attendance: Attendance, card: int) -> Came:
    """Register, or change how one attends. Pressed again it changes nothing; after the end it changes nothing."""
    rows = await session.held()
    came: Came = "stale"
    if not session.over and await _is_open(session, attendance):
        came = await _register(session, rows, attendance)
    session.say(await session_card(session, await session.rows()), card)
    return came


async def _is_open(session: Session, attendance: Attendance) -> bool:
    if attendance == "office":
        return await hosts(session, session.errand.actor.country)
    return attendance in ways(session.milestone)


async def _register(session: Session, rows: list[Registration], attendance: Attendance) -> Came:
    errand = session.errand
    mine = own(session, rows)
    if mine is not None and mine.attendance == attendance:
        return "already"
    fresh = _registration(session, rows, attendance)
    await errand.work.registrations.save(fresh)
    if not sizes([*(row for row in rows if row is not mine), fresh])[errand.actor.country]:
        await _leave_the_list(session)
    if is_short_before(session.milestone, errand.cause.now):
        news = session.about(
            WorkshopNews, code="late_change", country=errand.actor.country, attendance=attendance
        )
        await session.tell_secretariat(news)
    return "done"


async def _leave_the_list(session: Session) -> None:
    """Take back what a delegation asked for of which nobody attends any more; the secretariat's entry stays."""
    for minute in waiting(await session.minutes("floor")):
        if minute.country == session.errand.actor.country and minute.author_id is not None:
            await session.errand.work.minutes.remove(minute.id)


def _registration(session: Session, rows: list[Registration], attendance: Attendance) -> Registration:
    """The person's registration, in the group and with the presentation of their delegation."""
    errand, country = session.errand, session.errand.actor.country
    mine = own(session, rows)
    delegation = stance([row for row in rows if row is not mine], country) or mine
    return Registration(
        cycle_id=errand.actor.cycle_id,
        session=session.id,
        person_id=errand.person.id,
        country=country,
        attendance=attendance,
        group=_group(session, rows) if attendance != "away" else 0,
        presents=delegation.presents if delegation else None,
        place=delegation.place if delegation else 0,
        attended=mine.attended if mine else None,
        at=errand.cause.now,
    )


def _group(session: Session, rows: list[Registration]) -> int:
    """The group of a late delegation, once there are groups: the one that keeps their sizes nearest; 0 before."""
    placed, country = groups(rows), session.errand.actor.country
    if not placed:
        return 0
    mine = own(session, rows)
    others = sizes([row for row in rows if row is not mine])
    others[country] += 1
    return joined(others, session.milestone.groups, placed)[country]


@entered("attend_session")
async def ask_reason(session: Session) -> Came:
    """Let the next text say why the person attends otherwise so shortly before; nobody has to say it."""
    if not _may_explain(session, own(session, await session.rows())):
        return "stale"
    session.say(asking(session.about(AskReason), f"reason.{session.id}"))
    return "done"


@entered("attend_session")
async def take_reason(session: Session, text: str) -> Came:
    """Pass the reason on to the secretariat; it is kept nowhere else."""
    mine = own(session, await session.rows())
    if mine is None or not _may_explain(session, mine):
        return "stale"
    country = session.errand.actor.country
    news = session.about(
        WorkshopNews, code="reason", country=country, attendance=mine.attendance, text=text[:LONGEST_REASON]
    )
    await session.tell_secretariat(news)
    session.say(closing(session.about(ReasonPassedOn, text=text[:LONGEST_REASON])))
    return "done"


def _may_explain(session: Session, mine: Registration | None) -> bool:
    """Whether the person has said how they attend within a day of the beginning."""
    return mine is not None and is_short_before(session.milestone, mine.at) and not session.over


@entered("attend_session")
async def say_whether_presenting(session: Session, answer: Literal["yes", "no"], card: int) -> Came:
    """Say for one's country whether it presents; a country that newly does is put last."""
    rows = await session.held()
    mine = own(session, rows)
    possible = comes(session, mine) and presenting_item(session.milestone) is not None
    if possible:
        await _present(session, rows, presents=answer == "yes")
    session.say(await session_card(session, await session.rows()), card)
    return "done" if possible else "stale"


async def _present(session: Session, rows: list[Registration], *, presents: bool) -> None:
    country, until_now = session.errand.actor.country, order(rows)
    place = 0
    if presents:
        known = stance(rows, country)
        place = known.place if known and country in until_now else 0
        place = place or max((row.place for row in rows), default=0) + 1
    for row in rows:
        if row.country == country:
            await session.change(row, presents=presents, place=place)


# --- what the card says ------------------------------------------------------------------------------------------


def own(session: Session, rows: list[Registration]) -> Registration | None:
    """The person's own registration."""
    return next((row for row in rows if row.person_id == session.errand.person.id), None)


async def hosts(session: Session, country: str) -> bool:
    """Whether one can attend from the country's office: there is one, and it receives people for this event."""
    if office_city(country) is None or not is_held_by_line(session.milestone):
        return False
    said = await session.errand.work.hosting.of_session(session.errand.actor.cycle_id, session.id)
    return said.get(country, offices_receive(session.milestone))


async def session_card(session: Session, rows: list[Registration]) -> SessionCard:
    """Everything that the person's card of a session says."""
    country, mine = session.errand.actor.country, own(session, rows)
    minutes = await session.minutes()
    return session.about(
        SessionCard,
        attendance=mine.attendance if mine else "",
        ways=ways(session.milestone),
        place=session.milestone.place,
        city=office_city(country),
        hosts=await hosts(session, country),
        group=mine.group if mine else 0,
        group_name=group_names(minutes).get(mine.group, "") if mine else "",
        presenting=_presenting(session, rows),
        link=session.milestone.link,
        over=session.over,
        explains=_may_explain(session, mine),
        questions=sum(each.kind == "question" and each.country == country for each in minutes),
        offers=sum(each.kind == "offer" for each in minutes),
        steps=sum(each.kind == "next_step" and each.country == country for each in minutes),
        points=sum(each.kind == "point" and each.state == "released" for each in minutes),
        evaluates=may_evaluate(session, mine),
        floor=_floor(minutes, country) if comes(session, mine) else None,
    )


def comes(session: Session, mine: Registration | None) -> bool:
    """Whether the person has said that they attend, and it is not over."""
    return mine is not None and mine.attendance != "away" and not session.over


def _floor(minutes: list[Minute], country: str) -> Floor:
    """The list of speakers by countries, and where the person's own delegation stands on it."""
    on, queue = speaking(minutes), [minute.country for minute in waiting(minutes)]
    return Floor(
        speaking=on.country if on else "",
        next=queue[0] if queue else "",
        asked=country in queue,
        before=queue.index(country) if country in queue else 0,
        ours=on is not None and on.country == country,
    )


def may_evaluate(session: Session, mine: Registration | None) -> bool:
    """Whether the person is asked how it was: after the end, and not who was absent."""
    return session.over and mine is not None and mine.attendance != "away" and mine.attended is not False


def _presenting(session: Session, rows: list[Registration]) -> Presenting | None:
    item = presenting_item(session.milestone)
    if item is None:
        return None
    country, countries = session.errand.actor.country, order(rows)
    turns = presentations(item, countries)
    known = stance(rows, country)
    place = countries.index(country) + 1 if country in countries else 0
    return Presenting(
        presents=known.presents if known else None,
        place=place,
        countries=len(countries),
        seconds=turns[0].seconds if turns else 0,
        starts=f"{turns[place - 1].starts:%H:%M}" if place else "",
    )
