"""A backup's folder may lie on a slow share: the thread in which people are answered never waits for it."""

import asyncio
import os
import threading
from pathlib import Path
from typing import Any

import pytest

from tests.store.village import come_in, later
from workflows.store.backups.folder import backups_in, beside, claimed
from workflows.store.backups.taking import take
from workflows.store.transaction import Store

KEY = bytes(32)
CALLS = ("open", "stat", "scandir", "listdir", "mkdir", "access", "replace", "unlink", "fsync")


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> dict[str, set[str]]:
    """The names of the system's calls about the folder, by the kind of thread that made them."""
    found: dict[str, set[str]] = {"loop": set(), "beside": set()}

    def watched(name: str, real: Any) -> Any:
        def call(*args: Any, **named: Any) -> Any:
            if name == "fsync" or "kept" in str(args[0]):
                is_loop = threading.current_thread() is threading.main_thread()
                found["loop" if is_loop else "beside"].add(name)
            return real(*args, **named)

        return call

    for name in CALLS:
        monkeypatch.setattr(os, name, watched(name, getattr(os, name)))
    return found


async def test_the_loop_s_thread_never_touches_the_folder(
    store: Store, tmp_path: Path, seen: dict[str, set[str]]
) -> None:
    await come_in(store, 1)
    folder = tmp_path / "kept"
    for days in range(4):
        await take(store, folder, KEY, later(days=days * 40))
    assert seen["beside"] >= {"open", "stat", "scandir", "mkdir", "replace", "unlink", "fsync"}
    assert seen["loop"] == set()
    assert backups_in(folder)


async def test_who_is_cancelled_waits_for_what_the_thread_is_at(tmp_path: Path) -> None:
    """So that the lock on the folder is given back when the work in it has ended, and not before."""
    folder, going, done = tmp_path / "kept", threading.Event(), threading.Event()

    def slow() -> None:
        going.set()
        done.wait(10)

    async def working() -> None:
        async with claimed(folder):
            await beside(slow)

    task = asyncio.create_task(working())
    await asyncio.to_thread(going.wait, 10)
    task.cancel()
    await asyncio.sleep(0.05)
    assert not task.done()
    done.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with claimed(folder):
        pass
