"""What made a verb run."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Cause:
    """The update that a verb answers: its id makes what is posted unique, its time is when it was handled (UTC)."""

    update_id: int
    now: datetime

    def key(self, name: object) -> str:
        """A key for something posted because of this update: posted twice, it is said once."""
        return f"{self.update_id}:{name}"
