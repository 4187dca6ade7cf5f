"""The commands that keep: backup, drill and restore beside a running bot, the pause, and what each refuses."""

import json
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Self

import pytest
from sqlalchemy import make_url

from bot.app import open_store
from bot.commands.inviting import _invite
from bot.commands.keeping import _backed_up, _paused, _resumed
from bot.sandbox import Person, Sandbox
from bot.settings import DataSettings
from tests.store.conftest import migrated_database, new_database
from tests.store.village import CYCLE, come_in, rows
from tests.transport.conftest import Bot
from tests.transport.parrot import until
from workflows.store.cipher import generate_key


def cards(person: Person) -> int:
    return sum(message.from_bot for message in person.messages)


async def refused(bot: Bot, *args: str) -> str:
    """Run a command that must not do its work; what it says to people."""
    child = bot._nursery.bears("rafiq", args, bot.environment)
    assert await child.ends(40) == 2, child.logged
    assert "Traceback" not in child.logged
    return child.logged.strip()


async def runs(bot: Bot, *args: str) -> str:
    child = bot._nursery.bears("rafiq", args, bot.environment)
    assert await child.ends(60) == 0, child.logged
    return child.said.strip()


async def test_a_backup_is_made_tried_and_restored_by_command(
    bot: Bot, sandbox: Sandbox, tmp_path: Path
) -> None:
    assert "RAFIQ_BACKUP_FOLDER is not set" in await refused(bot, "backup")
    bot.environment |= {"RAFIQ_BACKUP_FOLDER": str(tmp_path / "kept"), "RAFIQ_BACKUP_HOUR": "1"}
    bot.environment["RAFIQ_BACKUP_KEY"] = bot.environment["RAFIQ_KEY"]
    assert "RAFIQ_BACKUP_KEY is a key of the database" in await refused(bot, "backup")
    bot.environment["RAFIQ_BACKUP_KEY"] = generate_key()
    assert "There is no backup in" in await refused(bot, "drill")

    # The bot makes one by itself, at once where there never was one.
    layla = sandbox.person()
    layla.starts()
    child = bot.starts(program="rafiq")
    kept = tmp_path / "kept"
    await until(lambda: list(kept.glob("rafiq-*.backup")), 30)
    await until((kept / "backups.json").exists)
    layla.says("hello")
    await until(lambda: cards(layla) >= 1)
    said = await runs(bot, "backup")
    assert "read back and found whole" in said
    known = json.loads((kept / "backups.json").read_text())
    file = kept / known["file"]
    assert known["rows"] > 0
    assert known["last_drill"] is None
    assert "sealed values open" in await runs(bot, "drill")
    assert json.loads((kept / "backups.json").read_text())["drilled_file"] == file.name
    assert "--into" in await refused(bot, "restore", str(file))
    said = await runs(bot, "restore", str(file), "--into", str(tmp_path / "new.db"))
    assert "It is paused" in said
    assert "./rafiq resume" in said
    await bot.stops(child)

    bot.environment["RAFIQ_DATABASE_URL"] = f"sqlite+aiosqlite:///{tmp_path / 'new.db'}"
    said = await refused(bot, "resume")
    assert "--send-waiting" in said
    assert "in no letter yet: 0" in said
    said = await runs(bot, "resume", "--send-waiting")
    assert "It goes on. 0 letters, 0 reminders and 0 announcements go out now" in said
    assert "It is not paused" in await runs(bot, "resume")
    assert "0 that may have gone out" in await runs(bot, "pause", "--restored")
    child = bot.starts(program="rafiq")
    layla.says("still there?")
    before = cards(layla)
    await until(lambda: cards(layla) > before, 20)
    assert "--drop-waiting" in await refused(bot, "resume")
    assert "It goes on" in await runs(bot, "resume", "--drop-waiting")
    await bot.stops(child)
    assert sandbox.violations == []


@pytest.mark.postgres
async def test_where_it_was_restored_is_told_without_the_password(
    bot: Bot, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    bot.environment |= {"RAFIQ_BACKUP_FOLDER": str(tmp_path / "kept"), "RAFIQ_BACKUP_KEY": generate_key()}
    await runs(bot, "migrate")
    await runs(bot, "backup")
    (file,) = (tmp_path / "kept").glob("rafiq-*.backup")
    place = make_url(await new_database(request.getfixturevalue("postgres"))).set(password="opensesame")
    address = place.render_as_string(hide_password=False)
    assert "opensesame" in address
    for refuses in (False, True):  # the second time it is not empty any more
        said = await (refused if refuses else runs)(bot, "restore", str(file), "--into", address)
        assert str(place.database) in said
        assert "opensesame" not in said
    first, second = await runs(bot, "pause"), await runs(bot, "pause")
    assert (first, second) == ("Letters to many wait from now on.", "It is paused already.")
    database = sqlite3.connect(Path(bot.environment["RAFIQ_DATA"]) / "rafiq.db")
    with closing(database):
        assert database.execute("SELECT count(*) FROM audit WHERE act = 'pause'").fetchone() == (1,)


class Ahead(datetime):
    """The clock of a machine that nobody has set."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return super().now(tz) + timedelta(hours=2)


@pytest.mark.postgres
async def test_commands_go_by_the_clock_of_the_database_on_a_machine_that_is_two_hours_ahead(
    postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is due within the next two hours is not dropped with what waits, and an invitation lasts as long as said."""
    for name, value in {
        "RAFIQ_DATABASE_URL": await migrated_database(postgres),
        "RAFIQ_KEY": generate_key(),
        "RAFIQ_BACKUP_FOLDER": str(tmp_path / "kept"),
        "RAFIQ_BACKUP_KEY": generate_key(),
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("bot.app.datetime", Ahead)
    store = await open_store(DataSettings.read())
    layla, now = await come_in(store, 1), await store.time()
    assert now is not None
    async with store.transaction() as work:
        soon = await work.announcements.add(
            cycle_id=CYCLE, author_id=layla.id, audience="{}", first="en", now=now
        )
        await work.announcements.schedule(soon.id, now + timedelta(hours=1), 1, decent=True)

    await _paused(restored=False)
    taken = await _backed_up()
    async with store.reading() as work:
        pause = await work.pauses.current()
    resumed = await _resumed(send=False, drop=True)
    await _invite("focal_point", "LB", "", 1, 1, plain=True)

    (announced,) = await rows(store, "SELECT state FROM announcement")
    (invited,) = await rows(store, "SELECT max(expires_at) AS until FROM invitation WHERE used_by IS NULL")
    await store.close()
    minute = timedelta(minutes=1)
    assert pause is not None
    assert pause.at - now < minute
    assert taken.contents.made_at - now < minute
    assert resumed.went_on
    assert announced.state == "scheduled"
    assert invited.until - now < timedelta(days=1) + minute
