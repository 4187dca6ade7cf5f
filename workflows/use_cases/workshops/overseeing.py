"""A session as the secretariat runs it: who comes and how, which offices receive people, attendance, the material."""

from collections import Counter
from collections.abc import Sequence
from typing import Literal

from workflows.cycle.calendar import Milestone
from workflows.cycle.sessions.attending import WAYS, is_held_by_line, offices_receive, ways
from workflows.cycle.sessions.workshops import next_session, presenting_item, sessions_of
from workflows.notices.workshop_desk import (
    AttendanceFile,
    AttendeeLine,
    DelegationLine,
    MaterialSent,
    OfficeLine,
    SessionName,
    WorkshopAttendance,
    WorkshopBoard,
    WorkshopHosting,
    WorkshopSupport,
)
from workflows.notices.workshops import NoSessions, OfficeTold, SessionMaterial
from workflows.people.access import may
from workflows.people.roles import Person
from workflows.reference import countries
from workflows.reference.offices import office_city
from workflows.spelling import western_digits
from workflows.store.values_calendar import Minute, Registration
from workflows.use_cases.cause import Errand
from workflows.use_cases.workshops.sessions import Came, Session, attending, entered, order, waiting

PAGE = 10
"""How many people stand on a page of the attendance list."""

# --- the board -----------------------------------------------------------------------------------------------


async def show_named(errand: Errand, named: str) -> Came:
    """Show the session that a command names by its id or number; the running or next one where it names none."""
    if not may(errand.actor, "run_session", errand.actor.country):
        errand.note("run_session", errand.actor.country, "sessions", "denied")
        return "denied"
    plan = await errand.work.calendars.current(errand.actor.cycle_id)
    sessions = sessions_of(plan.calendar) if plan else ()
    wanted = western_digits(named.strip().casefold())
    found = next((each for each in sessions if wanted in (each.id, str(each.session))), None)
    if found is None and plan is not None:
        found = next_session(plan.calendar, errand.cause.now)
    if found is None:
        errand.say(NoSessions(), "workshop")
        return "done"
    return await show_board(errand, found.id)


@entered("run_session")
async def show_board(session: Session, card: int | None = None) -> None:
    """Show a session's board; in the place of a card where one is given."""
    notice = await _board(session)
    if card:
        session.say(notice, card)
    else:
        await session.say_settled(notice)


async def _board(session: Session) -> WorkshopBoard:
    rows, minutes = await session.rows(), await session.minutes()
    put_down = Counter(minute.kind for minute in minutes)
    has_presentations = presenting_item(session.milestone) is not None
    return session.about(
        WorkshopBoard,
        delegations=delegations(rows),
        silent=len(countries()) - len({row.country for row in rows}),
        by_line=is_held_by_line(session.milestone),
        supports="support" in ways(session.milestone),
        groups=session.milestone.groups,
        presenters=len(order(rows)) if has_presentations else None,
        speakers=None if session.over else len(waiting(minutes)),
        attended=sum(row.attended is True for row in rows),
        questions=put_down["question"],
        parked=_parked(minutes),
        points=put_down["point"],
        offers=put_down["offer"],
        steps=put_down["next_step"],
        evaluations=put_down["evaluation"],
        over=session.over,
        others=await _others(session),
    )


def _parked(minutes: Sequence[Minute]) -> int:
    return sum(minute.kind == "question" and minute.state == "parked" for minute in minutes)


async def _others(session: Session) -> tuple[SessionName, ...]:
    plan = await session.errand.work.calendars.current(session.errand.actor.cycle_id)
    known: tuple[Milestone, ...] = sessions_of(plan.calendar) if plan else ()
    return tuple(SessionName(id=each.id, title=each.title) for each in known if each.id != session.id)


def delegations(rows: Sequence[Registration]) -> tuple[DelegationLine, ...]:
    """Each country by how its people attend, and its group."""
    found = []
    for country in sorted({row.country for row in rows}):
        here = [row for row in rows if row.country == country]
        counts = Counter(row.attendance for row in here)
        group = max((row.group for row in attending(here)), default=0)
        line = DelegationLine(
            country=country,
            **{way: counts[way] for way in WAYS},
            group=group,
        )
        found.append(line)
    return tuple(found)


# --- offices -------------------------------------------------------------------------------------------------


@entered("run_session")
async def show_hosting(session: Session, card: int) -> None:
    """Show which offices receive people."""
    session.say(await _hosting(session), card)


@entered("run_session")
async def set_hosting(session: Session, country: str, answer: Literal["open", "closed"], card: int) -> Came:
    """Open or close an office for a session; whoever meant to come to it is told once when that changes."""
    city, opens, cycle = office_city(country), answer == "open", session.errand.actor.cycle_id
    if city is None:
        session.errand.note("run_session", country[:2], f"session/{session.id}", "unknown")
        return "stale"
    said = await session.errand.work.hosting.of_session(cycle, session.id)
    if said.get(country, offices_receive(session.milestone)) is not opens:
        await session.errand.work.hosting.set(cycle, session.id, country, opens, session.errand.cause.now)
        session.errand.note("run_session", country, f"session/{session.id}/office", answer)
        guests = [row for row in await session.rows() if (row.country, row.attendance) == (country, "office")]
        await session.tell_registered(guests, session.about(OfficeTold, city=city, open=opens), bulk=True)
    session.say(await _hosting(session), card)
    return "done"


async def _hosting(session: Session) -> WorkshopHosting:
    said = await session.errand.work.hosting.of_session(session.errand.actor.cycle_id, session.id)
    guests = Counter(row.country for row in await session.rows() if row.attendance == "office")
    receive = offices_receive(session.milestone)
    cities = {state.code: office_city(state.code) for state in countries()}
    offices = tuple(
        OfficeLine(country=code, city=city, open=said.get(code, receive), people=guests[code])
        for code, city in cities.items()
        if city is not None
    )
    return session.about(
        WorkshopHosting, offices=offices, without=tuple(code for code, city in cities.items() if city is None)
    )


# --- attendance ----------------------------------------------------------------------------------------------


@entered("run_session")
async def show_attendance(session: Session, page: int, card: int) -> None:
    """Show one page of those who have registered to attend."""
    session.say(await _attendance(session, page), card)


@entered("run_session")
async def record_attendance(session: Session, mark: tuple[int, bool], page: int, card: int) -> Came:
    """Record a person (by id) as present or absent."""
    person_id, attended = mark
    known = {row.person_id: row for row in attending(await session.held())}
    if person_id in known:
        await session.change(known[person_id], attended=attended)
        session.errand.note(
            "run_session", known[person_id].country, f"session/{session.id}/attendance", "done"
        )
    session.say(await _attendance(session, page), card)
    return "done" if person_id in known else "stale"


async def _attendance(session: Session, page: int) -> WorkshopAttendance:
    rows = sorted(attending(await session.rows()), key=lambda row: (row.country, row.person_id))
    pages = max(1, -(-len(rows) // PAGE))
    page = min(page, pages - 1)
    return session.about(
        WorkshopAttendance,
        people=await _named(session, rows[page * PAGE : (page + 1) * PAGE]),
        page=page,
        pages=pages,
        registered=len(rows),
        attended=sum(row.attended is True for row in rows),
        in_person=any(row.attendance == "in_person" for row in rows),
    )


async def _named(session: Session, rows: Sequence[Registration]) -> tuple[AttendeeLine, ...]:
    people = [await session.errand.work.people.by_id(row.person_id) for row in rows]
    return tuple(
        AttendeeLine(
            person=row.person_id,
            name=person.name if person else "",
            country=row.country,
            attendance=row.attendance,
            attended=row.attended,
            group=row.group,
        )
        for row, person in zip(rows, people, strict=True)
    )


@entered("run_session")
async def send_attendance(session: Session) -> None:
    """Send the attendance list as a spreadsheet to whoever asked for it: everybody who said how they attend."""
    rows = sorted(await session.rows(), key=lambda row: (row.country, row.person_id))
    people, now = await _named(session, rows), session.errand.cause.now
    session.say(session.about(AttendanceFile, people=people, at=now.isoformat()))
    session.errand.note("run_session", "", f"session/{session.id}/attendance", "read")


@entered("run_session")
async def show_support(session: Session, card: int) -> None:
    """Show who asked to be supported individually."""
    rows = [row for row in await session.rows() if row.attendance == "support"]
    session.say(session.about(WorkshopSupport, people=await _named(session, rows)), card)


# --- afterwards ----------------------------------------------------------------------------------------------


@entered("run_session")
async def send_material(session: Session) -> Came:
    """Send the material of a session that is over to everybody of the states, once, whether they were there or not.

    A country that does not take part is left in peace, but for those who registered all the same.
    """
    if not session.over:
        return "stale"
    people = await _readers_of_material(session)
    goes = any(each.kind == "point" and each.state == "released" for each in await session.minutes())
    notice = session.about(SessionMaterial, agenda=bool(session.milestone.agenda), points=goes)
    cycle = session.errand.actor.cycle_id
    for person, country in people:
        key = f"material/{cycle}/{session.id}/{person.id}"
        session.errand.work.outbox.post(
            person, notice, key=key, now=session.errand.cause.now, cycle_id=cycle, country=country, bulk=True
        )
    session.errand.note("run_session", "", f"session/{session.id}/material", "done")
    session.say(session.about(MaterialSent, people=len(people)))
    return "done"


async def _readers_of_material(session: Session) -> list[tuple[Person, str]]:
    work, cycle = session.errand.work, session.errand.actor.cycle_id
    answers = await work.taking_part.of(cycle)
    registered = {row.person_id for row in await session.rows()}
    found = []
    for state in countries():
        answer = answers.get(state.code)
        declined = answer is not None and answer.answer == "no"
        people = await work.people.of_country(cycle, state.code)
        found += [(person, state.code) for person in people if not declined or person.id in registered]
    return found
