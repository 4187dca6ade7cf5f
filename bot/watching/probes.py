"""Probes: does the process live, and can it take messages; each answer names the checks that failed."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final

from bot.figures import PULSE_SECONDS, Figures
from workflows.immutable import Immutable

LONGEST_LAG: Final = 2.0
LONGEST_SILENCE: Final = {"courier": 60.0, "clerk": 90.0, "receiver": 120.0}
"""Seconds without a beat; a long poll alone takes 30, PostgreSQL may take 60 over a statement."""
DATABASE_SECONDS: Final = 2.5
_FRESH: Final = 2.0  # seconds that a write which went well counts
_JUST_NOW: Final = 5.0  # seconds for which a refused transaction counts, unless another one goes well


class Finding(Immutable):
    """What one check found, in a few words without anybody's name, text or key."""

    ok: bool
    said: str


class Report(Immutable):
    """What a probe found, check by check; `verdict` is the word for all of them, "alive" or "ready"."""

    verdict: str
    checks: dict[str, Finding]

    @property
    def failed(self) -> list[str]:
        """The checks that failed."""
        return [name for name, finding in self.checks.items() if not finding.ok]

    def as_json(self) -> dict[str, Any]:
        """The report as plain values."""
        checks = {name: {"ok": each.ok, "said": each.said} for name, each in self.checks.items()}
        return {self.verdict: not self.failed, "failed": self.failed, "checks": checks}


class Probes:
    """Judges this process. `write` writes one row and returns what it found of the schema; it raises where it cannot.

    `folder` is where the data lies, of whose disk at least `reserve` per cent must be free. `hindrance` says which
    setting keeps the database from taking anything, with the remedy; "" where none does.
    """

    def __init__(
        self,
        figures: Figures,
        write: Callable[[], Awaitable[Finding]],
        folder: Path,
        reserve: float,
        hindrance: Callable[[], str],
    ) -> None:
        self._figures = figures
        self._write = write
        self._folder = folder
        self._reserve = reserve
        self._hindrance = hindrance
        self.is_stopping: Callable[[], bool] = lambda: False
        self._writing: asyncio.Task[Finding] | None = None
        self._written: tuple[float, Finding] | None = None

    def live(self) -> Report:
        """Whether the process lives: the loop comes round, and no part of it has ended or stands still."""
        checks = {"loop": self._loop()}
        for part in sorted({*self._figures.runs.copy(), *self._figures.beats.copy()} - {"loop"}):
            checks[part] = self._part(part)
        return Report("alive", checks)

    async def ready(self) -> Report:
        """Whether it can take messages: it is not stopping, the database takes a row, the disk has room."""
        written = await self._database()
        if not written.ok and (hindrance := self._hindrance()):
            written = Finding(False, hindrance)
        checks = {
            "stopping": Finding(False, "asked to stop") if self.is_stopping() else Finding(True, "no"),
            "disk": await asyncio.to_thread(self.disk),
            "database": written,
        }
        if written.ok:
            checks["schema"] = self._schema()
        return Report("ready", checks)

    def disk(self) -> Finding:
        """Whether enough of the disk is free."""
        free = free_percent(self._folder)
        return Finding(free >= self._reserve, f"{free:.1f} % free, {self._reserve:g} % wanted")

    def _loop(self) -> Finding:
        lag = self._figures.lag()
        return Finding(lag < LONGEST_LAG, f"{lag:.1f} s late")

    def _part(self, part: str) -> Finding:
        runs = self._figures.runs.get(part)
        if runs is not None and not runs():
            return Finding(False, "has ended")
        silence, limit = self._figures.since(part), LONGEST_SILENCE.get(part)
        if silence is None or limit is None:
            return Finding(True, "runs")
        return Finding(silence < limit, f"last seen {silence:.0f} s ago")

    # --- the database --------------------------------------------------------------------------------------------

    async def _database(self) -> Finding:
        """Write a row, at most one at a time and not again when one has just been written."""
        now = self._figures.clock()
        refused = self._figures.levels.get("refused")
        if refused is not None and now - refused < _JUST_NOW:
            return Finding(False, "took no transaction just now; see store_away in the log")
        if self._written is not None and now - self._written[0] < _FRESH:
            return Finding(True, "takes rows")
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._row())
        done, _ = await asyncio.wait([self._writing], timeout=DATABASE_SECONDS)
        if not done:
            return Finding(False, f"no row written in {DATABASE_SECONDS:g} s")
        found = self._writing.result()
        return Finding(found.ok, "takes rows" if found.ok else found.said)

    async def _row(self) -> Finding:
        try:
            schema = await self._write()
        except Exception as error:  # noqa: BLE001 - whatever it is, the database took no row
            self._written = None
            return Finding(False, type(error).__name__)
        self._written = (self._figures.clock(), schema)
        return Finding(True, "takes rows")

    def _schema(self) -> Finding:
        return self._written[1] if self._written is not None else Finding(False, "unknown")


def free_percent(folder: Path) -> float:
    """How much of the disk under a folder is free for us, in per cent; of the folder above where there is none yet."""
    here = folder.absolute()
    while not here.exists():
        here = here.parent
    usage = shutil.disk_usage(here)
    return 100 * usage.free / (usage.used + usage.free or 1)


async def keep_pulse(figures: Figures) -> None:
    """Let the figures know that the loop comes round, for ever."""
    while True:
        figures.pulse()
        await asyncio.sleep(PULSE_SECONDS)
