"""What the doctor sees of Telegram: the token, where updates go, and the clock."""

import asyncio
import http.client
from collections.abc import Callable
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final
from urllib.parse import urlsplit

from telegram.error import TelegramError

from bot.commands.examining.finding import Finding
from bot.outcomes import Verdict, judge
from bot.settings import Settings
from bot.wire import Wire

DOUBTFUL_SKEW: Final = 30.0
WRONG_SKEW: Final = 300.0
MANY_WAIT: Final = 100
SECONDS: Final = 10.0
_NEWEST: Final = "Ask @BotFather for the current token, and set RAFIQ_BOT_TOKEN."
_OTHER_MEANS: Final = "Compare this machine's clock by other means (timedatectl, chronyc tracking)."
_WAY_OUT: Final = "Check the way out, RAFIQ_TELEGRAM_API, and SSL_CERT_FILE for a Bot API server of your own."


async def token(wire: Wire) -> Finding:
    """Whether Telegram knows the token."""
    try:
        me = await wire.call("getMe", read_timeout=SECONDS)
    except TelegramError as error:
        return _unanswered("token", error)
    return Finding("token", "ok", f"Telegram knows it: @{me.get('username', '')}")


async def webhook(wire: Wire, settings: Settings) -> Finding:
    """Where Telegram sends updates: to us, to nobody, or to somebody else; how many wait, and the last error."""
    try:
        info = await wire.call("getWebhookInfo", read_timeout=SECONDS)
    except TelegramError as error:
        return _unanswered("webhook", error)
    found, waiting = str(info.get("url") or ""), info.get("pending_update_count", 0)
    whose = "none" if not found else "ours" if found == settings.webhook_url else "foreign"
    said = f"{whose}, {waiting} updates wait"
    if whose == "foreign":
        host = urlsplit(found).hostname or ""
        return Finding(
            "webhook",
            "wrong",
            f"{said}, at {host}",
            "Stop the other deployment, then start with --take-over.",
        )
    return _waiting(info, said, whose)


def _waiting(info: dict[str, Any], said: str, whose: str) -> Finding:
    if reason := info.get("last_error_message"):
        remedy = "See that the proxy passes the webhook's path on and its certificate is good."
        return Finding("webhook", "doubtful", f"{said}, last error: {reason}", remedy)
    if info.get("pending_update_count", 0) > MANY_WAIT:
        return Finding("webhook", "doubtful", said, "See that the bot is running and ready.")
    serve = "" if whose == "ours" else " (right for ./rafiq poll; ./rafiq serve sets it)"
    return Finding("webhook", "ok", f"{said}{serve}")


async def clock(api: str, now: Callable[[], datetime]) -> Finding:
    """How far this machine's clock is from Telegram's."""
    try:
        theirs = await asyncio.to_thread(_date, api)
    except (OSError, ValueError, TypeError, http.client.HTTPException):
        return Finding("clock", "doubtful", "Telegram's clock was not heard", _WAY_OUT)
    if theirs is None:
        return Finding("clock", "doubtful", "the server gave no date", _OTHER_MEANS)
    return skewed("clock", "Telegram's", (now() - theirs).total_seconds(), 1.0)


def skewed(check: str, whose: str, seconds: float, grain: float = 0.0) -> Finding:
    """What a difference between two clocks means; `grain` is how coarsely the other one is told."""
    apart = max(0.0, abs(seconds) - grain)
    said = f"{apart:.0f} s from {whose}"
    remedy = "Let the machine follow the network's time (chrony, systemd-timesyncd)."
    if apart > WRONG_SKEW:
        return Finding(check, "wrong", said, remedy)
    return Finding(check, "doubtful", said, remedy) if apart > DOUBTFUL_SKEW else Finding(check, "ok", said)


def _date(api: str) -> datetime | None:
    """The date that a server gives with its answer, whatever the answer is; None where it gives none."""
    place = urlsplit(api)
    kind = http.client.HTTPSConnection if place.scheme == "https" else http.client.HTTPConnection
    connection = kind(place.hostname or "", place.port, timeout=SECONDS)
    try:
        connection.request("HEAD", "/")
        date = connection.getresponse().headers["Date"]
        return parsedate_to_datetime(date) if date is not None else None
    finally:
        connection.close()


def _unanswered(check: str, error: TelegramError) -> Finding:
    judgement = judge(error)
    if judgement.verdict is Verdict.HALTED:
        return Finding(check, "wrong", "Telegram refuses the token", _NEWEST)
    return Finding(check, "doubtful", f"Telegram gave no answer ({judgement.reason})", _WAY_OUT)
