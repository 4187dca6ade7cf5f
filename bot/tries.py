"""What a courier remembers of the letters that are tried again."""

from dataclasses import dataclass
from typing import Final

from msgspec.structs import replace

from workflows.store.values import Letter, Outcome, RetryLater

REMEMBERED: Final = 10_000
"""So many letters that are tried again are remembered: which parts are out may stand nowhere else."""


@dataclass
class Tried:
    """What is known here of a letter that is tried again: how often, by how many faults of ours, and its parts out.

    So many parts as `untold` says are out, of which the table may not know; nothing of the next one has left by then.
    """

    times: int = 0
    faults: int = 0
    parts: int = 0
    untold: int = 0


class Tries:
    """The letters that are tried again, by their numbers; those that others must have sent by now are forgotten."""

    def __init__(self) -> None:
        self._of: dict[int, Tried] = {}

    def __len__(self) -> int:
        return len(self._of)

    def of(self, letter: Letter) -> Tried:
        """What is remembered of a letter, to be added to."""
        return self._of.setdefault(letter.id, Tried())

    def parts_out(self, letter: Letter) -> int:
        """How many parts of a letter are out."""
        tried = self._of.get(letter.id)
        return letter.parts_sent if tried is None else max(letter.parts_sent, tried.parts)

    def told(self, letter: Letter, outcome: Outcome) -> Outcome:
        """What the table is told of a letter, with the parts out that it may not know; what has ended is forgotten."""
        if not isinstance(outcome, RetryLater):
            self._of.pop(letter.id, None)
            return outcome
        if len(self._of) > REMEMBERED:
            del self._of[next(iter(self._of))]
        tried = self._of.get(letter.id)
        if tried is None or not tried.untold:
            return outcome
        untold, tried.untold = tried.untold, 0
        return replace(outcome, ambiguous=False, parts=untold)
