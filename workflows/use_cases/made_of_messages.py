"""Of which messages a text was joined: the card about it notes them, so that an edited message can be followed."""

from typing import Final

Made = tuple[tuple[int, int], ...]
"""The messages of a text, the first one first: the number of each, and how many characters its part has."""

_BREAK: Final = "\n"
"""A part that begins so begins a paragraph: it was not sent together with the one before it."""


def noted(made: Made) -> str:
    """The messages as a card notes them."""
    return "-".join(f"{message}:{length}" for message, length in made)


def made_of(text: str) -> Made:
    """The messages that `noted` wrote; none where it is not what it wrote."""
    pairs = [each.split(":") for each in text.split("-")]
    if not all(len(pair) == len(("message", "length")) and "".join(pair).isdecimal() for pair in pairs):
        return ()
    return tuple((int(message), int(length)) for message, length in pairs)


def joined(text: str, made: Made, words: str, message: int) -> Made:
    """The messages of a text after words were added to it; none where it is not known of which it was made."""
    return (*made, (message, len(words))) if not text or _parts(text, made) else ()


def corrected(text: str, made: Made, words: str, message: int) -> tuple[str, Made] | None:
    """The text with the part of one message replaced; None where that message is not known to be in it."""
    parts = _parts(text, made)
    places = [place for place, (each, _) in enumerate(made) if each == message]
    if not parts or not places:
        return None
    parts[places[0]] = paragraph(words) if parts[places[0]].startswith(_BREAK) else words
    now = tuple((each, len(part)) for (each, _), part in zip(made, parts, strict=True))
    return "\n".join(parts), now


def parted(text: str, made: Made, message: int) -> tuple[str, Made, list[tuple[int, str]]] | None:
    """The text before the part of a message, and the parts from there on; None where that message is not in it."""
    parts = _parts(text, made)
    at = next((place for place, (each, _) in enumerate(made) if each == message), None)
    if not parts or at is None:
        return None
    numbers = [number for number, _ in made]
    return "\n".join(parts[:at]), made[:at], list(zip(numbers, parts, strict=True))[at:]


def paragraph(words: str) -> str:
    """The part of a text that begins a paragraph of its own."""
    return f"{_BREAK}{words}"


def _parts(text: str, made: Made) -> list[str]:
    """What each message gave; nothing where the text is not made of them."""
    parts, at = [], 0
    for _, length in made:
        parts.append(text[at : at + length])
        at += length + 1
    return parts if "\n".join(parts) == text else []
