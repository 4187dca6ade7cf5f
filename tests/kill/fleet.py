"""The bot's processes in one mode: one of them, or several behind a round-robin, each with a port of its own."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bench.processes import free_ports
from bot.sandbox import Sandbox
from tests.kill.balancer import Balancer
from tests.kill.modes import LEASE, WRONG, Mode
from tests.transport.nursery import Child, Nursery


class Fleet:
    """Starts, stops and kills the processes of one bot; `places` are their numbers."""

    def __init__(
        self, folder: Path, nursery: Nursery, sandbox: Sandbox, mode: Mode, url: str, key: str
    ) -> None:
        self.mode = mode
        self.places = range(mode.replicas)
        self.children: dict[int, Child] = {}
        self.ports = free_ports(mode.replicas)
        self.balancer = Balancer(self.ports)
        self._nursery = nursery
        kept = {name: value for name, value in os.environ.items() if not name.startswith("RAFIQ_")}
        self._environment = kept | {
            "RAFIQ_BOT_TOKEN": sandbox.token,
            "RAFIQ_DATABASE_URL": url,
            "RAFIQ_DATA": str(folder),
            "RAFIQ_KEY": key,
            "RAFIQ_OUTBOX_LEASE_SECONDS": str(LEASE),
            "RAFIQ_WEBHOOK_SECRET": "a-webhook-secret-for-tests",
        }

    @asynccontextmanager
    async def opened(self, address: str) -> AsyncIterator["Fleet"]:
        """Ready to start processes that speak to the sandbox at this address."""
        async with self.balancer.open() as port:
            called_at = port if self.mode.replicas > 1 else self.ports[0]
            self._environment |= {
                "RAFIQ_TELEGRAM_API": address,
                "RAFIQ_CLOCK_URL": f"{address}/sim/clock",
                "RAFIQ_WEBHOOK_URL": f"http://127.0.0.1:{called_at}/updates",
            }
            try:
                yield self
            finally:
                for child in self.children.values():
                    child.signals(signal.SIGKILL)

    def starts(self, place: int = 0, failpoint: str = "") -> Child:
        """Start the process of a place; its machine's clock is wrong where there are several."""
        wrong = WRONG[place % len(WRONG)] if self.mode.replicas > 1 else 0
        more = {"RAFIQ_LISTEN_PORT": str(self.ports[place])}
        more |= {"RAFIQ_FAILPOINT": failpoint} if failpoint else {}
        child = self._nursery.bears("rafiq", [self.mode.receive], self._environment | more, wrong)
        self.children[place] = child
        return child

    def all_start(self) -> None:
        """Start every process that does not live."""
        for place in self.places:
            if place not in self.children or self.children[place].status is not None:
                self.starts(place)

    async def all_stop(self) -> None:
        """Ask every process to stop, and see that each does so well."""
        for child in self.children.values():
            child.signals(signal.SIGTERM)
        for child in self.children.values():
            status = await child.ends(20)
            assert status == 0, f"asked to stop, it ended with {status}:\n{child.logged}"

    async def all_stop_or_die(self, seconds: float) -> list[int]:
        """Ask every process to stop, and kill those that take longer; how each ended."""
        for child in self.children.values():
            child.signals(signal.SIGTERM)
        await asyncio.gather(*(ended(child, seconds) for child in self.children.values()))
        return [await killed(child) for child in self.children.values()]

    def said(self) -> str:
        """The end of what the processes logged."""
        living = self.children.items()
        return "\n".join(f"replica {place}:\n{child.logged[-3000:]}" for place, child in living)


async def ended(child: Child, seconds: float) -> int | None:
    """Wait for the end of a process; its status, None when it lives on after so many seconds."""
    try:
        return await child.ends(seconds)
    except TimeoutError:
        return None


async def killed(child: Child) -> int:
    """End a process without warning; how it ended."""
    child.signals(signal.SIGKILL)
    return await child.ends()
