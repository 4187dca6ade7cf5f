"""Messages of one text put together: a client cuts what is longer than a message, often in the middle of a sentence."""

from collections.abc import Sequence
from typing import Final

LONG: Final = 3_000
"""UTF-16 units. A message holds 4,096; clients cut earlier, at a line, a full stop or a space."""
_CLOSING: Final = ".!?؟…:؛;۔"
_AFTER_CLOSING: Final = "»\"'”’)]}"


def is_cut(text: str) -> bool:
    """Whether a message is as long as what clients cut, and ends in the middle of a sentence."""
    shown = text.rstrip().rstrip(_AFTER_CLOSING).rstrip()
    return len(text.encode("utf-16-le")) // 2 >= LONG and bool(shown) and shown[-1] not in _CLOSING


def put_together(texts: Sequence[str]) -> str:
    """One text: a message that was cut goes on in the same line, every other one begins a line of its own."""
    whole = ""
    before = ""
    for text in texts:
        if before:
            whole += " " if is_cut(before) else "\n"
        whole += text
        before = text
    return whole
