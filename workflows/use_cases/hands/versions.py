"""The history of an answer: its versions with their authors and differences, and an earlier one brought back."""

from workflows.notices.hands import HistoryView, VersionLine, VersionView
from workflows.people.access import may
from workflows.people.roles import Actor
from workflows.review.cards import given
from workflows.review.events import WentTo
from workflows.review.merging import restored
from workflows.store.values import Revision
from workflows.use_cases import answering, contradicting
from workflows.use_cases.cause import Errand
from workflows.use_cases.hands.earlier import submitted_at
from workflows.use_cases.hands.filled import is_of_a_file
from workflows.use_cases.hands.taking_over import Came, contribution_of

ON_A_PAGE = 10
"""How many versions one page of the history names."""


async def show_history(errand: Errand, prompt: str, page: int = 0, card: int | None = None) -> Came:
    """Show the versions of an answer, the newest first."""
    versions = await _versions(errand, prompt)
    if versions is None:
        return "denied"
    if not versions:
        return "stale"
    last = (len(versions) - 1) // ON_A_PAGE
    lines = tuple([await _line(errand, each) for each in reversed(versions)])
    errand.say(HistoryView(prompt=prompt, lines=lines, page=min(page, last)), "history", edits=card)
    return "done"


async def show_version(errand: Errand, prompt: str, number: int) -> Came:
    """Show one version with what it changed in the one before it."""
    versions = await _versions(errand, prompt)
    if versions is None:
        return "denied"
    if not 1 <= number <= len(versions):
        return "stale"
    here = versions[number - 1]
    before = versions[number - 2] if number > 1 else None
    notice = VersionView(
        prompt=prompt,
        line=await _line(errand, here),
        newest=len(versions),
        before=given(before.answer if before else None),
        after=given(here.answer),
    )
    errand.say(notice, "version")
    return "done"


async def bring_back(errand: Errand, prompt: str, number: int, newest: int) -> Came:
    """Make an earlier version the newest; nothing where somebody has changed the answer since the list was shown."""
    versions = await _versions(errand, prompt)
    if versions is None:
        return "denied"
    if len(versions) != newest or not 1 <= number < newest:
        return "stale"
    draft = await errand.work.drafts.open(errand.actor, errand.actor.country)
    if draft.locked:
        return "locked"
    fact = restored(draft.review, prompt, versions[number - 1].answer, f"restored/{number}")
    after = await errand.work.drafts.record(draft, [fact], errand.person.id, errand.cause.now)
    await contradicting.ask(errand, draft.review, after.review, [fact])
    errand.note("restore", errand.actor.country, f"{prompt} version {number}", "done")
    await answering.go(errand, WentTo(f"prompt:{prompt}"))
    return "done"


def _reads(actor: Actor) -> bool:
    return may(actor, "read_draft", actor.country) or may(actor, "contribute", actor.country)


async def _versions(errand: Errand, prompt: str) -> list[Revision] | None:
    """The versions of one's own country's answer, or of one's own beside it; None for somebody who has neither."""
    actor = errand.actor
    if not _reads(actor):
        errand.note("read_draft", actor.country, "history", "denied")
        return None
    draft = await errand.work.drafts.open(actor, actor.country)
    if prompt not in draft.review.template.prompts:
        return []
    return await errand.work.drafts.revisions(actor, actor.country, prompt)


async def _line(errand: Errand, revision: Revision) -> VersionLine:
    source, _, number = revision.source.partition("/")
    return VersionLine(
        number=revision.number,
        by=revision.author_name,
        at=revision.at.isoformat(),
        words=revision.words,
        state=revision.answer.state if revision.answer else "open",
        colleague=await _colleague(errand, revision),
        restored=int(number) if source == "restored" and number.isdecimal() else 0,
        earlier=submitted_at(revision.source),
        is_of_a_file=is_of_a_file(revision.source),
    )


async def _colleague(errand: Errand, revision: Revision) -> str:
    """Whose text this version took over."""
    taken = contribution_of(revision.source)
    place = await errand.work.people.membership(taken[0]) if taken else None
    someone = await errand.work.people.by_id(place.person_id) if place else None
    return someone.name if someone else ""
