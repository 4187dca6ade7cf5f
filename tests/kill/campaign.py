"""A campaign: people play while the bot is killed and started again, and the judge looks after each life."""

import asyncio
import random
import secrets
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Final

from bot.sandbox import Sandbox, Settings, serving
from tests.kill.fleet import Fleet, ended, killed
from tests.kill.judge import Fault, look_after_a_kill, look_at_everything, waiting
from tests.kill.marked import marked
from tests.kill.modes import LEASE, RANDOM, Life, Mode, Report
from tests.kill.player import Player
from tests.transport.nursery import Child, Nursery
from workflows.store.cipher import Cipher, generate_key
from workflows.store.transaction import Store, migrate
from workflows.use_cases.inviting import Wanted, make
from workflows.use_cases.opening import open_cycle

CYCLE: Final = "2026"
PATIENCE: Final = 4.0
"""Seconds after which a life whose failpoint was not reached ends at random."""
STARTS_WITHIN: Final = 180.0
"""Seconds after which a bot that takes nothing is one that does not start; much, for a machine that does much else."""
COUNTRIES: Final = (("JO", "ar"), ("MA", "fr"), ("IQ", "ar"), ("EG", "ar"), ("LB", "en"), ("TN", "fr"))
BACKLOG: Final = "1f.2"
"""The prompt that is answered by a backlog of texts."""
LIVELY: Final = 60
"""After how many messages at most a life ends that is ended at random."""
ROUNDS: Final = 10
"""How often at most people look again, at the end, whether there is anything left to finish."""
LAPSE: Final = (0.5, 3.0)
"""Where several live at once, the clock is never moved far at a stroke: so many seconds for each so many that pass."""


class Campaign:
    """Six people of six countries, one bot with many lives on the database at `url`."""

    def __init__(self, folder: Path, nursery: Nursery, seed: int, mode: Mode, url: str) -> None:
        self.mode = mode
        self.report = Report(seed, mode)
        self.sandbox = Sandbox(
            settings=Settings(repeat_pause_seconds=0, conflict_pause_seconds=0, webhook_time_scale=0.02)
        )
        self.template = marked(folder / "template.yaml")
        self.chance = random.Random(seed)  # noqa: S311 - play, not secrecy
        self.url = url
        self._key = generate_key()
        self._known: list[Fault] = []
        self.fleet = Fleet(folder, nursery, self.sandbox, mode, url, self._key)

    @property
    def players(self) -> list[Player]:
        """The people."""
        return self.report.players

    @asynccontextmanager
    async def opened(self) -> AsyncIterator["Campaign"]:
        """A sandbox that serves, a cycle that is open, people with an invitation in hand."""
        async with serving(self.sandbox) as address, self.fleet.opened(address):
            await self._invites()
            lapse = asyncio.create_task(self._lets_time_pass())
            try:
                yield self
            finally:
                lapse.cancel()

    async def _invites(self) -> None:
        await migrate(self.url)
        now = self.sandbox.clock.now()
        async with self.store() as store, store.transaction() as work:
            await open_cycle(work, CYCLE, self.template, now)
            for place, (country, language) in enumerate(COUNTRIES):
                wanted = Wanted(CYCLE, "focal_point", country, now + timedelta(days=7))
                token = await make(work, wanted, secrets.token_bytes, now)
                person = self.sandbox.person(f"Person of {country}", language)
                seed = self.report.seed * 1000 + place
                self.players.append(Player(person, country, token, self.template, seed))

    # --- lives -----------------------------------------------------------------------------------------------

    def plan(self, kills: int) -> list[str]:
        """What ends each life: every failpoint in turn, every fourth time a random moment, all shuffled."""
        points = self.mode.failpoints
        names = list(points)
        offset = self.chance.randrange(len(names))
        turns = [names[(offset + number) % len(names)] for number in range(kills)]
        named = [f"{name}:{self.chance.randint(1, -(-points[name] // self.mode.replicas))}" for name in turns]
        plan = ["" if number % 4 == 3 else name for number, name in enumerate(named)]
        self.chance.shuffle(plan)
        return plan

    async def runs(self, kills: int) -> Report:
        """Let people play through so many lives, and the last one to a good end; the report has the verdict."""
        began = time.monotonic()
        async with self._playing():
            if self.mode.replicas > 1:
                await self._many_live(kills)
            else:
                for number, failpoint in enumerate(self.plan(kills), 1):
                    await self._lives(Life(number, failpoint))
        await self._comes_to_rest()
        self.report.seconds = time.monotonic() - began
        return self.report

    async def runs_in_peace(self, messages: int) -> Report:
        """Let people play until so much was said, with nobody killed."""
        began = time.monotonic()
        self.fleet.all_start()
        async with self._playing():
            async with asyncio.timeout(120):
                while self._said < messages:  # noqa: ASYNC110 - what is said sets no event
                    await asyncio.sleep(0.1)
        await self._comes_to_rest()
        self.report.seconds = time.monotonic() - began
        return self.report

    @asynccontextmanager
    async def _playing(self) -> AsyncIterator[None]:
        playing = [asyncio.create_task(player.plays(100_000)) for player in self.players]
        try:
            yield
            for task in playing:
                if task.done():
                    task.result()
        finally:
            for task in playing:
                task.cancel()
            await asyncio.gather(*playing, return_exceptions=True)

    async def stops_with_a_backlog(self, texts: int) -> Report:
        """Ask the bot to stop while so many texts of each wait, and kill it when it has had three seconds."""
        self.fleet.all_start()
        for player in self.players:
            player.starts()
        for player in self.players:
            welcome = await player.person.sees(lambda message: bool(message.rows), 30)
            player.presses_button(welcome, f"go.prompt:{BACKLOG}")
            await player.person.wait_for(partial(_is_asked, player, BACKLOG), 30)
        await self.fleet.all_stop()
        for _ in range(texts):
            for player in self.players:
                player.types(BACKLOG)
        confirmed = self.sandbox.updates.counts["confirmed"]
        self.sandbox.latency_seconds = 0.1
        self.fleet.all_start()
        await self._until_it_is_busy(confirmed, self.fleet.children[0])
        ends = await self.fleet.all_stop_or_die(3)
        for number, status in enumerate(ends, 1):
            where = "asked to stop" if status == 0 else "killed while stopping"
            self.report.lives.append(Life(number, "", where))
        self.sandbox.latency_seconds = 0
        await self._is_judged(self.report.lives[0])
        self._leases_end()
        await self._comes_to_rest()
        return self.report

    async def _lives(self, life: Life) -> None:
        self.report.lives.append(life)
        before = self.sandbox.updates.counts["confirmed"]
        child = self.fleet.starts(failpoint=life.failpoint)
        status = await self._until_it_is_busy(before, child)
        if status is None:
            status = await self._until_its_end(life, child)
        reached = status is not None and bool(life.failpoint)
        status = await killed(child) if status is None else status
        assert status == -signal.SIGKILL, f"life {life.number} ended with {status}:\n{child.logged[-3000:]}"
        life.ended = life.failpoint.partition(":")[0] if reached else RANDOM
        await self._is_judged(life)
        self._leases_end()

    def _leases_end(self) -> None:
        """Nobody lives: move the clock over what the dead have claimed."""
        self.sandbox.clock.advance(LEASE + 1)

    async def _until_its_end(self, life: Life, child: Child) -> int | None:
        """Wait for the failpoint, or for some messages more; None when the process lives on."""
        enough = self._said + (10**6 if life.failpoint else self.chance.randint(0, LIVELY))
        until = time.monotonic() + PATIENCE
        while self._said < enough and time.monotonic() < until:
            if (status := await ended(child, 0.02)) is not None:
                return status
        return await ended(child, self.chance.uniform(0, 0.1))

    @property
    def _said(self) -> int:
        return sum(len(player.arrived) for player in self.players)

    async def _until_it_is_busy(self, confirmed: int, child: Child) -> int | None:
        """Wait until the bot has taken an update, or has ended before."""
        until = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < until:
            if self.sandbox.updates.counts["confirmed"] > confirmed:
                return None
            if (status := await ended(child, 0.05)) is not None:
                return status
        raise AssertionError(f"the bot takes no updates:\n{self.fleet.said()}")

    # --- several at once ---------------------------------------------------------------------------------------

    async def _many_live(self, kills: int) -> None:
        """Keep all replicas alive; one after the other is killed, where its failpoint is or at random."""
        plan = self.plan(kills)
        armed = {place: plan[place % len(plan)] for place in self.fleet.places}
        for place in self.fleet.places:
            self.fleet.starts(place, armed[place])
        for number in range(1, kills + 1):
            place, where = await self._one_dies(armed)
            life = Life(number, armed[place], where)
            self.report.lives.append(life)
            await self._is_judged(life)
            armed[place] = plan[(number + len(armed) - 1) % len(plan)]
            self.fleet.starts(place, armed[place])
        for child in self.fleet.children.values():  # armed they are, and the last life is to have no end
            await killed(child)

    async def _one_dies(self, armed: dict[int, str]) -> tuple[int, str]:
        """Wait for a replica to reach its failpoint; after a while kill any of them."""
        until = time.monotonic() + self.chance.uniform(PATIENCE / 2, PATIENCE * 2)
        while time.monotonic() < until:
            await asyncio.sleep(0.02)
            for place, child in self.fleet.children.items():
                if child.status is not None:
                    assert child.status == -signal.SIGKILL, child.logged[-3000:]
                    return place, armed[place].partition(":")[0]
        place = self.chance.choice(list(self.fleet.places))
        await killed(self.fleet.children[place])
        return place, RANDOM

    async def _lets_time_pass(self) -> None:
        """The clock of the sandbox runs faster where several live: it cannot be moved at a stroke under the living."""
        every, step = LAPSE
        while self.mode.replicas > 1:
            await asyncio.sleep(every)
            self.sandbox.clock.advance(step)

    # --- judging -------------------------------------------------------------------------------------------------

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
        for fault in verdict.faults:
            if fault not in self._known:
                self._known.append(fault)
                when = f"after life {life.number} ({life.ended})"
                self.report.verdict.faults.append(replace(fault, words=f"{when}: {fault.words}"))

    async def _comes_to_rest(self) -> None:
        """A life without end: people finish what they began, everything is said, the judge looks, all can go on."""
        self.fleet.all_start()
        undisturbed = self.sandbox.updates.next_id
        await self._concludes()
        async with self.store() as store:
            faults = self.report.verdict.faults
            self.report.verdict = await look_at_everything(
                store, self.template, self.players, undisturbed, one_line=self.mode.replicas == 1
            )
            self.report.verdict.faults[:0] = faults
        for player in self.players:
            await self._can_go_on(player)
        await self.fleet.all_stop()

    async def _concludes(self) -> None:
        """Each time all is taken and said, people finish what they then see, until nobody has anything to finish."""
        await self.is_drained()
        for _ in range(ROUNDS):
            if all(player.is_content() for player in self.players):
                return
            await asyncio.gather(*(player.concludes() for player in self.players))
            await self.is_drained()

    async def is_drained(self, seconds: float = 180) -> None:
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
