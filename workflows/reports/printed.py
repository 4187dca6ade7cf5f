"""A document to print in the making: the same pieces as in a Word document, as a PDF that looks alike everywhere."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final, Literal

from workflows.languages import Language
from workflows.reports.paper import clean, runs_right_to_left
from workflows.reports.typesetting import pdf

Kind = Literal["title", "heading", "bold", "faint", "plain", "point", "detail", "small"]
PAGE, PAGES = "\ue000", "\ue001"
"""What stands for the number of a page and of all pages until they are counted."""
LONGEST: Final = 40
"""How many characters of one word stand on a line at least; a longer one may be broken after so many."""
_OVERLONG: Final = re.compile(rf"(\S{{{LONGEST}}})(?=\S)")
_OVERRIDES: Final = re.compile("[\u202a-\u202e]")


class Printed:
    """Writes one document for readers of one language; `digits` turns 0-9 into theirs, `page` says which page it is.

    `at` (UTC) is the moment that the file gives as that of its making.
    """

    def __init__(
        self,
        language: Language,
        title: str,
        *,
        digits: Callable[[str], str],
        page: Callable[[str, str], str],
        at: datetime,
    ) -> None:
        self.language: Language = language
        self._title = clean(title)
        self._right = language == "ar"
        self._digits = [digits(str(digit)) for digit in range(10)]
        self._page = page(PAGE, PAGES)
        self._at = at.astimezone(UTC).replace(microsecond=0)
        self._pieces: list[dict[str, str | bool]] = []
        self._foot = self._fingerprint = ""

    def heading(self, words: str, level: int) -> None:
        """A title (level 0) or a heading."""
        self._put("heading" if level else "title", words)

    def words(self, words: str, *, bold: bool = False, italic: bool = False) -> None:
        """A paragraph of ours; what is slanted elsewhere is faint here, as the font slants no Arabic."""
        self._put("bold" if bold else "faint" if italic else "plain", words)

    def place(self, name: str) -> None:
        """Nothing: what is printed does not come back to be read."""

    def point(self, words: str) -> None:
        """A line of a list."""
        self._put("point", words)

    def answer(self, text: str) -> None:
        """What somebody wrote: each line a paragraph that runs as its own words do."""
        for line in text.splitlines():
            if line.strip():
                right = runs_right_to_left(line, otherwise=self._right)
                self._put("plain", clean(line.strip()), right=right)

    def detail(self, words: str) -> None:
        """A line that belongs to the point before it."""
        self._put("detail", words)

    def small(self, words: str) -> None:
        """A line in small letters; it stands at the foot of every page, too.

        It is never broken inside a word: a hash that is copied from the paper is the hash.
        """
        self._fingerprint = _safe(words)
        self._put("small", words)

    def footer(self, words: str) -> None:
        """A line at the foot of every page, beside its number."""
        self._foot = _legible(words)

    def as_bytes(self) -> bytes:
        """The document; the same words and moment give the same file, byte for byte. It may take a second."""
        given = {
            "title": self._title,
            "language": self.language,
            "right": self._right,
            "digits": self._digits,
            "page": self._page,
            "marks": [PAGE, PAGES],
            "foot": self._foot,
            "fingerprint": self._fingerprint,
            "pieces": self._pieces,
        }
        return pdf("printed.typ", given, self._at)

    def _put(self, kind: Kind, words: str, *, right: bool | None = None) -> None:
        right = self._right if right is None else right
        words = _safe(words) if kind == "small" else _legible(words)
        self._pieces.append({"kind": kind, "words": words, "right": right})


def _legible(words: str) -> str:
    """Words that any page can hold: no word of them is wider than the paper."""
    return _OVERLONG.sub("\\1\u200b", _safe(words))


def _safe(words: str) -> str:
    """Words that turn nothing of what stands around them; our own keep the marks that hold insertions apart."""
    return clean(_OVERRIDES.sub("", words), turns=False)
