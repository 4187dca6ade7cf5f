"""Whether a typed text answers something outside the template that was asked in the chat, and what it goes on with.

What is typed as one answer often comes in several messages: a client splits what is longer than a message, and people
write in short lines. All of them are sent before the card about the first one comes back, so all answer the question
that the first one answered. One rule holds for them: a text that was sent before the card about an earlier answer to
the same question was there goes on where that one ended. It is joined to it while nothing has gone out, and follows it
in order where something has; it never stands in its place. Only who was asked anew, by a card they have seen, replaces.

What came of an answer its card says: by what it asks next, or by what it only notes.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Final

from msgspec.structs import replace

from workflows.immutable import Immutable
from workflows.notices import Notice
from workflows.review.binding import Card, Place, card_of, place_of, posted_since, seen_before
from workflows.review.events import Focus, Say
from workflows.review.reading import read_language
from workflows.use_cases.cause import Errand

ASKS_LANGUAGE: Final = "language"
"""What the three languages ask: only the name of one answers it, and all else goes where it went before them."""
_NOTES: Final = "="
"""What a card notes begins so: it says what a text became, and asks nothing."""


class Heard(Immutable, dict=True):
    """A text as it arrived, with the person's cards, which tell what it answers; `reply_to` is the message it quotes.

    `unsure` holds it until the person has said that it is an answer: words forwarded, written under a picture, or in
    reply to something that we said and that asks nothing.
    """

    text: str
    message_id: int
    cards: Sequence[Card]
    reply_to: int | None = None
    edited: bool = False
    unsure: bool = False

    @property
    def place(self) -> Place:
        """What it belongs to, by the cards that were there before it; prompts to ask about where that is not sure.

        An edit has no place: it corrects what its message gave before, wherever that went.
        """
        if self.edited:
            return Place(None)
        if self.unsure and self._bound.at is not None:
            return Place(None, (self._bound.at.prompt,) if self._bound.at.prompt else ())
        return self._bound

    @property
    def answered(self) -> str:
        """What a card asked that it was sent after or replies to, whether it was edited since or not."""
        what = self._bound.at.asked if self._bound.at else ""
        return "" if what.startswith(_NOTES) else what

    @property
    def asked(self) -> str:
        """What a card asked that it answers now; empty where it belongs to the template.

        An edit answers nothing anew, and of words that are not surely the person's own nothing is made.
        """
        return "" if self.edited or self.unsure else self.answered

    def goes_on(self, word: str) -> tuple[str, ...]:
        """What came meanwhile of earlier texts to the same question: what cards of this word are about, newest first.

        They are the cards that were not there yet when it was sent.
        """
        since = sorted(
            posted_since(self.cards, self.message_id, self.reply_to), key=lambda card: -card.number
        )
        said = (card.focus.asked.removeprefix(_NOTES).partition(".") for card in since)
        return tuple(about for kind, _, about in said if kind == word)

    @property
    def is_behind(self) -> bool:
        """Whether the talk has moved on since the card that it was sent after."""
        return bool(posted_since(self.cards, self.message_id, self.reply_to))

    @property
    def card(self) -> Card | None:
        """The card that it was sent after or replies to."""
        return card_of(self.cards, self.message_id, self.reply_to)

    @cached_property
    def _bound(self) -> Place:
        return place_of(self.cards, self.message_id, self.reply_to)


async def heard(  # noqa: PLR0913 - what is known of a text, by name
    errand: Errand,
    text: str,
    message_id: int,
    reply_to: int | None = None,
    *,
    edited: bool = False,
    unsure: bool = False,
    quotes_bot: bool = False,
) -> Heard:
    """A text of the person, with their newest cards and earlier ones where those do not tell what it answers."""
    cards = await errand.work.outbox.cards(errand.person.id, seen_before(message_id, reply_to))
    answers_none = quotes_bot and all(card.message_id != reply_to for card in cards)
    found = Heard(text, message_id, cards, reply_to, edited, unsure or answers_none)
    if found.answered != ASKS_LANGUAGE or (found.asked and read_language(text)):
        return found
    return replace(found, cards=[card for card in cards if card.focus.asked != ASKS_LANGUAGE])


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
