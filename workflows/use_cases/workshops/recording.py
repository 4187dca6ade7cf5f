"""The minutes of a session in words: points of the whole session or of a group, read by the states once released."""

from msgspec.structs import replace

from workflows.notices.points import AskPoint, PointKept, PointNote, PointsFile, WorkshopPoints
from workflows.notices.workshops import PointSort
from workflows.store.values_calendar import Minute
from workflows.use_cases.hearing import asking, closing
from workflows.use_cases.workshops.sessions import (
    Came,
    Session,
    entered,
    entered_by_minute,
    group_names,
    groups_of,
)


@entered()
async def show_points(session: Session, page: int, card: int) -> None:
    """Show the points: all to the secretariat, after which no text is a point; to a state those that were released."""
    notice = await _points(session, page)
    session.say(closing(notice) if session.runs else notice, card)


@entered("run_session")
async def ask_point(session: Session, group: int) -> Came:
    """Let every text that follows be a point of a group, or of the whole session (0)."""
    if group > groups_of(session.milestone):
        return "stale"
    names = group_names(await session.minutes())
    session.say(asking(session.about(AskPoint, group=group, names=names), f"point.{session.id}.{group}"))
    return "done"


@entered("run_session")
async def take_point(session: Session, group: int, written: tuple[str, int]) -> Came:
    """Keep a text, with the message that it came in, as a point."""
    if group > groups_of(session.milestone):
        return "stale"
    text, message = written
    point = await session.put_down("point", text, group=group, message=message)
    await _say_point(session, point)
    return "done"


@entered("run_session")
async def correct(session: Session, written: tuple[str, int]) -> Came:
    """Let the officer's own point follow its message, which was edited; the new words are let go by a press anew."""
    text, message = written
    me = session.errand.person.id
    kept = await session.held_minutes("point")
    point = next((each for each in kept if (each.author_id, each.message) == (me, message)), None)
    if point is None:
        return "stale"
    changed = replace(point, text=text, state="open" if text != point.text else point.state)
    await session.errand.work.minutes.save(changed)
    await _say_point(session, changed)
    return "done"


@entered_by_minute("run_session", "point")
async def show_point(session: Session, point: Minute) -> None:
    """Show one point with its keys."""
    await _say_point(session, point)


@entered_by_minute("run_session", "point")
async def set_sort(session: Session, point: Minute, sort: PointSort, card: int) -> Came:
    """Say what a point is."""
    kept = {each.id: each for each in await session.held_minutes("point")}
    if point.id not in kept:
        return "stale"
    changed = replace(kept[point.id], sort=sort)
    await session.errand.work.minutes.save(changed)
    await _say_point(session, changed, card)
    return "done" if sort != point.sort else "already"


@entered_by_minute("run_session", "point")
async def remove(session: Session, point: Minute, card: int) -> None:
    """Delete a point with its words."""
    await session.errand.work.minutes.remove(point.id)
    session.errand.note("run_session", "", f"session/{session.id}/points", "done")
    session.say(closing(await _points(session, 0)), card)


@entered("run_session")
async def let_go(session: Session, card: int, *, go: bool) -> None:
    """Let all points go along with the material, or keep them back; what comes later waits for a press of its own."""
    for point in await session.held_minutes("point"):
        state = "released" if go else "open"
        if point.state != state:
            await session.errand.work.minutes.save(replace(point, state=state))
    session.errand.note("run_session", "", f"session/{session.id}/points", "done")
    session.say(await _points(session, 0), card)


@entered()
async def send_file(session: Session) -> Came:
    """Send the points that the person may read as a Word document."""
    put_down = await session.minutes()
    kept = _readable(session, put_down)
    if not kept:
        return "stale"
    notice = session.about(
        PointsFile,
        points=tuple(map(_note, kept)),
        names=group_names(put_down),
        at=session.errand.cause.now.isoformat(),
    )
    session.say(notice)
    return "done"


async def _say_point(session: Session, point: Minute, card: int | None = None) -> None:
    names = group_names(await session.minutes())
    notice = session.about(PointKept, point=_note(point), names=names)
    session.say(asking(notice, f"point.{session.id}.{point.group}"), card)


def _readable(session: Session, put_down: list[Minute]) -> list[Minute]:
    """The points of the whole session first, then group by group, in the order in which they were put down."""
    points = [each for each in put_down if each.kind == "point"]
    kept = [each for each in points if session.runs or each.state == "released"]
    return sorted(kept, key=lambda each: (each.group, each.id))


async def _points(session: Session, page: int) -> WorkshopPoints:
    put_down = await session.minutes()
    return session.about(
        WorkshopPoints,
        runs=session.runs,
        points=tuple(map(_note, _readable(session, put_down))),
        groups=groups_of(session.milestone),
        names=group_names(put_down),
        page=page,
    )


def _note(point: Minute) -> PointNote:
    return PointNote(
        id=point.id,
        text=point.text,
        group=point.group,
        sort=point.sort,
        released=point.state == "released",
    )
