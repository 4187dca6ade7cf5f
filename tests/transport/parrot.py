"""A small handler in the place of ours: it answers each text with one card. Also a bot process of its own."""

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot import app, failpoints, logs
from bot.effects import BotIdentity, Effects
from bot.inbound import Attached, Incoming, Tapped, Typed
from bot.settings import Settings
from workflows.notices import CountryLine, Explained, StatusList, Toast
from workflows.review.events import Focus, Say
from workflows.store.transaction import Work

LONG = StatusList(
    filter="all",
    limits=(1000,) * 5,
    total=130,
    countries=tuple(
        CountryLine(
            country="LB",
            state="begun",
            focal_points=1,
            settled=n,
            total=130,
            words=(n,) * 5,
            last_activity="2026-01-01T00:00:00Z",
        )
        for n in range(130)
    ),
)
"""What takes four messages, no two of them alike."""


class Poison(Exception):
    """What the small handler does to a text that says poison."""


@dataclass
class Parrot:
    """A handler that greets who types and remembers, as the database does, what was committed.

    Each text posts one card, with a focus, as a prompt does; one that begins with "long" a card of several parts.
    `before` runs inside the transaction.
    """

    handled: list[tuple[int, str]] = field(default_factory=list)
    before: Callable[[Incoming], Awaitable[None]] | None = None

    async def __call__(self, work: Work, incoming: Incoming, now: datetime, _bot: BotIdentity) -> Effects:
        if self.before is not None:
            await self.before(incoming)
        did = incoming.did
        if isinstance(did, Typed | Attached):
            text = did.text if isinstance(did, Typed) else did.kind
            if text.startswith("poison"):
                raise Poison(text)
            if text.startswith("stand still"):
                time.sleep(6)  # noqa: ASYNC251 - a loop that stands is what is wanted
            await self._card(work, incoming, text, now)
        elif isinstance(did, Tapped):
            self.handled.append((incoming.user_id, f"tap {did.data}"))
            return Effects(toast=Toast(code="noted"), language="en")
        return Effects()

    async def _card(self, work: Work, incoming: Incoming, text: str, now: datetime) -> None:
        person = await work.people.by_telegram(incoming.user_id)
        if person is None:
            person = await work.people.come_in(incoming.user_id, incoming.name, "en", now)
        self.handled.append((incoming.user_id, text))
        notice = LONG if text.startswith("long") else Explained(code="characters_replaced")
        say = Say(notice, focus=Focus(prompt="1a.1"))
        work.outbox.post(person, say, key=f"{incoming.update_id}:card", now=now)


async def until(condition: Callable[[], object], seconds: float = 5) -> None:
    """Wait for something to become true."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0.01)


def main(args: Sequence[str]) -> int:
    """Live as the bot does, with this handler; receives as the first argument says."""
    settings = Settings.read()
    failpoints.arm(os.environ.get("RAFIQ_FAILPOINT", ""))
    logs.configure(settings.log_level)
    receive: app.Receiving = "serve" if list(args) == ["serve"] else "poll"
    return app.begin(app.run(settings, receive, Parrot()))
