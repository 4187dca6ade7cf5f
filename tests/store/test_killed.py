"""A process that is killed in the middle of a transaction leaves nothing of it, and everything before it."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.store.village import actor_of, come_in, prose, record, rows, said
from workflows.store.cipher import Cipher
from workflows.store.transaction import Store

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import asyncio, os, signal, sys
from tests.store.village import NOW, actor_of, said
from workflows.notices import Hub
from workflows.store.cipher import Cipher
from workflows.store.transaction import Store

async def main() -> None:
    store = await Store.open(sys.argv[1], Cipher.from_settings(sys.stdin.readline().strip()))
    async with store.transaction() as work:
        person = await work.people.by_telegram(1)
        draft = await work.drafts.open(actor_of(person), "LB")
        await work.drafts.record(draft, [said("1b", "never said"), said("2a", "never said")], person.id, NOW)
        work.outbox.post(person, Hub(country="LB", sections=()), key="never", now=NOW)
        work.updates.mark_seen([1], NOW)
        await work.flush()
        os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""


@pytest.mark.kill
async def test_a_killed_transaction_leaves_nothing(store: Store, url: str, key: str) -> None:
    layla = await come_in(store, 1)
    await record(store, layla, said("1b", "kept"))
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, url],
        cwd=ROOT,
        input=key,
        text=True,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == -9, done.stderr
    again = await Store.open(url, Cipher.from_settings(key))
    async with again.transaction() as work:
        assert (await work.drafts.open(actor_of(layla), "LB")).review.answers == {"1b": prose("kept")}
        assert await work.updates.unseen([1]) == {1}
    assert await rows(again, "SELECT * FROM outbox") == []
    await record(again, layla, said("1b", "said now"))
    await again.close()
