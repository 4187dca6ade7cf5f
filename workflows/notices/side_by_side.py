"""The submitted reviews side by side: what every state said at every prompt, and what of it may be passed on."""

from typing import Literal

from workflows.notices.exchange import AnswerLine
from workflows.notices.saying import Saying


class ReviewColumn(Saying):
    """What one country submitted last: its version and where it stands since `at` (UTC), its answers in order.

    `publish` and `quote` are the prompts whose answers have consent.
    """

    country: str
    version: int
    state: str
    at: str
    answers: tuple[AnswerLine, ...]
    publish: tuple[str, ...] = ()
    quote: tuple[str, ...] = ()


class ReviewsTable(Saying):
    """The submitted reviews as one table, as they were at a moment (UTC); who submitted nothing is not in it."""

    topic: Literal["reviews_table"] = "reviews_table"
    cycle: str
    at: str
    reviews: tuple[ReviewColumn, ...]
