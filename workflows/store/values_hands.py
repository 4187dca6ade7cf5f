"""What the store gives out about notes, consultations and files: plain values."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

FileState = Literal["waiting", "kept", "refused", "removed"]


@dataclass(frozen=True)
class Note:
    """A note on a question; `author_id` is None once its author is forgotten. `at` is UTC."""

    id: int
    cycle_id: str
    country: str
    question: str
    text: str
    author_id: int | None
    at: datetime


@dataclass(frozen=True)
class Consultation:
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


@dataclass(frozen=True)
class File:
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
