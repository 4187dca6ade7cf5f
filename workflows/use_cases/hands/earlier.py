"""What the country submitted in an earlier cycle, shown at its question, and taken as the beginning of a new answer.

Nothing is taken over by itself, and nothing is ever overwritten: an answer that is there stays.
"""

from workflows.immutable import Immutable
from workflows.notices.earlier import EarlierAnswer, EarlierDocument, EarlierTaken, Obstacle
from workflows.notices.submission import Form
from workflows.people.access import may
from workflows.review.cards import given
from workflows.review.events import Review, WentTo
from workflows.review.path import is_on_path
from workflows.review.starting import misfit, started
from workflows.store.values import Draft
from workflows.store.values_clearance import EarlierReview
from workflows.use_cases import answering, contradicting
from workflows.use_cases.cause import Errand
from workflows.use_cases.hands.meeting import beside_the_talk
from workflows.use_cases.hands.taking_over import Came
from workflows.use_cases.submission.marks import mark_of


class _Asked(Immutable):
    """The earlier review of which a question's answer is wanted, its words, and the draft of now."""

    found: EarlierReview
    draft: Draft
    content: Review


def source_of(found: EarlierReview) -> str:
    """How an answer names the earlier review that it began with: the frozen text, and when it was submitted."""
    return f"earlier/{found.edition.id}/{found.submitted_at.isoformat()}"


def submitted_at(source: str) -> str:
    """The moment that `source_of` named (UTC, ISO 8601); empty for every other source."""
    word, _, rest = source.partition("/")
    return rest.partition("/")[2] if word == "earlier" else ""


async def show(errand: Errand, prompt: str) -> Came:
    """Show what the country submitted to a question in the newest earlier cycle in which it submitted."""
    asked = await _asked(errand, prompt)
    if not isinstance(asked, _Asked):
        return asked
    await _show(errand, asked, prompt)
    return "done"


async def take(errand: Errand, edition_id: int, prompt: str) -> Came:
    """Begin an open answer with what was shown; its first version is from now on of whoever took it.

    Where the answer is not open any more, does not fit or something newer was submitted, nothing is done and what was
    submitted is shown with what is in the way.
    """
    asked = await _asked(errand, prompt)
    if not isinstance(asked, _Asked):
        return asked
    found, draft, content = asked.found, asked.draft, asked.content
    if draft.locked:
        return "locked"
    if found.edition.id != edition_id or _obstacle(draft, content, prompt):
        await _show(errand, asked, prompt)
        return "done"
    fact = started(draft.review, prompt, content.answers[prompt], source_of(found))
    after = await errand.work.drafts.record(draft, [fact], errand.person.id, errand.cause.now)
    errand.note("take_earlier", errand.actor.country, _thing(found, prompt), "done")
    errand.say(EarlierTaken(prompt=prompt, at=found.submitted_at.isoformat()), "earlier_taken")
    await contradicting.ask(errand, draft.review, after.review, [fact])
    await answering.go(errand, WentTo(f"prompt:{prompt}"))
    return "done"


async def send_review(errand: Errand, form: Form = "docx") -> Came:
    """Send the whole earlier review as a document."""
    found = await _found(errand)
    if found is None:
        return "denied"
    document = EarlierDocument(
        cycle=found.edition.cycle_id,
        mark=mark_of(found.edition),
        at=found.submitted_at.isoformat(),
        content=await errand.work.earlier.text(errand.actor, found),
        form=form,
    )
    errand.note("read_earlier", errand.actor.country, _thing(found), "done")
    errand.say(document, "earlier_document")
    return "done"


async def _found(errand: Errand) -> EarlierReview | None:
    """The earlier review; None for whoever may not read it, and where there is none: to them it does not exist."""
    actor = errand.actor
    if not may(actor, "read_earlier", actor.country):
        errand.note("read_earlier", actor.country, "earlier review", "denied")
        return None
    return await errand.work.earlier.review(actor, actor.country)


async def _asked(errand: Errand, prompt: str) -> _Asked | Came:
    """What a verb about one question needs; "denied" or "stale" where there is nothing to show."""
    found = await _found(errand)
    if found is None:
        return "denied"
    draft = await errand.work.drafts.open(errand.actor, errand.actor.country)
    content = await errand.work.earlier.content(errand.actor, found)
    if prompt not in content.answers or prompt not in draft.review.template.prompts:
        return "stale"
    return _Asked(found, draft, content)


def _obstacle(draft: Draft, earlier: Review, prompt: str) -> Obstacle:
    if draft.locked:
        return "locked"
    if prompt in draft.review.answers:
        return "answered"
    if not is_on_path(draft.review, prompt):
        return "asleep"
    return misfit(earlier, draft.review, prompt) or ""


async def _show(errand: Errand, asked: _Asked, prompt: str) -> None:
    found, draft, content = asked.found, asked.draft, asked.content
    adaptation = content.adaptations.get(content.template.question_of[prompt].id)
    notice = EarlierAnswer(
        cycle=found.edition.cycle_id,
        prompt=prompt,
        mark=mark_of(found.edition),
        at=found.submitted_at.isoformat(),
        given=given(content.answers[prompt]),
        wording=adaptation.wording if adaptation else "",
        obstacle=_obstacle(draft, content, prompt),
    )
    errand.note("read_earlier", errand.actor.country, _thing(found, prompt), "done")
    errand.say(await beside_the_talk(errand, draft, notice, prompt), "earlier")


def _thing(found: EarlierReview, prompt: str = "") -> str:
    edition = f"{found.edition.thing} of {found.edition.cycle_id}"
    return f"{prompt} in {edition}" if prompt else edition
