"""A message as Telegram takes it: text in parts that fit, buttons under the last one, perhaps a document."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from bot.buttons import Written, write
from bot.render.cutting import clipped_at_word, parts_of
from bot.render.markup import SafeHtml, paragraphs
from workflows.immutable import Immutable
from workflows.reports.pictures import Picture

LABEL = 60


class Button(Immutable):
    """A key under a message: its label and the callback data that `bot.buttons` wrote."""

    label: str
    data: str


Row = tuple[Button, ...]
Keyboard = tuple[Row, ...]


class File(Immutable):
    """A document to be sent with a message."""

    name: str
    content: bytes


class Unwritten(Immutable):
    """A document that is written when it is sent: that takes a while, and is done beside the loop."""

    name: str
    write: Callable[[], bytes]

    @property
    def content(self) -> bytes:
        """The document, written anew each time."""
        return self.write()


class Drawable(Protocol):
    """The values of a picture. Two that are equal are drawn alike, and the second time at no cost."""

    def drawn(self) -> Picture:
        """The picture with the words in it."""


class Photo(Immutable):
    """A picture to be sent with a message; it is drawn when it is sent."""

    name: str
    values: Drawable


class Message(Immutable):
    """What is sent for one notice: `text`, then each of `more`; the keyboard belongs to the last of them.

    All texts are HTML of at most 4,096 UTF-16 units after parsing. Rows of the keyboard run from left to right on the
    screen whatever the language. With a document, the text is its caption; with a photo, where it is short enough.
    """

    text: SafeHtml
    keyboard: Keyboard = ()
    document: File | Unwritten | None = None
    more: tuple[SafeHtml, ...] = ()
    photo: Photo | None = None


def button(label: str, meaning: Written, *, longest: int = LABEL) -> Button:
    """A key with a label cut to `longest` characters, after a whole word where there is one."""
    return Button(clipped_at_word(label, longest), write(meaning))


def message(
    text: Iterable[SafeHtml],
    keyboard: Sequence[Sequence[Button]] = (),
    document: File | Unwritten | None = None,
    photo: Photo | None = None,
) -> Message:
    """The paragraphs as a message, split where Telegram would refuse it; empty rows are dropped."""
    first, *more = parts_of(paragraphs(text))
    return Message(first, tuple(tuple(row) for row in keyboard if row), document, tuple(more), photo)
