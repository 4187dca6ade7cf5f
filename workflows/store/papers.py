"""A country's submission as one transaction sees it, and the revisions of it that wait to be written."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from workflows.people.roles import Actor
from workflows.review.events import Review
from workflows.review.scope import SCOPES
from workflows.review.template import Template
from workflows.store.cache import Contents
from workflows.store.pen import Pen
from workflows.store.values import Draft


def paper_name(actor: Actor, country: str) -> str:
    """Where somebody's answers for a country stand: in its draft, or on a contributor's own paper beside it."""
    return f"{country}/{actor.place_id}" if actor.role == "contributor" else country


@dataclass
class Paper:
    """One country's submission as this transaction sees it, its own writes included.

    `country` is followed by a place's number on the paper of the contributor who holds it; `scope` is theirs.
    """

    submission_id: int
    cycle_id: str
    country: str
    version: int
    last_activity: datetime | None
    template: Template
    contents: Contents
    writable: bool = False
    grown: bool = False
    locked: bool = False
    scope: str = ""
    _drawn: tuple[object, ...] = ()
    _draft: Draft | None = None

    @property
    def is_beside(self) -> bool:
        """Whether it is a contributor's, beside the official one."""
        return "/" in self.country

    @property
    def draft(self) -> Draft:
        """What it holds, as far as it was asked for; the same one as long as nothing has changed."""
        kept = self.contents
        known = (kept, self.last_activity, self.locked, self.scope)
        if self._draft is None or any(
            one is not other for one, other in zip(known, self._drawn, strict=True)
        ):
            self._drawn, self._draft = known, self._as_draft(kept)
        return self._draft

    def _as_draft(self, kept: Contents) -> Draft:
        review = Review(
            SCOPES.of(self.template, self.scope),
            self.country.partition("/")[0],
            kept.answers,
            dict(kept.adaptations),
            kept.words,
            kept.last_ids,
            is_beside=self.is_beside,
        )
        return Draft(
            self.submission_id,
            self.cycle_id,
            review,
            self.last_activity,
            self.locked,
            self.country,
            kept.numbers,
            kept.wordings,
        )


def numbered(contents: Contents, *, number: int, prompt: str = "", question: str = "") -> Contents:
    """The contents with the newest revision's number of a prompt, or of a question's adaptation."""
    if prompt:
        numbers = {**contents.numbers, prompt: number}
        return Contents(
            contents.answers,
            contents.adaptations,
            numbers,
            contents.wordings,
            contents.words,
            contents.last_ids,
        )
    return replace(contents, wordings={**contents.wordings, question: number})


def shelving(pen: Pen, paper: Paper) -> Callable[[], None]:
    """What remembers the paper as it now stands, once it is on disk."""
    of, version, contents = paper.submission_id, paper.version, paper.contents
    return lambda: pen.cache.keep(of, version, contents)


class Stack:
    """Revisions of one table that wait to be written, and those they supersede."""

    def __init__(self) -> None:
        self.fresh: dict[tuple[int, str], list[dict[str, Any]]] = {}
        self.superseded: list[dict[str, Any]] = []

    def lay(self, of: int, thing: str, row: dict[str, Any]) -> None:
        """Put a revision on top of the one before it, wherever that is."""
        waiting = self.fresh.setdefault((of, thing), [])
        if waiting:
            waiting[-1]["newest"] = False
        elif row["number"] > 1:
            self.superseded.append({"of": of, "thing": thing, "old": row["number"] - 1})
        waiting.append(row)

    def take(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """What is superseded and what is new; the stack is empty then."""
        taken = self.superseded, [row for rows in self.fresh.values() for row in rows]
        self.fresh, self.superseded = {}, []
        return taken
