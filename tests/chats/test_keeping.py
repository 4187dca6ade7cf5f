"""Keeping what there is: a backup under traffic, restored elsewhere and answered from; a new key while people write."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app import Clock, open_store, opened
from bot.sandbox import Person, Sandbox, serving
from tests.chats.telling import CYCLE, KEY, OPEN, Region, heard, newest, settings_for, until
from tests.store.conftest import migrated_database, new_database
from tests.store.village import rows
from workflows.notices import Explained
from workflows.review.template import Template
from workflows.store.backups import ledger
from workflows.store.backups.drill import drill
from workflows.store.backups.restoring import restore
from workflows.store.backups.taking import take
from workflows.store.cipher import Cipher, generate_key
from workflows.store.key_watch import KEY_SECONDS
from workflows.store.rotation import rotate
from workflows.use_cases.opening import open_cycle

BACKUP_KEY = bytes(range(32))
WAITS = "Rafiq was away"
"""How a letter begins that waits when the backup is made."""


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
async def region(
    request: pytest.FixtureRequest, tmp_path: Path, sandbox: Sandbox, template: Template
) -> AsyncIterator[Region]:
    address = ""
    if request.param == "postgresql":
        address = await migrated_database(request.getfixturevalue("postgres"))
    settings = settings_for(tmp_path, address)
    async with opened(settings, make=True) as store, store.transaction() as work:
        await open_cycle(work, CYCLE, template, Clock().now())
    async with serving(sandbox) as place:
        region = Region(settings, sandbox, place, template)
        await region.begins()
        yield region
        await region.ends()


async def _fresh(region: Region, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    if region.store.kind == "postgresql":
        return await new_database(request.getfixturevalue("postgres"))
    return f"sqlite+aiosqlite:///{tmp_path / 'fresh' / 'rafiq.db'}"


async def _waits(region: Region, person: Person) -> None:
    """A letter for somebody waits in the outbox while the bot goes on."""
    async with region.store.transaction() as work:
        known = await work.people.by_telegram(person.user_id)
        assert known is not None
        told = Explained(code="away", role="focal_point")
        work.outbox.post(known, told, key="waits", now=region.house.clock.now(), bulk=True)


async def test_the_drill_under_traffic(
    region: Region, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    layla, nadia = await region.focal_point("LB", "en"), await region.focal_point("TN", "en", "Nadia")
    await region.opens(layla, OPEN)
    await region.says(layla, "said before")
    await region.opens(nadia, OPEN)
    folder, now = tmp_path / "kept", region.house.clock.now()
    region.sandbox.latency_seconds = 0.05
    for number in range(30):
        nadia.says(f"under way {number}")
    await _waits(region, layla)
    taken = await take(region.store, folder, BACKUP_KEY, now)
    region.sandbox.latency_seconds = 0
    await region.rests()
    await until(lambda: heard(layla, WAITS))  # when the next beat collects it
    assert (await drill(folder, BACKUP_KEY, Cipher.from_settings(KEY), now)).rows == taken.contents.rows
    assert ledger.read(folder).last_drill == now

    # Time goes on after the backup, and is lost with the machine.
    await region.opens(layla, "1b")
    await region.says(layla, "said after it")
    told = len(layla.messages)
    await region.ends()
    place = await _fresh(region, tmp_path, request)
    restored = await restore(taken.file, BACKUP_KEY, place, Cipher.from_settings(KEY), now)
    assert restored.waiting >= 1
    region.settings = region.settings.model_copy(update={"database_url": place})
    await region.begins()
    await region.rests()

    assert len(layla.messages) == told, "nothing is said by itself after a restore"
    assert await region.parts(OPEN) == ["said before"]
    under_way = await region.parts(OPEN, "TN")
    assert under_way == [f"under way {number}" for number in range(len(under_way))]
    await region.says(layla, "to which question?")
    assert await region.parts(OPEN) == ["said before"], "an old card does not take a new text"
    await region.opens(layla, OPEN)
    await region.says(layla, "answered after the restore")
    assert "answered after the restore" in await region.text(OPEN)

    async with region.store.transaction() as work:
        assert sum(each.letters for each in await work.pauses.waiting()) >= restored.waiting
        await work.pauses.end()
    copies = sum(WAITS in message.text for message in layla.messages)
    await until(lambda: sum(WAITS in message.text for message in layla.messages) == copies + 1, 20)
    assert region.sandbox.violations == []


async def readiness(region: Region) -> str:
    """What `/readyz` says of the database."""
    report = await region.house.watch.probes.ready()
    said: str = report.as_json()["checks"]["database"]["said"]
    return said


async def test_a_bot_that_was_not_given_the_new_key_takes_nothing_and_nothing_is_lost(region: Region) -> None:
    """Whoever rotates too early stops the bot, and no more: what is typed waits until it is started with both keys."""
    layla = await region.focal_point("LB", "en")
    await region.opens(layla, OPEN)
    await region.says(layla, "under the old key")
    old, new = region.settings.key, SecretStr(generate_key())
    known = region.settings.model_copy(update={"key": new, "old_keys": old})
    store = await open_store(known)
    try:
        assert await rotate(store) > 5
        await asyncio.sleep(KEY_SECONDS)
        layla.says("typed meanwhile")
        await until(lambda: region.house.clerk.counts["key missing"] >= 2, 10)
        assert not region.house.clerk.store_is_here, "it is not ready, and says so"
        for what_is_known in ("a transaction was refused just now", "a row is tried for the probe"):
            said = await readiness(region)
            assert {"RAFIQ_KEY", "RAFIQ_OLD_KEYS"} <= set(re.findall(r"RAFIQ_\w+", said)), what_is_known
            assert not any(each.get_secret_value() in said for each in (old, new))
            region.house.clerk.figures.levels.pop("refused", None)
        assert await rotate(store) == 0, "it has written nothing with the key that it has"
        async with store.reading() as work:
            assert await work.open_all() > 5
    finally:
        await store.close()
    assert await rows(region.store, "SELECT update_id FROM dead_letter") == []
    await region.ends()
    region.settings = known
    await region.begins()
    await region.rests()
    assert await region.parts(OPEN) == ["under the old key", "typed meanwhile"]
    assert await readiness(region) == "takes rows"


async def test_a_new_key_while_people_write(region: Region) -> None:
    layla = await region.focal_point("LB", "en")
    await region.opens(layla, OPEN)
    await region.says(layla, "under the old key")
    old, new = region.settings.key, SecretStr(generate_key())
    await region.ends()
    region.settings = region.settings.model_copy(update={"key": new, "old_keys": old})
    await region.begins()

    async def sealed_anew() -> int:
        # As `rafiq rotate` does it: a process of its own on the same database.
        store = await open_store(region.settings)
        try:
            return await rotate(store)
        finally:
            await store.close()

    rotating = asyncio.create_task(sealed_anew())
    for number in range(5):
        await region.says(layla, f"meanwhile {number}")
    assert await rotating > 5
    assert await sealed_anew() == 0
    await region.ends()
    region.settings = region.settings.model_copy(update={"key": new, "old_keys": SecretStr("")})
    await region.begins()
    await region.says(layla, "under the new key alone")
    parts = await region.parts(OPEN)
    assert parts == ["under the old key", *(f"meanwhile {n}" for n in range(5)), "under the new key alone"]
    async with region.store.reading() as work:
        assert await work.open_all() > 10
    assert newest(layla)
