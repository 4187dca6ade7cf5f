"""What a bench says: tables for the terminal and one JSON file with every run."""

import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Final

from rich import box
from rich.console import Console
from rich.table import Table

from bench.contenders import CONTENDERS
from bench.measuring import Figures, Load, middle

Runs = Mapping[str, Sequence[Figures]]
_COLUMNS: Final = (
    "bot",
    "answers\na second",
    "times\necho",
    "updates\na second",
    "times echo,\nby updates",
    "latency\np50 ms",
    "latency\np95 ms",
    "saved\np50 ms",
    "CPU ms\nan answer",
    "RSS\nMiB",
    "PSS\nMiB",
    "on disk\nafter SIGKILL",
    "bench\nbusy",
)
_NOTES: Final = (
    "An answer is forty words, and counts when the next question has arrived; its latency runs from the text being "
    "available to that moment. Rafiq takes two updates and two messages for it (the text, the receipt with its key, "
    "the press, the next question; and the press is answered), the peers one of each: so its updates are counted "
    "beside its answers. Times echo: polling beside polling, webhook beside webhook. Saved is from the text to the "
    "receipt. CPU is user and system time of the bot's processes, + that of PostgreSQL. RSS and PSS are of all its "
    "processes; what they share counts in RSS for each, in PSS once. Bench busy is the share of a core that the "
    "pretend Bot API and the people used: near 100 % it is the bench that was measured. On disk: of the answers whose "
    "people had seen a receipt or the next question. * cut after the longest time."
)
WIDTH: Final = 140
MAIN: Final = 0.8
BUSY: Final = 0.4  # load of others for each core, above which the figures are doubtful


def table(load: Load, runs: Runs) -> Table:
    """The medians of one load, a row for each bot: those that poll, then those that are called."""
    title = f"{load.people:,} people answer {load.questions} questions each, {_at_what_pace(load)}"
    found = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for number, column in enumerate(_COLUMNS):
        found.add_column(column, justify="right" if number else "left", min_width=0 if number else 12)
    for is_called in (False, True):
        echo = (
            middle(runs[beside]).rate if runs.get(beside := "echo-webhook" if is_called else "echo") else None
        )
        for name, figures in runs.items():
            contender = CONTENDERS[name]
            if figures and contender.is_called == is_called:
                found.add_row(contender.title, *_cells(middle(figures), echo))
        if not is_called and any(CONTENDERS[name].is_called for name, figures in runs.items() if figures):
            found.add_section()
            found.add_row("by webhook:", style="dim")
    return found


def _at_what_pace(load: Load) -> str:
    pace = f"each {load.think:g} s after it has come" if load.think else "at once"
    return f"{pace}, {load.latency * 1000:.0f} ms to the API" if load.latency else pace


def _cells(run: Figures, echo: float | None) -> list[str]:
    cut = "" if run.whole else "*"
    server = "" if run.database_cpu_ms is None else f" + {run.database_cpu_ms:.2f}"
    return [
        f"{run.rate:,.0f}{cut}",
        f"{run.rate / echo:.2f}" if echo else "",
        f"{run.updates_per_second:,.0f}",
        f"{run.updates_per_second / echo:.2f}" if echo else "",
        f"{run.p50_ms:,.1f}",
        f"{run.p95_ms:,.1f}",
        _or_nothing(run.saved_p50_ms),
        f"{run.cpu_ms:.2f}{server}",
        f"{run.rss:.0f}",
        f"{run.pss:.0f}",
        "" if run.kept is None else f"{run.kept:,} of {run.seen:,}",
        f"{run.bench_busy:.0%}",
    ]


def _or_nothing(value: float | None) -> str:
    return "" if value is None else f"{value:,.1f}"


def warn(console: Console) -> None:
    """Say so when other programs use this machine."""
    load, cores = os.getloadavg()[0], os.cpu_count() or 1
    if load > BUSY * cores:
        console.print(
            f"Others use this machine (load {load:.1f} on {cores} cores): compare the CPU of an answer, not its rate.",
            style="yellow",
        )


def show(console: Console, results: Sequence[tuple[Load, Runs]]) -> None:
    """All tables, and how to read them."""
    for load, runs in results:
        console.print(table(load, runs))
        for name, figures in runs.items():
            if figures and (asked := middle(figures).asked_again):
                console.print(
                    f"{CONTENDERS[name].title}: {asked:,} texts were kept, and asked about.", style="dim"
                )


def explain(console: Console) -> None:
    """How the tables are to be read."""
    console.print(_NOTES, style="dim")


def show_profile(console: Console, path: Path, rows: int = 40) -> None:
    """Where a bot spent its time: the functions that were most often at work themselves, and with what they called."""
    counts = json.loads(path.read_text("utf-8"))
    for column, title in (("own", "at work itself"), ("total", "itself or what it called")):
        found = Table(
            title=f"{title}, of {counts['taken']:,} samples", title_justify="left", box=box.SIMPLE_HEAD
        )
        found.add_column("share", justify="right")
        found.add_column("function", no_wrap=True)
        ranked = sorted(counts[column].items(), key=lambda item: -item[1])
        begun = (
            MAIN * counts["taken"]
        )  # whatever is on nearly every stack started the program and says nothing
        for name, count in [item for item in ranked if column == "own" or item[1] < begun][:rows]:
            found.add_row(f"{count / counts['taken']:.1%}", name)
        console.print(found)


def write(path: Path, results: Sequence[tuple[Load, Runs]], started: str) -> None:
    """Every run of every bot, with what it ran on."""
    document = {
        "started": started,
        "machine": {
            "python": platform.python_version(),
            "system": platform.platform(),
            "cores": os.cpu_count(),
        },
        "versions": {
            name: version(name) for name in ("python-telegram-bot", "httptools", "sqlalchemy", "uvloop")
        },
        "loads": [
            {
                **asdict(load),
                "bots": {name: [asdict(figures) for figures in found] for name, found in runs.items()},
            }
            for load, runs in results
        ],
    }
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(document, indent=1) + "\n", "utf-8")
