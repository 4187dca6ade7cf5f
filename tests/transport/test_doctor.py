"""The doctor says of each thing how it is and what to do, finds each fault, and shows no secret."""

import asyncio
import json
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.commands.examining import Finding, database, machine, telegram
from bot.commands.examining.all_of_it import examined
from bot.commands.examining.finding import worst
from bot.commands.examining.probing import PATHS, failing, told
from bot.sandbox import Sandbox, serving
from bot.settings import Settings
from bot.watching.doors import Page, open_to_watchers
from bot.wire import Wire
from tests.transport.conftest import KEY, Bot
from workflows.store import engine
from workflows.store.backups import ledger
from workflows.store.cipher import Cipher, generate_key
from workflows.store.transaction import Store

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
CHECKS = [
    *(
        "settings",
        "token",
        "webhook",
        "clock",
        "database",
        "schema",
        "integrity",
        "journal",
        "writing",
        "key",
    ),
    *("letters", "sending", "files", "disk", "backups", "time zones", "catalogs", "drawing", "account"),
    "running bot",
]


def now() -> datetime:
    return NOW


@pytest.fixture
def file(settings: Settings, migrated: Path) -> Path:
    """A database of the newest schema."""
    place = settings.data / "rafiq.db"
    shutil.copy(migrated, place)
    place.chmod(0o600)
    return place


async def looked_at(settings: Settings) -> dict[str, Finding]:
    """What the doctor finds of the database, by check."""
    return {finding.check: finding async for finding in database.database(settings, now)}


async def test_a_bot_that_is_well(bot: Bot, sandbox: Sandbox) -> None:
    (Path(bot.environment["RAFIQ_DATA"]) / "rafiq.db").chmod(0o600)
    found = json.loads(await bot.runs("doctor", "--json"))
    by_check = {each["check"]: each for each in found["findings"]}
    assert [each["check"] for each in found["findings"]] == CHECKS
    assert found["state"] in {"ok", "doubtful"}
    doubtful = {check for check, each in by_check.items() if each["state"] != "ok"}
    assert doubtful <= {"clock", "backups", "account"}
    assert by_check["backups"]["said"] == "no backup folder set"
    assert "@" in by_check["token"]["said"]
    plain = (await bot.runs("doctor")).splitlines()
    assert [line[9:24].strip() for line in plain] == CHECKS
    assert KEY not in "\n".join(plain) + json.dumps(found)
    assert sandbox.token not in "\n".join(plain) + json.dumps(found)


async def test_without_settings_and_without_a_way_out_it_does_what_it_can(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, file: Path
) -> None:
    monkeypatch.chdir(settings.data)
    monkeypatch.setenv("RAFIQ_BOT_TOKEN", "not a token but secret")
    bare = await examined(now)
    assert [each.check for each in bare if each.state == "wrong"] == ["settings", "settings"]
    assert {"time zones", "catalogs", "drawing"} <= {each.check for each in bare if each.state == "ok"}
    assert "secret" not in str(bare)
    monkeypatch.setenv("RAFIQ_BOT_TOKEN", settings.bot_token.get_secret_value())
    monkeypatch.setenv("RAFIQ_KEY", KEY)
    monkeypatch.setenv("RAFIQ_TELEGRAM_API", "http://127.0.0.1:9")
    findings = await examined(now)
    assert [each.check for each in findings] == CHECKS
    assert worst(findings) == "doubtful"
    assert {each.check for each in findings if "TELEGRAM_API" in each.remedy} == {"token", "webhook", "clock"}
    assert all(each.remedy for each in findings if each.state != "ok")
    assert settings.bot_token.get_secret_value() not in str(findings)
    assert KEY not in str(findings)


async def test_telegram_tells_of_a_wrong_token_and_of_a_webhook_of_somebody_else(
    settings: Settings, sandbox: Sandbox
) -> None:
    async with serving(sandbox) as address:
        wire = Wire(address, SecretStr(sandbox.token))
        assert (await telegram.token(wire)).state == "ok"
        assert (await telegram.webhook(wire, settings)).said.startswith("none, 0 updates wait")
        theirs = "http://127.0.0.1:2/secret-path-of-others"
        await wire.call("setWebhook", url=theirs)
        owner = settings.model_copy(update={"webhook_url": theirs})
        assert (await telegram.webhook(wire, owner)).said.startswith("ours")
        foreign = await telegram.webhook(wire, settings)
        assert (foreign.state, "127.0.0.1" in foreign.said) == ("wrong", True)
        assert "secret-path" not in str(foreign)
        assert "--take-over" in foreign.remedy
        await wire.shutdown()
        stranger = Wire(address, SecretStr("1:" + "A" * 35))
        refused = await telegram.token(stranger)
        assert (refused.state, "@BotFather" in refused.remedy) == ("wrong", True)
        await stranger.shutdown()


@asynccontextmanager
async def dated(date: str) -> AsyncIterator[str]:
    """A server that answers everything with nothing but this date, or with none."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        line = f"Date: {date}\r\n" if date else ""
        writer.write(f"HTTP/1.1 404 Not Found\r\n{line}Content-Length: 0\r\n\r\n".encode())
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


@pytest.mark.parametrize(
    ("seconds", "state"),
    [(0, "ok"), (31, "ok"), (-45, "doubtful"), (290, "doubtful"), (-302, "wrong"), (9e6, "wrong")],
)
async def test_a_clock_that_is_wrong(seconds: float, state: str) -> None:
    async with dated(format_datetime(NOW + timedelta(seconds=seconds), usegmt=True)) as address:
        assert (await telegram.clock(address, now)).state == state


async def test_a_clock_that_says_nonsense_is_not_believed() -> None:
    async with dated("yesterday") as address:
        assert (await telegram.clock(address, now)).state == "doubtful"


async def test_a_server_that_gives_no_date_is_not_taken_for_one_that_is_away() -> None:
    async with dated("") as address:
        found = await telegram.clock(address, now)
    assert (found.state, found.said) == ("doubtful", "the server gave no date")
    assert "RAFIQ_TELEGRAM_API" not in found.remedy


async def test_the_pretend_telegram_tells_the_date(sandbox: Sandbox) -> None:
    async with serving(sandbox) as place:
        found = await telegram.clock(place, sandbox.clock.now)
    assert found.state == "ok"


async def test_a_database_that_is_not_there_is_not_made(settings: Settings) -> None:
    found = await looked_at(settings)
    assert (found["database"].state, "migrate" in found["database"].remedy) == ("wrong", True)
    assert not (settings.data / "rafiq.db").exists()


async def test_a_database_with_another_key_an_older_schema_or_damage(settings: Settings, file: Path) -> None:
    assert {each.state for each in (await looked_at(settings)).values()} == {"ok"}
    other = settings.model_copy(update={"key": SecretStr(generate_key())})
    assert "RAFIQ_OLD_KEYS" in (await looked_at(other))["database"].remedy
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0001'")
    connection.close()
    assert "migrate" in (await looked_at(settings))["database"].remedy
    file.write_bytes(b"SQLite format 3\0" + bytes(8000))
    assert "restore" in (await looked_at(settings))["database"].remedy


async def test_a_database_that_takes_no_row(
    settings: Settings, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_PRAGMAS", ("journal_mode=WAL", "busy_timeout=100"))
    found = {}
    holder = sqlite3.connect(file, isolation_level=None)
    async for finding in database.database(settings, now):
        found[finding.check] = finding
        if finding.check == "journal":
            holder.execute("BEGIN IMMEDIATE")
    holder.close()
    assert found["writing"].state == "wrong"
    assert found["database"].state == "ok"
    assert "letters" in found


async def test_keys_that_are_needed_still_or_no_more(settings: Settings, file: Path) -> None:
    store = await Store.open(settings.database, Cipher.from_settings(KEY))
    async with store.transaction() as work:
        await work.people.come_in(7, "Layla", "en", NOW)
    await store.close()
    assert "1 rows tried" in (await looked_at(settings))["key"].said
    turned = settings.model_copy(update={"key": SecretStr(generate_key()), "old_keys": SecretStr(KEY)})
    assert "rotate" in (await looked_at(turned))["key"].remedy
    useless = settings.model_copy(update={"old_keys": SecretStr(generate_key())})
    assert "RAFIQ_OLD_KEYS" in (await looked_at(useless))["key"].remedy
    with sqlite3.connect(file) as connection:
        connection.execute(
            "UPDATE person SET name = CAST(substr(name, 1, 20) || x'00' || substr(name, 22) AS BLOB)"
        )
    connection.close()
    assert (await looked_at(settings))["key"].state == "wrong"


def test_the_machine_files_disk_and_backups(settings: Settings, file: Path) -> None:
    env_file = settings.data / ".env"
    env_file.write_text("RAFIQ_KEY=secret")
    file.chmod(0o640)
    env_file.chmod(0o604)
    assert (machine.files(file, env_file).state, str(env_file) in machine.files(file, env_file).remedy) == (
        "doubtful",
        True,
    )
    env_file.chmod(0o600)
    file.chmod(0o600)
    assert machine.files(file, env_file).state == "ok"
    assert [machine.disk(settings.data, reserve).state for reserve in (0, 100)] == ["ok", "wrong"]
    assert machine.disk(settings.data / "not" / "yet", 0).state == "ok"
    assert machine.backups(settings, NOW).said == "no backup folder set"
    kept = settings.model_copy(update={"backup_folder": settings.data})
    assert machine.backups(kept, NOW).state == "wrong"
    for hours, days_tried, state in (
        (1, 1, "ok"),
        (27, 1, "doubtful"),
        (51, 1, "wrong"),
        (1, 36, "doubtful"),
    ):
        made, tried = NOW - timedelta(hours=hours), NOW - timedelta(days=days_tried)
        ledger.note(settings.data, last_backup=made, last_drill=tried)
        assert machine.backups(kept, NOW).state == state


def test_a_running_bot_is_asked(settings: Settings) -> None:
    assert "RAFIQ_PROBE_PORT" in told(settings)
    fails: list[str] = []
    door = lambda: Page.of({"failed": fails}, good=not fails)  # noqa: E731 - what both doors say
    with open_to_watchers("127.0.0.1", 0, dict.fromkeys(PATHS, door)) as port:
        asked = settings.model_copy(update={"probe_port": port, "probe_host": "0.0.0.0"})  # noqa: S104 - as in a container
        assert machine.running(asked) == Finding("running bot", "ok", "alive and ready")
        fails[:] = ["disk"]
        assert failing(asked, "/readyz") == ["disk"]
        assert machine.running(asked).state == "wrong"
    assert failing(asked, "/livez") is None
    assert machine.running(asked).state == "doubtful"
