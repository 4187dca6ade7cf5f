"""A running bot is watched: probes fail with the fault they are for, and figures follow the work."""

import asyncio
import re
import sqlite3
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot import VERSION
from bot.ingress.serving import bound
from bot.sandbox import Sandbox
from bot.watching.doors import Page, PortTaken, open_to_watchers
from bot.watching.probes import Finding
from tests.transport.conftest import Bot, Place
from tests.transport.nursery import Child
from tests.transport.parrot import until
from tests.transport.watch_files import expressions, named
from workflows.store.cipher import generate_key

SECRET = "a-webhook-secret-for-tests"
Samples = dict[tuple[str, tuple[tuple[str, str], ...]], float]


class Watcher:
    """Who asks a bot's port for watchers."""

    def __init__(self, port: int) -> None:
        self._http = httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=30)

    async def asks(self, path: str) -> tuple[int, dict[str, Any]]:
        """Status and body of a probe."""
        answer = await self._http.get(path)
        return answer.status_code, answer.json()

    async def fails(self, path: str, *checks: str, seconds: float = 15) -> dict[str, Any]:
        """Wait until these checks, and no others, fail; what the probe then says of all."""
        async with asyncio.timeout(seconds):
            while True:
                status, said = await self.asks(path)
                if said["failed"] == list(checks):
                    assert status == (503 if checks else 200)
                    found: dict[str, Any] = said["checks"]
                    return found
                await asyncio.sleep(0.05)

    async def page(self) -> str:
        """The metrics page."""
        return (await self._http.get("/metrics")).text

    async def reads(self) -> Samples:
        """All samples of the metrics page."""
        return samples(await self.page())

    async def reaches(self, name: str, least: float, seconds: float = 20, **labels: str) -> float:
        """Wait until a sample is at least so much."""
        async with asyncio.timeout(seconds):
            while (value := (await self.reads()).get((name, tuple(labels.items())), -1)) < least:  # noqa: ASYNC110 - figures have no event
                await asyncio.sleep(0.05)
        return value

    async def leaves(self) -> None:
        await self._http.aclose()


def samples(page: str) -> Samples:
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(page)
        for sample in family.samples
    }


async def watcher_of(child: Child) -> Watcher:
    """A watcher of a process, as soon as its port is open."""

    def port() -> int | None:
        entries = [orjson.loads(line) for line in child.logged.splitlines() if line.startswith("{")]
        return next((entry["port"] for entry in entries if entry["event"] == "watched"), None)

    await until(lambda: port() or child.status is not None, 20)
    found = port()
    assert found, child.logged
    return Watcher(found)


@pytest.fixture
def watched_bot(bot: Bot) -> Bot:
    bot.environment["RAFIQ_PROBE_PORT"] = "0"
    return bot


@pytest.mark.parametrize("receive", ["poll", "serve"])
async def test_figures_follow_the_work(watched_bot: Bot, sandbox: Sandbox, receive: str) -> None:
    if receive == "serve":
        with bound("127.0.0.1", 0) as free:
            port = free.getsockname()[1]
        watched_bot.environment |= {
            "RAFIQ_LISTEN_PORT": str(port),
            "RAFIQ_WEBHOOK_URL": f"http://127.0.0.1:{port}/updates",
            "RAFIQ_WEBHOOK_SECRET": SECRET,
        }
    child = watched_bot.starts(receive=receive)
    watcher = await watcher_of(child)
    layla = sandbox.person("Layla Marked")
    layla.starts()
    layla.says("canary words")
    await watcher.reaches("rafiq_letters_total", 1, outcome="delivered")
    sandbox.faults.add("flood", method="sendMessage", retry_after=1)
    layla.says("more canary words")
    await watcher.reaches("rafiq_retry_after_seconds_count", 1)
    await watcher.reaches("rafiq_letters_total", 2, outcome="delivered")
    page = await watcher.page()
    found = samples(page)
    assert found["rafiq_updates_received_total", (("kind", "text"),)] >= 2
    assert found["rafiq_updates_received_total", (("kind", "command"),)] == 1
    assert found["rafiq_send_results_total", (("result", "sent"),)] >= 1
    assert found["rafiq_send_results_total", (("result", "parked"),)] >= 1
    assert found["rafiq_commit_seconds_count", ()] >= 2
    assert found["rafiq_acknowledge_seconds_count", ()] == found["rafiq_updates_handled_total", ()] >= 3
    assert 0 < found["rafiq_acknowledge_seconds_sum", ()] < 60
    assert found["rafiq_reply_seconds_count", ()] >= 1
    assert found["rafiq_receiving", ()] == 1
    assert found["rafiq_webhook_foreign", ()] == 0
    assert found["rafiq_ready_check", (("check", "database"),)] == 1
    assert found["rafiq_build_info", (("engine", "sqlite"), ("receive", receive), ("version", VERSION))] == 1
    assert "canary" not in page
    assert "Layla" not in page
    assert not re.search(rf"(?<![\d.]){layla.user_id}(?!\d)", page)  # the digits of a figure may be alike
    for path in ("/livez", "/readyz"):
        await watcher.fails(path)
    await watcher.leaves()
    await watched_bot.stops(child)


async def test_a_loop_that_stands_is_told_from_beside_it(watched_bot: Bot, sandbox: Sandbox) -> None:
    child = watched_bot.starts()
    watcher = await watcher_of(child)
    await watcher.fails("/livez")
    layla = sandbox.person()
    layla.starts()
    layla.says("stand still")
    checks = await watcher.fails("/livez", "loop", seconds=8)
    assert float(checks["loop"]["said"].split()[0]) >= 2
    status, said = await watcher.asks("/readyz")
    assert (status, said["failed"]) == (503, ["loop"])
    await watcher.fails("/livez")
    assert await watcher.reaches("rafiq_loop_lag_seconds", 2) < 30
    await watcher.leaves()


async def test_a_database_that_is_held_and_a_full_disk_make_it_unready(
    watched_bot: Bot, sandbox: Sandbox
) -> None:
    child = watched_bot.starts()
    watcher = await watcher_of(child)
    await watcher.fails("/readyz")
    holder = sqlite3.connect(f"{watched_bot.environment['RAFIQ_DATA']}/rafiq.db", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        await watcher.fails("/readyz", "database")
        await watcher.fails("/livez")
        await watcher.reaches("rafiq_database_away_total", 1, cause="busy")
    finally:
        holder.execute("ROLLBACK")
        holder.close()
    layla = sandbox.person()
    layla.starts()
    layla.says("hello again")
    await watcher.fails("/readyz")
    await watcher.leaves()
    await watched_bot.stops(child)
    watched_bot.environment["RAFIQ_DISK_RESERVE_PERCENT"] = "100"
    watcher = await watcher_of(watched_bot.starts())
    checks = await watcher.fails("/readyz", "disk")
    assert checks["disk"]["said"].endswith("100 % wanted")
    await watcher.fails("/livez")
    await watcher.leaves()


async def test_a_courier_that_stands_still_is_told(place: Place) -> None:
    """What stands still: the claim that the courier waits for never ends. The clock of the figures is moved by hand."""
    moment = 0.0
    figures, probes = place.house.clerk.figures, place.house.watch.probes
    figures.clock = lambda: moment
    for part in ("loop", "clerk", "courier", "receiver"):
        figures.beat(part)
    assert probes.live().failed == []
    moment = 59
    figures.pulse()
    assert probes.live().failed == []
    moment = 61
    figures.pulse()
    assert probes.live().failed == ["courier"]
    moment = 121
    figures.pulse()
    assert probes.live().failed == ["clerk", "courier", "receiver"]
    figures.beat("courier")
    assert probes.live().checks["courier"] == Finding(ok=True, said="last seen 0 s ago")
    figures.runs["courier"] = lambda: False
    assert probes.live().checks["courier"] == Finding(ok=False, said="has ended")
    moment = 123.5
    assert "loop" in probes.live().failed


async def test_the_real_bot_beats_and_tells_all_that_alerts_and_dashboard_name(
    watched_bot: Bot, tmp_path: Path
) -> None:
    """With a beat that never came the probe would see nothing; with a figure that is not there the alert is blind."""
    watched_bot.environment |= {
        "RAFIQ_BACKUP_FOLDER": str(tmp_path / "backups"),
        "RAFIQ_BACKUP_KEY": generate_key(),
    }
    watcher = await watcher_of(watched_bot.starts(program="rafiq"))
    async with asyncio.timeout(20):
        while not (checks := await watcher.fails("/livez")).keys() >= {"clerk", "courier", "receiver"}:  # noqa: ASYNC110 - a beat has no event here
            await asyncio.sleep(0.05)
    assert all(checks[part]["said"].startswith("last seen") for part in ("clerk", "courier", "receiver"))
    told = {name for name, _ in await watcher.reads()}
    missing = {name for expression in expressions() for name in named(expression)} - told
    assert not missing, f"not on the page of a running bot: {sorted(missing)}"
    await watcher.leaves()


async def test_a_port_that_is_taken_is_named_and_other_paths_are_nothing(place: Place) -> None:
    with open_to_watchers("127.0.0.1", 0, {"/livez": lambda: Page(200, "text/plain", b"here")}) as port:
        with pytest.raises(PortTaken, match=r"RAFIQ_PROBE_PORT"), open_to_watchers("127.0.0.1", port, {}):
            pass
        async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}") as http:
            assert (await http.get("/livez?x=1")).text == "here"
            assert (await http.head("/livez")).content == b""
            assert (await http.get("/../livez")).status_code in {200, 404}
            assert (await http.get("/updates")).status_code == 404
            assert (await http.post("/livez")).status_code == 501
