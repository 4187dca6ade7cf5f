"""Opening a database: what is refused, in what words, and what the engines are told."""

import os
import shutil
import stat
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.store.village import change, come_in, rows
from workflows.store import engine
from workflows.store.cipher import Cipher, generate_key
from workflows.store.tables import METADATA
from workflows.store.transaction import Store, StoreRefused, migrate


async def refused(url: str, cipher: Cipher) -> StoreRefused:
    with pytest.raises(StoreRefused) as refusal:
        await Store.open(url, cipher)
    assert refusal.value.place.endswith(".")
    assert refusal.value.remedy
    return refusal.value


def file_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite+aiosqlite:///"))


# --- on both engines ----------------------------------------------------------------------------------------


async def test_an_empty_database_is_refused_until_it_is_migrated(url: str, cipher: Cipher) -> None:
    if url.startswith("sqlite"):
        refusal = await refused(url, cipher)
        assert "is not there" in refusal.place
        assert "./rafiq migrate" in refusal.remedy
        assert not file_of(url).exists()
        file_of(url).touch(0o600)
    refusal = await refused(url, cipher)
    assert "is empty" in refusal.place
    assert "./rafiq migrate" in refusal.remedy
    await migrate(url)
    await (await Store.open(url, cipher)).close()
    await (await Store.open(url, cipher)).close()


async def test_a_wrong_key_is_refused(store: Store, url: str, key: str) -> None:
    other_key = generate_key()
    refusal = await refused(url, Cipher.from_settings(other_key))
    assert "another key" in refusal.place
    assert "RAFIQ_OLD_KEYS" in refusal.remedy
    assert key not in str(refusal)
    assert other_key not in str(refusal)
    await (await Store.open(url, Cipher.from_settings(other_key, [key]))).close()


@pytest.mark.parametrize("table", sorted(METADATA.tables))
async def test_a_schema_that_lacks_a_table_is_refused(
    sqlite_url: str, cipher: Cipher, migrated: Path, table: str
) -> None:
    shutil.copy(migrated, file_of(sqlite_url))
    store = await Store.open(sqlite_url, cipher)
    await change(store, "PRAGMA foreign_keys=OFF")
    await change(store, f"ALTER TABLE {table} RENAME TO elsewhere")
    await store.close()
    assert f"half migrated: it lacks {table}." in (await refused(sqlite_url, cipher)).place


async def test_a_half_migrated_schema_is_refused(store: Store, url: str, cipher: Cipher) -> None:
    await change(store, "DROP TABLE audit")
    refusal = await refused(url, cipher)
    assert "half migrated: it lacks audit" in refusal.place
    await change(store, "DELETE FROM alembic_version")
    assert "half migrated" in (await refused(url, cipher)).place
    with pytest.raises(StoreRefused, match="half migrated"):
        await migrate(url)


async def test_tables_without_a_revision_are_refused(store: Store, url: str, cipher: Cipher) -> None:
    await change(store, "DELETE FROM alembic_version")
    assert "does not say which schema" in (await refused(url, cipher)).place


async def test_a_newer_schema_is_refused(store: Store, url: str, cipher: Cipher) -> None:
    await change(store, "UPDATE alembic_version SET version_num = '9999'")
    assert "newer Rafiq" in (await refused(url, cipher)).place
    with pytest.raises(StoreRefused, match="newer Rafiq"):
        await migrate(url)


# --- addresses ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("mysql://somewhere/rafiq", "no database that Rafiq knows"),
        ("sqlite:///rafiq.db", "no database that Rafiq knows"),
        ("not an address", "cannot be read"),
        ("sqlite+aiosqlite://", "names no file"),
        ("sqlite+aiosqlite:///:memory:", "names no file"),
        ("postgresql+asyncpg://someone:topsecret@127.0.0.1:1/rafiq", "does not answer"),
    ],
)
async def test_a_wrong_address_is_refused_without_its_password(
    cipher: Cipher, address: str, words: str
) -> None:
    refusal = await refused(address, cipher)
    assert words in refusal.place
    assert "topsecret" not in str(refusal)
    with pytest.raises(StoreRefused):
        await migrate(address)


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("sqlite+aiosqlite:////var/lib/rafiq.db", Path("/var/lib/rafiq.db")),
        ("sqlite+aiosqlite:///rafiq.db", Path("rafiq.db")),
        ("sqlite+aiosqlite://", None),
        ("sqlite+aiosqlite:///:memory:", None),
        ("postgresql+asyncpg://someone@127.0.0.1/rafiq", None),
        ("not an address", None),
    ],
)
def test_an_address_names_a_file_or_none(address: str, file: Path | None) -> None:
    assert engine.file_of(address) == file


async def test_a_store_knows_its_file_by_the_address(store: Store, url: str) -> None:
    assert store.file == engine.file_of(url)
    assert (store.file is None) == url.startswith("postgresql")


@pytest.mark.postgres
async def test_a_missing_database_is_refused(postgres: str, cipher: Cipher) -> None:
    refusal = await refused(f"postgresql+asyncpg://postgres@/nowhere?host={postgres}", cipher)
    assert "does not exist" in refusal.place
    assert "RAFIQ_DATABASE_URL" in refusal.remedy


# --- files --------------------------------------------------------------------------------------------------


async def test_a_file_is_made_for_our_account_alone(sqlite_url: str, cipher: Cipher) -> None:
    os.umask(os.umask(0o022))
    await migrate(sqlite_url)
    store = await Store.open(sqlite_url, cipher)
    await come_in(store, 1)
    files = sorted(file_of(sqlite_url).parent.glob("rafiq.db*"))
    assert len(files) == 3
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    await store.close()


async def test_a_missing_folder_is_made_and_an_impossible_one_refused(tmp_path: Path, cipher: Cipher) -> None:
    await migrate(f"sqlite+aiosqlite:///{tmp_path}/new/folder/rafiq.db")
    (tmp_path / "file").write_text("")
    assert (
        "cannot be opened" in (await refused(f"sqlite+aiosqlite:///{tmp_path}/file/rafiq.db", cipher)).place
    )
    assert "cannot be opened" in (await refused(f"sqlite+aiosqlite:///{tmp_path}", cipher)).place


async def test_fault_53_a_read_only_file_is_refused(sqlite_url: str, cipher: Cipher) -> None:
    await migrate(sqlite_url)
    file_of(sqlite_url).chmod(0o400)
    refusal = await refused(sqlite_url, cipher)
    assert "rafiq.db" in refusal.place
    file_of(sqlite_url).chmod(0o600)
    await (await Store.open(sqlite_url, cipher)).close()


async def test_fault_54_something_else_than_a_database_is_refused(sqlite_url: str, cipher: Cipher) -> None:
    file_of(sqlite_url).write_bytes(b"these are no pages of a database, whatever the name says " * 100)
    refusal = await refused(sqlite_url, cipher)
    assert "damaged" in refusal.place
    assert "backup" in refusal.remedy


async def test_fault_54_a_damaged_file_is_refused(sqlite_url: str, cipher: Cipher) -> None:
    await migrate(sqlite_url)
    store = await Store.open(sqlite_url, cipher)
    for number in range(1, 30):
        await come_in(store, number)
    await store.close()
    content = bytearray(file_of(sqlite_url).read_bytes())
    for place in range(4096 + 8, len(content), 4096):
        content[place : place + 200] = bytes(reversed(content[place : place + 200]))
    file_of(sqlite_url).write_bytes(content)
    assert "damaged" in (await refused(sqlite_url, cipher)).place


async def test_sqlite_is_told_to_be_careful(sqlite_url: str, cipher: Cipher) -> None:
    await migrate(sqlite_url)
    store = await Store.open(sqlite_url, cipher)
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "busy_timeout": 5000,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "secure_delete": 1,
    }
    found = {name: (await rows(store, f"PRAGMA {name}"))[0][0] for name in expected}
    await store.close()
    assert found == expected


@pytest.mark.postgres
async def test_postgresql_waits_for_the_disk(postgres: str, cipher: Cipher) -> None:
    from tests.store.conftest import new_database  # noqa: PLC0415 - only here

    url = await new_database(postgres)
    await migrate(url)
    store = await Store.open(url, cipher)
    await change(store, "ALTER DATABASE " + url.split("/")[3].split("?")[0] + " SET synchronous_commit = off")
    await store.close()
    store = await Store.open(url, cipher)
    async with store.transaction() as work:
        assert (await work._pen.rows(text("SHOW synchronous_commit")))[0][0] == "on"
    await store.close()
