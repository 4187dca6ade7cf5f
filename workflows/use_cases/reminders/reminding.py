"""Reminders are planned as often as anybody likes, and what is due is said in one letter to each person."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Final

from workflows.cycle.calendar import Milestone
from workflows.cycle.days.working_days import habits
from workflows.cycle.reminders.ladder import Reader, is_beside, plan
from workflows.cycle.reminders.planned import Planned
from workflows.cycle.reminders.policy import SILENCE
from workflows.cycle.reminders.sending import Judge, PutOff, Send, Skip, Standing
from workflows.cycle.reminders.silences import steps_reached, tellings
from workflows.notices import Reminder as Letter
from workflows.people.roles import Person
from workflows.store.transaction import Work
from workflows.store.values_calendar import Plan, Planning, Preference, Reminder
from workflows.use_cases.reminders.letters import letter
from workflows.use_cases.reminders.readers import Situation, place_in, reader_of, readers_of
from workflows.when import Exact

PEOPLE: Final = 100
"""How many people one transaction reminds: few enough that an answer which comes meanwhile hardly waits."""
NOTHING: Final = Planning(0, 0, 0, 0)
BEGINNING: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""Before every plan; what was due before a reader came or before the plan was known, others find out."""

# --- planning ----------------------------------------------------------------------------------------------


async def replan(work: Work, cycle_id: str, now: datetime, people: Collection[int] | None = None) -> Planning:
    """Plan the reminders of a cycle anew, for everybody or for these people; doing it twice changes nothing.

    What was due before the plan was last written, or before a person came, is not said any more. Silences that have
    come to a step of the policy are planned too.
    """
    current = await work.calendars.current(cycle_id)
    if current is None:
        return NOTHING
    known = await _people(work, cycle_id, people)
    readers = await readers_of(work, cycle_id, known.values())
    wanted = plan(current.policy, current.calendar, readers, habits(), cycle_id=cycle_id, since=BEGINNING)
    planning = await work.reminders.plan(
        cycle_id, list(known), wanted, now, since=current.at, spares=is_beside
    )
    if people is None:
        await plan_silences(work, cycle_id, now)
    return planning


def wanted_by(current: Plan, readers: Sequence[Reader]) -> list[Planned]:
    """What a plan has for these readers since they came, whenever the plan was made."""
    return plan(
        current.policy,
        current.calendar,
        readers,
        habits(),
        cycle_id=current.cycle_id,
        since=BEGINNING,
    )


async def _people(work: Work, cycle_id: str, wanted: Collection[int] | None) -> dict[int, Person]:
    if wanted is not None:
        return await work.people.by_ids(wanted)
    return {person.id: person for person in await work.people.in_cycle(cycle_id)}


async def plan_silences(work: Work, cycle_id: str, now: datetime) -> None:
    """Plan to tell others of the countries that have been silent for long: the alternate, then the secretariat.

    Each is told once for a silence; never is it told of a country that takes no part, or has nothing open.
    """
    current = await work.calendars.current(cycle_id)
    if current is None or current.calendar.deadline is None or not current.policy.escalations:
        return
    people = await work.people.in_cycle(cycle_id)
    readers = await readers_of(work, cycle_id, people)
    leads = {person.id for person in people if (place := place_in(person, cycle_id)) and place.lead}
    alternates = [
        reader for reader in readers if reader.role == "focal_point" and reader.person_id not in leads
    ]
    officers = [reader for reader in readers if reader.role == "secretariat"]
    situation, judge = Situation(work, current, now), Judge(current.policy, current.calendar, habits())
    for country in sorted({reader.country for reader in readers if reader.country}):
        since = await _silent_since(situation, current.calendar.deadline, country, now)
        if since is None:
            continue
        for step in steps_reached(current.policy, habits(), country, since, situation.today(country)):
            own = [reader for reader in alternates if reader.country == country]
            to = own if step.tell == "alternate" else officers
            moments = [(reader, judge.next_moment(reader, now)[0]) for reader in to]
            told = tellings(step, country, since, current.calendar.deadline, moments, cycle_id=cycle_id)
            await work.reminders.add(cycle_id, told, now)


async def _silent_since(
    situation: Situation, deadline: Milestone, country: str, now: datetime
) -> date | None:
    """The day from which a country's silence counts; None where there is nothing to be silent about."""
    when = deadline.when_for(country)
    if not isinstance(when, Exact) or when.closes() <= now:
        return None
    progress = await situation.progress(country, silence=True)
    if progress.taking_part == "no" or progress.settled >= progress.total > 0:
        return None
    return progress.silent_since


# --- saying ------------------------------------------------------------------------------------------------


async def remind(work: Work, now: datetime, people: int = PEOPLE) -> int:
    """Say what is due at a moment (UTC) to at most so many people; returns to how many something was due.

    Everything is decided anew: a reminder of what is done, or for somebody who declined, paused or left, is skipped
    and the log says why; one that would come at night, on a day off or as a second letter of the day is put off.
    """
    due = await work.reminders.due(now, people)
    by_cycle: dict[str, dict[int, list[Reminder]]] = defaultdict(lambda: defaultdict(list))
    for person, reminders in due.items():
        for reminder in reminders:
            by_cycle[reminder.cycle_id][person].append(reminder)
    for cycle_id, theirs in by_cycle.items():
        await _remind_in(work, cycle_id, theirs, now)
    return len(due)


async def _remind_in(work: Work, cycle_id: str, due: Mapping[int, list[Reminder]], now: datetime) -> None:
    current = await work.calendars.current(cycle_id)
    if current is None:
        ids = [reminder.id for reminders in due.values() for reminder in reminders]
        await work.reminders.settle(ids, "skipped", "replaced", now)
        return
    situation = Situation(work, current, now)
    known = await work.people.by_ids(due)
    standings = await situation.standings(known, _sessions(current, due.values()))
    hand = _Hand(work, current, situation, now)
    for number, reminders in due.items():
        await hand.take(known[number], reminders, *standings[number])
    await hand.settle()


def _sessions(current: Plan, due: Iterable[Sequence[Reminder]]) -> set[str]:
    """The workshops that the reminders in hand are about."""
    named = {reminder.milestone for reminders in due for reminder in reminders}
    return {each.id for each in current.calendar.milestones if each.kind == "workshop" and each.id in named}


class _Hand:
    """The reminders in hand and what is to become of them, written in a few statements for all."""

    def __init__(self, work: Work, current: Plan, situation: Situation, now: datetime) -> None:
        self._work = work
        self._current = current
        self._situation = situation
        self._now = now
        self._judge = Judge(current.policy, current.calendar, habits())
        self._skipped: dict[str, list[int]] = defaultdict(list)
        self._put_off: dict[tuple[datetime, str], list[int]] = defaultdict(list)
        self._letters: list[tuple[Person, Letter, list[int]]] = []

    async def take(
        self, person: Person, reminders: Sequence[Reminder], standing: Standing, preference: Preference
    ) -> None:
        """Judge what is due for one person, and write the letter where something is to be said."""
        place = place_in(person, self._current.cycle_id)
        if place is None:
            self._skipped["gone"] += [reminder.id for reminder in reminders]
            return
        reader = reader_of(person, place, preference)
        told = [each for each in reminders if await self._is_told(each, reader, standing)]
        if told:
            said = await letter(self._situation, self._current, reader, told, self._now)
            said = said.model_copy(update={"hijri": preference.hijri})
            self._letters.append((person, said, [reminder.id for reminder in told]))

    async def _is_told(self, reminder: Reminder, reader: Reader, standing: Standing) -> bool:
        progress = await self._situation.progress(reminder.country, silence=reminder.content == SILENCE)
        match self._judge.judge(reminder, reader, standing, progress, self._now):
            case Skip(reason):
                self._skipped[reason].append(reminder.id)
            case PutOff(at, why):
                self._put_off[at, why].append(reminder.id)
            case Send():
                return True
        return False

    async def settle(self) -> None:
        """Write it all down, and post a letter only with reminders that nobody else has settled meanwhile."""
        log = self._work.reminders
        for reason, ids in self._skipped.items():
            await log.settle(ids, "skipped", reason, self._now)
        for (at, why), ids in self._put_off.items():
            await log.put_off(ids, at, why)
        by_day: dict[str, list[int]] = defaultdict(list)
        for _, said, ids in self._letters:
            by_day[said.letter] += ids
        settled: set[int] = set()
        for day, ids in by_day.items():
            settled |= await log.settle(ids, "sent", "", self._now, letter=day)
        for person, said, ids in self._letters:
            if not settled.isdisjoint(ids):
                self._post(person, said)

    def _post(self, person: Person, said: Letter) -> None:
        cycle = self._current.cycle_id
        key = f"reminder/{cycle}/{person.id}/{said.letter}"
        self._work.outbox.post(
            person, said, key=key, now=self._now, cycle_id=cycle, country=said.country, bulk=True
        )
