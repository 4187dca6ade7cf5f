"""Ten thousand deadlines in the 22 states, 2020 to 2030: each told once, at a decent hour, never when it is done."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from tests.cycle.reviewing import CYCLE, LONG_AGO, calendar, dated, policy, rung, words
from workflows.cycle.calendar import Calendar, Milestone
from workflows.cycle.days.working_days import habits, is_working_day
from workflows.cycle.moving import Change, change, extend
from workflows.cycle.reminders.ladder import Reader, day_of, plan, zone_of
from workflows.cycle.reminders.planned import Planned
from workflows.cycle.reminders.policy import ReminderPolicy, Rung
from workflows.cycle.reminders.sending import Judge, Progress, PutOff, Send, Skip, Standing
from workflows.cycle.sessions.attending import ATTENDING, WAYS
from workflows.reference import countries
from workflows.when import Exact

WORLDS, DEADLINES = 500, 20
"""So many calendars with so many dates each."""
FIRST, LAST = date(2020, 1, 10), date(2030, 12, 1)
CRASH, ASLEEP = 0.05, 0.05
"""How often a transaction is lost, and how often Rafiq is away for days."""
WEEK = timedelta(days=7)


def ladder(rng: random.Random) -> list[Rung]:
    """A random ladder for workshops, deadlines and events."""
    rungs = [
        rung("register", -rng.randint(3, 10), "register", only_if="not_registered"),
        rung("session", -1, "session_soon", only_if="registered", working=True),
        rung("today", 0, "session_today", only_if="registered"),
        rung("evaluate", rng.randint(1, 3), "evaluate", only_if="attended", working=rng.random() < 0.5),
        rung("begin", -rng.randint(20, 60), "begin", only_if="not_begun"),
        rung("soon", -rng.randint(2, 15), only_if="open"),
        rung("near", -rng.randint(1, 3), only_if="open", working=True, to=["focal_point", "contributor"]),
        rung("due", 0, "deadline_today", only_if="open"),
        rung("passed", rng.randint(1, 5), "deadline_passed", only_if="open"),
        rung("forum", -rng.randint(1, 20), "event_soon", to=["focal_point", "secretariat"]),
        rung("forum_day", 0, "event_today"),
        rung("forum_register", -rng.randint(4, 20), "register", milestone="forum", only_if="not_registered"),
    ]
    return [each for each in rungs if rng.random() < 0.8] or rungs[:1]


def milestones(rng: random.Random) -> list[Milestone]:
    """Random dates, some of them close to each other, with and without hours, in Cairo or at the reader's."""
    found = []
    near = FIRST
    for number in range(DEADLINES):
        if number % 4 == 0:
            near = FIRST + timedelta(days=rng.randrange((LAST - FIRST).days))
        first = near + timedelta(days=rng.randint(0, 12))
        starts = time(rng.randint(6, 20), rng.choice((0, 30))) if rng.random() < 0.5 else None
        zone = "Africa/Cairo" if rng.random() < 0.8 else rng.choice(countries()).zone
        kind = rng.choice(("deadline", "deadline", "workshop", "forum"))
        when = Exact(
            first=first,
            last=first + timedelta(days=rng.choice((0, 0, 1)) if kind == "forum" else 0),
            starts=starts,
            ends=time(23, 0) if starts else None,
            zone=zone,
        )
        registers = kind == "workshop" or (kind == "forum" and rng.random() < 0.5)
        found.append(Milestone(id=f"m{number}", kind=kind, title=words("m"), when=when, registers=registers))  # type: ignore[arg-type]  # a kind
    return found


@dataclass
class Row:
    """A planned reminder and what became of it."""

    planned: Planned
    due: datetime
    state: str = "planned"
    reason: str = ""


@dataclass
class Life:
    """One reader's life: what they do and want changes on the way."""

    reader: Reader
    settled: int = 0
    answer: str = ""
    paused: bool = False
    snoozed_until: datetime | None = None
    reach: str = "open"
    attendance: dict[str, str] = field(default_factory=dict)
    attended: dict[str, bool | None] = field(default_factory=dict)
    evaluated: set[str] = field(default_factory=set)
    letters: list[datetime] = field(default_factory=list)

    @property
    def standing(self) -> Standing:
        recent = tuple(self.letters[-20:])
        return Standing(
            reach=self.reach,  # type: ignore[arg-type]  # one of three
            paused=self.paused,
            snoozed_until=self.snoozed_until,
            letters=recent,
            attendance=dict(self.attendance),
            attended=dict(self.attended),
            evaluated=frozenset(self.evaluated),
        )

    @property
    def progress(self) -> Progress:
        return Progress(self.settled, 10, self.answer)  # type: ignore[arg-type]  # yes, no or nothing


class World:
    """A calendar, its readers, and the rows as the store keeps them: the same rules, in memory."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)  # noqa: S311 - a simulation, not a secret
        self.policy = self._policy()
        self.calendar = calendar(*milestones(self.rng))
        self.lives = [self._life(number) for number in range(self.rng.randint(1, 3))]
        self.rows: dict[str, Row] = {}
        self.sent: Counter[str] = Counter()
        self.counts: Counter[str] = Counter()

    def _policy(self) -> ReminderPolicy:
        quiet = {"quiet_from": time(self.rng.randint(19, 22)), "quiet_until": time(self.rng.randint(6, 8))}
        made = policy(*ladder(self.rng), a_week=self.rng.randint(1, 7))
        return made.model_copy(update=quiet | {"hour": time(self.rng.randint(8, 17))})

    def _life(self, number: int) -> Life:
        country = self.rng.choice(countries()).code if self.rng.random() < 0.95 else ""
        role = self.rng.choice(("focal_point", "contributor")) if country else "secretariat"
        hour = time(self.rng.randint(8, 18)) if self.rng.random() < 0.3 else None
        came = datetime(2019, 1, 1, tzinfo=UTC)
        if self.rng.random() < 0.2:
            came += timedelta(days=self.rng.randrange(3000))
        return Life(Reader(number, role, country, came, hour))  # type: ignore[arg-type]  # a role

    # --- what the beats do ------------------------------------------------------------------------------------------

    def plans(self, now: datetime, since: datetime) -> None:
        """Plan, and write it twice as two processes may, with the store's rules for rows that are there."""
        readers = [life.reader for life in self.lives]
        found = plan(self.policy, self.calendar, readers, habits(), cycle_id=CYCLE, since=LONG_AGO)
        for _ in range(self.rng.choice((1, 2))):
            wanted = {each.key: each for each in found}
            assert len(wanted) == len(found), "two reminders with one key"
            for key, row in self.rows.items():
                each = wanted.pop(key, None)
                if each is None and row.state == "planned":
                    row.state, row.reason = "cancelled", "replaced"
                elif each is not None and row.state == "cancelled" and each.due > now:
                    self.rows[key] = Row(each, each.due)
                elif each is not None and row.state == "planned" and row.planned.due != each.due:
                    row.planned, row.due = each, each.due
            self.rows |= {key: Row(each, each.due) for key, each in wanted.items() if each.due > since}

    def reminds(self, now: datetime) -> None:
        """Judge what is due and send it in one letter a person; now and then the transaction is lost and done again."""
        due = [row for row in self.rows.values() if row.state == "planned" and row.due <= now]
        if self.rng.random() < CRASH:
            self.counts["crashes"] += 1
            for life in self.lives:
                self._verdicts(life, due, now)  # and nothing of it was written
        for life in self.lives:
            self._settle(life, self._verdicts(life, due, now), now)

    def _verdicts(self, life: Life, due: list[Row], now: datetime) -> list[tuple[Row, object]]:
        judge = Judge(self.policy, self.calendar, habits())
        own = [row for row in due if row.planned.person_id == life.reader.person_id]
        return [
            (row, judge.judge(row.planned, life.reader, life.standing, life.progress, now)) for row in own
        ]

    def _settle(self, life: Life, verdicts: list[tuple[Row, object]], now: datetime) -> None:
        told = []
        for row, verdict in verdicts:
            match verdict:
                case Send():
                    row.state = "sent"
                    told.append(row)
                case Skip(reason):
                    row.state, row.reason = "skipped", reason
                case PutOff(at, why):
                    assert at > now, "what is put off comes later"
                    row.due = at
                    self.counts[f"put off, {why}"] += 1
        if told:
            self.check(life, told, now)
            life.letters.append(now)
            self.counts["letters"] += 1

    # --- what must hold ---------------------------------------------------------------------------------------------

    def check(self, life: Life, told: list[Row], now: datetime) -> None:
        """A letter as its reader gets it."""
        local = now.astimezone(ZoneInfo(zone_of(life.reader.country)))
        assert self.policy.quiet_until <= local.time() < self.policy.quiet_from, "in quiet hours"
        assert is_working_day(habits(), life.reader.country, local.date()), "on a day off"
        days = {letter.astimezone(local.tzinfo).date() for letter in life.letters[-20:]}
        assert local.date() not in days, "a second letter of the day"
        assert life.reach == "open"
        assert not life.paused
        assert life.snoozed_until is None or life.snoozed_until <= now
        for row in told:
            self.sent[row.planned.key] += 1
            assert self.sent[row.planned.key] == 1, "the same reminder twice"
            self._concerns(life, row.planned, now)
        recent = [letter for letter in life.letters if letter > now - WEEK]
        if len(recent) >= self.policy.a_week:
            assert all(row.planned.content.endswith("_today") for row in told), "more than the week holds"

    def _concerns(self, life: Life, planned: Planned, now: datetime) -> None:
        """What is told still stands and is still to be done."""
        milestone = self.calendar.by_id[planned.milestone]
        when = milestone.when_for(planned.country)
        assert isinstance(when, Exact)
        assert f"{when.first:%Y%m%d}" == day_of(planned.key), "of a date that was moved"
        assert not (life.answer == "no" and life.reader.country), "to a country that declined"
        match planned.content:
            case "deadline_soon" | "deadline_today" | "deadline_passed":
                assert life.settled < 10, "of what is done"
            case "begin":
                assert life.settled == 0, "of what is begun"
            case "register":
                assert milestone.registers, "where nobody registers"
                assert milestone.id not in life.attendance, "to somebody registered"
            case "session_soon" | "session_today":
                assert life.attendance.get(milestone.id) in ATTENDING, "to somebody who stays away"
            case "event_soon" | "event_today":
                assert life.attendance.get(milestone.id) != "away", "to somebody who cannot come"
            case "evaluate":
                assert life.attended.get(milestone.id)
                assert milestone.id not in life.evaluated
        if planned.content not in ("deadline_passed", "evaluate"):
            assert now < when.closes(), "when it was over"

    # --- what happens on the way --------------------------------------------------------------------------------------

    def happens(self, now: datetime) -> None:
        """Something people do between two beats."""
        life, thing = self.rng.choice(self.lives), self._near()
        happening = self.rng.randrange(14)
        if happening < 5:
            self._works(life, thing, happening)
        elif happening < 10:
            self._wishes(life, happening, now)
        elif happening < 12:
            self._moves(thing, life, now)

    def _near(self) -> Milestone:
        """Mostly what is reminded of next: what people do is about what is near."""
        rows = [row for row in self.rows.values() if row.state == "planned"]
        if not rows or self.rng.random() < 0.2:
            return self.rng.choice(self.calendar.milestones)
        soonest = min(rows, key=lambda row: (row.due, row.planned.key))
        return self.calendar.by_id[soonest.planned.milestone]

    def _works(self, life: Life, thing: Milestone, happening: int) -> None:
        match happening:
            case 0:
                life.settled = min(10, life.settled + self.rng.randint(1, 10))
            case 1:
                life.settled = 0
            case 2:
                life.attendance[thing.id] = self.rng.choice(WAYS)
            case 3:
                life.attended[thing.id] = self.rng.choice((True, False, None))
            case 4:
                life.evaluated.add(thing.id)

    def _wishes(self, life: Life, happening: int, now: datetime) -> None:
        match happening:
            case 5:
                life.paused = not life.paused
            case 6:
                rest = timedelta(days=self.rng.randint(1, 8), hours=self.rng.randint(0, 23))
                life.snoozed_until = now + rest
            case 7:
                life.answer = self.rng.choice(("", "yes", "yes", "no"))
            case 8:
                life.reach = self.rng.choice(("open", "open", "open", "blocked"))
            case 9:
                life.reader = replace(life.reader, hour=time(self.rng.randint(8, 18)))
                self.plans(now, now)

    def _moves(self, thing: Milestone, life: Life, now: datetime) -> None:
        """A date is moved, or one country gets more time; what was planned before is planned anew."""
        assert isinstance(thing.when, Exact)
        to = thing.when.first + timedelta(days=self.rng.randint(-20, 60))
        when = Exact(first=to, last=to, starts=thing.when.starts, ends=thing.when.ends, zone=thing.when.zone)
        if life.reader.country and self.rng.random() < 0.4:
            self.calendar = extend(self.calendar, thing.id, life.reader.country, when, now)
        else:
            self.calendar = change(self.calendar, thing.id, Change(when), now)
        self.counts["moves"] += 1
        self.plans(now, now)

    def lives_through(self) -> None:
        """From the first plan to long after the last date."""
        now = datetime(FIRST.year, FIRST.month, 1, tzinfo=UTC) - timedelta(days=90)
        self.plans(now, now)
        while (following := self._next(now)) is not None:
            now = following
            self.reminds(now)
            if self.rng.random() < 0.6:
                self.happens(now + timedelta(seconds=1))

    def _next(self, now: datetime) -> datetime | None:
        """The next beat at which something is due: seconds late, or days late after a sleep; clocks may jump back."""
        due = min((row.due for row in self.rows.values() if row.state == "planned"), default=None)
        if due is None:
            return None
        late = timedelta(days=self.rng.randint(1, 5)) if self.rng.random() < ASLEEP else timedelta()
        jump = timedelta(hours=-2) if self.rng.random() < ASLEEP else timedelta()
        return max(due, now + jump) + late + timedelta(seconds=self.rng.randint(0, 29))


def worlds() -> Iterator[World]:
    for seed in range(WORLDS):
        world = World(seed)
        world.lives_through()
        yield world


def test_ten_thousand_deadlines(measured: Callable[[str], None]) -> None:
    total: Counter[str] = Counter()
    seen: set[str] = set()
    for world in worlds():
        total += world.counts
        total["deadlines"] += len(world.calendar.milestones)
        total["reminders"] += len(world.rows)
        seen |= {life.reader.country for life in world.lives}
        for row in world.rows.values():
            assert row.state != "planned", "nothing is forgotten"
            total[f"{row.state} {row.reason}".strip()] += 1
            assert (row.state == "sent") is (world.sent[row.planned.key] == 1)
    assert total["deadlines"] == WORLDS * DEADLINES == 10_000
    assert {country.code for country in countries()} <= seen
    for needed in ("sent", "skipped done", "skipped declined", "cancelled replaced", "crashes", "moves"):
        assert total[needed] > 100, needed
    told = ", ".join(f"{name} {count:,}" for name, count in sorted(total.items()))
    measured(f"ten thousand deadlines: {told}")


def calm(seed: int) -> World:
    """A world in which nobody does anything and Rafiq is never away."""
    world = World(seed)
    world.policy = world.policy.model_copy(update={"a_week": 7})
    for life in world.lives:
        life.reader = replace(life.reader, came=datetime(2019, 1, 1, tzinfo=UTC))
    return world


def test_in_calm_years_each_reminder_that_concerns_somebody_is_sent_exactly_once() -> None:
    """Nothing is put off, nothing is lost: what is open is told at the very moment that was planned."""
    for seed in range(60):
        world = calm(seed)
        start = datetime(2019, 6, 1, tzinfo=UTC)
        world.plans(start, start)
        for moment in sorted({row.due for row in world.rows.values()}):
            due = [row for row in world.rows.values() if row.state == "planned" and row.due <= moment]
            for life in world.lives:
                world._settle(life, world._verdicts(life, due, moment), moment)
        assert not any(name.startswith("put off") for name in world.counts), world.counts
        for row in world.rows.values():
            rung_of = next(each for each in world.policy.rungs if each.id == row.planned.rung)
            concerned = rung_of.only_if not in ("registered", "attended")
            assert (row.state, row.reason) == (("sent", "") if concerned else ("skipped", "not_concerned"))


def test_a_date_stays_the_same_in_every_zone() -> None:
    """Each state, each year: the letter of the day comes on the day, or on the last working day before."""
    day_itself = policy(rung("due", 0, "deadline_today"))
    for year in range(2020, 2031):
        for month, number in ((3, 29), (4, 28), (5, 10), (8, 7), (10, 30), (11, 1), (12, 31)):
            at = date(year, month, number)
            made: Calendar = calendar(
                dated(
                    Milestone(id="d", kind="deadline", title=words("d"), when=Exact(first=at, last=at)),
                    Exact(first=at, last=at),
                )
            )
            readers = [
                Reader(n, "focal_point", state.code, datetime(2019, 1, 1, tzinfo=UTC))
                for n, state in enumerate(countries())
            ]
            found = plan(
                day_itself, made, readers, habits(), cycle_id=CYCLE, since=datetime(2019, 1, 1, tzinfo=UTC)
            )
            assert len(found) == len(countries())
            for each in found:
                local = each.due.astimezone(ZoneInfo(zone_of(each.country)))
                assert local.date() <= at
                assert is_working_day(habits(), each.country, local.date())
                if is_working_day(habits(), each.country, at):
                    assert local.date() == at
