"""The files that people and the bot have sent."""

import hashlib
import struct
from dataclasses import dataclass
from typing import Any

MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024
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
    if content[:8] == b"\x89PNG\r\n\x1a\n" and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    if content[:6] in {b"GIF87a", b"GIF89a"} and len(content) >= 10:
        width, height = struct.unpack("<HH", content[6:10])
        return width, height
    return _jpeg_size(content) if content[:2] == b"\xff\xd8" else None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + int(struct.unpack(">H", content[at + 2 : at + 4])[0])
    return None
