"""The log of reminders: what was sent, what was not and why, what is to come; for a person, and for the secretariat."""

from collections import Counter
from collections.abc import Sequence
from typing import Final, cast

from workflows.cycle.calendar import Milestone
from workflows.cycle.reminders.policy import FIX_DAY, STEP
from workflows.notices import (
    ReminderCause,
    ReminderCount,
    ReminderCountries,
    ReminderLine,
    ReminderLog,
    ReminderReason,
    ReminderShift,
    ReminderWhy,
)
from workflows.people.access import may
from workflows.store.values_calendar import Plan, Reminder
from workflows.use_cases.cause import Errand
from workflows.use_cases.reminders.readers import place_in
from workflows.use_cases.which_country import ask_which, asking_for, settled
from workflows.when import Exact, When

PAGE: Final = 10
ALL: Final = 10_000
"""More reminders than one country's people have in a cycle."""
AGAIN: Final = "/again-"
"""What the key of a reminder has that comes once more because its reader put it off."""


def lines_of(current: Plan | None, kept: Sequence[Reminder]) -> tuple[ReminderLine, ...]:
    """The reminders as a list shows them, without those of which the calendar knows nothing any more."""
    found = (_line(current, each) for each in kept) if current else ()
    return tuple(line for line in found if line is not None)


def _line(current: Plan, each: Reminder, name: str = "", role: str = "") -> ReminderLine | None:
    """A reminder as a list shows it; None where the calendar has its milestone no more."""
    milestone = current.calendar.by_id.get(each.milestone)
    if milestone is None:
        return None
    at = each.settled_at if each.settled_at and each.state == "sent" else each.due
    return ReminderLine(
        at=at.isoformat(),
        content=each.content,
        title=milestone.title,
        when=_when(milestone, each),
        outcome=each.state,
        reason=cast("ReminderReason", each.reason),
        shifted=cast("ReminderShift", each.shifted),
        name=name,
        role=role,
    )


def _when(milestone: Milestone, each: Reminder) -> When:
    """The date that a reminder is about: a next step has a day of its own."""
    if each.content == STEP:
        return Exact(first=each.nominal, last=each.nominal)
    return milestone.when_for(each.country)


async def told_in(errand: Errand, letter: str) -> list[Reminder]:
    """What a person was reminded of in the letter of a local day (20200625)."""
    kept = await errand.work.reminders.of_person(errand.person.id, errand.actor.cycle_id)
    return [each for each in kept if each.state == "sent" and each.letter == letter]


# --- why it came -------------------------------------------------------------------------------------------


async def explain(errand: Errand, letter: str) -> bool:
    """Answer why the letter of a local day came; False where no such letter is known."""
    current = await errand.work.calendars.current(errand.actor.cycle_id)
    told = await told_in(errand, letter)
    causes = [_cause(current, each) for each in told] if current else []
    known = tuple(cause for cause in causes if cause is not None)
    if current is None or not known:
        return False
    errand.say(ReminderWhy(policy=current.policy.id, causes=known), "why")
    return True


def _cause(current: Plan, each: Reminder) -> ReminderCause | None:
    milestone = current.calendar.by_id.get(each.milestone)
    if milestone is None:
        return None
    rung = next((rung for rung in current.policy.rungs if rung.id == each.rung), None)
    when = _when(milestone, each)
    if each.content == FIX_DAY:
        days = -current.policy.window_days
        return ReminderCause(
            content=each.content,
            title=milestone.title,
            when=when,
            days=days,
            nominal=each.nominal.isoformat(),
            shifted=cast("ReminderShift", each.shifted),
            again=AGAIN in each.key,
        )
    first = when.first if isinstance(when, Exact) else each.nominal
    return ReminderCause(
        content=each.content,
        title=milestone.title,
        when=when,
        days=rung.days if rung else (each.nominal - first).days,
        working=rung.working if rung else False,
        condition=rung.only_if if rung else "always",
        nominal=each.nominal.isoformat(),
        shifted=cast("ReminderShift", each.shifted),
        again=AGAIN in each.key,
    )


# --- the secretariat ---------------------------------------------------------------------------------------


async def ask_country(errand: Errand, given: str = "") -> bool:
    """Ask whose log is wanted, `given` being none's name; False where the person may see none."""
    if not _may_see(errand, ""):
        return False
    if given:
        ask_which(errand, "reminder_log", given)
    else:
        errand.say(asking_for(ReminderCountries(), "reminder_log"), "whose")
    return True


async def show_log(errand: Errand, country: str, page: int = 0, card: int | None = None) -> bool:
    """Show a country's log: counts, who will be reminded of what next, and who was last.

    False where the person may not see it.
    """
    if not _may_see(errand, country):
        return False
    cycle = errand.actor.cycle_id
    current = await errand.work.calendars.current(cycle)
    found = await errand.work.reminders.of_cycle(cycle, country=country, limit=ALL)
    planned = sorted((each for each in found if each.state == "planned"), key=lambda each: each.due)
    kept = [*planned, *(each for each in found if each.state not in ("planned", "cancelled"))]
    pages = max(1, -(-len(kept) // PAGE))
    at = min(page, pages - 1)
    shown = kept[at * PAGE : (at + 1) * PAGE]
    notice = ReminderLog(
        country=country,
        people=len(await errand.work.people.of_country(cycle, country)),
        counts=_counts(kept),
        lines=await _named(errand, current, shown) if current else (),
        page=at,
        pages=pages,
    )
    errand.say(await settled(errand, notice, card), "log", edits=card)
    return True


def _may_see(errand: Errand, country: str) -> bool:
    if may(errand.actor, "see_status", ""):
        return True
    errand.note("see_status", country, "reminders", "denied")
    return False


def _counts(kept: Sequence[Reminder]) -> tuple[ReminderCount, ...]:
    order = ("planned", "sent", "skipped")
    counted = Counter((each.state, each.reason if each.state == "skipped" else "") for each in kept)
    return tuple(
        ReminderCount(outcome=state, reason=cast("ReminderReason", reason), count=count)
        for (state, reason), count in sorted(
            counted.items(), key=lambda item: (order.index(item[0][0]), item[0][1])
        )
    )


async def _named(errand: Errand, current: Plan, kept: Sequence[Reminder]) -> tuple[ReminderLine, ...]:
    people = await errand.work.people.by_ids([each.person_id for each in kept])
    lines = []
    for each in kept:
        person = people[each.person_id]
        place = place_in(person, current.cycle_id)
        line = _line(current, each, person.name, place.role if place else "")
        lines += [line] if line else []
    return tuple(lines)
