"""The processes of one bot, one or several behind a balancer: started, watched, and killed in the middle of it all."""

import asyncio
import contextlib
import random
import signal
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import psutil  # type: ignore[import-untyped]  # ships no types

from bench.contenders import ROOT, Contender, Failed, Place

_PORTS: Final = range(20_000, 32_000)
"""Below those that Linux (from 32768) and others (from 49152) lend."""


class Processes:
    """What runs of one bot, and what it uses: processor seconds and bytes, of all its processes together."""

    def __init__(self, started: Sequence[asyncio.subprocess.Process], folder: Path) -> None:
        self._started = list(started)
        self._folder = folder
        self._seen = [psutil.Process(process.pid) for process in started]

    async def unless_one_ends(self, event: asyncio.Event, seconds: float, fault: str = "") -> bool:
        """Wait for something, and say whether it happened in time.

        Raises Failed when a process ends before, or, where a `fault` is given, when it does not happen in time.
        """
        waits: list[asyncio.Task[Any]] = [asyncio.create_task(event.wait())]
        waits += [asyncio.create_task(process.wait()) for process in self._started]
        done, _ = await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        for task in waits:
            task.cancel()
        ended = [process for process in self._started if process.returncode is not None]
        if ended:
            raise Failed(f"the bot ended with {ended[0].returncode}:\n{self.last_words}")
        if not done and fault:
            raise Failed(f"the bot {fault} within {seconds:.0f} s:\n{self.last_words}")
        return bool(done)

    @property
    def last_words(self) -> str:
        """The end of what the bot wrote."""
        return (self._folder / "said").read_text("utf-8", "replace")[-3000:]

    def begin_to_sample(self) -> None:
        """Tell the sampled process that the measurement begins."""
        self._started[0].send_signal(signal.SIGUSR2)

    def cpu(self) -> float:
        """Processor seconds used until now."""
        return sum(_cpu(each) for each in self._seen)

    def rss(self) -> int:
        """Resident memory; what several processes share is counted for each of them."""
        return sum(int(each.memory_info().rss) for each in self._seen)

    def pss(self) -> int:
        """Resident memory in which what is shared is divided among those who share it; `rss` where nobody says."""
        try:
            return sum(int(each.memory_full_info().pss) for each in self._seen)
        except (AttributeError, psutil.AccessDenied):
            return self.rss()

    def peak(self) -> int:
        """The most resident memory that each ever had, where the system says; else what there is now."""
        return sum(_peak(each) for each in self._seen)


def _cpu(process: Any) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _peak(process: Any) -> int:
    try:
        lines = Path(f"/proc/{process.pid}/status").read_text("ascii", "replace").splitlines()
    except OSError:
        return int(process.memory_info().rss)
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")), 0)


@asynccontextmanager
async def running(
    contender: Contender, place: Place, profile: Path | None = None
) -> AsyncIterator[Processes]:
    """The bot as processes of their own, the first of them sampled into `profile` where one is given."""
    started: list[asyncio.subprocess.Process] = []
    with (place.folder / "said").open("wb") as said:
        try:
            for number in range(contender.replicas):
                sampled = ("bench.sampled", str(profile)) if profile and not number else ()
                process = await asyncio.create_subprocess_exec(
                    str(contender.python),
                    "-m",
                    *sampled,
                    *contender.program,
                    cwd=ROOT,
                    env=contender.environment(place, number),
                    stdin=asyncio.subprocess.DEVNULL,
                    stdout=said,
                    stderr=said,
                )
                started.append(process)
            yield Processes(started, place.folder)
        finally:
            for process in started:
                with contextlib.suppress(ProcessLookupError):
                    process.send_signal(signal.SIGKILL)
            for process in started:
                await process.wait()


def free_ports(many: int) -> tuple[int, ...]:
    """So many ports of loopback at which nobody listens, none of those that a system lends for calls of its own.

    A port that it chose itself may be lent to another program's call before the bot listens there.
    """
    found: list[int] = []
    for port in random.sample(_PORTS, len(_PORTS)):
        with socket.socket() as trial, contextlib.suppress(OSError):
            trial.bind(("127.0.0.1", port))
            found.append(port)
        if len(found) == many:
            return tuple(found)
    raise Failed(f"no {many} ports of {_PORTS.start} to {_PORTS.stop - 1} are free; end what listens there")
