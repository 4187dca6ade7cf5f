"""Whether a typed text answers something outside the template that was asked in the chat, and what it goes on with.

What is typed as one answer often comes in several messages: a client splits what is longer than a message, and people
write in short lines. All of them are sent before the card about the first one comes back, so all answer the question
that the first one answered. One rule holds for them: a text that was sent before the card about an earlier answer to
the same question was there goes on where that one ended. It is joined to it while nothing has gone out, and follows it
in order where something has; it never stands in its place. Only who was asked anew, by a card they have seen, replaces.

What came of an answer its card says: by what it asks next, or by what it only notes.
"""

from dataclasses import replace
from typing import Final

from workflows.notices import Notice
from workflows.review.binding import posted_since
from workflows.review.events import Focus, Say
from workflows.use_cases.answering import Heard, bound
from workflows.use_cases.cause import Errand

_NOTES: Final = "="
"""What a card notes begins so: it says what a text became, and asks nothing."""


async def asked(errand: Errand, heard: Heard) -> str:
    """What a card asked that this text was sent after or replies to; empty where it belongs to the template.

    An edit answers nothing anew, and of words that are not surely the person's own nothing is made.
    """
    return "" if heard.edited or heard.unsure else await answered(errand, heard)


async def answered(errand: Errand, heard: Heard) -> str:
    """What a card asked that this text was sent after or replies to, whether it was edited since or not."""
    place, _ = await bound(errand, heard)
    what = place.at.asked if place.at else ""
    return "" if what.startswith(_NOTES) else what


async def with_what_came_since(errand: Errand, heard: Heard) -> Heard:
    """The text, with what was asked and noted by cards that were not there yet when it was sent."""
    _, cards = await bound(errand, heard)
    since = posted_since(cards, heard.message_id, heard.reply_to)
    said = [card.focus.asked.removeprefix(_NOTES) for card in sorted(since, key=lambda card: -card.number)]
    return replace(heard, since=tuple(filter(None, said)))


async def noted(errand: Errand, word: str) -> list[tuple[str, int | None]]:
    """What the person's newest cards of this word are about, the newest first, with the message of each."""
    cards = await errand.work.outbox.cards(errand.person.id)
    begins = f"{word}."
    said = [(card.focus.asked.removeprefix(_NOTES), card.message_id) for card in cards]
    return [(what.removeprefix(begins), message) for what, message in said if what.startswith(begins)]


def asking(notice: Notice, what: str) -> Say:
    """A card whose answer is typed: the next text is brought to the door that knows `what`."""
    return Say(notice, focus=Focus(asked=what))


def noting(notice: Notice, what: str) -> Say:
    """A card that says what a text became: what was sent before it goes on with that, what is sent after it is new."""
    return Say(notice, focus=Focus(asked=f"{_NOTES}{what}"))


def closing(notice: Notice) -> Say:
    """A card after which a text answers nothing: what was asked is settled."""
    return Say(notice, focus=Focus())
