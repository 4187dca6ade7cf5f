"""Tells the demo's clock what happens next, so that somebody at its page can go there at once."""

import contextlib
from collections.abc import Callable
from datetime import datetime
from typing import Final
from urllib.parse import urljoin

from telegram.error import NetworkError

from bot.wire import encoded
from bot.wire.address import Address
from bot.wire.pool import Pool
from workflows.immutable import Immutable
from workflows.store.transaction import Store
from workflows.use_cases.calendar.foreseeing import Upcoming, upcoming

SECONDS: Final = 2.0
"""How long the clock may take to answer; it is on this machine."""


class Foresight(Immutable):
    """Tells the clock at `url` of what the store holds; what waits to be said this moment is not told."""

    store: Store
    url: str
    now: Callable[[], datetime]

    async def tell(self) -> None:
        """Tell what is next; a clock that is silent, or takes no such word, is told again at the next beat."""
        async with self.store.reading() as work:
            found = await upcoming(work, self.now())
        if found is not None and found.at <= self.now():
            return
        told = {"at": found and found.at.isoformat(), "what": found and _in_words(found)}
        address = Address(urljoin(self.url, "next"))
        pool = Pool(address.origin)
        try:
            with contextlib.suppress(NetworkError):
                await pool.exchange(
                    address.request("PUT", encoded(told), "application/json"), SECONDS, SECONDS
                )
        finally:
            await pool.close()


def _in_words(found: Upcoming) -> str:
    """In English, as the page around the chats is."""
    if found.title is None:
        return "Reminders"
    return f"{found.title.en}: {'the beginning' if found.kind == 'begins' else 'the end'}"
