"""Cutting texts to Telegram's measure: at paragraphs or sentences, never inside a tag or a character."""

import re
import unicodedata
from collections.abc import Iterator

from bot.render.markup import SafeHtml, plain
from workflows.immutable import Immutable
from workflows.review.parts import units

TEXT_LIMIT = 4096

_PIECES = re.compile(r"(<[^>]+>|&(?:amp|lt|gt);)")
_SIGNS = {"&amp;": "&", "&lt;": "<", "&gt;": ">"}
_BREAKS = tuple(re.compile(pattern) for pattern in (r"\n\n+", r"\n", r"(?<=[.!?؟…؛])\s", r"\s"))
_ZERO_WIDTH_JOINER = "\u200d"


class _Span(Immutable):
    start: int
    end: int
    opening: str

    @property
    def closing(self) -> str:
        return f"</{self.opening[1:-1].split()[0]}>"


def clipped(text: str, longest: int) -> str:
    """The text in at most `longest` UTF-16 units, its end replaced by an ellipsis where it is longer."""
    if units(text) <= longest:
        return text
    return text[: _whole(text, _reach(text, longest - 1))].rstrip() + "…"


def clipped_at_word(text: str, longest: int) -> str:
    """The same, cut after a whole word where the last one does not begin too far back."""
    short = clipped(text, longest)
    kept = len(short) - 1
    if short == text or text[kept].isspace():
        return short
    words = short[:kept].rpartition(" ")[0].rstrip(" ,،;؛:–-")
    return f"{words}…" if 2 * units(words) > longest else short


def parts_of(html: SafeHtml, limit: int = TEXT_LIMIT) -> list[SafeHtml]:
    """The text in parts of at most `limit` UTF-16 units after parsing, each with tags of its own."""
    if units(html) <= limit:
        return [html]
    text, spans = _parsed(html)
    return [_marked(text, spans, start, end) for start, end in _slices(text, limit)]


def _slices(text: str, limit: int) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(text):
        end = start + _cut(text[start : start + limit + 1], limit)
        piece = text[start:end]
        if inner := piece.strip():
            lead = start + len(piece) - len(piece.lstrip())
            yield lead, lead + len(inner)
        start = end


def _cut(text: str, limit: int) -> int:
    """Where a part that begins here ends: after the best break in its second half, else between two characters."""
    reach = _reach(text, limit)
    if reach == len(text):
        return reach
    for kind in _BREAKS:
        found = [match.end() for match in kind.finditer(text, reach // 2, reach)]
        if found:
            return found[-1]
    return _whole(text, reach)


def _reach(text: str, limit: int) -> int:
    """How many characters of the text fit into `limit` units."""
    head = text[:limit].encode("utf-16-le", "surrogatepass")[: 2 * limit]
    return len(head.decode("utf-16-le", "ignore"))


def _whole(text: str, end: int) -> int:
    """The nearest place at or before `end` that does not cut what is read as one character."""
    place = end
    while place > 0 and _joined(text, place):
        place -= 1
    return place or end


def _joined(text: str, place: int) -> bool:
    if place >= len(text):
        return False
    before, after = text[place - 1], text[place]
    if _ZERO_WIDTH_JOINER in (before, after) or _extends(after):
        return True
    return _is_flag(after) and _flags_before(text, place) % 2 == 1


def _extends(letter: str) -> bool:
    return unicodedata.category(letter).startswith("M") or "\U0001f3fb" <= letter <= "\U0001f3ff"


def _is_flag(letter: str) -> bool:
    return "\U0001f1e6" <= letter <= "\U0001f1ff"


def _flags_before(text: str, place: int) -> int:
    head = text[:place]
    return len(head) - len(head.rstrip("".join(map(chr, range(0x1F1E6, 0x1F200)))))


def _parsed(html: str) -> tuple[str, list[_Span]]:
    text, spans = "", []
    opened: list[tuple[str, int]] = []
    for piece in _PIECES.split(html):
        if piece.startswith("</"):
            opening, start = opened.pop()
            spans.append(_Span(start, len(text), opening))
        elif piece.startswith("<"):
            opened.append((piece, len(text)))
        else:
            text += _SIGNS.get(piece, piece)
    return text, spans


def _marked(text: str, spans: list[_Span], start: int, end: int) -> SafeHtml:
    """One part with its tags; inner spans were closed first, so outer ones are written around them."""
    here = [span for span in spans if span.start < end and span.end > start]
    html, place = "", start
    for at in sorted(
        {start, end, *(max(span.start, start) for span in here), *(min(span.end, end) for span in here)}
    ):
        html += plain(text[place:at])
        html += "".join(span.closing for span in here if min(span.end, end) == at)
        html += "".join(span.opening for span in reversed(here) if max(span.start, start) == at)
        place = at
    return SafeHtml(html)
