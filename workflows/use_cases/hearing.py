"""Whether a typed text answers something outside the template that was asked in the chat."""

from workflows.notices import Notice
from workflows.review.binding import place_of
from workflows.review.events import Focus, Say
from workflows.use_cases.answering import Heard
from workflows.use_cases.cause import Errand


async def asked(errand: Errand, heard: Heard) -> str:
    """What a card asked that this text was sent after or replies to; empty where it belongs to the template.

    An edit answers nothing anew, and of words that are not surely the person's own nothing is made.
    """
    return "" if heard.edited or heard.unsure else await answered(errand, heard)


async def answered(errand: Errand, heard: Heard) -> str:
    """What a card asked that this text was sent after or replies to, whether it was edited since or not."""
    cards = await errand.work.outbox.cards(errand.person.id)
    if not any(card.focus.asked for card in cards):
        return ""
    place = place_of(cards, heard.message_id, heard.reply_to)
    return place.at.asked if place.at else ""


def asking(notice: Notice, what: str) -> Say:
    """A card whose answer is typed: the next text is brought to the door that knows `what`."""
    return Say(notice, focus=Focus(asked=what))


def closing(notice: Notice) -> Say:
    """A card after which a text answers nothing: what was asked is settled."""
    return Say(notice, focus=Focus())
