"""What is said of the entries that carry an objective of the Global Compact; a country's own, to its own people."""

from typing import Literal

from pydantic import Field

from workflows.notices.saying import Saying


class TagsView(Saying):
    """How much of one's own carries each objective, by the objective's value; 0 where nothing does.

    `beside`, here and below: it is what a colleague wrote beside the official text.
    """

    topic: Literal["tags"] = "tags"
    counts: dict[str, int] = Field(default_factory=dict)
    beside: bool = False


class TaggedLine(Saying):
    """Something at a prompt that carries the objective: an entry by its name, its status, or that it was chosen."""

    prompt: str
    name: str = ""
    status: str = ""


class TaggedView(Saying):
    """All of one's own that carries one objective, in the order of the template."""

    topic: Literal["tagged"] = "tagged"
    objective: str
    found: tuple[TaggedLine, ...] = ()
    page: int = 0
    beside: bool = False


TaggedNotice = TagsView | TaggedView
"""Everything in this module that can be said."""
