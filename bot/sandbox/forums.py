"""A supergroup with topics: who says what in which topic, and what Telegram refuses there."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.sandbox.chats import Group
from bot.sandbox.markup import detect
from bot.sandbox.refusals import RefusedError, bad_request, forbidden, moved
from bot.sandbox.transcript import Message

if TYPE_CHECKING:
    from bot.sandbox.acts import Person
    from bot.sandbox.sandbox import Sandbox

MAX_TOPIC_NAME = 128


@dataclass(slots=True)
class Topic:
    """One topic; its number is that of the message that opened it."""

    topic_id: int
    name: str
    closed: bool = False
    deleted: bool = False


class Forum(Group):
    """A supergroup with topics. The bot reads along as an administrator; else only commands and replies to it."""

    def __init__(self, sandbox: "Sandbox", chat_id: int, title: str) -> None:
        super().__init__(sandbox, chat_id, title)
        self.description = {"id": chat_id, "type": "supergroup", "title": title, "is_forum": True}
        self.bot_status = "left"
        self.bot_manages_topics = False
        self.is_deleted = False
        self.topics: dict[int, Topic] = {}

    def refusal(self) -> RefusedError | None:
        if self.is_deleted:
            return forbidden("the group chat was deleted")
        if self.bot_status == "kicked":
            return forbidden("bot was kicked from the supergroup chat")
        return forbidden("bot is not a member of the supergroup chat") if self.bot_status == "left" else None

    # --- what the bot does ----------------------------------------------------------------------------------------

    def create_topic(self, name: str) -> dict[str, Any]:
        """Open a topic for the bot; refuse where there can be none."""
        if not self.description.get("is_forum"):
            raise bad_request("the chat is not a forum")
        if not self.bot_manages_topics:
            raise bad_request("not enough rights to create a topic")
        if not name.strip() or len(name) > MAX_TOPIC_NAME:
            raise bad_request("TOPIC_TITLE_INVALID" if name.strip() else "topic name must be non-empty")
        return self._open(self.sandbox.bot_user, name)

    def in_thread(self, thread: int) -> dict[str, Any]:
        """What marks a message of the bot in a topic (0: none named); refuse a topic that takes none."""
        if not thread:
            return {}
        topic = self.topics.get(thread)
        if topic is None or topic.deleted:
            raise bad_request("message thread not found")
        if topic.closed and not self.bot_manages_topics:
            raise bad_request("TOPIC_CLOSED")
        return _marks(thread)

    def leave(self) -> None:
        self._becomes(self.sandbox.bot_user, "left")

    # --- what people do -------------------------------------------------------------------------------------------

    def adds_bot(self, by: "Person") -> None:
        """Somebody adds the bot, as a plain member."""
        self._becomes(by.user, "member")
        self.queue("message", self._service(by.user, new_chat_members=[self.sandbox.bot_user]))

    def promotes_bot(self, by: "Person", *, topics: bool = True) -> None:
        """Somebody makes the bot an administrator, who may or may not manage topics."""
        self._becomes(by.user, "administrator", topics=topics)

    def removes_bot(self, by: "Person") -> None:
        """Somebody puts the bot out."""
        self._becomes(by.user, "kicked")

    def is_destroyed(self) -> None:
        """The owner deletes the whole group; no update tells the bot."""
        self.is_deleted = True

    def opens_topic(self, by: "Person", name: str) -> int:
        """A member opens a topic of their own; returns its number."""
        return int(self._open(by.user, name)["message_thread_id"])

    def says(
        self, by: "Person", text: str, topic: int = 0, reply_to: int | None = None, **more: Any
    ) -> Message:
        """A member writes into a topic (0: the general one), perhaps in reply to a message."""
        original = self.get(reply_to if reply_to is not None else topic) if (reply_to or topic) else None
        shown = original.as_telegram() if original is not None else None
        if shown is not None:
            shown.pop("reply_to_message", None)
        content = {"text": text, "entities": detect(text), "reply_to": shown} | more
        message = self.write(by.user, more=_marks(topic) if topic else None, **content)
        is_reply = original is not None and original.from_bot and reply_to is not None
        if self.bot_status == "administrator" or (self._is_in and (is_reply or text.startswith("/"))):
            self.queue("message", message.as_telegram())
        return message

    def edits(self, by: "Person", message: Message, text: str) -> None:
        """A member changes a message of their own."""
        if message.sender != by.user:
            raise LookupError(f"{by.name} has no message {message.message_id} here.")
        message.text, message.entities = text, detect(text)
        message.edit_date = int(self.sandbox.clock.timestamp())
        self.changed(message)
        if self._is_in:
            self.queue("edited_message", message.as_telegram())

    def presses(self, by: "Person", message_id: int, button: str) -> str:
        """A member presses the button with this label or data; returns the callback's id."""
        message = self.get(message_id)
        shown = [each for row in (message.rows if message else []) for each in row]
        for each in shown:
            if message is not None and button in {each["text"], each.get("callback_data")}:
                return self.forges(by, message, each["callback_data"])
        raise LookupError(f"Message {message_id} shows no button {button!r}, but {shown}.")

    def forges(self, by: "Person", message: Message, data: str) -> str:
        """A member's client sends any callback data for a message; returns the callback's id."""
        callback_id = self.sandbox.callbacks.open(by, message.message_id)
        query = {
            "id": callback_id,
            "from": by.user,
            "message": message.as_telegram(),
            "chat_instance": str(abs(self.chat_id)),
            "data": data,
        }
        self.queue("callback_query", query, ("callback", by.user_id))
        return callback_id

    # --- what both share ------------------------------------------------------------------------------------------

    @property
    def _is_in(self) -> bool:
        return self.refusal() is None

    def _open(self, by: dict[str, Any], name: str) -> dict[str, Any]:
        number = self._next_id
        shape = {"name": name, "icon_color": 7322096}
        self.write(by, more={"forum_topic_created": shape} | _marks(number))
        self.topics[number] = Topic(number, name)
        return {"message_thread_id": number} | shape

    def _service(self, by: dict[str, Any], **what: Any) -> dict[str, Any]:
        return self.write(by, more=what).as_telegram()

    def _becomes(self, by: dict[str, Any], status: str, *, topics: bool = False) -> None:
        before, self.bot_status = self.bot_status, status
        was_managing, self.bot_manages_topics = self.bot_manages_topics, topics
        self.bot_is_member = status in {"member", "administrator"}
        change = {
            "chat": self.description,
            "from": by,
            "date": int(self.sandbox.clock.timestamp()),
            "old_chat_member": self._member(before, topics=was_managing),
            "new_chat_member": self._member(status, topics=topics),
        }
        self.queue("my_chat_member", change)

    def _member(self, status: str, *, topics: bool) -> dict[str, Any]:
        more = {"can_manage_topics": topics} if status == "administrator" else {}
        return {"user": self.sandbox.bot_user, "status": status} | more


class Outgrown(Group):
    """A plain group that became a supergroup: whoever writes here is told the new number."""

    def __init__(self, sandbox: "Sandbox", chat_id: int, forum: Forum) -> None:
        super().__init__(sandbox, chat_id, forum.description["title"])
        self.forum = forum

    def refusal(self) -> RefusedError | None:
        return moved(self.forum.chat_id)


def _marks(thread: int) -> dict[str, Any]:
    return {"message_thread_id": thread, "is_topic_message": True}
