"""What is said in the self-assessment: marks of the guiding principles, where work is left, an outline."""

from typing import Literal, get_args

from workflows.notices.calendar import EventLine
from workflows.notices.saying import Saying, SectionLine
from workflows.notices.support import RequestLine

Mark = Literal["reflected", "partly", "to_develop"]
MARKS: tuple[Mark, ...] = get_args(Mark)
GivenMark = Mark | Literal[""]
"""The mark that a country gave a principle; empty: not assessed yet, which is no mark."""

NoteProblem = Literal["", "long", "changed", "meanwhile", "edited", "key"]
"""Why nothing was kept or changed at a principle; empty where nothing was in the way."""


class PrincipleLine(Saying):
    """A guiding principle by its value in the template, with the mark it has and the note on what is left to do."""

    id: str
    mark: GivenMark = ""
    note: str = ""


class AssessView(Saying):
    """All guiding principles with their marks, as a country's own focal points see them and nobody else."""

    topic: Literal["assess"] = "assess"
    country: str
    principles: tuple[PrincipleLine, ...]


class PrincipleCard(Saying):
    """One principle; the next text is kept as its note, in the place of the one that is shown.

    `number` counts from 1 among `total`; `next` is the principle after it, empty at the last. `by` and `noted_by` are
    names, empty for somebody who was forgotten; `at` and `noted_at` are UTC (ISO 8601), empty where nothing was done.
    `problem`: what was typed was not kept, being too long, because a colleague's note came in between, because it edits
    a message or is what a key is called; "meanwhile": nothing was changed, since a colleague had changed it. `seen` is
    the stamp of what is shown; `replaced` a colleague's note in whose place this one came.
    """

    topic: Literal["assess_principle"] = "assess_principle"
    principle: PrincipleLine
    number: int
    total: int
    next: str = ""
    by: str = ""
    at: str = ""
    noted_by: str = ""
    noted_at: str = ""
    noted: bool = False
    problem: NoteProblem = ""
    seen: int = 0
    replaced: str = ""


class AssessAreas(Saying):
    """What needs further development: principles by mark or note, and sections that have open points."""

    topic: Literal["assess_areas"] = "assess_areas"
    country: str
    principles: tuple[PrincipleLine, ...] = ()
    sections: tuple[SectionLine, ...] = ()


class EntitiesNamed(Saying):
    """The entities that a country named at a prompt of the review; `state` is "open" where it has said nothing."""

    prompt: str
    state: str = "open"
    names: tuple[str, ...] = ()


class AssessOutline(Saying):
    """The outline for a country's presentation, as it was `at` a moment (UTC, ISO 8601); every part may be empty.

    `requests` are those that whoever asked for it may see; `dated` is False while the cycle has no calendar.
    """

    topic: Literal["assess_outline"] = "assess_outline"
    country: str
    at: str
    sections: tuple[SectionLine, ...] = ()
    entities: tuple[EntitiesNamed, ...] = ()
    principles: tuple[PrincipleLine, ...] = ()
    requests: tuple[RequestLine, ...] = ()
    events: tuple[EventLine, ...] = ()
    dated: bool = True


AssessmentNotice = AssessView | PrincipleCard | AssessAreas | AssessOutline
