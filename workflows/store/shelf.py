"""What a process remembers of what it has opened: answers by version, templates by hash. Never the truth itself."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from workflows.review.answers import Answers
from workflows.review.events import Adaptation
from workflows.review.template import Template

DRAFTS: Final = 256
TEMPLATES: Final = 8


@dataclass(frozen=True)
class Contents:
    """A submission's answers and adaptations, with the newest revisions' numbers and the answers' words."""

    answers: Answers = field(default_factory=dict)
    adaptations: Mapping[str, Adaptation] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    wordings: Mapping[str, int] = field(default_factory=dict)
    words: Mapping[str, int] = field(default_factory=dict)


class Shelf:
    """Keeps the newest of each; who takes something names its version, so what is outdated is never found."""

    def __init__(self) -> None:
        self._drafts: OrderedDict[int, tuple[int, Contents]] = OrderedDict()
        self._templates: OrderedDict[str, Template] = OrderedDict()

    def contents(self, submission_id: int, version: int) -> Contents | None:
        """What this version of a submission holds, if it is remembered."""
        kept = self._drafts.get(submission_id)
        if kept is None or kept[0] != version:
            return None
        self._drafts.move_to_end(submission_id)
        return kept[1]

    def keep(self, submission_id: int, version: int, contents: Contents) -> None:
        """Remember what is on disk."""
        self._drafts[submission_id] = (version, contents)
        self._drafts.move_to_end(submission_id)
        if len(self._drafts) > DRAFTS:
            self._drafts.popitem(last=False)

    def template(self, digest: str) -> Template | None:
        """The template with this hash, if it is remembered; cycles may share one."""
        return self._templates.get(digest)

    def keep_template(self, digest: str, template: Template) -> None:
        """Remember a parsed template."""
        self._templates[digest] = template
        if len(self._templates) > TEMPLATES:
            self._templates.popitem(last=False)
