"""A submitted review opened again: asked for with a reason, granted by the secretariat, or left as it is."""

from workflows.notices.exchange import DecisionAsk
from workflows.notices.submission import (
    ReopenAsked,
    Reopened,
    ReopenReason,
    ReopenRefused,
    ReopenSent,
    ReopenSure,
)
from workflows.review.passage import Standing, locked, moved
from workflows.store.values_clearance import Edition
from workflows.use_cases.cause import Errand
from workflows.use_cases.hearing import asking, closing
from workflows.use_cases.submission import reasons
from workflows.use_cases.submission.locked import locked_notice, waiting_request
from workflows.use_cases.submission.marks import mark_of
from workflows.use_cases.submission.telling import (
    Came,
    concerned,
    contributors,
    found,
    hand_of,
    say,
    secretariat,
    tell,
)


async def ask_reason(errand: Errand, edition_id: int) -> Came:
    """Let a focal point's next text say why the review should be opened again; what was not confirmed is let go."""
    edition = await _locked(errand, edition_id)
    if edition is None:
        return "stale"
    if await waiting_request(errand, edition) is not None:
        await say(errand, await locked_notice(errand, edition))
        return "done"
    await reasons.let_go(errand, edition, "begin_reopen")
    await say(errand, asking(ReopenReason(mark=mark_of(edition)), f"reopen_reason.{edition.id}"))
    return "done"


async def take_reason(errand: Errand, edition_id: int, text: str) -> Came:
    """Keep a reason until it is confirmed; what follows is added to it. While a request waits there is no other."""
    edition = await _locked(errand, edition_id)
    if edition is None:
        return "stale"
    if await waiting_request(errand, edition) is not None:
        await say(errand, closing(await locked_notice(errand, edition, text)))
        return "done"
    whole = await reasons.keep(errand, edition, "begin_reopen", text)
    mark, asked = mark_of(edition), f"reopen_reason.{edition.id}"
    sure = ReopenSure(mark=mark, reason=whole) if whole else ReopenReason(mark=mark, empty=True)
    await say(errand, asking(sure, asked))
    return "done"


async def request(errand: Errand, edition_id: int) -> Came:
    """Bring the reason that was typed, and is confirmed by this, to the secretariat."""
    edition = await _locked(errand, edition_id)
    begun = await reasons.begun(errand, edition, "begin_reopen") if edition else None
    if edition is None or begun is None:
        return "stale"
    await errand.work.clearance.strike(begun.id)
    if await waiting_request(errand, edition) is not None:
        await say(errand, closing(await locked_notice(errand, edition, begun.reason)))
        return "done"
    by, now = errand.person.id, errand.cause.now
    await errand.work.clearance.put_down(edition, "ask_reopen", by, now, begun.reason)
    errand.note("freeze_draft", edition.country, edition.thing, "reopening_asked")
    await say(errand, closing(ReopenSent(mark=mark_of(edition), reason=begun.reason)))
    for each in await secretariat(errand):
        tell(errand, each, ReopenAsked(mark=mark_of(edition), reason=begun.reason))
    return "done"


async def _locked(errand: Errand, edition_id: int) -> Edition | None:
    edition = await found(errand, edition_id, "freeze_draft")
    return edition if edition is not None and locked(edition.state) else None


async def reopen(errand: Errand, edition_id: int, card: int | None = None, *, sure: bool = False) -> Came:
    """Open the draft again, on request or not; the version stays on record. Everybody concerned hears of it.

    Remarks that were kept and not sent are withdrawn; where there are any, that is asked first unless `sure`.
    """
    edition = await _held(errand, edition_id)
    after = moved(edition.standing, "reopen", hand_of(errand), 0) if edition else "not_now"
    if edition is None or not isinstance(after, Standing):
        return "stale"
    remarks = await errand.work.remarks.of_edition(edition.id)
    kept = sum(each.state == "kept" for each in remarks)
    if kept and not sure:
        await say(errand, closing(_ask_first(edition, kept)), card)
        return "done"
    by, now = errand.person.id, errand.cause.now
    opened = await errand.work.clearance.decide(edition, after.state, "reopen", by, now)
    if opened is None:
        return "stale"
    errand.note("reopen", edition.country, edition.thing, "done")
    await errand.work.remarks.withdraw(edition.id)
    await say(errand, Reopened(mark=mark_of(opened), role="secretariat", dropped=kept), card)
    country = opened.country
    colleagues = await contributors(errand, country)
    for each in (*await concerned(errand, country), *await secretariat(errand), *colleagues):
        role = each[1].role
        dropped = kept if role == "secretariat" else 0
        tell(errand, each, Reopened(mark=mark_of(opened), role=role, dropped=dropped))
    return "done"


async def _held(errand: Errand, edition_id: int) -> Edition | None:
    """The text as it stands once nobody else freezes or submits in its country."""
    edition = await found(errand, edition_id, "reopen")
    if edition is None:
        return None
    await errand.work.clearance.hold(edition.cycle_id, edition.country)
    return await errand.work.clearance.edition(edition_id)


def _ask_first(edition: Edition, kept: int) -> DecisionAsk:
    return DecisionAsk(
        decision="reopen", country=edition.country, edition=edition.id, version=edition.version, kept=kept
    )


async def refuse(errand: Errand, edition_id: int, card: int | None = None) -> Came:
    """Leave a submitted version as it is, where it was asked to open it; both sides hear of it."""
    edition = await found(errand, edition_id, "reopen")
    asker = await waiting_request(errand, edition) if edition else None
    if edition is None or asker is None:
        return "stale"
    await errand.work.clearance.put_down(edition, "refuse_reopen", errand.person.id, errand.cause.now)
    errand.note("reopen", edition.country, edition.thing, "refused")
    await say(errand, ReopenRefused(mark=mark_of(edition), role="secretariat"), card)
    for each in await concerned(errand, edition.country):
        if each[1].role == "focal_point":
            tell(errand, each, ReopenRefused(mark=mark_of(edition), role="focal_point"))
    for each in await secretariat(errand):
        tell(errand, each, ReopenRefused(mark=mark_of(edition), role="secretariat"))
    return "done"
