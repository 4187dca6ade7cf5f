"""The transport's parts as they run: a real sandbox over HTTP, a real SQLite file, a small handler of our own."""

import asyncio
import contextlib
import os
import shutil
import signal
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot import logs
from bot.app import Clock, House, build, wired
from bot.effects import BotIdentity
from bot.ingress.life import Life
from bot.ingress.polling import Poller
from bot.sandbox import Person, Sandbox, serving
from bot.sandbox import Settings as SandboxSettings
from bot.settings import Settings
from tests.transport.nursery import Child, Nursery
from tests.transport.parrot import Parrot
from workflows.store.cipher import Cipher, generate_key
from workflows.store.transaction import Store, StoreAway

KEY = generate_key()


@dataclass
class Place:
    """A bot that lives in the test's own loop, and the Telegram that it talks to."""

    sandbox: Sandbox
    house: House
    parrot: Parrot
    life: Life
    poller: Poller
    tasks: list["asyncio.Task[Any]"] = field(default_factory=list)

    def writes(self) -> None:
        """Let the clerk and the courier work."""
        self.tasks.append(asyncio.create_task(self.house.clerk.run()))

    def polls(self) -> None:
        """Let the poller receive."""
        self.tasks.append(asyncio.create_task(self.poller.run(self.life.stop)))

    async def beats(self, seconds: float = 0.05) -> None:
        """Claim what is due, as the heartbeat does, until the test ends."""

        async def beating() -> None:
            while not self.life.stop.is_set():
                with contextlib.suppress(StoreAway):
                    await self.house.courier.collect()
                await asyncio.sleep(seconds)

        self.tasks.append(asyncio.create_task(beating()))

    async def ends(self) -> None:
        """Stop everything in its order."""
        self.life.stop.set()
        self.house.clerk.close()
        await self.house.courier.stop(2)
        await self.house.asides.finish(1)
        self.house.clerk.finish()
        await asyncio.wait_for(asyncio.gather(*self.tasks, return_exceptions=True), 10)


@pytest.fixture(autouse=True)
def quiet_logs() -> None:
    """Log as the bot does: without the locals that a bare structlog would print."""
    logs.configure("WARNING", terminal=False)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        data=tmp_path,
        key=SecretStr(KEY),
        bot_token=SecretStr("1000000001:sandbox-token-that-opens-nothing-at-all"),
        webhook_url="http://127.0.0.1:1/updates",
        webhook_secret=SecretStr("a-webhook-secret-for-tests"),
    )


@pytest.fixture
def sandbox() -> Sandbox:
    return Sandbox(
        settings=SandboxSettings(repeat_pause_seconds=0, conflict_pause_seconds=0, webhook_time_scale=0.02)
    )


class Bot:
    """Bot processes of one data folder and one Telegram."""

    def __init__(self, nursery: Nursery, sandbox: Sandbox, address: str, folder: Path) -> None:
        self._nursery = nursery
        self.sandbox = sandbox
        kept = {name: value for name, value in os.environ.items() if not name.startswith("RAFIQ_")}
        self.environment = kept | {
            "RAFIQ_BOT_TOKEN": sandbox.token,
            "RAFIQ_TELEGRAM_API": address,
            "RAFIQ_CLOCK_URL": f"{address}/sim/clock",
            "RAFIQ_DATA": str(folder),
            "RAFIQ_KEY": KEY,
            "RAFIQ_LOG_LEVEL": "DEBUG",  # what is said there is searched for secrets at the end
        }
        self.born: list[Child] = []

    def starts(self, failpoint: str = "", receive: str = "poll", program: str = "parrot") -> Child:
        """Start the small bot, or the real one."""
        environment = self.environment | ({"RAFIQ_FAILPOINT": failpoint} if failpoint else {})
        self.born.append(self._nursery.bears(program, [receive], environment))
        return self.born[-1]

    async def runs(self, *args: str) -> str:
        """Run a command of the real command line to its good end; what it said."""
        child = self._nursery.bears("rafiq", args, self.environment)
        assert await child.ends() == 0, child.logged
        return child.said.strip()

    async def stops(self, child: Child, seconds: float = 15) -> None:
        """Stop a bot in peace."""
        child.signals(signal.SIGTERM)
        assert await child.ends(seconds) == 0, child.logged

    async def ends(self) -> None:
        """Leave no process behind."""
        for child in self.born:
            child.signals(signal.SIGKILL)
            await child.ends()


@pytest.fixture(scope="session")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    nursery = Nursery(tmp_path_factory.mktemp("nursery"))
    yield nursery
    nursery.closes()


@pytest.fixture
async def bot(tmp_path: Path, sandbox: Sandbox, nursery: Nursery, migrated: Path) -> AsyncIterator[Bot]:
    shutil.copy(migrated, tmp_path / "rafiq.db")
    async with serving(sandbox) as address:
        here = Bot(nursery, sandbox, address, tmp_path)
        yield here
        await here.ends()


@asynccontextmanager
async def placed(settings: Settings, sandbox: Sandbox) -> AsyncIterator[Place]:
    """A bot with its parts joined as the composition root joins them."""
    store = await Store.open(settings.database, Cipher.from_settings(KEY))
    async with serving(sandbox) as address:
        here = settings.model_copy(update={"telegram_api": address})
        async with wired(here) as wire:
            parrot, life = Parrot(), Life()
            me = BotIdentity(1000000001, "rafiq_bot", "Rafiq")
            house = build(
                settings=here,
                store=store,
                wire=wire,
                clock=Clock(),
                handler=parrot,
                identity=me,
                halt=life.halt,
            )
            place = Place(sandbox, house, parrot, life, Poller(wire, house.clerk))
            yield place
            await place.ends()
    await store.close()


@pytest.fixture
async def place(settings: Settings, sandbox: Sandbox, migrated: Path) -> AsyncIterator[Place]:
    shutil.copy(migrated, settings.data / "rafiq.db")
    async with placed(settings, sandbox) as here:
        yield here


@pytest.fixture
async def awake(place: Place) -> Place:
    """The bot as it runs: it receives, writes and sends."""
    place.writes()
    place.polls()
    return place


@pytest.fixture
def layla(sandbox: Sandbox) -> Person:
    """Somebody who has let the bot in."""
    return _starter(sandbox, "Layla")


@pytest.fixture
def omar(sandbox: Sandbox) -> Person:
    """Somebody else who has let the bot in."""
    return _starter(sandbox, "Omar")


def _starter(sandbox: Sandbox, name: str) -> Person:
    person = sandbox.person(name)
    person.starts()
    return person
