"""How long a stop takes: its steps share one span, which ends before whoever asked for it loses patience."""

import asyncio
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from bot import app
from bot.heartbeat import BEATS_MAY_TAKE
from bot.ingress import life
from bot.ingress.serving import GRACE_SECONDS

ROOT = Path(__file__).parents[2]
FASTER = 20
"""So many times faster than in truth these stops are."""
PATIENCE = 30
"""Seconds after which a process that was asked to stop is killed."""


def stuck(asked: list[float], finished: asyncio.Event) -> Any:
    """A house in which each step takes all the time it is given, which goes to `asked`, and no errand is run."""

    async def takes(seconds: float) -> None:
        asked.append(seconds)
        await asyncio.sleep(seconds)

    async def takes_it_twice(seconds: float) -> None:
        await takes(seconds)
        await asyncio.sleep(seconds)

    async def waits(_errand: Any) -> None:
        await asyncio.Event().wait()

    return SimpleNamespace(
        store=SimpleNamespace(kind="postgresql"),
        owner="this process",
        clerk=SimpleNamespace(close=lambda: None, run_errand=waits, finish=finished.set, is_at_rest=False),
        heartbeat=SimpleNamespace(stop=takes_it_twice),
        courier=SimpleNamespace(stop=takes, in_hand=0),
        asides=SimpleNamespace(finish=takes),
        book=SimpleNamespace(close=lambda *, done: None),  # noqa: ARG005 - what became of it is not looked at
    )


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every span of a stop be so many times shorter."""
    for name in ("STOP_MAY_TAKE", "KEPT_FOR_WRITING", "A_LITTLE"):
        monkeypatch.setattr(life, name, getattr(life, name) / FASTER)
    for name in ("GRACE_SECONDS", "BEATS_MAY_TAKE", "SENDS_MAY_TAKE", "WORDS_MAY_TAKE"):
        monkeypatch.setattr(app, name, getattr(app, name) / FASTER)


@pytest.mark.usefixtures("hurried")
@pytest.mark.parametrize("database", ["answers", "is stuck"])
async def test_fault_10_a_stop_in_which_every_step_takes_its_time_ends_in_time(database: str) -> None:
    asked: list[float] = []
    finished = asyncio.Event()
    living = life.Life()

    async def write() -> None:
        await finished.wait()
        await asyncio.sleep(2.5 * life.A_LITTLE if database == "answers" else 60)

    writing = asyncio.create_task(write())
    began = asyncio.get_running_loop().time()
    living.end()
    await asyncio.sleep(GRACE_SECONDS / FASTER)  # calls under way
    living.end()
    await app._leave(stuck(asked, finished), living, writing)
    took = (asyncio.get_running_loop().time() - began) * FASTER
    assert took < PATIENCE
    assert writing.cancelled() is (database == "is stuck")
    beats, sends, words = (seconds * FASTER for seconds in asked)
    assert beats == pytest.approx(BEATS_MAY_TAKE)
    assert 1 <= sends < 8
    assert words >= 1


@pytest.mark.usefixtures("hurried")
async def test_a_stop_does_not_wait_long_for_a_poller_that_a_stuck_database_holds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def holds(*_: Any, **__: Any) -> None:
        await asyncio.sleep(60)

    async def is_free(*_: Any, **__: Any) -> None:
        """Let no webhook be in the way."""

    monkeypatch.setattr(app, "free_of_webhook", is_free)
    monkeypatch.setattr(app, "_watch", lambda *_: None)
    monkeypatch.setattr(app, "Poller", lambda *_: SimpleNamespace(run=holds))
    house: Any = SimpleNamespace(store=SimpleNamespace(kind="sqlite"), wire=None, clerk=None)
    living = life.Life()
    asyncio.get_running_loop().call_later(0.05, living.end)
    async with asyncio.timeout(PATIENCE / FASTER):
        await app._poll(house, living, take_over=False)
    assert living.stop.is_set()


async def test_a_stop_without_haste_gives_each_step_its_own_time() -> None:
    living = life.Life()
    living.end()
    for most in (2 * BEATS_MAY_TAKE, app.SENDS_MAY_TAKE, app.WORDS_MAY_TAKE):
        assert living.left(most) == living.left(most, last=True) == most


def test_a_stop_ends_before_compose_loses_patience_and_the_page_for_operators_says_so() -> None:
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
    assert compose["services"]["rafiq"]["stop_grace_period"] == f"{PATIENCE}s"
    assert life.STOP_MAY_TAKE + 5 <= PATIENCE  # the rest is for closing what was open
    page = (ROOT / "docs" / "operations.md").read_text("utf-8")
    (row,) = re.findall(r"^\| `stop_grace_period` \|.*$", page, re.MULTILINE)
    assert row.count(f"{PATIENCE} s ") == 3
    assert f"{life.STOP_MAY_TAKE:g} seconds at most" in row
    for most in (GRACE_SECONDS, 2 * BEATS_MAY_TAKE, app.SENDS_MAY_TAKE):
        assert re.search(rf"\b{most:g} for ", row)
