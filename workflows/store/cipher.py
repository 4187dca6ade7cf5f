"""Seals what must not lie open at rest: AES-256-GCM, the key's id in front, the place of a row bound into it."""

import base64
import binascii
import hashlib
import os
from collections.abc import Mapping, Sequence
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES: Final = 32
VERSION: Final = b"\x01"
_ID_BYTES: Final = 4
_NONCE_BYTES: Final = 12
_HEAD: Final = len(VERSION) + _ID_BYTES
_SHORTEST: Final = _HEAD + _NONCE_BYTES + 16


class KeyRefused(Exception):
    """A key is none, or opens nothing of what it was given; the text says which and what to do."""


class KeyMissing(KeyRefused):
    """Something was sealed with a key that this process was not given."""


class Cipher:
    """Seals with one key, and opens with that one and the earlier ones."""

    def __init__(self, key: bytes, old_keys: Sequence[bytes] = ()) -> None:
        self._keys: Mapping[bytes, AESGCM] = {_id_of(each): AESGCM(each) for each in (*old_keys, key)}
        self._key = self._keys[_id_of(key)]
        self.head = VERSION + _id_of(key)
        """What everything sealed with the newest key begins with."""

    def __repr__(self) -> str:
        return f"Cipher({len(self._keys)} keys)"

    @classmethod
    def from_settings(cls, key: str, old_keys: Sequence[str] = ()) -> "Cipher":
        """A cipher from keys as `generate_key` writes them; raises KeyRefused without naming any."""
        return cls(_read(key, "the key"), [_read(each, "an old key") for each in old_keys])

    def seal(self, text: bytes, place: str) -> bytes:
        """Seal for one place, such as "answer/12/1f.2/3": what is moved elsewhere does not open there."""
        nonce = os.urandom(_NONCE_BYTES)
        return self.head + nonce + self._key.encrypt(nonce, text, place.encode())

    def open(self, sealed: bytes, place: str) -> bytes:
        """What was sealed for this place; raises KeyRefused when no key fits or the row is not its own."""
        if len(sealed) < _SHORTEST or sealed[:1] != VERSION:
            raise KeyRefused(f"{place}: this was not sealed by Rafiq, or by a newer one")
        key = self._keys.get(sealed[1:_HEAD])
        if key is None:
            raise KeyMissing(f"{place}: was sealed with a key that is not here; add it to RAFIQ_OLD_KEYS")
        nonce = sealed[_HEAD : _HEAD + _NONCE_BYTES]
        try:
            return key.decrypt(nonce, sealed[_HEAD + _NONCE_BYTES :], place.encode())
        except InvalidTag:
            raise KeyRefused(f"{place}: was changed, or belongs to another row; restore a backup") from None

    def has_key_of(self, sealed: bytes) -> bool:
        """Whether the key is here with which this was sealed."""
        return sealed[len(VERSION) : _HEAD] in self._keys

    def reseal(self, sealed: bytes, place: str) -> bytes:
        """The same, sealed with the newest key."""
        return self.seal(self.open(sealed, place), place)


def generate_key() -> str:
    """A new key: 32 random bytes in URL-safe base64."""
    return base64.urlsafe_b64encode(os.urandom(KEY_BYTES)).decode("ascii")


def _id_of(key: bytes) -> bytes:
    return hashlib.sha256(key).digest()[:_ID_BYTES]


def _read(text: str, name: str) -> bytes:
    try:
        key = base64.b64decode(text.encode("ascii"), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError):
        key = b""
    if len(key) != KEY_BYTES:
        raise KeyRefused(f"{name} is not 32 bytes in URL-safe base64; make one with: python -m bot key")
    return key
