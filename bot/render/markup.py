"""The few tags that our messages use; only these functions make HTML, and they escape whatever they are given."""

from collections.abc import Iterable
from html import escape
from typing import NewType

from bot.render.direction import without_turns

SafeHtml = NewType("SafeHtml", str)

NOTHING = SafeHtml("")

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def plain(words: str) -> SafeHtml:
    """The words as they are."""
    return SafeHtml(escape(words, quote=False))


def bold(words: str) -> SafeHtml:
    """The words in bold."""
    return SafeHtml(f"<b>{plain(words)}</b>") if words else NOTHING


def italic(words: str) -> SafeHtml:
    """The words in italics: our remarks, as against the template's words."""
    return SafeHtml(f"<i>{plain(words)}</i>") if words else NOTHING


def struck_out(words: str) -> SafeHtml:
    """The words struck out: what no longer holds."""
    return SafeHtml(f"<s>{plain(words)}</s>") if words else NOTHING


def underlined(words: str) -> SafeHtml:
    """The words underlined: what is new."""
    return SafeHtml(f"<u>{plain(words)}</u>") if words else NOTHING


def code(words: str) -> SafeHtml:
    """The words as they can be copied by one touch."""
    return SafeHtml(f"<code>{plain(words)}</code>") if words else NOTHING


def link(words: str, address: str) -> SafeHtml:
    """The words as a link to an address on the web."""
    safe = address.translate(_ESCAPES).replace('"', "&quot;")
    return SafeHtml(f'<a href="{safe}">{plain(words)}</a>')


def quoted(typed: str) -> SafeHtml:
    """What somebody typed, set apart; its turns of direction are taken out, its lines stay."""
    clean = without_turns(typed).strip()
    return SafeHtml(f"<blockquote>{plain(clean)}</blockquote>") if clean else NOTHING


def lines(parts: Iterable[SafeHtml]) -> SafeHtml:
    """The parts that are not empty, one below the other."""
    return SafeHtml("\n".join(filter(None, parts)))


def paragraphs(parts: Iterable[SafeHtml]) -> SafeHtml:
    """The parts that are not empty, with an empty line between them."""
    return SafeHtml("\n\n".join(filter(None, parts)))
