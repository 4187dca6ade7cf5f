"""Reminders, a part of `make bench` and by itself `python -m bench.reminders`: planned, queued, sent at the pace."""

import asyncio
import tempfile
from pathlib import Path
from typing import Final

import typer
import uvloop
from rich import box
from rich.console import Console
from rich.table import Table

from bench.measuring import RESULTS
from bench.pace import LETTERS, PACE, Sending, send
from bench.reminding import JOBS, REMINDERS, RUNGS, Span, apscheduler, rafiq
from bot.app import spare_the_collector
from bot.ingress.beats import PLANNED_AT_ONCE

COLUMNS: Final = ("", "seconds", "CPU seconds", "a second", "loop blocked\nms at most")


async def show_reminders(
    console: Console, reminders: int = REMINDERS, jobs: int = JOBS, letters: int = LETTERS
) -> tuple[Span, Span, Span]:
    """Measure all three and print one table; returns Rafiq's planning, planning again, and queueing.

    Raises Failed where a letter is missing or comes twice.
    """
    RESULTS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=RESULTS) as name:
        with console.status(f"{reminders:,} reminders: Rafiq"):
            planning, again, queueing = await rafiq(Path(name), reminders)
        with console.status(f"{jobs:,} jobs: APScheduler"):
            adding, firing = await apscheduler(Path(name), jobs)
        with console.status(f"{letters:,} letters: Rafiq, as a process, at {PACE:.0f} a second"):
            sending = await send(Path(name) / "sending", letters)
    title = f"{reminders:,} reminders, planned and said"
    found = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for column in COLUMNS:
        found.add_column(column, justify="right" if column else "left")
    found.add_row("Rafiq, SQLite: plan", *_cells(planning, reminders, 1))
    found.add_row("Rafiq, SQLite: plan again, nothing new", *_cells(again, reminders, 1))
    found.add_row(
        f"Rafiq, SQLite: judge and queue, {reminders // RUNGS:,} letters", *_cells(queueing, reminders, 1)
    )
    scale = reminders / jobs
    found.add_row(f"APScheduler, SQL job store: add, {jobs:,} measured", *_cells(adding, jobs, scale))
    found.add_row(f"APScheduler, SQL job store: fire, {jobs:,} measured", *_cells(firing, jobs, scale))
    found.add_row(f"Rafiq as a process: send, {letters:,} letters", *_pace(sending))
    console.print(found)
    console.print(
        f"Rafiq's reminders are rows, planned for {PLANNED_AT_ONCE} people at a time; what is due for somebody goes "
        f"in one letter, sealed in the outbox. APScheduler's seconds are those of {jobs:,} jobs times {scale:.0f} (*): "
        "its store asks for all due jobs at once, so that more of them are hardly quicker each. A job does nothing. "
        f"Letters go at the pace that is set, {PACE:.0f} a second, each to its person once; at most {sending.most} "
        "in any one second.",
        style="dim",
    )
    return planning, again, queueing


def _cells(span: Span, number: int, scale: float) -> tuple[str, ...]:
    star = "*" if scale != 1 else ""
    return (
        f"{span.seconds * scale:,.2f}{star}",
        f"{span.cpu * scale:,.2f}{star}",
        f"{number / span.seconds:,.0f}",
        f"{span.blocked * 1000:,.0f}",
    )


def _pace(sending: Sending) -> tuple[str, ...]:
    return f"{sending.seconds:,.2f}", "", f"{sending.rate:,.1f}", ""


def main() -> None:
    """A hundred thousand reminders planned, judged and queued, beside APScheduler; and how fast letters go out."""
    spare_the_collector()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(show_reminders(Console(width=120)))


if __name__ == "__main__":
    typer.run(main)
