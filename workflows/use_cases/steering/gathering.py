"""Who is in an audience now, and when each of them may decently be written to: asked of the store once for all."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from workflows.cycle.calendar import Calendar
from workflows.cycle.days.working_days import habits
from workflows.cycle.reminders.ladder import Reader
from workflows.cycle.reminders.policy import ReminderPolicy
from workflows.cycle.reminders.policy_file import default_policy
from workflows.cycle.reminders.sending import decent_for
from workflows.immutable import Immutable
from workflows.people.audience import (
    OF_A_STATE,
    Audience,
    Facts,
    Presence,
    Progress,
    Section,
    matches,
    parts_of,
    sessions_in,
)
from workflows.people.roles import Actor, Role
from workflows.reference import countries
from workflows.review.progress import section_lines
from workflows.store.standings import Places
from workflows.store.transaction import Work
from workflows.store.values_announcements import Placed

SUBMITTED = frozenset({"submitted", "accepted"})
"""The states of a frozen text in which nothing more is asked of a country."""


class Addressees(Immutable):
    """Who is in an audience: those who can be written to, those who cannot, and the states without anybody to tell.

    The latter are those of the audience in which nobody holds a role that it is for. `spared` counts who is left in
    peace: a ready word would not go to them.
    """

    people: tuple[Placed, ...]
    unreachable: tuple[Placed, ...]
    nobody: tuple[str, ...]
    spared: int = 0


class Region(Immutable):
    """What is true of a cycle's countries, as far as an audience asks."""

    places: Mapping[str, Places]
    invited: frozenset[str]
    declined: frozenset[str]
    submitted: frozenset[str]
    settled: Mapping[str, Mapping[str, tuple[int, int]]]
    sessions: Mapping[str, Mapping[int, Presence]]

    def of_a_state(self, country: str) -> Facts:
        """What is true of a state, whoever of it is written to."""
        places = self.places.get(country)
        return Facts(
            person_id=0,
            role="",
            country=country,
            declined=country in self.declined,
            focal_points=places.focal_points if places else 0,
            people=places.people if places else 0,
            invited=country in self.invited,
            submitted=country in self.submitted,
            settled=self.settled.get(country, {}),
        )

    def of(self, placed: Placed, state: Facts) -> Facts:
        """What is true of a person of that state."""
        presences = {
            session: people[placed.person_id]
            for session, people in self.sessions.items()
            if placed.person_id in people
        }
        return Facts(
            placed.person_id,
            placed.role,
            placed.country,
            placed.reach,
            state.declined,
            state.focal_points,
            state.people,
            state.invited,
            state.submitted,
            state.settled,
            presences,
        )


async def addressees(
    work: Work, cycle_id: str, audience: Audience, now: datetime, but: Iterable[int] = ()
) -> Addressees:
    """Who is in an audience at a moment (UTC), by number; `but` are left out, such as who writes."""
    placed = await work.announcements.placed(cycle_id)
    region = await _region(work, cycle_id, audience, {each.country for each in placed}, now)
    codes = {*(state.code for state in countries()), *(each.country for each in placed)}
    states = {country: region.of_a_state(country) for country in codes}
    spared = frozenset(but)
    found = [
        each
        for each in placed
        if each.person_id not in spared and matches(audience, region.of(each, states[each.country]))
    ]
    held = {(each.country, each.role) for each in placed}
    nobody = [
        country
        for country, facts in states.items()
        if country and _lacks_anybody(country, _wanted(audience, facts), held)
    ]
    return Addressees(
        tuple(each for each in found if each.reach == "open"),
        tuple(each for each in found if each.reach != "open"),
        tuple(sorted(nobody)),
    )


def _wanted(audience: Audience, state: Facts) -> frozenset[Role]:
    """In which roles people of a state would be in an audience, if there were any."""
    return frozenset(role for role in OF_A_STATE if matches(audience, replace(state, role=role)))


def _lacks_anybody(country: str, wanted: frozenset[Role], held: Collection[tuple[str, str]]) -> bool:
    return bool(wanted) and not any((country, role) in held for role in wanted)


async def _region(
    work: Work, cycle_id: str, audience: Audience, present: Iterable[str], now: datetime
) -> Region:
    answers = await work.taking_part.of(cycle_id)
    passages = await work.standings.passages(cycle_id)
    counted = any(isinstance(part, Section | Progress) for part in parts_of(audience))
    return Region(
        await work.standings.places(cycle_id),
        frozenset(await work.standings.invited(cycle_id, now)),
        frozenset(country for country, said in answers.items() if said.answer == "no"),
        frozenset(country for country, passage in passages.items() if passage.state in SUBMITTED),
        await settled(work, cycle_id, sorted(filter(None, present))) if counted else {},
        {session: await _presences(work, cycle_id, session) for session in sessions_in(audience)},
    )


async def settled(work: Work, cycle_id: str, codes: Sequence[str]) -> dict[str, dict[str, tuple[int, int]]]:
    """For each of these countries the settled and all prompts of each section; nothing of what they wrote."""
    counting = Actor(0, "secretariat", "", cycle_id)
    drafts = await work.drafts.tally_all(counting, codes)
    return {
        country: {line.id: (line.settled, line.total) for line in section_lines(draft.review)}
        for country, draft in drafts.items()
    }


async def _presences(work: Work, cycle_id: str, session: str) -> dict[int, Presence]:
    rows = await work.registrations.of_session(cycle_id, session)
    return {row.person_id: Presence(row.attendance, row.group, row.attended) for row in rows}


class Moments:
    """When somebody of a country is written to: at once, or at the first decent moment of that country."""

    def __init__(self, policy: ReminderPolicy, wanted: datetime, *, decent: bool) -> None:
        self._policy = policy
        self._wanted = wanted
        self._decent = decent
        self._known: dict[str, datetime] = {}

    @classmethod
    async def of(cls, work: Work, cycle_id: str, wanted: datetime, *, decent: bool) -> "Moments":
        """By the policy of a cycle's calendar, by the house's own without one."""
        plan = await work.calendars.current(cycle_id)
        return cls(plan.policy if plan else default_policy(), wanted, decent=decent)

    def at(self, country: str) -> datetime:
        """The moment (UTC), not before the one that was wanted."""
        if not self._decent:
            return self._wanted
        if country not in self._known:
            reader = Reader(0, "focal_point", country, self._wanted)
            self._known[country] = decent_for(self._policy, habits(), reader, self._wanted)[0]
        return self._known[country]


async def calendar_of(work: Work, cycle_id: str) -> Calendar | None:
    """The calendar of a cycle as it stands."""
    plan = await work.calendars.current(cycle_id)
    return plan.calendar if plan else None
