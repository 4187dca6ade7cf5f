"""Whether the database has a key by now that this process was not given."""

import asyncio
from typing import Final

import structlog
from sqlalchemy import select

from workflows.store.cipher import Cipher
from workflows.store.pen import Pen
from workflows.store.prepared import Prepared
from workflows.store.tables import CANARY
from workflows.store.values import StoreAway

KEY_SECONDS: Final = 1.0
"""So long a process may go on after another has begun to seal with a key that it was not given."""
TOLD_SECONDS: Final = 60.0
"""Between two lines of the log about a key that is missing."""
REMEDY: Final = (
    "the texts are being sealed with a newer key (rafiq rotate): start this process again with that one as RAFIQ_KEY "
    "and its own in RAFIQ_OLD_KEYS; until then it takes nothing"
)
_CANARY: Final = Prepared(select(CANARY.c.sealed))

log = structlog.stdlib.get_logger(__name__)


class KeyAway(StoreAway):
    """The database is there, but its newest key is not here."""


class KeyWatch:
    """Looks at the canary once a second, on the loop's clock; it is sealed with the newest key before all else.

    `missing` says whether a key was missing when it was last looked at.
    """

    def __init__(self, cipher: Cipher) -> None:
        self.missing = False
        self._cipher = cipher
        self._judged_at = -KEY_SECONDS
        self._told_at = -TOLD_SECONDS

    async def judge(self, pen: Pen) -> None:
        """Raise KeyAway where a key is missing: what it seals would be taken for damaged, and our own left behind."""
        moment = asyncio.get_running_loop().time()
        if moment - self._judged_at < KEY_SECONDS:
            return
        sealed = [row.sealed for row in await pen.rows(_CANARY)]
        self.missing = not all(self._cipher.has_key_of(each) for each in sealed)
        if not self.missing:
            self._judged_at = moment
            return
        if moment - self._told_at >= TOLD_SECONDS:
            self._told_at = moment
            log.error("key_missing", remedy=REMEDY)
        raise KeyAway("the key is missing")
