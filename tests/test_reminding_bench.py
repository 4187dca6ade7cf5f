"""The bench of reminders measures what it says: all are planned, queued and sent, and every job is fired."""

import io
from pathlib import Path

from rich.console import Console

from bench.pace import PACE, most_in_a_second
from bench.reminders import show_reminders
from bench.reminding import RUNGS, apscheduler, rafiq


async def test_every_reminder_is_planned_and_queued(tmp_path: Path) -> None:
    planning, again, queueing = await rafiq(tmp_path, 44 * RUNGS)
    assert min(planning.seconds, again.seconds, queueing.seconds) > 0
    assert planning.blocked <= planning.seconds + 0.1


async def test_every_job_is_fired(tmp_path: Path) -> None:
    adding, firing = await apscheduler(tmp_path, 10)
    assert min(adding.seconds, firing.seconds) > 0


def test_the_most_in_a_second_is_counted_over_every_second() -> None:
    assert most_in_a_second([0.0, 0.9, 1.0, 1.1, 1.95, 3.0]) == 3
    assert most_in_a_second([5.0]) == 1


async def test_the_table_says_what_was_scaled_and_that_the_pace_was_kept() -> None:
    shown = io.StringIO()
    await show_reminders(Console(file=shown, width=120), reminders=22 * RUNGS, jobs=5, letters=60)
    assert "440 reminders" in shown.getvalue()
    assert "5 measured" in shown.getvalue()
    assert "*" in shown.getvalue()
    row = next(line for line in shown.getvalue().splitlines() if "60 letters" in line)
    assert 10 < float(row.split()[-1]) <= PACE * 1.05
