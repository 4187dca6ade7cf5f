"""A campaign: people play while the bot is killed and started again, and the judge looks after each life."""

import asyncio
import contextlib
import json
import os
import random
import signal
import socket
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final, Literal

from bot.sandbox import Sandbox, Settings, serving
from tests.kill.judge import Verdict, look_after_a_kill, look_at_everything, waiting
from tests.kill.marked import marked
from tests.kill.player import Player
from workflows.store.cipher import Cipher, generate_key
from workflows.store.transaction import Store

ROOT: Final = Path(__file__).parents[2]
LEASE: Final = 40
"""Seconds that a claim of a dead process still holds: the least that the settings allow; the clock is moved over it."""
PATIENCE: Final = 4.0
"""Seconds after which a life whose failpoint was not reached ends at random."""
COUNTRIES: Final = (("JO", "ar"), ("MA", "fr"), ("IQ", "ar"), ("EG", "ar"), ("LB", "en"), ("TN", "fr"))
VISITS: Final[dict[str, int]] = {
    "before_commit": 15,
    "after_commit_before_ack": 15,
    "after_ack_before_send": 15,
    "after_claim": 1,
    "before_send": 60,
    "after_send_before_settle": 60,
    "mid_multi_part_send": 1,
    "before_settle_commit": 8,
}
"""At which visit at most each failpoint ends a life, so that people get on between two deaths."""
BACKLOG: Final = "1f.2"
"""The prompt that is answered by a backlog of texts."""
LIVELY: Final = 60
"""After how many messages at most a life ends that is ended at random."""
RANDOM: Final = "at random"
ROUNDS: Final = 10
"""How often at most people look again, at the end, whether there is anything left to finish."""

Receive = Literal["poll", "serve"]


@dataclass(frozen=True)
class Mode:
    """How the bot receives; the store is SQLite."""

    receive: Receive = "poll"


@dataclass
class Life:
    """One life of the bot: what was to end it, and how it ended."""

    number: int
    failpoint: str
    ended: str = ""


@dataclass
class Report:
    """What a campaign has to say at its end."""

    seed: int
    lives: list[Life] = field(default_factory=list)
    verdict: Verdict = field(default_factory=Verdict)
    players: list[Player] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def kills(self) -> Counter[str]:
        """How often the process was ended where."""
        return Counter(life.ended for life in self.lives)


class Cradle:
    """Runs commands of the bot, one at a time, each a process of its own that can be killed."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        self.environment = environment
        self.pid = 0
        self._process: Process | None = None
        self._ended: asyncio.Task[int] | None = None

    async def opens(self) -> None:
        """Make the imports, once."""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.kill.cradle", cwd=ROOT, stdin=PIPE, stdout=PIPE
        )
        assert await self._line() == "ready"

    async def starts(self, *args: str, failpoint: str = "") -> None:
        """Start a command."""
        more = {"RAFIQ_FAILPOINT": failpoint} if failpoint else {}
        order = {"args": args, "env": self.environment | more, **self.files}
        stream = self._open.stdin
        assert stream is not None
        stream.write(json.dumps(order).encode() + b"\n")
        await stream.drain()
        self.pid = int(await self._line())
        self._ended = asyncio.create_task(self._status())

    async def runs(self, *args: str) -> str:
        """Run a command to its good end and give what it said."""
        Path(self.files["out"]).unlink(missing_ok=True)
        await self.starts(*args)
        status = await self.ends()
        assert status == 0, f"{args} ended with {status}:\n{self.said()}"
        return Path(self.files["out"]).read_text("utf-8").strip()

    async def ends(self, seconds: float | None = None) -> int | None:
        """Wait for the end of the process; its status, None when it lives on after so many seconds."""
        assert self._ended is not None
        done, _ = await asyncio.wait({self._ended}, timeout=seconds)
        return self._ended.result() if done else None

    async def kills(self, number: int = signal.SIGKILL) -> int:
        """End the process by a signal."""
        assert self._ended is not None
        if not self._ended.done():
            with contextlib.suppress(ProcessLookupError):  # it has ended, and its status is on the way
                os.kill(self.pid, number)
        return await self._ended

    async def closes(self) -> None:
        """Let nothing of it live on."""
        if self._ended is not None:
            await self.kills()
        if self._process is not None:
            assert self._process.stdin is not None
            self._process.stdin.close()
            await self._process.wait()

    @property
    def files(self) -> dict[str, str]:
        """Where commands write."""
        return {"out": str(self.folder / "out"), "err": str(self.folder / "err")}

    def said(self) -> str:
        """The end of what the bot logged."""
        err = Path(self.files["err"])
        return err.read_text("utf-8")[-3000:] if err.exists() else ""

    @property
    def _open(self) -> Process:
        assert self._process is not None
        return self._process

    async def _line(self) -> str:
        stream = self._open.stdout
        assert stream is not None
        return (await stream.readline()).decode().strip()

    async def _status(self) -> int:
        return int(await self._line() or -signal.SIGKILL)


class Campaign:
    """Six people of six countries, one bot with many lives."""

    def __init__(self, folder: Path, seed: int, mode: Mode) -> None:
        self.mode = mode
        self.report = Report(seed)
        self.sandbox = Sandbox(
            settings=Settings(repeat_pause_seconds=0, conflict_pause_seconds=0, webhook_time_scale=0.02)
        )
        self.template = marked(folder / "template.yaml")
        self.chance = random.Random(seed)  # noqa: S311 - play, not secrecy
        self.url = f"sqlite+aiosqlite:///{folder / 'rafiq.db'}"
        self._folder = folder
        self._key = generate_key()
        self._known: list[tuple[Player | None, str]] = []
        self.cradle = Cradle(folder, {})

    @property
    def players(self) -> list[Player]:
        """The people."""
        return self.report.players

    @asynccontextmanager
    async def opened(self) -> AsyncIterator["Campaign"]:
        """A sandbox that serves, a cycle that is open, people with an invitation in hand."""
        async with serving(self.sandbox) as address:
            self.cradle.environment.update(self._environment(address))
            try:
                await self.cradle.opens()
                await self._invites()
                yield self
            finally:
                await self.cradle.closes()

    def _environment(self, address: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("RAFIQ_")}
        port = _free_port()
        return kept | {
            "RAFIQ_BOT_TOKEN": self.sandbox.token,
            "RAFIQ_TELEGRAM_API": address,
            "RAFIQ_CLOCK_URL": f"{address}/sim/clock",
            "RAFIQ_DATA": str(self._folder),
            "RAFIQ_KEY": self._key,
            "RAFIQ_OUTBOX_LEASE_SECONDS": str(LEASE),
            "RAFIQ_LISTEN_PORT": str(port),
            "RAFIQ_WEBHOOK_URL": f"http://127.0.0.1:{port}/updates",
            "RAFIQ_WEBHOOK_SECRET": "a-webhook-secret-for-tests",
        }

    async def _invites(self) -> None:
        await self.cradle.runs("cycle", "open", "2026", "--template", str(self._folder / "template.yaml"))
        for place, (country, language) in enumerate(COUNTRIES):
            said = await self.cradle.runs("invite", "--role", "focal_point", "--country", country, "--plain")
            person = self.sandbox.person(f"Person of {country}", language)
            seed = self.report.seed * 1000 + place
            self.players.append(Player(person, country, said.splitlines()[-1], self.template, seed))

    # --- lives -----------------------------------------------------------------------------------------------

    def plan(self, kills: int) -> list[str]:
        """What ends each life: every failpoint in turn, every third time a random moment, all shuffled."""
        points = list(VISITS)
        turns = [points[number % len(points)] for number in range(kills)]
        named = [f"{point}:{self.chance.randint(1, VISITS[point])}" for point in turns]
        plan = ["" if number % 3 == 2 else name for number, name in enumerate(named)]
        self.chance.shuffle(plan)
        return plan

    async def runs(self, kills: int) -> Report:
        """Let people play through so many lives, and the last one to a good end; the report has the verdict."""
        began = time.monotonic()
        playing = [asyncio.create_task(player.plays(100_000)) for player in self.players]
        try:
            for number, failpoint in enumerate(self.plan(kills), 1):
                await self._lives(Life(number, failpoint))
                _raise_what_failed(playing)
        finally:
            for task in playing:
                task.cancel()
            await asyncio.gather(*playing, return_exceptions=True)
        await self._comes_to_rest()
        self.report.seconds = time.monotonic() - began
        return self.report

    async def stops_with_a_backlog(self, texts: int) -> Report:
        """Ask the bot to stop while so many texts of each wait, and kill it when it has had three seconds."""
        await self.cradle.starts(self.mode.receive)
        for player in self.players:
            player.starts()
        for player in self.players:
            welcome = await player.person.sees(lambda message: bool(message.rows), 20)
            player.presses_button(welcome, f"go.prompt:{BACKLOG}")
            await player.person.wait_for(partial(_is_asked, player, BACKLOG), 20)
        assert await self.cradle.kills(signal.SIGTERM) == 0, self.cradle.said()
        for _ in range(texts):
            for player in self.players:
                player.types(BACKLOG)
        confirmed = self.sandbox.updates.counts["confirmed"]
        self.sandbox.latency_seconds = 0.1
        await self.cradle.starts(self.mode.receive)
        await self._until_it_is_busy(confirmed)
        os.kill(self.cradle.pid, signal.SIGTERM)
        status = await self.cradle.ends(3)
        ended = "asked to stop" if status is not None else "killed while stopping"
        await self.cradle.kills()
        self.report.lives.append(Life(1, "", ended))
        self.sandbox.latency_seconds = 0
        await self._is_judged(self.report.lives[0])
        self.sandbox.clock.advance(LEASE + 1)
        await self._comes_to_rest()
        return self.report

    async def _lives(self, life: Life) -> None:
        self.report.lives.append(life)
        before = self.sandbox.updates.counts["confirmed"]
        await self.cradle.starts(self.mode.receive, failpoint=life.failpoint)
        status = await self._until_it_is_busy(before)
        if status is None:
            status = await self._until_its_end(life)
        reached = status is not None and bool(life.failpoint)
        status = await self.cradle.kills() if status is None else status
        assert status == -signal.SIGKILL, f"life {life.number} ended with {status}:\n{self.cradle.said()}"
        life.ended = life.failpoint.partition(":")[0] if reached else RANDOM
        await self._is_judged(life)
        self.sandbox.clock.advance(LEASE + 1)

    async def _until_its_end(self, life: Life) -> int | None:
        """Wait for the failpoint, or for some messages more; None when the process lives on."""
        enough = self._said + (10**6 if life.failpoint else self.chance.randint(0, LIVELY))
        until = time.monotonic() + PATIENCE
        while self._said < enough and time.monotonic() < until:
            if (status := await self.cradle.ends(0.02)) is not None:
                return status
        return await self.cradle.ends(self.chance.uniform(0, 0.1))

    @property
    def _said(self) -> int:
        return sum(len(player.arrived) for player in self.players)

    async def _until_it_is_busy(self, confirmed: int) -> int | None:
        """Wait until the bot has taken an update, or has ended before."""
        for _ in range(400):
            if self.sandbox.updates.counts["confirmed"] > confirmed:
                return None
            if (status := await self.cradle.ends(0.05)) is not None:
                return status
        raise AssertionError(f"the bot takes no updates:\n{self.cradle.said()}")

    @asynccontextmanager
    async def store(self) -> AsyncIterator[Store]:
        """The bot's database, with the key."""
        store = await Store.open(self.url, Cipher.from_settings(self._key))
        try:
            yield store
        finally:
            await store.close()

    async def _is_judged(self, life: Life) -> None:
        async with self.store() as store:
            verdict = await look_after_a_kill(store, self.sandbox, self.players)
        for player, fault in verdict.faults:
            if (player, fault) not in self._known:
                self._known.append((player, fault))
                self.report.verdict.blame(player, f"after life {life.number} ({life.ended}): {fault}")

    async def _comes_to_rest(self) -> None:
        """A life without end: people finish what they began, everything is said, the judge looks, all can go on."""
        undisturbed = self.sandbox.updates.next_id
        await self.cradle.starts(self.mode.receive)
        await self._concludes()
        async with self.store() as store:
            faults = self.report.verdict.faults
            self.report.verdict = await look_at_everything(store, self.template, self.players, undisturbed)
            self.report.verdict.faults[:0] = faults
        for player in self.players:
            await self._can_go_on(player)
        status = await self.cradle.kills(signal.SIGTERM)
        assert status == 0, self.cradle.said()

    async def _concludes(self) -> None:
        """Each time all is taken and said, people finish what they then see, until nobody has anything to finish."""
        await self.is_drained()
        for _ in range(ROUNDS):
            if all(player.is_content() for player in self.players):
                return
            await asyncio.gather(*(player.concludes() for player in self.players))
            await self.is_drained()

    async def is_drained(self, seconds: float = 90) -> None:
        """Wait until no update waits and no letter is open."""
        until = time.monotonic() + seconds
        while waiting(self.sandbox) or await self._letters_open():
            if time.monotonic() > until:
                self.report.verdict.blame(None, f"not drained after {seconds:g} s")
                return
            await asyncio.sleep(0.3)

    async def _letters_open(self) -> int:
        async with self.store() as store, store.reading() as work:
            counts = (await work.outbox.backlog()).counts
        return sum(counts.get(state, 0) for state in ("queued", "claimed", "uncertain"))

    async def _can_go_on(self, player: Player) -> None:
        """The button that is shown leads somewhere, or says that it is old, and then there is a way on."""
        before = player.person.last_message.message_id
        for moment in range(20):
            if moment % 10 == 0:
                player.goes_on(player.view(), writing=False)
            await player.waits(0.5)
            if player.person.last_message.message_id > before:
                return
        self.report.verdict.blame(player, f"cannot go on from {player.view()}")


def _is_asked(player: Player, prompt: str) -> bool | None:
    return player.view().prompt == prompt or None


def _raise_what_failed(tasks: list["asyncio.Task[None]"]) -> None:
    for task in tasks:
        if task.done():
            task.result()


def _free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
    return port
