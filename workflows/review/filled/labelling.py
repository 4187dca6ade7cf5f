"""Names that a line of a document begins with, and the options that it lists."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from workflows.languages import LANGUAGES
from workflows.review.reading import all_named, spellings
from workflows.review.template import Option, RecordField
from workflows.spelling import plain

_COLONS: Final = (":", "\uff1a")

Labels = Mapping[str, set[str]]
"""What each name is called in the three languages, plainly spelled."""


def of_fields(fields: Iterable[RecordField]) -> Labels:
    """What the details of an entry are called."""
    return {field.id: {plain(field.label.in_language(each)) for each in LANGUAGES} for field in fields}


def of_options(options: Iterable[Option]) -> Labels:
    """What options are called, in full and in short."""
    return {option.value: spellings(option) for option in options}


def named_by(labels: Labels, words: str) -> str:
    """Whose name some words are; nothing where they are nobody's."""
    wanted = plain(words)
    return next((name for name, known in labels.items() if wanted in known), "")


def labelled(text: str, labels: Labels) -> tuple[str, str]:
    """Which name a line begins with, before a colon, and what follows it; nothing where it begins with none."""
    longest = 2 * max(len(words) for known in labels.values() for words in known)
    for at, letter in enumerate(text[:longest]):
        if letter in _COLONS:
            found = named_by(labels, text[:at])
            if found:
                return found, text[at + 1 :].strip()
    return "", text


def listed(options: Sequence[Option], text: str) -> frozenset[str] | None:
    """The options that a line lists, also where a name has a comma in it; None where it says anything else."""
    found: set[str] = set()
    said, at = f"{plain(text)} ", 0
    known = sorted(
        ((f"{words} ", o.value) for o in options for words in spellings(o)),
        reverse=True,
        key=lambda o: len(o[0]),
    )
    while at < len(said.rstrip()):
        match = next(((words, value) for words, value in known if said.startswith(words, at)), None)
        if match is None:
            return all_named(options, text) or None
        found.add(match[1])
        at += len(match[0])
    return frozenset(found) or None
