"""The power goes: the database and as much of its log as reached the disk hold every acknowledged answer."""

import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from tests.kill.seeds import SEED
from tests.store.village import come_in, record, said
from workflows.store.cipher import Cipher
from workflows.store.transaction import Store

Say = Callable[[str], None]
ROUNDS: Final = 25
WRITES: Final = 12
CUTS: Final = 20
"""How many images are made of each round: the log is cut off anywhere."""


@pytest.mark.timeout(180)
async def test_case_14_g13_a_log_that_is_cut_off_anywhere_keeps_what_was_acknowledged(
    tmp_path: Path, sqlite_url: str, key: str, migrated: Path, measured: Say
) -> None:
    chance = random.Random(SEED)  # noqa: S311 - play, not secrecy
    file = Path(sqlite_url.partition("///")[2])
    shutil.copy(migrated, file)
    store = await Store.open(sqlite_url, Cipher.from_settings(key))
    layla = await come_in(store, 1)
    images = missing = present = written = 0
    for _ in range(ROUNDS):
        await store.scrub()  # the log begins anew
        before, acknowledged = written, [0]
        for _ in range(WRITES):
            written += 1
            await record(store, layla, said("1b", f"answer {written}"))
            acknowledged.append(_size(file))  # what is on disk when the person is told
        for _ in range(CUTS):
            cut = chance.choice([chance.randint(0, _size(file)), chance.choice(acknowledged)])
            kept = _revisions(_image(file, tmp_path / "image.db", cut))
            due = before + max(n for n, size in enumerate(acknowledged) if size <= cut)
            images, present = images + 1, present + due
            missing += len(set(range(1, due + 1)) - kept)
    await store.close()
    measured(
        f"G13: {images} images with a cut-off log, {present} acknowledged answers due, {missing} missing"
    )
    assert images == 500
    assert missing == 0


def _size(file: Path) -> int:
    log = file.with_name(f"{file.name}-wal")
    return log.stat().st_size if log.exists() else 0


def _image(file: Path, image: Path, cut: int) -> Path:
    """A copy of the database as the disk has it when only so many bytes of the log have reached it."""
    for old in image.parent.glob(f"{image.name}*"):
        old.unlink()
    shutil.copy(file, image)
    log = file.with_name(f"{file.name}-wal")
    if log.exists():
        image.with_name(f"{image.name}-wal").write_bytes(log.read_bytes()[:cut])
    return image


def _revisions(image: Path) -> set[int]:
    """The numbers of the answer's versions in an image, which must be whole."""
    connection = sqlite3.connect(image)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        rows = connection.execute("SELECT number FROM answer_revision WHERE prompt = '1b'").fetchall()
    finally:
        connection.close()
    return {number for (number,) in rows}
