"""The whole examination: every check in its order, each on its own, so that one which fails hides no other."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import datetime

from bot.commands.examining import database, machine, telegram
from bot.commands.examining.finding import Finding
from bot.settings import DataSettings, Settings, SettingsRefused
from bot.wire import Wire
from workflows.store.engine import file_of


async def examined(now: Callable[[], datetime]) -> list[Finding]:
    """Every finding. `now` is this machine's own clock, which is among what is looked at."""
    findings, settings, data = _settings()
    if data is None:
        findings.append(Finding("database", "doubtful", "not looked at without these settings"))
        data_free = [machine.time_zones, machine.catalogs, machine.drawing, machine.account]
        return [*findings, *[await asyncio.to_thread(check) for check in data_free]]
    if settings is not None:
        findings += await _telegram(settings, now)
    findings += [finding async for finding in _database(data, now)]
    findings += await asyncio.to_thread(_machine, data, now)
    return findings


def _settings() -> tuple[list[Finding], Settings | None, DataSettings | None]:
    """The settings as far as they are good, and what is wrong with them."""
    try:
        settings = Settings.read()
    except SettingsRefused as refused:
        faults = [
            Finding("settings", "wrong", f"{each.variable} {each.fault}", each.remedy)
            for each in refused.faults
        ]
    else:
        return [Finding("settings", "ok", "all that is set is good")], settings, settings
    try:
        return faults, None, DataSettings.read()
    except SettingsRefused:
        return faults, None, None


async def _telegram(settings: Settings, now: Callable[[], datetime]) -> list[Finding]:
    wire = Wire(settings.telegram_api, settings.bot_token)
    try:
        return list(
            await asyncio.gather(
                telegram.token(wire),
                telegram.webhook(wire, settings),
                telegram.clock(settings.telegram_api, now),
            )
        )
    finally:
        await wire.shutdown()


async def _database(data: DataSettings, now: Callable[[], datetime]) -> AsyncIterator[Finding]:
    try:
        async for finding in database.database(data, now):
            yield finding
    except Exception as error:  # noqa: BLE001 - the other checks are still of use
        yield Finding("database", "wrong", f"cannot be looked at ({type(error).__name__})", "Report it.")


def _machine(data: DataSettings, now: Callable[[], datetime]) -> list[Finding]:
    file = file_of(data.database)
    folder = file.parent if file is not None else data.data
    return [
        machine.files(file),
        machine.disk(folder, data.disk_reserve_percent),
        machine.backups(data, now()),
        machine.time_zones(),
        machine.catalogs(),
        machine.drawing(),
        machine.account(),
        machine.running(data),
    ]
