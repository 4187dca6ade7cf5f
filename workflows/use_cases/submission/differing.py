"""What a draft says by now that a frozen text of it does not."""

from workflows.review.frozen_text import changed_questions
from workflows.review.personal import careful
from workflows.store.values import Draft
from workflows.store.values_clearance import Edition
from workflows.use_cases.cause import Errand
from workflows.use_cases.submission.telling import NOTHING_BEFORE, Since


async def changed_since(errand: Errand, draft: Draft, edition: Edition | None) -> tuple[str, ...]:
    """The questions of a draft that say something else than a frozen text; none where there is no such text.

    That a passage which seems personal was left out of it is no difference.
    """
    if edition is None:
        return ()
    before = await errand.work.clearance.content(errand.actor, edition)
    apart_from_passages = changed_questions(before, careful(draft.review))
    return tuple(each for each in changed_questions(before, draft.review) if each in apart_from_passages)


async def since_the_last(errand: Errand, edition: Edition, step: int) -> Since:
    """What a frozen text says otherwise than the one that whoever gives the clearance of a step had last before it.

    That is the last text that came to this step, also one that was followed or taken back since, or the version that
    was submitted last. Raises Denied where the person may not read the frozen text.
    """
    every = await errand.work.clearance.of_country(edition.cycle_id, edition.country)
    had = [each for each in every if each.number < edition.number and (each.version or each.step >= step)]
    if not had:
        return NOTHING_BEFORE
    return Since(had[-1], await errand.work.clearance.changed(errand.actor, had[-1], edition))
