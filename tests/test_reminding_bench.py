"""The bench of reminders measures what it says: every reminder is planned and queued, every job is fired."""

import io
from pathlib import Path

from rich.console import Console

from bench.reminding import RUNGS, apscheduler, rafiq, show_reminders


async def test_every_reminder_is_planned_and_queued(tmp_path: Path) -> None:
    planning, again, queueing = await rafiq(tmp_path, 44 * RUNGS)
    assert min(planning.seconds, again.seconds, queueing.seconds) > 0
    assert planning.blocked <= planning.seconds + 0.1


async def test_every_job_is_fired(tmp_path: Path) -> None:
    adding, firing = await apscheduler(tmp_path, 10)
    assert min(adding.seconds, firing.seconds) > 0


async def test_the_table_says_what_was_scaled() -> None:
    shown = io.StringIO()
    await show_reminders(Console(file=shown, width=120), reminders=22 * RUNGS, jobs=5)
    assert "440 reminders" in shown.getvalue()
    assert "5 measured" in shown.getvalue()
    assert "*" in shown.getvalue()
