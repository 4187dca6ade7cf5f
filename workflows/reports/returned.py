"""The lines of a document that comes back from a ministry: a Word file with its tracked changes, or plain text."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Final

from lxml import etree
from msgspec.structs import replace

from workflows.immutable import Immutable
from workflows.reports.returned_word import BodyReader
from workflows.review.evidence import DAMAGE, MEDIA_TYPES
from workflows.review.filled.placing import Line

WORD: Final = MEDIA_TYPES["docx"]
TEXT: Final = MEDIA_TYPES["txt"]
MOST: Final = 8 * 2**20
"""So many bytes of text and marks may a document have; ten times what the longest review needs."""
LETTERS: Final = 500_000
"""So many letters may all its lines have together: a book of some 200 pages."""
LINES: Final = 15_000
"""So many lines may it have, empty ones too."""
_MAIN: Final = "word/document.xml"
_PARTS: Final = "_rels/.rels"
_UNSEEN: Final = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""Where a word may be broken, and marks that nobody sees: they would part a word from itself."""
_ARABIC: Final = "\u0621-\u063a\u0640-\u0652"
_ODD_IN_ARABIC: Final = "\u00c0-\u00ff\u0152\u0153\u0192\u0679-\u06d2"
_ARABIC_WORD: Final = re.compile(f"[{_ARABIC}]{{3}}")
_TORN: Final = re.compile(f"[{_ARABIC}][{_ODD_IN_ARABIC}]|[{_ODD_IN_ARABIC}][{_ARABIC}]")
_NOT_FRENCH: Final = re.compile("[^\t\n\r -~\u00a0«»°§·²³ÀÂÄÆÇÈÉÊËÎÏÔÖÙÛÜàâäæçèéêëîïôöùûüÿŒœŸ€‘’“”„…–—•]")


class Returned(Immutable):
    """A document by its lines.

    `beside` counts the pictures, footnotes, comments and whole documents put into it, which are no lines.
    """

    lines: tuple[Line, ...]
    beside: int = 0


def lines_of(content: bytes, media_type: str) -> Returned | None:
    """What a document says, tracked changes taken as accepted.

    None where it is of another kind, has more than a document of the review can have, or cannot be read.
    """
    if media_type == WORD:
        return _of_word(content)
    if media_type == TEXT and len(content) <= MOST:
        return _of_text(content)
    return None


def _of_text(content: bytes) -> Returned | None:
    text = _decoded(content)
    if text is None or text.count("\n") > LINES:
        return None
    lines = _within_measure(Line(line) for line in text.splitlines())
    return Returned(lines) if lines is not None else None


def _decoded(content: bytes) -> str | None:
    """A plain text in its letters: Unicode, or what Windows wrote in Arabic or French before it; None for others.

    Arabic is clear where whole words of it stand there and no Latin letter with an accent touches one, as happens
    where another alphabet is read so; French where nothing stands there that French does not use.
    """
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeError:
        pass
    arabic, french = content.decode("cp1256", "replace"), content.decode("cp1252", "replace")
    if _ARABIC_WORD.search(arabic) and not _TORN.search(arabic):
        return arabic
    return french if not _NOT_FRENCH.search(french) else None


def _within_measure(lines: Iterator[Line]) -> tuple[Line, ...] | None:
    """All lines; None as soon as they are too many or too long."""
    found: list[Line] = []
    letters = 0
    for line in lines:
        found.append(replace(line, text=_UNSEEN.sub("", line.text)))
        letters += len(line.text)
        if len(found) > LINES or letters > LETTERS:
            return None
    return tuple(found)


def _of_word(content: bytes) -> Returned | None:
    """A Word file by its main part alone, which python-docx would not do.

    That leaves out what was inserted as a tracked change, and unpacks every part that a stranger's file has.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            body = _part(archive, _name_of_main(archive))
    except (*DAMAGE, KeyError, etree.XMLSyntaxError):
        return None
    if body is None:
        return None
    reader = BodyReader()
    lines = _within_measure(reader.lines(body))
    if lines is not None and reader.is_torn:
        reader = BodyReader(heeds_fields=False)
        lines = _within_measure(reader.lines(body))
    return Returned(lines, reader.beside) if lines is not None else None


def _part(archive: zipfile.ZipFile, name: str) -> etree._Element | None:
    """A part of the file; None where it is too large."""
    if archive.getinfo(name).file_size > MOST:
        return None
    return etree.fromstring(archive.read(name), _careful())


def _name_of_main(archive: zipfile.ZipFile) -> str:
    """The part that holds the text: most editors call it the same, and the file says how it is called."""
    parts = _part(archive, _PARTS) if _PARTS in archive.namelist() else None
    for part in parts.iterchildren("{*}Relationship") if parts is not None else ():
        if part.get("Type", "").endswith("/officeDocument"):
            return str(part.get("Target", "")).removeprefix("/")
    return _MAIN


def _careful() -> etree.XMLParser:
    """A parser that fetches nothing and unfolds nothing that a file defines."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
