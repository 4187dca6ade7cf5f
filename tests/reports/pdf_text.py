"""The words in a PDF of ours, page by page: no library that the tests have reads them back."""

import re
import zlib
from collections.abc import Iterator, Mapping

_OBJECT = re.compile(rb"(\d+) 0 obj(.*?)endobj", re.DOTALL)
_STREAM = re.compile(rb"stream\r?\n(.*)\r?\nendstream", re.DOTALL)
_FONT = re.compile(rb"/(f\d+) (\d+) 0 R")
_MAPPED = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")
_TOKEN = re.compile(rb"/(f\d+) [\d.]+ Tf|(/ActualText)?(\()|\b(ET)\b")
_STRING = re.compile(rb"\\([0-7]{1,3}|.)|([()])|[^\\()]+", re.DOTALL)
_NAMED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def pages(pdf: bytes) -> list[str]:
    """What stands on each page, a stretch to a line, as it is drawn: Arabic stands here from left to right."""
    objects = {int(number): body for number, body in _OBJECT.findall(pdf)}
    return [_page(body, objects) for body in objects.values() if re.search(rb"/Type/Page\b(?!s)", body)]


def _page(page: bytes, objects: Mapping[int, bytes]) -> str:
    resources = objects[_reference(page, b"Resources")]
    fonts = {
        name: dict(_letters(objects[_reference(objects[int(font)], b"ToUnicode")]))
        for name, font in _FONT.findall(resources)
    }
    drawn, said, letters, at = _unpacked(objects[_reference(page, b"Contents")]), "", dict[int, str](), 0
    while token := _TOKEN.search(drawn, at):
        at = token.end()
        if token[1]:
            letters = fonts[token[1]]
        elif token[3]:
            codes, at = _string(drawn, at)
            codes = b"" if token[2] else codes  # what the drawn letters stand for says the same again
            pairs = zip(codes[::2], codes[1::2], strict=True)
            said += "".join(letters.get(high << 8 | low, "\ufffd") for high, low in pairs)
        else:
            said += "\n"
    return said


def _string(drawn: bytes, at: int) -> tuple[bytes, int]:
    """A string that has just been opened, and where it has ended; brackets in pairs belong to it."""
    found, depth = b"", 1
    while depth:
        piece = _STRING.match(drawn, at)
        assert piece is not None
        at = piece.end()
        depth += {b"(": 1, b")": -1}.get(piece[2] or b"", 0)
        if piece[1]:
            found += bytes([int(piece[1], 8)]) if piece[1].isdigit() else _NAMED.get(piece[1], piece[1])
        elif depth:
            found += piece[0]
    return found, at


def _reference(body: bytes, name: bytes) -> int:
    found = re.search(rb"/" + name + rb"\s*\[?\s*(\d+) 0 R", body)
    assert found is not None, (name, body[:200])
    return int(found[1])


def _unpacked(body: bytes) -> bytes:
    stream = _STREAM.search(body)
    assert stream is not None
    return zlib.decompress(stream[1])


def _letters(body: bytes) -> Iterator[tuple[int, str]]:
    """Which letters each code of a font stands for."""
    for code, letters in _MAPPED.findall(_unpacked(body)):
        yield int(code, 16), bytes.fromhex(letters.decode()).decode("utf-16-be")
