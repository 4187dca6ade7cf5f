"""A whole bot that runs beside the test in a thread of its own, so that each example meets one that is alive."""

import asyncio
import threading
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

import httpx

from bot.ingress.webhook import webhook_app
from bot.sandbox import Person, Sandbox, serving
from bot.sandbox import Settings as SandboxSettings
from bot.sandbox.updates import Waiting
from tests.chats.telling import OPEN, TOKEN, Region, load, settings_for

T = TypeVar("T")
SECRET = "a-webhook-secret-for-tests"
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET, "Content-Type": "application/json"}
FAR = 10**9
"""Where the ids of spoilt updates begin, beyond those that the sandbox gives."""


class Running:
    """A region with two people in the middle of a talk; updates come by polling from them and by webhook from us."""

    def __init__(self, folder: Path) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._thread.start()
        self._number = FAR
        self._folder = folder
        self.region: Region
        self.layla: Person
        self.omar: Person
        self.corpus: list[dict[str, Any]] = []
        self._http: httpx.AsyncClient
        self._room: Any
        self.waits(self._begins())

    def waits(self, what: Coroutine[Any, Any, T], seconds: float = 60) -> T:
        """Run something in the bot's loop and wait for it."""
        return asyncio.run_coroutine_threadsafe(what, self.loop).result(seconds)

    async def _begins(self) -> None:
        sandbox = Sandbox(TOKEN, SandboxSettings(repeat_pause_seconds=0, conflict_pause_seconds=0))
        self._room = serving(sandbox)
        address = await self._room.__aenter__()
        self.region = Region(settings_for(self._folder), sandbox, address, load())
        await self.region.begins()
        house = self.region.house
        app = webhook_app(house.clerk, "/updates", SECRET, house.watch.probes)
        self._http = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://bot")
        self.layla = await self.region.focal_point("LB", "en")
        self.omar = await self.region.focal_point("JO", "ar", "Omar Saleh")
        for person in (self.layla, self.omar):
            await self.region.opens(person, OPEN)
        self.corpus = await self._real_updates()

    async def _real_updates(self) -> list[dict[str, Any]]:
        """What a person's client makes the Bot API send, one of each kind, noted on its way to the bot."""
        layla, noted = self.layla, list[dict[str, Any]]()
        updates = layla.sandbox.updates
        put = updates.put

        def noting(item: Waiting) -> None:
            noted.append(item.update)
            put(item)

        updates.put = noting  # type: ignore[method-assign]  # an ear at the sandbox's own door
        first = layla.says("a text")[0]
        layla.edits(first.message_id, "a corrected text")
        layla.says("/sections")
        layla.says("a reply", reply_to=first.message_id)
        layla.forwards("forwarded words")
        layla.forges(layla.last_message.message_id, "go.hub")
        layla.sends_sticker()
        layla.sends_location()
        layla.sends_contact(own=False)
        layla.sends_poll("Which?", ["a", "b"])
        layla.sends_voice()
        layla.sends_photo(b"jpeg", caption="a caption")
        layla.sends_album(2)
        layla.says_in_group("hello, group")
        await self.region.rests()
        updates.put = put  # type: ignore[method-assign]  # the ear is taken away
        return noted

    def posts(self, update: Any) -> int:
        """Send something to the webhook; the status of the answer."""

        async def posting() -> int:
            answer = await self._http.post("/updates", content=update, headers=HEADERS, timeout=30)
            return answer.status_code

        return self.waits(posting())

    def next_id(self) -> int:
        """An update id that was never used."""
        self._number += 1
        return self._number

    def says_something(self) -> None:
        """A person who was there all along writes, and finds the bot as before; raises where it is silent."""

        async def saying() -> None:
            self.omar.says("still there?")
            await self.omar.sees(lambda message: message.from_bot, timeout=20)

        self.waits(saying())

    def closes(self) -> None:
        """Stop the bot, and end the thread."""

        async def closing() -> None:
            await self._http.aclose()
            await self.region.ends()
            await self._room.__aexit__(None, None, None)

        self.waits(closing())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(10)
        self.loop.close()
