"""A sealed stream: a file in chunks that opens only whole, in order and with its key (AES-256-GCM, STREAM).

    head   "rafiq backup" and 0x00 0x01 (14 bytes), the key's id (4), a random salt (32)
    chunk  64 KiB of content and a tag of 16 bytes; the last one may be shorter, and may hold nothing

Each file has a key of its own: HKDF-SHA256 of the backup key with the salt and the head. A chunk's nonce is its number
(11 bytes, big-endian) and one byte that is 1 for the last chunk: what is cut off, put elsewhere or added is refused.
"""

import hashlib
import os
from collections.abc import Iterator
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from workflows.store.values import StoreRefused

MAGIC: Final = b"rafiq backup\x00\x01"
CHUNK: Final = 2**16
_ID_BYTES: Final = 4
_SALT_BYTES: Final = 32
HEAD: Final = len(MAGIC) + _ID_BYTES + _SALT_BYTES
_TAG: Final = 16


class SealedWriter:
    """Seals what is written into a file that is open for writing; `close` seals the last chunk, the file stays open."""

    def __init__(self, file: BinaryIO, key: bytes) -> None:
        head = MAGIC + _id_of(key) + os.urandom(_SALT_BYTES)
        self._file = file
        self._cipher = _cipher(key, head)
        self._rest = bytearray()
        self._number = 0
        file.write(head)

    def write(self, content: bytes) -> None:
        """Seal what makes whole chunks, keep the rest for the next ones."""
        self._rest += content
        # The last chunk is not known yet, so one that is just full waits as well.
        while len(self._rest) > CHUNK:
            self._seal(bytes(self._rest[:CHUNK]), last=False)
            del self._rest[:CHUNK]

    def close(self) -> None:
        """Seal the last chunk."""
        self._seal(bytes(self._rest), last=True)
        self._rest.clear()

    def _seal(self, content: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._number, last=last), content, None))
        self._number += 1


def opened_chunks(file: BinaryIO, key: bytes, name: str) -> Iterator[bytes]:
    """The content of a sealed file, chunk by chunk; raises StoreRefused under this name.

    Believe nothing of it before the iterator has ended: only then is it known that nothing was cut off.
    """
    cipher = _cipher_of(file.read(HEAD), key, name)
    number, sealed = 0, file.read(CHUNK + _TAG)
    while True:
        following = file.read(CHUNK + _TAG)
        try:
            yield cipher.decrypt(_nonce(number, last=not following), sealed, None)
        except (InvalidTag, ValueError):
            raise StoreRefused(
                f"{name} is damaged or was cut off (at chunk {number}).", "Take an earlier backup."
            ) from None
        if not following:
            return
        number, sealed = number + 1, following


def _cipher_of(head: bytes, key: bytes, name: str) -> AESGCM:
    """What opens a file with this head; raises StoreRefused."""
    family = len(MAGIC) - 1
    if len(head) < HEAD or head[:family] != MAGIC[:family]:
        raise StoreRefused(f"{name} is no backup of Rafiq.", "Name a file that ./rafiq backup has made.")
    if head[family : len(MAGIC)] != MAGIC[family:]:
        raise StoreRefused(f"{name} was made by a newer Rafiq.", "Restore it with that version.")
    if head[len(MAGIC) : len(MAGIC) + _ID_BYTES] != _id_of(key):
        raise StoreRefused(
            f"{name} was sealed with another backup key.",
            "Set RAFIQ_BACKUP_KEY to the key that was set when it was made.",
        )
    return _cipher(key, head)


def _cipher(key: bytes, head: bytes) -> AESGCM:
    salt = head[-_SALT_BYTES:]
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=salt, info=head).derive(key))


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _id_of(key: bytes) -> bytes:
    return hashlib.sha256(b"rafiq backup key" + key).digest()[:_ID_BYTES]
