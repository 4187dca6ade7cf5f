"""The verb of an officer who takes the submitted reviews along side by side; nothing of a draft is in it."""

from workflows.notices.side_by_side import ReviewColumn, ReviewsTable
from workflows.store.values_clearance import Edition
from workflows.use_cases.cause import Errand
from workflows.use_cases.exchange.counting import consented
from workflows.use_cases.exchange.entering import Came, admitted, content, say
from workflows.use_cases.exchange.reading import THIS_ROOM, section_answers


async def send_table(errand: Errand) -> Came:
    """Send what every country submitted last as one table; each country's own audit tells that it was taken along."""
    if not admitted(errand, THIS_ROOM, "", "reviews"):
        return "denied"
    found = []
    last = await errand.work.clearance.last_submitted(errand.actor.cycle_id)
    for country, edition in sorted(last.items()):
        if admitted(errand, THIS_ROOM, country, edition.thing):
            found.append(await _column(errand, edition))
            errand.note("export_review", country, edition.thing, "read")
    if not found:
        return "stale"
    say(
        errand,
        ReviewsTable(cycle=errand.actor.cycle_id, at=errand.cause.now.isoformat(), reviews=tuple(found)),
    )
    return "done"


async def _column(errand: Errand, edition: Edition) -> ReviewColumn:
    review = await content(errand, edition)
    publish, quote = consented(await errand.work.consents.of_edition(edition.id))
    answers = [line for section in review.template.sections for line in section_answers(review, section.id)]
    return ReviewColumn(
        country=edition.country,
        version=edition.version,
        state=edition.state,
        at=edition.state_at.isoformat(),
        answers=tuple(answers),
        publish=tuple(sorted(publish)),
        quote=tuple(sorted(quote)),
    )
