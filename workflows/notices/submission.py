"""What is said of a review on its way: the look before it is submitted, clearances, frozen texts, receipts."""

from typing import Literal

from workflows.notices.contradictions import ContradictionMark
from workflows.notices.exchange import Found
from workflows.notices.saying import Line, Saying

EditionState = Literal[
    "in_clearance",
    "changes_asked",
    "cleared",
    "withdrawn",
    "submitted",
    "reopened",
    "returned",
    "accepted",
    "superseded",
]

Form = Literal["docx", "pdf"]
"""A document for Word, or one to be printed."""


class EditionMark(Saying):
    """What a frozen text is known by: its number, its version (0 before it is submitted), its hash, its moment (UTC).

    `state_at` is since when it is in its state, `step` the clearance it waits for or has got to.
    """

    id: int
    country: str
    number: int
    version: int = 0
    content_hash: str
    state: EditionState
    step: int = 0
    at: str
    state_at: str


class OverLimit(Saying):
    """A section over its limit, with the answers (prompts) that weigh most."""

    section: str
    words: int
    limit: int
    heaviest: tuple[tuple[str, int], ...] = ()


# --- the focal points ------------------------------------------------------------------------------------------------


class Returned(Saying):
    """The version that was returned last, with its remarks and how many of them the state has still to decide on."""

    version: int
    remarks: int
    open: int


class SubmitLook(Saying):
    """One look before anything is frozen or submitted.

    All that is counted and named are questions, `begun` those of which a part is open; `newest` is the text on its
    way, with the reason that a clearer gave where changes were asked, and `changed` what differs from it by now.
    `without` are the steps that nobody can clear, `invited` those of them for which an invitation is under way.
    `waiting` counts the reader's own messages of which it is not known which question they belong to, `of_colleagues`
    names who else has such and how many (the detail).
    """

    topic: Literal["submit_look"] = "submit_look"
    country: str
    version: int
    steps: int
    lead: bool
    settled: int
    total: int
    open: tuple[str, ...] = ()
    begun: tuple[str, ...] = ()
    over: tuple[OverLimit, ...] = ()
    adapted: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    newest: EditionMark | None = None
    reason: str = ""
    changed: tuple[str, ...] = ()
    without: tuple[int, ...] = ()
    invited: tuple[int, ...] = ()
    contradictions: tuple[ContradictionMark, ...] = ()
    waiting: int = 0
    of_colleagues: tuple[Line, ...] = ()
    returned: Returned | None = None


class FreezeDoubt(Saying):
    """What is about to be frozen seems to hold personal data."""

    topic: Literal["freeze_doubt"] = "freeze_doubt"
    found: Found


class SubmitConfirm(Saying):
    """The last question: this frozen text, as this version. `changed` are questions changed since it was frozen.

    `seen` tells the draft that the question was asked about from a later one. `waiting` and `of_colleagues` count texts
    without a place.
    """

    topic: Literal["submit_confirm"] = "submit_confirm"
    mark: EditionMark
    version: int
    open: int
    seen: str
    changed: tuple[str, ...] = ()
    anew: bool = False
    waiting: int = 0
    of_colleagues: tuple[Line, ...] = ()


class EditionSent(Saying):
    """A text was frozen and sent to be cleared; `changed` is what differs from the one before it."""

    topic: Literal["edition_sent"] = "edition_sent"
    mark: EditionMark
    changed: tuple[str, ...] = ()
    followed: int = 0


NewsCode = Literal[
    "sent",
    "cleared_first",
    "cleared",
    "changes_asked",
    "withdrawn",
    "replaced",
    "second_missing",
    "clearer_left",
    "clearer_missing",
]


class EditionNews(Saying):
    """What became of a frozen text, to the country's focal points and clearers (`role` is the reader's)."""

    topic: Literal["edition_news"] = "edition_news"
    code: NewsCode
    mark: EditionMark
    reason: str = ""
    role: str = "focal_point"


class OnlyTheLead(Saying):
    """To an alternate: the lead focal point submits."""

    topic: Literal["only_the_lead"] = "only_the_lead"
    country: str


class ClearerLine(Saying):
    """Somebody who clears, and at which step."""

    name: str
    step: int


class ClearingView(Saying):
    """How many clearances a country asks for and who gives them; `fixed` while a text is on its way.

    `own` is whether the reader is of that country; else the secretariat reads it. `beyond`: more clearances were asked
    for than there can be. `invited` are the steps for which an invitation is under way.
    """

    topic: Literal["clearing"] = "clearing"
    country: str
    steps: int
    clearers: tuple[ClearerLine, ...] = ()
    invited: tuple[int, ...] = ()
    fixed: bool = False
    own: bool = True
    beyond: bool = False


class ClearingAsk(Saying):
    """To the secretariat: what would change for a country, asked before it is set.

    `without` are the steps that nobody could clear, `invited` those of them for which an invitation is under way,
    `told` how many focal points would hear of it, `clearers` how many of those who clear.
    """

    topic: Literal["clearing_ask"] = "clearing_ask"
    country: str
    before: int
    steps: int
    without: tuple[int, ...] = ()
    invited: tuple[int, ...] = ()
    told: int = 0
    clearers: int = 0


class ClearingChanged(Saying):
    """To the others concerned: the country asks for so many clearances from now on (`role` is the reader's)."""

    topic: Literal["clearing_changed"] = "clearing_changed"
    country: str
    steps: int
    role: str = "focal_point"
    by_secretariat: bool = False


# --- frozen texts ----------------------------------------------------------------------------------------------------


class EditionsView(Saying):
    """A country's frozen texts, the newest first; `writes` is whether the reader can have the draft as well."""

    topic: Literal["editions"] = "editions"
    country: str
    marks: tuple[EditionMark, ...]
    writes: bool = False


class OwnDraft(Saying):
    """The draft of the reader's own country as a document, as it was at a moment (UTC).

    `content` is its canonical form, `form` whether it is a Word document or one to print.
    """

    topic: Literal["own_draft"] = "own_draft"
    country: str
    content: str
    at: str
    form: Form = "docx"


class EditionDocument(Saying):
    """A frozen text as a document; `content` is its canonical form. `asks` shows the keys of who may clear it now.

    `form` is whether it is a Word document or one to print. `before` is the text that the reader had last, `changed`
    the questions of it that say something else by now.
    """

    topic: Literal["edition_document"] = "edition_document"
    mark: EditionMark
    content: str
    asks: bool = False
    form: Form = "docx"
    before: EditionMark | None = None
    changed: tuple[str, ...] = ()


# --- those who are awaited -------------------------------------------------------------------------------------------


class PassageAwaited(Saying):
    """A frozen text has waited for somebody since `mark.state_at`, so many working days of the country.

    To whoever clears it, and to the focal points (`role` is the reader's); `without`: nobody is invited for the
    clearance that it waits for.
    """

    topic: Literal["passage_awaited"] = "passage_awaited"
    mark: EditionMark
    days: int
    role: str = "focal_point"
    without: bool = False


# --- submitted -------------------------------------------------------------------------------------------------------


class Receipt(Saying):
    """A version was submitted: to the focal points, the clearers and the secretariat (`role` is the reader's).

    `changed` are the questions that differ from the version before it, `missing` those that say something else in the
    draft than in what was submitted.
    """

    topic: Literal["receipt"] = "receipt"
    mark: EditionMark
    role: str
    changed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


class SubmittedWithout(Saying):
    """To a colleague who writes beside the official text: it was submitted, and what they wrote is kept."""

    topic: Literal["submitted_without"] = "submitted_without"
    mark: EditionMark


class ReviewLocked(Saying):
    """The review was submitted and stays as it is; `text` is what was typed all the same, given back.

    `asked`: that it be opened again has been asked and not been answered.
    """

    topic: Literal["review_locked"] = "review_locked"
    mark: EditionMark
    text: str = ""
    asked: bool = False


class ReopenReason(Saying):
    """The next text says why the review should be opened again; `empty`: the one before had no words."""

    topic: Literal["reopen_reason"] = "reopen_reason"
    mark: EditionMark
    empty: bool = False


class ReopenSure(Saying):
    """Whether this reason goes to the secretariat; what is typed next is added to it."""

    topic: Literal["reopen_sure"] = "reopen_sure"
    mark: EditionMark
    reason: str


class ReopenAsked(Saying):
    """To the secretariat: a state asks that its review be opened again."""

    topic: Literal["reopen_asked"] = "reopen_asked"
    mark: EditionMark
    reason: str


class ReopenSent(Saying):
    """To whoever asked: the request is on its way, with these words."""

    topic: Literal["reopen_sent"] = "reopen_sent"
    mark: EditionMark
    reason: str = ""


class Reopened(Saying):
    """The draft is open again; the version stays on record. `role` is the reader's.

    `dropped` is how many remarks had not been sent and are withdrawn.
    """

    topic: Literal["reopened"] = "reopened"
    mark: EditionMark
    role: str
    dropped: int = 0


class ReopenRefused(Saying):
    """The secretariat leaves a submitted version as it is; `role` is the reader's."""

    topic: Literal["reopen_refused"] = "reopen_refused"
    mark: EditionMark
    role: str


SubmissionNotice = (
    SubmitLook | FreezeDoubt | SubmitConfirm | EditionSent | EditionNews | OnlyTheLead | ClearingView | ClearingAsk
    | ClearingChanged | PassageAwaited | EditionsView | EditionDocument | OwnDraft | Receipt
    | SubmittedWithout | ReviewLocked | ReopenReason | ReopenSure | ReopenAsked | ReopenSent | Reopened | ReopenRefused
)  # fmt: skip
"""Everything in this module that can be said."""
