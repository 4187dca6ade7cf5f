"""Two bots on one SQLite file: the second one waits for the first to end, and is refused where that goes on."""

import json
import signal
from pathlib import Path

import pytest

from bot.sandbox import Sandbox
from tests.transport.conftest import Bot
from tests.transport.nursery import Child
from tests.transport.parrot import until
from workflows.store.cipher import generate_key


def is_receiving(child: Child) -> bool:
    """Whether a bot has said that it polls."""
    return "polling" in child.logged.replace("polling_", "")


async def polls(child: Child) -> None:
    """Wait until a bot receives."""
    await until(lambda: is_receiving(child), 20)


async def waits(child: Child) -> None:
    """Wait until a bot has found another one at its file."""
    await until(lambda: "other_bot_at_file" in child.logged, 20)


@pytest.mark.timeout(120)
async def test_a_second_bot_is_refused_and_commands_beside_the_first_go_on(
    bot: Bot, sandbox: Sandbox, tmp_path: Path
) -> None:
    layla = sandbox.person()
    layla.starts()
    first = bot.starts()
    await polls(first)
    second = bot.starts(program="rafiq")
    await waits(second)
    bot.environment |= {"RAFIQ_BACKUP_FOLDER": str(tmp_path / "kept"), "RAFIQ_BACKUP_KEY": generate_key()}
    await bot.runs("backup")
    await bot.runs("status")
    assert json.loads(await bot.runs("doctor", "--json"))
    (backup,) = (tmp_path / "kept").glob("*.backup")
    restore = bot._nursery.bears("rafiq", ["restore", str(backup)], bot.environment)
    assert await restore.ends(40) == 2, restore.said  # not over a database that is there
    assert await second.ends(60) == 2
    assert f"{tmp_path / 'rafiq.db'} is in the hand of another bot" in second.logged
    assert "PostgreSQL" in second.logged
    assert first.status is None
    layla.says("hello")
    await layla.sees(lambda message: message.from_bot, timeout=10)
    await bot.stops(first)


@pytest.mark.timeout(60)
@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGKILL])
async def test_a_restart_waits_for_the_bot_before_it(bot: Bot, sandbox: Sandbox, ending: int) -> None:
    layla = sandbox.person()
    layla.starts()
    first = bot.starts()
    await polls(first)
    second = bot.starts()
    await waits(second)
    assert not is_receiving(second)
    first.signals(ending)
    await first.ends()
    await polls(second)
    layla.says("hello")
    await layla.sees(lambda message: message.from_bot, timeout=10)
    await bot.stops(second)


@pytest.mark.timeout(60)
async def test_a_bot_that_waits_can_be_stopped(bot: Bot) -> None:
    first = bot.starts()
    await polls(first)
    second = bot.starts()
    await waits(second)
    second.signals(signal.SIGTERM)
    assert await second.ends() == 0
    await bot.stops(first)


@pytest.mark.timeout(60)
async def test_where_nobody_can_tell_whether_there_is_another_bot_none_begins(
    bot: Bot, tmp_path: Path
) -> None:
    (tmp_path / "rafiq.db.lock").mkdir()
    child = bot.starts(program="rafiq")
    assert await child.ends(20) == 2
    assert f"{tmp_path / 'rafiq.db.lock'} cannot be made or locked" in child.logged
    assert "Let the bot's account" in child.logged
