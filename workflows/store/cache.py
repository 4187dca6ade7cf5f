"""What a process remembers of what it has opened: answers by version, the rest by hash. Never the truth itself."""

from collections import OrderedDict
from collections.abc import Mapping
from typing import Final, TypeVar

from msgspec import field

from workflows.cycle.calendar import Calendar
from workflows.cycle.reminders.policy import ReminderPolicy
from workflows.immutable import Immutable
from workflows.review.answers import Answers
from workflows.review.events import Adaptation
from workflows.review.template import Template

DRAFTS: Final = 256
TEMPLATES: Final = 8
CALENDARS: Final = 16
_Name = TypeVar("_Name")
_Kept = TypeVar("_Kept")


class Contents(Immutable):
    """A submission's answers and adaptations, with the newest revisions' numbers and what a review knows of answers."""

    answers: Answers = field(default_factory=dict)
    adaptations: Mapping[str, Adaptation] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    wordings: Mapping[str, int] = field(default_factory=dict)
    words: Mapping[str, int] = field(default_factory=dict)
    last_ids: Mapping[str, int] = field(default_factory=dict)


class Cache:
    """Keeps the newest of each; who takes something names its version, so what is outdated is never found."""

    def __init__(self) -> None:
        self._drafts: OrderedDict[int, tuple[int, Contents]] = OrderedDict()
        self._templates: OrderedDict[str, Template] = OrderedDict()
        self._calendars: OrderedDict[str, Calendar] = OrderedDict()
        self._policies: OrderedDict[str, ReminderPolicy] = OrderedDict()
        self._cycles_before: OrderedDict[str, tuple[str, ...]] = OrderedDict()
        self._answered_in: OrderedDict[int, frozenset[str]] = OrderedDict()

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
        _keep(self._templates, digest, template, TEMPLATES)

    def calendar(self, digest: str) -> Calendar | None:
        """The calendar with this hash, if it is remembered."""
        return self._calendars.get(digest)

    def keep_calendar(self, digest: str, calendar: Calendar) -> None:
        """Remember a parsed calendar."""
        _keep(self._calendars, digest, calendar, CALENDARS)

    def policy(self, digest: str) -> ReminderPolicy | None:
        """The reminder policy with this hash, if it is remembered; cycles may share one."""
        return self._policies.get(digest)

    def keep_policy(self, digest: str, policy: ReminderPolicy) -> None:
        """Remember a parsed reminder policy."""
        _keep(self._policies, digest, policy, CALENDARS)

    def cycles_before(self, cycle_id: str) -> tuple[str, ...] | None:
        """The cycles that were opened before this one, the newest first; None while nobody has asked."""
        return self._cycles_before.get(cycle_id)

    def keep_cycles_before(self, cycle_id: str, earlier: tuple[str, ...]) -> None:
        """Remember which cycles were opened before one: that never changes."""
        _keep(self._cycles_before, cycle_id, earlier, CALENDARS)

    def answered_in(self, edition_id: int) -> frozenset[str] | None:
        """The prompts that have an answer in a frozen text; None while nobody has asked."""
        return self._answered_in.get(edition_id)

    def keep_answered_in(self, edition_id: int, prompts: frozenset[str]) -> None:
        """Remember which prompts a frozen text answers: it never changes."""
        _keep(self._answered_in, edition_id, prompts, DRAFTS)


def _keep(known: OrderedDict[_Name, _Kept], name: _Name, content: _Kept, most: int) -> None:
    """Remember something among so many at most; what was put there first makes room."""
    known[name] = content
    if len(known) > most:
        known.popitem(last=False)
