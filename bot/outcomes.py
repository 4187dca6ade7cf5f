"""What Telegram's answers mean for a letter: one table of its texts, and a safe reading of unknown ones."""

from enum import Enum
from typing import Final, Protocol

from msgspec.structs import replace
from telegram.error import TelegramError

from bot.render.pieces import Piece
from bot.wire import NotSent, Refused
from workflows.immutable import Immutable
from workflows.store.values import Letter


class Verdict(Enum):
    """What becomes of a letter, or what the courier tries next."""

    DELIVERED = "delivered"  # as good as sent: the message already looks like this
    ANEW = "anew"  # the message to edit is gone: send a fresh one
    PLAIN = "plain"  # our markup was refused: send the words without it, once
    IGNORED = "ignored"  # a late answer to a press; nothing is lost
    PARKED = "parked"  # too fast for this chat: not before a given time
    LATER = "later"  # surely not sent: try again
    UNCLEAR = "unclear"  # may have been sent: once more, where a copy does no harm
    BLOCKED = "blocked"  # the person has stopped the bot, or never started it
    GONE = "gone"  # the account does not exist any more
    MISSING = "missing"  # no such chat
    TOPIC_GONE = "topic gone"  # no such topic in the group: make another
    TOPIC_CLOSED = "topic closed"  # say it outside the topics of the group
    MOVED = "moved"  # the group has another id
    REJECTED = "rejected"  # will never be accepted like this
    HALTED = "halted"  # the token is not accepted: the process must stop


class Judgement(Immutable):
    """A verdict with its reason in a word or two; `loud` ones need a person who looks after the bot.

    `chat` is the id that a group has now.
    """

    verdict: Verdict
    reason: str
    loud: bool = False
    seconds: float = 0
    chat: int | None = None


class NotWanted(TelegramError):
    """A letter to a group that is not to have it any more; nothing was sent."""


class Topics(Protocol):
    """What is known of groups where a letter goes to one."""

    async def address(self, letter: Letter, piece: Piece) -> Piece:
        """The piece with the topic where it belongs; raises what the wire raises, or NotWanted."""

    async def another_way(self, letter: Letter, piece: Piece, judgement: Judgement) -> Piece | None:
        """What to try after a refusal in a group; None where nothing is to be tried."""


# (HTTP status, words that Telegram's text holds, the meaning); the first row that fits counts.
_TEXTS: Final[tuple[tuple[int, str, Judgement], ...]] = (
    (400, "message is not modified", Judgement(Verdict.DELIVERED, "not modified")),
    (400, "message to edit not found", Judgement(Verdict.ANEW, "message to edit is gone")),
    (400, "message can't be edited", Judgement(Verdict.ANEW, "message is too old to edit")),
    (400, "message_id_invalid", Judgement(Verdict.ANEW, "message to edit is gone")),
    (400, "query is too old", Judgement(Verdict.IGNORED, "press answered too late")),
    (400, "query id is invalid", Judgement(Verdict.IGNORED, "press answered too late")),
    (400, "can't parse entities", Judgement(Verdict.PLAIN, "markup refused", loud=True)),
    (400, "text is too long", Judgement(Verdict.REJECTED, "text too long", loud=True)),
    (400, "message is too long", Judgement(Verdict.REJECTED, "text too long", loud=True)),
    (400, "message_too_long", Judgement(Verdict.REJECTED, "text too long", loud=True)),
    (400, "caption is too long", Judgement(Verdict.REJECTED, "text too long", loud=True)),
    (400, "file is too big", Judgement(Verdict.REJECTED, "file too big", loud=True)),
    (400, "wrong file_id", Judgement(Verdict.LATER, "file not at hand", seconds=30)),
    (400, "upgraded to a supergroup", Judgement(Verdict.MISSING, "group moved")),
    (400, "message thread not found", Judgement(Verdict.TOPIC_GONE, "topic is gone")),
    (400, "topic_deleted", Judgement(Verdict.TOPIC_GONE, "topic is gone")),
    (400, "topic_closed", Judgement(Verdict.TOPIC_CLOSED, "topic is closed")),
    (400, "chat not found", Judgement(Verdict.MISSING, "chat not found", loud=True)),
    (400, "peer_id_invalid", Judgement(Verdict.MISSING, "chat not found", loud=True)),
    (401, "", Judgement(Verdict.HALTED, "token refused", loud=True)),
    (403, "bot was blocked by the user", Judgement(Verdict.BLOCKED, "blocked")),
    (403, "user is deactivated", Judgement(Verdict.GONE, "account deleted")),
    (403, "can't initiate conversation", Judgement(Verdict.BLOCKED, "never started")),
    (403, "bot was kicked", Judgement(Verdict.MISSING, "removed from the group")),
    (403, "bot is not a member", Judgement(Verdict.MISSING, "not in the group")),
    (403, "group chat was deleted", Judgement(Verdict.MISSING, "group deleted")),
    (404, "", Judgement(Verdict.HALTED, "token refused", loud=True)),
    (406, "", Judgement(Verdict.LATER, "bot frozen by Telegram", loud=True, seconds=600)),
    (409, "", Judgement(Verdict.LATER, "conflict with another instance", loud=True, seconds=5)),
    (413, "", Judgement(Verdict.REJECTED, "request too large", loud=True)),
)
_TOO_FAST: Final = 429
_THEIR_FAULT: Final = 500
_UNSAID_PAUSE: Final = 5.0


def judge(error: TelegramError) -> Judgement:
    """What a failed request means. Unknown refusals are final and loud: asking again changes nothing."""
    if isinstance(error, Refused):
        return _refusal(error)
    if isinstance(error, NotWanted):
        return Judgement(Verdict.REJECTED, "group not connected")
    if isinstance(error, NotSent):
        return Judgement(Verdict.LATER, "no connection")
    return Judgement(Verdict.UNCLEAR, "no answer")


def _refusal(error: Refused) -> Judgement:
    if error.code == _TOO_FAST:
        return Judgement(Verdict.PARKED, "too fast", seconds=error.retry_after or _UNSAID_PAUSE)
    if error.code >= _THEIR_FAULT:
        return Judgement(Verdict.UNCLEAR, f"Telegram's own fault {error.code}")
    text = error.description.casefold().replace("’", "'")
    for code, words, judgement in _TEXTS:
        if error.code == code and words in text:
            if error.moved_to is not None:
                return replace(judgement, verdict=Verdict.MOVED, chat=error.moved_to)
            return judgement
    return Judgement(Verdict.REJECTED, f"refused with {error.code}", loud=True)
