"""The short evaluation of a session: three taps and a comment, from those who were there; read without names."""

import json

from msgspec.structs import replace

from workflows.notices.workshop_desk import WorkshopEvaluation
from workflows.notices.workshops import (
    HIGHEST,
    MARKS,
    AskComment,
    CommentKept,
    Evaluation,
    Mark,
    SessionMaterial,
)
from workflows.store.values_calendar import Minute
from workflows.use_cases.hearing import asking, closing
from workflows.use_cases.workshops.registering import may_evaluate, own
from workflows.use_cases.workshops.sessions import Came, Session, entered


@entered("attend_session")
async def evaluate(session: Session, card: int | None = None, given: tuple[Mark, int] | None = None) -> Came:
    """Ask for the marks one after the other; `given` is the one that was pressed.

    Who was absent is asked nothing and gets what there is of the session; before the end nobody is asked.
    """
    if not session.over:
        return "stale"
    if not may_evaluate(session, own(session, await session.rows())):
        session.say(session.about(SessionMaterial, agenda=bool(session.milestone.agenda)))
        return "done"
    kept = await _own(session)
    marks = _marks(kept) if kept else {}
    if given is not None:
        await _give(session, kept, {**marks, given[0]: given[1]})
        await _answer(session, {**marks, given[0]: given[1]}, card, first_time=len(marks) < len(MARKS))
    else:
        session.say(closing(session.about(Evaluation, marks=marks)))
    return "done"


async def _give(session: Session, kept: Minute | None, marks: dict[Mark, int]) -> None:
    if kept is None:
        await session.put_down("evaluation", "", marks=json.dumps(marks))
    else:
        await session.errand.work.minutes.save(replace(kept, marks=json.dumps(marks)))


async def _answer(session: Session, marks: dict[Mark, int], card: int | None, *, first_time: bool) -> None:
    """The next mark in the same card; after the last one, a card of its own for the comment."""
    notice = session.about(Evaluation, marks={mark: marks[mark] for mark in MARKS if mark in marks})
    session.say(notice, card)
    if notice.next is None and first_time:
        session.say(asking(session.about(AskComment), f"comment.{session.id}"))


@entered("attend_session")
async def take_comment(session: Session, text: str) -> Came:
    """Keep a comment with the person's evaluation; a later one takes its place."""
    kept = await _own(session)
    if kept is None:
        return "stale"
    await session.errand.work.minutes.save(replace(kept, text=text))
    session.say(closing(session.about(CommentKept)))
    return "done"


@entered("run_session")
async def show_evaluations(session: Session, page: int, card: int) -> None:
    """Show the secretariat what the evaluations say together."""
    kept = await session.minutes("evaluation")
    given = [_marks(minute) for minute in kept]
    means = {mark: _mean([marks[mark] for marks in given if mark in marks]) for mark in MARKS}
    notice = session.about(
        WorkshopEvaluation,
        count=len(kept),
        means={mark: mean for mark, mean in means.items() if mean},
        comments=tuple(sorted(minute.text for minute in kept if minute.text)),
        page=page,
    )
    session.say(notice, card)


async def _own(session: Session) -> Minute | None:
    kept = await session.minutes("evaluation")
    return next((minute for minute in kept if minute.author_id == session.errand.person.id), None)


def _marks(minute: Minute) -> dict[Mark, int]:
    given = json.loads(minute.marks or "{}")
    return {mark: min(max(int(given[mark]), 1), HIGHEST) for mark in MARKS if mark in given}


def _mean(values: list[int]) -> int:
    """The mean in tenths, rounded half up; 0 without values."""
    return (20 * sum(values) + len(values)) // (2 * len(values)) if values else 0
