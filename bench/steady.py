"""`python -m bench.steady`: fifty updates a second on one core: how long until each is on disk, and until "saved"."""

import asyncio
import os
import shutil
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Final

import typer
import uvloop
from rich.console import Console
from rich.table import Table

from bench.contenders import RAFIQ, RAFIQ_CALLED, Contender, Environment, Failed, Place
from bench.measuring import COMES_IN_WITHIN, RESULTS, STARTS_WITHIN, quantile
from bench.people import QUESTIONS, People
from bench.processes import Processes, free_ports, running
from bench.telegram import Telegram

RATE: Final = 50.0
THINK: Final = 6.0
"""Seconds from a question to its answer; with the press after each receipt, so many people make the rate."""
ON_DISK: Final = 0.05
SAVED: Final = 0.5
SHARE: Final = 0.95
"""The goals, in seconds, and for how many of all."""
_COUNTS: Final = "rafiq_acknowledge_seconds_bucket"


@dataclass(frozen=True)
class Steady:
    """What one run gave: the rate it came to, texts until their receipts, updates until they were on disk (seconds).

    `within` says for each bound what share of the updates was on disk by then.
    """

    rate: float
    saved: list[float]
    within: dict[float, float]
    core: float

    @property
    def on_disk(self) -> float:
        """The first bound within which as many updates were on disk as the goal asks for."""
        return min((bound for bound, share in self.within.items() if share >= SHARE), default=float("inf"))


async def measure(contender: Contender, seconds: float) -> Steady:
    """Measure a bot that may use one core, with a new database. Raises Failed where somebody is left without."""
    people, questions = round(RATE * THINK / 2), min(QUESTIONS, max(1, round(seconds / THINK)))
    RESULTS.mkdir(exist_ok=True)
    folder = Path(
        tempfile.mkdtemp(prefix="steady-", dir=RESULTS)
    )  # on the disk of the checkout, not in memory
    probes, *ports = free_ports(2 if contender.is_called else 1)
    telegram = Telegram(ports=ports)
    try:
        place = Place(folder, await telegram.start(), ports=ports)
        watched = replace(contender, settings=lambda place: _with_probes(contender, place, probes))
        crowd = People(telegram, await watched.prepare(place, people), watched.reading, questions, THINK)
        with _on_one_core() as rest:
            async with running(watched, place) as processes:
                rest()
                return await _answers(telegram, crowd, processes, probes)
    finally:
        await telegram.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _with_probes(contender: Contender, place: Place, port: int) -> Environment:
    return {**contender.settings(place), "RAFIQ_PROBE_PORT": str(port)}


@contextmanager
def _on_one_core() -> Iterator["_Rest"]:
    """What is started now has the last core; this process is to go to the others as soon as it has started it."""
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, cores[-1:])
    try:
        yield _Rest(cores[:-1] or cores)
    finally:
        os.sched_setaffinity(0, cores)


@dataclass(frozen=True)
class _Rest:
    cores: list[int]

    def __call__(self) -> None:
        os.sched_setaffinity(0, self.cores)


async def _answers(telegram: Telegram, crowd: People, processes: Processes, probes: int) -> Steady:
    await processes.unless_one_ends(telegram.receives, STARTS_WITHIN, "did not ask for updates")
    crowd.come_in()
    await processes.unless_one_ends(crowd.all_in, COMES_IN_WITHIN, "did not let everybody in")
    await asyncio.sleep(1)
    before, cpu = await _buckets(probes), processes.cpu()
    crowd.go()
    await processes.unless_one_ends(crowd.all_done, 600, "did not answer everything")
    if crowd.fault is not None:
        raise Failed(str(crowd.fault))
    after, tally = await _buckets(probes), crowd.tally
    took, updates = tally.ended - tally.began, after[float("inf")] - before[float("inf")]
    within = {bound: (after[bound] - before[bound]) / updates for bound in after}
    return Steady(updates / took, tally.receipts, within, (processes.cpu() - cpu) / took)


async def _buckets(port: int) -> dict[float, float]:
    """How many updates were on disk within each bound, as the bot's own metrics tell."""
    text = await asyncio.to_thread(_metrics, port)
    lines = (line for line in text.splitlines() if line.startswith(_COUNTS))
    return {float(line.split('le="')[1].split('"')[0]): float(line.rsplit(" ", 1)[1]) for line in lines}


def _metrics(port: int) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
        return str(answer.read().decode())


def main(
    seconds: Annotated[float, typer.Option(min=6, help="How long people answer, about.")] = 60,
) -> None:
    """Measure Rafiq on SQLite, asking for its updates and being called, each with one core."""
    table = Table(title=f"{RATE:g} updates a second, one core, SQLite")
    for heading in (
        "",
        "updates a second",
        "core used",
        "95 % on disk within",
        "within 50 ms",
        "saved p50, p95",
    ):
        table.add_column(heading, justify="right" if heading else "left")
    missed = False
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        for name, contender in (("polling", RAFIQ), ("webhook", RAFIQ_CALLED)):
            found = runner.run(measure(contender, seconds))
            p50, p95 = (quantile(found.saved, share) for share in (0.5, SHARE))
            missed = missed or found.on_disk > ON_DISK or p95 > SAVED
            table.add_row(
                name,
                f"{found.rate:.1f}",
                f"{found.core:.0%}",
                f"{found.on_disk * 1000:g} ms",
                f"{found.within[ON_DISK]:.1%}",
                f"{p50 * 1000:.0f}, {p95 * 1000:.0f} ms",
            )
    Console().print(table)
    if missed:
        typer.echo(
            f"A goal is missed: {ON_DISK * 1000:g} ms to disk, {SAVED * 1000:g} ms to the receipt.", err=True
        )
        raise SystemExit(1)


if __name__ == "__main__":
    typer.run(main)
