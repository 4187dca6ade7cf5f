"""The talk over the review: one update of one person becomes one turn, and the turn is kept."""

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import replace

from workflows.notices import Ask, AskField, Explained, Notice, RecordCard, SectionView, Toast
from workflows.review import cards
from workflows.review.contradictions import with_questions
from workflows.review.events import BEFORE_THE_FIRST, Event, Interview, Pressed, Said, Say, Turn, WentTo
from workflows.review.interview import step, with_lost_question
from workflows.review.places import read_place
from workflows.store.values import Desk, Draft
from workflows.use_cases import contradicting
from workflows.use_cases.cause import Errand
from workflows.use_cases.hands.meeting import introduced, tell_focal_points, with_seen, with_unseen
from workflows.use_cases.hearing import Heard
from workflows.use_cases.submission.locked import locked_notice, said_of_kept

ABOUT_HELD = frozenset({"place", "both", "instead", "theirs"})
"""The keys under a text that looks for its place, but for the one that lets it go."""
TURNS = 900_000
"""First turns come anew after so many seconds (ten days).

A turn has six digits, and a seventh once a backup was restored: the template's rules leave room on buttons for that.
"""


async def press(errand: Errand, button: Pressed, card: int) -> Toast | None:
    """Apply a button of the talk that stands on the message `card`.

    Returns:
        The line to show over the chat, if any. A stale button changes nothing.
    """
    draft, desk = await _sit_down(errand)
    return await _take(errand, draft, desk, button, card)


async def go(errand: Errand, place: WentTo) -> Toast | None:
    """Open a place of the review: the hub, a section, a question, a prompt, or where the person stopped."""
    draft, desk = await _sit_down(errand)
    if draft.locked and place.place == "continue":
        await (_give_back(errand, draft, desk) if desk.interview.held else _kept_closed(errand, draft))
        return None
    return await _take(errand, draft, desk, place)


async def hear(errand: Errand, heard: Heard) -> Toast | None:
    """Take a text as (part of) the answer to the question it was sent after, or correct what it gave before.

    What is called so in a list of sections or questions is opened. Where it is a section, the card says that this was
    made of the text, and takes it as an answer all the same.
    """
    draft, desk = await _sit_down(errand)
    named = read_place(draft.review.template, heard.asked, heard.text)
    if named:
        return await _take(errand, draft, desk, WentTo(named), typed=heard)
    place = heard.place
    source = f"{errand.person.id}:{heard.message_id}"
    late = await _is_late(errand, draft, heard)
    said = Said(heard.text, source, place.at, edited=heard.edited, candidates=place.candidates, late=late)
    return await _take(errand, draft, desk, said)


async def take_as_answer(errand: Errand, update_id: int) -> Toast | None:
    """Ask where a text belongs that opened a section by its name; it stands in the card which that update made."""
    said = [await errand.work.outbox.said(errand.person.id, f"{update_id}:{number}") for number in (0, 1)]
    card = next((each for each in said if isinstance(each, SectionView) and each.typed), None)
    if card is None:
        return Toast(code="stale")
    draft, desk = await _sit_down(errand)
    return await _take(errand, draft, desk, Said(card.typed, f"{errand.person.id}:{card.message}", None))


def _opened_by(says: Sequence[Say], typed: Heard | None, update_id: int) -> tuple[Say, ...]:
    """The same, with a section that was opened by its name naming the text that did so."""
    if typed is None:
        return tuple(says)
    by = {"typed": typed.text, "message": typed.message_id, "update": update_id}
    return tuple(
        replace(say, notice=say.notice.model_copy(update=by)) if isinstance(say.notice, SectionView) else say
        for say in says
    )


async def _is_late(errand: Errand, draft: Draft, heard: Heard) -> bool:
    """Whether what is chosen by typing comes behind what the person did later at that question.

    A webhook brings a person's presses and messages in two lines, so that a message of which the delivery failed comes
    after a press that was made behind it.
    """
    at, review = heard.place.at, draft.review
    if at is None or at.prompt not in review.answers:
        return False
    if review.template.type_of(at.prompt).kind not in ("yes_no", "choice"):
        return False
    card = heard.card if heard.is_behind else None
    if card is None:
        return False
    moved = await errand.work.outbox.moved_on(errand.person.id, card.number, errand.cause.update_id)
    if moved is None:
        return False
    revisions = await errand.work.drafts.revisions(errand.actor, errand.actor.country, at.prompt)
    return bool(revisions) and revisions[-1].at >= moved


async def explain(errand: Errand, notice: Explained) -> None:
    """Say why something sent cannot be an answer; the talk stays where it is."""
    errand.say(notice, f"explained/{notice.code}")


async def _sit_down(errand: Errand) -> tuple[Draft, Desk]:
    draft = await errand.work.drafts.open(errand.actor, errand.actor.country)
    desk = await errand.work.interviews.of(errand.person.id, draft)
    if desk.interview == BEFORE_THE_FIRST:
        desk = Desk(Interview(turn=first_turn(errand.cause.now)))
    return draft, desk


def first_turn(now: datetime) -> int:
    """The turn to begin a talk with: seconds, so that buttons of an earlier talk in the same chat are stale in it."""
    return int(now.timestamp()) % TURNS


async def _take(
    errand: Errand,
    draft: Draft,
    desk: Desk,
    event: Event,
    card: int | None = None,
    typed: Heard | None = None,
) -> Toast | None:
    if draft.locked and desk.interview.held and not _lets_go(event):
        desk = await _give_back(errand, draft, desk)
        if isinstance(event, Pressed) and event.act in ABOUT_HELD:
            return Toast(code="locked")
    earlier, review = draft, with_unseen(draft, desk.interview)
    turn = await _with_every_question(errand, draft, step(review, desk.interview, event))
    if draft.locked and isinstance(event, Said):
        await _kept_closed(errand, draft, event)
        return None
    if draft.locked and turn.facts:
        return Toast(code="locked")
    if turn.facts:
        draft = await errand.work.drafts.record(draft, turn.facts, errand.person.id, errand.cause.now)
        asked = await contradicting.questions(errand, earlier.review, draft.review, turn.facts)
        turn = with_questions(turn, asked)
    interview = with_seen(desk.interview, turn, earlier, draft)
    if interview != desk.interview:
        errand.work.interviews.save(errand.person.id, draft, interview)
    if draft.review.is_beside:
        await tell_focal_points(errand, turn.facts)
    says = await said_of_kept(errand, draft, await introduced(errand, draft.review.template, turn.says))
    turn = replace(turn, interview=interview, says=_opened_by(says, typed, errand.cause.update_id))
    former = await _former_card(errand, draft, desk, turn, card)
    for number, say in enumerate(turn.says):
        errand.say(say, number, turn=turn.interview.turn, edits=card if say.redraw else None)
    if former:
        errand.say(cards.superseded(draft.review, turn.interview.focus.prompt), "former", edits=former)
    return turn.toast


async def _kept_closed(errand: Errand, draft: Draft, said: Said | None = None) -> None:
    """Leave a submitted review and the talk as they are; a text that was typed is given back: nothing is lost."""
    newest = await errand.work.clearance.newest(draft.cycle_id, draft.review.country)
    if newest is not None:
        notice = await locked_notice(errand, newest, said.text if said else "")
        errand.say(notice, f"locked/{said.source}" if said else "locked")


async def _give_back(errand: Errand, draft: Draft, desk: Desk) -> Desk:
    """Give back the texts that look for their place in a review that takes none any more; none is held from then on."""
    newest = await errand.work.clearance.newest(draft.cycle_id, draft.review.country)
    if newest is None:
        return desk
    texts = "\n\n".join(held.text for held in desk.interview.held)
    errand.say(await locked_notice(errand, newest, texts), "locked/held")
    without = replace(desk, interview=replace(desk.interview, held=()))
    errand.work.interviews.save(errand.person.id, draft, without.interview)
    return without


def _lets_go(event: Event) -> bool:
    return isinstance(event, Pressed) and event.act == "discard"


async def _with_every_question(errand: Errand, draft: Draft, turn: Turn) -> Turn:
    """The turn, with the question about held texts once more where that was given up on its way to the person."""
    talk = turn.interview
    if not talk.held:
        return turn
    for topic in ("which", "two_texts"):
        if await errand.work.outbox.is_shown(errand.person.id, topic, talk.turn):
            return turn
    return with_lost_question(draft.review, turn)


async def _former_card(
    errand: Errand, draft: Draft, desk: Desk, turn: Turn, pressed: int | None
) -> int | None:
    """The message whose list goes on in a new card of the same turn, to be closed; None where there is none known."""
    prompt = turn.interview.focus.prompt
    if turn.interview.turn != desk.interview.turn or prompt not in draft.review.answers:
        return None
    if not any(_is_of_list(draft, prompt, say.notice) for say in turn.says if not say.redraw):
        return None
    if pressed is not None:
        return pressed
    shown = await errand.work.outbox.cards(errand.person.id)
    return next((card.message_id for card in shown if card.focus.prompt == prompt), None)


def _is_of_list(draft: Draft, prompt: str, notice: Notice) -> bool:
    if isinstance(notice, Ask | RecordCard | AskField) and notice.turn and notice.prompt == prompt:
        return draft.review.template.type_of(prompt).kind in ("record", "records")
    return False
