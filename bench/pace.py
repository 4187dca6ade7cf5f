"""How fast reminders go out: letters that wait in the outbox, a bot that is started on them, and a clock at the API."""

import asyncio
import time
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from bench.contenders import RAFIQ, Failed, Place
from bench.processes import running
from bench.reminding import CYCLE, bring_in
from bench.telegram import Sent, Telegram
from bot import app
from workflows.languages import Text
from workflows.notices.reminders import Reminder, ReminderItem
from workflows.store.cipher import Cipher
from workflows.store.reminders import letter_key
from workflows.store.transaction import Store, migrate
from workflows.when import Exact

LETTERS: Final = 500
PACE: Final = 25.0
"""Messages a second, the setting that ships; Telegram's own limit for a bot is about 30."""
GIVEN_UP_AFTER: Final = 120.0  # seconds beyond what the letters take at the pace
WORDS: Final = Text(ar="موعد", en="Deadline", fr="Échéance")


@dataclass(frozen=True)
class Sending:
    """How many letters went out in how many seconds from the first to the last, and the most in any one second."""

    letters: int
    seconds: float
    most: int

    @property
    def rate(self) -> float:
        """Letters a second: the first one starts the clock and is not counted."""
        return (self.letters - 1) / self.seconds


async def send(folder: Path, letters: int = LETTERS) -> Sending:
    """Queue so many reminders to as many people, start the bot as a process, and watch what comes to the API.

    Raises Failed where one of them is missing, or comes twice.
    """
    telegram = Telegram()
    arrived: list[tuple[float, int]] = []
    everything = asyncio.Event()

    def hear(sent: Sent) -> None:
        arrived.append((time.perf_counter(), sent.chat_id))
        if len(arrived) == letters:
            everything.set()

    telegram.hear = hear
    place = Place(folder, await telegram.start())
    await _queue(place, letters)
    try:
        async with running(RAFIQ, place):
            async with asyncio.timeout(letters / PACE + GIVEN_UP_AFTER):
                await everything.wait()
            await asyncio.sleep(0.5)  # one that comes twice would come now
    except TimeoutError:
        raise Failed(f"of {letters} letters {len(arrived)} went out") from None
    finally:
        await telegram.stop()
    if sorted(chat for _, chat in arrived) != list(range(1, letters + 1)):
        raise Failed(
            f"{len(arrived)} letters went out to {len({chat for _, chat in arrived})} of {letters} people"
        )
    moments = [moment for moment, _ in arrived]
    return Sending(letters, moments[-1] - moments[0], most_in_a_second(moments))


async def _queue(place: Place, letters: int) -> None:
    url = f"sqlite+aiosqlite:///{place.folder / 'rafiq.db'}"
    place.folder.mkdir(exist_ok=True)
    await migrate(url)
    store = await Store.open(url, Cipher.from_settings(RAFIQ.settings(place)["RAFIQ_KEY"]))
    await bring_in(store, letters)
    now = app.Clock().now()
    async with store.transaction() as work:
        for person in await work.people.in_cycle(CYCLE):
            country = person.memberships[-1].country
            key = letter_key(CYCLE, person.id, f"{now:%Y%m%d}")
            work.outbox.post(
                person, _letter(country, now), key=key, now=now, cycle_id=CYCLE, country=country, bulk=True
            )
    await store.close()


def _letter(country: str, now: datetime) -> Reminder:
    day = Exact(first=date(2030, 1, 1), last=date(2030, 1, 1))
    item = ReminderItem(content="deadline_soon", milestone="deadline", title=WORDS, when=day, days=10)
    return Reminder(role="focal_point", country=country, letter=f"{now:%Y%m%d}", items=(item,), week_start="")


def most_in_a_second(moments: Sequence[float]) -> int:
    """The most of these moments (seconds, in order) that lie within one second."""
    return max(bisect_left(moments, first + 1) - number for number, first in enumerate(moments))
