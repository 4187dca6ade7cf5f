"""The requests to Telegram that a message takes: text, document or picture, and how each is sent."""

import html
import re
from typing import Any, Final

from msgspec.structs import replace

from bot.render.messages import Message
from workflows.immutable import Immutable
from workflows.review.parts import units

CAPTION: Final = 1024
"""How many UTF-16 units Telegram takes below a picture."""
_UPLOAD: Final = "attach://document"
"""Where Telegram finds the bytes that come with a request."""
_TAG: Final = re.compile(r"<[^>]+>")
_MARKUP: Final = {"parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}


class Piece(Immutable):
    """One request to Telegram: a part of a message, or its document or picture."""

    method: str
    params: dict[str, Any]
    document: tuple[str, bytes] | None = None


def pieces_of(chat_id: int, message: Message, edits: int | None = None) -> list[Piece]:
    """The requests that a message takes: an edit where a card is redrawn, the keyboard under the last part."""
    texts = [str(message.text), *(str(part) for part in message.more)]
    pieces = [Piece("sendMessage", {"chat_id": chat_id, "text": text, **_MARKUP}) for text in texts]
    if message.document is not None:
        params = {"chat_id": chat_id, "caption": texts[0], "parse_mode": "HTML"}
        pieces[0] = Piece("sendDocument", params, (message.document.name, message.document.content))
    elif message.photo is not None:
        pieces = _with_photo(chat_id, message, pieces)
    elif edits is not None:
        pieces[0] = Piece("editMessageText", {**pieces[0].params, "message_id": edits})
    if message.keyboard:
        pieces[-1].params["reply_markup"] = _keyboard(message)
    return pieces


def _with_photo(chat_id: int, message: Message, pieces: list[Piece]) -> list[Piece]:
    """The picture with the text as its caption, or before the text where that is too long for one."""
    photo = message.photo
    if photo is None:
        return pieces
    upload = (photo.name, photo.values.drawn().png)
    params: dict[str, Any] = {"chat_id": chat_id, "photo": _UPLOAD}
    if len(pieces) > 1 or units(html.unescape(_TAG.sub("", message.text))) > CAPTION:
        return [Piece("sendPhoto", params, upload), *pieces]
    return [Piece("sendPhoto", {**params, "caption": str(message.text), "parse_mode": "HTML"}, upload)]


def _keyboard(message: Message) -> dict[str, Any]:
    rows = [[{"text": key.label, "callback_data": key.data} for key in row] for row in message.keyboard]
    return {"inline_keyboard": rows}


def plain(piece: Piece) -> Piece:
    """The same words without markup, for when Telegram cannot read ours."""
    params = {name: value for name, value in piece.params.items() if name != "parse_mode"}
    for name in ("text", "caption"):
        if name in params:
            params[name] = html.unescape(_TAG.sub("", params[name]))
    return replace(piece, params=params)
