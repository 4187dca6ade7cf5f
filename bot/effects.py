"""What a handled update asks of the ingress once its transaction has closed, and who the bot is."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from workflows.immutable import Immutable
from workflows.languages import Language
from workflows.notices import Notice, Toast

if TYPE_CHECKING:
    from bot.inbound import Incoming
    from workflows.store.transaction import Work


class BotIdentity(Immutable):
    """Who the bot is on Telegram, as `getMe` says; links are made with the user name."""

    id: int
    username: str
    name: str


class Effects(Immutable):
    """What is done after the commit and may be lost: the line over the chat that answers a press, leaving.

    `language`, `digits` and `country` say in which voice it is spoken. `whisper` is said to somebody who has no row
    and is to get none.
    """

    toast: Toast | None = None
    language: Language = "en"
    digits: Literal["auto", "latn", "arab"] = "auto"
    country: str = ""
    leaves: bool = False
    whisper: Notice | None = None
    topic: int = 0


Handler = Callable[["Work", "Incoming", datetime, BotIdentity], Awaitable[Effects]]
