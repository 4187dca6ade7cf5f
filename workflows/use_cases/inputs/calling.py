"""Calls for written inputs: by which link they are known, until when they are open, and whom one is for."""

from datetime import datetime
from typing import Final

from workflows.cycle.calendar import is_over
from workflows.languages import Language
from workflows.notices.inputs import CategoryLine, InputClosed, InputDoor
from workflows.people.invitations import hash_token
from workflows.review.template import Template
from workflows.store.transaction import Work
from workflows.store.values_inputs import InputCall
from workflows.when import When

CATEGORIES: Final = "stakeholder_categories"
"""The template's list of stakeholders: from questions 1e and 2a, and the lists of 2023-2024 (L107-111, L166-177)."""
OTHER: Final = "other"


def categories_of(template: Template) -> tuple[CategoryLine, ...]:
    """The categories of stakeholders in the template's order; none where it has no such list."""
    return tuple(
        CategoryLine(id=each.value, name=each.text) for each in template.option_sets.get(CATEGORIES, ())
    )


async def categories(work: Work, cycle_id: str) -> tuple[CategoryLine, ...]:
    """The categories of a cycle."""
    cycle = await work.cycles.get(cycle_id)
    return categories_of(cycle.template) if cycle is not None else ()


async def category(work: Work, cycle_id: str, value: str) -> CategoryLine | None:
    """The category of that value; None for none."""
    return next((each for each in await categories(work, cycle_id) if each.id == value), None)


async def closing_of(work: Work, call: InputCall) -> When | None:
    """When a call closes by the calendar as it stands now; None where only an officer ends it."""
    plan = await work.calendars.current(call.cycle_id) if call.follows else None
    milestone = plan.calendar.by_id.get(call.follows) if plan is not None else None
    return milestone.when if milestone is not None else None


async def is_open(work: Work, call: InputCall | None, now: datetime) -> bool:
    """Whether something can be sent to a call at `now` (UTC): no officer has ended it, and its day is not over."""
    if call is None or call.ended_at is not None:
        return False
    closes = await closing_of(work, call)
    return closes is None or not is_over(closes, now)


async def called(work: Work, token: str) -> InputCall | None:
    """The call whose link carries this token, ended ones too."""
    return await work.inputs.call_by_hash(hash_token(token))


async def door(
    work: Work, call: InputCall, token: str, spoken: Language, now: datetime
) -> InputDoor | InputClosed:
    """What is said before the first word to who opens a call's link."""
    if not await is_open(work, call, now):
        return InputClosed(code="closed")
    plan = await work.calendars.current(call.cycle_id)
    return InputDoor(
        token=token,
        spoken=spoken,
        cycle=plan.calendar.title if plan is not None else None,
        category=await category(work, call.cycle_id, call.category) if call.category else None,
        closes=await closing_of(work, call),
    )
