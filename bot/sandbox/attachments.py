"""The bodies of messages that are no plain text, as Telegram describes them."""

import mimetypes
from typing import Any

from bot.sandbox.files import Files, StoredFile, picture_size

Media = dict[str, Any]


def document(
    files: Files, name: str, content: bytes, mime: str = "", size: int | None = None
) -> tuple[Media, StoredFile]:
    """A document; `size` in bytes claims more than the content has."""
    mime = mime or mimetypes.guess_type(name)[0] or "application/octet-stream"
    stored = files.keep(name, content, mime, "documents", size)
    return {"document": stored.as_telegram()}, stored


def photo(files: Files, content: bytes, mime: str = "image/jpeg") -> tuple[Media, StoredFile]:
    """A photo in one size."""
    stored = files.keep("photo.jpg", content, mime, "photos")
    width, height = picture_size(content) or (640, 480)
    size = {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_size": stored.size,
        "width": width,
        "height": height,
    }
    return {"photo": [size]}, stored


def voice(files: Files, content: bytes, seconds: int) -> tuple[Media, StoredFile]:
    """A voice note of this duration."""
    stored = files.keep("voice.oga", content, "audio/ogg", "voice")
    shape = stored.as_telegram()
    del shape["file_name"]
    return {"voice": shape | {"duration": seconds}}, stored


def sticker(files: Files, emoji: str) -> tuple[Media, StoredFile]:
    """A sticker that shows this emoji."""
    stored = files.keep("sticker.webp", emoji.encode(), "image/webp", "stickers")
    shape = {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_size": stored.size,
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
        "emoji": emoji,
        "set_name": "Sandbox",
    }
    return {"sticker": shape}, stored


def location(latitude: float, longitude: float) -> Media:
    """A place, in degrees."""
    return {"location": {"latitude": latitude, "longitude": longitude}}


def contact(phone: str, first_name: str, user_id: int | None) -> Media:
    """A contact card; `user_id` only when the contact has a Telegram account."""
    card: Media = {"phone_number": phone, "first_name": first_name}
    return {"contact": card | ({"user_id": user_id} if user_id else {})}


def poll(question: str, options: list[str], poll_id: str) -> Media:
    """A regular, anonymous poll that nobody has voted in."""
    return {
        "poll": {
            "id": poll_id,
            "question": question,
            "options": [
                {"persistent_id": f"{number}", "text": option, "voter_count": 0}
                for number, option in enumerate(options)
            ],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": False,
            "members_only": False,
        }
    }
