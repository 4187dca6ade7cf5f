"""Whether this process is the only bot on a database file; the system forgets the mark when the process dies."""

import fcntl
import os
from pathlib import Path


class Alone:
    """A lock on a file beside the database: SQLite's own locks would be lost if that file were opened once more.

    `fault` is what kept the lock from being made at the last try; None where it was made, or another process has it.
    """

    def __init__(self, file: Path) -> None:
        self.fault: OSError | None = None
        self._file = file.with_name(f"{file.name}.lock")
        self._held: int | None = None

    @property
    def place(self) -> Path:
        """Where the lock lies."""
        return self._file

    def claim(self) -> bool:
        """Take the lock, to be held until `release`; False while another process has it, or where it cannot be."""
        if self._held is not None:
            return True
        try:
            self._held, self.fault = self._locked(), None
        except BlockingIOError:
            self.fault = None
        except OSError as error:
            self.fault = error
        return self._held is not None

    def _locked(self) -> int:
        held = os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(held)
            raise
        return held

    def release(self) -> None:
        """Give the lock back, if it is held."""
        if self._held is not None:
            os.close(self._held)
            self._held = None
