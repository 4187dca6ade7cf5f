"""Directions of writing: what runs against the reader's direction is isolated, and nothing typed can turn a line."""

import re

FSI, PDI = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"

RLM = "\N{RIGHT-TO-LEFT MARK}"

_ISOLATED = re.compile(f"{FSI}[^{PDI}]*{PDI}")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufeff]")
_ARABIC_WORDS = re.compile("[\u0621-\u065f\u0670-\u06d3\u200c\u200d\\s]*")
_BLANKS = re.compile(r"\s+")


def led_from_right(words: str) -> str:
    """Words of a language written from the right, with a mark in front where no letter shows the direction.

    What is isolated does not show it: a line of numbers and names would run from the left.
    """
    shown = _ISOLATED.sub("", words) if FSI in words else words
    return words if _RIGHT_TO_LEFT.search(shown) else f"{RLM}{words}"


def without_turns(text: str) -> str:
    """The text without embeddings, overrides and isolates, which would turn the words around it."""
    return _TURNS.sub("", text)


def one_line(text: str) -> str:
    """The text on one line, without turns."""
    return _BLANKS.sub(" ", without_turns(text)).strip()


def isolated(text: str, *, right_to_left: bool) -> str:
    """The text as it can stand inside a sentence: isolated where its letters, digits or signs could be reordered."""
    clean = one_line(text)
    harmless = _ARABIC_WORDS.fullmatch(clean) if right_to_left else not _RIGHT_TO_LEFT.search(clean)
    return clean if harmless else f"{FSI}{clean}{PDI}"
