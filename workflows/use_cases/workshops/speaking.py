"""The list of speakers of a session: delegations ask for the floor, the secretariat gives it in its order.

A delegation has one place at a time, whoever of it asked; once it has spoken it may ask again. Others are told of
countries and of nobody's name.
"""

from msgspec.structs import replace

from workflows.cycle.sessions.dictation import read_turn
from workflows.cycle.sessions.workshops import placed_at
from workflows.notices.speaking import FloorTold, SpeakerLine, WorkshopSpeakers
from workflows.store.values_calendar import Minute
from workflows.use_cases.hearing import asking
from workflows.use_cases.workshops.registering import comes, own, session_card
from workflows.use_cases.workshops.sessions import (
    Came,
    Session,
    attending,
    entered,
    entered_by_minute,
    speaking,
    waiting,
)

# --- those who attend --------------------------------------------------------------------------------------------


@entered("attend_session")
async def ask_floor(session: Session, card: int) -> Came:
    """Put the person's delegation on the list, at its end; where it stands there or speaks, nothing changes."""
    rows = await session.held()
    if not comes(session, own(session, rows)):
        return "stale"
    listed = _has_place(await session.held_minutes("floor"), session.errand.actor.country)
    if not listed:
        await _add(session, session.errand.actor.country, session.errand.person.id)
    session.say(await session_card(session, rows), card)
    return "already" if listed else "done"


@entered("attend_session")
async def take_back(session: Session, card: int) -> Came:
    """Take the delegation's place off the list; nothing of it is kept."""
    rows, country = await session.held(), session.errand.actor.country
    mine = [minute for minute in waiting(await session.held_minutes("floor")) if minute.country == country]
    for minute in mine:
        await session.errand.work.minutes.remove(minute.id)
    if comes(session, own(session, rows)):
        session.say(await session_card(session, rows), card)
    return "done" if mine else "stale"


# --- the secretariat ---------------------------------------------------------------------------------------------


@entered("run_session")
async def show_speakers(session: Session, card: int | None = None) -> None:
    """Show the list, in a card after which a delegation can be put on it in words."""
    await _say_list(session, card)


@entered("run_session")
async def add_in_words(session: Session, text: str) -> None:
    """Put the delegation that is named on the list, or at the place that is named with it; asked back without one.

    One that speaks is not put there again: the list says that it speaks.
    """
    await session.held()
    wanted = read_turn(text)
    if not wanted.country:
        await _say_list(session, problem="country_unknown")
        return
    kept = await session.held_minutes("floor")
    on = speaking(kept)
    if on is None or on.country != wanted.country:
        place = next((minute for minute in waiting(kept) if minute.country == wanted.country), None)
        if place is None:
            place = await _add(session, wanted.country, None)
        if wanted.place:
            await _put(session, place, wanted.place)
        _note(session, wanted.country)
    await _say_list(session)


@entered_by_minute("run_session", "floor")
async def give(session: Session, minute: Minute, card: int) -> Came:
    """Give a delegation the floor: it is told at once, and the next one that it is next; who had it has spoken."""
    rows = await session.held()
    kept = await session.held_minutes("floor")
    before = speaking(kept)
    if minute.id not in {each.id for each in waiting(kept)}:
        await _say_list(session, card)
        return "already" if before is not None and before.id == minute.id else "stale"
    if before is not None:
        await session.errand.work.minutes.save(replace(before, state="done"))
    await session.errand.work.minutes.save(replace(minute, state="speaking"))
    following = next((each for each in waiting(kept) if each.id != minute.id), None)
    told = {minute.country: "given", **({following.country: "next"} if following else {})}
    for country, code in told.items():
        delegation = [row for row in attending(rows) if row.country == country]
        await session.tell_registered(delegation, session.about(FloorTold, code=code))
    _note(session, minute.country)
    await _say_list(session, card)
    return "done"


@entered_by_minute("run_session", "floor")
async def finish(session: Session, minute: Minute, card: int) -> Came:
    """The delegation has spoken; it may ask again."""
    before = speaking(await session.held_minutes("floor"))
    spoke = before is not None and before.id == minute.id
    if spoke:
        await session.errand.work.minutes.save(replace(minute, state="done"))
        _note(session, minute.country)
    await _say_list(session, card)
    return "done" if spoke else "stale"


@entered_by_minute("run_session", "floor")
async def remove(session: Session, minute: Minute, card: int) -> Came:
    """Take a place that waits off the list."""
    waits = await _waits(session, minute)
    if waits:
        await session.errand.work.minutes.remove(minute.id)
        _note(session, minute.country)
    await _say_list(session, card)
    return "done" if waits else "stale"


@entered_by_minute("run_session", "floor")
async def move(session: Session, minute: Minute, place: int, card: int) -> Came:
    """Put a place that waits elsewhere in the order, from 1."""
    waits = await _waits(session, minute)
    if waits:
        await _put(session, minute, place)
        _note(session, minute.country)
    await _say_list(session, card)
    return "done" if waits else "stale"


# --- both --------------------------------------------------------------------------------------------------------


async def _waits(session: Session, minute: Minute) -> bool:
    """Whether a place still waits for the floor, which nobody else changes from now on."""
    return minute.id in {each.id for each in waiting(await session.held_minutes("floor"))}


def _has_place(kept: list[Minute], country: str) -> bool:
    """Whether a delegation waits for the floor or has it."""
    return any(each.country == country and each.state in ("open", "speaking") for each in kept)


async def _add(session: Session, country: str, author_id: int | None) -> Minute:
    """A place at the end of the list; of one that was asked for in the room nobody is the author."""
    last = max((minute.place for minute in await session.minutes("floor")), default=0)
    return await session.put_down("floor", "", country=country, author_id=author_id, place=last + 1)


async def _put(session: Session, minute: Minute, place: int) -> None:
    listed = {str(each.id): each for each in waiting(await session.minutes("floor"))}
    first = min((each.place for each in listed.values()), default=1)
    for at, name in enumerate(placed_at(list(listed), str(minute.id), place), start=first):
        if name in listed and listed[name].place != at:
            await session.errand.work.minutes.save(replace(listed[name], place=at))


def _note(session: Session, country: str) -> None:
    session.errand.note("run_session", country, f"session/{session.id}/speakers", "done")


async def _say_list(session: Session, card: int | None = None, **problem: str) -> None:
    kept = await session.minutes("floor")
    on = speaking(kept)
    spoken = (each.country for each in kept if each.state == "done")
    notice = session.about(
        WorkshopSpeakers,
        speaking=await _line(session, on) if on else None,
        waiting=tuple([await _line(session, each) for each in waiting(kept)]),
        spoken=tuple(dict.fromkeys(spoken)),
        **problem,
    )
    session.say(asking(notice, f"speaker.{session.id}"), card)


async def _line(session: Session, minute: Minute) -> SpeakerLine:
    asker = await session.errand.work.people.by_id(minute.author_id) if minute.author_id else None
    return SpeakerLine(id=minute.id, country=minute.country, name=asker.name if asker else "")
