"""A region with a calendar: the shipped one of 2020, and what the secretariat does to it."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache

from bot.sandbox import Clock as SandboxClock
from bot.sandbox import Sandbox
from bot.sandbox import Settings as SandboxSettings
from tests.chats.telling import CYCLE, TOKEN, Region
from workflows.cycle.calendar import Calendar
from workflows.cycle.files.judging import shipped_calendar
from workflows.cycle.reminders.policy import ReminderPolicy
from workflows.cycle.reminders.policy_file import default_policy
from workflows.store.transaction import Work

NOTE = datetime(2020, 6, 8, 9, 5, tzinfo=UTC)
"""The morning of the concept note's day."""


@cache
def calendar_of_2020() -> Calendar:
    """The calendar that ships for the cycle of these chats."""
    calendar = shipped_calendar(CYCLE)
    assert calendar is not None
    return calendar


def sandbox_at(moment: datetime) -> Sandbox:
    """A Telegram without pauses whose clock begins at a moment."""
    settings = SandboxSettings(repeat_pause_seconds=0, conflict_pause_seconds=0)
    return Sandbox(TOKEN, settings, SandboxClock(moment))


async def loads(
    region: Region, calendar: Calendar | None = None, policy: ReminderPolicy | None = None
) -> None:
    """Bring a calendar into the region's cycle, as the command line does."""
    now = region.house.clock.now()

    async def written(work: Work) -> None:
        await work.calendars.write(
            CYCLE,
            calendar or calendar_of_2020(),
            policy or default_policy(),
            by=None,
            act="loaded",
            milestone="",
            now=now,
        )

    await region.house.clerk.run_errand(written)


async def changes(region: Region, milestone: str, act: Callable[[Calendar, datetime], Calendar]) -> None:
    """Let an act of the calendar's own room change what stands."""
    now = region.house.clock.now()

    async def written(work: Work) -> None:
        plan = await work.calendars.to_change(CYCLE)
        assert plan is not None
        changed = act(plan.calendar, now)
        await work.calendars.write(
            CYCLE, changed, plan.policy, by=None, act="moved", milestone=milestone, now=now
        )

    await region.house.clerk.run_errand(written)


async def goes_to(region: Region, *moment: int) -> None:
    """Move the sandbox's clock, which is the bot's too, to year, month, day, hour, minute in UTC."""
    region.sandbox.clock.move_to(datetime(*moment, tzinfo=UTC))  # type: ignore[misc, arg-type]  # year to minute
    await region.house.clock.refresh()
