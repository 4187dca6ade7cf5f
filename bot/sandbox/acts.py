"""Everything a simulated person can do in the chat; each act queues what Telegram would send the bot."""

from collections.abc import Sequence
from typing import Any

import orjson

from bot.sandbox import attachments
from bot.sandbox.chats import Group
from bot.sandbox.markup import detect, units
from bot.sandbox.people import Onlooker
from bot.sandbox.transcript import Message

MAX_TEXT_UNITS = 4096


class Person(Onlooker):
    """A person in a private chat who writes, presses and sends; the acts return at once, `sees` waits for the bot."""

    def starts(self, payload: str | None = None) -> Message:
        """Press Start, with the payload of a deep link or none."""
        if self.blocked:
            self.unblocks()
        return self.says(f"/start {payload}" if payload else "/start")[0]

    def says(self, text: str, reply_to: int | None = None) -> list[Message]:
        """Write a text; one over 4,096 UTF-16 units goes as several messages, as clients send it."""
        return [self._writes(text=part, entities=detect(part), reply_to=reply_to) for part in split(text)]

    def edits(self, message_id: int, text: str) -> Message:
        """Change an own message; raise LookupError when there is no such message."""
        message = self.get(message_id)
        if message is None or message.from_bot:
            raise LookupError(f"{self.name} has no own message {message_id} to edit.")
        self._act()
        message.earlier.append(message.text)
        message.text, message.entities = text, detect(text)
        message.edit_date = int(self.sandbox.clock.timestamp())
        self.changed(message)
        self.queue("edited_message", message.as_telegram())
        return message

    def presses(self, message_id: int, button: str) -> str:
        """Press the button with this label or data under a message; return the callback's id.

        Raise LookupError when the message shows no such button.
        """
        shown = [b for row in self.keyboard(message_id) for b in row]
        for label, data in shown:
            if button in {data, label}:
                return self.forges(message_id, data)
        raise LookupError(f"Message {message_id} shows no button {button!r}, but {shown}.")

    def taps(self, button: str) -> str:
        """Press the button with this label or data on the newest message that shows it."""
        for message in reversed(self.messages):
            shown = [b for row in self.keyboard(message.message_id) for b in row]
            if any(button in {label, data} for label, data in shown):
                return self.presses(message.message_id, button)
        raise LookupError(f"{self.name} sees no button {button!r}. {self._recently()}")

    def forges(self, message_id: int, data: str) -> str:
        """Send any callback data for a message, as a stale or a manipulated client does; return the callback's id."""
        message = self.find(message_id)
        if message is None:
            raise LookupError(f"{self.name} has no message {message_id}.")
        self._act()
        callback_id = self.sandbox.callbacks.open(self, message_id)
        shown: dict[str, Any] = message.as_telegram()
        if message.deleted:
            shown = {"chat": self.description, "message_id": message_id, "date": 0}
        query = {
            "id": callback_id,
            "from": self.user,
            "message": shown,
            "chat_instance": str(self.user_id * 7919),
            "data": data,
        }
        life = self.sandbox.settings.callback_life_seconds
        self.queue("callback_query", query, ("callback", self.user_id), life)
        return callback_id

    def sends_document(
        self, name: str, content: bytes, mime: str = "", caption: str = "", size: int | None = None
    ) -> Message:
        """Send a document; `size` in bytes claims a larger file than the content."""
        media, stored = attachments.document(self.sandbox.files, name, content, mime, size)
        return self._writes(media=media, document=stored, text=caption, entities=detect(caption))

    def sends_photo(self, content: bytes, caption: str = "", mime: str = "image/jpeg") -> Message:
        media, stored = attachments.photo(self.sandbox.files, content, mime)
        return self._writes(media=media, document=stored, text=caption, entities=detect(caption))

    def sends_voice(self, content: bytes = b"OggS", seconds: int = 3) -> Message:
        media, stored = attachments.voice(self.sandbox.files, content, seconds)
        return self._writes(media=media, document=stored)

    def sends_sticker(self, emoji: str = "👍") -> Message:
        media, stored = attachments.sticker(self.sandbox.files, emoji)
        return self._writes(media=media, document=stored)

    def sends_location(self, latitude: float = 30.0444, longitude: float = 31.2357) -> Message:
        return self._writes(media=attachments.location(latitude, longitude))

    def sends_contact(self, phone: str = "+9610000000", *, own: bool = True, name: str = "") -> Message:
        """Send a contact card, the own one or somebody else's."""
        user_id = self.user_id if own else None
        return self._writes(media=attachments.contact(phone, name or self.user["first_name"], user_id))

    def sends_poll(self, question: str, options: list[str]) -> Message:
        return self._writes(media=attachments.poll(question, options, f"{self.user_id}{self.changes}"))

    def forwards(self, text: str, origin: str = "Somebody Else") -> Message:
        """Forward the text of another person, whose account stays hidden."""
        hidden = {
            "type": "hidden_user",
            "sender_user_name": origin,
            "date": int(self.sandbox.clock.timestamp()),
        }
        return self._writes(text=text, entities=detect(text), more={"forward_origin": hidden})

    def sends_album(
        self, count: int, caption: str = "", ending: str = "txt", contents: Sequence[bytes] = ()
    ) -> list[Message]:
        """Send several documents, whose names end so, as one album: several updates that share an id."""
        group = {"media_group_id": str(self.sandbox.updates.next_id * 1_000_003)}
        album = []
        for number in range(1, count + 1):
            content = contents[number - 1] if contents else b"%d" % number
            media, stored = attachments.document(self.sandbox.files, f"album-{number}.{ending}", content)
            text = caption if number == 1 else ""
            album.append(self._writes(media=media, document=stored, text=text, more=group))
        return album

    def blocks(self) -> None:
        """Block the bot."""
        self._act()
        self.blocked = True
        self._membership("member", "kicked")

    def unblocks(self) -> None:
        self._act()
        self.blocked = False
        self._membership("kicked", "member")

    def deletes_account(self) -> None:
        self._act()
        self.deactivated = True
        self.sandbox.tell_person(self)

    def renames(
        self, name: str | None = None, *, username: str | None = None, language_code: str | None = None
    ) -> None:
        """Change name, user name or language from the next message on."""
        self.name = name or self.name
        self.username = username or self.username
        self.language_code = language_code or self.language_code
        self.describe()
        self.sandbox.tell_person(self)

    def says_in_group(self, text: str, group: Group | None = None) -> Message:
        """Write into a group that the bot is in."""
        self._act()
        group = group or self.sandbox.group()
        message = group.write(self.user, text=text, entities=detect(text))
        group.queue("message", message.as_telegram())
        return message

    def raw_update(self, update: dict[str, Any]) -> dict[str, Any]:
        """Queue any JSON object as an update, numbered unless it has a whole `update_id`; return it.

        Raise TypeError for what JSON cannot say.
        """
        orjson.dumps(update)
        self._act()
        return self.sandbox.updates.add_raw(update, ("chat", self.user_id))

    def duplicate(self, update: dict[str, Any] | None = None) -> dict[str, Any]:
        """Deliver an update once more under its own number, this person's last one when none is given."""
        if update is None:
            return self.replays(1)[0]
        lane = next((lane for known, lane in self._recent if known == update), ("chat", self.user_id))
        self.sandbox.updates.add_again(update, lane)
        return update

    def replays(self, count: int = 1) -> list[dict[str, Any]]:
        """Deliver this person's last `count` updates once more, in their order."""
        again = list(self._recent)[-count:]
        for update, lane in again:
            self.sandbox.updates.add_again(update, lane)
        return [update for update, _ in again]

    def _act(self) -> None:
        if self.deactivated:
            raise RuntimeError(f"{self.name} has deleted the account and can do nothing more.")
        self._mark = self.changes

    def _writes(self, reply_to: int | None = None, **content: Any) -> Message:
        self._act()
        if self.blocked:
            raise RuntimeError(f"{self.name} has blocked the bot; unblock it first, as the app demands.")
        if not self.started:
            self.started = True
            self.sandbox.tell_person(self)
        original = None if reply_to is None else self.get(reply_to)
        if original is not None:
            content["reply_to"] = original.as_telegram()
            content["reply_to"].pop("reply_to_message", None)
        message = self.write(self.user, **content)
        self.queue("message", message.as_telegram())
        return message

    def _membership(self, before: str, after: str) -> None:
        bot = self.sandbox.bot_user

        def member(status: str) -> dict[str, Any]:
            return {"user": bot, "status": status} | ({"until_date": 0} if status == "kicked" else {})

        change = {
            "chat": self.description,
            "from": self.user,
            "date": int(self.sandbox.clock.timestamp()),
            "old_chat_member": member(before),
            "new_chat_member": member(after),
        }
        self.queue("my_chat_member", change, ("member", self.user_id))
        self.sandbox.tell_person(self)


def split(text: str, limit: int = MAX_TEXT_UNITS) -> list[str]:
    """Cut a text into messages of at most `limit` UTF-16 units, at a line or a word where one is near."""
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    parts = []
    while units(text) > limit:
        end = limit
        while units(text[:end]) > limit:
            end -= max(1, (units(text[:end]) - limit) // 2)
        near = max(text.rfind("\n", end * 3 // 4, end), -1)
        near = near if near > 0 else text.rfind(" ", end * 3 // 4, end)
        end = near if near > 0 else end
        parts.append(text[:end].strip())
        text = text[end:].lstrip()
    return [part for part in (*parts, text.strip()) if part]
