"""What the doctor sees on the machine: files, disk, time zones, catalogs, drawing, backups, the running bot."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from bot.commands.examining.finding import Finding, first
from bot.commands.examining.probing import PATHS, failing, told
from bot.settings import DataSettings
from bot.watching.probes import free_percent

OTHERS: Final = 0o077
BACKUP_DUE: Final = timedelta(hours=26)
BACKUP_LATE: Final = timedelta(hours=50)
DRILL_DUE: Final = timedelta(days=35)
ENV_FILE: Final = Path(".env")
# Egypt took its summer time up again in 2023; data of before that knows nothing of it.
_TELLING: Final = ("Africa/Cairo", datetime(2024, 7, 3, 12, tzinfo=UTC), timedelta(hours=3))


def files(database: Path | None, env_file: Path = ENV_FILE) -> Finding:
    """Whether others on the machine may read what is ours: the settings' file, the database, its logs."""
    places = [env_file]
    if database is not None:
        places += [database, *(database.with_name(f"{database.name}{end}") for end in ("-wal", "-shm"))]
    there = [place for place in places if place.exists()]
    open_ones = [place for place in there if place.stat().st_mode & OTHERS]
    if not open_ones:
        return Finding("files", "ok", f"{len(there)} looked at, readable for their owner only")
    names = " ".join(map(str, open_ones))
    return Finding("files", "doubtful", f"others may read {names}", f"chmod 600 {names}")


def disk(folder: Path, reserve: float) -> Finding:
    """Whether the disk of the data has room."""
    free = free_percent(folder)
    said = f"{free:.1f} % free, {reserve:g} % wanted"
    if free < reserve:
        return Finding("disk", "wrong", said, "Make room on the disk, or move the data to a larger one.")
    if free < 2 * reserve:
        return Finding(
            "disk", "doubtful", said, "Plan for more room: the bot takes nothing more when it is full."
        )
    return Finding("disk", "ok", said)


def time_zones() -> Finding:
    """Whether every zone of the region is known, as of late."""
    from workflows.reference.states import countries  # noqa: PLC0415 - other commands do without the table

    zones = sorted({zone for country in countries() for zone in country.zones})
    remedy = "Install the pinned libraries anew (tzdata), or bring the system's time zone data up to date."

    def faults() -> Iterator[Finding]:
        try:
            for zone in zones:
                ZoneInfo(zone)
            name, moment, offset = _TELLING
            if moment.astimezone(ZoneInfo(name)).utcoffset() != offset:
                yield Finding("time zones", "wrong", f"{name} is told by old data", remedy)
        except (KeyError, OSError, ValueError) as error:
            yield Finding("time zones", "wrong", f"not known: {error}", remedy)

    return first("time zones", faults(), f"{len(zones)} known")


def catalogs() -> Finding:
    """Whether the bot's voice is complete in its three languages."""
    from bot.render.catalogs import gaps  # noqa: PLC0415 - other commands do without the catalogs

    remedy = "The installation is not whole: install it anew."
    try:
        missing = gaps()
    except (OSError, ValueError) as error:
        return Finding("catalogs", "wrong", f"cannot be read ({type(error).__name__})", remedy)
    lacking = ", ".join(f"{language}: {count}" for language, count in missing.items() if count)
    if lacking:
        return Finding("catalogs", "wrong", f"texts without words in {lacking}", remedy)
    return Finding("catalogs", "ok", f"complete in {', '.join(missing)}")


def drawing() -> Finding:
    """Whether a picture can be drawn, and the font with Arabic is there."""
    from bot.render.status_picture import can_draw_arabic  # noqa: PLC0415 - other commands draw nothing

    remedy = "Install the pinned libraries anew (typst, and matplotlib for its font)."
    try:
        able = can_draw_arabic()
    except Exception as error:  # noqa: BLE001 - whatever it is, nothing was drawn
        return Finding("drawing", "wrong", f"no picture could be drawn ({type(error).__name__})", remedy)
    if not able:
        return Finding("drawing", "doubtful", "the font with Arabic is missing", remedy)
    return Finding("drawing", "ok", "a picture was drawn, Arabic shaped")


def backups(settings: DataSettings, now: datetime) -> Finding:
    """How old the newest backup is, and the newest one that was tried."""
    from workflows.store.backups import ledger  # noqa: PLC0415 - other commands do without

    if settings.backup_folder is None:
        return Finding(
            "backups", "doubtful", "no backup folder set", "Set RAFIQ_BACKUP_FOLDER and RAFIQ_BACKUP_KEY."
        )
    known = ledger.read(settings.backup_folder)
    if known.last_backup is None:
        return Finding("backups", "wrong", "no backup was ever made", "Make one: ./rafiq backup")
    age = now - known.last_backup
    said = f"the newest is {_hours(age)} old"
    if age > BACKUP_LATE:
        return Finding(
            "backups", "wrong", said, "Make one: ./rafiq backup; then see why the nightly one fails."
        )
    if age > BACKUP_DUE:
        return Finding("backups", "doubtful", said, "See in the log why the nightly one failed.")
    if known.last_drill is None or now - known.last_drill > DRILL_DUE:
        tried = (
            "none was tried" if known.last_drill is None else f"tried {_hours(now - known.last_drill)} ago"
        )
        return Finding("backups", "doubtful", f"{said}, {tried}", "Try one: ./rafiq drill")
    return Finding("backups", "ok", f"{said}, tried {_hours(now - known.last_drill)} ago")


def running(settings: DataSettings) -> Finding:
    """What a running bot says of itself, where it has a port for that."""
    said = told(settings)
    if settings.probe_port is None:
        return Finding("running bot", "ok", said)
    failed = failing(settings, *PATHS)
    if failed is None:
        return Finding("running bot", "doubtful", said, "Start it: ./rafiq poll, or serve.")
    if failed:
        return Finding("running bot", "wrong", said, "See docs/operations.md, Probes.")
    return Finding("running bot", "ok", said)


def account() -> Finding:
    """Whether the bot runs with more rights than it needs."""
    if os.geteuid() == 0:
        return Finding(
            "account",
            "doubtful",
            "this is the system's administrator",
            "Run the bot as a user of its own, without rights.",
        )
    return Finding("account", "ok", "an ordinary user")


def _hours(age: timedelta) -> str:
    hours = age.total_seconds() / 3600
    return f"{hours:.0f} h" if hours < 72 else f"{hours / 24:.0f} days"  # noqa: PLR2004 - three days
