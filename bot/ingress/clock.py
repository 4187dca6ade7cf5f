"""The clock that every room goes by: one time for all replicas, which no wrong clock of a machine can move."""

import contextlib
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

import orjson
from telegram.error import NetworkError

from bot.wire import fetched
from workflows.store.transaction import Store, StoreAway

FOLLOW_SECONDS: Final = 5
"""How often the database is asked for its time; between two answers a clock counts that nobody can set."""
SLOW_ANSWER: Final = 1.0
"""Seconds after which the time that the database gave is too old to be taken over, once there is one."""
FIRST_TRIES: Final = 10
"""So often the first time is asked for; a database that was never quick is believed in the end."""


class SharedClock:
    """The time in UTC: the database's where it has a clock of its own, else this machine's, which is `wall`.

    In the demo, an offset is added that the sandbox gives.
    """

    def __init__(self, wall: Callable[[], datetime], url: str | None = None) -> None:
        self._wall = wall
        self._url = url
        self._offset = timedelta()
        self._anchor: tuple[datetime, float] | None = None

    def now(self) -> datetime:
        """This moment, aware, in UTC."""
        if self._anchor is None:
            return self._wall() + self._offset
        moment, at = self._anchor
        return moment + timedelta(seconds=steady() - at) + self._offset

    async def follow(self, store: Store) -> None:
        """Take over the database's time; the last one counts on while it is away.

        The answer counts from when it is here, so this clock is never ahead of the database's, and behind it by less
        than SLOW_ANSWER: the first answer is asked for again until it is a quick one.
        """
        with contextlib.suppress(StoreAway):
            for tries_left in reversed(range(1 if self._anchor else FIRST_TRIES)):
                asked = steady()
                moment = await store.time()
                here = steady()
                if moment is None:
                    return
                if here - asked < SLOW_ANSWER or not (tries_left or self._anchor):
                    self._anchor = moment, here
                    return

    async def refresh(self) -> None:
        """Ask the sandbox's clock, if there is one; while it is silent the last offset counts."""
        if self._url is None:
            return
        with contextlib.suppress(NetworkError, ValueError, KeyError, TypeError):
            seconds = orjson.loads(await fetched(self._url, 2))["offset_seconds"]
            self._offset = timedelta(seconds=float(seconds))


def steady() -> float:
    """Seconds of a clock that nobody can set, and that goes on while the machine sleeps where there is such a one."""
    kind = getattr(time, "CLOCK_BOOTTIME", None)
    return time.clock_gettime(kind) if kind is not None else time.monotonic()
