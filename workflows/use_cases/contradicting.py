"""Answers that do not go together: asked about once when they are made, shown before submission, left in peace then."""

from collections.abc import Iterable
from typing import Literal

from workflows.notices.contradictions import ContradictionAsk, ContradictionMark
from workflows.people.access import may
from workflows.review.contradictions import found, made, mark, question, standing
from workflows.review.events import Fact, Review
from workflows.review.template import Contradiction
from workflows.use_cases.cause import Errand

Came = Literal["done", "stale", "denied"]


async def questions(
    errand: Errand, before: Review, after: Review, facts: Iterable[Fact]
) -> tuple[ContradictionAsk, ...]:
    """What is to be asked because of these facts: nothing for all but a few answers, and at no cost then."""
    fresh = made(before, after, facts)
    if not fresh:
        return ()
    settled = await _settled(errand)
    return tuple(question(after, each) for each in fresh if each.id not in settled)


async def ask(errand: Errand, before: Review, after: Review, facts: Iterable[Fact]) -> None:
    """Ask about what these facts have made, outside the talk."""
    for notice in await questions(errand, before, after, facts):
        errand.say(notice, f"contradiction/{notice.id}")


async def unsettled(errand: Errand, review: Review) -> tuple[ContradictionMark, ...]:
    """The contradictions of a review that nobody of the country has called right."""
    stand = standing(review)
    settled = await _settled(errand) if stand else frozenset()
    return tuple(mark(each) for each in stand if each.id not in settled)


async def show(errand: Errand, name: str) -> Came:
    """Put a contradiction to the person once more, as it stands now."""
    stands = await _standing(errand, name)
    if isinstance(stands, str):
        return stands
    errand.say(question(*stands), f"contradiction/{name}")
    return "done"


async def keep_all(errand: Errand, name: str, card: int) -> Came:
    """All of it is right: nothing changes, and the country is not asked about this again; only while it stands."""
    stands = await _standing(errand, name)
    if isinstance(stands, str):
        return stands
    if name not in await _settled(errand):
        errand.note("keep_all", errand.actor.country, _thing(errand, name), "done")
    notice = question(*stands).model_copy(update={"settled": True})
    errand.say(notice, f"contradiction/{name}", edits=card or None)
    return "done"


async def _standing(errand: Errand, name: str) -> tuple[Review, Contradiction] | Literal["stale", "denied"]:
    """The official text, for those who write it, and the contradiction of this name that stands in it."""
    country = errand.actor.country
    if not may(errand.actor, "write_draft", country):
        errand.note("write_draft", country, "contradiction", "denied")
        return "denied"
    review = (await errand.work.drafts.open(errand.actor, country)).review
    named = next((each for each in review.template.contradictions if each.id == name), None)
    return (review, named) if named is not None and found(review, named) else "stale"


def _thing(errand: Errand, name: str) -> str:
    return f"{errand.actor.cycle_id}/{name}"


async def _settled(errand: Errand) -> frozenset[str]:
    """What was called right in this cycle, by the audit."""
    things = await errand.work.audit.things("keep_all", errand.actor.country)
    begin = _thing(errand, "")
    return frozenset(thing.removeprefix(begin) for thing in things if thing.startswith(begin))
