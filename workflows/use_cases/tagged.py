"""Looking up one's own entries by the objective they carry; another country's are out of reach."""

from typing import Literal

from workflows.notices.tagged import TaggedLine, TaggedView, TagsView
from workflows.people.access import may
from workflows.people.roles import Actor
from workflows.review import tags
from workflows.store.values import Draft
from workflows.use_cases.cause import Errand

Came = Literal["done", "denied", "stale"]


def may_look(actor: Actor) -> bool:
    """Whether somebody has entries of their own country to look up: its draft, or what they wrote beside it."""
    return may(actor, "contribute" if actor.role == "contributor" else "read_draft", actor.country)


async def show_all(errand: Errand) -> Came:
    """Show the objectives, each with how many of one's own entries carry it."""
    draft = await _draft(errand)
    if draft is None:
        return "denied"
    view = TagsView(counts=tags.counts(draft.review), beside=draft.review.is_beside)
    errand.say(view, "tags")
    return "done"


async def show(errand: Errand, objective: str, page: int = 0, card: int | None = None) -> Came:
    """Show what of one's own carries an objective, by its value in the template."""
    draft = await _draft(errand)
    if draft is None:
        return "denied"
    if all(each.value != objective for each in tags.objectives_of(draft.review.template)):
        return "stale"
    found = tuple(
        TaggedLine(prompt=each.prompt, name=each.name, status=each.status)
        for each in tags.carrying(draft.review, objective)
    )
    view = TaggedView(objective=objective, found=found, page=page, beside=draft.review.is_beside)
    errand.say(view, f"tagged/{objective}", edits=card)
    return "done"


async def _draft(errand: Errand) -> Draft | None:
    """The draft to look in, as the gateway gives it; None for whoever has none, which the audit tells."""
    actor = errand.actor
    if not may_look(actor):
        errand.note("read_draft", actor.country, "entries by objective", "denied")
        return None
    return await errand.work.drafts.open(actor, actor.country)
