"""How old the newest backup is, and the newest one that was opened to try it."""

import math
from datetime import datetime

from bot.settings import DataSettings
from workflows.store.backups import ledger


def ages(settings: DataSettings, now: datetime) -> dict[str, float]:
    """Ages in seconds by name, "backup" and "restore_test"; without end for what never was, none without a folder."""
    if settings.backup_folder is None:
        return {}
    known = ledger.read(settings.backup_folder)
    moments = {"backup": known.last_backup, "restore_test": known.last_drill}
    return {
        name: math.inf if moment is None else max(0.0, (now - moment).total_seconds())
        for name, moment in moments.items()
    }
