"""The log of consultations: kept by the focal points, and offered as lines of the review that they confirm."""

from datetime import date, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from workflows.cycle.reminders.ladder import zone_of
from workflows.cycle.typed.dates import read_when
from workflows.notices.hands import (
    ConsultationAsk,
    ConsultationCard,
    ConsultationLine,
    ConsultationsView,
    LineOffered,
)
from workflows.people.access import may
from workflows.review.events import Recorded, Review, WentTo
from workflows.review.merging import with_entry
from workflows.review.template import Template
from workflows.store.values_hands import Consultation
from workflows.use_cases import answering
from workflows.use_cases.cause import Errand
from workflows.use_cases.hands.taking_over import Came
from workflows.use_cases.hearing import asking, closing
from workflows.when import Exact

CATEGORIES = "stakeholder_categories"
LOCAL = "local_authorities"
RECORDS = "stakeholder_records"
ON_A_PAGE = 8
LONGEST = 5_000
"""How many characters of each detail are kept: more than one message has, so that nothing of it is cut."""
_YEAR = timedelta(days=364)


async def show_log(errand: Errand, page: int = 0, card: int | None = None) -> Came:
    """Show what was logged, the newest first."""
    if not _may(errand, "log"):
        return "denied"
    actor = errand.actor
    found = await errand.work.consultations.of_country(actor.cycle_id, actor.country)
    lines = tuple(_line(each) for each in reversed(found))
    last = max(len(lines) - 1, 0) // ON_A_PAGE
    errand.say(
        closing(ConsultationsView(country=actor.country, lines=lines, page=min(page, last))),
        "log",
        edits=card,
    )
    return "done"


async def show(errand: Errand, number: int, card: int | None = None, *, confirm: bool = False) -> Came:
    """Show one consultation, and where in the review it could stand."""
    found = await _own(errand, number)
    if found is None:
        return "stale"
    template = (await errand.work.drafts.open(errand.actor, errand.actor.country)).review.template
    notice = ConsultationCard(
        line=_line(found), fits=fitting(template, found.category), confirm_removal=confirm
    )
    errand.say(closing(notice), f"consultation/{number}", edits=card)
    return "done"


def fitting(template: Template, category: str) -> tuple[str, ...]:
    """The lists of the review in which such a consultation has a place: local authorities have one of their own."""
    lists = [
        prompt.id
        for prompt in template.prompts.values()
        if template.type_of(prompt.id).kind == "records"
        and (prompt.options == CATEGORIES or (prompt.type == RECORDS and not prompt.options))
    ]
    own = [prompt for prompt in lists if not template.prompts[prompt].options]
    return tuple(own if category == LOCAL else [prompt for prompt in lists if prompt not in own])


# --- logging ------------------------------------------------------------------------------------------------------


async def begin(errand: Errand) -> Came:
    """Ask for the category of a new one."""
    if not _may(errand, "log"):
        return "denied"
    errand.say(closing(ConsultationAsk(step="category")), "category")
    return "done"


async def ask_with_whom(errand: Errand, category: str) -> Came:
    """Ask with whom, to be typed."""
    if not _may(errand, "log"):
        return "denied"
    if category not in await _categories(errand):
        return "stale"
    notice = ConsultationAsk(step="with_whom", category=category)
    errand.say(asking(notice, f"consult_with.{category}"), "with_whom")
    return "done"


async def take_with_whom(errand: Errand, category: str, text: str) -> Came:
    """Log it; day and subject are asked after it and may stay open."""
    if not _may(errand, "log"):
        return "denied"
    if category not in await _categories(errand):
        return "stale"
    actor, now = errand.actor, errand.cause.now
    with_whom = text.strip()[:LONGEST]
    new = Consultation(0, actor.cycle_id, actor.country, None, category, with_whom, "", errand.person.id, now)
    number = await errand.work.consultations.add(new, now)
    errand.note("log_consultation", actor.country, f"consultation {number}", "done")
    return await ask_day(errand, number)


async def ask_day(
    errand: Errand,
    number: int,
    problem: Literal["", "date_unclear", "date_ambiguous"] = "",
    given: str = "",
) -> Came:
    """Ask for the day, to be typed."""
    if await _own(errand, number) is None:
        return "stale"
    notice = ConsultationAsk(step="day", id=number, problem=problem, given=given)
    errand.say(asking(notice, f"consult_day.{number}"), "day")
    return "done"


async def take_day(errand: Errand, number: int, text: str) -> Came:
    """Keep the day, where one was understood; else ask again."""
    found = await _own(errand, number)
    if found is None:
        return "stale"
    days = _days(text, errand)
    if len(days) != 1:
        return await ask_day(errand, number, "date_ambiguous" if days else "date_unclear", text[:100])
    await errand.work.consultations.save(replace(found, day=days[0]))
    errand.note("log_consultation", found.country, f"consultation {number}", "day")
    return await ask_subject(errand, number) if not found.subject else await show(errand, number)


def _days(text: str, errand: Errand) -> list[date]:
    """The days that were meant: one that has been, where the year was not said."""
    zone = zone_of(errand.actor.country)
    today = errand.cause.now.astimezone(ZoneInfo(zone)).date()
    found = [each.first for each in read_when(text, today, zone).readings if isinstance(each, Exact)]
    if found and all(day > today for day in found):
        earlier = [
            each.first for each in read_when(text, today - _YEAR, zone).readings if isinstance(each, Exact)
        ]
        found = earlier or found
    return found


async def ask_subject(errand: Errand, number: int) -> Came:
    """Ask what it was about, to be typed."""
    if await _own(errand, number) is None:
        return "stale"
    notice = ConsultationAsk(step="subject", id=number)
    errand.say(asking(notice, f"consult_subject.{number}"), "subject")
    return "done"


async def take_subject(errand: Errand, number: int, text: str) -> Came:
    """Keep the subject and show the whole."""
    found = await _own(errand, number)
    if found is None:
        return "stale"
    await errand.work.consultations.save(replace(found, subject=text.strip()[:LONGEST]))
    errand.note("log_consultation", found.country, f"consultation {number}", "subject")
    return await show(errand, number)


async def remove(errand: Errand, number: int, card: int) -> Came:
    """Take one out of the log; what the review says of it stays."""
    found = await _own(errand, number)
    if found is None:
        return "stale"
    await errand.work.consultations.remove(number, errand.cause.now)
    errand.note("remove_consultation", found.country, f"consultation {number}", "done")
    return await show_log(errand, 0, card)


# --- a line of the review ---------------------------------------------------------------------------------------------


async def offer_line(errand: Errand, number: int, prompt: str) -> Came:
    """Show how a consultation would stand in a list of the review; nothing is written yet."""
    found = await _own(errand, number)
    draft = await errand.work.drafts.open(errand.actor, errand.actor.country) if found else None
    if found is None or draft is None or prompt not in fitting(draft.review.template, found.category):
        return "stale"
    notice = LineOffered(
        id=number,
        prompt=prompt,
        official=draft.numbers.get(prompt, 0),
        line=_line(found),
    )
    errand.say(notice, "offered")
    return "done"


async def confirm_line(errand: Errand, number: int, official: int, prompt: str) -> Came:
    """Put the line into the list, as the focal point confirmed it on the list that was shown."""
    found = await _own(errand, number)
    draft = await errand.work.drafts.open(errand.actor, errand.actor.country) if found else None
    if found is None or draft is None or prompt not in fitting(draft.review.template, found.category):
        return "stale"
    if draft.locked or draft.numbers.get(prompt, 0) != official:
        return "locked" if draft.locked else "stale"
    fact = _with_line(draft.review, prompt, found)
    await errand.work.drafts.record(draft, [fact], errand.person.id, errand.cause.now)
    errand.note("use_consultation", found.country, f"{prompt} consultation {number}", "done")
    await answering.go(errand, WentTo(f"prompt:{prompt}"))
    return "done"


def _with_line(review: Review, prompt: str, found: Consultation) -> Recorded:
    details = {
        "name": found.with_whom,
        "category": found.category,
        "kind": found.category,
        "how": found.subject,
        "role": found.subject,
        "when": found.day.isoformat() if found.day else "",
    }
    return with_entry(review, prompt, details, f"consultation/{found.id}")


# --- whose it is ------------------------------------------------------------------------------------------------------


def _may(errand: Errand, thing: str) -> bool:
    allowed = may(errand.actor, "log_consultations", errand.actor.country)
    if not allowed:
        errand.note("log_consultations", errand.actor.country, thing, "denied")
    return allowed


async def _own(errand: Errand, number: int) -> Consultation | None:
    """A consultation of one's own country; None for every other, as for one that is not there."""
    if not _may(errand, f"consultation {number}"):
        return None
    found = await errand.work.consultations.get(number)
    here = errand.actor.cycle_id, errand.actor.country
    return found if found is not None and (found.cycle_id, found.country) == here else None


async def _categories(errand: Errand) -> frozenset[str]:
    cycle = await errand.work.cycles.get(errand.actor.cycle_id)
    options = cycle.template.option_sets.get(CATEGORIES, ()) if cycle is not None else ()
    return frozenset(option.value for option in options)


def _line(found: Consultation) -> ConsultationLine:
    return ConsultationLine(
        id=found.id,
        day=found.day.isoformat() if found.day else "",
        category=found.category,
        with_whom=found.with_whom,
        subject=found.subject,
    )
