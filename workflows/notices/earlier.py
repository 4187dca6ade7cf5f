"""What is said of the review that a country submitted in an earlier cycle, while it writes the next one."""

from typing import Literal

from workflows.notices.hands import Given
from workflows.notices.saying import Saying
from workflows.notices.submission import EditionMark, Form

Obstacle = Literal["", "answered", "locked", "asleep", "other_kind", "other_options", "other_details"]
"""Why an answer cannot begin with an earlier one; empty where it can.

There is an answer already, the review is submitted, the question does not apply at present, or the question takes
another kind of answer by now, other options, or other details of an entry.
"""


class EarlierAnswer(Saying):
    """What the country submitted to a question in an earlier cycle, as it was; said in that cycle's words.

    `mark` is the submitted text, `at` when it was submitted (UTC, ISO 8601). `wording` is the state's own wording of
    the question then.
    """

    topic: Literal["earlier_answer"] = "earlier_answer"
    cycle: str
    prompt: str
    mark: EditionMark
    at: str
    given: Given
    wording: str = ""
    obstacle: Obstacle = ""


class EarlierTaken(Saying):
    """The new answer to a question begins with what was submitted at a moment (UTC, ISO 8601)."""

    topic: Literal["earlier_taken"] = "earlier_taken"
    prompt: str
    at: str


class EarlierDocument(Saying):
    """The whole review that was submitted in an earlier cycle, as a document; `content` is its canonical form."""

    topic: Literal["earlier_document"] = "earlier_document"
    cycle: str
    mark: EditionMark
    at: str
    content: str
    form: Form = "docx"


EarlierNotice = EarlierAnswer | EarlierTaken | EarlierDocument
"""Everything in this module that can be said."""


def cycle_of(notice: object) -> str:
    """The cycle in whose words a notice is said, where that is not the one it was posted in; else empty."""
    return notice.cycle if isinstance(notice, EarlierAnswer | EarlierDocument) else ""
