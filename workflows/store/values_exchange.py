"""What passes between a country and the secretariat: remarks on answers, what is shared, consent; plain values."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

RemarkKind = Literal["comment", "wording"]
RemarkState = Literal["kept", "open", "editing", "accepted", "explained", "withdrawn"]
"""`kept` was not sent yet, `withdrawn` never is; `editing` says that the state takes the answer in hand itself."""
SENT: tuple[RemarkState, ...] = ("open", "editing", "accepted", "explained")
"""The states of a remark that the country has received."""
ConsentUse = Literal["publish", "quote"]


@dataclass(frozen=True)
class Remark:
    """What the secretariat says about one answer of a submitted text; `reply` is the state's reason. Times are UTC.

    `round` counts the returns of a country's review, from 1.
    """

    id: int
    cycle_id: str
    country: str
    edition_id: int
    prompt: str
    kind: RemarkKind
    text: str
    round: int
    state: RemarkState
    author_id: int | None
    at: datetime
    reply: str = ""
    settled_by: int | None = None
    settled_at: datetime | None = None


@dataclass(frozen=True)
class RemarkCount:
    """How many remarks a country has in one round, by what became of them; those that were not sent are not in it."""

    round: int
    open: int = 0
    editing: int = 0
    accepted: int = 0
    explained: int = 0

    @property
    def total(self) -> int:
        """All that were sent."""
        return self.open + self.editing + self.accepted + self.explained


@dataclass(frozen=True)
class Reading:
    """When the secretariat last read a shared section (UTC); an empty section is the whole as a document."""

    section: str
    at: datetime


@dataclass(frozen=True)
class Consent:
    """A country's consent to one use of one answer of one version; `revoked_at` is None while it holds (UTC)."""

    id: int
    cycle_id: str
    country: str
    edition_id: int
    prompt: str
    use: ConsentUse
    author_id: int | None
    at: datetime
    revoked_by: int | None = None
    revoked_at: datetime | None = None
