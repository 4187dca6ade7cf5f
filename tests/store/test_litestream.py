"""Litestream beside the bot: the configuration that we ship, and what it asks of a database's settings."""

import re
import sqlite3
from pathlib import Path

import yaml

from tests.store.village import NOW, change, come_in, rows
from workflows.store.backups.restoring import restore
from workflows.store.backups.taking import take
from workflows.store.cipher import Cipher
from workflows.store.transaction import Store, migrate

ROOT = Path(__file__).resolve().parents[2]


def test_the_sample_names_the_file_that_the_image_keeps() -> None:
    sample = yaml.safe_load((ROOT / "ops" / "litestream.yml").read_text("utf-8"))
    (database,) = sample["dbs"]
    (data,) = re.findall(r"RAFIQ_DATA=(\S+)", (ROOT / "Dockerfile").read_text("utf-8"))
    assert database["path"] == f"{data}/rafiq.db"
    assert database["replica"]["type"] == "s3"
    assert sample["snapshot"].keys() == {"interval", "retention"}
    assert not [line for line in str(sample).split() if "secret" in line.lower()]


async def test_the_bot_leaves_room_for_it(sqlite_url: str, cipher: Cipher, tmp_path: Path) -> None:
    """It needs the write-ahead log, patience with its short locks, its own tables, and nobody who resets the log.

    A second connection does here what it does: it holds a look at the log all the time.
    """
    await migrate(sqlite_url)
    store = await Store.open(sqlite_url, cipher)
    assert (await rows(store, "PRAGMA journal_mode"))[0][0] == "wal"
    assert (await rows(store, "PRAGMA busy_timeout"))[0][0] >= 5000
    await change(store, "CREATE TABLE _litestream_seq (id INTEGER PRIMARY KEY, seq INTEGER)")
    await change(store, "CREATE TABLE _litestream_lock (id INTEGER)")
    await change(store, "INSERT INTO _litestream_seq VALUES (1, 1)")

    beside = sqlite3.connect(tmp_path / "rafiq.db", isolation_level=None)
    beside.execute("BEGIN")
    beside.execute("SELECT count(*) FROM _litestream_seq").fetchall()
    log = tmp_path / "rafiq.db-wal"
    seen = log.read_bytes()
    for number in range(1, 20):
        person = await come_in(store, number)
        async with store.transaction() as work:
            await work.people.erase(person.id, NOW)  # asks for the log to be emptied
    assert log.read_bytes()[: len(seen)] == seen, "what it has not read yet is where it was"
    beside.close()

    taken = await take(store, tmp_path / "kept", bytes(32), NOW)
    assert not [name for name in taken.contents.tables if name.startswith("_")]
    await restore(taken.file, bytes(32), f"sqlite+aiosqlite:///{tmp_path / 'fresh.db'}", cipher, NOW)
    await store.close()
    await (await Store.open(sqlite_url, cipher)).close()
