"""The submission of a cleared text: asked once more, done once, and a receipt to everybody whom it concerns."""

from workflows.notices.submission import OnlyTheLead, Receipt, SubmittedWithout
from workflows.review.frozen_text import changed_questions
from workflows.review.passage import ON_RECORD, Standing, locked, moved
from workflows.store.values import Draft
from workflows.store.values_clearance import Edition
from workflows.use_cases.cause import Errand
from workflows.use_cases.submission.differing import changed_since
from workflows.use_cases.submission.freezing import ask_to_submit, freeze, sight
from workflows.use_cases.submission.looking import look
from workflows.use_cases.submission.marks import mark_of
from workflows.use_cases.submission.telling import (
    Came,
    concerned,
    contributors,
    found,
    hand_of,
    say,
    secretariat,
    send_document,
    tell,
)


async def ask(errand: Errand, edition_id: int, card: int | None = None) -> Came:
    """Ask whether this text is to be submitted; an alternate is told who submits.

    Where nobody has to clear it, what is asked about is always what the draft says now.
    """
    edition = await found(errand, edition_id, "submit")
    if edition is None:
        return "stale"
    if not errand.actor.lead:
        return await _refer(errand, edition)
    if not await _may_go(errand, edition):
        return await look(errand, card)
    if not edition.step:
        return await freeze(errand, card)
    draft = await errand.work.drafts.open(errand.actor, edition.country)
    await ask_to_submit(errand, draft, edition, card)
    return "done"


async def submit(errand: Errand, edition_id: int, seen: str, card: int | None = None) -> Came:
    """Submit a text as the next version; pressed twice it is submitted once.

    `seen` is the draft that the question showed: where it was changed since, the question is asked again.
    """
    edition = await found(errand, edition_id, "submit")
    if edition is None:
        return "stale"
    if not errand.actor.lead:
        return await _refer(errand, edition)
    # Whoever writes or freezes waits for the draft's row: nothing changes between here and the end.
    draft = await errand.work.drafts.open(errand.actor, edition.country)
    edition = await errand.work.clearance.edition(edition_id) or edition
    if edition.state in ON_RECORD:
        return "locked" if locked(edition.state) else "stale"
    if not await _may_go(errand, edition):
        return await look(errand, card)
    if await sight(errand, draft) != seen:
        return await _ask_again(errand, draft, edition, card)
    return await _submit(errand, draft, edition, card)


async def _ask_again(errand: Errand, draft: Draft, edition: Edition, card: int | None) -> Came:
    """Ask about what the draft says by now: frozen anew where nobody had to clear it, else about the cleared text."""
    if not edition.step:
        return await freeze(errand, card)
    await ask_to_submit(errand, draft, edition, card)
    return "done"


async def _submit(errand: Errand, draft: Draft, edition: Edition, card: int | None) -> Came:
    changed = await _amended(errand, edition)
    submitted = await errand.work.clearance.submit(edition, errand.person.id, errand.cause.now)
    if submitted is None:
        return "stale"
    errand.note("submit", edition.country, edition.thing, f"version {submitted.version}")
    receipt = Receipt(mark=mark_of(submitted), role="focal_point", changed=changed)
    receipt = receipt.model_copy(update={"missing": await changed_since(errand, draft, submitted)})
    await say(errand, receipt, card)
    await _give_receipts(errand, submitted, receipt)
    return "done"


async def _refer(errand: Errand, edition: Edition) -> Came:
    errand.note("submit", edition.country, edition.thing, "not_lead")
    await say(errand, OnlyTheLead(country=edition.country))
    return "done"


async def _may_go(errand: Errand, edition: Edition) -> bool:
    """Whether the text is the newest and has all clearances that are asked."""
    newest = await errand.work.clearance.newest(edition.cycle_id, edition.country)
    steps = await errand.work.clearance.steps(edition.cycle_id, edition.country)
    is_newest = newest is not None and newest.id == edition.id
    return is_newest and isinstance(moved(edition.standing, "submit", hand_of(errand), steps), Standing)


async def _amended(errand: Errand, edition: Edition) -> tuple[str, ...]:
    """The questions that differ from the version submitted before; none at the first."""
    earlier = await errand.work.clearance.submitted(edition.cycle_id, edition.country)
    if not earlier:
        return ()
    before = await errand.work.clearance.content(errand.actor, earlier[-1])
    return changed_questions(before, await errand.work.clearance.content(errand.actor, edition))


async def _give_receipts(errand: Errand, submitted: Edition, receipt: Receipt) -> None:
    """A receipt to everybody concerned; what the draft has besides is for the focal points, the text for officers."""
    officers = await secretariat(errand)
    for each in (*await concerned(errand, submitted.country), *officers):
        role = each[1].role
        missing = receipt.missing if role == "focal_point" else ()
        tell(errand, each, receipt.model_copy(update={"role": role, "missing": missing}))
    for each in await contributors(errand, submitted.country):
        tell(errand, each, SubmittedWithout(mark=mark_of(submitted)))
    content = await errand.work.clearance.text(errand.actor, submitted)
    for each in officers:
        send_document(errand, each, submitted, content)
