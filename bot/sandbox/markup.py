"""Telegram's HTML: into plain text with entities, and back."""

import re
from collections.abc import Iterable
from html import escape
from typing import Any

from bot.sandbox.refusals import RefusedError, bad_request

Entity = dict[str, Any]

MAX_ENTITIES = 100
_SIMPLE = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "tg-spoiler": "spoiler",
}
_TAGS = {*_SIMPLE, "a", "span", "blockquote", "tg-emoji", "tg-time"}
_MARK = re.compile(r"<|&(?:#(?:x[0-9a-fA-F]{1,6}|[0-9]{1,7})|lt|gt|amp|quot);?")
_ATTRIBUTE = re.compile(r"""\s+([a-zA-Z-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_WIDE = re.compile("[\U00010000-\U0010ffff]")
_FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"]*[^\s<>\".,;:!?)\]»،؛])"
    r"|(?<![\w/])(?P<bot_command>/[A-Za-z0-9_]{1,32}(?:@\w{3,32})?)(?![\w/])"
    r"|(?<!\w)(?P<mention>@[A-Za-z]\w{3,31})\b"
)


def units(text: str) -> int:
    """The length of a text as Telegram counts it: in UTF-16 code units."""
    return len(text) if text.isascii() else len(text) + len(_WIDE.findall(text))


def cut(text: str, offset: int, length: int) -> str:
    """The piece of a text at an entity's offset and length."""
    if not _WIDE.search(text):
        return text[offset : offset + length]
    return text.encode("utf-16-le")[offset * 2 : (offset + length) * 2].decode("utf-16-le", "replace")


def detect(text: str, taken: Iterable[Entity] = ()) -> list[Entity]:
    """Find the commands, addresses and mentions that Telegram marks by itself, outside the entities `taken`."""
    if "/" not in text and "@" not in text:
        return []
    spans = [(entity["offset"], entity["offset"] + entity["length"]) for entity in taken]
    found = []
    for match in _FOUND.finditer(text):
        start, end = units(text[: match.start()]), units(text[: match.end()])
        if not any(start < last and first < end for first, last in spans):
            found.append({"type": match.lastgroup, "offset": start, "length": end - start})
    return found


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Return the plain text and its entities; refuse bad markup as Telegram does."""
    if "<" not in source and "&" not in source:
        return source, []
    return _Reader(source).read()


class _Reader:
    """One pass over a marked text, with the stack of the tags still open."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._parts: list[str] = []
        self._length = 0
        self._open: list[tuple[str, int, int, dict[str, str]]] = []
        self._entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        at = 0
        while match := _MARK.search(self._source, at):
            self._write(self._source[at : match.start()])
            if match.group() == "<":
                at = self._tag(match.start())
            else:
                self._write(_character(match.group()))
                at = match.end()
        self._write(self._source[at:])
        if self._open:
            name, start, *_ = self._open[-1]
            raise self._fault(f'Can\'t find end tag corresponding to start tag "{name}"', start)
        self._entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self._parts), self._entities

    def _write(self, piece: str) -> None:
        if piece:
            self._parts.append(piece)
            self._length += units(piece)

    def _tag(self, at: int) -> int:
        end = self._source.find(">", at)
        if end < 0:
            raise self._fault("Unclosed start tag", at)
        inside = self._source[at + 1 : end]
        if inside.startswith("/"):
            self._close(inside[1:].strip().lower(), at)
        else:
            self._start(inside, at)
        return end + 1

    def _start(self, inside: str, at: int) -> None:
        if inside in _SIMPLE:
            self._open.append((inside, at, self._length, {}))
            return
        name = re.split(r"[\s/]", inside, maxsplit=1)[0].lower()
        if name not in _TAGS:
            raise self._fault(f'Unsupported start tag "{name}"', at)
        found = _ATTRIBUTE.findall(inside[len(name) :])
        attributes = {key.lower(): plain_text(a or b or c) for key, a, b, c in found}
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise self._fault('Tag "span" must have class "tg-spoiler"', at)
        self._open.append((name, at, self._length, attributes))

    def _close(self, name: str, at: int) -> None:
        if not self._open:
            raise self._fault("Unexpected end tag", at)
        opened, _, offset, attributes = self._open.pop()
        if name and name != opened:
            raise self._fault("Unmatched end tag", at, f', expected "</{opened}>", found "</{name}>"')
        length = self._length - offset
        if not length:
            return
        if not attributes and opened in _SIMPLE:
            entity: Entity | None = {"type": _SIMPLE[opened]}
        elif opened == "a":
            entity = _link(attributes.get("href") or cut("".join(self._parts), offset, length))
        else:
            entity = _entity(opened, attributes, self._open[-1][0] if self._open else "")
        if entity is not None:
            self._entities.append({"type": entity.pop("type"), "offset": offset, "length": length, **entity})
            if opened == "pre":
                self._merge_code()

    def _merge_code(self) -> None:
        """Join `<pre><code class="language-x">` into one entity, as Telegram does."""
        if len(self._entities) > 1:
            inner, outer = self._entities[-2:]
            same = (inner["offset"], inner["length"]) == (outer["offset"], outer["length"])
            if same and inner["type"] == "code":
                self._entities[-2:] = [outer | {k: v for k, v in inner.items() if k == "language"}]

    def _fault(self, what: str, at: int, more: str = "") -> RefusedError:
        offset = len(self._source[:at].encode())
        where = "" if what.startswith("Can't find") else f" at byte offset {offset}"
        return bad_request(f"can't parse entities: {what}{where}{more}")


def plain_text(source: str) -> str:
    """Replace the character references Telegram knows."""
    return (
        re.sub(r"&[^;&\s]+;?", lambda match: _character(match.group()), source) if "&" in source else source
    )


def _character(reference: str) -> str:
    name = reference[1:].rstrip(";")
    if name in _NAMED:
        return _NAMED[name]
    try:
        number = int(f"0{name[1:]}", base=0) if name[:2] == "#x" else int(name[1:]) if name[:1] == "#" else 0
        return chr(number) if number else reference
    except (ValueError, OverflowError):
        return reference


def _link(address: str) -> Entity | None:
    known = re.match(r"(https?|tg|mailto|tel):", address)
    return {"type": "text_link", "url": address} if known else None


def _entity(name: str, attributes: dict[str, str], around: str) -> Entity:
    if name == "code" and attributes.get("class", "").startswith("language-") and around == "pre":
        return {"type": "code", "language": attributes["class"].removeprefix("language-")}
    if name in _SIMPLE:
        return {"type": _SIMPLE[name]}
    if name == "blockquote":
        return {"type": "expandable_blockquote" if "expandable" in attributes else "blockquote"}
    if name == "tg-emoji":
        return {"type": "custom_emoji", "custom_emoji_id": attributes.get("emoji-id", "")}
    if name == "tg-time":
        return _moment(attributes)
    return {"type": "spoiler"}


def _moment(attributes: dict[str, str]) -> Entity:
    unix = attributes.get("unix", "")
    if not unix.lstrip("-").isdigit():
        raise bad_request("can't parse entities: Invalid date-time specified")
    moment: Entity = {"type": "date_time", "unix_time": int(unix)}
    if attributes.get("format"):
        moment["date_time_format"] = attributes["format"]
    return moment


def trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Drop the white space at both ends, as Telegram does before it stores a message."""
    stripped = text.strip()
    if len(stripped) == len(text):
        return text, entities
    lead = units(text[: len(text) - len(text.lstrip())])
    total = units(stripped)
    kept = []
    for entity in entities:
        start = max(entity["offset"] - lead, 0)
        end = min(entity["offset"] + entity["length"] - lead, total)
        if end > start:
            kept.append(entity | {"offset": start, "length": end - start})
    return stripped, kept


_OPENING = {
    "bold": "<b>",
    "italic": "<i>",
    "underline": "<u>",
    "strikethrough": "<s>",
    "code": "<code>",
    "pre": "<pre>",
    "spoiler": "<tg-spoiler>",
    "blockquote": "<blockquote>",
    "expandable_blockquote": "<blockquote expandable>",
}


def to_html(text: str, entities: Iterable[Entity]) -> str:
    """Write the text with its entities as HTML of Telegram's kind."""
    marks: list[tuple[int, int, int, str]] = []
    for entity in entities:
        opening = _opening(entity)
        if opening:
            start, length = entity["offset"], entity["length"]
            closing = "</" + re.split(r"[ >]", opening[1:], maxsplit=1)[0] + ">"
            marks += [(start, 1, -length, opening), (start + length, 0, -start, closing)]
    encoded = text.encode("utf-16-le")
    out, at = [], 0
    for position, _, _, tag in sorted(marks):
        out += [escape(encoded[at * 2 : position * 2].decode("utf-16-le", "replace"), quote=False), tag]
        at = position
    return "".join(out) + escape(encoded[at * 2 :].decode("utf-16-le", "replace"), quote=False)


def _opening(entity: Entity) -> str:
    kind = entity["type"]
    if kind == "text_link":
        return f'<a href="{escape(entity["url"])}">'
    if kind == "custom_emoji":
        return f'<tg-emoji emoji-id="{escape(entity["custom_emoji_id"])}">'
    if kind == "date_time":
        shape = f' format="{escape(entity["date_time_format"])}"' if "date_time_format" in entity else ""
        return f'<tg-time unix="{entity["unix_time"]}"{shape}>'
    return _OPENING.get(kind, "")
