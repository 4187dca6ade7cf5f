"""What passes between a country and the secretariat: remarks on answers, what is shared, consent; plain values."""

from datetime import datetime
from typing import Literal

from workflows.immutable import Immutable

RemarkKind = Literal["comment", "wording"]
RemarkState = Literal["kept", "open", "editing", "accepted", "explained", "withdrawn"]
"""`kept` was not sent yet, `withdrawn` never is; `editing` says that the state takes the answer in hand itself."""
SENT: tuple[RemarkState, ...] = ("open", "editing", "accepted", "explained")
"""The states of a remark that the country has received."""
ConsentUse = Literal["publish", "quote"]


class Remark(Immutable):
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


class RemarkCount(Immutable):
    """How many remarks a country has in one round, by what became of them; those that were not sent are not in it.

    `edition` is the submitted text that they are about.
    """

    round: int
    edition: int
    open: int = 0
    editing: int = 0
    accepted: int = 0
    explained: int = 0

    @property
    def total(self) -> int:
        """All that were sent."""
        return self.open + self.editing + self.accepted + self.explained


class Reading(Immutable):
    """When the secretariat last read a shared section (UTC); an empty section is the whole as a document."""

    section: str
    at: datetime


class Consent(Immutable):
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
