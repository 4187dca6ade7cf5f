"""The Bot API's methods that write, change and remove messages."""

from typing import TYPE_CHECKING, Any

from bot.sandbox import attachments
from bot.sandbox.chats import Chat
from bot.sandbox.files import MAX_UPLOAD_BYTES, StoredFile, picture_size
from bot.sandbox.keyboards import is_inline, judged
from bot.sandbox.markup import MAX_ENTITIES, Entity, detect, parse_html, trim, units
from bot.sandbox.parameters import Parameters
from bot.sandbox.people import CallbackAnswer, Onlooker
from bot.sandbox.refusals import NOT_MODIFIED, RefusedError, bad_request
from bot.sandbox.tally import GROUP_PACE
from bot.sandbox.transcript import Message

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox

MAX_TEXT_UNITS = 4096
MAX_CAPTION_UNITS = 1024
MAX_TOAST_CHARACTERS = 200
DELETABLE_SECONDS = 48 * 3600
REACTIONS = frozenset(
    "❤👍👎🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳🌚🌭💯🤣⚡🍌🏆💔🤨😐🍓🍾💋😈😴😭🤓👻👀🎃🙈😇😨🤝✍🤗🫡🎅🎄☃💅🤪🗿🆒💘🙉🦄😘💊🙊😎👾🤷😡"
)
_ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


def open_chat(sandbox: "Sandbox", p: Parameters) -> Chat:
    """The chat that a call names, when the bot may write there."""
    given = p.text("chat_id")
    if not given:
        raise bad_request("chat_id is empty")
    chat = sandbox.chats.get(p.integer("chat_id"))
    if chat is None:
        raise bad_request("chat not found")
    refusal = chat.refusal()
    if refusal is not None:
        raise refusal
    return chat


def formatted(p: Parameters, field: str, entities_field: str, limit: int) -> tuple[str, list[Entity]]:
    """The text of a call, trimmed, with the entities from markup or list and those Telegram finds itself."""
    text = p.text(field)
    mode = p.text("parse_mode").lower()
    if mode == "html":
        text, entities = parse_html(text)
    elif mode in {"", "none"}:
        entities = _given_entities(p.structure(entities_field, "entities"), text)
    elif mode in {"markdown", "markdownv2"}:
        raise RefusedError(400, "Bad Request: the sandbox parses HTML only; send HTML or entities")
    else:
        raise bad_request("unsupported parse_mode")
    text, entities = trim(text, entities)
    if units(text) > limit:
        raise bad_request("message is too long" if field == "text" else "message caption is too long")
    return text, (entities + detect(text, entities))[:MAX_ENTITIES]


def _given_entities(given: Any, text: str) -> list[Entity]:
    if given is None:
        return []
    if not isinstance(given, list):
        raise bad_request("expected an Array of MessageEntity")
    length = units(text)
    kept = []
    for entity in given:
        if not isinstance(entity, dict) or not isinstance(entity.get("type"), str):
            raise bad_request("can't parse MessageEntity: expected an Object")
        start, size = entity.get("offset"), entity.get("length")
        if type(start) is not int or type(size) is not int:
            raise bad_request('can\'t parse MessageEntity: Field "offset" must be of type Number')
        if start < 0 or size < 0 or start + size > length:
            raise bad_request("entity beyond the end of the text")
        if size:
            kept.append(entity)
    return kept


def _text(p: Parameters) -> tuple[str, list[Entity]]:
    if not p.text("text"):
        raise bad_request("message text is empty")
    text, entities = formatted(p, "text", "entities", MAX_TEXT_UNITS)
    if not text:
        raise bad_request("text must be non-empty")
    return text, entities


def _keyboard(p: Parameters) -> dict[str, Any] | None:
    return (
        judged(p.structure("reply_markup", "reply keyboard markup")) if "reply_markup" in p.values else None
    )


def _reply_to(chat: Chat, p: Parameters) -> dict[str, Any] | None:
    wanted = p.structure("reply_parameters", "reply parameters")
    if wanted is None and "reply_to_message_id" in p.values:
        wanted = {"message_id": p.integer("reply_to_message_id")}
        wanted["allow_sending_without_reply"] = p.boolean("allow_sending_without_reply")
    if wanted is None:
        return None
    if not isinstance(wanted, dict):
        raise bad_request("object expected as reply parameters")
    number = wanted.get("message_id")
    original = chat.get(number) if type(number) is int else None
    if original is None:
        if wanted.get("allow_sending_without_reply"):
            return None
        raise bad_request("message to be replied not found")
    shown = original.as_telegram()
    shown.pop("reply_to_message", None)
    return shown


def _send(sandbox: "Sandbox", chat: Chat, p: Parameters, **content: Any) -> dict[str, Any]:
    more = {"has_protected_content": True} if p.boolean("protect_content") else {}
    more |= chat.in_thread(p.integer("message_thread_id"))
    markup = _keyboard(p)
    message = chat.write(
        sandbox.bot_user, reply_markup=markup, reply_to=_reply_to(chat, p), more=more or None, **content
    )
    if sandbox.tally.count_send(chat.chat_id):
        sandbox.violate("group_pace", f"more than {GROUP_PACE} messages a minute to {chat.chat_id}")
    return message.as_telegram()


def send_message(sandbox: "Sandbox", p: Parameters) -> Any:
    """`sendMessage`."""
    text, entities = _text(p)
    return _send(sandbox, open_chat(sandbox, p), p, text=text, entities=entities)


def send_document(sandbox: "Sandbox", p: Parameters) -> Any:
    """`sendDocument`: an upload of up to 50 MB or a file that is known."""
    caption, entities = formatted(p, "caption", "caption_entities", MAX_CAPTION_UNITS)
    chat = open_chat(sandbox, p)
    name, content, mime, known = _upload(sandbox, p, "document")
    if known is not None:
        media: dict[str, Any] = {"document": known.as_telegram()}
        stored = known
    else:
        media, stored = attachments.document(sandbox.files, name, content, mime)
    return _send(sandbox, chat, p, media=media, document=stored, text=caption, entities=entities)


def send_photo(sandbox: "Sandbox", p: Parameters) -> Any:
    """`sendPhoto`: PNG, JPEG or GIF."""
    caption, entities = formatted(p, "caption", "caption_entities", MAX_CAPTION_UNITS)
    chat = open_chat(sandbox, p)
    _, content, mime, known = _upload(sandbox, p, "photo")
    if known is not None:
        content, mime = known.content, known.mime
    if picture_size(content) is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    media, stored = attachments.photo(sandbox.files, content, mime)
    return _send(sandbox, chat, p, media=media, document=stored, text=caption, entities=entities)


def _upload(sandbox: "Sandbox", p: Parameters, field: str) -> tuple[str, bytes, str, StoredFile | None]:
    """What a call sends: name, content and type of an upload, or a file that is known already."""
    given = p.text(field)
    upload = p.uploads.get(given.removeprefix("attach://") if given.startswith("attach://") else field)
    if upload is not None:
        if len(upload.content) > MAX_UPLOAD_BYTES:
            raise RefusedError(413, "Request Entity Too Large")
        if not upload.content:
            raise bad_request("file must be non-empty")
        return upload.name, upload.content, upload.mime, None
    if not given:
        raise bad_request(f"there is no {field} in the request")
    if given.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    known = sandbox.files.get(given)
    if known is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    return "", b"", "", known


def _to_edit(sandbox: "Sandbox", p: Parameters) -> tuple[Chat, Message]:
    if p.text("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    chat = open_chat(sandbox, p)
    if not p.text("message_id"):
        raise bad_request("message identifier is not specified")
    message = chat.get(p.integer("message_id"))
    if message is None:
        raise bad_request("message to edit not found")
    if not message.from_bot or not is_inline(message.reply_markup):
        raise bad_request("message can't be edited")
    return chat, message


def _edited(
    sandbox: "Sandbox",
    chat: Chat,
    message: Message,
    words: tuple[str, list[Entity]],
    markup: dict[str, Any] | None,
) -> dict[str, Any]:
    if not is_inline(markup):
        raise bad_request("inline keyboard expected")
    if (message.text, message.entities) == words and message.reply_markup == markup:
        raise bad_request(NOT_MODIFIED)
    if message.text != words[0]:
        message.earlier.append(message.text)
    if (message.text, message.entities) != words:
        message.edit_date = int(sandbox.clock.timestamp())
    message.text, message.entities = words
    message.reply_markup = markup
    chat.changed(message)
    return message.as_telegram()


def edit_message_text(sandbox: "Sandbox", p: Parameters) -> Any:
    """`editMessageText`, for messages of words only."""
    words = _text(p)
    chat, message = _to_edit(sandbox, p)
    if message.media is not None:
        raise bad_request("there is no text in the message to edit")
    return _edited(sandbox, chat, message, words, _keyboard(p))


def edit_message_caption(sandbox: "Sandbox", p: Parameters) -> Any:
    """`editMessageCaption`, for messages with a file."""
    words = formatted(p, "caption", "caption_entities", MAX_CAPTION_UNITS)
    chat, message = _to_edit(sandbox, p)
    if message.media is None:
        raise bad_request("there is no caption in the message to edit")
    return _edited(sandbox, chat, message, words, _keyboard(p))


def edit_message_reply_markup(sandbox: "Sandbox", p: Parameters) -> Any:
    """`editMessageReplyMarkup`."""
    chat, message = _to_edit(sandbox, p)
    return _edited(sandbox, chat, message, (message.text, message.entities), _keyboard(p))


def delete_message(sandbox: "Sandbox", p: Parameters) -> Any:
    """`deleteMessage`, within 48 hours."""
    chat = open_chat(sandbox, p)
    message = chat.get(p.integer("message_id"))
    if message is None:
        raise bad_request("message to delete not found")
    if sandbox.clock.timestamp() - message.date > DELETABLE_SECONDS:
        raise bad_request("message can't be deleted for everyone")
    message.deleted = True
    chat.changed(message)
    return True


def answer_callback_query(sandbox: "Sandbox", p: Parameters) -> Any:
    """`answerCallbackQuery`, once and in time."""
    text = p.text("text")
    if len(text) > MAX_TOAST_CHARACTERS:
        raise bad_request("MESSAGE_TOO_LONG")
    callback_id = p.text("callback_query_id")
    sandbox.callbacks.answer(CallbackAnswer(callback_id, text, p.boolean("show_alert"), p.text("url")))
    return True


def send_chat_action(sandbox: "Sandbox", p: Parameters) -> Any:
    """`sendChatAction`."""
    chat = open_chat(sandbox, p)
    if p.text("action") not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    content = {"chat_id": chat.chat_id, "action": p.text("action")}
    sandbox.journal.add("action", lambda: content)
    return True


def set_message_reaction(sandbox: "Sandbox", p: Parameters) -> Any:
    """`setMessageReaction`: one emoji of Telegram's own set, or none."""
    chat = open_chat(sandbox, p)
    message = chat.get(p.integer("message_id"))
    if message is None:
        raise bad_request("message to react not found")
    reactions = p.structure("reaction", "reaction types") or []
    if not isinstance(reactions, list) or not all(isinstance(r, dict) for r in reactions):
        raise bad_request("expected an Array of ReactionType")
    if len(reactions) > 1 or any(str(r.get("emoji")) not in REACTIONS for r in reactions):
        raise bad_request("REACTION_INVALID")
    message.reaction = reactions[0]["emoji"] if reactions else None
    chat.changed(message)
    return True


def create_forum_topic(sandbox: "Sandbox", p: Parameters) -> Any:
    """`createForumTopic`, by an administrator who may manage topics."""
    return open_chat(sandbox, p).create_topic(p.text("name"))


def leave_chat(sandbox: "Sandbox", p: Parameters) -> Any:
    """`leaveChat`, for groups."""
    chat = open_chat(sandbox, p)
    if isinstance(chat, Onlooker):
        raise bad_request("chat member status can't be changed in private chats")
    chat.leave()
    return True
