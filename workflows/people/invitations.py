"""Invitations: what a token is, and how long and how often it opens the door."""

import base64
import hashlib
from datetime import datetime, timedelta
from typing import Final, Literal

TOKEN_BYTES: Final = 32
LIFE: Final = timedelta(days=7)
"""How long an invitation can be taken up when nothing else is said."""

Why = Literal["used", "expired", "unknown"]


def new_token(random_bytes: bytes) -> str:
    """A token of 43 characters, fit for a deep link, from 32 unguessable bytes; raises ValueError for fewer."""
    if len(random_bytes) < TOKEN_BYTES:
        raise ValueError(f"a token needs {TOKEN_BYTES} unguessable bytes, not {len(random_bytes)}")
    return base64.urlsafe_b64encode(random_bytes[:TOKEN_BYTES]).rstrip(b"=").decode("ascii")


def hash_token(token: str) -> str:
    """What is kept of a token: enough to know it again, not enough to use it."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def why_not(used_at: datetime | None, expires_at: datetime, now: datetime) -> Why | None:
    """Why an invitation does not open the door; None when it does. At its very end it is expired."""
    if used_at is not None:
        return "used"
    return "expired" if now >= expires_at else None
