"""A review frozen as it is: sent to be cleared, or put before whoever submits it; taken back while that is possible."""

from workflows.notices.exchange import Found
from workflows.notices.submission import (
    EditionNews,
    EditionSent,
    FreezeDoubt,
    OnlyTheLead,
    SubmitConfirm,
)
from workflows.people.access import may
from workflows.review.events import Adaptation, Review
from workflows.review.frozen_text import applying, frozen, hash_of
from workflows.review.passage import OUTSTANDING, Standing, moved
from workflows.review.personal import LEFT_OUT, careful, passages_in, typed_in
from workflows.store.values import Draft
from workflows.store.values_clearance import Edition
from workflows.use_cases.cause import Errand
from workflows.use_cases.doubting import SIGHT, Passages, found_in
from workflows.use_cases.hearing import closing
from workflows.use_cases.submission.differing import changed_since, since_the_last
from workflows.use_cases.submission.looking import (
    look,
    next_version,
    open_questions,
    waiting,
    waiting_of_colleagues,
)
from workflows.use_cases.submission.marks import mark_of
from workflows.use_cases.submission.telling import (
    Came,
    clearers,
    concerned,
    focal_points,
    found,
    hand_of,
    keep_here,
    say,
    send_document,
    step_of,
    tell,
)


async def freeze(errand: Errand, card: int | None = None, passages: Passages = "ask", seen: str = "") -> Came:
    """Freeze the review and send it to be cleared; where no clearance is asked, ask whether to submit it.

    What is already on its way word for word is not frozen again. Where personal data seems to be in it, the person is
    asked once whether it goes along; the same passages are not asked about again. `seen` is the sight of those that
    the person decided about: where there are others by now, they are asked about.
    """
    country = errand.actor.country
    if not may(errand.actor, "freeze_draft", country):
        errand.note("freeze_draft", country, "review", "denied")
        return "denied"
    draft = await errand.work.drafts.open(errand.actor, country)
    steps = await errand.work.clearance.steps(errand.actor.cycle_id, country)
    if draft.locked or (steps and not clearers(await concerned(errand, country), 1)):
        return await look(errand, card)
    if not steps and not errand.actor.lead:
        await say(errand, OnlyTheLead(country=country))
        return "done"
    doubt = _doubt(draft.review)
    if passages == "ask":
        passages = await _decided(errand, draft, doubt)
    elif seen != doubt.sight:
        passages = "ask"
    if doubt.sight and passages == "ask":
        await say(errand, closing(FreezeDoubt(found=doubt)), card)
        return "done"
    text = careful(draft.review) if passages == "left_out" else draft.review
    edition, changed, former = await _frozen(errand, draft, text, steps)
    if not steps:
        await ask_to_submit(errand, draft, edition, card, anew=bool(former and changed))
        return "done"
    if former is not None and edition.id == former.id:
        return await look(errand, card)
    await _send(errand, edition, former)
    sent = EditionSent(mark=mark_of(edition), changed=changed, followed=former.number if former else 0)
    await say(errand, sent, card)
    return "done"


def _doubt(review: Review) -> Found:
    """What seems personal in what would be frozen of a review."""
    return found_in(review, [prompt.id for prompt in review.path], applying(review))


async def _decided(errand: Errand, draft: Draft, doubt: Found) -> Passages:
    """What was decided about the same passages when the newest text was frozen; where they are others, to ask.

    Of passages that were left out only the number is known by then. Other words beside them change nothing.
    """
    newest = await errand.work.clearance.newest(errand.actor.cycle_id, errand.actor.country)
    if newest is None or not doubt.sight:
        return "ask"
    before = await errand.work.clearance.content(errand.actor, newest)
    pairs = list(zip(_typed(draft.review, doubt), _typed(before, doubt), strict=True))
    if all(set(passages_in(now)) <= set(passages_in(then)) for now, then in pairs):
        return "shown"
    left_out = [(passages_in(now), then.count(LEFT_OUT)) for now, then in pairs if not passages_in(then)]
    is_same = len(left_out) == len(pairs) and all(len(now) == count for now, count in left_out)
    return "left_out" if is_same else "ask"


def _typed(review: Review, doubt: Found) -> list[str]:
    """What was typed in the places that are in doubt."""
    answers = [review.answers.get(at) for at in doubt.prompts]
    wordings = [review.adaptations.get(at, Adaptation()).wording for at in doubt.questions]
    return [*("\n\n".join(typed_in(each)) if each else "" for each in answers), *wordings]


async def _frozen(
    errand: Errand, draft: Draft, text: Review, steps: int
) -> tuple[Edition, tuple[str, ...], Edition | None]:
    """The review frozen, what of it differs from the text on its way before it, and that text."""
    work, cycle, country = errand.work, errand.actor.cycle_id, errand.actor.country
    newest = await work.clearance.newest(cycle, country)
    former = newest if newest is not None and newest.state in OUTSTANDING else None
    changed = await changed_since(errand, draft, former)
    content = await _content(errand, draft, text)
    if former is not None and _stands(former, hash_of(content), steps):
        return former, (), former
    edition = await work.clearance.freeze(errand.actor, draft, content, hash_of(content), errand.cause.now)
    if former is not None:
        await keep_here(errand, former)
    errand.note("freeze_draft", country, edition.thing, "done")
    return edition, changed, former


def _stands(former: Edition, content_hash: str, steps: int) -> bool:
    """Whether a text on its way says the same and need not be frozen anew."""
    is_same = former.content_hash == content_hash and former.state != "changes_asked"
    return is_same and bool(former.step) == bool(steps)


async def sight(errand: Errand, draft: Draft) -> str:
    """What tells whether a draft still says what it said when a question about it was asked."""
    return hash_of(await _content(errand, draft, draft.review))[:SIGHT]


async def _content(errand: Errand, draft: Draft, text: Review) -> str:
    cycle = await errand.work.cycles.get(draft.cycle_id)
    return frozen(text, draft.cycle_id, cycle.template_hash if cycle else "")


async def _send(errand: Errand, edition: Edition, former: Edition | None) -> None:
    """The text goes to whoever clears first; the other focal points hear of it, and who had `former` before them."""
    people = await concerned(errand, edition.country)
    content = await errand.work.clearance.text(errand.actor, edition)
    since = await since_the_last(errand, edition, edition.step)
    for each in clearers(people, edition.step):
        send_document(errand, each, edition, content, since)
    for each in focal_points(people):
        tell(errand, each, EditionNews(code="sent", mark=mark_of(edition)))
    for step in range(edition.step + 1, former.step + 1) if former is not None else ():
        for each in clearers(people, step):
            tell(errand, each, EditionNews(code="replaced", mark=mark_of(edition), role="clearer"))


async def ask_to_submit(
    errand: Errand, draft: Draft, edition: Edition, card: int | None, *, anew: bool = False
) -> None:
    """Ask once more, with version and hash; `anew`: the text was just frozen in the place of an earlier one."""
    notice = SubmitConfirm(
        mark=mark_of(edition),
        version=await next_version(errand),
        open=len(open_questions(draft.review)),
        seen=await sight(errand, draft),
        changed=await changed_since(errand, draft, edition),
        anew=anew,
        waiting=await waiting(errand, draft),
        of_colleagues=await waiting_of_colleagues(errand),
    )
    await say(errand, closing(notice), card)


async def take_back(errand: Errand, edition_id: int, card: int | None = None) -> Came:
    """Take a text back that is on its way; the clearers and the other focal points hear of it."""
    edition = await found(errand, edition_id, "freeze_draft")
    if edition is None:
        return "stale"
    after = moved(edition.standing, "withdraw", hand_of(errand), 0)
    if not isinstance(after, Standing):
        return "stale"
    by, now = errand.person.id, errand.cause.now
    withdrawn = await errand.work.clearance.decide(edition, after.state, "withdraw", by, now)
    if withdrawn is None:
        return "stale"
    errand.note("freeze_draft", edition.country, edition.thing, "withdrawn")
    await keep_here(errand, edition)
    for each in await concerned(errand, edition.country):
        role = each[1].role
        if role == "focal_point" or step_of(each[1]) <= edition.step:
            tell(errand, each, EditionNews(code="withdrawn", mark=mark_of(withdrawn), role=role))
    return await look(errand, card)
