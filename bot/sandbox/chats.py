"""A chat as the sandbox keeps it: its description, its transcript, and whether the bot may write there."""

from collections import deque
from typing import TYPE_CHECKING, Any

from bot.sandbox.refusals import RefusedError, bad_request, forbidden
from bot.sandbox.transcript import Message, Transcript

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox

User = dict[str, Any]


class Chat(Transcript):
    """Any chat of the bot."""

    def __init__(self, sandbox: "Sandbox", chat_id: int, description: dict[str, Any]) -> None:
        super().__init__(sandbox.settings.transcript_cap)
        self.sandbox = sandbox
        self.chat_id = chat_id
        self.description = description
        self._recent: deque[tuple[dict[str, Any], tuple[str, int]]] = deque(maxlen=50)

    def refusal(self) -> RefusedError | None:
        """Why the bot may not write here, None when it may."""
        return None

    def in_thread(self, thread: int) -> dict[str, Any]:
        """What marks a message of the bot in a topic (0: none named); refuse where there is no such topic."""
        if thread:
            raise bad_request("message thread not found")
        return {}

    def create_topic(self, name: str) -> dict[str, Any]:  # noqa: ARG002 - a forum gives it
        """Open a topic of that name, where there can be any."""
        raise bad_request("the chat is not a forum")

    def write(self, sender: User, **content: Any) -> Message:
        """Put a new message into the chat; `content` names fields of `Message`."""
        message = Message(
            message_id=self.next_id(),
            from_bot=bool(sender["is_bot"]),
            date=int(self.sandbox.clock.timestamp()),
            sender=sender,
            chat=self.description,
            **content,
        )
        self.add(message)
        self.tell("message", message)
        return message

    def tell(self, kind: str, message: Message) -> None:
        """Tell the page of a new or changed message."""
        chat_id = self.chat_id
        self.sandbox.journal.add(kind, lambda: {"chat_id": chat_id, "message": message.as_page()})

    def leave(self) -> None:
        """Take the bot out of the chat, where that means anything."""

    def changed(self, message: Message) -> None:
        """Note that a message looks different now."""
        self.touch(message)
        self.tell("message", message)

    def queue(
        self, kind: str, content: Any, lane: tuple[str, int] | None = None, life: float = 86_400
    ) -> None:
        """Queue an update from this chat; `life` in seconds."""
        lane = lane or ("chat", self.chat_id)
        update = self.sandbox.updates.add(kind, content, lane, life)
        if update is not None:
            self._recent.append((update, lane))


class Group(Chat):
    """A group that somebody added the bot to."""

    def __init__(self, sandbox: "Sandbox", chat_id: int, title: str) -> None:
        super().__init__(sandbox, chat_id, {"id": chat_id, "type": "group", "title": title})
        self.bot_is_member = True

    def refusal(self) -> RefusedError | None:
        return None if self.bot_is_member else forbidden("bot is not a member of the group chat")

    def leave(self) -> None:
        self.bot_is_member = False
