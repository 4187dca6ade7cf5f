"""What is said to stakeholders who write: at the door, step by step, and of what they have sent."""

from typing import Literal, get_args

from workflows.languages import Language, Text
from workflows.notices.saying import Saying
from workflows.when import When

InputState = Literal["draft", "sent", "published", "withdrawn"]
GivenConsent = Literal["named", "unnamed", "secretariat"]
"""What may become public of a written input: it and its name, it without the name, nothing."""
CONSENTS: tuple[GivenConsent, ...] = get_args(GivenConsent)
InputConsent = GivenConsent | Literal[""]
"""Empty until the person has chosen: nothing is chosen beforehand."""
InputStep = Literal["category", "name", "text", "consent", "check"]
STEPS: tuple[InputStep, ...] = get_args(InputStep)
InputNews = Literal[
    "", "begun", "saved", "corrected", "unsaved", "text_only", "long", "full", "key", "agree_anew", "meanwhile", "anew",
    "not_own",
    "courtesy",
]  # fmt: skip
"""What came of what was typed or sent last; empty where nothing was."""
SentNews = Literal[
    "", "sent", "agree", "consent", "withdrawn", "published", "unpublished", "asked", "fixed", "sure", "unsaved",
    "whole",
]  # fmt: skip


class CategoryLine(Saying):
    """A category of stakeholders by its value in the template; how many inputs of it were sent, and published."""

    id: str
    name: Text
    sent: int = 0
    published: int = 0


class InputDoor(Saying):
    """To who opens a call's link, before the first word and without a row: who asks, who reads, what becomes public.

    `cycle` is the title of the review, None where it has no calendar. `closes` is the day of the milestone by which the
    call closes, None where an officer ends it. Its keys carry the token. `spoken` is the language that it is said in.
    """

    topic: Literal["input_door"] = "input_door"
    token: str
    spoken: Language
    cycle: Text | None = None
    category: CategoryLine | None = None
    closes: When | None = None


class InputClosed(Saying):
    """Why nothing can be begun by a call's link: it has closed, or this account takes part in the review otherwise.

    `ended`: an officer has just ended the call, in which the person has an input that is not sent.
    """

    topic: Literal["input_closed"] = "input_closed"
    code: Literal["closed", "takes_part", "ended"]


class InputAsk(Saying):
    """The next step of a written input that is not sent, or one that was gone back to.

    `name` is None while it was not asked, empty for who writes without one. `consents` are those that can be chosen.
    `personal` are passages that seem personal. `edition` is that of what is shown: nothing else is sent by its key.
    `open` is False where the call has closed: then nothing is sent any more.
    """

    topic: Literal["input_ask"] = "input_ask"
    id: int
    step: InputStep
    news: InputNews = ""
    category: CategoryLine | None = None
    categories: tuple[CategoryLine, ...] = ()
    name: str | None = None
    text: str = ""
    words: int = 0
    consent: InputConsent = ""
    consents: tuple[GivenConsent, ...] = ()
    personal: tuple[str, ...] = ()
    edition: int = 0
    open: bool = True


class InputSent(Saying):
    """A written input that was sent, to who wrote it; times are UTC (ISO 8601).

    `news` is what has just happened: "agree" lets choose the consent anew, "sure" asks before it is withdrawn, "fixed"
    says that what was sent stays as it is, "unsaved" that what was typed now was not kept, "whole" shows all of it.
    `more`: another one can be begun.
    """

    topic: Literal["input_sent"] = "input_sent"
    id: int
    state: InputState
    news: SentNews = ""
    category: CategoryLine | None = None
    name: str = ""
    text: str = ""
    consent: InputConsent = ""
    sent_at: str = ""
    published_at: str = ""
    address: str = ""
    asked: bool = False
    more: bool = False


class OwnInput(Saying):
    """A line of a person's own list; `at` is when it was sent or last changed (UTC)."""

    id: int
    state: InputState
    at: str
    begins: str = ""


class InputHome(Saying):
    """All written inputs of a person; `more` says that the call is open, so that another one can be begun."""

    topic: Literal["input_home"] = "input_home"
    inputs: tuple[OwnInput, ...] = ()
    more: bool = False
    unsaved: bool = False


InputNotice = InputDoor | InputClosed | InputAsk | InputSent | InputHome
