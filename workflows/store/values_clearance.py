"""What the store gives out about frozen texts: plain values, without their content."""

from datetime import datetime
from typing import Literal

from workflows.immutable import Immutable
from workflows.review.passage import Move, Standing, State

DoneTo = Literal[Move, "freeze", "send", "ask_reopen", "refuse_reopen", "begin_reason", "begin_reopen"]
"""What was done to a frozen text: a move, or a line that leaves it where it is; what has begun is not sent yet."""


class Edition(Immutable):
    """A country's text, frozen as its `number`th; `version` counts those that were submitted, 0 before that.

    `step` is the clearance it waits for or has got to, 0 where none was asked. `by` is None once its author is
    forgotten. `at` is when it was frozen, `state_at` since when it is in its state (UTC).
    """

    id: int
    cycle_id: str
    country: str
    number: int
    version: int
    content_hash: str
    state: State
    step: int
    by: int | None
    at: datetime
    state_at: datetime

    @property
    def thing(self) -> str:
        """What the audit calls it: by its number, which its country knows it by, too."""
        return f"edition/{self.number}"

    @property
    def standing(self) -> Standing:
        """Where it stands, to the rules of its passage."""
        return Standing(self.state, self.step)


class EditionAct(Immutable):
    """What somebody did to a frozen text, with the reason they gave; `by` is None for the forgotten."""

    id: int
    edition_id: int
    act: DoneTo
    step: int
    by: int | None
    reason: str
    at: datetime


class EarlierReview(Immutable):
    """What a country submitted last in an earlier cycle, and when it submitted that (UTC)."""

    edition: Edition
    submitted_at: datetime
