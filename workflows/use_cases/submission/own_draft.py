"""A country's own draft as a document, for those who write it: nothing is frozen by it and nobody else is told."""

from workflows.notices.submission import Form, OwnDraft
from workflows.people.access import may
from workflows.review.frozen_text import frozen
from workflows.use_cases.cause import Errand
from workflows.use_cases.submission.telling import Came, say


async def send(errand: Errand, form: Form = "docx") -> Came:
    """Send the person's country's draft as it is now."""
    country = errand.actor.country
    if not may(errand.actor, "freeze_draft", country):
        errand.note("freeze_draft", country, "draft as a document", "denied")
        return "denied"
    draft = await errand.work.drafts.open(errand.actor, country)
    content = frozen(draft.review, errand.actor.cycle_id, "")
    notice = OwnDraft(country=country, content=content, at=errand.cause.now.isoformat(), form=form)
    await say(errand, notice)
    return "done"
