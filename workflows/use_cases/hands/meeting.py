"""Where people meet at one answer: what somebody has not seen yet, how many colleagues wrote, who is to know of it."""

from collections.abc import Callable, Iterable

from msgspec.structs import replace

from workflows.notices import Ask, Hub, Notice, Saved, TwoTexts
from workflows.notices.hands import ColleagueWrote
from workflows.people.access import may
from workflows.review.answers import Held
from workflows.review.events import NOWHERE, Fact, Focus, Interview, Recorded, Review, Say, Turn
from workflows.review.template import Template
from workflows.store.values import Draft
from workflows.use_cases.cause import Errand
from workflows.use_cases.hearing import closing
from workflows.use_cases.support import received


def with_unseen(draft: Draft, interview: Interview) -> Review:
    """The review that knows what somebody else has changed since the person was shown it.

    That is asked of what they have in hand, and of that in whose place a held text of theirs would go.
    """
    shown = [(_thing(interview.focus), interview.seen)]
    shown += [(_thing(Focus.read(held.instead_of)), held.seen) for held in interview.held if held.instead_of]
    unseen = [str(thing) for thing, seen in shown if thing != NOWHERE and draft.number(thing) != seen]
    return replace(draft.review, unseen=frozenset(unseen)) if unseen else draft.review


def with_seen(before: Interview, turn: Turn, earlier: Draft, now: Draft) -> Interview:
    """Where the person is after a turn, with what they have seen: what was shown, or what is all their own."""

    def seen(thing: Focus, known: int) -> int:
        """The number of what they have seen there, when `known` is that of what they had seen before the turn."""
        newest = now.number(thing)
        if known in (newest, earlier.number(thing)):
            return newest
        return newest if any(_shows(say.notice, thing) for say in turn.says) else known

    interview = turn.interview
    if any(held.instead_of for held in interview.held):
        interview = replace(interview, held=tuple(_seen_beside(held, seen) for held in interview.held))
    thing = _thing(interview.focus)
    if thing == NOWHERE:
        return replace(interview, seen=0)
    known = interview.seen if _thing(before.focus) == thing else 0
    return replace(interview, seen=seen(thing, known))


def _seen_beside(held: Held, seen: Callable[[Focus, int], int]) -> Held:
    if not held.instead_of:
        return held
    return held.model_copy(update={"seen": seen(_thing(Focus.read(held.instead_of)), held.seen)})


async def beside_the_talk(errand: Errand, draft: Draft, notice: Notice, prompt: str) -> Say | Notice:
    """A card about a prompt that asks nothing: a text after it answers that prompt if it is in hand, else none."""
    desk = await errand.work.interviews.of(errand.person.id, draft)
    return notice if desk.interview.focus.prompt == prompt else closing(notice)


def _thing(focus: Focus) -> Focus:
    """The answer or the wording that a focus is about, without the detail."""
    if focus.question:
        return Focus(question=focus.question)
    return Focus(focus.prompt) if focus.record or focus.asked else focus


def _shows(notice: Notice, thing: Focus) -> bool:
    """Whether a notice shows what stands there; the receipt of a text only counts it."""
    if isinstance(notice, Saved):
        return False
    if thing.question:
        return bool(getattr(notice, "question", "") == thing.question)
    return bool(getattr(notice, "prompt", "") == thing.prompt)


async def introduced(errand: Errand, template: Template, says: tuple[Say, ...]) -> tuple[Say, ...]:
    """What is said in a turn, with what else there is to it.

    The colleagues who wrote beside a card, the support that can stand in its list, the name of whoever was quicker, and
    what was submitted in an earlier cycle.
    """
    found = [(say, await _with_others(errand, template, say.notice)) for say in says]
    return tuple([say if notice is say.notice else replace(say, notice=notice) for say, notice in found])


async def _with_others(errand: Errand, template: Template, notice: Notice) -> Notice:
    actor = errand.actor
    match notice:
        case Ask(turn=turn, prompt=prompt) if turn and may(actor, "take_over", actor.country):
            count = await errand.work.drafts.beside(actor, actor.country, prompt)
            told = notice.model_copy(update={"colleagues": count}) if count else notice
            entries = await received.count(errand, template, prompt)
            told = told.model_copy(update={"received": entries}) if entries else told
            return await _with_earlier(errand, told, prompt)
        case Hub():
            assesses = may(actor, "assess", actor.country)
            return await _with_earlier(errand, notice.model_copy(update={"assesses": assesses}))
        case TwoTexts(prompt=prompt) if prompt:
            versions = await errand.work.drafts.revisions(actor, actor.country, prompt)
            name = versions[-1].author_name if versions else ""
            return notice.model_copy(update={"name": name})
    return notice


async def _with_earlier(errand: Errand, notice: Ask | Hub, prompt: str = "") -> Notice:
    """The card with the moment at which the country submitted the same in an earlier cycle, for those who may read it.

    Nothing is asked of the database in a cycle that has none before it.
    """
    actor = errand.actor
    if not may(actor, "read_earlier", actor.country):
        return notice
    found = await errand.work.earlier.review(actor, actor.country)
    if found is None or (prompt and prompt not in await errand.work.earlier.answered(actor, found)):
        return notice
    return notice.model_copy(update={"earlier": found.submitted_at.isoformat()})


async def tell_focal_points(errand: Errand, facts: Iterable[Fact]) -> None:
    """Let the country's focal points know that a colleague writes: once a day for each colleague, and in no hurry."""
    written = [fact.prompt for fact in facts if isinstance(fact, Recorded) and fact.answer is not None]
    if not written:
        return
    actor, now = errand.actor, errand.cause.now
    notice = ColleagueWrote(name=errand.person.name, place=actor.place_id, prompt=written[0])
    for person in await errand.work.people.of_country(actor.cycle_id, actor.country):
        if person.actor is not None and may(person.actor, "take_over", actor.country):
            errand.work.outbox.post(
                person,
                notice,
                key=f"wrote/{actor.place_id}/{now:%Y%m%d}/{person.id}",
                cycle_id=actor.cycle_id,
                country=actor.country,
                now=now,
                bulk=True,
            )
