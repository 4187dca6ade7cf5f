"""Which question a text answers: the newest card sent before it, or the card it replies to."""

from collections.abc import Sequence
from typing import NamedTuple

from workflows.immutable import Immutable
from workflows.review.events import Focus


class Card(NamedTuple):
    """A message that moved the talk, as it was posted.

    `number` orders cards as they were posted. `message_id` is None while it is not known whether or as what the card
    arrived. `doubtful` marks a card that may have arrived unseen by us: it was sent, but no answer came back.
    """

    number: int
    focus: Focus
    message_id: int | None
    doubtful: bool = False


class Place(Immutable):
    """Where a text belongs; with `at` None, the prompts that it may belong to."""

    at: Focus | None
    candidates: tuple[str, ...] = ()


def place_of(cards: Sequence[Card], message_id: int, reply_to: int | None = None) -> Place:
    """The place of a text with this message id; a reply belongs where the message it quotes belongs.

    Message ids grow in both directions of a private chat, so a card with a smaller id was there when the text was
    sent. A doubtful card posted after that one may have been there too: then the person is asked, and also when no
    card is old enough.
    """
    newest, before = _seen_last(cards, message_id, reply_to)
    if newest is not None and newest.message_id == reply_to:
        return Place(newest.focus)
    perhaps = [card for card in cards if card.doubtful and _came_after(card, newest, before)]
    if not perhaps:
        return Place(newest.focus if newest else None)
    perhaps.sort(key=lambda card: card.number)
    if newest is not None and all(card.focus == newest.focus for card in perhaps):
        return Place(newest.focus)
    between = [card.focus.prompt for card in (newest, *perhaps) if card is not None and card.focus.prompt]
    return Place(None, tuple(dict.fromkeys(between)))


def posted_since(cards: Sequence[Card], message_id: int, reply_to: int | None = None) -> list[Card]:
    """The cards that came after the one this text belongs to and were not there yet when it was sent."""
    newest, _ = _seen_last(cards, message_id, reply_to)
    return [card for card in cards if _came_after(card, newest, message_id)]


def seen_before(message_id: int, reply_to: int | None = None) -> int:
    """The message before which the card came that a text belongs to: the text itself, or what follows its quote."""
    return message_id if reply_to is None else min(message_id, reply_to + 1)


def card_of(cards: Sequence[Card], message_id: int, reply_to: int | None = None) -> Card | None:
    """The card that such a text was sent after or replies to, None where none was there."""
    return _seen_last(cards, message_id, reply_to)[0]


def _seen_last(cards: Sequence[Card], message_id: int, reply_to: int | None) -> tuple[Card | None, int]:
    """The card that was there last, and the message before which it was."""
    before = seen_before(message_id, reply_to)
    seen = [card for card in cards if card.message_id is not None and card.message_id < before]
    return max(seen, key=lambda card: (card.message_id or 0, card.number), default=None), before


def _came_after(card: Card, newest: Card | None, before: int) -> bool:
    unseen = card.message_id is None or card.message_id >= before
    return unseen and (newest is None or card.number > newest.number)
