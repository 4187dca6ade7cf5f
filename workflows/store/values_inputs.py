"""What the store gives out about calls for written inputs and about the inputs: plain values."""

from datetime import datetime

from workflows.immutable import Immutable
from workflows.notices.inputs import InputConsent, InputState
from workflows.review.parts import put_together


class InputCall(Immutable):
    """A call for written inputs; times are UTC.

    `category` is empty where everybody may write, `follows` where no milestone of the calendar closes it.
    """

    id: int
    cycle_id: str
    category: str
    follows: str
    at: datetime
    ended_at: datetime | None = None


class Piece(Immutable):
    """What one message gave to a written input; an edit of the message changes it."""

    message: int
    text: str

    @property
    def source(self) -> str:
        """The message; whose it is the input itself says."""
        return f":{self.message}"


class WrittenInput(Immutable):
    """A written input; times are UTC. `person_id` is None once its writer is forgotten.

    `name` is None while it was not asked, empty for who writes without one. `at` is the last change, `sent_at`,
    `published_at` and `removal_asked_at` are None while that has not happened. `edition` grows with every change.
    """

    id: int
    cycle_id: str
    call_id: int
    person_id: int | None
    state: InputState
    category: str
    language: str
    name: str | None
    pieces: tuple[Piece, ...]
    consent: InputConsent
    consent_at: datetime | None
    at: datetime
    sent_at: datetime | None = None
    published_at: datetime | None = None
    address: str = ""
    removal_asked_at: datetime | None = None
    edition: int = 0

    @property
    def text(self) -> str:
        """What it says: the pieces in the order of their messages."""
        in_order = sorted(self.pieces, key=_message)
        return put_together(in_order)

    @property
    def may_be_public(self) -> bool:
        """Whether its writer agrees to that: not who is forgotten, nor who asks to have it taken down."""
        agreed = self.consent in ("named", "unnamed")
        return agreed and self.person_id is not None and self.removal_asked_at is None

    @property
    def thing(self) -> str:
        """What the audit calls it."""
        return f"input/{self.id}"


def _message(piece: Piece) -> int:
    return piece.message
