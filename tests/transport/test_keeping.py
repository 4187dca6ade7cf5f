"""The commands that keep: backup, drill and restore beside a running bot, the pause, and what each refuses."""

import json
from pathlib import Path

from bot.sandbox import Person, Sandbox
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
    assert "It goes on. 0 letters" in await runs(bot, "resume")
    assert "It is not paused" in await runs(bot, "resume")
    assert "0 that may have gone out" in await runs(bot, "pause", "--restored")
    child = bot.starts(program="rafiq")
    layla.says("still there?")
    before = cards(layla)
    await until(lambda: cards(layla) > before, 20)
    assert "It goes on" in await runs(bot, "resume", "--drop-waiting")
    await bot.stops(child)
    assert sandbox.violations == []
