"""What is known of the backups in a folder without opening them: a small file that metrics and the doctor read."""

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from msgspec.structs import asdict, replace

from workflows.immutable import Immutable

NAME: Final = "backups.json"


class Ledger(Immutable):
    """The last backup that was verified, and the last drill that ended well; times are UTC, None before the first."""

    last_backup: datetime | None = None
    file: str = ""
    size: int = 0
    rows: int = 0
    schema: str = ""
    last_drill: datetime | None = None
    drilled_file: str = ""
    drill_seconds: float = 0.0


def read(folder: Path) -> Ledger:
    """What is written in a folder; nothing where there is no such file, or none that can be read."""
    try:
        found: dict[str, Any] = json.loads((folder / NAME).read_text("utf-8"))
        for name in ("last_backup", "last_drill"):
            found[name] = datetime.fromisoformat(found[name]) if found.get(name) else None
        return Ledger(**found)
    except (OSError, ValueError, TypeError, AttributeError):
        return Ledger()


def note(folder: Path, **news: Any) -> None:
    """Put these fields down beside what was known; a reader sees the old file or the new one, whole."""
    content = asdict(replace(read(folder), **news))
    text = json.dumps(content, default=lambda moment: moment.isoformat(), indent=1)
    half = folder / f".{NAME}.partial"
    held = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(held, "w", encoding="utf-8") as file:
        file.write(f"{text}\n")
        file.flush()
        os.fsync(file.fileno())
    half.replace(folder / NAME)
