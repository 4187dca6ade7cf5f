"""Reminders are planned as often as anybody likes, and what is due is said in one letter to each person."""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from workflows.cycle.calendar import Milestone
from workflows.cycle.days.working_days import habits
from workflows.cycle.reminders.ladder import Reader, is_beside, plan, zone_of
from workflows.cycle.reminders.planned import Planned
from workflows.cycle.reminders.policy import SILENCE
from workflows.cycle.reminders.sending import Judge, PutOff, Send, Skip, Standing
from workflows.cycle.reminders.silences import steps_reached, tellings
from workflows.cycle.reminders.steps import AFTERWARDS, is_time, is_told, remindings
from workflows.notices import Reminder as Letter
from workflows.notices.exchange import Awaited
from workflows.notices.submission import PassageAwaited
from workflows.people.roles import Person
from workflows.store.reminders import letter_key
from workflows.store.transaction import Work
from workflows.store.values import Letter as Posted
from workflows.store.values import Rejected, Settlement
from workflows.store.values_calendar import Plan, Planning, Preference, Reminder
from workflows.use_cases.reminders.letters import letter
from workflows.use_cases.reminders.readers import Situation, open_steps, place_in, reader_of, readers_of
from workflows.when import Exact, instant

PEOPLE: Final = 50
"""How many people one transaction reminds: few enough that an answer which comes meanwhile hardly waits."""
TURN: Final = 10
"""After so many people whatever else waits for the loop has its turn, though the transaction goes on."""
FRESH: Final = timedelta(hours=1)
"""So long a letter may wait and still say what was true when it was written."""
BACK: Final = timedelta(days=31)
"""A step's day is reminded of before at most so long a row of days off."""
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
        await plan_steps(work, cycle_id, now)
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


async def plan_steps(work: Work, cycle_id: str, now: datetime) -> None:
    """Plan to remind of the next steps whose day has come: each once, those whom they concern."""
    current = await work.calendars.current(cycle_id)
    sessions = [each for each in current.calendar.milestones if each.registers] if current else []
    found = [
        (session, step)
        for session in sessions
        for step in open_steps(await work.minutes.of_session(cycle_id, session.id))
        if abs(step.due - now.date()) <= BACK + AFTERWARDS
    ]
    if current is None or not found:
        return
    readers = await readers_of(work, cycle_id, await work.people.in_cycle(cycle_id))
    judge = Judge(current.policy, current.calendar, habits())
    for session, step in found:
        moments = [
            (reader, judge.next_moment(reader, _at_their_hour(current, reader, now))[0])
            for reader in readers
            if is_told(step, reader) and is_time(step, habits(), reader.country, _local_day(reader, now))
        ]
        planned = remindings(step, session, moments, habits(), cycle_id=cycle_id)
        await work.reminders.add(cycle_id, planned, now)


def _at_their_hour(current: Plan, reader: Reader, now: datetime) -> datetime:
    """The reader's own hour of this day, or now where that is past (UTC)."""
    today = _local_day(reader, now)
    return max(now, instant(today, reader.hour or current.policy.hour, zone_of(reader.country)))


def _local_day(reader: Reader, now: datetime) -> date:
    return now.astimezone(ZoneInfo(zone_of(reader.country))).date()


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
    for place, (number, reminders) in enumerate(due.items(), 1):
        await hand.take(known[number], reminders, *standings[number])
        if not place % TURN:
            await asyncio.sleep(0)
    await hand.settle()


def _sessions(current: Plan, due: Iterable[Sequence[Reminder]]) -> set[str]:
    """The events with registration that the reminders in hand are about."""
    named = {reminder.milestone for reminders in due for reminder in reminders}
    return {each.id for each in current.calendar.milestones if each.registers and each.id in named}


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
        self._letters: list[tuple[Person, Reader, list[Reminder], Letter]] = []

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
            self._letters.append((person, reader, told, said))

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
        """Write it all down, and post letters with those reminders only that nobody else has settled meanwhile."""
        log = self._work.reminders
        for reason, ids in self._skipped.items():
            await log.settle(ids, "skipped", reason, self._now)
        for (at, why), ids in self._put_off.items():
            await log.put_off(ids, at, why)
        by_day: dict[str, list[int]] = defaultdict(list)
        for _, _, told, said in self._letters:
            by_day[said.letter] += [reminder.id for reminder in told]
        settled: set[int] = set()
        for day, ids in by_day.items():
            settled |= await log.settle(ids, "sent", "", self._now, letter=day)
        for person, reader, told, said in self._letters:
            left = [reminder for reminder in told if reminder.id in settled]
            if left:
                self._post(person, said if left == told else await self._without(said, reader, left))

    async def _without(self, said: Letter, reader: Reader, left: Sequence[Reminder]) -> Letter:
        """The letter with what is left of it."""
        anew = await letter(self._situation, self._current, reader, left, self._now)
        return anew.model_copy(update={"hijri": said.hijri})

    def _post(self, person: Person, said: Letter) -> None:
        cycle = self._current.cycle_id
        key = letter_key(cycle, person.id, said.letter)
        self._work.outbox.post(
            person, said, key=key, now=self._now, cycle_id=cycle, country=said.country, bulk=True
        )


# --- letters that wait -------------------------------------------------------------------------------------


async def withdraw(work: Work, cycle_id: str, people: Collection[int] | None, now: datetime) -> int:
    """Take back the letters of a cycle that have not gone out, of everybody or of these people; returns how many.

    Their reminders are planned as before, so that they are judged anew: for when what the letters say has changed.
    """
    begins = [letter_key(cycle_id)] if people is None else [letter_key(cycle_id, each) for each in people]
    taken = [key for each in begins for key in await work.outbox.take_back(each, now)]
    await work.reminders.plan_again(taken)
    return len(taken)


async def keep_timely(work: Work, letters: Sequence[Posted], now: datetime) -> list[Posted]:
    """Of letters claimed in this transaction those that may go; the late ones with reminders are taken back.

    Late is what comes in the quiet hours after its day, or says what was true more than an hour ago: its reminders are
    judged anew. One that may have arrived already is given up.
    """
    late = [each for each in letters if await _is_late(work, each, now)]
    if not late:
        return list(letters)
    by_number = {each.id: each for each in late}
    for cycle_id in {each.cycle_id for each in late}:
        ids = [each.id for each in late if each.cycle_id == cycle_id]
        taken = await work.outbox.take_back(letter_key(cycle_id), now, ids)
        await work.reminders.plan_again(taken)
    await work.outbox.settle([Settlement(number, Rejected("late"), now) for number in by_number])
    return [each for each in letters if each.id not in by_number]


async def _is_late(work: Work, posted: Posted, now: datetime) -> bool:
    if not isinstance(posted.notice, Letter | Awaited | PassageAwaited):
        return False
    if posted.posted_at is not None and now - posted.posted_at > FRESH:
        return True
    if not isinstance(posted.notice, Letter):
        return False
    current = await work.calendars.current(posted.cycle_id)
    if current is None:
        return False
    day = datetime.strptime(posted.notice.letter, "%Y%m%d").date()  # noqa: DTZ007 - a local day
    return now >= instant(day, current.policy.quiet_from, zone_of(posted.country))
