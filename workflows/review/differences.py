"""What differs between two versions of a text, by words."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Final, Literal

from workflows.immutable import Immutable

Kind = Literal["same", "added", "removed"]
CONTEXT: Final = 14
"""How many unchanged words stay on each side of a change when the rest between two changes is passed over."""
_TOKENS = re.compile(r"\n|[^\S\n]+|\S+")


class Difference(Immutable):
    """A stretch of text that stayed, came, or went."""

    kind: Kind
    text: str


def differences(before: str, after: str) -> tuple[Difference, ...]:
    """The stretches in order: those that stayed and came are `after`, those that stayed and went are `before`."""
    old, new = _lines(before), _lines(after)
    found: list[Difference] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Difference("same", "".join(old[a:b])))
        else:
            found += _by_words("".join(old[a:b]), "".join(new[c:d]))
    return tuple(_joined(found))


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _by_words(before: str, after: str) -> Iterator[Difference]:
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    for tag, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            yield Difference("same", "".join(old[a:b]))
            continue
        yield Difference("removed", "".join(old[a:b]))
        yield Difference("added", "".join(new[c:d]))


def _joined(found: Sequence[Difference]) -> Iterator[Difference]:
    """Neighbours of one kind as one stretch; empty ones are left out."""
    waiting: Difference | None = None
    for each in found:
        if not each.text:
            continue
        if waiting is not None and waiting.kind == each.kind:
            waiting = Difference(each.kind, waiting.text + each.text)
            continue
        if waiting is not None:
            yield waiting
        waiting = each
    if waiting is not None:
        yield waiting


def shortened(found: Sequence[Difference]) -> tuple[Difference, ...]:
    """The same with long stretches that stayed cut to the words next to a change."""
    last = len(found) - 1
    return tuple(
        Difference("same", _cut(each.text, after_a_change=at > 0, before_a_change=at < last))
        if each.kind == "same"
        else each
        for at, each in enumerate(found)
    )


def _cut(text: str, *, after_a_change: bool, before_a_change: bool) -> str:
    tokens = _TOKENS.findall(text)
    most = 2 * CONTEXT
    if len(tokens) <= 2 * most:
        return text
    head = "".join(tokens[:most]) if after_a_change else ""
    tail = "".join(tokens[-most:]) if before_a_change else ""
    return f"{head}…{tail}" if after_a_change or before_a_change else f"{''.join(tokens[:most])}…"
