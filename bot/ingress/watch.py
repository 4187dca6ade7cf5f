"""The watch: every few minutes Telegram is asked where it sends our updates, and how many wait."""

from typing import Any, Final
from urllib.parse import urlsplit

import structlog
from telegram.error import TelegramError

from bot.figures import Figures
from bot.outcomes import judge
from bot.wire import Wire

WATCH_SECONDS: Final = 300

log = structlog.stdlib.get_logger(__name__)


class Reception:
    """Whether Telegram's calls reach us at `url`, as far as it is known: by its last word, and by what came since."""

    def __init__(self, wire: Wire, url: str, figures: Figures) -> None:
        self._wire = wire
        self._url = url
        self._figures = figures
        self._is_ours = True  # it has just been set
        self._fails = False
        self._last_error: Any = None
        self._came = self._arrived()

    def __call__(self) -> bool:
        """Whether the webhook is ours, and Telegram's last call did not fail or another one has come since."""
        return self._is_ours and (not self._fails or self._arrived() > self._came)

    async def look(self) -> None:
        """Ask Telegram; where it gives no word, what was known before stands."""
        came, info = self._arrived(), await look(self._wire, self._url, self._figures)
        if info is None:
            return
        error, waiting = info.get("last_error_date"), info.get("pending_update_count", 0)
        self._is_ours = info.get("url", "") == self._url
        is_new = error is not None and error != self._last_error
        self._fails = bool(waiting) and (is_new or (self._fails and came == self._came))
        self._last_error, self._came = error, came

    def _arrived(self) -> int:
        return sum(self._figures.acknowledge.counts)


async def look(wire: Wire, url: str, figures: Figures) -> dict[str, Any] | None:
    """Log what Telegram says of the webhook, as an error where it is not `url` ("" while polling); gives that word."""
    try:
        info: dict[str, Any] = await wire.call("getWebhookInfo")
    except TelegramError as error:
        log.warning("webhook_unknown", reason=judge(error).reason)
        return None
    found = str(info.get("url") or "")
    waiting = info.get("pending_update_count", 0)
    figures.levels |= {"pending": float(waiting), "foreign": float(found != url)}
    if found == url:
        log.info("webhook", pending=waiting, last_error=info.get("last_error_message", ""))
    elif found:
        log.error(
            "webhook_set_by_somebody",
            host=urlsplit(found).hostname or "",
            pending=waiting,
            remedy="another deployment has set a webhook on this token and receives its updates: stop it, "
            "or get a new token from @BotFather; then start again with --take-over",
        )
    else:
        log.error(
            "webhook_removed_by_somebody",
            pending=waiting,
            remedy="somebody has removed our webhook: stop the other deployment, then start again",
        )
    return info
