"""What is said while a submitted review stays as it is."""

from collections.abc import Sequence

from msgspec.structs import replace

from workflows.notices import Ask, Hub
from workflows.notices.submission import ReviewLocked
from workflows.notices.talk import Kept
from workflows.review.events import Say
from workflows.review.passage import locked
from workflows.store.values import Draft
from workflows.store.values_clearance import Edition
from workflows.use_cases.cause import Errand
from workflows.use_cases.submission.differing import changed_since
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


async def said_of_kept(errand: Errand, draft: Draft, says: Sequence[Say]) -> tuple[Say, ...]:
    """What is said in a turn, with a word on every card that the review stays as it was submitted, where it does.

    A colleague who writes beside the official text reads nothing of it: only that it was submitted.
    """
    if not (draft.locked or draft.review.is_beside) or not any(_is_card(say) for say in says):
        return tuple(says)
    newest = await errand.work.clearance.newest(draft.cycle_id, errand.actor.country)
    if newest is None or not locked(newest.state):
        return tuple(says)
    missing: tuple[str, ...] = ()
    if not draft.review.is_beside:
        missing = await changed_since(errand, draft, newest)
    kept = Kept(version=newest.version, at=newest.state_at.isoformat(), missing=missing)
    told = {"kept": kept, "is_beside": draft.review.is_beside}
    return tuple(
        replace(say, notice=say.notice.model_copy(update=told)) if _is_card(say) else say for say in says
    )


def _is_card(say: Say) -> bool:
    return isinstance(say.notice, Hub) or (isinstance(say.notice, Ask) and bool(say.notice.turn))
