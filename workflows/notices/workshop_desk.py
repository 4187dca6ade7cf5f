"""What is said to the secretariat about a session: who comes and how, groups, speakers, questions and what follows."""

from typing import Literal

from pydantic import Field

from workflows.languages import Text
from workflows.notices.saying import Saying
from workflows.notices.workshops import Attendance, Mark, OfferNote, QuestionNote, SessionSaying, StepNote


class DelegationLine(Saying):
    """A country's people by how they attend; `group` 0 means none."""

    country: str
    in_person: int = 0
    office: int = 0
    remote: int = 0
    support: int = 0
    coming: int = 0
    away: int = 0
    group: int = 0

    @property
    def attending(self) -> int:
        """Who comes, from wherever."""
        return self.in_person + self.office + self.remote + self.support + self.coming


class SessionName(Saying):
    """Another session that can be looked at."""

    id: str
    title: Text


class WorkshopBoard(SessionSaying):
    """A session as the secretariat sees it: counts, and the ways to everything that can be arranged.

    `by_line` says that one can take part from elsewhere, so that offices may receive people; `supports` that people can
    ask to be helped individually. `speakers` counts the delegations that wait for the floor, None once it is over.
    """

    topic: Literal["workshop"] = "workshop"
    delegations: tuple[DelegationLine, ...]
    silent: int
    by_line: bool = True
    supports: bool = True
    groups: int = 0
    presenters: int | None = None
    speakers: int | None = None
    attended: int = 0
    questions: int = 0
    parked: int = 0
    points: int = 0
    offers: int = 0
    steps: int = 0
    evaluations: int = 0
    over: bool = False
    others: tuple[SessionName, ...] = ()


class WorkshopGroups(SessionSaying):
    """The discussion groups with their names; delegations are moved by pressing or in words, groups named in words."""

    topic: Literal["workshop_groups"] = "workshop_groups"
    groups: int
    delegations: tuple[DelegationLine, ...]
    names: dict[int, str] = Field(default_factory=dict)
    problem: Literal["", "country_unknown", "group_unknown", "not_registered"] = ""
    country: str = ""


class OfficeLine(Saying):
    """An office, whether it receives people for the session, and how many mean to come to it."""

    country: str
    city: Text
    open: bool
    people: int = 0


class WorkshopHosting(SessionSaying):
    """The offices that can receive people for a session; the states without one are named."""

    topic: Literal["workshop_hosting"] = "workshop_hosting"
    offices: tuple[OfficeLine, ...]
    without: tuple[str, ...] = ()


class PresenterLine(Saying):
    """A country's presentation: its hour (HH:MM, the host's) and place."""

    country: str
    starts: str


class WorkshopPresenters(SessionSaying):
    """The presentations in their order, each with the same time; who has not said, and who does not present."""

    topic: Literal["workshop_presenters"] = "workshop_presenters"
    minutes: int
    seconds: int
    order: tuple[PresenterLine, ...]
    undecided: tuple[str, ...] = ()
    declined: tuple[str, ...] = ()


class AttendeeLine(Saying):
    """Somebody who has registered; `attended` is None until somebody records it."""

    person: int
    name: str
    country: str
    attendance: Attendance
    attended: bool | None = None
    group: int = 0


class WorkshopAttendance(SessionSaying):
    """One page of those who have registered to attend; `in_person` says that some come where it is held."""

    topic: Literal["workshop_attendance"] = "workshop_attendance"
    people: tuple[AttendeeLine, ...]
    page: int
    pages: int
    registered: int
    attended: int
    in_person: bool = False


class AttendanceFile(SessionSaying):
    """The attendance list as a spreadsheet, as it was at a moment (UTC)."""

    topic: Literal["workshop_attendance_file"] = "workshop_attendance_file"
    people: tuple[AttendeeLine, ...]
    at: str


class WorkshopSupport(SessionSaying):
    """Those who asked to be supported individually."""

    topic: Literal["workshop_support"] = "workshop_support"
    people: tuple[AttendeeLine, ...]


class WorkshopQuestions(SessionSaying):
    """The questions sent to a session, by country."""

    topic: Literal["workshop_questions"] = "workshop_questions"
    questions: tuple[QuestionNote, ...]
    page: int = 0


class AskAnswer(SessionSaying):
    """The next text answers a question and goes to whoever asked."""

    topic: Literal["workshop_ask_answer"] = "workshop_ask_answer"
    question: QuestionNote


class WorkshopOffers(SessionSaying):
    """The offers of support noted for a session."""

    topic: Literal["workshop_offers"] = "workshop_offers"
    offers: tuple[OfferNote, ...]
    page: int = 0


class AskOffer(SessionSaying):
    """The next text is an offer: the organization, a colon, the offer."""

    topic: Literal["workshop_ask_offer"] = "workshop_ask_offer"
    problem: Literal["", "unclear"] = ""


class WorkshopSteps(SessionSaying):
    """The next steps noted for a session."""

    topic: Literal["workshop_steps"] = "workshop_steps"
    steps: tuple[StepNote, ...]
    page: int = 0


class AskStep(SessionSaying):
    """The next text is a next step: the task, who does it, by when."""

    topic: Literal["workshop_ask_step"] = "workshop_ask_step"
    problem: Literal["", "unclear"] = ""


class WhichDue(SessionSaying):
    """A next step is noted and its date is in doubt: not understood, past, or readable in two ways (`readings`)."""

    topic: Literal["workshop_which_due"] = "workshop_which_due"
    step: StepNote
    given: str
    readings: tuple[str, ...] = ()
    problem: Literal["unclear", "past", "two"]


class WorkshopEvaluation(SessionSaying):
    """What the evaluations say together: the mean of each mark in tenths, and the comments without any name."""

    topic: Literal["workshop_evaluation"] = "workshop_evaluation"
    count: int
    means: dict[Mark, int]
    comments: tuple[str, ...] = ()
    page: int = 0


class MaterialSent(SessionSaying):
    """The material of a session is on its way to so many people."""

    topic: Literal["workshop_material_sent"] = "workshop_material_sent"
    people: int


NewsCode = Literal["late_change", "reason", "question", "offer_taken", "step_done"]


class WorkshopNews(SessionSaying):
    """What a country did that the secretariat needs to know at once."""

    topic: Literal["workshop_news"] = "workshop_news"
    code: NewsCode
    country: str
    attendance: Attendance | Literal[""] = ""
    text: str = ""


DeskNotice = (
    WorkshopBoard | WorkshopGroups | WorkshopHosting | WorkshopPresenters | WorkshopAttendance | AttendanceFile
    | WorkshopSupport | WorkshopQuestions | AskAnswer | WorkshopOffers | AskOffer
    | WorkshopSteps | AskStep | WhichDue
    | WorkshopEvaluation | MaterialSent | WorkshopNews
)  # fmt: skip
"""Everything in this module that can be said."""
