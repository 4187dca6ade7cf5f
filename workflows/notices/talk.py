"""What is said in the talk over the template: cards, receipts, places, explanations."""

from typing import Literal

from pydantic import Field

from workflows.notices.saying import Budget, Line, Saying, SectionLine

ProblemCode = Literal[
    "press_a_button", "not_an_option", "empty", "unreadable", "changed_meanwhile", "joined", "details_differ",
    "name_of_a_key", "came_late", "called_off", "courtesy",
]  # fmt: skip


class Kept(Saying):
    """The review was submitted at a moment (UTC) as a version, and stays as it is.

    `missing` are the questions that say something else by now than what was submitted.
    """

    version: int
    at: str
    missing: tuple[str, ...] = ()


class Ask(Saying):
    """A prompt put to the person, with what is already there; the same card is redrawn while the answer grows.

    `position` is the question's place among all `total` of the document, which never changes. `state` is the answer's
    state or "open". `excerpt` is the beginning of a text already given. `wording` is the state's own wording of the
    question where it adapted it. `menu` "other" shows the reasons for giving no answer. `is_beside`: it is put to a
    contributor, whose answer stands beside the official one; `colleagues` counts the contributors' answers to it.
    `kept` while the review stays as it was submitted; what a contributor writes is then kept aside. `earlier` is when
    the country submitted its answer to the same prompt in an earlier cycle (UTC, ISO 8601), empty where it did not.
    `received` counts the answered requests for support that can be entries here.
    """

    topic: Literal["ask"] = "ask"
    turn: int
    prompt: str
    position: int
    total: int
    state: str = "open"
    chosen: tuple[str, ...] = ()
    other: str = ""
    excerpt: str = ""
    records: tuple[Line, ...] = ()
    cells: dict[str, str] = Field(default_factory=dict)
    rows_first: tuple[str, ...] = ()
    budget: Budget | None = None
    wording: str = ""
    menu: Literal["main", "other", "adapt", "clear"] = "main"
    page: int = 0
    row: str = ""
    replacing: bool = False
    problem: ProblemCode | None = None
    is_beside: bool = False
    colleagues: int = 0
    kept: Kept | None = None
    earlier: str = ""
    received: int = 0


class Saved(Saying):
    """A text is on disk: its count, what is left in the section, and, over the limit, the answers that weigh most.

    `turn` 0 means that the talk is elsewhere by now: the way on is "continue".
    """

    topic: Literal["saved"] = "saved"
    turn: int
    prompt: str
    parts: int
    budget: Budget
    heaviest: tuple[tuple[str, int], ...] = ()
    warned: bool = False
    edited: bool = False


class Answered(Saying):
    """The closing form of a card: the prompt with the answer as recorded, and a way back to it.

    `superseded` closes a card whose list goes on in a newer one below: it has no keys.
    """

    topic: Literal["answered"] = "answered"
    prompt: str
    state: str
    chosen: tuple[str, ...] = ()
    other: str = ""
    records: int = 0
    rows: int = 0
    words: int = 0
    superseded: bool = False


class RecordCard(Saying):
    """One record of a list, field by field, to be completed, corrected or removed."""

    topic: Literal["record"] = "record"
    turn: int
    prompt: str
    record: int
    number: int
    fields: dict[str, str]
    cautions: tuple[Literal["early_date", "unreadable_date"], ...] = ()
    confirm_removal: bool = False
    problem: ProblemCode | None = None


class AskField(Saying):
    """One field of a record put to the person: typed, or chosen from its options."""

    topic: Literal["field"] = "field"
    turn: int
    prompt: str
    record: int
    field: str
    value: str = ""
    page: int = 0
    problem: ProblemCode | None = None


class AskWording(Saying):
    """The person is asked for the state's own wording of a question."""

    topic: Literal["wording"] = "wording"
    turn: int
    question: str
    wording: str = ""


class LeftOut(Saying):
    """A question that the state has left out, with the way to take it in again."""

    topic: Literal["left_out"] = "left_out"
    turn: int
    question: str


class Hub(Saying):
    """All sections with their state; `next` is the first open prompt, empty when none is open.

    `kept` while the review stays as it was submitted. `is_beside`: it is a contributor's own paper. `earlier` is when
    the country submitted its review in an earlier cycle (UTC, ISO 8601), empty where it did not. `assesses`: the
    reader may open the country's self-assessment.
    """

    topic: Literal["hub"] = "hub"
    country: str
    sections: tuple[SectionLine, ...]
    next: str = ""
    kept: Kept | None = None
    is_beside: bool = False
    earlier: str = ""
    assesses: bool = False


class QuestionLine(Saying):
    """A question in a section's list; state is open, begun, done, left_out or asleep (its condition does not hold)."""

    id: str
    state: Literal["open", "begun", "done", "left_out", "asleep"]
    adapted: bool = False
    words: int = 0


class SectionView(Saying):
    """The questions of one section.

    It was opened by its name where `typed` is that, in the person's message of this id, which the update brought.
    """

    topic: Literal["section"] = "section"
    section: str
    line: SectionLine
    questions: tuple[QuestionLine, ...]
    typed: str = ""
    message: int = 0
    update: int = 0


class WhichQuestion(Saying):
    """A text that could belong to more than one place is kept, and the person says where it goes.

    `later` counts the kept texts that are asked about after this.
    """

    topic: Literal["which"] = "which"
    turn: int
    prompts: tuple[str, ...]
    excerpt: str
    kept: int
    later: int = 0


class NothingOpen(Saying):
    """Every prompt that applies is settled."""

    topic: Literal["nothing_open"] = "nothing_open"
    country: str


ExplainCode = Literal[
    "photo", "document", "video", "voice", "sticker", "location", "contact", "poll", "album", "other_kind",
    "edit_unknown", "edit_of_joined", "edit_not_text", "edit_of_file", "discarded", "no_question_open",
    "command_unknown", "group", "not_allowed", "characters_replaced", "away", "away_long", "asleep",
    "wording_kept", "only_decisions", "reason_edited", "turn_failed", "no_answers_here",
    "secretariat_schedules", "secretariat_runs", "late", "returned_meanwhile", "decided_meanwhile",
    "accepted_meanwhile", "submitted_meanwhile", "sent_meanwhile", "dropped_meanwhile", "gone_out",
    "called_off", "no_answer_word", "kept_edited", "back",
    "back_to_texts", "courtesy",
]  # fmt: skip


class Explained(Saying):
    """A reasoned reply to something that cannot be an answer here; the ways on are those of the role.

    No role is a country's, "outside" is that of somebody without a place, to whom none is open. `text` is what was
    typed and is given back, because it came too late for `version` of a country's review, or for something else.
    `given` is the name of a command that there is not, in small letters and without its slash.
    """

    topic: Literal["explained"] = "explained"
    code: ExplainCode
    prompt: str = ""
    role: str = ""
    text: str = ""
    country: str = ""
    version: int = 0
    given: str = ""


ToastCode = Literal["stale", "already", "noted", "unreadable", "locked"]


class Toast(Saying):
    """A short line over the chat that answers a press; never kept, harmless when lost."""

    topic: Literal["toast"] = "toast"
    code: ToastCode
    prompt: str = ""
