"""Whether the bot is to go on, and how long it may take to leave once it is not."""

import asyncio
import math
import os
from typing import Final

import structlog

STOP_MAY_TAKE: Final = 25.0
"""Seconds from the word to stop until all is written; who kills what has not ended waits longer (`compose.yaml`)."""
KEPT_FOR_WRITING: Final = 5.0
"""So many of them the earlier steps leave over: for the last one, which writes down what became of the others."""
A_LITTLE: Final = 1.0
"""So many each step gets, however long those before it took; two such steps leave the last one three."""

log = structlog.stdlib.get_logger(__name__)


class Life:
    """Whether the bot is to go on: a signal stops it well, a halt with a reason stops it with exit code 1."""

    def __init__(self) -> None:
        self.stop = asyncio.Event()
        self.reason = ""
        self._until = math.inf

    def end(self) -> None:
        """Stop; the steps of leaving share the seconds that begin with the first word to do so."""
        self._until = min(self._until, asyncio.get_running_loop().time() + STOP_MAY_TAKE)
        self.stop.set()

    def left(self, most: float, *, last: bool = False) -> float:
        """How many seconds a step of leaving may take: so many at most, of what is left besides the last one's part."""
        left = self._until - asyncio.get_running_loop().time() - (0 if last else KEPT_FOR_WRITING)
        return max(A_LITTLE, min(most, left))

    def halt(self, reason: str) -> None:
        """Stop because of something that the operator must see to; the first reason counts."""
        self.reason = self.reason or reason
        self.end()

    def signalled(self, number: int) -> None:
        """Stop on a signal, and on a second one at once."""
        if self.stop.is_set():
            # Leaving at once is safe: nothing was acknowledged that is not written.
            os._exit(128 + number)
        log.info("stopping", signal=number)
        self.end()
