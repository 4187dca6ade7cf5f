"""`python -m bench`: measures Rafiq and its peers beside each other and says what came of it."""

import asyncio
import sys
import time
from pathlib import Path
from typing import Annotated, Final

import typer
import uvloop
from rich.console import Console

from bench.contenders import CONTENDERS, Failed
from bench.measuring import RESULTS, Figures, Load, measure
from bench.people import QUESTIONS
from bench.reminders import show_reminders
from bench.report import WIDTH, show, show_profile, warn, write

LOADS: Final = {100: 24, 1_000: 6}  # people and questions; a stock bot would take minutes for all 24
QUICK: Final = {100: 12, 1_000: 2}
REFUSED: Final = 2


def main(  # noqa: PLR0913 - a command line has options
    *,
    quick: Annotated[
        bool, typer.Option("--quick", help="One run of each, with fewer questions: about a minute.")
    ] = False,
    runs: Annotated[
        int, typer.Option(min=0, help="Runs of each bot; the middle one is shown (3, quick: 1).")
    ] = 0,
    people: Annotated[list[int] | None, typer.Option(min=1, help="How many at once (100 and 1000).")] = None,
    questions: Annotated[
        int, typer.Option(min=0, max=QUESTIONS, help="For each of them (24 and 6, quick: 12 and 2).")
    ] = 0,
    only: Annotated[
        list[str] | None, typer.Option(help=f"Of {', '.join(CONTENDERS)}; may be repeated.")
    ] = None,
    longest: Annotated[float, typer.Option(min=1, help="Seconds after which a run is cut.")] = 60,
    latency: Annotated[float, typer.Option(min=0, help="Milliseconds that the API takes to answer.")] = 0,
    profile: Annotated[
        bool, typer.Option("--profile", help="Also sample where each bot spends its time.")
    ] = False,
    output: Annotated[Path | None, typer.Option(help="The JSON file (in bench/results).")] = None,
) -> None:
    """Measure bots, each as its own process, against a lean Bot API on loopback."""
    names = only or list(CONTENDERS)
    for name in set(names) - CONTENDERS.keys():
        typer.echo(f"--only {name}: there is no such bot. Choose of: {', '.join(CONTENDERS)}.", err=True)
        raise SystemExit(REFUSED)
    usual = QUICK if quick else LOADS
    loads = [
        Load(number, questions or usual.get(number, QUESTIONS), longest, latency / 1000)
        for number in people or usual
    ]
    started = time.strftime("%Y-%m-%dT%H-%M-%SZ", time.gmtime())
    console = Console(width=None if sys.stdout.isatty() else WIDTH)
    warn(console)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        try:
            results = runner.run(_measure_all(console, loads, names, runs or (1 if quick else 3)))
            if not only:
                runner.run(show_reminders(console))
            if profile:
                runner.run(_profile_all(console, loads, names))
        except Failed as failure:
            typer.echo(failure, err=True)
            raise SystemExit(1) from None
    show(console, results)
    path = output or RESULTS / f"{started}.json"
    write(path, results, started)
    console.print(f"Every run: {path}", style="dim", soft_wrap=True)


async def _measure_all(
    console: Console, loads: list[Load], names: list[str], runs: int
) -> list[tuple[Load, dict[str, list[Figures]]]]:
    """All bots take turns, run by run, so that a slow minute of the machine is shared."""
    results: list[tuple[Load, dict[str, list[Figures]]]] = []
    for load in loads:
        found: dict[str, list[Figures]] = {name: [] for name in names}
        results.append((load, found))
        for run in range(runs):
            for name in names:
                with console.status(
                    f"{load.people:,} people, run {run + 1} of {runs}: {CONTENDERS[name].title}"
                ):
                    found[name].append(await measure(CONTENDERS[name], load))
    return results


async def _profile_all(console: Console, loads: list[Load], names: list[str]) -> None:
    """Once more for each bot, sampled: what is measured so is slower and is not among the figures."""
    for load in loads:
        for name in names:
            path = RESULTS / f"profile-{name}-{load.people}.json"
            await measure(CONTENDERS[name], load, path)
            console.rule(f"{CONTENDERS[name].title}, {load.people:,} people")
            show_profile(console, path)


if __name__ == "__main__":
    typer.run(main)
