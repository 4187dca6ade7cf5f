"""The outline for a country's presentation: what is known of its preparation, in one document for its own people."""

from typing import Final

from workflows.notices.assessment import AssessOutline, EntitiesNamed
from workflows.review.alignment import naming_entities
from workflows.review.cards import given
from workflows.review.events import Review
from workflows.review.progress import section_lines
from workflows.use_cases.assessment.marking import Came, all_lines, may_assess
from workflows.use_cases.calendar import showing
from workflows.use_cases.cause import Errand
from workflows.use_cases.support import desk, following

NEXT_STEPS: Final = 6
"""How many of the coming dates are told."""


async def send(errand: Errand) -> Came:
    """Send the outline as it is now. Nothing is frozen or kept by that, and nobody else is told."""
    if not may_assess(errand):
        return "denied"
    country, now = errand.actor.country, errand.cause.now
    review = (await errand.work.drafts.open(errand.actor, country)).review
    coming = await showing.coming(errand, NEXT_STEPS)
    requests = [each for each in await following.own(errand) if each.state != "closed"]
    outline = AssessOutline(
        country=country,
        at=now.isoformat(),
        sections=section_lines(review),
        entities=_entities(review),
        principles=await all_lines(errand),
        requests=tuple(desk.line(each, now) for each in requests),
        events=coming or (),
        dated=coming is not None,
    )
    errand.say(outline, "outline")
    return "done"


def _entities(review: Review) -> tuple[EntitiesNamed, ...]:
    """Who takes part, as the state answered where that applies."""
    on_path = {prompt.id for prompt in review.path}
    found = []
    for prompt in naming_entities(review.template):
        if prompt not in on_path:
            continue
        answer = given(review.answers.get(prompt))
        first, *_ = review.template.fields_of(prompt)
        names = tuple(record[first.id] for record in answer.records if record.get(first.id))
        found.append(EntitiesNamed(prompt=prompt, state=answer.state, names=names))
    return tuple(found)
