"""The files that people and the bot have sent."""

import hashlib
import struct
from dataclasses import dataclass
from typing import Any

MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024
_JPEG_FRAMES = set(range(0xFFC0, 0xFFD0)) - {0xFFC4, 0xFFC8, 0xFFCC}
MAX_UPLOAD_BYTES = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file; `size` in bytes may be claimed larger than the content that is kept."""

    file_id: str
    unique_id: str
    name: str
    mime: str
    content: bytes
    size: int
    path: str

    def as_telegram(self) -> dict[str, Any]:
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_name": self.name,
            "mime_type": self.mime,
            "file_size": self.size,
        }


class Files:
    """Keep files and find them by id or path."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def keep(self, name: str, content: bytes, mime: str, folder: str, size: int | None = None) -> StoredFile:
        """Store a file; its path does not keep the sender's name, as at Telegram."""
        number = len(self._by_id) + 1
        digest = hashlib.sha256(content).hexdigest()
        ending = name.rpartition(".")[2][:8] if "." in name else ""
        ending = f".{ending}" if ending.isascii() and ending.isalnum() else ""
        stored = StoredFile(
            file_id=f"BQACAgQAAxkBAAI{number:06d}{digest[:24]}",
            unique_id=f"AgAD{digest[:12]}",
            name=name,
            mime=mime,
            content=content,
            size=len(content) if size is None else size,
            path=f"{folder}/file_{number}{ending}",
        )
        self._by_id[stored.file_id] = stored
        self._by_path[stored.path] = stored
        return stored

    def get(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        return self._by_path.get(path)


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, GIF or JPEG in pixels; None when it is none of these."""
    try:
        if content.startswith(b"\x89PNG\r\n\x1a\n"):
            width, height = struct.unpack_from(">II", content, 16)
        elif content.startswith((b"GIF87a", b"GIF89a")):
            width, height = struct.unpack_from("<HH", content, 6)
        elif content.startswith(b"\xff\xd8"):
            width, height = _jpeg_size(content)
        else:
            return None
    except struct.error:
        return None
    return width, height


def _jpeg_size(content: bytes) -> tuple[int, int]:
    """Walk from marker to marker to the one that begins a frame; raise struct.error when there is none."""
    at = len(b"\xff\xd8")
    while True:
        marker, length = struct.unpack_from(">HH", content, at)
        if marker in _JPEG_FRAMES:
            height, width = struct.unpack_from(">HH", content, at + 5)
            return width, height
        at += 2 + length
