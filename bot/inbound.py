"""A Telegram update, as it comes, read into what a person did; reading never fails."""

import re
from typing import Any, Final, Literal, TypeGuard

from bot import slashes
from workflows.immutable import Immutable
from workflows.notices import ExplainCode

Raw = dict[str, Any]

_NAME_LIMIT: Final = 64
_UNFIT: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_NOT_IN_NAMES: Final = re.compile(
    "[\u061c\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff\ufffd]"
)
_ADDRESSED: Final = re.compile(r"/[A-Za-z0-9_]{1,32}@(\w{1,32})")
_ENDS: Final = re.compile(r"\r\n?")
_KINDS: Final[tuple[tuple[str, ExplainCode], ...]] = (
    ("photo", "photo"),
    ("animation", "video"),  # an animation carries a document beside it
    ("document", "document"),
    ("video_note", "video"),
    ("video", "video"),
    ("voice", "voice"),
    ("audio", "voice"),
    ("sticker", "sticker"),
    ("venue", "location"),
    ("location", "location"),
    ("contact", "contact"),
    ("poll", "poll"),
)
_SERVICES: Final = frozenset(
    {
        "pinned_message",
        "message_auto_delete_timer_changed",
        "chat_background_set",
        "write_access_allowed",
        "connected_website",
        "proximity_alert_triggered",
        "boost_added",
    }
)
"""What the lines carry that Telegram itself writes into a private chat; nobody has said anything by them."""


class Typed(Immutable):
    """A text; `cleaned` says that characters nobody can store were replaced.

    `reply_to` is the message that it quotes, `quotes_bot` whether that is one of a bot and not the person's own.
    """

    text: str
    message_id: int
    reply_to: int | None = None
    edited: bool = False
    forwarded: bool = False
    cleaned: bool = False
    quotes_bot: bool = False


class Tapped(Immutable):
    """A press on a button; nothing in `data` is trusted. No message id: the message is not from a chat."""

    callback_id: str
    data: str
    message_id: int | None


class Commanded(Immutable):
    """A slash command without its slash, in small letters, with what follows it; `then` are others that follow it."""

    name: str
    argument: str
    message_id: int
    then: tuple[str, ...] = ()


class Carried(Immutable):
    """A file in a message, as Telegram describes it; `size` is 0 where it does not say."""

    file_id: str
    name: str
    size: int
    media_type: str = ""


class Attached(Immutable):
    """Something that is not a text; messages of one `album` come one by one.

    `file` is there for documents and pictures; `edits_document` where the message of a document was edited.
    """

    kind: ExplainCode
    message_id: int
    album: str | None = None
    caption: str = ""
    forwarded: bool = False
    file: Carried | None = None
    reply_to: int | None = None
    edits_document: bool = False


class Blocked(Immutable):
    """The person has stopped the bot."""


class Unblocked(Immutable):
    """The person has let the bot in again."""


class Elsewhere(Immutable):
    """Something in a group or channel, which is never an answer of a review.

    `said` is what was written or pressed there by a person; `topic` the number of the topic (0: none), `is_forum`
    whether the group has any. `keys` are the data of the keys under a message of a bot that was replied to, None where
    none was. `addressed` names the bot that a command is for, "" for whichever. `moved` are a group's former and new
    id.
    """

    event: Literal["message", "pressed", "added", "changed", "removed", "moved"]
    said: "Typed | Tapped | Commanded | Attached | None" = None
    topic: int = 0
    is_forum: bool = False
    keys: tuple[str, ...] | None = None
    addressed: str = ""
    moved: tuple[int, int] | None = None


class Serviced(Immutable):
    """A line that Telegram writes into the chat by itself, since somebody pinned a message there, say."""


class Unknown(Immutable):
    """Nothing that can be read; `reason` names the place, never the content."""

    reason: str


Did = Typed | Tapped | Commanded | Attached | Blocked | Unblocked | Elsewhere | Serviced | Unknown


class Incoming(Immutable):
    """Who did what where. `user_id` and `chat_id` are 0 where the update names nobody."""

    update_id: int
    user_id: int
    chat_id: int
    private: bool
    name: str
    language_code: str
    did: Did
    callback_id: str | None = None


class _Unreadable(Exception):
    """A place in the update that is missing or of another kind than Telegram promises."""


def read(raw: Raw) -> Incoming:
    """What an update says. Never raises: what cannot be read is Unknown, with the place that failed."""
    given = raw.get("update_id")
    number = given if _is_whole(given) else 0
    try:
        return _read(raw, number)
    except _Unreadable as place:
        return _unknown(raw, number, str(place))
    except Exception as error:  # noqa: BLE001 - a poisonous update must end as a value
        return _unknown(raw, number, type(error).__name__)


def _read(raw: Raw, update_id: int) -> Incoming:
    if "message" in raw:
        return _from_message(update_id, _object(raw, "message"), edited=False)
    if "edited_message" in raw:
        return _from_message(update_id, _object(raw, "edited_message"), edited=True)
    if "callback_query" in raw:
        return _from_press(update_id, _object(raw, "callback_query"))
    if "my_chat_member" in raw:
        return _from_membership(update_id, _object(raw, "my_chat_member"))
    raise _Unreadable("kind of update")


def _from_message(update_id: int, message: Raw, *, edited: bool) -> Incoming:
    chat = _object(message, "chat")
    if chat.get("type") != "private":
        sender = message.get("from")
        did: Did = _said_elsewhere(message, chat, edited=edited)
        return _incoming(update_id, sender if isinstance(sender, dict) else {}, chat, did)
    did = Serviced() if _SERVICES & message.keys() else _said(message, edited=edited)
    return _incoming(update_id, _object(message, "from"), chat, did)


def _said(message: Raw, *, edited: bool) -> Typed | Commanded | Attached:
    message_id = _whole(message, "message_id")
    forwarded = "forward_origin" in message or "forward_date" in message
    if "text" not in message:
        return _attached(message, message_id, edited=edited, forwarded=forwarded)
    text, cleaned = clean(_text(message, "text"))
    if not (edited or forwarded) and (found := slashes.read(text)):
        return Commanded(found.name, found.argument, message_id, found.then)
    quoted = _reply_to(message)
    quotes_bot = quoted is not None and _is_of_bot(message["reply_to_message"])
    return Typed(text, message_id, quoted, edited, forwarded, cleaned, quotes_bot)


def _attached(message: Raw, message_id: int, *, edited: bool, forwarded: bool) -> Attached:
    found: ExplainCode = next((kind for field, kind in _KINDS if field in message), "other_kind")
    caption, _ = clean(_text(message, "caption") if "caption" in message else "")
    album = str(message["media_group_id"]) if "media_group_id" in message else None
    kind: ExplainCode = "edit_not_text" if edited else found
    carried = _carried(message) if kind in ("photo", "document") else None
    edits_document = edited and "document" in message
    return Attached(kind, message_id, album, caption, forwarded, carried, _reply_to(message), edits_document)


def _carried(message: Raw) -> Carried | None:
    """The file of a document, or of a picture in its largest size."""
    document, sizes = message.get("document"), message.get("photo")
    if isinstance(sizes, list) and sizes:
        largest = max((size for size in sizes if isinstance(size, dict)), key=_pixels, default={})
        return _file(largest, "photo.jpg", "image/jpeg")
    return _file(document, "file", "") if isinstance(document, dict) else None


def _pixels(size: Raw) -> int:
    width, height = size.get("width"), size.get("height")
    return width * height if _is_whole(width) and _is_whole(height) else 0


def _file(shape: Raw, name: str, media_type: str) -> Carried | None:
    number, given, size = shape.get("file_id"), shape.get("file_name"), shape.get("file_size")
    if not isinstance(number, str) or not number:
        return None
    told = shape.get("mime_type")
    return Carried(
        number,
        clean(given)[0] if isinstance(given, str) and given else name,
        size if _is_whole(size) and size > 0 else 0,
        clean(told)[0][:100] if isinstance(told, str) else media_type,
    )


def _reply_to(message: Raw) -> int | None:
    reply = message.get("reply_to_message")
    number = reply.get("message_id") if isinstance(reply, dict) else None
    return number if _is_whole(number) else None


def _is_of_bot(message: Raw) -> bool:
    author = message.get("from")
    return isinstance(author, dict) and author.get("is_bot") is True


def _from_press(update_id: int, query: Raw) -> Incoming:
    person = _object(query, "from")
    callback_id = _text(query, "id")
    message = query.get("message")
    chat = (
        _object(message, "chat") if isinstance(message, dict) else {"id": person.get("id"), "type": "private"}
    )
    if chat.get("type") != "private":
        did: Did = Elsewhere("pressed", _tapped(query, callback_id))
        return _incoming(update_id, person, chat, did, callback_id)
    return _incoming(update_id, person, chat, _tapped(query, callback_id), callback_id)


def _tapped(query: Raw, callback_id: str) -> Tapped:
    message = query.get("message")
    message_id = _whole(message, "message_id") if isinstance(message, dict) else None
    data, _ = clean(_text(query, "data") if "data" in query else "")
    return Tapped(callback_id, data, message_id)


def _from_membership(update_id: int, change: Raw) -> Incoming:
    chat = _object(change, "chat")
    status = _text(_object(change, "new_chat_member"), "status")
    away = status in {"kicked", "left"}
    did: Did
    if chat.get("type") == "private":
        did = Blocked() if away else Unblocked()
    else:
        was = change.get("old_chat_member")
        was_in = isinstance(was, dict) and was.get("status") in {"member", "administrator", "restricted"}
        did = Elsewhere("removed" if away else "changed" if was_in else "added")
    return _incoming(update_id, _object(change, "from"), chat, did)


# --- groups --------------------------------------------------------------------------------------------------


def _said_elsewhere(message: Raw, chat: Raw, *, edited: bool) -> Elsewhere:
    """What somebody said in a group; service messages say nothing, and bots are no persons."""
    here = _whole(chat, "id")
    for field in ("migrate_to_chat_id", "migrate_from_chat_id"):
        other = message.get(field)
        if _is_whole(other):
            return Elsewhere("moved", moved=(here, other) if field == "migrate_to_chat_id" else (other, here))
    sender = message.get("from")
    is_person = isinstance(sender, dict) and not sender.get("is_bot") and "sender_chat" not in message
    found = any(field in message for field in ("text", *(field for field, _ in _KINDS)))
    said = _said(message, edited=edited) if is_person and found else None
    topic = message.get("message_thread_id") if message.get("is_topic_message") else 0
    addressed = _ADDRESSED.match(_text(message, "text")) if isinstance(said, Commanded) else None
    return Elsewhere(
        "message",
        said,
        topic if _is_whole(topic) else 0,
        chat.get("is_forum") is True,
        _keys_replied_to(message),
        addressed[1].lower() if addressed else "",
    )


def _keys_replied_to(message: Raw) -> tuple[str, ...] | None:
    """The data of the keys under the bot's message that is replied to; the opening of a topic is no such message."""
    reply = message.get("reply_to_message")
    if not isinstance(reply, dict) or "forum_topic_created" in reply:
        return None
    if not _is_of_bot(reply):
        return None
    markup = reply.get("reply_markup")
    rows = markup.get("inline_keyboard") if isinstance(markup, dict) else None
    found = [key for row in rows or [] if isinstance(row, list) for key in row if isinstance(key, dict)]
    return tuple(key["callback_data"] for key in found if isinstance(key.get("callback_data"), str))


def _incoming(update_id: int, person: Raw, chat: Raw, did: Did, callback_id: str | None = None) -> Incoming:
    private = chat.get("type") == "private"
    language = person.get("language_code")
    return Incoming(
        update_id=update_id,
        user_id=_whole(person, "id") if private or "id" in person else 0,
        chat_id=_whole(chat, "id"),
        private=private,
        name=display_name(person),
        language_code=clean(language)[0][:16] if isinstance(language, str) else "",
        did=did,
        callback_id=callback_id,
    )


def _unknown(raw: Raw, update_id: int, reason: str) -> Incoming:
    query = raw.get("callback_query")
    pressed = query.get("id") if isinstance(query, dict) else None
    return Incoming(
        update_id=update_id,
        user_id=0,
        chat_id=0,
        private=False,
        name="",
        language_code="",
        did=Unknown(reason),
        callback_id=pressed if isinstance(pressed, str) else None,
    )


# --- cleaning at the door ------------------------------------------------------------------------------------


def clean(text: str) -> tuple[str, bool]:
    """The text with U+FFFD for what no store or document can hold, and whether there was any.

    Controls other than newline and tab, lone surrogates and non-characters go; bidi controls are content and stay.
    """
    text = _ENDS.sub("\n", text)
    fit, replaced = _UNFIT.subn("�", text)
    return fit, replaced > 0


def display_name(person: Raw) -> str:
    """First and last name on one line, without controls of any kind, at most 64 characters."""
    given = [part for part in (person.get("first_name"), person.get("last_name")) if isinstance(part, str)]
    visible = _NOT_IN_NAMES.sub("", _UNFIT.sub("", " ".join(given)))
    return " ".join(visible.split())[:_NAME_LIMIT].rstrip()


def _is_whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < 2**63


def _whole(values: Raw, field: str) -> int:
    value = values.get(field)
    if not _is_whole(value):
        raise _Unreadable(field)
    return value


def _text(values: Raw, field: str) -> str:
    value = values.get(field)
    if not isinstance(value, str):
        raise _Unreadable(field)
    return value


def _object(values: Raw, field: str) -> Raw:
    value = values.get(field)
    if not isinstance(value, dict):
        raise _Unreadable(field)
    return value
