"""The watch over one running bot: its probes and its metrics, joined to the loop that it watches."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from datetime import datetime
from typing import Any, Final, TypeVar

import structlog

from bot import VERSION
from bot.figures import Figures
from bot.settings import DataSettings
from bot.watching.backups import ages
from bot.watching.doors import Knock, Page, open_to_watchers
from bot.watching.probes import Finding, Probes, Report, free_percent, keep_pulse
from workflows.store.soundness import Measures, is_at_head
from workflows.store.transaction import Store, StoreAway, Work

LOOP_SECONDS: Final = 3.0
"""How long the loop may take to answer what only it can tell."""

T = TypeVar("T")
Errand = Callable[[Work], Awaitable[Any]]
log = structlog.stdlib.get_logger(__name__)


class Watch:
    """Watches the loop that it is made in. `run_errand` runs work in the transactions of whoever writes here."""

    def __init__(
        self,
        settings: DataSettings,
        store: Store,
        figures: Figures,
        run_errand: Callable[[Errand], Awaitable[Any]],
        now: Callable[[], datetime],
    ) -> None:
        self._settings = settings
        self._store = store
        self._figures = figures
        self._run_errand = run_errand
        self._now = now
        self._folder = store.file.parent if store.file is not None else settings.data
        self.probes = Probes(
            figures,
            self._written,
            self._folder,
            settings.disk_reserve_percent,
            store.hindrance,
        )
        store.troubles = figures.counts

    @contextlib.asynccontextmanager
    async def kept(self, receive: str, is_stopping: Callable[[], bool]) -> AsyncIterator[None]:
        """Keep watch for the block, behind a port where the settings name one. Raises PortTaken."""
        self.probes.is_stopping = is_stopping
        pulse = asyncio.create_task(keep_pulse(self._figures))
        try:
            if self._settings.probe_port is None:
                yield
                return
            doors = self._doors(asyncio.get_running_loop(), receive)
            with open_to_watchers(self._settings.probe_host, self._settings.probe_port, doors) as port:
                log.info("watched", host=self._settings.probe_host, port=port)
                yield
        finally:
            pulse.cancel()

    def _doors(self, loop: asyncio.AbstractEventLoop, receive: str) -> Mapping[str, Knock]:
        from bot.watching.exposition import (  # noqa: PLC0415 - loaded only where somebody may ask
            CONTENT_TYPE,
            About,
            Exposition,
            Snapshot,
        )

        about = About(VERSION, self._store.kind, receive)
        exposition = Exposition(self._figures, about, self.probes.live, lambda: free_percent(self._folder))

        async def snapshot() -> Snapshot:
            gauges = {name: float(gauge()) for name, gauge in self._figures.gauges.items()}
            found, measures, ready = await asyncio.gather(
                asyncio.to_thread(ages, self._settings, self._now()), self._measures(), self.probes.ready()
            )
            return Snapshot(self._figures.levels | gauges, measures, ready, found)

        def live() -> Page:
            report = self.probes.live()
            return Page.of(report.as_json(), good=not report.failed)

        def ready() -> Page:
            report = _asked(loop, self.probes.ready()) or _stands(self.probes.live())
            return Page.of(report.as_json(), good=not report.failed)

        def metrics() -> Page:
            return Page(200, CONTENT_TYPE, exposition.page(_asked(loop, snapshot())))

        return {"/livez": live, "/readyz": ready, "/metrics": metrics}

    async def _written(self) -> Finding:
        async def errand(work: Work) -> str:
            await work.soundness.write_probe(self._now())
            return await work.soundness.revision()

        revision = await self._run_errand(errand)
        return Finding(is_at_head(revision), f"revision {revision or 'unknown'}")

    async def _measures(self) -> Measures | None:
        try:
            async with self._store.reading() as work:
                self._figures.levels["paused"] = float(await work.pauses.current() is not None)
                return await work.soundness.measures(self._now())
        except StoreAway:
            return None


def _asked(loop: asyncio.AbstractEventLoop, question: Coroutine[Any, Any, T]) -> T | None:
    """What the loop answers in time; None where it stands or is about to end."""
    try:
        future = asyncio.run_coroutine_threadsafe(question, loop)
    except RuntimeError:
        return None
    try:
        return future.result(LOOP_SECONDS)
    except Exception:  # noqa: BLE001 - whatever came instead of an answer, there is none
        future.cancel()
        return None


def _stands(live: Report) -> Report:
    """What can be said of readiness when the loop says nothing."""
    loop = Finding(False, f"no answer in {LOOP_SECONDS:g} s")
    return Report(
        "ready", {"loop": loop, **{name: each for name, each in live.checks.items() if not each.ok}}
    )
