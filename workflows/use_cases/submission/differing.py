"""What a draft says by now that a frozen text of it does not."""

from workflows.review.frozen_text import changed_questions
from workflows.review.personal import careful
from workflows.store.values import Draft
from workflows.store.values_clearance import Edition
from workflows.use_cases.cause import Errand


async def changed_since(errand: Errand, draft: Draft, edition: Edition | None) -> tuple[str, ...]:
    """The questions of a draft that say something else than a frozen text; none where there is no such text.

    That a passage which seems personal was left out of it is no difference.
    """
    if edition is None:
        return ()
    before = await errand.work.clearance.content(errand.actor, edition)
    apart_from_passages = changed_questions(before, careful(draft.review))
    return tuple(each for each in changed_questions(before, draft.review) if each in apart_from_passages)


async def changed_between(errand: Errand, before: Edition | None, after: Edition) -> tuple[str, ...]:
    """The questions in which two frozen texts differ, both of which the person may read; none where there is no first.

    Raises:
        Denied: The person may not read one of them.
    """
    if before is None:
        return ()
    clearance = errand.work.clearance
    first, second = (
        await clearance.content(errand.actor, before),
        await clearance.content(errand.actor, after),
    )
    return changed_questions(first, second)


async def submitted_before(errand: Errand, edition: Edition) -> Edition | None:
    """The version of a country's review that was submitted last before a frozen text was made."""
    submitted = await errand.work.clearance.submitted(edition.cycle_id, edition.country)
    earlier = [each for each in submitted if each.number < edition.number]
    return max(earlier, key=lambda each: each.version, default=None)
