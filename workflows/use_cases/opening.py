"""Opening a review cycle on a template."""

from datetime import datetime

from workflows.review.cycle_words import as_asked_in
from workflows.review.template import Template
from workflows.store.transaction import Work
from workflows.store.values import Cycle


class CycleExists(Exception):
    """A cycle of that name is open already; its template is pinned and is not replaced."""


async def open_cycle(work: Work, cycle_id: str, template: Template, now: datetime) -> Cycle:
    """Open a cycle and pin the template to it, in the cycle's own words, whatever becomes of its file.

    Raises:
        CycleExists: when the cycle is open already.
    """
    if await work.cycles.get(cycle_id) is not None:
        raise CycleExists(cycle_id)
    asked = as_asked_in(template, cycle_id)
    cycle = await work.cycles.open(cycle_id, asked.model_dump_json(exclude_none=True), now)
    work.audit.note(now, None, "open_cycle", "", cycle_id, "done", cycle_id=cycle_id)
    return cycle
