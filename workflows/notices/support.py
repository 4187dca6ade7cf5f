"""What is said at the help desk: to those who ask, to those who answer, and about the lists that everybody reads."""

from typing import Literal

from workflows.languages import Text
from workflows.notices.saying import Line, Saying

Wrong = Literal["", "empty", "long", "unclear", "courtesy"]
RequestNews = Literal["", "new", "passed", "silent", "more", "again", "closed", "taken"]


class RequestLine(Saying):
    """A request as a list shows it.

    `at` is when it was made (UTC, ISO 8601), `days` how many days ago. `text` is the asker's own words. `office` is ""
    before it is sent.
    """

    id: int
    country: str
    kind: str
    state: str
    office: str
    at: str
    days: int = 0
    prompt: str = ""
    text: str = ""


class SupportWordLine(Saying):
    """One thing said about a request: `said_by` is "asker", "attached" or the office."""

    said_by: str
    text: str


# --- those who ask ---------------------------------------------------------------------------------------------------


class AskSupport(Saying):
    """The next text is a question or a request; `kind` is what was picked, `prompt` the question it was asked from.

    `grouped`, here and below: an office that may read it does so in a group.
    """

    topic: Literal["support_ask"] = "support_ask"
    kind: str = ""
    prompt: str = ""
    own: int = 0
    problem: Wrong = ""
    grouped: bool = False


class ProcessAnswer(Saying):
    """A curated entry answers the question; `others` answer it nearly as well. `dated` says the calendar did.

    `term` is what was named, by its id in the glossary, where the calendar told its date; its meaning is a key away.
    """

    topic: Literal["support_known"] = "support_known"
    request: int
    question: str
    entry: str
    others: tuple[str, ...] = ()
    dated: bool = False
    term: str = ""


class ObjectiveTitle(Saying):
    """The objective of the Global Compact that was asked for, by its number; `own` offers the own entries on it."""

    topic: Literal["support_objective"] = "support_objective"
    request: int
    number: int
    title: Text
    own: bool = False


class ListedAnswer(Saying):
    """An entry of the list of answers fits the question."""

    topic: Literal["support_listed"] = "support_listed"
    request: int
    question: str
    asked: str
    answer: str


class WhichKind(Saying):
    """Nothing here answers the question: a person can be asked; what is it about? `known` where something did."""

    topic: Literal["support_which"] = "support_which"
    request: int
    question: str
    known: bool = False
    grouped: bool = False


class AnswerFits(Saying):
    """The asker says that what was shown answers the question; nothing is kept of it."""

    topic: Literal["support_fits"] = "support_fits"


class RequestSent(Saying):
    """The request is with an office. `attach` offers to put the answer so far beside it, `attached` says that it is.

    `later` are the offices that the request may still pass to, in their order.
    """

    topic: Literal["support_sent"] = "support_sent"
    request: RequestLine
    attach: bool = False
    attached: bool = False
    later: tuple[str, ...] = ()
    grouped: bool = False


class OwnRequests(Saying):
    """What somebody has asked, the newest first."""

    topic: Literal["support_own"] = "support_own"
    requests: tuple[RequestLine, ...] = ()
    page: int = 0


class OwnRequest(Saying):
    """One's own request with all that was said about it."""

    topic: Literal["support_request"] = "support_request"
    request: RequestLine
    words: tuple[SupportWordLine, ...] = ()
    news: Literal["", "more", "closed", "again"] = ""


class ReceivedLine(Saying):
    """Support that a request brought, as an entry of the review: who gave it, and of what kind it was.

    `day` is when it was answered (ISO 8601). `stands`: it is in the list already.
    """

    request: int
    office: Text
    kind: Text
    day: str
    stands: bool = False


class SupportReceived(Saying):
    """Support received through requests, for the list of `prompt`, of which `official` is the newest version.

    `obstacle` says why nothing can be added: the review is submitted, or the list is not asked for at present.
    """

    topic: Literal["support_received"] = "support_received"
    prompt: str
    official: int
    lines: tuple[ReceivedLine, ...] = ()
    obstacle: Literal["", "locked", "asleep"] = ""


class AskMore(Saying):
    """The next text is added to a request."""

    topic: Literal["support_more"] = "support_more"
    request: RequestLine
    problem: Wrong = ""


class RequestAnswered(Saying):
    """An office has answered, or goes on with the answer that it has just given."""

    topic: Literal["support_answered"] = "support_answered"
    request: RequestLine
    answer: str
    goes_on: bool = False


class RequestMoved(Saying):
    """The asker learns that another office has the request now, and whether silence was the reason."""

    topic: Literal["support_moved"] = "support_moved"
    request: RequestLine
    former: str
    silent: bool = False
    grouped: bool = False


class RequestClosed(Saying):
    """The office has closed the request."""

    topic: Literal["support_closed"] = "support_closed"
    request: RequestLine


# --- those who answer ------------------------------------------------------------------------------------------------


class DeskWelcome(Saying):
    """What a supporter finds here: how many requests wait."""

    topic: Literal["desk_welcome"] = "desk_welcome"
    office: str
    country: str = ""
    waiting: int = 0


class DeskRequest(Saying):
    """A request as its office sees it, with the name of who asks and of who has taken it, and why it is shown now.

    `mine` says that the reader's office has it; without it there are no keys. `may_list` offers the list of answers.
    """

    topic: Literal["desk_request"] = "desk_request"
    request: RequestLine
    name: str = ""
    role: str = ""
    holder: str = ""
    words: tuple[SupportWordLine, ...] = ()
    news: RequestNews = ""
    former: str = ""
    mine: bool = True
    may_list: bool = False


class DeskGone(Saying):
    """Another office has the request now: passed on, or after silence."""

    topic: Literal["desk_gone"] = "desk_gone"
    request: RequestLine
    silent: bool = False


class AskReply(Saying):
    """The next text is the answer to a request; it goes to who asked under the office's name."""

    topic: Literal["desk_reply"] = "desk_reply"
    request: RequestLine
    problem: Wrong = ""


class PassTo(Saying):
    """The offices that a request can be passed on to."""

    topic: Literal["desk_pass"] = "desk_pass"
    request: RequestLine
    offices: tuple[str, ...] = ()


class DeskList(Saying):
    """The requests that are not closed, the oldest first; `countries` are those that have any, with how many."""

    topic: Literal["desk_list"] = "desk_list"
    requests: tuple[RequestLine, ...] = ()
    countries: tuple[tuple[str, int], ...] = ()
    country: str = ""
    page: int = 0


class SupportersView(Saying):
    """Who answers, by office; the lines are people, their detail the country or "" for every one."""

    topic: Literal["supporters"] = "supporters"
    offices: tuple[tuple[str, tuple[Line, ...]], ...] = ()
    groups: tuple[tuple[str, str], ...] = ()


class WhichSupported(Saying):
    """For which country an office's supporter is invited; typed, or every one by a key where that can be."""

    topic: Literal["supporter_where"] = "supporter_where"
    office: str
    given: str = ""


# --- the list of questions and answers -----------------------------------------------------------------------------


class AskListed(Saying):
    """The next text is the question, or the answer, as everybody is to read it, without country or person.

    `session` is where the question was sent to, empty for one of the help desk.
    """

    topic: Literal["listed_ask"] = "listed_ask"
    step: Literal["question", "answer"]
    question: str = ""
    answer: str = ""
    problem: Wrong = ""
    session: str = ""


class ListedPreview(Saying):
    """An entry as everybody would read it; `named` are words in it that name a state or the asker.

    `session` is where the question was sent to, empty for one of the help desk.
    """

    topic: Literal["listed_preview"] = "listed_preview"
    question: str
    answer: str
    named: tuple[str, ...] = ()
    unclear: bool = False
    session: str = ""


class AnswersView(Saying):
    """The list of questions and answers; `query` is what was searched for."""

    topic: Literal["answers"] = "answers"
    entries: tuple[Line, ...] = ()
    query: str = ""
    page: int = 0


class AnswerCard(Saying):
    """One question of the list with its answer; `news` says what was just done to it."""

    topic: Literal["answer"] = "answer"
    entry: int
    question: str
    answer: str
    may_withdraw: bool = False
    news: Literal["", "published", "withdrawn"] = ""


# --- offers ----------------------------------------------------------------------------------------------------------


class SupportOffer(Saying):
    """An offer of support with the session in which it was made; `taken` says that the reader's state took it up."""

    id: int
    organization: str
    text: str
    session: Text
    taken: bool = False


class OffersView(Saying):
    """What is offered, in every session of the cycle."""

    topic: Literal["support_offers"] = "support_offers"
    offers: tuple[SupportOffer, ...] = ()
    page: int = 0


class OfferTaken(Saying):
    """The secretariat learns that a state takes up an offer."""

    topic: Literal["support_offer_taken"] = "support_offer_taken"
    country: str
    organization: str
    text: str


SupportNotice = (
    AskSupport | ProcessAnswer | ObjectiveTitle | ListedAnswer | WhichKind | AnswerFits | RequestSent | OwnRequests
    | OwnRequest | AskMore | RequestAnswered | RequestMoved | RequestClosed | DeskWelcome | DeskRequest | DeskGone
    | AskReply | PassTo | DeskList | SupportersView | WhichSupported | AskListed | ListedPreview | AnswersView
    | AnswerCard | OffersView | OfferTaken | SupportReceived
)  # fmt: skip
"""Everything in this module that can be said."""
