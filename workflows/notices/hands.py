"""What is said where several people work on one review: colleagues' texts, versions, notes, consultations, files."""

from typing import Literal

from pydantic import Field

from workflows.notices.saying import Line, Saying

# --- answers as they were given -----------------------------------------------------------------------------


class Given(Saying):
    """An answer by its values; `state` is "open" where there is none. Options are named by their values."""

    state: str = "open"
    text: str = ""
    chosen: tuple[str, ...] = ()
    other: str = ""
    records: tuple[dict[str, str], ...] = ()
    cells: dict[str, str] = Field(default_factory=dict)


class TwoTexts(Saying):
    """A text came for what somebody else has changed meanwhile: both are shown, and the person chooses.

    `theirs` is what is there now, by `name` where that is known; `mine` the text that waits. `both` tells whether one
    can stand below the other. `later` counts the kept texts that are asked about after this.
    """

    topic: Literal["two_texts"] = "two_texts"
    turn: int
    prompt: str = ""
    question: str = ""
    field: str = ""
    name: str = ""
    theirs: str = ""
    mine: str = ""
    both: bool = False
    later: int = 0


# --- colleagues' texts ----------------------------------------------------------------------------------------


class ColleagueWrote(Saying):
    """To a country's focal points, once a day and quietly: a colleague has written something of their own."""

    topic: Literal["colleague_wrote"] = "colleague_wrote"
    name: str
    place: int
    prompt: str


class Colleague(Saying):
    """One of those who take part for a country: their place, what they were asked for, how many answers they wrote.

    `written` is None for those who write the official text.
    """

    place: int
    name: str
    role: str
    lead: bool = False
    scope: str = ""
    written: int | None = None


class OpenLink(Saying):
    """An invitation of a colleague that nobody has taken up, with the moment it ends (UTC, ISO 8601)."""

    id: int
    role: str
    scope: str
    expires: str


class Colleagues(Saying):
    """Who takes part for a country, and the links that wait, as its own focal points see them."""

    topic: Literal["colleagues"] = "colleagues"
    country: str
    people: tuple[Colleague, ...] = ()
    links: tuple[OpenLink, ...] = ()


class ColleagueCard(Saying):
    """One colleague with what they have written, prompt by prompt; `texts` have prompts for ids, words for details."""

    topic: Literal["colleague"] = "colleague"
    colleague: Colleague
    texts: tuple[Line, ...] = ()
    may_withdraw: bool = False


class BesideText(Saying):
    """A colleague's own answer beside the official one, with the ways to take it over.

    `number` and `official` are the numbers of the revisions that are shown; `used` tells whether the text of this
    number was taken over already. `position` is the colleague's place among the `total` who answered this prompt,
    `before` and `after` the places of those beside them, 0 for none. `picked` are the paragraphs chosen so far, as
    bits; None while none are chosen from.
    """

    topic: Literal["beside_text"] = "beside_text"
    prompt: str
    place: int
    name: str
    at: str
    number: int
    official: int
    given: Given
    present: Given
    used: bool = False
    ended: bool = False
    position: int = 1
    total: int = 1
    before: int = 0
    after: int = 0
    picked: int | None = None
    changed: bool = False


class CopyText(Saying):
    """A colleague's text in a form that one touch copies, to be edited and sent."""

    topic: Literal["copy_text"] = "copy_text"
    prompt: str
    name: str
    text: str


class TakenOver(Saying):
    """To whoever took a colleague's text over: it stands in the official answer now."""

    topic: Literal["taken_over"] = "taken_over"
    prompt: str
    name: str


class TextUsed(Saying):
    """To a colleague: their text was taken into the official answer; their own stays as it is."""

    topic: Literal["text_used"] = "text_used"
    prompt: str
    name: str
    whole: bool = True


class InviteScope(Saying):
    """What a new contributor is to be asked for: all, a section, or (with `section`) a question of it."""

    topic: Literal["invite_scope"] = "invite_scope"
    country: str
    section: str = ""


class WithdrawAsk(Saying):
    """Is asked before a colleague's place ends."""

    topic: Literal["withdraw_ask"] = "withdraw_ask"
    place: int
    name: str


class Withdrawn(Saying):
    """A colleague's place has ended; what they wrote stays."""

    topic: Literal["withdrawn"] = "withdrawn"
    name: str


class PlaceEnded(Saying):
    """To a colleague whose place was ended; `role` is what they are from now on."""

    topic: Literal["place_ended"] = "place_ended"
    country: str
    role: str = "former"


# --- versions -------------------------------------------------------------------------------------------------


class VersionLine(Saying):
    """One version in the list of an answer's; `by` is its author's name, empty for a forgotten one.

    `earlier` is when that was submitted in an earlier cycle (UTC, ISO 8601) which it began with; empty for all others.
    `is_of_a_file`: it was taken from a document that was filled in outside the chat.
    """

    number: int
    by: str
    at: str
    words: int
    state: str
    colleague: str = ""
    restored: int = 0
    earlier: str = ""
    is_of_a_file: bool = False


class HistoryView(Saying):
    """All versions of an answer, the newest first."""

    topic: Literal["history"] = "history"
    prompt: str
    lines: tuple[VersionLine, ...]
    page: int = 0


class VersionView(Saying):
    """One version of an answer with what differs from the one before it; `newest` is the number of the last."""

    topic: Literal["version"] = "version"
    prompt: str
    line: VersionLine
    newest: int
    before: Given
    after: Given


# --- notes ----------------------------------------------------------------------------------------------------


class NoteLine(Saying):
    """A note; `own` ones can be removed."""

    id: int
    by: str
    at: str
    text: str
    own: bool = False


class NotesView(Saying):
    """The notes on a question, the newest last; never part of the review."""

    topic: Literal["notes"] = "notes"
    question: str
    lines: tuple[NoteLine, ...] = ()


class AskNote(Saying):
    """A note is asked for, to be typed."""

    topic: Literal["ask_note"] = "ask_note"
    question: str


# --- consultations --------------------------------------------------------------------------------------------


class ConsultationLine(Saying):
    """A consultation as it was logged; `day` is ISO 8601, empty where none was given."""

    id: int
    day: str
    category: str
    with_whom: str
    subject: str


class ConsultationsView(Saying):
    """The country's consultations, the newest first."""

    topic: Literal["consultations"] = "consultations"
    country: str
    lines: tuple[ConsultationLine, ...] = ()
    page: int = 0


class ConsultationAsk(Saying):
    """One step of logging a consultation: its category, with whom, when, about what."""

    topic: Literal["consultation_ask"] = "consultation_ask"
    step: Literal["category", "with_whom", "day", "subject"]
    id: int = 0
    category: str = ""
    given: str = ""
    problem: Literal["", "date_unclear", "date_ambiguous"] = ""


class ConsultationCard(Saying):
    """A consultation with what can be done with it; `fits` are the prompts of lists that it could stand in."""

    topic: Literal["consultation"] = "consultation"
    line: ConsultationLine
    fits: tuple[str, ...] = ()
    confirm_removal: bool = False


class LineOffered(Saying):
    """A consultation as a line of a list of the review, to be confirmed; `official` is the list's newest version."""

    topic: Literal["line_offered"] = "line_offered"
    id: int
    prompt: str
    official: int
    line: ConsultationLine


# --- files ----------------------------------------------------------------------------------------------------

FileRefusal = Literal[
    "too_large", "too_many", "too_many_read", "type", "macros", "bomb", "nested", "damaged", "empty", "away"
]


class FileLine(Saying):
    """A file kept as evidence, or on its way; `size` in bytes."""

    id: int
    name: str
    size: int
    by: str
    at: str
    state: str
    own: bool = False


class FilesView(Saying):
    """The files that stand behind a question's answers."""

    topic: Literal["files"] = "files"
    question: str
    lines: tuple[FileLine, ...] = ()


class FileTaken(Saying):
    """A file was sent and is on its way, to be evidence of the question that was open; "" where none was."""

    topic: Literal["file_taken"] = "file_taken"
    question: str
    name: str


class FileKept(Saying):
    """A file is kept as evidence of a question; `has_text` says whether its text can be taken in as the answer."""

    topic: Literal["file_kept"] = "file_kept"
    id: int
    question: str
    name: str
    size: int
    has_text: bool = False


class FileRefused(Saying):
    """A file was not kept, and why; `limit` in bytes."""

    topic: Literal["file_refused"] = "file_refused"
    code: FileRefusal
    name: str
    limit: int = 0


class FileSent(Saying):
    """A file, sent back; `content` is base64."""

    topic: Literal["file_sent"] = "file_sent"
    name: str
    content: str
    question: str


class FileRemoveAsk(Saying):
    """Is asked before a file is removed for good."""

    topic: Literal["file_remove_ask"] = "file_remove_ask"
    line: FileLine
    question: str


HandsNotice = (
    TwoTexts | ColleagueWrote | Colleagues | ColleagueCard | BesideText | CopyText | TakenOver | TextUsed | InviteScope
    | WithdrawAsk | Withdrawn | PlaceEnded | HistoryView | VersionView | NotesView | AskNote
    | ConsultationsView | ConsultationAsk | ConsultationCard | LineOffered | FilesView | FileTaken | FileKept
    | FileRefused | FileSent | FileRemoveAsk
)  # fmt: skip
"""Everything in this module that can be said."""
