"""Discussion groups and the order of presentations: assigned, balanced and moved by the secretariat."""

from collections.abc import Mapping

from workflows.cycle.calendar import Milestone
from workflows.cycle.sessions.dictation import Naming, read_move, read_naming
from workflows.cycle.sessions.workshops import balanced, placed_at, presentations, presenting_item
from workflows.notices.workshop_desk import PresenterLine, WorkshopGroups, WorkshopPresenters
from workflows.notices.workshops import GroupTold
from workflows.store.values_calendar import Registration
from workflows.use_cases.hearing import asking
from workflows.use_cases.workshops.overseeing import delegations
from workflows.use_cases.workshops.sessions import (
    Came,
    Session,
    attending,
    entered,
    group_names,
    groups,
    order,
    sizes,
)

SEVERAL = 2
"""From so many on there are groups to speak of."""


def _has_groups(milestone: Milestone) -> bool:
    return milestone.groups >= SEVERAL


def _has_presentations(milestone: Milestone) -> bool:
    return presenting_item(milestone) is not None


# --- groups --------------------------------------------------------------------------------------------------


@entered("run_session", _has_groups)
async def show_groups(session: Session) -> None:
    """Show the groups, in a card after which a delegation can be moved in words."""
    await _say_groups(session, await session.rows())


@entered("run_session", _has_groups)
async def balance(session: Session, card: int) -> None:
    """Put every delegation into a group, as even as can be; whose group changes is told."""
    rows = await session.held()
    wanted = balanced(sizes(rows), session.milestone.groups, groups(rows))
    await _place(session, rows, wanted)
    await _say_groups(session, await session.rows(), card=card)


@entered("run_session", _has_groups)
async def move(session: Session, country: str, group: int, card: int) -> Came:
    """Put one delegation into a group."""
    rows = await session.held()
    if country not in sizes(rows) or group > session.milestone.groups:
        session.errand.note("run_session", country, f"session/{session.id}", "unknown")
        return "stale"
    await _place(session, rows, {country: group})
    await _say_groups(session, await session.rows(), card=card)
    return "done"


@entered("run_session", _has_groups)
async def move_in_words(session: Session, text: str) -> None:
    """Put the delegation that a sentence names into the group that it names; asked back where one is missing.

    A group with a colon after it is given the name that follows.
    """
    rows, wanted, naming = await session.held(), read_move(text), read_naming(text)
    if naming is not None and naming.group > session.milestone.groups:
        await _say_groups(session, rows, problem="group_unknown")
    elif naming is not None:
        await _name(session, naming)
        await _say_groups(session, rows)
    elif not wanted.country:
        await _say_groups(session, rows, problem="country_unknown")
    elif not 1 <= wanted.group <= session.milestone.groups:
        await _say_groups(session, rows, problem="group_unknown")
    elif wanted.country not in sizes(rows):
        await _say_groups(session, rows, problem="not_registered", country=wanted.country)
    else:
        await _place(session, rows, {wanted.country: wanted.group})
        await _say_groups(session, await session.rows())


async def _name(session: Session, naming: Naming) -> None:
    """Give a group its name in place of an earlier one, or take it; nobody is written to about that."""
    for earlier in await session.minutes("group_name"):
        if earlier.group == naming.group:
            await session.errand.work.minutes.remove(earlier.id)
    if naming.name:
        await session.put_down("group_name", naming.name, group=naming.group)
    session.errand.note("run_session", "", f"session/{session.id}/groups", "done")


async def _place(session: Session, rows: list[Registration], wanted: Mapping[str, int]) -> None:
    """Keep the groups of these countries, and tell the people whose group changes."""
    names = group_names(await session.minutes())
    for group in sorted(set(wanted.values())):
        changed = [row for row in attending(rows) if wanted.get(row.country) == group != row.group]
        for row in changed:
            await session.change(row, group=group)
        notice = session.about(GroupTold, group=group, name=names.get(group, ""))
        await session.tell_registered(changed, notice, bulk=True)
    if wanted:
        session.errand.note("run_session", "", f"session/{session.id}/groups", "done")


async def _say_groups(
    session: Session, rows: list[Registration], *, card: int | None = None, **problem: str
) -> None:
    lines = tuple(line for line in delegations(rows) if line.attending)
    names = group_names(await session.minutes())
    notice = session.about(
        WorkshopGroups, groups=session.milestone.groups, delegations=lines, names=names, **problem
    )
    session.say(asking(notice, f"group.{session.id}"), card)


# --- presentations -------------------------------------------------------------------------------------------


@entered("run_session", _has_presentations)
async def show_presenters(session: Session, card: int) -> None:
    """Show the presentations in their order."""
    session.say(_presenters(session, await session.rows()), card)


@entered("run_session", _has_presentations)
async def place_presenter(session: Session, country: str, place: int, card: int) -> Came:
    """Put one country's presentation at a place in the order."""
    rows = await session.held()
    until_now = order(rows)
    if country not in until_now:
        session.errand.note("run_session", country, f"session/{session.id}", "unknown")
        session.say(_presenters(session, rows), card)
        return "stale"
    wanted = {each: at for at, each in enumerate(placed_at(until_now, country, place), start=1)}
    for row in rows:
        if row.country in wanted:
            await session.change(row, place=wanted[row.country])
    session.errand.note("run_session", country, f"session/{session.id}/presenters", "done")
    session.say(_presenters(session, await session.rows()), card)
    return "done"


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
