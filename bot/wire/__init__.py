"""The way to Telegram: lean HTTP/1.1 over kept connections, and for each failure whether the request left."""

from bot.wire.calls import QuietBot, Wire, body_of, decoded, encoded, fetched
from bot.wire.failures import NotSent, Refused, Unanswered

__all__ = ["NotSent", "QuietBot", "Refused", "Unanswered", "Wire", "body_of", "decoded", "encoded", "fetched"]
