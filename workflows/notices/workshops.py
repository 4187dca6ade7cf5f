"""What is said to those who attend a session: registration, groups, questions, offers, next steps, evaluation."""

from typing import Literal

from pydantic import Field

from workflows.languages import Text
from workflows.notices.saying import Saying
from workflows.when import When

Attendance = Literal[
    "in_person",  # where it is held
    "office",  # from the country's IOM office
    "remote",
    "support",  # helped individually
    "coming",  # they take part; nobody has said yet how that is possible
    "away",
]  # fmt: skip
PointSort = Literal["said", "good_practice", "tool"]
"""What a point of the minutes is: something that was said, a good practice, a tool."""
NoteState = Literal["open", "parked", "answered", "taken_up", "done"]


class SessionSaying(Saying):
    """Something said of one session; title and date are those of the moment it was said.

    `alternatives` are the other windows while no day is fixed.
    """

    session: str
    title: Text
    when: When
    alternatives: tuple[When, ...] = ()


class Presenting(Saying):
    """The presentations of a session: whether the country gives one (None: not said), its place, and each one's time.

    `place` counts from 1 among `countries`, 0 for a country that does not present. `starts` is the host's hour
    (HH:MM), empty without a place.
    """

    presents: bool | None = None
    place: int = 0
    countries: int = 0
    seconds: int = 0
    starts: str = ""


class Floor(Saying):
    """The list as somebody who attends sees it: delegations by country, nobody by name.

    `speaking` and `next` are countries, "" for none. `asked` says that one's own delegation waits, `before` how many
    speak before it; `ours` that it has the floor.
    """

    speaking: str = ""
    next: str = ""
    asked: bool = False
    before: int = 0
    ours: bool = False


class SessionCard(SessionSaying):
    """How somebody attends a session, with the keys to say so and all that belongs to it.

    `ways` are open to everybody, in the order in which they are offered. `city` is where the country has an office,
    `hosts` whether one can attend from there; `place` is where the event itself is held. `explains` offers to say why
    one changed shortly before. `questions`, `offers` and `steps` count what there is to read. `evaluates` offers the
    evaluation. `floor` is there where one can ask for the floor.
    """

    topic: Literal["session"] = "session"
    attendance: Attendance | Literal[""] = ""
    ways: tuple[Attendance, ...] = ("remote", "support", "away")
    place: Text | None = None
    city: Text | None = None
    hosts: bool = False
    group: int = 0
    group_name: str = ""
    presenting: Presenting | None = None
    link: str = ""
    over: bool = False
    explains: bool = False
    questions: int = 0
    offers: int = 0
    steps: int = 0
    points: int = 0
    evaluates: bool = False
    floor: Floor | None = None


class AskReason(SessionSaying):
    """The next text says in a line why somebody attends otherwise than they had said; nobody has to."""

    topic: Literal["ask_reason"] = "ask_reason"


class ReasonPassedOn(SessionSaying):
    """The secretariat has been told why."""

    topic: Literal["reason_passed_on"] = "reason_passed_on"
    text: str


class NoSessions(Saying):
    """There is no session to register for: no dates have been announced."""

    topic: Literal["no_sessions"] = "no_sessions"


class GroupTold(SessionSaying):
    """The discussion group of the reader's delegation has been set or changed."""

    topic: Literal["group_told"] = "group_told"
    group: int
    name: str = ""


class OfficeTold(SessionSaying):
    """Whether the office from which somebody meant to attend receives people for the session after all."""

    topic: Literal["office_told"] = "office_told"
    city: Text
    open: bool


class SessionMaterial(SessionSaying):
    """What there is of a session for everybody, those who were there and those who were not."""

    topic: Literal["session_material"] = "session_material"
    agenda: bool = False
    points: bool = False


# --- questions -----------------------------------------------------------------------------------------------


class QuestionNote(Saying):
    """A question as it was sent, with its answer where there is one."""

    id: int
    country: str
    text: str
    state: NoteState
    answer: str = ""


class AskSessionQuestion(SessionSaying):
    """The next text is the question that somebody sends to a session in advance."""

    topic: Literal["ask_session_question"] = "ask_session_question"


class SessionQuestionKept(SessionSaying):
    """A question has been kept as it was given."""

    topic: Literal["session_question_kept"] = "session_question_kept"
    text: str


class OwnQuestions(SessionSaying):
    """The questions of one's own country to a session, and what became of them."""

    topic: Literal["session_questions"] = "session_questions"
    questions: tuple[QuestionNote, ...]
    page: int = 0


class QuestionAnswered(SessionSaying):
    """The secretariat's answer, to whoever asked."""

    topic: Literal["session_question_answered"] = "session_question_answered"
    text: str
    answer: str


# --- offers and next steps -----------------------------------------------------------------------------------


class OfferNote(Saying):
    """An offer of support with the countries that have taken it up."""

    id: int
    organization: str
    text: str
    taken_by: tuple[str, ...] = ()


class SessionOffers(SessionSaying):
    """The offers made at a session; `country` is the reader's own."""

    topic: Literal["session_offers"] = "session_offers"
    country: str
    offers: tuple[OfferNote, ...]
    page: int = 0


class StepNote(Saying):
    """A next step; `due` is a day (ISO) or empty, `country` whose step it is, empty for nobody's of a state."""

    id: int
    task: str
    owner: str
    due: str = ""
    country: str = ""
    done: bool = False


class SessionSteps(SessionSaying):
    """The next steps of one's own country."""

    topic: Literal["session_steps"] = "session_steps"
    steps: tuple[StepNote, ...]
    page: int = 0


class StepAdded(SessionSaying):
    """A next step was noted for the reader's country."""

    topic: Literal["session_step_added"] = "session_step_added"
    step: StepNote


# --- evaluation ----------------------------------------------------------------------------------------------

Mark = Literal["usefulness", "pace", "clarity"]
MARKS: tuple[Mark, ...] = ("usefulness", "pace", "clarity")
HIGHEST = 5


class Evaluation(SessionSaying):
    """The short evaluation: marks given so far, from 1 to 5."""

    topic: Literal["evaluation"] = "evaluation"
    marks: dict[Mark, int] = Field(default_factory=dict)

    @property
    def next(self) -> Mark | None:
        """The mark that is asked next."""
        return next((mark for mark in MARKS if mark not in self.marks), None)


class AskComment(SessionSaying):
    """The next text is a comment on the session, read without a name."""

    topic: Literal["ask_comment"] = "ask_comment"


class CommentKept(SessionSaying):
    """A comment is noted."""

    topic: Literal["comment_kept"] = "comment_kept"


SessionNotice = (
    SessionCard | AskReason | ReasonPassedOn | NoSessions | GroupTold | OfficeTold | SessionMaterial
    | AskSessionQuestion | SessionQuestionKept
    | OwnQuestions | QuestionAnswered | SessionOffers | SessionSteps | StepAdded | Evaluation | AskComment | CommentKept
)  # fmt: skip
"""Everything in this module that can be said."""
