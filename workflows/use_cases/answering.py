"""The talk over the review: one update of one person becomes one turn, and the turn is kept."""

from dataclasses import dataclass
from datetime import datetime

from workflows.notices import Explained, Toast
from workflows.people.roles import Actor, Person
from workflows.review.binding import place_of
from workflows.review.events import Event, Pressed, Said, Say, Turn, WentTo
from workflows.review.interview import step
from workflows.store.drafts import Draft
from workflows.store.interviews import Desk
from workflows.store.transaction import Work
from workflows.use_cases.cause import Cause


@dataclass(frozen=True)
class Heard:
    """A text as it arrived; `reply_to` is the message it quotes."""

    text: str
    message_id: int
    reply_to: int | None = None
    edited: bool = False


async def press(work: Work, person: Person, actor: Actor, button: Pressed, card: int, cause: Cause) -> Toast | None:
    """Apply a button of the talk that stands on the message `card`.

    Returns:
        The line to show over the chat, if any. A stale button changes nothing.
    """
    draft, desk = await _sit_down(work, person, actor)
    return await _take(work, person, draft, desk, button, cause, pressed=card)


async def go(work: Work, person: Person, actor: Actor, place: WentTo, cause: Cause) -> Toast | None:
    """Open a place of the review: the hub, a section, a question, a prompt, or where the person stopped."""
    draft, desk = await _sit_down(work, person, actor)
    return await _take(work, person, draft, desk, place, cause)


async def hear(work: Work, person: Person, actor: Actor, heard: Heard, cause: Cause) -> Toast | None:
    """Take a text as (part of) the answer to the question it was sent after, or correct what it gave before."""
    draft, desk = await _sit_down(work, person, actor)
    cards = () if heard.edited else await work.outbox.cards(person.id, draft.cycle_id)
    place = place_of(cards, heard.message_id, heard.reply_to)
    source = f"{person.id}:{heard.message_id}"
    said = Said(heard.text, source, place.at, edited=heard.edited, candidates=place.candidates)
    return await _take(work, person, draft, desk, said, cause)


async def explain(work: Work, person: Person, notice: Explained, cause: Cause) -> None:
    """Say why something sent cannot be an answer; the talk stays where it is."""
    work.outbox.post(person, notice, key=cause.key("explained"), now=cause.now)


async def _sit_down(work: Work, person: Person, actor: Actor) -> tuple[Draft, Desk]:
    draft = await work.drafts.open(actor, actor.country)
    return draft, await work.interviews.of(person.id, draft)


async def _take(  # noqa: PLR0913 one turn's whole circumstances
    work: Work, person: Person, draft: Draft, desk: Desk, event: Event, cause: Cause, pressed: int | None = None
) -> Toast | None:
    turn = step(draft.review, desk.interview, event)
    if turn.facts:
        draft = await work.drafts.record(draft, turn.facts, author=person.id, at=cause.now)
    if turn.interview != desk.interview:
        work.interviews.save(person.id, draft, turn.interview)
    for number, say in enumerate(turn.says):
        _post(work, person, draft, turn, say, cause.key(number), cause.now, pressed)
    return turn.toast


def _post(  # noqa: PLR0913
    work: Work, person: Person, draft: Draft, turn: Turn, say: Say, key: str, now: datetime, pressed: int | None
) -> None:
    work.outbox.post(
        person,
        say,
        key=key,
        cycle_id=draft.cycle_id,
        country=draft.review.country,
        turn=turn.interview.turn,
        edits=pressed if say.redraw else None,
        now=now,
    )
