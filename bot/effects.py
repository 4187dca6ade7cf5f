"""What a handled update asks of the ingress once its transaction has closed, and who the bot is."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

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


class Whisper(Immutable):
    """A word to somebody who has no row and is to get none, in this language."""

    notice: Notice
    language: Language


class Effects(Immutable):
    """What is done after the commit and may be lost: the line over the chat that answers a press, leaving.

    `language`, `digits`, `country` and `clock` say in which voice the line is spoken. `whispers` are said in their
    order, in the group's `topic` where they go to one.
    """

    toast: Toast | None = None
    language: Language = "en"
    digits: Literal["auto", "latn", "arab"] = "auto"
    country: str = ""
    leaves: bool = False
    whispers: tuple[Whisper, ...] = ()
    topic: int = 0
    clock: Literal["24", "12"] = "24"

    def after(self, earlier: "Effects") -> "Effects":
        """The same, with what an earlier part of the same message whispers before it; the same word is said once."""
        return replace(self, whispers=tuple(dict.fromkeys((*earlier.whispers, *self.whispers))))


def whispered(notice: Notice, *languages: Language, topic: int = 0, leaves: bool = False) -> Effects:
    """The effects of whispering a notice and of nothing else, in each of these languages."""
    return Effects(
        whispers=tuple(Whisper(notice, language) for language in languages), topic=topic, leaves=leaves
    )


Handler = Callable[["Work", "Incoming", datetime, BotIdentity], Awaitable[Effects]]
