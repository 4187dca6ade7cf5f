"""The three ways in which a call can fail: it never left, nobody knows, or Telegram said no."""

from typing import Any

from telegram.error import NetworkError, TelegramError, TimedOut


class NotSent(NetworkError):
    """The whole request surely never reached Telegram: no connection, or bytes of it are still here."""


class Unanswered(TimedOut):
    """The request may have reached Telegram: no answer in time, connection lost, or an unreadable answer."""


class Refused(TelegramError):
    """Telegram answered and said no; `code` is the HTTP status, `retry_after` is in seconds."""

    def __init__(self, code: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        given = parameters or {}
        self.retry_after: float | None = _number(given.get("retry_after"))
        moved = given.get("migrate_to_chat_id")
        self.moved_to: int | None = moved if isinstance(moved, int) else None

    def __reduce__(self) -> tuple[type, tuple[Any, ...]]:
        return Refused, (self.code, self.description)


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
