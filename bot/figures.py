"""Figures: what the rooms count, time and beat, as plain values; who reads them, and how, is not their matter."""

import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

QUICK: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""Bounds in seconds for what is over in a moment."""
SLOW: Final = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
"""The same for what goes to Telegram and back."""
ASKED: Final = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0, 900.0, 3600.0)
"""The same for the rests that Telegram asks for."""
PULSE_SECONDS: Final = 0.25
_REMEMBERED: Final = 60.0  # seconds that the worst lag of the loop is told


class Spread:
    """How long something took, as counts by upper bound in seconds; the last count has no bound."""

    __slots__ = ("bounds", "counts", "total")

    def __init__(self, bounds: Sequence[float]) -> None:
        self.bounds = tuple(bounds)
        self.counts = [0] * (len(self.bounds) + 1)
        self.total = 0.0

    def note(self, seconds: float) -> None:
        """Count one time."""
        self.counts[bisect_left(self.bounds, seconds)] += 1
        self.total += seconds


class Figures:
    """All that one process counts. `clock` gives seconds that only go forward.

    `counts` holds what happened, by name. `beats` holds when a part that goes round last came by. `runs` tells of a
    part that must not end whether it still runs. `gauges` are read when somebody asks, `levels` are the last word
    heard of something. Written by the loop only; another thread may read `counts`, `beats` and the spreads.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.counts: Counter[str] = Counter()
        self.beats: dict[str, float] = {}
        self.runs: dict[str, Callable[[], bool]] = {}
        self.gauges: dict[str, Callable[[], float]] = {}
        self.levels: dict[str, float] = {}
        self.writing = Spread(QUICK)
        self.acknowledge = Spread(QUICK)
        self.reply = Spread(SLOW)
        self.asked_to_rest = Spread(ASKED)
        self._worst = (0.0, 0.0)

    def beat(self, part: str) -> None:
        """A part that goes round has come by."""
        self.beats[part] = self.clock()

    def since(self, part: str) -> float | None:
        """Seconds since a part last came by; None before its first time."""
        beat = self.beats.get(part)
        return None if beat is None else self.clock() - beat

    # --- the loop ------------------------------------------------------------------------------------------------

    def pulse(self) -> None:
        """The loop has come round, as it should each `PULSE_SECONDS`."""
        now, lag = self.clock(), self.lag()
        if lag >= self._worst[1] or now - self._worst[0] > _REMEMBERED:
            self._worst = (now, lag)
        self.beats["loop"] = now

    def lag(self) -> float:
        """Seconds by which the loop is late at this moment; 0 before its first pulse."""
        return max(0.0, (self.since("loop") or 0.0) - PULSE_SECONDS)

    def worst_lag(self) -> float:
        """The longest lag of the last minute, in seconds."""
        when, lag = self._worst
        return max(self.lag(), lag if self.clock() - when <= _REMEMBERED else 0.0)
