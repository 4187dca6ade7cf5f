"""A frozen text never hangs: whoever is awaited on its way to being submitted is asked again, on working days."""

from collections.abc import Iterable, Sequence
from typing import Final

from workflows.notices.submission import PassageAwaited
from workflows.people.roles import Person
from workflows.review.passage import State
from workflows.store.transaction import Work
from workflows.store.values_clearance import Edition
from workflows.use_cases.exchange.moments import Moment, post
from workflows.use_cases.submission.marks import mark_of
from workflows.use_cases.submission.telling import Concerned, clearers, focal_points, of_country

_AWAITED: Final[frozenset[State]] = frozenset({"in_clearance", "changes_asked", "cleared"})


async def remind_of_passage(work: Work, now: Moment, editions: Iterable[Edition]) -> None:
    """Tell the people of each country whose text has waited for as long as the policy allows, or longer.

    A text that nobody had to clear is only a question that was not answered: nobody is reminded of it.
    """
    for edition in editions:
        country = edition.country
        if edition.state not in _AWAITED or not edition.step:
            continue
        days = now.waited(country, edition.state_at)
        if days < now.hours.every or not now.is_in_rhythm(country) or not now.is_decent(country):
            continue
        await _remind(work, now, edition, days)


async def _remind(work: Work, now: Moment, edition: Edition, days: int) -> None:
    people = await of_country(work, edition.cycle_id, edition.country)
    asked = clearers(people, edition.step) if edition.state == "in_clearance" else []
    mark, place = mark_of(edition), (edition.cycle_id, edition.country)
    told = PassageAwaited(mark=mark, days=days, without=edition.state == "in_clearance" and not asked)
    await post(work, now, place, _persons(asked), told.model_copy(update={"role": "clearer"}))
    await post(work, now, place, _persons(focal_points(people)), told)


def _persons(people: Sequence[Concerned]) -> list[Person]:
    return [person for person, _ in people]
