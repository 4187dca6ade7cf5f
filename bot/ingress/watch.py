"""The watch: every few minutes Telegram is asked where it sends our updates, and how many wait."""

from typing import Final
from urllib.parse import urlsplit

import structlog
from telegram.error import TelegramError

from bot.figures import Figures
from bot.outcomes import judge
from bot.wire import Wire

WATCH_SECONDS: Final = 300

log = structlog.stdlib.get_logger(__name__)


async def look(wire: Wire, url: str, figures: Figures) -> None:
    """Log what Telegram says of the webhook, as an error where it is not `url` ("" while polling)."""
    try:
        info = await wire.call("getWebhookInfo")
    except TelegramError as error:
        log.warning("webhook_unknown", reason=judge(error).reason)
        return
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
