"""Once more: an update that was given up is handled by a later version of the program, beside the running bot."""

import asyncio
import json
from collections import Counter
from datetime import datetime

from bot.effects import BotIdentity, Handler
from bot.inbound import Unknown, read
from bot.ingress.lanes import ELSEWHERE_PATIENCE, Waiting
from bot.ingress.scribe import Scribe
from workflows.store.transaction import Store


class NotKept(Exception):
    """There is no such update, or what it held was let go by now."""


class StillUnreadable(Exception):
    """Whatever the update is, this version knows no more of it than the one that gave it up."""


async def handle_again(
    store: Store, handler: Handler, identity: BotIdentity, update_id: int, now: datetime
) -> None:
    """Handle an update that was given up; what is to be said about it waits for the running bot.

    A text goes where it belongs by the cards that were there when it was sent; for a card that the running bot has in
    hand it has waited long enough. Raises NotKept, StillUnreadable and what the handler raises: then the update stays
    where it was.
    """
    async with store.transaction() as work:
        payload = await work.updates.take_again(update_id)
        if payload is None:
            raise NotKept(update_id)
        raw = json.loads(payload)
        incoming = read(raw)
        if isinstance(incoming.did, Unknown):
            raise StillUnreadable(incoming.did.reason)
        loop = asyncio.get_running_loop()
        waiting = Waiting(raw, incoming, loop.create_future(), loop.time() - ELSEWHERE_PATIENCE - 1)
        page = await Scribe(handler, identity, Counter()).write(work, [waiting], now)
        assert not page.postponed  # noqa: S101 - nothing may be committed of an update that was not handled
    async with store.transaction() as work:
        await work.outbox.inherit(store.owner, {}, (), now)
