"""Discussion groups and the order of presentations: assigned, balanced and moved by the secretariat."""

from collections.abc import Mapping

from workflows.cycle.sessions.dictation import read_move
from workflows.cycle.sessions.workshops import balanced, placed_at, presentations, presenting_item
from workflows.notices import Notice
from workflows.notices.workshop_desk import PresenterLine, WorkshopGroups, WorkshopPresenters
from workflows.notices.workshops import GroupTold
from workflows.store.values_calendar import Registration
from workflows.use_cases.cause import Errand
from workflows.use_cases.hearing import asking
from workflows.use_cases.workshops.overseeing import delegations
from workflows.use_cases.workshops.sessions import Came, Session, attending, enter, groups, order, sizes

SEVERAL = 2
"""From so many on there are groups to speak of."""

# --- groups --------------------------------------------------------------------------------------------------


async def show_groups(errand: Errand, session_id: str) -> Came:
    """Show the groups, in a card after which a delegation can be moved in words."""
    session = await _with_groups(errand, session_id)
    if isinstance(session, str):
        return session
    _say_groups(session, await session.rows())
    return "done"


async def balance(errand: Errand, session_id: str, card: int) -> Came:
    """Put every delegation into a group, as even as can be; whose group changes is told."""
    session = await _with_groups(errand, session_id)
    if isinstance(session, str):
        return session
    rows = await session.rows()
    wanted = balanced(sizes(rows), session.milestone.groups, groups(rows))
    await _place(session, rows, wanted)
    _say_groups(session, await session.rows(), card=card)
    return "done"


async def move(errand: Errand, session_id: str, country: str, group: int, card: int) -> Came:
    """Put one delegation into a group."""
    session = await _with_groups(errand, session_id)
    if isinstance(session, str):
        return session
    rows = await session.rows()
    if country not in sizes(rows) or group > session.milestone.groups:
        errand.note("run_session", country, f"session/{session_id}", "unknown")
        return "stale"
    await _place(session, rows, {country: group})
    _say_groups(session, await session.rows(), card=card)
    return "done"


async def move_in_words(errand: Errand, session_id: str, text: str) -> Came:
    """Put the delegation that a sentence names into the group that it names; asked back where one is missing."""
    session = await _with_groups(errand, session_id)
    if isinstance(session, str):
        return session
    rows, wanted = await session.rows(), read_move(text)
    if not wanted.country:
        _say_groups(session, rows, problem="country_unknown")
    elif not 1 <= wanted.group <= session.milestone.groups:
        _say_groups(session, rows, problem="group_unknown")
    elif wanted.country not in sizes(rows):
        _say_groups(session, rows, problem="not_registered", country=wanted.country)
    else:
        await _place(session, rows, {wanted.country: wanted.group})
        _say_groups(session, await session.rows())
    return "done"


async def _with_groups(errand: Errand, session_id: str) -> Session | Came:
    session = await enter(errand, "run_session", session_id)
    if isinstance(session, Session) and session.milestone.groups < SEVERAL:
        return "stale"
    return session


async def _place(session: Session, rows: list[Registration], wanted: Mapping[str, int]) -> None:
    """Keep the groups of these countries, and tell the people whose group changes."""
    for group in sorted(set(wanted.values())):
        changed = [row for row in attending(rows) if wanted.get(row.country) == group != row.group]
        for row in changed:
            await session.change(row, group=group)
        await _tell(session, changed, session.about(GroupTold, group=group))
    if wanted:
        session.errand.note("run_session", "", f"session/{session.id}/groups", "done")


async def _tell(session: Session, rows: list[Registration], notice: Notice) -> None:
    people = [await session.errand.work.people.by_id(row.person_id) for row in rows]
    await session.tell([person for person in people if person is not None], notice, bulk=True)


def _say_groups(
    session: Session, rows: list[Registration], *, card: int | None = None, **problem: str
) -> None:
    lines = tuple(line for line in delegations(rows) if line.attending)
    notice = session.about(WorkshopGroups, groups=session.milestone.groups, delegations=lines, **problem)
    session.say(asking(notice, f"group.{session.id}"), card)


# --- presentations -------------------------------------------------------------------------------------------


async def show_presenters(errand: Errand, session_id: str, card: int) -> Came:
    """Show the presentations in their order."""
    session = await _with_presentations(errand, session_id)
    if isinstance(session, str):
        return session
    session.say(_presenters(session, await session.rows()), card)
    return "done"


async def place_presenter(errand: Errand, session_id: str, country: str, place: int, card: int) -> Came:
    """Put one country's presentation at a place in the order."""
    session = await _with_presentations(errand, session_id)
    if isinstance(session, str):
        return session
    rows = await session.rows()
    until_now = order(rows)
    if country not in until_now:
        errand.note("run_session", country, f"session/{session_id}", "unknown")
        session.say(_presenters(session, rows), card)
        return "stale"
    wanted = {each: at for at, each in enumerate(placed_at(until_now, country, place), start=1)}
    for row in rows:
        if row.country in wanted:
            await session.change(row, place=wanted[row.country])
    errand.note("run_session", country, f"session/{session_id}/presenters", "done")
    session.say(_presenters(session, await session.rows()), card)
    return "done"


async def _with_presentations(errand: Errand, session_id: str) -> Session | Came:
    session = await enter(errand, "run_session", session_id)
    if isinstance(session, Session) and presenting_item(session.milestone) is None:
        return "stale"
    return session


def _presenters(session: Session, rows: list[Registration]) -> WorkshopPresenters:
    item = presenting_item(session.milestone)
    turns = presentations(item, order(rows)) if item else ()
    said = {
        row.country: row.presents for row in sorted(attending(rows), key=lambda row: row.presents is not None)
    }
    return session.about(
        WorkshopPresenters,
        minutes=item.minutes if item else 0,
        seconds=turns[0].seconds if turns else 0,
        order=tuple(PresenterLine(country=turn.country, starts=f"{turn.starts:%H:%M}") for turn in turns),
        undecided=tuple(sorted(country for country, presents in said.items() if presents is None)),
        declined=tuple(sorted(country for country, presents in said.items() if presents is False)),
    )
