"""Who the bot is, as Telegram says it."""

import asyncio
import contextlib
from typing import Final

import structlog
from telegram.error import TelegramError

from bot.effects import BotIdentity
from bot.ingress.life import Life
from bot.ingress.refusals import TOKEN_REFUSED, CannotReceive
from bot.outcomes import Verdict, judge
from bot.wire import Wire

PATIENCE: Final = 10.0
"""Seconds after which a command gives up; a bot that starts waits as long as need be."""
NOT_REACHED: Final = (
    f"Telegram was not reached within {PATIENCE:g} seconds. "
    "Check the network and RAFIQ_TELEGRAM_API, and try again."
)

log = structlog.stdlib.get_logger(__name__)


async def introduce(wire: Wire, life: Life) -> BotIdentity | None:
    """Who the bot is; waits for Telegram as long as need be, None when stopped meanwhile.

    Raises CannotReceive where Telegram refuses the token.
    """
    while not life.stop.is_set():
        try:
            me = await wire.call("getMe")
            return BotIdentity(me["id"], me.get("username", ""), me.get("first_name", ""))
        except TelegramError as error:
            judgement = judge(error)
            if judgement.verdict is Verdict.HALTED:
                raise CannotReceive(TOKEN_REFUSED) from None
            log.warning("telegram_away", reason=judgement.reason)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(life.stop.wait(), max(2.0, judgement.seconds))
    return None


async def introduced(wire: Wire, otherwise: str = "") -> BotIdentity:
    """Who the bot is, for a command; raises CannotReceive where Telegram does not say it soon.

    `otherwise` is what else the caller of the command can do.
    """
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            if identity := await introduce(wire, Life()):
                return identity
    raise CannotReceive(f"{NOT_REACHED} {otherwise}".strip())
