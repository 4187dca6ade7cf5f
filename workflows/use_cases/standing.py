"""Where a country stands, for its own people."""

from datetime import datetime

from workflows.notices import ProgressView
from workflows.review.path import next_open
from workflows.review.progress import section_lines, tally
from workflows.use_cases.cause import Errand


async def show_progress(errand: Errand) -> None:
    """Show a focal point what is done and what is left."""
    draft = await errand.work.drafts.open(errand.actor, errand.actor.country)
    counts = tally(draft.review)
    view = ProgressView(
        country=errand.actor.country,
        sections=section_lines(draft.review),
        declined=counts.declined,
        not_applicable=counts.not_applicable,
        not_known=counts.not_known,
        next=next_open(draft.review, None) or "",
        last_activity=_iso(draft.last_activity),
    )
    errand.say(view, "progress")


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
