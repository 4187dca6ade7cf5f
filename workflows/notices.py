"""The closed list of things Rafiq may say, each with the values it needs; `bot.render` chooses the words."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter


class Saying(BaseModel):
    """One thing said to one person. Holds values, never words of ours."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Budget(Saying):
    """Words used in a section against its soft limit; `here` are those of the prompt in hand."""

    section: str
    here: int
    used: int
    limit: int

    @property
    def left(self) -> int:
        """Words left in the section; negative when over."""
        return self.limit - self.used


class Line(Saying):
    """One line of a list: an id that a button can name, its words (the state's own), and what else is known of it."""

    id: str
    text: str
    detail: str = ""


# --- the talk over the template -----------------------------------------------------------------------------

ProblemCode = Literal[
    "press_a_button", "not_an_option", "empty", "unreadable", "no_such_record", "not_a_date", "text_only_here"
]


class Ask(Saying):
    """A prompt put to the person, with what is already there; the same card is redrawn while the answer grows.

    `position` counts prompts of the section that apply now. `state` is the answer's state or "open". `excerpt` is the
    beginning of a text already given. `wording` is the state's own wording of the question where it adapted it.
    `menu` "other" shows the reasons for giving no answer.
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
    """The closing form of a card: the prompt with the answer as recorded, and a way back to it."""

    topic: Literal["answered"] = "answered"
    prompt: str
    state: str
    chosen: tuple[str, ...] = ()
    other: str = ""
    records: int = 0
    rows: int = 0
    words: int = 0


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


class SectionLine(Saying):
    """A section on the hub: counts of prompts that apply now, and words."""

    id: str
    settled: int
    total: int
    words: int
    limit: int
    adapted: int = 0


class Hub(Saying):
    """All sections with their state; `next` is the first open prompt, empty when none is open."""

    topic: Literal["hub"] = "hub"
    country: str
    sections: tuple[SectionLine, ...]
    next: str = ""


class QuestionLine(Saying):
    """A question in a section's list; state is open, begun, done, left_out or asleep (its condition does not hold)."""

    id: str
    state: Literal["open", "begun", "done", "left_out", "asleep"]
    adapted: bool = False
    words: int = 0


class SectionView(Saying):
    """The questions of one section."""

    topic: Literal["section"] = "section"
    section: str
    line: SectionLine
    questions: tuple[QuestionLine, ...]


class WhichQuestion(Saying):
    """A text that could belong to more than one place is kept, and the person says where it goes."""

    topic: Literal["which"] = "which"
    turn: int
    prompts: tuple[str, ...]
    excerpt: str
    kept: int


class NothingOpen(Saying):
    """Every prompt that applies is settled."""

    topic: Literal["nothing_open"] = "nothing_open"
    country: str


ExplainCode = Literal[
    "photo", "document", "video", "voice", "sticker", "location", "contact", "poll", "album", "forwarded", "other_kind",
    "edit_unknown", "edit_not_text", "discarded", "kept_waiting", "no_question_open", "command_unknown", "group",
    "not_allowed", "nothing_to_forget", "slow_down", "characters_replaced", "away", "asleep", "wording_kept",
    "cycle_closed", "turn_failed",
]  # fmt: skip


class Explained(Saying):
    """A reasoned reply to something that cannot be an answer here."""

    topic: Literal["explained"] = "explained"
    code: ExplainCode
    prompt: str = ""


ToastCode = Literal["stale", "already", "noted", "unreadable", "opened"]


class Toast(Saying):
    """A short line over the chat that answers a press; never kept, harmless when lost."""

    topic: Literal["toast"] = "toast"
    code: ToastCode
    prompt: str = ""


# --- coming in, leaving, settings ---------------------------------------------------------------------------


class Welcome(Saying):
    """The first words to somebody who has come in by invitation."""

    topic: Literal["welcome"] = "welcome"
    role: str
    country: str = ""
    lead: bool = False
    cycle: str = ""


class Handover(Saying):
    """To a successor: what is there, so that nothing is asked again."""

    topic: Literal["handover"] = "handover"
    country: str
    settled: int
    total: int
    words: int
    last_activity: str = ""


class AccessEnded(Saying):
    """To somebody whose place was handed to a successor."""

    topic: Literal["access_ended"] = "access_ended"
    country: str


class SomebodyCameIn(Saying):
    """To the secretariat and the country's other focal points: who has come in, and in what role."""

    topic: Literal["came_in"] = "came_in"
    name: str
    role: str
    country: str = ""


DoorCode = Literal[
    "not_invited", "used", "expired", "unknown", "own_place", "too_many_tries", "other_country"
]


class Door(Saying):
    """Why somebody does not come in, said politely; costs no row."""

    topic: Literal["door"] = "door"
    code: DoorCode


class ChooseLanguage(Saying):
    """The three languages, the present one marked."""

    topic: Literal["choose_language"] = "choose_language"
    current: str


class LanguageSet(Saying):
    """The language has been changed."""

    topic: Literal["language_set"] = "language_set"


class Settings(Saying):
    """Language and digits, with buttons to change them. `digits` is latn, arab or auto (the country's habit)."""

    topic: Literal["settings"] = "settings"
    language: str
    digits: str


class Help(Saying):
    """What can be done here, by role."""

    topic: Literal["help"] = "help"
    role: str
    country: str = ""


class Privacy(Saying):
    """What is kept, where, for how long, and who reads it."""

    topic: Literal["privacy"] = "privacy"
    role: str = ""


class MyData(Saying):
    """One's own data as a file, sent with this line. `document` names the stored export."""

    topic: Literal["my_data"] = "my_data"
    name: str
    content: str


class EraseAsk(Saying):
    """Is asked before erasure, saying what goes and what stays."""

    topic: Literal["erase_ask"] = "erase_ask"
    turn: int
    country: str = ""
    answers: int = 0


class Erased(Saying):
    """The last words to somebody whose data are gone. Sent to the chat, not to a person: there is none any more."""

    topic: Literal["erased"] = "erased"


class EraseCancelled(Saying):
    """Nothing was erased."""

    topic: Literal["erase_cancelled"] = "erase_cancelled"


# --- where things stand -------------------------------------------------------------------------------------


class ProgressView(Saying):
    """One country's own progress, section by section."""

    topic: Literal["progress"] = "progress"
    country: str
    sections: tuple[SectionLine, ...]
    declined: int = 0
    not_applicable: int = 0
    not_known: int = 0
    next: str = ""
    last_activity: str = ""


class CountryLine(Saying):
    """One country as the secretariat sees it: counts, never content. Times are UTC, ISO 8601."""

    country: str
    state: Literal["not_invited", "invited", "joined", "begun", "none_open"]
    focal_points: int
    settled: int
    total: int
    words: tuple[int, ...]
    last_activity: str = ""


class StatusView(Saying):
    """The region at a moment."""

    topic: Literal["status"] = "status"
    cycle: str
    at: str
    countries: tuple[CountryLine, ...]
    limits: tuple[int, ...]


class InviteWhom(Saying):
    """The secretariat is asked for the country and role of a new invitation."""

    topic: Literal["invite_whom"] = "invite_whom"
    problem: Literal["", "country_unknown", "role_unknown"] = ""
    given: str = ""


class ReplaceWhom(Saying):
    """The secretariat chooses whose place a successor takes; each person's id is that of their membership."""

    topic: Literal["replace_whom"] = "replace_whom"
    country: str
    people: tuple[Line, ...] = ()


class InvitationMade(Saying):
    """A single-use link for somebody, with the day it ends (UTC, ISO 8601)."""

    topic: Literal["invitation_made"] = "invitation_made"
    role: str
    country: str = ""
    link: str
    expires: str
    replaces: str = ""


Notice = Annotated[
    Ask | Saved | Answered | RecordCard | AskField | AskWording | LeftOut | Hub | SectionView | WhichQuestion
    | NothingOpen | Explained | Welcome | Handover | AccessEnded | SomebodyCameIn | Door | ChooseLanguage | LanguageSet | Settings
    | Help | Privacy | MyData | EraseAsk | Erased | EraseCancelled | ProgressView | StatusView | InviteWhom
    | ReplaceWhom | InvitationMade,
    Field(discriminator="topic"),
]  # fmt: skip

NOTICE: TypeAdapter[Notice] = TypeAdapter(Notice)
