"""What goes by itself goes when it is said to go, and is not left in the file: its bytes are looked for on the disk."""

import asyncio
import re
from datetime import timedelta
from pathlib import Path

import pytest

from tests.store.village import NOW, come_in, later, rows
from workflows.notices import Welcome
from workflows.store.cipher import Cipher
from workflows.store.retention import RULES
from workflows.store.transaction import Store, migrate
from workflows.store.values import Delivered, Settlement

ROOT = Path(__file__).resolve().parents[2]
NUMBER = 0x1B2C3D4E5F607182
"""A Telegram number that SQLite writes in eight bytes, as they are."""


def on_disk(folder: Path) -> bytes:
    """All that lies in the database's file and its logs."""
    return b"".join(path.read_bytes() for path in sorted(folder.glob("rafiq.db*")))


async def _sealed(store: Store, query: str) -> bytes:
    ((value,),) = await rows(store, query)
    return bytes(value)


@pytest.fixture
async def house(sqlite_url: str, cipher: Cipher) -> Store:
    await migrate(sqlite_url)
    return await Store.open(sqlite_url, cipher)


async def test_case_73_what_is_let_go_is_not_on_the_disk_any_more(house: Store, tmp_path: Path) -> None:
    """A letter, an update that failed, a name and a number: there before, nowhere in file and log after."""
    layla = await come_in(house, NUMBER)
    async with house.transaction() as work:
        work.outbox.post(layla, Welcome(role="focal_point"), key="a letter", now=NOW)
    async with house.transaction() as work:
        await work.outbox.settle([Settlement(1, Delivered(5), NOW)])
        await work.updates.park(1, b'{"text": "canary"}', "x", NOW)
    letter = await _sealed(house, "SELECT payload FROM outbox")
    update = await _sealed(house, "SELECT payload FROM dead_letter")
    name = await _sealed(house, "SELECT name FROM person")
    number = NUMBER.to_bytes(8, "big")
    assert all(each in on_disk(tmp_path) for each in (letter, update, name, number))

    async with house.transaction() as work:
        assert await work.tidy(later(hours=23)) == 0
    async with house.transaction() as work:
        assert await work.tidy(later(hours=24)) == 1
    assert letter not in on_disk(tmp_path)
    assert update in on_disk(tmp_path)
    async with house.transaction() as work:
        assert await work.tidy(later(hours=48)) == 1
    assert update not in on_disk(tmp_path)

    async with house.snapshot() as connection:
        # Somebody reads, a backup say: the log cannot be emptied yet, and nobody waits for that.
        assert (await connection.exec_driver_sql("SELECT count(*) FROM person")).scalar_one() == 1
        began = asyncio.get_running_loop().time()
        async with house.transaction() as work:
            await work.people.erase(layla.id, NOW)
        assert asyncio.get_running_loop().time() - began < 4
        assert name in on_disk(tmp_path)
    async with asyncio.timeout(30):
        while name in on_disk(tmp_path):
            async with house.transaction():
                await asyncio.sleep(0.1)
    assert number not in on_disk(tmp_path)
    await house.close()


def test_the_documents_tell_every_period() -> None:
    told = (ROOT / "docs" / "operations.md").read_text("utf-8")
    lines = dict(re.findall(r"^\| `([\w.]+)` \| [^|]+ \| ([^|]+) \|$", told, re.MULTILINE))
    for rule in RULES:
        assert lines.get(rule.name) == _words(rule.after), rule.name


def _words(span: timedelta) -> str:
    if not span:
        return "at once"
    hours = span / timedelta(hours=1)
    return f"{span.days} days" if span >= timedelta(days=3) else f"{hours:.0f} hours"
