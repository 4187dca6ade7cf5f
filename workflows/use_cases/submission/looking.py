"""One look at a review before it goes anywhere: what is empty, over the limit, adapted, and what is on its way."""

from workflows.notices import QuestionLine
from workflows.notices.saying import Line
from workflows.notices.submission import OverLimit, Returned, SubmitLook
from workflows.people.access import may
from workflows.review.cards import HEAVIEST
from workflows.review.events import Review
from workflows.review.passage import OUTSTANDING
from workflows.review.progress import question_lines, section_lines
from workflows.review.words import section_words
from workflows.store.values import Draft
from workflows.store.values_clearance import Edition
from workflows.use_cases import contradicting
from workflows.use_cases.cause import Errand
from workflows.use_cases.exchange.counting import rounds_of
from workflows.use_cases.exchange.settling import own_lines
from workflows.use_cases.hearing import closing
from workflows.use_cases.submission.differing import changed_since
from workflows.use_cases.submission.locked import locked_notice
from workflows.use_cases.submission.marks import mark_of
from workflows.use_cases.submission.telling import (
    Came,
    clearers,
    concerned,
    invited_steps,
    of_country,
    say,
)


async def look(errand: Errand, card: int | None = None) -> Came:
    """Show where the review stands on its way; nothing is frozen or submitted by looking.

    That it is submitted is said below, so that a receipt stays where it is. It asks for a decision: a «yes» that is
    typed to it is no answer of the review.
    """
    country = errand.actor.country
    if not may(errand.actor, "freeze_draft", country):
        errand.note("freeze_draft", country, "review", "denied")
        return "denied"
    newest = await errand.work.clearance.newest(errand.actor.cycle_id, country)
    draft = await errand.work.drafts.open(errand.actor, country)
    if draft.locked and newest is not None:
        await say(errand, await locked_notice(errand, newest))
        return "done"
    await say(errand, closing(await _look(errand, draft, newest)), card)
    return "done"


async def _look(errand: Errand, draft: Draft, newest: Edition | None) -> SubmitLook:
    work, cycle, country = errand.work, errand.actor.cycle_id, errand.actor.country
    review, steps = draft.review, await work.clearance.steps(cycle, country)
    lines = _lines(review)
    people = await concerned(errand, country)
    asked = [line for line in lines if line.state not in ("left_out", "asleep")]
    on_its_way = newest if newest is not None and newest.state in OUTSTANDING else None
    return SubmitLook(
        country=country,
        version=await next_version(errand),
        steps=steps,
        lead=errand.actor.lead,
        settled=sum(line.state == "done" for line in asked),
        total=len(asked),
        open=tuple(line.id for line in asked if line.state == "open"),
        begun=tuple(line.id for line in asked if line.state == "begun"),
        over=_over(review),
        adapted=tuple(line.id for line in asked if line.adapted),
        left_out=tuple(line.id for line in lines if line.state == "left_out"),
        newest=mark_of(on_its_way) if on_its_way else None,
        reason=await _reason(errand, on_its_way),
        changed=await changed_since(errand, draft, on_its_way),
        without=tuple(step for step in range(1, steps + 1) if not clearers(people, step)),
        invited=await invited_steps(errand, country) if steps else (),
        contradictions=await contradicting.unsettled(errand, review),
        waiting=await waiting(errand, draft),
        of_colleagues=await waiting_of_colleagues(errand),
        returned=await _returned(errand),
    )


async def waiting(errand: Errand, draft: Draft) -> int:
    """How many messages of the person are kept of which it is not known where they belong; they are in no answer."""
    desk = await errand.work.interviews.of(errand.person.id, draft)
    return len(desk.interview.held)


async def waiting_of_colleagues(errand: Errand) -> tuple[Line, ...]:
    """Who else of the country has messages that are in no answer yet, with how many; not what they say."""
    cycle, country = errand.actor.cycle_id, errand.actor.country
    people = await of_country(errand.work, cycle, country, ("focal_point", "contributor"))
    names = {person.id: person.name for person, _ in people if person.id != errand.person.id}
    counts = await errand.work.interviews.waiting(cycle, country, names)
    return tuple(Line(id=str(who), text=names[who], detail=str(count)) for who, count in counts.items())


async def _returned(errand: Errand) -> Returned | None:
    """The version that the secretariat has returned with remarks, while no later one was submitted."""
    cycle, country = errand.actor.cycle_id, errand.actor.country
    last = max(
        await errand.work.clearance.submitted(cycle, country), key=lambda each: each.version, default=None
    )
    if last is None or last.state != "returned":
        return None
    rounds = rounds_of(await own_lines(errand))
    return Returned(version=last.version, remarks=rounds[-1].total, open=rounds[-1].open) if rounds else None


def open_questions(review: Review) -> tuple[str, ...]:
    """The questions of a review that are not settled yet, however many prompts each of them has."""
    return tuple(line.id for line in _lines(review) if line.state in ("open", "begun"))


def _lines(review: Review) -> list[QuestionLine]:
    return [line for section in review.template.sections for line in question_lines(review, section.id)]


def _over(review: Review) -> tuple[OverLimit, ...]:
    found = []
    for line in section_lines(review):
        if line.words > line.limit:
            weights = sorted(section_words(review, line.id).items(), key=lambda each: -each[1])
            heaviest = tuple(each for each in weights[:HEAVIEST] if each[1])
            found.append(OverLimit(section=line.id, words=line.words, limit=line.limit, heaviest=heaviest))
    return tuple(found)


async def _reason(errand: Errand, edition: Edition | None) -> str:
    """What a clearer asked for, where changes were asked."""
    if edition is None or edition.state != "changes_asked":
        return ""
    acts = await errand.work.clearance.acts(edition.id)
    return next((act.reason for act in reversed(acts) if act.act == "ask_changes"), "")


async def next_version(errand: Errand) -> int:
    """The version that the next submission of the person's country makes."""
    submitted = await errand.work.clearance.submitted(errand.actor.cycle_id, errand.actor.country)
    return max((each.version for each in submitted), default=0) + 1
