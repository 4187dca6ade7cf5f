"""Whose a backup is: one database's backups never lie among another's, and never push them out."""

import shutil
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from sqlalchemy.ext.asyncio import AsyncConnection

from tests.store.village import NOW, change, come_in, later
from workflows.store.backups import taking
from workflows.store.backups.archive import Contents, verified
from workflows.store.backups.belonging import strands_in
from workflows.store.backups.folder import backups_in
from workflows.store.backups.keeping import moment_of
from workflows.store.backups.restoring import restore
from workflows.store.backups.taking import take
from workflows.store.cipher import Cipher
from workflows.store.transaction import Store, StoreRefused, migrate

KEY = bytes(range(32))


async def act(store: Store, at: datetime = NOW) -> None:
    """What the operator does first, as `./rafiq cycle open` writes it down, and somebody who comes in."""
    async with store.transaction() as work:
        work.audit.note(at, None, "open_cycle", "", "2026", "done")
    await come_in(store, 1)


async def another(place: Path, cipher: Cipher) -> Store:
    """Another database, with nothing in it."""
    url = f"sqlite+aiosqlite:///{place}"
    await migrate(url)
    return await Store.open(url, cipher)


@pytest.mark.parametrize("words", ["which holds nothing yet", "which is another one"])
async def test_a_backup_of_another_database_is_refused_and_the_right_ones_stay(
    store: Store, cipher: Cipher, tmp_path: Path, words: str
) -> None:
    """Eight nights with a real backup at 1 and one of a mistyped address at 3."""
    await act(store)
    folder, wrong = tmp_path / "kept", await another(tmp_path / "typo.db", cipher)
    if "another" in words:
        await act(wrong, later(minutes=5))
    for night in range(8):
        right = await take(store, folder, KEY, later(days=night))
        ledger = (folder / "backups.json").read_text()
        with pytest.raises(StoreRefused, match=words) as refusal:
            await take(wrong, folder, KEY, later(days=night, hours=2))
        assert right.file.name in refusal.value.place
        assert "RAFIQ_DATABASE_URL" in refusal.value.remedy
        assert "another folder" in refusal.value.remedy
        assert (folder / "backups.json").read_text() == ledger
    assert {moment_of(path.name) for path in backups_in(folder)} == {
        later(days=night) for night in range(1, 8)
    }
    await take(wrong, tmp_path / "own", KEY, NOW)
    await wrong.close()


async def test_a_folder_of_empty_backups_belongs_to_nobody(
    store: Store, cipher: Cipher, tmp_path: Path
) -> None:
    folder, wrong = tmp_path / "kept", await another(tmp_path / "typo.db", cipher)
    async with wrong.transaction() as work:
        work.audit.note(NOW, None, "pause", "", "", "done")
    await take(wrong, folder, KEY, NOW)
    await take(store, folder, KEY, later(hours=1))
    await act(store)
    taken = await take(store, folder, KEY, later(hours=2))
    with pytest.raises(StoreRefused, match="holds nothing yet"):
        await take(wrong, folder, KEY, later(hours=3))
    assert backups_in(folder)[-1] == taken.file
    await wrong.close()


async def test_what_was_restored_is_the_same_database_and_so_is_one_with_a_new_line(
    store: Store, cipher: Cipher, tmp_path: Path
) -> None:
    await act(store)
    taken = await take(store, tmp_path / "kept", KEY, NOW)
    url = f"sqlite+aiosqlite:///{tmp_path / 'restored.db'}"
    await restore(taken.file, KEY, url, cipher, later(days=1))
    restored = await Store.open(url, cipher)
    async with restored.transaction() as work:
        work.audit.note(later(days=1), None, "resume", "", "", "done")
    again = await take(restored, tmp_path / "kept", KEY, later(days=1))
    assert again.contents.database == taken.contents.database != ""
    assert verified(again.file, KEY)[0] == again.contents
    await restored.close()


# --- folders of before, when nobody looked -------------------------------------------------------------------


@pytest.fixture
def as_before(monkeypatch: pytest.MonkeyPatch) -> Callable[[Store, Path, datetime], Awaitable[Path]]:
    """Takes a backup as earlier versions did: whose it is stands nowhere, and nobody looks into the folder."""

    async def taken(store: Store, folder: Path, at: datetime) -> Path:
        contents = taking._contents

        async def silent(connection: AsyncConnection, now: datetime) -> Contents:
            return replace(await contents(connection, now), database=None)

        with monkeypatch.context() as patch:
            patch.setattr(taking, "_contents", silent)
            patch.setattr(taking, "require_own", lambda *_: None)
            file = (await take(store, folder, KEY, at)).file
        assert verified(file, KEY)[0].database is None
        return file

    return taken


async def test_backups_of_earlier_versions_are_known_by_their_rows(
    store: Store,
    cipher: Cipher,
    tmp_path: Path,
    as_before: Callable[[Store, Path, datetime], Awaitable[Path]],
) -> None:
    folder, wrong = tmp_path / "kept", await another(tmp_path / "typo.db", cipher)
    await act(store)
    await as_before(store, folder, NOW)
    with pytest.raises(StoreRefused, match="not of this one"):
        await take(wrong, folder, KEY, later(hours=1))
    await act(wrong, later(hours=1))
    with pytest.raises(StoreRefused, match="which is another one"):
        await take(wrong, folder, KEY, later(hours=2))
    assert (await take(store, folder, KEY, later(hours=3))).file in backups_in(folder)
    await wrong.close()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_in_a_mixed_folder_none_pushes_another_out(
    store: Store,
    cipher: Cipher,
    tmp_path: Path,
    as_before: Callable[[Store, Path, datetime], Awaitable[Path]],
) -> None:
    """Eight nights of a real backup at 1 and an empty one at 3, as earlier versions let them lie together."""
    folder, aside = tmp_path / "kept", tmp_path / "aside"
    wrong = await another(tmp_path / "typo.db", cipher)
    await act(store)
    aside.mkdir()
    for night in range(8):
        for each, hour in ((store, 0), (wrong, 2)):
            made = await as_before(each, tmp_path / f"{night}-{hour}", later(days=night, hours=hour))
            shutil.copy(made, aside)
    shutil.copytree(aside, folder)
    mixed = {path.name for path in backups_in(folder)}
    assert len(mixed) == 16
    assert sorted(map(len, strands_in(folder, KEY))) == [8, 8]
    taken = await take(store, folder, KEY, later(days=8))
    real = {path for path in backups_in(folder) if verified(path, KEY)[0].tables["person"]}
    assert taken.file in real
    assert len(real) >= 8
    await take(store, folder, KEY, later(days=8) + timedelta(days=367))
    assert len(backups_in(folder)) == 1
    await wrong.close()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_a_folder_whose_key_was_changed_takes_the_next_backup(store: Store, tmp_path: Path) -> None:
    await act(store)
    before = await take(store, tmp_path, KEY, NOW)
    await change(store, "UPDATE person SET name = NULL")
    await take(store, tmp_path, bytes(32), later(hours=49))
    assert before.file in backups_in(tmp_path)
