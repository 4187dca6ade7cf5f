"""Every log line of the suite, at DEBUG, is searched for marked secrets and for words that people typed."""

import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from bot import logs

MARKED: Final = frozenset(
    {
        "sandbox-token-that-opens-nothing-at-all",
        "AAmarkedTOKENmarkedTOKENmarkedTOKEN12",
        "a-webhook-secret-for-tests",
        "CANARY",
        "canary text",
        "Canary Name",
        "CEDARTEXT",
        "ARGANTEXT",
    }
)
"""Tokens and secrets that the tests use, and words that they let people type to see whether anybody else reads them."""
_TYPED: Final = re.compile(r"ZQ[A-Z]{2}\d+P\d+X")
_RANDOM: Final = re.compile(r"(?<![\w-])[\w-]{43}=?(?![\w-])", re.ASCII)


def found_in(text: str) -> list[str]:
    """The marked words in a text, and what looks like a key or an invitation: 43 random characters."""
    marked = [word for word in MARKED if word in text]
    return marked + _TYPED.findall(text) + [word for word in _RANDOM.findall(text) if looks_random(word)]


def looks_random(word: str) -> bool:
    """Letters of both sizes and digits: no name in a program looks so."""
    kinds = (str.isupper, str.islower, str.isdigit)
    return all(any(kind(letter) for letter in word) for kind in kinds)


class _Ear(logging.Handler):
    """Hears every line as it would be written."""

    def __init__(self, overheard: list[str]) -> None:
        super().__init__(logging.DEBUG)
        self._overheard = overheard

    def emit(self, record: logging.LogRecord) -> None:
        line = self.format(record)
        if found := found_in(line):
            test = os.environ.get("PYTEST_CURRENT_TEST", "")
            self._overheard.append(f"{found} in {line[:300]} ({test})")


@contextmanager
def listening() -> Iterator[list[str]]:
    """Let whatever configures the bot's logs be heard at DEBUG too; gives what should not have been said."""
    overheard: list[str] = []
    configure = logs.configure

    def heard(level: str = "INFO", **how: Any) -> None:
        configure(level, **how)
        root = logging.getLogger()
        (written,) = root.handlers
        written.setLevel(level)
        ear = _Ear(overheard)
        ear.setFormatter(written.formatter)
        root.addHandler(ear)
        root.setLevel(logging.DEBUG)

    logs.configure = heard
    try:
        yield overheard
    finally:
        logs.configure = configure
        # What libraries say at the end would meet streams that are closed.
        logging.getLogger().handlers.clear()
