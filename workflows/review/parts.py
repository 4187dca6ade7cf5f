"""Messages of one text put together: a client cuts what is longer than a message, often in the middle of a sentence."""

import re
from collections.abc import Sequence
from typing import Final, Protocol

LONG: Final = 3_000
"""UTF-16 units. A message holds 4,096; clients cut earlier, at a line, a full stop or a space."""
BULLET: Final = re.compile(r"^\s*(?:[-–—•*▪●]|\(?[0-9٠-٩]{1,2}[.)\-–])\s+")
"""A bullet or number at the head of a line of a pasted list."""
_CLOSING: Final = ".!?؟…:؛;۔"
_AFTER_CLOSING: Final = "»\"'”’)]}"


class Message(Protocol):
    """What a part of a text is known by: its words, and the message they came in."""

    @property
    def text(self) -> str:
        """The words as typed."""

    @property
    def source(self) -> str:
        """The person and the message id, with a colon between them; empty where it is not kept."""


def units(text: str) -> int:
    """The length of a text as Telegram counts it, in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def is_cut(text: str) -> bool:
    """Whether a message is as long as what clients cut, and ends in the middle of a sentence."""
    shown = text.rstrip().rstrip(_AFTER_CLOSING).rstrip()
    return units(text) >= LONG and shown[-1:] not in ("", *_CLOSING)


def writer_of(source: str) -> str:
    """Whose message a source names."""
    return source.rpartition(":")[0]


def joints(parts: Sequence[Message]) -> list[str]:
    """What stands before each part: nothing, a space where it goes on in a sentence that was cut, or a line break.

    It goes on where the message before it was cut and is the same person's, unless a bullet or a number begins it.
    """
    found = [""] * len(parts)
    for at in range(1, len(parts)):
        before, part = parts[at - 1], parts[at]
        same = writer_of(before.source) == writer_of(part.source)
        found[at] = " " if same and is_cut(before.text) and not BULLET.match(part.text) else "\n"
    return found


def put_together(parts: Sequence[Message]) -> str:
    """One text: a message that was cut goes on in the same line, every other one begins a line of its own."""
    return "".join(joint + part.text for joint, part in zip(joints(parts), parts, strict=True))
