"""Canaries: words that name the country, the time and the hand of a text, so that whoever sees one can be judged."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.render import Message
from tests.reports.pdf_text import pages
from workflows.people.roles import Role

FORM = re.compile(r"ZQ([A-Z]{2})(\d+)P(\d+)X")
COUNTRY_ROLES = ("focal_point", "contributor", "clearer")
LONG_AGO = 10**6
"""The stretch of what was submitted in an earlier review: what is opened in this one does not open it."""
SHARED_NOTES = ("notes", "files")
"""Where a colleague reads what others of the country have written: beside the questions that they were asked."""


@dataclass(frozen=True)
class Canary:
    """A text of a country's person, written in the so-and-so-many-eth stretch between two withdrawals."""

    country: str
    stretch: int
    person: int

    def __str__(self) -> str:
        return f"ZQ{self.country}{self.stretch}P{self.person}X"


@dataclass(frozen=True)
class Reader:
    """Who receives something: their place now, "former" without one, "stranger" never having had one."""

    person: int
    role: Role | str
    country: str


@dataclass
class Openness:
    """What each country has opened to whom: up to which stretch the outside may read, and the clearers."""

    stretch: dict[str, int] = field(default_factory=dict)
    opened: dict[tuple[str, str], int] = field(default_factory=dict)
    begun_with: dict[Canary, int] = field(default_factory=dict)

    def now(self, country: str) -> int:
        """The stretch in which the country's people write now."""
        return self.stretch.get(country, 1)

    def open(self, country: str, to: str) -> None:
        """What is written until now may be read by these."""
        self.opened[country, to] = self.now(country)

    def close(self, country: str) -> None:
        """What is written from now on is private again."""
        self.stretch[country] = self.now(country) + 1

    def begin_with(self, canary: Canary) -> None:
        """An earlier review's words are from now on words of this one, like any that are written now."""
        self.begun_with.setdefault(canary, self.now(canary.country))

    def may_see(self, reader: Reader, canary: Canary, where: str) -> bool:
        """Whether this reader may come upon this canary in a notice of this topic."""
        if canary.person == reader.person:
            return True
        if reader.role == "focal_point":
            return canary.country == reader.country
        if reader.role == "contributor":
            return canary.country == reader.country and where in SHARED_NOTES
        if reader.role == "clearer" and canary.country != reader.country:
            return False
        stretch = self.begun_with.get(canary, canary.stretch)
        return stretch <= self.opened.get((canary.country, str(reader.role)), 0)


def canaries_in(text: str) -> Iterator[Canary]:
    """Every canary in a text."""
    for country, stretch, person in FORM.findall(text):
        yield Canary(country, int(stretch), int(person))


def words_of(message: Message) -> str:
    """All that a message shows or carries: text, labels and data of its keys, its files taken apart."""
    keys = [f"{key.label} {key.data}" for row in message.keyboard for key in row]
    parts = [str(message.text), *map(str, message.more), *keys]
    if message.document is not None:
        parts += [message.document.name, readable(message.document.content)]
    if message.photo is not None:
        parts += [message.photo.name, repr(message.photo.values)]
    return "\n".join(parts)


def readable(content: bytes) -> str:
    """The words in a file, whatever kind it is."""
    if content.startswith(b"%PDF"):
        return "\n".join(pages(content))
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return "\n".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())


def of_json(content: object) -> str:
    """Values as text, with nothing escaped."""
    return json.dumps(content, ensure_ascii=False, default=str)
