"""Who is reminded, and what is true of them and their countries: asked of the store once for all who are in hand."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from typing import Final, Literal
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from workflows.cycle.reminders.ladder import Reader, day_of, zone_of
from workflows.cycle.reminders.sending import WEEK, Progress, Standing
from workflows.cycle.reminders.silences import silent_since
from workflows.cycle.reminders.steps import DueStep
from workflows.notices import Budget
from workflows.people.roles import Actor, Membership, Person
from workflows.review.events import Review
from workflows.review.path import next_open
from workflows.review.progress import section_lines, tally
from workflows.store.transaction import Work
from workflows.store.values import Draft
from workflows.store.values_calendar import Minute, Plan, Preference, Registration
from workflows.when import Exact

SENT_READ: Final = 1_000
"""How many reminders of one country are looked through for the first one of a deadline."""


def place_in(person: Person, cycle_id: str) -> Membership | None:
    """The place that somebody holds in a cycle now."""
    return next((place for place in person.memberships if place.cycle_id == cycle_id), None)


def reader_of(person: Person, place: Membership, preference: Preference) -> Reader:
    """The person as reminders see them."""
    return Reader(person.id, place.role, place.country, place.began_at, preference.hour)


async def readers_of(work: Work, cycle_id: str, people: Iterable[Person]) -> list[Reader]:
    """Those of the people who hold a place in the cycle and can be reached or may be again."""
    held = [(person, place) for person in people if (place := place_in(person, cycle_id))]
    preferences = await work.preferences.of([person.id for person, _ in held])
    return [reader_of(person, place, preferences[person.id]) for person, place in held]


class Situation:
    """A cycle at a moment (UTC), for the people in hand; each question is put to the store once."""

    def __init__(self, work: Work, plan: Plan, now: datetime) -> None:
        self._work = work
        self._plan = plan
        self._now = now
        self._drafts: dict[str, Draft] = {}
        self._progress: dict[str, Progress] = {}
        self._taking_part: dict[str, Literal["", "yes", "no"]] | None = None
        self._registrations: dict[str, dict[int, Registration]] = {}
        self._evaluated: dict[str, set[int]] = {}
        self._steps: dict[str, dict[int, Minute]] = {}
        self._handed_over: frozenset[str] | None = None
        self._first: dict[str, datetime | None] = {}
        self._budgets: dict[str, Budget | None] = {}

    # --- people ---------------------------------------------------------------------------------------------------

    async def standings(
        self, people: Mapping[int, Person], sessions: Collection[str]
    ) -> dict[int, tuple[Standing, Preference]]:
        """What is true of each of these people, as far as these sessions are concerned."""
        preferences = await self._work.preferences.of(list(people))
        letters = await self._work.reminders.sent_since(list(people), self._now - WEEK)
        nudged = await self._work.announcements.nudged_since(list(people), self._now - WEEK)
        for session in sessions:
            await self._look_at(session)
        if self._handed_over is None:
            self._handed_over = frozenset(await self._work.hand_overs.of(self._plan.cycle_id))
        return {
            number: (
                self._standing(person, preferences[number], [*letters[number], *nudged[number]], sessions),
                preferences[number],
            )
            for number, person in people.items()
        }

    async def _look_at(self, session: str) -> None:
        if session in self._registrations:
            return
        cycle = self._plan.cycle_id
        found = await self._work.registrations.of_session(cycle, session)
        self._registrations[session] = {each.person_id: each for each in found}
        minutes = await self._work.minutes.of_session(cycle, session)
        self._steps[session] = {each.id: each for each in minutes if each.kind == "next_step"}
        self._evaluated[session] = {
            each.author_id for each in minutes if each.kind == "evaluation" and each.author_id
        }

    def _standing(
        self, person: Person, preference: Preference, letters: list[datetime], sessions: Collection[str]
    ) -> Standing:
        own = {
            session: found
            for session in sessions
            if (found := self._registrations[session].get(person.id)) is not None
        }
        return Standing(
            reach=person.reach if person.telegram_id is not None else "gone",
            paused=preference.paused,
            snoozed_until=preference.snoozed_until,
            letters=tuple(letters),
            attendance={session: each.attendance for session, each in own.items()},
            attended={session: each.attended for session, each in own.items()},
            handed_over=self._handed_over or frozenset(),
            open_steps=self._open_steps(sessions),
            evaluated=frozenset(session for session in sessions if person.id in self._evaluated[session]),
        )

    def _open_steps(self, sessions: Collection[str]) -> frozenset[str]:
        found = [step for session in sessions for step in open_steps(self._steps[session].values())]
        return frozenset(step.rung for step in found)

    async def step(self, session: str, number: int) -> Minute | None:
        """A next step of a session."""
        await self._look_at(session)
        return self._steps[session].get(number)

    # --- countries --------------------------------------------------------------------------------------------------

    async def progress(self, country: str, *, silence: bool = False) -> Progress:
        """How far a country is, with how long it has been silent where that is asked; nothing of what it wrote.

        What is submitted counts as settled, whatever it leaves open: nobody is reminded of it.
        """
        if not country:
            return Progress()
        if country not in self._progress:
            draft = await self.draft(country)
            counts = tally(draft.review)
            answer = (await self._answers()).get(country, "")
            settled = counts.total if draft.locked else counts.settled
            self._progress[country] = Progress(settled, counts.total, answer)
        if not silence:
            return self._progress[country]
        return replace(self._progress[country], silent_since=await self.silent_since(country))

    async def budget(self, country: str) -> Budget | None:
        """The words left in the section where the country's work goes on; None where nothing is open."""
        if country not in self._budgets:
            self._budgets[country] = _budget((await self.draft(country)).review)
        return self._budgets[country]

    async def draft(self, country: str) -> Draft:
        """A country's draft, to be counted."""
        if country not in self._drafts:
            counting = Actor(0, "secretariat", "", self._plan.cycle_id)
            self._drafts[country] = await self._work.drafts.tally(counting, country)
        return self._drafts[country]

    async def silent_since(self, country: str) -> date | None:
        """The day from which the country's silence before the deadline counts."""
        first = await self.first_reminder(country)
        return silent_since(country, first, (await self.draft(country)).last_activity)

    async def first_reminder(self, country: str) -> datetime | None:
        """When the country's focal points were first reminded of the deadline as it stands (UTC)."""
        deadline = self._plan.calendar.deadline
        when = deadline.when_for(country) if deadline else None
        if deadline is None or not isinstance(when, Exact) or not self._plan.policy.escalations:
            return None
        if country not in self._first:
            sent = await self._work.reminders.of_cycle(
                self._plan.cycle_id, "sent", country=country, limit=SENT_READ
            )
            moments = [
                each.settled_at
                for each in sent
                if each.milestone == deadline.id
                and each.content != "silence"
                and each.settled_at is not None
                # A deadline that was moved is a new one: nobody has been silent about it before being told of it.
                and day_of(each.key) == f"{when.first:%Y%m%d}"
            ]
            self._first[country] = min(moments, default=None)
        return self._first[country]

    async def told_at(self, country: str) -> str:
        """When the country's other focal points were told of this silence (UTC, ISO 8601), empty where nobody was."""
        sent = await self._work.reminders.of_cycle(
            self._plan.cycle_id, "sent", country=country, limit=SENT_READ
        )
        since = await self.silent_since(country)
        moments = [
            each.settled_at.isoformat()
            for each in sent
            if since and each.rung == f"silence_alternate_{since:%Y%m%d}" and each.settled_at
        ]
        return min(moments, default="")

    async def _answers(self) -> Mapping[str, Literal["", "yes", "no"]]:
        if self._taking_part is None:
            found = await self._work.taking_part.of(self._plan.cycle_id)
            self._taking_part = {country: each.answer for country, each in found.items()}
        return self._taking_part

    def today(self, country: str) -> date:
        """The local day in a country, in Cairo for the secretariat."""
        return self._now.astimezone(ZoneInfo(zone_of(country))).date()


def open_steps(minutes: Iterable[Minute]) -> list[DueStep]:
    """The next steps among minutes that have a day and are not done."""
    return [
        DueStep(each.id, each.session, each.due, each.country)
        for each in minutes
        if each.kind == "next_step" and each.due is not None and each.state != "done"
    ]


def _budget(review: Review) -> Budget | None:
    prompt = next_open(review, None)
    if prompt is None:
        return None
    section = review.template.section_of[prompt].id
    line = next(line for line in section_lines(review) if line.id == section)
    return Budget(section=section, here=0, used=line.words, limit=line.limit)
