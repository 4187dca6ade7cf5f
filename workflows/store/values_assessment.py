"""What the store gives out about a country's self-assessment: plain values."""

from datetime import datetime

from workflows.immutable import Immutable
from workflows.notices.assessment import GivenMark


class Assessed(Immutable):
    """What a country said of one guiding principle: the latest mark and note, with who and when (UTC).

    An author is None where nothing was said or once they are forgotten. `edition` grows with every change of the note.
    """

    cycle_id: str
    country: str
    principle: str
    mark: GivenMark = ""
    marked_by: int | None = None
    marked_at: datetime | None = None
    note: str = ""
    noted_by: int | None = None
    noted_at: datetime | None = None
    edition: int = 0

    @property
    def stamp(self) -> int:
        """A number of at most nine digits that changes with every mark and note; 0 where nothing was said yet."""
        newest = max((at for at in (self.marked_at, self.noted_at) if at is not None), default=None)
        return int(newest.timestamp() * 1000) % 10**9 if newest is not None else 0
