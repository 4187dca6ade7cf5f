"""Whether this process is the only bot on a database file; the system forgets the mark when the process dies."""

import fcntl
import os
from pathlib import Path


class Alone:
    """A lock on a file beside the database: SQLite's own locks would be lost if that file were opened once more."""

    def __init__(self, file: Path) -> None:
        self._file = file.with_name(f"{file.name}.lock")
        self._held: int | None = None

    def claim(self) -> bool:
        """Take the lock, to be held until `release`; False while another process has it, or where it cannot be."""
        if self._held is not None:
            return True
        try:
            held = os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            return False
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(held)
            return False
        self._held = held
        return True

    def release(self) -> None:
        """Give the lock back, if it is held."""
        if self._held is not None:
            os.close(self._held)
            self._held = None
