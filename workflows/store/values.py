"""What the store gives out and takes in: plain values; no row ever leaves it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from workflows.immutable import Immutable
from workflows.notices import Notice
from workflows.people.access import Act
from workflows.people.invitations import Why
from workflows.people.roles import Clock, Digits, Role, Speech
from workflows.review.answers import Answer
from workflows.review.events import Focus, Interview, Review
from workflows.review.template import Template

Kind = Literal["sqlite", "postgresql"]


class StoreRefused(Exception):
    """The database cannot be used: `place` says what is wrong and where, `remedy` what to do about it."""

    def __init__(self, place: str, remedy: str) -> None:
        super().__init__(f"{place} {remedy}")
        self.place = place
        self.remedy = remedy


class StoreAway(Exception):
    """The database cannot be reached or written now; nothing of the transaction is kept, and later it may go."""


class Denied(Exception):
    """Somebody reached for a draft that is not theirs to see or change. It is written to the audit."""

    def __init__(self, act: Act, country: str) -> None:
        super().__init__(f"{act} {country}")
        self.act = act
        self.country = country


class Locked(Exception):
    """A draft that was submitted stays as it is until it is opened again; nothing was written."""


# --- the review ---------------------------------------------------------------------------------------------


class Cycle(Immutable):
    """A review cycle with the template pinned to it, and that template's hash."""

    id: str
    template: Template
    opened_at: datetime
    template_hash: str = ""


class Draft(Immutable):
    """What a country has given so far; `submission_id` is 0 while nobody has opened it.

    `locked`: it was submitted and stays as it is. `paper` is where it stands (on a contributor's paper the country and
    the place's number); `numbers` and `wordings` are those of the newest revisions, by prompt and by question.
    """

    submission_id: int
    cycle_id: str
    review: Review
    last_activity: datetime | None = None
    locked: bool = False
    paper: str = ""
    numbers: Mapping[str, int] = field(default_factory=dict)
    wordings: Mapping[str, int] = field(default_factory=dict)

    def number(self, focus: Focus) -> int:
        """The number of the newest revision of what a text with this focus would change; 0 where there is none."""
        if focus.question:
            return self.wordings.get(focus.question, 0)
        return self.numbers.get(focus.prompt, 0)


class Contribution(Immutable):
    """What a contributor has written beside the official text, as far as they were asked.

    `numbers` are those of the newest revisions by prompt. `name` is empty once they are forgotten; `ended` tells
    whether their place has ended.
    """

    place_id: int
    person_id: int
    name: str
    scope: str
    review: Review
    numbers: Mapping[str, int]
    last_activity: datetime | None
    ended: bool


class Revision(Immutable):
    """One version of one prompt's answer; `answer` None means that it was opened again.

    `author_name` is empty once the author is forgotten.
    """

    prompt: str
    number: int
    answer: Answer | None
    words: int
    author_name: str
    at: datetime
    source: str


class Desk(Immutable):
    """Where a person is in a country's review."""

    interview: Interview


# --- coming in ----------------------------------------------------------------------------------------------


class Invitation(Immutable):
    """An invitation as it is kept: the token's hash, what it opens, until when. Times are UTC."""

    id: int
    cycle_id: str
    role: Role
    country: str
    token_hash: str
    made_by: int | None
    made_at: datetime
    expires_at: datetime
    replaces: int | None = None
    used_at: datetime | None = None
    scope: str = ""


class Refusal(Immutable):
    """Why an invitation did not open the door."""

    code: Why


# --- the outbox ---------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Letter:
    """One row of the outbox in hand.

    `person_id` is None for people without a row. `edits` is the message to redraw, `focus` what a text sent after
    this message answers (as `str(Focus)`; "" on the hub, None when the message does not move the talk).
    `attempts` counts how often it was taken in hand, `parts_sent` how many parts of a long message are surely out;
    `posted_at` (UTC) is known of a letter that waited in the table.
    `id` is 0 until the transaction that posts it has ended; then a letter that still has none is not to be sent
    from here: it was said before, or waits for its turn.
    """

    id: int
    person_id: int | None
    chat_id: int
    notice: Notice
    language: Speech
    digits: Digits = "auto"
    country: str = ""
    cycle_id: str = ""
    edits: int | None = None
    focus: str | None = None
    turn: int = 0
    bulk: bool = False
    attempts: int = 1
    parts_sent: int = 0
    posted_at: datetime | None = None
    clock: Clock = "24"


class Delivered(Immutable):
    """It arrived, as this message where Telegram said so."""

    message_id: int | None


class RetryLater(Immutable):
    """Again at this time (UTC). `ambiguous`: it may have arrived, but no answer came back.

    `parts` surely are out of a long one where that could not be noted at the time, and nothing of the next one.
    """

    at: datetime
    reason: str
    ambiguous: bool
    parts: int = 0


class Unreachable(Immutable):
    """The person cannot be written to; nothing more is sent until they come back."""

    reason: Literal["blocked", "gone", "chat_missing"]


class Rejected(Immutable):
    """It will never be accepted like this."""

    reason: str


Outcome = Delivered | RetryLater | Unreachable | Rejected


class Settlement(Immutable):
    """What became of a letter, and when (UTC).

    `attempts` are the letter's own, and so say which taking in hand this is about; None where it is the one there is.
    """

    letter_id: int
    outcome: Outcome
    at: datetime
    attempts: int | None = None


class Backlog(Immutable):
    """Rows of the outbox by state; `oldest` is when the oldest one that still waits was posted (UTC)."""

    counts: dict[str, int]
    oldest: datetime | None
