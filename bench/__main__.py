"""`python -m bench`: measures Rafiq and its peers beside each other and says what came of it."""

import asyncio
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Annotated, Final

import typer
import uvloop
from rich.console import Console

from bench.anatomy import show_flatness
from bench.contenders import CONTENDERS
from bench.goals import Measured, show_goals
from bench.measuring import RESULTS, Figures, Load, measure
from bench.people import QUESTIONS
from bench.postgres import Server, serving
from bench.reminders import show_reminders
from bench.report import WIDTH, explain, show, show_profile, warn, write
from bot.app import spare_the_collector

REFUSED: Final = 2
FAR: Final = 0.05  # seconds to the API over the internet
MANY: Final = ("echo", "echo-webhook", "fsm", "fsm-webhook", "rafiq", "rafiq-webhook")
REPLICAS: Final = ("rafiq-webhook", "rafiq-pg-webhook", "rafiq-pg-three")

Plan = tuple[Load, Sequence[str]]
PLANS: Final[Sequence[Plan]] = (
    (Load(100, 24), tuple(CONTENDERS)),
    (Load(1_000, 4), MANY),
    (Load(300, 6, longest=8, latency=FAR), MANY),
    (Load(600, 3, think=0.5), REPLICAS),
)
"""Loads, and who bears them. A stock bot would take minutes for a thousand people and all 24 questions."""
QUICK: Final[Sequence[Plan]] = (
    (Load(100, 8), tuple(CONTENDERS)),
    (Load(1_000, 1), ("echo", "rafiq")),
    (Load(300, 2, longest=5, latency=FAR), ("echo", "rafiq", "rafiq-webhook")),
    (Load(300, 2, think=0.5), ("rafiq-pg-webhook", "rafiq-pg-three")),
)


def main(  # noqa: PLR0913 - a command line has options
    *,
    quick: Annotated[
        bool, typer.Option("--quick", help="One run of each, with fewer questions: some five minutes.")
    ] = False,
    runs: Annotated[
        int, typer.Option(min=0, help="Runs of each bot; the middle one is shown (3, quick: 1).")
    ] = 0,
    people: Annotated[
        list[int] | None, typer.Option(min=1, help="Only this load: how many at once (100).")
    ] = None,
    questions: Annotated[int, typer.Option(min=0, max=QUESTIONS, help="For each of them (24).")] = 0,
    only: Annotated[
        list[str] | None, typer.Option(help=f"Of {', '.join(CONTENDERS)}; may be repeated.")
    ] = None,
    longest: Annotated[float, typer.Option(min=1, help="Seconds after which a run is cut.")] = 60,
    latency: Annotated[
        float, typer.Option(min=0, help="Only this load: milliseconds that the API takes to answer.")
    ] = 0,
    profile: Annotated[
        bool, typer.Option("--profile", help="Also sample where each bot spends its time.")
    ] = False,
    output: Annotated[Path | None, typer.Option(help="The JSON file (in bench/results).")] = None,
) -> None:
    """Measure bots, each as its own process, against a lean Bot API on loopback."""
    for name in set(only or ()) - CONTENDERS.keys():
        typer.echo(f"--only {name}: there is no such bot. Choose of: {', '.join(CONTENDERS)}.", err=True)
        raise SystemExit(REFUSED)
    plans: Sequence[Plan] = QUICK if quick else PLANS
    if people or latency or questions:
        names = only or list(CONTENDERS)
        each = [Load(number, questions or QUESTIONS, longest, latency / 1000) for number in people or (100,)]
        plans = [(load, names) for load in each]
    elif only:
        plans = [
            (load, found) for load, names in plans if (found := [name for name in only if name in names])
        ]
    started = time.strftime("%Y-%m-%dT%H-%M-%SZ", time.gmtime())
    path = output or RESULTS / f"{started}.json"
    console = Console(width=None if sys.stdout.isatty() else WIDTH)
    warn(console)
    bench = Bench(console, plans, runs or (1 if quick else 3), path, started)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(bench.measure())
        if not (only or people or latency or questions):
            runner.run(bench.measure_the_rest(quick=quick))
        if profile:
            runner.run(_profile_all(console, plans))
    console.print(f"Every run: {path}", style="dim", soft_wrap=True)
    raise SystemExit(1 if bench.faults else 0)


class Bench:
    """What is measured in one go. A bot that fails is named at the end, and the others are measured all the same."""

    def __init__(self, console: Console, plans: Sequence[Plan], runs: int, path: Path, started: str) -> None:
        self.console = console
        self.plans = plans
        self.runs = runs
        self.path = path
        self.started = started
        self.results: list[tuple[Load, dict[str, list[Figures]]]] = []
        self.faults: list[str] = []

    async def measure(self) -> None:
        """All loads; what was measured is written after each, so that an end in the middle loses nothing."""
        async with _server(self.plans, self.faults.append) as server:
            for load, names in self.plans:
                await self._measure(load, names, server)
                show(self.console, self.results[-1:])
                write(self.path, self.results, self.started)
        explain(self.console)
        for fault in self.faults:
            self.console.print(fault, style="red", soft_wrap=True)

    async def _measure(self, load: Load, names: Sequence[str], server: Server | None) -> None:
        """The bots take turns, run by run, so that a slow minute of the machine is shared; who fails, is left out."""
        found: dict[str, list[Figures]] = {name: [] for name in names}
        self.results.append((load, found))
        failed: set[str] = set()
        for run in range(self.runs):
            for name in names:
                if name in failed:
                    continue
                words = f"{load.people:,} people, run {run + 1} of {self.runs}: {CONTENDERS[name].title}"
                with self.console.status(words):
                    try:
                        found[name].append(await measure(CONTENDERS[name], load, server=server))
                    except Exception as fault:  # noqa: BLE001 - a peer that fails must not lose the other rows
                        failed.add(name)
                        self.faults.append(f"{words}: {str(fault) or type(fault).__name__}")

    async def measure_the_rest(self, *, quick: bool) -> None:
        """Reminders and flatness, and how all of it stands to the goals."""
        known = Measured(self.results)
        spare_the_collector()  # as the bot does, whose parts these are
        with self._failing_alone():
            known.reminders = await show_reminders(self.console)
        with self._failing_alone():
            known.flatness = await asyncio.to_thread(show_flatness, self.console, 12 if quick else QUESTIONS)
        show_goals(self.console, known)

    @contextmanager
    def _failing_alone(self) -> Iterator[None]:
        """What fails is told, and the goals are shown for what was measured."""
        try:
            yield
        except Exception as fault:  # noqa: BLE001 - whatever it is, the rest is measured
            self.faults.append(str(fault) or type(fault).__name__)
            self.console.print(self.faults[-1], style="red", soft_wrap=True)


def _server(plans: Sequence[Plan], tell: Callable[[str], None]) -> AbstractAsyncContextManager[Server | None]:
    """PostgreSQL for the block, where one of the bots needs it."""
    needed = any(CONTENDERS[name].needs_server for _, names in plans for name in names)
    return serving(tell) if needed else nullcontext()


async def _profile_all(console: Console, plans: Sequence[Plan]) -> None:
    """Once more for each bot, sampled: what is measured so is slower and is not among the figures."""
    async with _server(plans, typer.echo) as server:
        for load, names in plans:
            for name in names:
                path = RESULTS / f"profile-{name}-{load.people}.json"
                await measure(CONTENDERS[name], load, path, server)
                console.rule(f"{CONTENDERS[name].title}, {load.people:,} people")
                show_profile(console, path)


if __name__ == "__main__":
    typer.run(main)
