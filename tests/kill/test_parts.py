"""A long message comes in parts: none of them three times, whatever dies and whatever is away."""

import sqlite3
from collections import Counter
from pathlib import Path

import pytest

from tests.kill.fleet import killed
from tests.kill.test_deaths import POLLED, long_parts, reads_long, staged
from tests.transport.nursery import Nursery


@pytest.mark.kill
@pytest.mark.timeout(200)
async def test_fault_5_a_part_comes_twice_at_most_when_the_database_was_away_before_two_deaths(
    tmp_path: Path, nursery: Nursery
) -> None:
    """One part is out and cannot be noted; the bot dies, and the next one dies as soon as it has sent that part."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'rafiq.db'}"
    async with staged(tmp_path, nursery, POLLED, url) as stage:
        stage.starts()
        await stage.welcomes()
        stage.sandbox.faults.add("slow", method="sendMessage", chat_id=stage.layla.user_id, seconds=2)
        await reads_long(stage)
        await stage.has("outbox", "state = 'claimed'")
        other = sqlite3.connect(tmp_path / "rafiq.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")  # another program writes
        await stage.until(lambda: "database away" in stage.child.logged or "store_away" in stage.child.logged)
        await stage.is_killed()
        other.close()
        assert len(long_parts(stage)) == 1
        stage.starts("mid_multi_part_send:1")
        await stage.dies()
        stage.starts()
        await stage.rests()
        await killed(stage.child)
        assert max(Counter(long_parts(stage)).values()) <= 2
