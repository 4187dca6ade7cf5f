"""What one chat has seen: its messages in order, both directions."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from bot.sandbox.files import StoredFile
from bot.sandbox.keyboards import Keyboard
from bot.sandbox.markup import Entity, to_html

Found = TypeVar("Found")


@dataclass(slots=True)
class Message:
    """One message as it stands now in a chat."""

    message_id: int
    from_bot: bool
    date: int
    sender: dict[str, Any]
    chat: dict[str, Any]
    text: str = ""
    entities: list[Entity] = field(default_factory=list)
    media: dict[str, Any] | None = None
    document: StoredFile | None = None
    reply_markup: Keyboard | None = None
    reply_to: dict[str, Any] | None = None
    more: dict[str, Any] | None = None
    edit_date: int | None = None
    deleted: bool = False
    reaction: str | None = None
    earlier: list[str] = field(default_factory=list)
    changed_at: int = 0

    @property
    def edited(self) -> bool:
        return self.edit_date is not None

    @property
    def html(self) -> str:
        """The text as HTML of Telegram's kind."""
        return to_html(self.text, self.entities)

    @property
    def rows(self) -> list[list[dict[str, Any]]]:
        """The inline buttons, row by row."""
        return (self.reply_markup or {}).get("inline_keyboard") or []

    def as_telegram(self) -> dict[str, Any]:
        """The Bot API's `Message` object."""
        result: dict[str, Any] = {
            "message_id": self.message_id,
            "from": self.sender,
            "chat": self.chat,
            "date": self.date,
        }
        if self.edit_date is not None:
            result["edit_date"] = self.edit_date
        if self.reply_to is not None:
            result["reply_to_message"] = self.reply_to
        if self.media is not None:
            result.update(self.media)
        if self.text:
            captioned = self.media is not None
            result["caption" if captioned else "text"] = self.text
            if self.entities:
                result["caption_entities" if captioned else "entities"] = self.entities
        if self.reply_markup is not None and "inline_keyboard" in self.reply_markup:
            result["reply_markup"] = self.reply_markup
        if self.more is not None:
            result.update(self.more)
        return result

    def as_page(self) -> dict[str, Any]:
        """The message with what the page wants to know besides."""
        return self.as_telegram() | {
            "from_bot": self.from_bot,
            "deleted": self.deleted,
            "reaction": self.reaction,
            "asks_reply": bool((self.reply_markup or {}).get("force_reply")),
            "reply_keyboard": (self.reply_markup or {}).get("keyboard"),
        }


class Transcript:
    """The messages of one chat, with waiting for what comes."""

    def __init__(self, cap: int | None = None) -> None:
        """Keep the newest `cap` messages, or all."""
        self.messages: list[Message] = []
        self._by_id: dict[int, Message] = {}
        self._cap = cap
        self._next_id = 1
        self._changes = 0
        self._watchers: list[asyncio.Future[None]] = []

    @property
    def changes(self) -> int:
        """How often anything here changed so far."""
        return self._changes

    def next_id(self) -> int:
        self._next_id += 1
        return self._next_id - 1

    def add(self, message: Message) -> None:
        self.messages.append(message)
        self._by_id[message.message_id] = message
        self.touch(message)
        if self._cap is not None and len(self.messages) > self._cap * 2:
            for old in self.messages[: -self._cap]:
                del self._by_id[old.message_id]
            del self.messages[: -self._cap]

    def get(self, message_id: int) -> Message | None:
        """The message with this id, None when it never was or was deleted."""
        message = self._by_id.get(message_id)
        return None if message is None or message.deleted else message

    def find(self, message_id: int) -> Message | None:
        """The message with this id, even a deleted one."""
        return self._by_id.get(message_id)

    def touch(self, message: Message | None = None) -> None:
        """Mark a change, of a message or of something beside them, and wake who waits."""
        self._changes += 1
        if message is not None:
            message.changed_at = self._changes
        if self._watchers:
            watchers, self._watchers = self._watchers, []
            for watcher in watchers:
                if not watcher.done():
                    watcher.set_result(None)

    async def wait_for(self, look: Callable[[], Found | None], seconds: float) -> Found | None:
        """Look again after each change until `look` finds something; None when the seconds are over."""
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while (found := look()) is None:
            left = until - loop.time()
            if left <= 0:
                return None
            watcher = loop.create_future()
            self._watchers.append(watcher)
            await asyncio.wait([watcher], timeout=left)
        return found
