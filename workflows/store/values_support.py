"""What the store gives out and takes in about the help desk: requests, what is said about them, groups, answers."""

from datetime import datetime
from typing import Literal

from workflows.immutable import Immutable
from workflows.languages import Language
from workflows.people.requests import Kind, RequestState
from workflows.people.roles import Office


class SupportRequest(Immutable):
    """A request for support; all times are UTC.

    `asker_id` and `holder_id` are None where nobody is, or is known any more. `prompt` is the question of the template
    from which it was asked, "" for none. A "draft" has no office yet, perhaps no kind, and is its asker's alone.
    `escalated_at` is when the waiting began anew: it passed to another office, or its asker asked again.
    """

    id: int
    cycle_id: str
    country: str
    asker_id: int | None
    kind: Kind | Literal[""]
    prompt: str
    text: str
    state: RequestState
    office: Office | None
    holder_id: int | None
    at: datetime
    taken_at: datetime | None = None
    answered_at: datetime | None = None
    closed_at: datetime | None = None
    escalated_at: datetime | None = None

    @property
    def awaited_since(self) -> datetime:
        """Since when (UTC) an answer of its present office is awaited."""
        return self.escalated_at or self.at


class SupportWord(Immutable):
    """One thing said about a request.

    `said_by` is "asker", "attached" (the asker's answer in the review, put beside the request) or the office that said
    it; `author_id` is None once the author is forgotten. `at` is UTC.
    """

    id: int
    request_id: int
    author_id: int | None
    said_by: str
    text: str
    at: datetime


class SupportGroup(Immutable):
    """A Telegram group in which an office answers the requests of a country, "" for every one it has.

    Without an office it is not connected yet: `author_id` has brought the bot in at `at` (UTC).
    """

    cycle_id: str
    chat_id: int
    office: Office | Literal[""]
    country: str
    author_id: int | None
    at: datetime


class AnsweredQuestion(Immutable):
    """An entry of the list of questions and answers; everybody reads it unless `withdrawn_at` (UTC) is set.

    An entry in preparation is withdrawn from its beginning.
    """

    id: int
    cycle_id: str
    language: Language
    question: str
    answer: str
    author_id: int | None
    at: datetime
    withdrawn_at: datetime | None = None
