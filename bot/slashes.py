"""Slash commands as people type them: one with what follows it, or several in one message."""

import re
from typing import Final

from workflows.immutable import Immutable
from workflows.spelling import plain

_COMMAND: Final = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@\w{1,32})?(?:\s+(.*))?", re.DOTALL)
_BARE: Final = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@\w{1,32})?")
_SOUGHT: Final = re.compile(r"/(\S{2,64})")
_LETTERS: Final = re.compile(r"[^\W\d_]{2,32}")
_BETWEEN: Final = ",،;؛.+&"
_JOINS: Final = frozenset({"", "and", "et", "then", "puis", "و", "ثم"})
"""The signs and words that stand between two commands."""


class Slashes(Immutable):
    """A command without its slash, in small letters, with what follows it; `then` are others that follow it alone."""

    name: str
    argument: str = ""
    then: tuple[str, ...] = ()


def read(text: str) -> Slashes | None:
    """The commands of a text that begins with one; None for every other text.

    Where it names nothing but commands each of them is meant, once; else what follows the first is its argument.
    """
    words = text.split() if text.startswith("/") else []
    words = [word.lstrip(_BETWEEN.replace(".", "")).rstrip(_BETWEEN) for word in words]
    named = [_BARE.fullmatch(word) for word in words if word not in _JOINS]
    several = tuple(dict.fromkeys(each[1].lower() for each in named if each))
    if several and all(named) and (len(named) > 1 or not any(words[1:])):
        return Slashes(several[0], then=several[1:])
    command = _COMMAND.fullmatch(text)
    return Slashes(command[1].lower(), (command[2] or "").strip()) if command else None


def sought(text: str) -> str:
    """The one word behind a slash in letters that no command has, «/تقدم», plainly spelled; else empty.

    Marks, tatweel and what joins the parts of a word make no difference: «/مُسـاعدة», "/auto-évaluation".
    """
    found = _SOUGHT.fullmatch(text.strip())
    word = "".join(re.split(r"[\s_]+", plain(found[1]))) if found else ""
    return word if _LETTERS.fullmatch(word) else ""
