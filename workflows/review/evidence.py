"""Judges a file by its content, never by its name: which types may stand behind an answer, and what is refused."""

import io
import lzma
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Sequence
from typing import Final, Literal

from workflows.immutable import Immutable

Refusal = Literal[
    "too_large", "too_many", "too_many_read", "type", "macros", "bomb", "nested", "damaged", "empty", "away"
]

ENTRIES: Final = 2_000
"""More entries than any document of an office has."""
UNPACKED: Final = 200 * 2**20
"""So many bytes may a file unpack to."""
RATIO: Final = 120
"""So many times its size may an entry unpack to, once it is larger than `SMALL`."""
SMALL: Final = 2**20
INSIDE: Final = 8 * 2**20
"""So many bytes may the documents within a document have together: the tables that charts are drawn from are small."""
NAME: Final = 80
"""So many characters of a name are kept, its ending besides."""
_ENDING: Final = 8
_HEAD: Final = 65_536
MEDIA_TYPES: Final = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "png": "image/png",
    "jpg": "image/jpeg",
    "csv": "text/csv",
    "txt": "text/plain",
}
_ALSO: Final = {"jpg": ("jpg", "jpeg"), "txt": ("txt", "text", "md")}
_OFFICE: Final = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
_MAIN: Final = re.compile(rb'ContentType="([^"]*\.main\+xml)"')
_ARCHIVES: Final = re.compile(
    r"\.(?:zip|7z|rar|gz|tgz|bz2|xz|tar|jar|docx|xlsx|pptx|docm|xlsm|pptm|odt|ods)$", re.IGNORECASE
)
_EMBEDDED: Final = re.compile(r"^(?:word|xl|ppt)/embeddings/[^/]+\.(?:docx|xlsx|pptx)$", re.IGNORECASE)
_MACROS: Final = re.compile(r"(?:^|/)(?:vbaproject\.bin|vbadata\.xml)$|^(?:basic|scripts)/", re.IGNORECASE)
_MACRO_NAMES: Final = re.compile(r"\.(?:doc|dot|xls|xlt|xla|ppt|pot|pps|sld)m$|\.xlsb$", re.IGNORECASE)
_NOT_IN_NAMES: Final = re.compile(
    '[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff\ufffd<>:"|?*]'
)
DAMAGE: Final = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    lzma.LZMAError,
    OSError,
    ValueError,
    NotImplementedError,
    EOFError,
    RuntimeError,
)
"""What reading a broken archive ends with; RuntimeError says that it is locked with a password."""
_CONTROLS: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class Judged(Immutable):
    """A file that may be kept: its name made safe, with the ending of what it is, and its media type."""

    name: str
    media_type: str


def judge(content: bytes, name: str, limit: int) -> Judged | Refusal:
    """What a file is by its content, or why it is not kept; `limit` in bytes."""
    if not content:
        return "empty"
    if len(content) > limit:
        return "too_large"
    if has_macro_name(name):
        return "macros"
    kind = _kind(content, name)
    if kind not in MEDIA_TYPES:
        return kind  # type: ignore[return-value]  # what is no ending is a refusal
    return Judged(safe_name(name, kind), MEDIA_TYPES[kind])


def has_macro_name(name: str) -> bool:
    """Whether a file says by its name that it holds macros: then it need not even be fetched."""
    return bool(_MACRO_NAMES.search(_NOT_IN_NAMES.sub("", name).strip()))


def safe_name(name: str, ending: str = "") -> str:
    """The name without paths, controls and turns of direction, at most so long, and with the ending of its type."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    clean = " ".join(_NOT_IN_NAMES.sub("", last).split()).strip(". ")
    stem, _, given = clean.rpartition(".")
    fits = given.lower() in _ALSO.get(ending, (ending,)) if ending else len(given) <= _ENDING
    if not stem or not fits:
        stem, given = clean, ending
    short = stem[:NAME].rstrip(". ") or "file"
    return f"{short}.{given}" if given else short


def _kind(content: bytes, name: str) -> str:
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if content.startswith(b"PK"):
        return _packed(content)
    return _text(content, name)


def _text(content: bytes, name: str) -> str:
    """Plain text, in whatever letters: nothing in it that only programs use."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            content = content.decode("utf-16").encode()
        except UnicodeError:
            return "damaged"
    if _CONTROLS.search(content):
        return "type"
    return "csv" if name.lower().endswith(".csv") else "txt"


def _packed(content: bytes, *, is_inside: bool = False) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _unpacked_by_name(archive, len(content), is_inside=is_inside)
    except DAMAGE:
        return "damaged"


def _unpacked_by_name(archive: zipfile.ZipFile, size: int, *, is_inside: bool) -> str:
    """What an archive is by its directory; of what it holds only documents that an office put in are looked into."""
    entries = archive.infolist()
    if len(entries) > ENTRIES or sum(each.file_size for each in entries) > min(
        UNPACKED, RATIO * max(size, SMALL)
    ):
        return "bomb"
    if any(
        each.file_size > SMALL and each.file_size > RATIO * max(each.compress_size, 1) for each in entries
    ):
        return "bomb"
    names = [each.filename for each in entries]
    if any(_MACROS.search(each) for each in names):
        return "macros"
    inside = [] if is_inside else [each for each in entries if _EMBEDDED.search(each.filename)]
    if sum(bool(_ARCHIVES.search(each)) for each in names) > len(inside):
        return "nested"
    return _why_not_inside(archive, inside) or _office(archive, names)


def _why_not_inside(archive: zipfile.ZipFile, inside: Sequence[zipfile.ZipInfo]) -> str:
    """What is wrong with the documents within a document, judged as it is itself; such ones hold no others."""
    if sum(each.file_size for each in inside) > INSIDE:
        return "nested"
    found = [_packed(archive.read(each), is_inside=True) for each in inside]
    wrong = [kind for kind in found if kind not in MEDIA_TYPES]
    return next((kind for kind in wrong if kind in ("macros", "bomb")), "nested" if wrong else "")


def _office(archive: zipfile.ZipFile, names: list[str]) -> str:
    if "mimetype" in names:
        told = _head(archive, "mimetype").strip().decode("ascii", "replace")
        return next((ending for ending in ("odt", "ods") if MEDIA_TYPES[ending] == told), "type")
    if "[Content_Types].xml" not in names:
        return "type"
    told_types = _MAIN.findall(_head(archive, "[Content_Types].xml"))
    if any(b"macroEnabled" in each for each in told_types):
        return "macros"
    return next(
        (ending for folder, ending in _OFFICE.items() if any(each.startswith(folder) for each in names)),
        "type",
    )


def _head(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as entry:
        return entry.read(_HEAD)
