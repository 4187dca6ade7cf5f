"""The ways in which Telegram says no, in Telegram's own words."""

from typing import Any

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
OTHER_POLLER = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)
WEBHOOK_SET = "Conflict: terminated by setWebhook request"
WEBHOOK_ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


class RefusedError(Exception):
    """A refusal with the HTTP status, Telegram's text and its machine-readable parameters."""

    def __init__(self, code: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad_request(reason: str) -> RefusedError:
    """A 400 with this reason."""
    return RefusedError(400, f"Bad Request: {reason}")


def forbidden(reason: str) -> RefusedError:
    """A 403 with this reason."""
    return RefusedError(403, f"Forbidden: {reason}")


def too_many(retry_after: int) -> RefusedError:
    """The answer to a flood; `retry_after` in seconds."""
    return RefusedError(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})


def moved(chat_id: int) -> RefusedError:
    """The answer for a group that has become the supergroup with this id."""
    reason = "Bad Request: group chat was upgraded to a supergroup chat"
    return RefusedError(400, reason, {"migrate_to_chat_id": chat_id})
