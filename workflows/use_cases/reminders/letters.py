"""What stands in a letter with reminders: each thing once, with what is left of it on the day the letter is posted."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from workflows.cycle.calendar import Milestone
from workflows.cycle.days.working_days import (
    add_working_days,
    habits,
    is_working_day,
    why_not,
    working_days_between,
)
from workflows.cycle.reminders.ladder import Reader, opening, own_days, zone_of
from workflows.cycle.reminders.planned import Planned
from workflows.cycle.reminders.policy import FIX_DAY, SILENCE, STEP, Content
from workflows.cycle.reminders.steps import number_of
from workflows.notices import Reminder, ReminderItem
from workflows.store.values_calendar import Plan
from workflows.store.values_calendar import Reminder as Kept
from workflows.use_cases.reminders.readers import Situation
from workflows.when import Exact, When, Window

ABOUT_ANSWERS: Final[frozenset[Content]] = frozenset(
    {"begin", "deadline_soon", "deadline_today", "deadline_passed"}
)
"""Contents that tell what is left to answer."""
Any = Planned | Kept


async def letter(
    situation: Situation, current: Plan, reader: Reader, told: Sequence[Kept], now: datetime
) -> Reminder:
    """The letter of a day; of several reminders of one thing the one that stands nearest to it speaks for all."""
    today = now.astimezone(ZoneInfo(zone_of(reader.country))).date()
    items = [await _item(situation, current, reader, each, today) for each in _one_of_each(told)]
    # A contributor writes beside the country's text and is told nothing of how far that is.
    counts = reader.country and reader.role != "contributor"
    is_about_answers = counts and any(item.content in ABOUT_ANSWERS for item in items)
    progress = await situation.progress(reader.country if is_about_answers else "")
    return Reminder(
        letter=f"{today:%Y%m%d}",
        role=reader.role,
        country=reader.country,
        items=tuple(sorted(items, key=lambda item: (item.days < 0, abs(item.days), item.milestone))),
        settled=progress.settled,
        total=progress.total,
        budget=await situation.budget(reader.country) if is_about_answers else None,
        week_start=week_key(reader.country, today),
    )


def _one_of_each(told: Sequence[Kept]) -> list[Kept]:
    """The last planned reminder of each milestone, of each silence and of each next step."""
    last: dict[tuple[str, str, str], Kept] = {}
    for each in sorted(told, key=lambda reminder: (reminder.nominal, reminder.id)):
        apart = {SILENCE: each.country, STEP: each.rung}.get(each.content, "")
        last[each.milestone, apart, _sort(each.content)] = each
    return list(last.values())


def _sort(content: Content) -> str:
    """Contents that speak for each other; how to attend is asked beside when it is."""
    return content if content in (SILENCE, STEP, "register", "evaluate", "acknowledge") else ""


async def _item(situation: Situation, current: Plan, reader: Reader, each: Kept, today: date) -> ReminderItem:
    milestone = current.calendar.by_id[each.milestone]
    item = item_of(milestone, each.country, reader, each.content, today)
    if each.content == STEP:
        return await _about_step(situation, each, item, today)
    if each.content != SILENCE:
        return item
    since = await situation.silent_since(each.country)
    first = await situation.first_reminder(each.country)
    return item.model_copy(
        update={
            "country": each.country,
            "silent_days": working_days_between(habits(), each.country, since, today) if since else 0,
            "reminded_at": first.isoformat() if first else "",
            "told_at": await situation.told_at(each.country),
        }
    )


async def _about_step(situation: Situation, each: Kept, item: ReminderItem, today: date) -> ReminderItem:
    number = number_of(each.rung)
    step = await situation.step(each.milestone, number)
    day = Exact(first=each.nominal, last=each.nominal)
    days = (each.nominal - today).days
    task = step.text if step else ""
    return item.model_copy(update={"when": day, "days": days, "task": task, "step": number})


def item_of(
    milestone: Milestone, country: str, reader: Reader, content: Content, today: date
) -> ReminderItem:
    """One thing as it is for a country on a local day of the reader."""
    when = milestone.when_for(country)
    return ReminderItem(
        content=content,
        milestone=milestone.id,
        title=milestone.title,
        when=when,
        days=_days(milestone, when, reader.country, today, content),
    )


def _days(milestone: Milestone, when: When, country: str, today: date, content: Content) -> int:
    """Calendar days to the milestone: to its first day, since its last one, 0 while it lasts."""
    if content == FIX_DAY and isinstance(when, Window):
        return max(0, (opening(milestone, when) - today).days)
    if not isinstance(when, Exact):
        return 0
    first, last = own_days(milestone, when, country)
    if today < first:
        return (first - today).days
    return min(0, (last - today).days)


@lru_cache(maxsize=1024)
def week_start(country: str, today: date) -> date:
    """The first working day after a country's next weekend, or after the one that it has today."""
    day, weekend = today, why_not(habits(), country, today) == "weekend"
    while not (weekend and is_working_day(habits(), country, day)):
        day += timedelta(days=1)
        weekend = weekend or why_not(habits(), country, day) == "weekend"
    return day


def week_key(country: str, today: date) -> str:
    """The day for which a key at the beginning of the week stands (ISO); "" where another key brings to that day."""
    start = week_start(country, today)
    others = (add_working_days(habits(), country, today + timedelta(days=days), 1) for days in (0, 6))
    return "" if start in others else start.isoformat()
