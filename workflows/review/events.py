"""What a person did and what became of it: the values that go into and come out of a step of the talk."""

from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Final, Literal, TypeVar

from msgspec import field

from workflows.immutable import Immutable
from workflows.notices import Notice, Toast
from workflows.review.answers import Answer, Answers, Held, RecordList, chosen
from workflows.review.template import Path, Prompt, Template

V = TypeVar("V")

PATHS_KNOWN = 512
"""So many paths through a template are remembered; a region's states walk a handful."""

# --- where somebody is --------------------------------------------------------------------------------------


class Focus(Immutable):
    """What a typed text would answer: a prompt, a record's field, the wording of a question; nothing on the hub.

    `asked` is something outside the template that was asked in the chat: a date, a question to a session.
    Written as `1f.2`, `2c.1/3/title`, `2c=wording`, `?date.forum`, or the empty string.
    """

    prompt: str = ""
    record: int = 0
    field: str = ""
    question: str = ""
    asked: str = ""

    def __str__(self) -> str:
        if self.asked:
            return f"?{self.asked}"
        if self.question:
            return f"{self.question}=wording"
        if self.record:
            return f"{self.prompt}/{self.record}/{self.field}"
        return self.prompt

    @staticmethod
    @lru_cache(4096)
    def read(text: str) -> "Focus":
        """The focus that `str()` wrote."""
        if text.startswith("?"):
            return Focus(asked=text[1:])
        if text.endswith("=wording"):
            return Focus(question=text.removesuffix("=wording"))
        prompt, _, rest = text.partition("/")
        record, _, field_id = rest.partition("/")
        return Focus(prompt=prompt, record=int(record or 0), field=field_id)


NOWHERE: Final = Focus()
"""Nothing in particular: a text answers nothing there."""


class Interview(Immutable):
    """The pointer of one person in one country's review: the turn and what was put to the person last.

    `previous` is the prompt asked before, by which a double tap is told from a stale button. `replacing` is the prompt
    whose text the next message replaces. `held` are texts kept until the person has said where they belong. `seen` is
    the number of the newest revision that the person was shown of what `focus` names.
    """

    turn: int = 0
    focus: Focus = NOWHERE
    previous: str = ""
    replacing: str = ""
    held: tuple[Held, ...] = ()
    seen: int = 0


BEFORE_THE_FIRST: Final = Interview()
"""Where somebody is who has not begun."""


class Adaptation(Immutable):
    """How a state fits a question to its context (the template allows it): left out, or put in own words."""

    left_out: bool = False
    wording: str = ""


class Review(Immutable, dict=True):
    """All that one step of the talk needs to know: the template and what the country has given so far.

    `words` are the answers' counts by prompt where they are known; the others are counted when they are needed.
    `last_ids` are the highest record ids ever given, by the prompts that have had a list and have none now.
    `is_beside`: it is a contributor's own paper beside the official one. `unseen` names the prompts and the questions
    (as `str(Focus)`) that somebody else has changed since the person was last shown them.
    """

    template: Template
    country: str = ""
    answers: Answers = field(default_factory=dict)
    adaptations: dict[str, Adaptation] = field(default_factory=dict)
    words: Mapping[str, int] = field(default_factory=dict)
    last_ids: Mapping[str, int] = field(default_factory=dict)
    is_beside: bool = False
    unseen: frozenset[str] = frozenset()

    @property
    def path(self) -> tuple[Prompt, ...]:
        """The prompts that apply now in the order of the document, without guidance and questions left out.

        A condition holds only while the prompt it names is on the path itself.
        """
        return self.way.prompts

    @cached_property
    def way(self) -> Path:
        """The path, and what of it lies in each section."""
        left_out = frozenset(question for question, each in self.adaptations.items() if each.left_out)
        held = tuple([c.value in chosen(self.answers, c.prompt) for c in self.template.conditions])
        known = self.template.known_paths
        found = known.get((left_out, held))
        if found is None:
            if len(known) >= PATHS_KNOWN:
                known.clear()
            found = known[left_out, held] = _path(self.template, left_out, held)
        return found


def _path(template: Template, left_out: frozenset[str], held: tuple[bool, ...]) -> Path:
    holds = dict(zip(((c.prompt, c.value) for c in template.conditions), held, strict=True))
    on_path: dict[str, Prompt] = {}
    for prompt, question, conditions in template.asked:
        if question not in left_out and all(
            condition.prompt in on_path and holds[condition.prompt, condition.value]
            for condition in conditions
        ):
            on_path[prompt.id] = prompt
    by_section: dict[str, list[Prompt]] = {}
    for prompt in on_path.values():
        by_section.setdefault(template.section_of[prompt.id].id, []).append(prompt)
    return Path(tuple(on_path.values()), {section: tuple(prompts) for section, prompts in by_section.items()})


# --- what the person did ------------------------------------------------------------------------------------

Act = Literal[
    "option",  # arg: option value; answers a yes/no or a choice
    "tick", "untick",  # arg: option value; sets, never toggles, so that a double tap is harmless
    "row",  # arg: row of a matrix; opens its statuses
    "status",  # arg: "row:status"
    "page",  # arg: page number of a long keyboard
    "done", "next",  # go on to the following open prompt
    "back", "skip",
    "menu",  # arg: main | other | adapt | clear
    "state",  # arg: not_applicable | declined | not_known
    "clear",  # remove the answer (after confirmation in the menu)
    "replace",  # begin a text anew with the next message
    "record",  # arg: record id; opens its card
    "field",  # arg: "record:field"
    "value",  # arg: "record:field:option" (choice) ; "record:field:+option" / "record:field:-option" (choices)
    "blank",  # arg: "record:field"; empties a field
    "remove", "removed",  # arg: record id; asks, then removes
    "join",  # arg: record id; puts it behind the record before it
    "list",  # back from a record to its list
    "leave_out", "reword", "restore",  # adaptation of the prompt's question
    "place",  # arg: prompt id; says where a held text belongs
    "discard",  # drops a held text
    "both", "instead", "theirs",  # what becomes of a text beside the one that somebody else has written meanwhile
]  # fmt: skip


class Pressed(Immutable):
    """A button of the talk; `turn` is the turn that the button's card was made for."""

    turn: int
    act: Act
    arg: str = ""


class WentTo(Immutable):
    """The person asked for a place: "hub", "continue", "section:ID", "question:ID" or "prompt:ID". Never stale."""

    place: str


class Said(Immutable):
    """A text; `at` is what it answers by the card it was sent after, None when that cannot be told.

    `source` names the message (person and message id: two people's message ids may be equal), `edited` tells whether
    it corrects a message sent before. `candidates` are the prompts it may belong to when `at` is None. `instead`: the
    person has seen what it takes the place of, and chosen so. `late`: it comes after what the person did later at the
    same question, as a webhook brings presses and messages in lines of their own.
    """

    text: str
    source: str
    at: Focus | None
    edited: bool = False
    candidates: tuple[str, ...] = ()
    instead: bool = False
    late: bool = False


Event = Pressed | WentTo | Said

# --- what became of it --------------------------------------------------------------------------------------


class Recorded(Immutable):
    """A prompt has a new answer, or none any more (`answer` None: it is open again)."""

    prompt: str
    answer: Answer | None
    words: int | None = None
    source: str = ""


class Adapted(Immutable):
    """A question was left out, put in the state's own words, or restored to the template's."""

    question: str
    adaptation: Adaptation


Fact = Recorded | Adapted


class Say(Immutable):
    """A notice to be said; `redraw` edits the card that was pressed instead of sending a new message.

    `focus` is what a text sent after this message answers; None when the message does not move the talk.
    """

    notice: Notice
    redraw: bool = False
    focus: Focus | None = None


class Turn(Immutable):
    """The outcome of one step: where the person now is, what is said, what is now true."""

    interview: Interview
    says: tuple[Say, ...] = ()
    facts: tuple[Fact, ...] = ()
    toast: Toast | None = None


def with_facts(review: Review, facts: tuple[Fact, ...]) -> Review:
    """The review after the facts."""
    answers = dict(review.answers)
    adaptations = dict(review.adaptations)
    words = dict(review.words)
    last_ids = dict(review.last_ids)
    for fact in facts:
        match fact:
            case Adapted(question, adaptation):
                adaptations[question] = adaptation
            case Recorded(prompt, answer, count):
                given = last_ids.get(prompt) or _last_id(answers.get(prompt))
                _put(last_ids, prompt, None if _last_id(answer) else given)
                _put(answers, prompt, answer)
                _put(words, prompt, count if answer else None)
    return Review(
        review.template,
        review.country,
        answers,
        adaptations,
        words,
        last_ids,
        review.is_beside,
        review.unseen,
    )


def _last_id(answer: Answer | None) -> int | None:
    return answer.value.last_id if answer is not None and isinstance(answer.value, RecordList) else None


def _put(values: dict[str, V], prompt: str, value: V | None) -> None:
    """Set a prompt's value, or take it away where there is none."""
    if value is None:
        values.pop(prompt, None)
    else:
        values[prompt] = value
