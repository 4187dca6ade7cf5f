"""The region at a moment: how far every country is, from a handful of questions to the store."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from workflows.cycle.calendar import Milestone
from workflows.cycle.days.working_days import habits, working_days_between
from workflows.cycle.reminders.ladder import zone_of
from workflows.immutable import Immutable
from workflows.notices import CountryLine, Movement, Standing, StatusFigures
from workflows.people.roles import Actor
from workflows.reference import countries
from workflows.review.events import Review
from workflows.review.progress import section_lines
from workflows.review.template import Template
from workflows.store.standings import Passage, Places
from workflows.store.transaction import Work
from workflows.store.values import Cycle, Draft
from workflows.when import Exact

LONGEST: Final = timedelta(days=366)
"""Silence is counted so far back and no further."""
ARRIVED: Final[frozenset[Standing]] = frozenset(("submitted", "returned", "accepted"))
_AWAITED: Final[frozenset[Standing]] = frozenset(("joined", "begun", "none_open", "in_clearance", "returned"))
"""What a country still has to do something about: a text that was never submitted can be silent too."""
_OF_EDITION: Final[Mapping[str, Standing]] = {
    "in_clearance": "in_clearance",
    "cleared": "in_clearance",
    "submitted": "submitted",
    "reopened": "returned",
    "returned": "returned",
    "accepted": "accepted",
}
"""How far a country is by its newest frozen text that counts; every other state leads back to the draft."""
_STEPS: Final[Mapping[str, Standing]] = {
    "send": "in_clearance",
    "submit": "submitted",
    "reopen": "returned",
    "return": "returned",
    "accept": "accepted",
}
"""What acts on a frozen text are told as movements."""


class Region(Immutable):
    """Every country of the reference table in its order, and the region in numbers."""

    lines: tuple[CountryLine, ...]
    figures: StatusFigures


class _Found(Immutable):
    """What the store says of a cycle, by country."""

    drafts: Mapping[str, Draft]
    places: Mapping[str, Places]
    invited: frozenset[str]
    activity: Mapping[str, datetime]
    passages: Mapping[str, Passage]
    declined: frozenset[str]
    requests: Mapping[str, int]
    attended: Mapping[str, int]
    deadline: Milestone | None


async def region(work: Work, actor: Actor, cycle: Cycle, now: datetime) -> Region:
    """The region at a moment (UTC). Raises Denied for somebody who may not count every country's draft."""
    codes = [country.code for country in countries()]
    found = await _found(work, actor, cycle, codes, now)
    lines = tuple(_line(code, found, cycle.template, now) for code in codes)
    return Region(lines, figures(lines))


async def moved(work: Work, actor: Actor, cycle_id: str, since: datetime) -> tuple[Movement, ...]:
    """What the countries did since a moment (UTC), in the order of the reference table; who did nothing is left out."""
    codes = [country.code for country in countries()]
    came = await work.standings.came_in(cycle_id, since)
    prompts = await work.drafts.changed(actor, codes, since)
    passages = await work.standings.passages(cycle_id)
    moves = (
        Movement(
            country=code,
            came_in=came.get(code, 0),
            prompts=prompts.get(code, 0),
            steps=_steps(passages.get(code), since),
        )
        for code in codes
    )
    return tuple(move for move in moves if move.came_in or move.prompts or move.steps)


def figures(lines: Sequence[CountryLine]) -> StatusFigures:
    """The region in numbers; the two rates are of the countries that have not said that they take no part."""
    expected = [line for line in lines if line.state != "declined"]
    submitted = [line for line in expected if line.submitted_at]
    dated = any(isinstance(line.deadline, Exact) for line in expected)
    return StatusFigures(
        expected=len(expected),
        invited=sum(line.state != "not_invited" for line in expected),
        with_focal_point=sum(line.focal_points > 0 for line in expected),
        begun=sum(line.settled > 0 or bool(line.submitted_at) for line in expected),
        submitted=len(submitted),
        on_time=sum(line.on_time is not False for line in submitted) if dated else None,
        requests=sum(line.requests for line in lines if line.requests),
        apart=len(lines) - len(expected),
    )


def stuck(lines: Sequence[CountryLine]) -> tuple[CountryLine, ...]:
    """The countries that have been silent for long, in the order given."""
    return tuple(line for line in lines if line.is_stuck)


# --- one country -----------------------------------------------------------------------------------------------------


async def _found(work: Work, actor: Actor, cycle: Cycle, codes: Sequence[str], now: datetime) -> _Found:
    plan = await work.calendars.current(cycle.id)
    answers = await work.taking_part.of(cycle.id)
    return _Found(
        drafts=await work.drafts.tallies(actor, codes),
        places=await work.standings.places(cycle.id),
        invited=frozenset(await work.standings.invited(cycle.id, now)),
        activity=await work.standings.activity(cycle.id),
        passages=await work.standings.passages(cycle.id),
        declined=frozenset(code for code, said in answers.items() if said.answer == "no"),
        requests=await work.support.open_counts(cycle.id),
        attended=await work.standings.attended(cycle.id),
        deadline=plan.calendar.deadline if plan else None,
    )


def _line(code: str, found: _Found, template: Template, now: datetime) -> CountryLine:
    draft = found.drafts.get(code)
    sections = section_lines(draft.review if draft else Review(template, code))
    settled, total = sum(line.settled for line in sections), sum(line.total for line in sections)
    passage, places = found.passages.get(code), found.places.get(code)
    state = _standing(code, found, settled=settled, total=total)
    activity = found.activity.get(code)
    submitted = passage.submitted_at if passage else None
    when = found.deadline.when_for(code) if found.deadline else None
    return CountryLine(
        country=code,
        state=state,
        focal_points=places.focal_points if places else 0,
        settled=settled,
        total=total,
        words=tuple(line.words for line in sections),
        last_activity=activity.isoformat() if activity else "",
        sections=tuple((line.settled, line.total) for line in sections),
        deadline=when,
        extended=found.deadline is not None and code in found.deadline.extensions,
        quiet=_quiet(code, state, places, activity, passage, now),
        requests=found.requests.get(code, 0),
        attended=found.attended.get(code, 0),
        submitted_at=submitted.isoformat() if submitted else "",
        on_time=submitted < when.closes() if submitted and isinstance(when, Exact) else None,
    )


def _standing(code: str, found: _Found, *, settled: int, total: int) -> Standing:
    passage, places = found.passages.get(code), found.places.get(code)
    passed = _OF_EDITION.get(passage.state) if passage else None
    if passed is not None:
        return passed
    if code in found.declined:
        return "declined"
    if settled:
        return "none_open" if settled == total else "begun"
    if places and places.focal_points:
        return "joined"
    return "invited" if places or code in found.invited else "not_invited"


def _quiet(
    code: str,
    state: Standing,
    places: Places | None,
    activity: datetime | None,
    passage: Passage | None,
    now: datetime,
) -> int:
    """The country's working days since the last sign of it: a text, somebody who came in, an act on its text."""
    if state not in _AWAITED or places is None:
        return 0
    acts = [at for _, at in passage.acts] if passage else []
    last = max([places.newest, *([activity] if activity else []), *acts])
    first = max(last, now - LONGEST)
    return working_days_between(habits(), code, local_day(first, code), local_day(now, code))


def _steps(passage: Passage | None, since: datetime) -> tuple[Standing, ...]:
    acts = passage.acts if passage else ()
    told = (_STEPS[act] for act, at in acts if at > since and act in _STEPS)
    return tuple(dict.fromkeys(told))


def local_day(moment: datetime, country: str) -> date:
    """The day of a moment in a country, in Cairo for the secretariat ("")."""
    return moment.astimezone(_zone(zone_of(country))).date()


@cache
def _zone(name: str) -> ZoneInfo:
    """The zone of a name; zoneinfo itself holds only the last eight, and the region has more."""
    return ZoneInfo(name)
