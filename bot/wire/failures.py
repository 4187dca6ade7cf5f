"""The three ways in which a call can fail: it never left, nobody knows, or Telegram said no."""

import math
from typing import Any, Final

from telegram.error import NetworkError, TelegramError, TimedOut

LONGEST_REST: Final = 3600.0
"""Seconds after which Telegram is asked again, however long it wants us to wait: it says anew what still holds."""


class NotSent(NetworkError):
    """The whole request surely never reached Telegram: no connection, or bytes of it are still here."""


class Unanswered(TimedOut):
    """The request may have reached Telegram: no answer in time, connection lost, or an unreadable answer."""


class Refused(TelegramError):
    """Telegram answered and said no; `code` is the HTTP status.

    `retry_after` is in seconds, more than 0 and an hour at most; None where none was given that makes sense.
    """

    def __init__(self, code: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        given = parameters or {}
        self.retry_after: float | None = _rest(given.get("retry_after"))
        moved = given.get("migrate_to_chat_id")
        self.moved_to: int | None = moved if isinstance(moved, int) else None

    def __reduce__(self) -> tuple[type, tuple[Any, ...]]:
        return Refused, (self.code, self.description)


def _rest(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or math.isnan(value) or value <= 0:
        return None
    return float(min(value, LONGEST_REST))
