"""The reference documents of the review, found by any spelling of their symbol or name."""

import re
from functools import cache
from pathlib import Path
from typing import Any, Final

from msgspec import field

from workflows.immutable import Immutable
from workflows.languages import LANGUAGES, Language, Text
from workflows.reference.reading import content
from workflows.spelling import plain, western_digits

_FILE: Final = Path(__file__).parents[1] / "data" / "reference" / "documents.yaml"
_SYMBOL = re.compile(r"(?:a\s*/?\s*res\s*/?\s*)?(\d{1,3})\s*[/\\-]\s*(\d{1,3})", re.IGNORECASE)
_SMALL = frozenset(
    {"the", "of", "for", "and", "a", "le", "la", "les", "de", "des", "du", "pour", "et"}
    | {"قرار", "وثيقه", "تقرير", "في", "من", "resolution", "document", "report", "rapport"}
)


class Document(Immutable):
    """A document that the concept notes cite; `symbol` and `links` are empty where none is known."""

    id: str
    title: Text
    year: int
    symbol: str = ""
    links: dict[Language, str] = field(default_factory=dict)
    names: tuple[str, ...] = ()

    @property
    def addresses(self) -> dict[Language, str]:
        """Where the document can be read, by language."""
        if self.symbol:
            return {language: f"https://undocs.org/{language}/{self.symbol}" for language in LANGUAGES}
        return self.links


@cache
def documents() -> tuple[Document, ...]:
    """All documents in the order of the file."""
    return tuple(map(_document, content(_FILE)))


def document(document_id: str) -> Document | None:
    """The document of that id."""
    return next((each for each in documents() if each.id == document_id), None)


def find_documents(query: str) -> tuple[Document, ...]:
    """The documents that somebody means: by symbol in either order of its numbers, else by all words of a name.

    «١٩٥/٧٣», 73/195, A/RES/73/195 and 195/73 are one symbol. An empty query means all.
    """
    symbol = _SYMBOL.search(western_digits(query))
    if symbol:
        return tuple(each for each in documents() if _numbers(each.symbol) == {symbol[1], symbol[2]})
    wanted = _words(query)
    if not wanted:
        return documents() if not query.strip() else ()
    return tuple(each for each in documents() if any(wanted <= name for name in _names(each)))


def _document(row: dict[str, Any]) -> Document:
    return Document(
        id=row["id"],
        title=Text(**row["title"]),
        year=row["year"],
        symbol=row.get("symbol", ""),
        links=row.get("links", {}),
        names=tuple(map(str, row.get("names", ()))),
    )


def _numbers(symbol: str) -> set[str]:
    return set(re.findall(r"\d+", symbol))


def _names(document: Document) -> list[set[str]]:
    titles = [f"{document.title.in_language(language)} {document.year}" for language in LANGUAGES]
    return [_words(name) for name in (*titles, *document.names)]


def _words(name: str) -> set[str]:
    """The words that count, without the Arabic article and the conjunction before it."""
    words = {word.removeprefix("و") if word.startswith("وال") else word for word in plain(name).split()}
    return {word.removeprefix("ال") for word in words} - {small.removeprefix("ال") for small in _SMALL}
