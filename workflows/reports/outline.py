"""An outline as a Word document: numbered parts with what is known in each, for whoever is going to speak."""

from collections.abc import Callable, Sequence
from typing import Literal

from workflows.immutable import Immutable
from workflows.languages import Language

Sort = Literal["words", "point", "detail", "answer", "remark"]
"""A paragraph, a line of a list, a line that belongs to the point before it, what somebody wrote, a remark of ours."""


class Said(Immutable):
    """One thing that stands in a part, in the reader's language but for an answer, which is as it was written."""

    sort: Sort
    words: str


class Part(Immutable):
    """A part of the outline: its heading with its number, and what stands below it."""

    heading: str
    said: tuple[Said, ...]


def as_docx(
    language: Language,
    *,
    title: str,
    facts: Sequence[str],
    parts: Sequence[Part],
    foot: str,
    digits: Callable[[str], str] = str,
) -> bytes:
    """The document; `facts` stand under its title, `foot` and a number under every page, in the reader's digits.

    Arabic runs from right to left.
    """
    from workflows.reports.paper import Paper  # noqa: PLC0415 - loaded when it is wanted

    paper = Paper(language, title)
    paper.heading(title, 0)
    for fact in facts:
        paper.words(fact)
    paper.footer(foot)
    paper.numbered(digits)
    for part in parts:
        paper.heading(part.heading, 1)
        for said in part.said:
            match said.sort:
                case "point":
                    paper.point(said.words)
                case "detail":
                    paper.detail(said.words)
                case "answer":
                    paper.answer(said.words)
                case sort:
                    paper.words(said.words, italic=sort == "remark")
    return paper.as_bytes()
