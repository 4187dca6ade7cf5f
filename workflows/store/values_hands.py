"""What the store gives out about notes, consultations and files: plain values."""

from datetime import date, datetime
from typing import Literal

from workflows.immutable import Immutable

FileState = Literal["waiting", "kept", "refused", "removed"]


class Note(Immutable):
    """A note on a question; `author_id` is None once its author is forgotten. `at` is UTC."""

    id: int
    cycle_id: str
    country: str
    question: str
    text: str
    author_id: int | None
    at: datetime


class Consultation(Immutable):
    """A consultation that a country has held: when (None where no day was given), with whom, about what."""

    id: int
    cycle_id: str
    country: str
    day: date | None
    category: str
    with_whom: str
    subject: str
    author_id: int | None
    at: datetime


class File(Immutable):
    """A file that stands behind a question's answers; `size` in bytes.

    `telegram_file` names it at Telegram while it waits to be fetched; `tries` counts how often that failed. `reason`
    says why it was refused.
    """

    id: int
    cycle_id: str
    country: str
    question: str
    key: str
    name: str
    media_type: str
    size: int
    content_hash: str
    author_id: int | None
    at: datetime
    state: FileState = "waiting"
    telegram_file: str = ""
    tries: int = 0
    reason: str = ""
