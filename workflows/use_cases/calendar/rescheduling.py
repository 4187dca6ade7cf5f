"""A change of the calendar: shown before anything happens, then done in one transaction and told to everybody.

What a card shows is what is done: the change stands in the card's own letter, which its keys name by number.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from workflows.cycle.calendar import Calendar, is_over
from workflows.cycle.days.working_days import habits, is_working_day
from workflows.cycle.steering import applied, state_of, step_between
from workflows.cycle.typed.dates import is_past
from workflows.immutable import Immutable
from workflows.notices import Notice
from workflows.notices.scheduling import Proposal, ScheduleChoice, ScheduleDone, SchedulePreview
from workflows.reference import countries
from workflows.review.events import Say
from workflows.store.values_calendar import Plan
from workflows.use_cases.calendar.announcing import Alteration, Announcement, counted
from workflows.use_cases.cause import Errand
from workflows.use_cases.hearing import asking
from workflows.use_cases.reminders.readers import readers_of
from workflows.use_cases.reminders.reminding import replan, wanted_by, withdraw
from workflows.use_cases.workshops.sessions import Came
from workflows.when import Exact, When

_KEPT = "schedule/proposal"
_LONGEST_LOOK = 31
"""Days off are looked for in a date of at most so many days."""


class Effect(Immutable):
    """What a proposal would make of a plan."""

    plan: Plan
    proposal: Proposal
    after: Calendar
    country: str

    @classmethod
    def of(cls, plan: Plan, proposal: Proposal, now: datetime) -> "Effect":
        """Work a proposal out; what is taken back may be one country's own date."""
        moves = plan.calendar.by_id[proposal.milestone].moves
        country = moves[-1].country if proposal.back and moves else proposal.country
        return cls(plan, proposal, applied(plan.calendar, proposal, now), country)

    @property
    def alteration(self) -> Alteration:
        """The same as those see it who are told."""
        return Alteration(self.proposal.milestone, self.country, self.plan.calendar, self.after)


def kept_as(errand: Errand, what: Notice, asked: str, card: int | None) -> None:
    """Show a card whose keys name it by the number of this update, and which what is typed next may answer anew."""
    said: Notice | Say = asking(what, asked) if asked else what
    errand.say(said, _KEPT, edits=card)


async def propose(
    errand: Errand, plan: Plan, proposal: Proposal, asked: str = "", card: int | None = None
) -> bool:
    """Show what a change would do; False where it would change nothing. Raises KeyError for an unknown event."""
    effect = Effect.of(plan, proposal, errand.cause.now)
    if effect.after == plan.calendar:
        return False
    kept_as(errand, await _preview(errand, effect), asked, card)
    return True


async def _preview(errand: Errand, effect: Effect) -> SchedulePreview:
    alteration, now = effect.alteration, errand.cause.now
    before, after = alteration.states(effect.country)
    told = counted(await Announcement(errand, alteration).addressees())
    planned, cancelled = await _reminders(errand, effect)
    today = now.astimezone(ZoneInfo(effect.after.zone)).date()
    is_new = before.when != after.when
    return SchedulePreview(
        number=errand.cause.update_id,
        plan=effect.plan.number,
        proposal=effect.proposal.model_copy(update={"country": effect.country}),
        title=alteration.milestone.title,
        before=before,
        after=after,
        follow=alteration.follow(effect.country),
        told=told,
        registered_only=alteration.registered_only,
        planned=planned,
        cancelled=cancelled,
        past=is_new and is_past(after.when, today),
        over=not effect.country and is_over(before.when, now),
        off=_off(after.when, effect.country) if is_new else (),
    )


async def _reminders(errand: Errand, effect: Effect) -> tuple[int, int]:
    """How many reminders would newly come, and how many that were to come would not."""
    work, cycle, now = errand.work, effect.plan.cycle_id, errand.cause.now
    readers = await readers_of(work, cycle, await work.people.in_cycle(cycle))
    keys = []
    for calendar, other in ((effect.plan.calendar, effect.after), (effect.after, effect.plan.calendar)):
        touched = tuple(each for each in calendar.milestones if each != other.by_id.get(each.id))
        some = calendar.model_copy(update={"milestones": touched})
        there = Plan(cycle, effect.plan.number, some, effect.plan.policy, effect.plan.at)
        keys.append({each.key for each in wanted_by(there, readers) if each.due > now})
    return len(keys[1] - keys[0]), len(keys[0] - keys[1])


def _off(when: When, country: str) -> tuple[str, ...]:
    """The countries that do not work on one of the days."""
    if not isinstance(when, Exact):
        return ()
    days = min((when.last - when.first).days + 1, _LONGEST_LOOK)
    looked_at: list[date] = [when.first + timedelta(days=day) for day in range(days)]
    codes = [country] if country else [state.code for state in countries()]
    return tuple(code for code in codes if not all(is_working_day(habits(), code, day) for day in looked_at))


# --- the keys of a card that was kept --------------------------------------------------------------------------------


async def kept(errand: Errand, number: int) -> Notice | None:
    """The card of this person with that number; None where there is none, or where it is more than a day old."""
    return await errand.work.outbox.said(errand.person.id, f"{number}:{_KEPT}")


async def option(errand: Errand, number: int, index: int) -> Proposal | None:
    """One of the changes that a sentence could mean."""
    card = await kept(errand, number)
    if not isinstance(card, ScheduleChoice) or index >= len(card.options):
        return None
    return card.options[index].proposal


async def do(errand: Errand, preview: SchedulePreview, card: int) -> Came:
    """Make the change that a card showed, and tell everybody; only on the plan that the card was about.

    "already" where all of it is so, "stale" where somebody has changed the calendar otherwise: then nothing is done.
    """
    plan = await errand.work.calendars.to_change(errand.actor.cycle_id)
    it, country = preview.proposal.milestone, preview.proposal.country
    if plan is None or it not in plan.calendar.by_id:
        return "stale"
    if plan.number != preview.plan:
        return "already" if state_of(plan.calendar.by_id[it], country) == preview.after else "stale"
    effect = Effect.of(plan, preview.proposal, errand.cause.now)
    if effect.after == plan.calendar:
        return "already"
    await _carry_out(errand, effect, card)
    return "done"


async def _carry_out(errand: Errand, effect: Effect, card: int) -> None:
    plan, alteration, now = effect.plan, effect.alteration, errand.cause.now
    before, after = alteration.states(effect.country)
    step = step_between(before, after, country=effect.country, extended=alteration.extended())
    planned, cancelled = await _reminders(errand, effect)
    written = await errand.work.calendars.write(
        plan.cycle_id,
        effect.after,
        plan.policy,
        by=errand.person.id,
        act=step,
        milestone=alteration.milestone_id,
        now=now,
    )
    await withdraw(errand.work, plan.cycle_id, None, now)
    await replan(errand.work, plan.cycle_id, now)
    errand.note("steer_calendar", effect.country, f"{alteration.milestone_id}/{step}", "done")
    told, withdrawn = await Announcement(errand, alteration).post(written)
    done = ScheduleDone(
        milestone=alteration.milestone_id,
        title=alteration.milestone.title,
        country=effect.country,
        before=before,
        after=after,
        follow=alteration.follow(effect.country),
        told=told,
        withdrawn=withdrawn,
        planned=planned,
        cancelled=cancelled,
        takes_back=step not in ("link_changed", "followed"),
    )
    errand.say(asking(done, "order"), "schedule/done", edits=card)
