"""A review told day by day: people of several countries who read three languages, and a clock that goes through it all.

What people read is looked for in the words of their own language, named by the English ones; dates and hours, which
are the point of these stories, stand in the stories as people read them.
"""

import asyncio
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.render import Voice
from bot.sandbox import Clock, Message, Person, Sandbox, Settings
from tests.chats.telling import TOKEN, Region, bare, data_of, labels_of, said_by_bot, settings_for, voice
from workflows.cycle.calendar import Calendar
from workflows.cycle.days.working_days import habits, is_working_day, why_not
from workflows.cycle.reminders.ladder import day_of, zone_of
from workflows.languages import Language
from workflows.people.roles import Role
from workflows.review.template import Template
from workflows.store.transaction import Work
from workflows.store.values_calendar import Reminder
from workflows.use_cases.calendar.foreseeing import upcoming
from workflows.use_cases.calendar.loading import load
from workflows.use_cases.inviting import Wanted, make
from workflows.use_cases.opening import open_cycle
from workflows.when import CAIRO, instant

QUICKLY = 1000.0
"""Letters a second: the sandbox sets no limit, and a story is long."""
JUST_PAST = timedelta(seconds=1)
QUIET = (7, 20)
"""Between these hours of their own clocks people may be reminded; the policy that ships says so."""


def plainly(text: str) -> str:
    """The text without invisible marks, its dates with ordinary blanks."""
    return bare(text).replace("\N{NO-BREAK SPACE}", " ")


@dataclass(frozen=True)
class Somebody:
    """Somebody in the story: their chat, and how the bot speaks to them."""

    person: Person
    speaks: Voice
    country: str

    @property
    def newest(self) -> str:
        """What the bot wrote last."""
        return plainly(self.person.last_message.text)

    @property
    def last(self) -> Message:
        return self.person.last_message

    def words(self, english: str, **values: object) -> str:
        """Words of the bot as this person reads them."""
        return plainly(self.speaks.gettext(english, **values))  # type: ignore[arg-type]  # texts and counts

    def reads(self, *words: str) -> None:
        """The last message holds these words."""
        for each in words:
            assert plainly(each) in self.newest, f"{each!r} is not in\n{self.newest}"

    def sees(self, english: str, **values: object) -> None:
        """The last message holds these words of ours, in the person's language."""
        self.reads(self.words(english, **values))

    def struck_out(self) -> str:
        """What is struck out in the last message."""
        return plainly("\n".join(re.findall("<s>(.*?)</s>", self.last.html, re.DOTALL)))

    def has_read(self, words: str) -> bool:
        """Whether any message of the bot holds these words."""
        return any(plainly(words) in plainly(each.text) for each in said_by_bot(self.person))

    def letters(self, since: str = "2000-01-01") -> list[tuple[datetime, str]]:
        """The letters with reminders since a day: when each came on the person's own clock, and its text."""
        zone = ZoneInfo(zone_of(self.country))
        heading = self.words("🔔 Reminder")
        found = [
            (datetime.fromtimestamp(each.date, zone), plainly(each.text))
            for each in said_by_bot(self.person)
            if plainly(each.text).split("\n")[0] == heading
        ]
        return [(at, text) for at, text in found if at.date() >= date.fromisoformat(since)]

    def letter_days(self, since: str = "2000-01-01") -> list[str]:
        """The days on which letters with reminders came."""
        return [f"{at:%Y-%m-%d}" for at, _ in self.letters(since)]

    def keys(self) -> list[str]:
        """What stands on the keys under the last message."""
        return [plainly(label) for label in labels_of(self.last)]


class Cycle(Region):
    """A region whose cycle has a name of its own."""

    cycle_id: str

    async def invitation(self, role: Role, country: str = "", *, days: float = 1000, scope: str = "") -> str:
        """The token of an invitation to this cycle."""
        now = self.house.clock.now()
        wanted = Wanted(self.cycle_id, role, country, now + timedelta(days=days), scope=scope)

        async def made(work: Work) -> str:
            return await make(work, wanted, secrets.token_bytes, now)

        token: str = await self.house.clerk.run_errand(made)
        return token


class Story:
    """One cycle from its first day on; time passes from one thing that happens to the next."""

    def __init__(
        self, folder: Path, template: Template, cycle_id: str, sandbox: Sandbox, address: str
    ) -> None:
        settings = settings_for(folder).model_copy(
            update={"bulk_per_second": QUICKLY, "chat_per_second": QUICKLY}
        )
        self.region = Cycle(settings, sandbox, address, template)
        self.region.cycle_id = cycle_id
        self.cycle_id = cycle_id
        self.people: list[Somebody] = []
        self._planned_on = date.min

    # --- the beginning -----------------------------------------------------------------------------------------------

    async def opens(self, calendar: Calendar) -> None:
        """The cycle is opened and its calendar loaded, as the command line does both."""
        now, template = self.now, self.region.template

        async def opening(work: Work) -> None:
            await open_cycle(work, self.cycle_id, template, now)

        await self.region.house.clerk.run_errand(opening)
        await self.loads(calendar)

    async def loads(self, calendar: Calendar) -> None:
        """The secretariat brings in a calendar, as `rafiq cycle load` does."""
        now = self.now

        async def loading(work: Work) -> None:
            await load(work, self.cycle_id, calendar, None, now)

        await self.region.house.clerk.run_errand(loading)

    async def calendar(self) -> Calendar:
        """The calendar as it stands."""
        async with self.region.store.reading() as work:
            plan = await work.calendars.current(self.cycle_id)
        assert plan is not None
        return plan.calendar

    async def arrives(
        self, name: str, country: str, language: Language, role: Role = "focal_point"
    ) -> Somebody:
        """Somebody opens the link of an invitation."""
        person = await self.region.comes_in(await self.region.invitation(role, country), language, name)
        # Arabic is read with the digits that texts of the country prefer, as the bot does by itself.
        somebody = Somebody(person, voice(language, country), country)
        self.people.append(somebody)
        return somebody

    # --- what people do ----------------------------------------------------------------------------------------------

    async def says(self, who: Somebody, text: str) -> None:
        """Somebody writes."""
        await self.region.says(who.person, text)

    async def presses(self, who: Somebody, english: str, **values: object) -> str:
        """Somebody presses the key with these words of ours; gives the line over the chat."""
        return await self.presses_label(who, who.words(english, **values))

    async def presses_label(self, who: Somebody, label: str) -> str:
        """Somebody presses the newest key with this label, arrows aside; gives the line over the chat."""
        for message in reversed(said_by_bot(who.person)):
            for shown, data in zip(labels_of(message), data_of(message), strict=True):
                if plainly(shown).strip("▶◀ ") == plainly(label):
                    return plainly(await self.region.forges(who.person, message.message_id, data))
        raise AssertionError(f"{who.person.name} sees no key {label!r}, but {who.keys()}")

    async def follows(self, who: Somebody, verb: str) -> str:
        """Somebody presses the newest key of this kind, whatever stands on it; gives the line over the chat."""
        return plainly(await self.region.presses(who.person, f"do.{verb}"))

    # --- time --------------------------------------------------------------------------------------------------------

    @property
    def now(self) -> datetime:
        return self.region.house.clock.now()

    async def comes_to(self, day: str, hour: str = "09:00", zone: str = CAIRO) -> None:
        """Time passes, from one thing that happens to the next and at least once a day, to a local hour."""
        hours, minutes = map(int, hour.split(":"))
        local = datetime.fromisoformat(day).replace(hour=hours, minute=minutes)
        wanted = instant(local.date(), local.time(), zone)
        await self.beats()
        while (moment := await self._next()) < wanted:
            await self._turns_to(moment)
        if self.now < wanted:
            await self._turns_to(wanted)

    async def _next(self) -> datetime:
        """Just past the next thing that happens, a day from now at most; what was due has been dealt with."""
        now = self.now
        async with self.region.store.reading() as work:
            found = await upcoming(work, now)
        tomorrow = now + timedelta(days=1)
        if found is None:
            return tomorrow
        assert found.at > now - timedelta(seconds=30), f"a reminder waits since {found.at}, it is {now}"
        return min(max(found.at, now) + JUST_PAST, tomorrow)

    async def _turns_to(self, moment: datetime) -> None:
        self.region.sandbox.clock.move_to(max(moment, self.region.sandbox.clock.now()))
        await self.region.house.clock.refresh()
        await self.beats()

    async def jumps_to(self, day: str, hour: str = "09:00", zone: str = CAIRO) -> None:
        """The clock leaps over everything between, as when the bot was asleep."""
        local = datetime.fromisoformat(f"{day} {hour}")
        await self._turns_to(instant(local.date(), local.time(), zone))

    async def beats(self) -> None:
        """The heartbeat does its work; once a day it plans too."""
        house = self.region.house
        if self.now.date() != self._planned_on:
            self._planned_on = self.now.date()
            await house.beats.plan()
        await house.beats.remind()
        async with asyncio.timeout(30):
            while await self._letters_wait():
                await house.courier.collect()
                await self.region.rests()

    async def _letters_wait(self) -> bool:
        async with self.region.store.reading() as work:
            return (await work.outbox.backlog()).oldest is not None

    # --- what is left on disk ----------------------------------------------------------------------------------------

    async def log_of(self, who: Somebody) -> list[Reminder]:
        """All reminders of somebody."""
        number = await self.region._person_id(who.person)
        async with self.region.store.reading() as work:
            return await work.reminders.of_person(number, self.cycle_id)

    async def open_reminders(self, who: Somebody, day: str) -> int:
        """How many reminders of something on that day (20201201) are still to come to somebody."""
        log = await self.log_of(who)
        return sum(each.state == "planned" and day_of(each.key) == day for each in log)

    def judges_letters(self) -> int:
        """Every letter so far came at a decent hour of a working day, one a day; gives how many there were."""
        total = 0
        for who in self.people:
            days = who.letter_days()
            assert len(days) == len(set(days)), f"{who.person.name} got two letters a day: {days}"
            for at, _ in who.letters():
                assert QUIET[0] <= at.hour < QUIET[1], f"{who.person.name} was reminded at {at}"
                why = why_not(habits(), who.country, at.date())
                assert is_working_day(habits(), who.country, at.date()), f"{who.person.name}: {at} ({why})"
            total += len(days)
        return total


def sandbox_at(moment: datetime) -> Sandbox:
    """A Telegram without pauses whose clock begins at a moment."""
    return Sandbox(TOKEN, Settings(repeat_pause_seconds=0, conflict_pause_seconds=0), Clock(moment))


def morning(day: str, hour: int = 7) -> datetime:
    """An hour of a day in UTC."""
    return datetime.fromisoformat(day).replace(hour=hour, tzinfo=UTC)
