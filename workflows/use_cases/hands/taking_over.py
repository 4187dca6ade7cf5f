"""Colleagues' texts beside the official answers: the focal point reads them and takes over what is wanted."""

from typing import Literal

from workflows.immutable import Immutable
from workflows.notices.hands import BesideText, CopyText, TakenOver, TextUsed
from workflows.people.access import may
from workflows.review.answers import Answer, Prose
from workflows.review.cards import given
from workflows.review.events import WentTo
from workflows.review.merging import Way, merged, pieces
from workflows.store.values import Contribution, Draft
from workflows.use_cases import answering, contradicting
from workflows.use_cases.cause import Errand
from workflows.use_cases.hands.meeting import beside_the_talk

Came = Literal["done", "stale", "denied", "locked"]
"""What came of a verb: done, asked of what is not there as it was any more, not allowed, or the review is submitted."""


class Shown(Immutable):
    """A colleague's text as a card showed it: whose, and the numbers of both texts' versions."""

    prompt: str
    place: int
    number: int
    official: int


def source_of(place: int, number: int) -> str:
    """How the official answer names a contribution that was taken over."""
    return f"contribution/{place}/{number}"


def contribution_of(source: str) -> tuple[int, int] | None:
    """Place and version that `source_of` named; None for every other source."""
    word, _, rest = source.partition("/")
    place, _, number = rest.partition("/")
    if word != "contribution" or not place.isdecimal() or not number.isdecimal():
        return None
    return int(place), int(number)


async def show(errand: Errand, prompt: str, place: int = 0, *, changed: bool = False) -> Came:
    """Show what a colleague wrote at a prompt, the first of them where none is named."""
    if not _may(errand, "read"):
        return "denied"
    wrote = [each for each in await _contributions(errand) if prompt in each.review.answers]
    found = next((each for each in wrote if place in (0, each.place_id)), None)
    draft = await _official(errand)
    if found is None or prompt not in draft.review.template.prompts:
        return "stale"
    errand.note("read_contribution", errand.actor.country, f"{prompt} of {found.place_id}", "done")
    card = await _card(errand, draft, wrote, found, prompt, changed=changed)
    errand.say(await beside_the_talk(errand, draft, card, prompt), f"beside/{found.place_id}")
    return "done"


async def choose_parts(errand: Errand, shown: Shown, picked: int, card: int | None) -> Came:
    """Let the focal point choose among the paragraphs or entries of a colleague's text; `picked` are those so far."""
    if not _may(errand, "choose"):
        return "denied"
    found = await _as_shown(errand, shown)
    if found is None:
        return await show(errand, shown.prompt, shown.place, changed=True)
    draft, theirs, _ = found
    notice = await _card(errand, draft, [theirs], theirs, shown.prompt)
    errand.say(notice.model_copy(update={"picked": picked}), "choosing", edits=card)
    return "done"


async def copy(errand: Errand, shown: Shown) -> Came:
    """Send a colleague's text so that one touch copies it, and put the question again, to be answered in own words."""
    if not _may(errand, "copy"):
        return "denied"
    found = await _as_shown(errand, shown)
    if found is None or not isinstance(found[2].value, Prose):
        return await show(errand, shown.prompt, shown.place, changed=True)
    _, theirs, answer = found
    text = answer.value.text if isinstance(answer.value, Prose) else ""
    errand.say(CopyText(prompt=shown.prompt, name=theirs.name, text=text), "copy")
    await answering.go(errand, WentTo(f"prompt:{shown.prompt}"))
    return "done"


async def take(errand: Errand, shown: Shown, way: Way, picked: int = 0) -> Came:
    """Take a colleague's text into the official answer as a new version of it; their own stays and they are told.

    Where one of the two texts has changed since it was shown, nothing is done and both are shown as they are.
    """
    if not _may(errand, "take"):
        return "denied"
    found = await _as_shown(errand, shown)
    if found is None:
        return await show(errand, shown.prompt, shown.place, changed=True)
    draft, theirs, answer = found
    if draft.locked:
        return "locked"
    if way == "parts" and not picked & (1 << len(pieces(answer))) - 1:
        return "stale"
    fact = merged(draft.review, shown.prompt, answer, way, source_of(shown.place, shown.number), picked)
    after = await errand.work.drafts.record(draft, [fact], errand.person.id, errand.cause.now)
    errand.note("take_over", errand.actor.country, f"{shown.prompt} of {shown.place}", way)
    errand.say(TakenOver(prompt=shown.prompt, name=theirs.name), "taken")
    await contradicting.ask(errand, draft.review, after.review, [fact])
    await _tell_the_author(errand, shown, theirs, whole=way != "parts")
    await answering.go(errand, WentTo(f"prompt:{shown.prompt}"))
    return "done"


def _may(errand: Errand, what: str) -> bool:
    allowed = may(errand.actor, "take_over", errand.actor.country)
    if not allowed:
        errand.note("take_over", errand.actor.country, what, "denied")
    return allowed


async def _contributions(errand: Errand) -> list[Contribution]:
    return await errand.work.drafts.contributions(errand.actor, errand.actor.country)


async def _official(errand: Errand) -> Draft:
    return await errand.work.drafts.open(errand.actor, errand.actor.country)


async def _as_shown(errand: Errand, shown: Shown) -> tuple[Draft, Contribution, Answer] | None:
    """Both texts, while they are the ones that were shown."""
    draft = await _official(errand)
    theirs = next((each for each in await _contributions(errand) if each.place_id == shown.place), None)
    answer = theirs.review.answers.get(shown.prompt) if theirs is not None else None
    if theirs is None or answer is None or shown.prompt not in draft.review.template.prompts:
        return None
    numbers = theirs.numbers.get(shown.prompt, 0), draft.numbers.get(shown.prompt, 0)
    return (draft, theirs, answer) if numbers == (shown.number, shown.official) else None


async def _card(
    errand: Errand,
    draft: Draft,
    wrote: list[Contribution],
    found: Contribution,
    prompt: str,
    *,
    changed: bool = False,
) -> BesideText:
    at, number = wrote.index(found), found.numbers.get(prompt, 0)
    theirs = await errand.work.drafts.revisions(errand.actor, errand.actor.country, prompt)
    return BesideText(
        prompt=prompt,
        place=found.place_id,
        name=found.name,
        at=found.last_activity.isoformat() if found.last_activity else "",
        number=number,
        official=draft.numbers.get(prompt, 0),
        given=given(found.review.answers[prompt]),
        present=given(draft.review.answers.get(prompt)),
        used=any(each.source == source_of(found.place_id, number) for each in theirs),
        ended=found.ended,
        position=at + 1,
        total=len(wrote),
        before=wrote[at - 1].place_id if at else 0,
        after=wrote[at + 1].place_id if at + 1 < len(wrote) else 0,
        changed=changed,
    )


async def _tell_the_author(errand: Errand, shown: Shown, theirs: Contribution, *, whole: bool) -> None:
    """The colleague learns that the text is used, while they hold their place."""
    author = await errand.work.people.by_id(theirs.person_id)
    if author is None or theirs.ended or author.actor is None:
        return
    notice = TextUsed(prompt=shown.prompt, name=errand.person.name, whole=whole)
    Errand(errand.work, author, author.actor, errand.cause).say(notice, f"used/{author.id}")
