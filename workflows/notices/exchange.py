"""What is said when a country shows its text to the secretariat: sharing, remarks on answers, decisions, consent."""

from typing import Literal

from pydantic import Field

from workflows.notices.hands import Given
from workflows.notices.saying import Saying

PersonalKind = Literal["phone", "email", "papers"]
Became = Literal["kept", "open", "editing", "accepted", "explained", "edited", "unchanged"]
"""What became of a remark; `unchanged` is one that was left and the answer resubmitted as it was."""
Decision = Literal["return", "accept"]
Asked = Literal["return", "accept", "reopen"]


class AnswerLine(Given):
    """What a country says at one prompt, in full; `wording` is its own of the question."""

    prompt: str
    left_out: bool = False
    wording: str = ""


class Found(Saying):
    """Answers that seem to hold personal data, by prompt, and what kinds; `questions` do in the state's own words.

    `sight` tells these passages from others: what was decided about them holds for them alone.
    """

    kinds: tuple[PersonalKind, ...]
    prompts: tuple[str, ...]
    questions: tuple[str, ...] = ()
    sight: str = ""


# --- sharing ---------------------------------------------------------------------------------------------------------


class SharedLine(Saying):
    """A section of the country's draft: whether the secretariat may read it, and when it last did (UTC, or empty)."""

    section: str
    shared: bool
    read_at: str = ""


class SharingView(Saying):
    """Who can read the country's draft now, with the keys to change it."""

    topic: Literal["sharing"] = "sharing"
    country: str
    whole: bool
    sections: tuple[SharedLine, ...]


class SharingDoubt(Saying):
    """What is about to be shared seems to hold personal data; an empty section is the whole."""

    topic: Literal["sharing_doubt"] = "sharing_doubt"
    section: str
    found: Found


class SharedTold(Saying):
    """A country shares something of its draft; nothing of what it says."""

    topic: Literal["shared_told"] = "shared_told"
    country: str


# --- reading ---------------------------------------------------------------------------------------------------------


class ReadableLine(Saying):
    """A country of whose review something can be read: its version (0: none was submitted), and whether it shares."""

    country: str
    version: int = 0
    state: str = ""
    shares: bool = False


class ReviewsView(Saying):
    """The countries of whose reviews something can be read; `given` is said in a card of its own, and stays empty."""

    topic: Literal["reviews"] = "reviews"
    reviews: tuple[ReadableLine, ...]
    given: str = ""


class RoundLine(Saying):
    """The remarks of one round: how many were sent, and how many of them are open."""

    round: int
    total: int
    open: int


class ReviewHub(Saying):
    """A country's review as the secretariat may read it: what was submitted, what is shared, what there is to do.

    `edition` is the number of the submitted text (0: none), `state` where it stands since `at` (UTC). `kept` counts
    the remarks that wait to be sent, `publish` and `quote` the answers with consent.
    """

    topic: Literal["review_hub"] = "review_hub"
    country: str
    edition: int = 0
    version: int = 0
    state: str = ""
    at: str = ""
    submitted: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    kept: int = 0
    rounds: tuple[RoundLine, ...] = ()
    publish: int = 0
    quote: int = 0


class ReviewPage(Saying):
    """A page of one section: the answers in full. `edition` is 0 for a shared draft, on which nothing is remarked."""

    topic: Literal["review_page"] = "review_page"
    country: str
    source: Literal["s", "d"]
    section: str
    answers: tuple[AnswerLine, ...]
    page: int
    pages: int
    edition: int = 0
    remarked: dict[str, int] = Field(default_factory=dict)


class DraftFile(Saying):
    """What a country shares of its draft as a document, as it was at a moment (UTC).

    `content` is the canonical form of the shared sections and holds nothing of the others.
    """

    topic: Literal["draft_file"] = "draft_file"
    country: str
    sections: tuple[str, ...]
    content: str
    at: str


# --- remarks ---------------------------------------------------------------------------------------------------------


class RemarkLine(Saying):
    """A remark in a list, with what became of it; `reply` is the state's reason.

    `number` counts the remarks of a country as they were sent, in all rounds: both sides call a remark by it.
    """

    id: int
    prompt: str
    kind: Literal["comment", "wording"]
    text: str
    round: int
    became: Became
    reply: str = ""
    number: int = 0


class ReviewAnswer(Saying):
    """One submitted answer, with its consent, what was remarked on it, and the keys to remark."""

    topic: Literal["review_answer"] = "review_answer"
    country: str
    edition: int
    answer: AnswerLine
    remarks: tuple[RemarkLine, ...] = ()
    publish: bool = False
    quote: bool = False
    can_remark: bool = False
    can_propose: bool = False


class AskRemark(Saying):
    """The next text is a comment on an answer, or a wording proposed for it."""

    topic: Literal["ask_remark"] = "ask_remark"
    country: str
    edition: int
    prompt: str
    kind: Literal["comment", "wording"]
    problem: Literal["", "empty", "long"] = ""


class RemarkKept(Saying):
    """A remark is kept until it is sent; a text that follows is added to it. `kept` counts all that wait."""

    topic: Literal["remark_kept"] = "remark_kept"
    country: str
    edition: int
    remark: RemarkLine
    kept: int
    problem: Literal["", "empty", "long"] = ""


class DecisionAsk(Saying):
    """Whether to return a review with the remarks that were kept, to accept it, or to open it again without any.

    `on` counts those remarks by the prompts that they are about. `newer`: a newer text is on its way, so that nothing
    can be decided about this one.
    """

    topic: Literal["decision_ask"] = "decision_ask"
    decision: Asked
    country: str
    edition: int
    version: int
    kept: int
    on: dict[str, int] = Field(default_factory=dict)
    newer: bool = False


class ReviewDecided(Saying):
    """The review was returned with so many remarks, or accepted: to the state (`own`) and to who decided."""

    topic: Literal["review_decided"] = "review_decided"
    decision: Decision
    country: str
    version: int
    remarks: int = 0
    own: bool = True


class RemarkCard(Saying):
    """A remark on one of the state's own answers, with what it makes of it.

    `answer` is the answer as it was submitted; `changed` says that it has changed since. `sure` asks whether a
    proposed wording is to replace `present`, the version `official` of the answer, which has changed `again` since
    the same was asked. `can_settle` is False once the review is on its way again.
    """

    topic: Literal["remark"] = "remark"
    remark: RemarkLine
    answer: AnswerLine
    changed: bool = False
    sure: bool = False
    present: AnswerLine | None = None
    official: int = 0
    again: bool = False
    can_settle: bool = True


class AskExplanation(Saying):
    """The next text is the reason why an answer stays as it is."""

    topic: Literal["ask_explanation"] = "ask_explanation"
    remark: int
    prompt: str
    text: str
    problem: Literal["", "empty", "long"] = ""


class RemarksView(Saying):
    """The remarks of a country by rounds, for the state itself (`own`) or for the secretariat.

    To the secretariat those that were not sent yet come first.
    """

    topic: Literal["remarks"] = "remarks"
    country: str
    rounds: tuple[RoundLine, ...]
    remarks: tuple[RemarkLine, ...]
    page: int = 0
    own: bool = True


class RemarksRegion(Saying):
    """How many remarks every country has, by rounds, and how many are `waiting` to be sent.

    `given` is said in a card of its own now, and stays empty.
    """

    topic: Literal["remarks_region"] = "remarks_region"
    countries: dict[str, tuple[RoundLine, ...]]
    waiting: dict[str, int] = Field(default_factory=dict)
    given: str = ""


class RemarksAnswered(Saying):
    """A country has answered every remark of a round; it has not submitted anew yet."""

    topic: Literal["remarks_answered"] = "remarks_answered"
    country: str
    round: int
    accepted: int
    explained: int
    editing: int


# --- consent ---------------------------------------------------------------------------------------------------------


class ConsentCount(Saying):
    """A section's answers, and to how many of them there is consent."""

    section: str
    answers: int
    publish: int
    quote: int


class ConsentView(Saying):
    """What of a submitted version may be published and quoted, section by section.

    `edition` 0 says that nothing was submitted yet. `earlier` are versions before it with consent that still holds,
    by the number of their text.
    """

    topic: Literal["consent"] = "consent"
    country: str
    edition: int = 0
    version: int = 0
    sections: tuple[ConsentCount, ...] = ()
    earlier: dict[int, int] = Field(default_factory=dict)
    newest: bool = True
    own: bool = True


class ConsentLine(Saying):
    """An answer, and to which uses of it there is consent."""

    prompt: str
    publish: bool
    quote: bool


class ConsentSection(Saying):
    """The answers of one section, each with its consent."""

    topic: Literal["consent_section"] = "consent_section"
    country: str
    edition: int
    version: int
    section: str
    answers: tuple[ConsentLine, ...]
    page: int = 0
    own: bool = True


class ConsentDoubt(Saying):
    """Answers to whose use the state is about to consent seem to hold personal data; `wanted` counts all of them."""

    topic: Literal["consent_doubt"] = "consent_doubt"
    edition: int
    use: Literal["publish", "quote"]
    about: str
    section: str
    page: int
    found: Found
    wanted: int


class UnpublishAsked(Saying):
    """A country has taken consent back: what was published or quoted of these answers is to be withdrawn."""

    topic: Literal["unpublish_asked"] = "unpublish_asked"
    country: str
    version: int
    use: Literal["publish", "quote"]
    prompts: tuple[str, ...]


# --- what waits ------------------------------------------------------------------------------------------------------


class AwaitedLine(Saying):
    """A review that waits for the secretariat's word since so many working days."""

    country: str
    version: int
    days: int


class Awaited(Saying):
    """What waits for the reader: remarks for a state (`open` of them), submitted reviews for the secretariat."""

    topic: Literal["awaited"] = "awaited"
    country: str = ""
    open: int = 0
    days: int = 0
    reviews: tuple[AwaitedLine, ...] = ()


ExchangeNotice = (
    SharingView | SharingDoubt | SharedTold | ReviewsView | ReviewHub | ReviewPage | DraftFile | ReviewAnswer
    | AskRemark | RemarkKept | DecisionAsk | ReviewDecided | RemarkCard | AskExplanation | RemarksView | RemarksRegion
    | RemarksAnswered | ConsentView | ConsentSection | ConsentDoubt | UnpublishAsked | Awaited
)  # fmt: skip
"""Everything in this module that can be said."""
