"""A simulated person in a private chat with the bot: what they are, see and wait for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.sandbox.chats import Chat, User
from bot.sandbox.refusals import RefusedError, forbidden
from bot.sandbox.transcript import Message

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox

Wanted = str | Callable[[Message], object]


class NotSeenError(AssertionError):
    """What a person waited for did not come in time; says what was there instead."""


@dataclass(frozen=True, slots=True)
class CallbackAnswer:
    """What the bot answered to one press."""

    callback_id: str
    text: str
    show_alert: bool
    url: str


class Onlooker(Chat):
    """What is known of a person, and what the person sees; `acts.Person` adds what the person does."""

    def __init__(self, sandbox: "Sandbox", user_id: int, name: str, language_code: str | None) -> None:
        super().__init__(sandbox, user_id, {})
        self.user_id = user_id
        self.name = name
        self.language_code = language_code
        self.username: str | None = None
        self.title = ""
        self.start_payload = ""
        self.started = False
        self.blocked = False
        self.deactivated = False
        self.callback_answers: list[CallbackAnswer] = []
        self.user: User = {}
        self._mark = 0
        self.describe()

    def describe(self) -> None:
        """Write the Telegram objects anew after a change of name."""
        first, _, last = self.name.partition(" ")
        names = {"first_name": first} | ({"last_name": last} if last else {})
        names |= {"username": self.username} if self.username else {}
        self.user = {"id": self.user_id, "is_bot": False, **names}
        if self.language_code:
            self.user["language_code"] = self.language_code
        self.description = {"id": self.user_id, "type": "private", **names}

    def as_json(self) -> dict[str, Any]:
        """The person as the page and other processes see them."""
        return {
            "user_id": self.user_id,
            "name": self.name,
            "username": self.username,
            "language_code": self.language_code,
            "title": self.title,
            "start": self.start_payload,
            "started": self.started,
            "blocked": self.blocked,
            "deactivated": self.deactivated,
        }

    def refusal(self) -> RefusedError | None:
        if self.deactivated:
            return forbidden("user is deactivated")
        if self.blocked:
            return forbidden("bot was blocked by the user")
        if not self.started:
            return forbidden("bot can't initiate conversation with a user")
        return None

    @property
    def last_message(self) -> Message:
        """The bot's newest message that was not deleted; raise NotSeenError when there is none."""
        for message in reversed(self.messages):
            if message.from_bot and not message.deleted:
                return message
        raise NotSeenError(f"The bot has not written to {self.name}.")

    def keyboard(self, message_id: int) -> list[list[tuple[str, str]]]:
        """The rows of (label, data) under a message; data is the address for a button that is a link."""
        message = self.get(message_id)
        rows = [] if message is None else message.rows
        return [[(b["text"], b.get("callback_data") or b.get("url") or "") for b in row] for row in rows]

    async def sees(self, wanted: Wanted, timeout: float = 5, *, ever: bool = False) -> Message:
        """Wait for a message of the bot that is new or edited since the person's last act, and return it.

        `wanted` is a piece of the text or a test of the message; `ever` looks at the whole chat.
        Raise NotSeenError after `timeout` seconds.
        """
        fits = (lambda message: wanted in message.text) if isinstance(wanted, str) else wanted
        mark = -1 if ever else self._mark

        def look() -> Message | None:
            for message in reversed(self.messages):
                if message.from_bot and message.changed_at > mark and not message.deleted and fits(message):
                    return message
            return None

        found = await self.wait_for(look, timeout)
        if found is None:
            raise NotSeenError(f"{self.name} did not see {wanted!r} within {timeout:g} s. {self._recently()}")
        return found

    async def is_answered(self, callback_id: str, timeout: float = 5) -> CallbackAnswer:
        """Wait for the bot's answer to a press; raise NotSeenError after `timeout` seconds."""

        def look() -> CallbackAnswer | None:
            return next((a for a in reversed(self.callback_answers) if a.callback_id == callback_id), None)

        found = await self.wait_for(look, timeout)
        if found is None:
            raise NotSeenError(
                f"The press {callback_id} of {self.name} was not answered within {timeout:g} s."
            )
        return found

    async def hears_nothing(self, seconds: float = 0.3) -> None:
        """Wait and raise NotSeenError when the bot writes or edits anything in that time."""
        before = self.changes
        heard = await self.wait_for(lambda: True if self.changes > before else None, seconds)
        if heard:
            raise NotSeenError(f"{self.name} should have heard nothing. {self._recently()}")

    def _recently(self) -> str:
        lines = [f"{'bot' if m.from_bot else 'person'}: {m.text[:200]!r}" for m in self.messages[-5:]]
        return "The chat ends:\n  " + ("\n  ".join(lines) or "(empty)")
