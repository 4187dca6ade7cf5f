"""Questions about dates are answered by the calendar of the cycle as it stands, with what was moved."""

from collections.abc import Iterable

from workflows.cycle.calendar import Milestone, MilestoneKind, is_over
from workflows.reference.process import Dated
from workflows.reference.terms import Term
from workflows.spelling import plain
from workflows.use_cases.calendar import showing
from workflows.use_cases.cause import Errand
from workflows.when import Exact, Unstated

_KINDS: dict[Dated, MilestoneKind] = {
    "forum": "forum",
    "hours": "forum",
    "themes": "forum",
    "deadline": "deadline",
    "review_forum": "review_forum",
    "briefing": "briefing",
    "outcome": "outcome_document",
}


_EVENTS: dict[str, Dated] = {"regional_forum": "forum", "imrf": "review_forum"}
"""Terms of the glossary that are events: who types the name alone asks for its date before its meaning."""


def event_of(term: Term, words: str) -> Dated | None:
    """The event that words name by a name of its term, saying nothing else; None where they ask what it is."""
    wanted = plain(words)
    return _EVENTS.get(term.id) if any(plain(name) == wanted for name in term.names()) else None


async def show_dates(errand: Errand, wanted: Dated) -> bool:
    """Show the event that a question means; False where the calendar has no such date, and no titles of themes."""
    plan = await errand.work.calendars.current(errand.actor.cycle_id)
    if plan is None:
        return False
    if wanted == "all":
        await showing.show_calendar(errand)
        return True
    if wanted == "themes" and not any(theme.title for theme in plan.calendar.themes):
        return False
    found = _next(_meant(plan.calendar.milestones, wanted), errand)
    if found is None or not _is_known(found, wanted, errand.actor.country):
        return False
    return await showing.show_event(errand, found.id)


def _meant(milestones: Iterable[Milestone], wanted: Dated) -> list[Milestone]:
    if wanted in ("session1", "session2"):
        return [each for each in milestones if each.session == int(wanted[-1])]
    return [each for each in milestones if each.kind == _KINDS[wanted]]


def _next(found: list[Milestone], errand: Errand) -> Milestone | None:
    """The first that is not over; the last one where all are."""
    country, now = errand.actor.country, errand.cause.now
    return next(
        (each for each in found if not is_over(each.when_for(country), now)), found[-1] if found else None
    )


def _is_known(milestone: Milestone, wanted: Dated, country: str) -> bool:
    """Whether the calendar says what was asked: a date, or the hours of one; themes need none."""
    if wanted == "themes":
        return True
    when = milestone.when_for(country)
    if wanted == "hours":
        return isinstance(when, Exact) and when.starts is not None
    return not isinstance(when, Unstated)
