"""What is said while a submitted review stays as it is."""

from workflows.notices.submission import ReviewLocked
from workflows.review.passage import locked
from workflows.store.values_clearance import Edition
from workflows.use_cases.cause import Errand
from workflows.use_cases.submission.marks import mark_of


async def locked_notice(errand: Errand, edition: Edition, text: str = "") -> ReviewLocked:
    """That the review stays as it is since it was submitted, with what was typed all the same."""
    request = await waiting_request(errand, edition)
    return ReviewLocked(mark=mark_of(edition), text=text, asked=request is not None)


async def waiting_request(errand: Errand, edition: Edition) -> int | None:
    """The line with which it was asked to open a locked text again and that nobody has answered; None without one."""
    if not locked(edition.state):
        return None
    acts = await errand.work.clearance.acts(edition.id)
    newest = next((each for each in reversed(acts) if each.act in ("ask_reopen", "refuse_reopen")), None)
    return newest.id if newest is not None and newest.act == "ask_reopen" else None
