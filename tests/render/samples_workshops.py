"""Every notice about sessions, in the forms that look different, with something typed in every place for it."""

from datetime import date, time
from itertools import cycle
from typing import Any, get_args

from workflows.languages import Text
from workflows.notices import Notice
from workflows.notices.points import AskPoint, PointKept, PointNote, PointsFile, WorkshopPoints
from workflows.notices.speaking import FloorTold, SpeakerLine, WorkshopSpeakers
from workflows.notices.workshop_desk import (
    AskAnswer,
    AskOffer,
    AskStep,
    AttendanceFile,
    AttendeeLine,
    DelegationLine,
    MaterialSent,
    NewsCode,
    OfficeLine,
    PresenterLine,
    SessionName,
    WhichDue,
    WorkshopAttendance,
    WorkshopBoard,
    WorkshopEvaluation,
    WorkshopGroups,
    WorkshopHosting,
    WorkshopNews,
    WorkshopOffers,
    WorkshopPresenters,
    WorkshopQuestions,
    WorkshopSteps,
    WorkshopSupport,
)
from workflows.notices.workshops import (
    AskComment,
    AskReason,
    AskSessionQuestion,
    Attendance,
    CommentKept,
    Evaluation,
    Floor,
    GroupTold,
    NoSessions,
    NoteState,
    OfferNote,
    OfficeTold,
    OwnQuestions,
    PointSort,
    Presenting,
    QuestionAnswered,
    QuestionNote,
    ReasonPassedOn,
    SessionCard,
    SessionMaterial,
    SessionOffers,
    SessionQuestionKept,
    SessionSteps,
    StepAdded,
    StepNote,
)
from workflows.reference import countries
from workflows.reference.offices import offices
from workflows.when import Exact, Unstated, When, Window

LONGEST = "session_with_a_long_name"
TITLE = Text(ar="الجلسة الثانية", en="Session 2", fr="Deuxième séance")
CITY = Text(ar="عمّان", en="Amman", fr="Amman")
DAY = Exact(first=date(2020, 7, 15), last=date(2020, 7, 15), starts=time(10), ends=time(12, 30))
WINDOW = Window(
    first=date(2020, 7, 11),
    last=date(2020, 7, 20),
    phrase=Text(ar="منتصف تموز/يوليو 2020", en="mid-July 2020", fr="mi-juillet 2020"),
)
STATES: tuple[NoteState, ...] = get_args(NoteState)
WAYS: tuple[Attendance, ...] = get_args(Attendance)
ID = 10**12 - 1


def of(session: str = LONGEST, when: When = DAY) -> dict[str, object]:
    return {"session": session, "title": TITLE, "when": when}


def all_about_sessions(typed: str) -> list[Notice]:
    """All of them; `typed` stands wherever a person's own words can stand."""
    return [*_attending(typed), *_put_down(typed), *_at_the_desk(typed), *_put_down_at_the_desk(typed)]


def _said(kind: type[Notice], when: When = DAY, **values: object) -> Notice:
    return kind.model_validate({**of(when=when), **values})


_FLOORS = [
    Floor(),
    Floor(speaking="LB", next="YE"),
    Floor(speaking="JO", next="YE", ours=True),
    Floor(speaking="LB", next="YE", asked=True, before=3),
    Floor(next="JO", asked=True),
]


def _attending(typed: str) -> list[Notice]:
    presenting = [
        Presenting(),
        Presenting(presents=False, countries=3, seconds=1000),
        Presenting(presents=True, place=2, countries=4, seconds=750, starts="10:22"),
        Presenting(presents=True, place=1, countries=1, seconds=3000, starts="10:10"),
    ]
    return [
        *(_said(SessionCard, attendance=way, city=CITY, hosts=True, group=2) for way in ("", *WAYS)),
        *(_said(SessionCard, attendance=way, city=CITY) for way in ("", *WAYS)),
        *(_said(SessionCard, when, attendance=way) for way in ("", *WAYS) for when in (WINDOW, Unstated())),
        *(_said(SessionCard, attendance="remote", presenting=given, group=1) for given in presenting),
        _said(
            SessionCard,
            over=True,
            attendance="remote",
            questions=3,
            offers=2,
            steps=1,
            points=4,
            evaluates=True,
        ),
        _said(SessionCard, over=True, link="https://example.org/a?b=1&c=<d>"),
        *(
            _said(
                SessionCard, attendance=way, ways=("in_person", "remote", "away"), place=place, explains=True
            )
            for way in ("", *WAYS)
            for place in (CITY, None)
        ),
        *(_said(SessionCard, Unstated(), attendance=way, ways=("coming", "away")) for way in ("", *WAYS)),
        *(_said(SessionCard, attendance="remote", floor=floor) for floor in _FLOORS),
        *(_said(FloorTold, code=code) for code in ("given", "next")),
        _said(AskReason),
        _said(ReasonPassedOn, text=typed),
        NoSessions(),
        _said(GroupTold, group=2),
        _said(GroupTold, group=2, name=typed),
        _said(SessionCard, attendance="remote", group=2, group_name=typed),
        _said(OfficeTold, city=CITY, open=False),
        _said(OfficeTold, city=CITY, open=True),
        _said(SessionMaterial, agenda=True),
        _said(SessionMaterial, agenda=True, points=True),
        _said(SessionMaterial),
        *(_said(Evaluation, marks=marks) for marks in ({}, {"usefulness": 5}, {"usefulness": 1, "pace": 3})),
        _said(Evaluation, marks={"usefulness": 1, "pace": 3, "clarity": 5}),
        _said(AskComment),
        _said(CommentKept),
    ]


def _questions(typed: str) -> tuple[QuestionNote, ...]:
    return tuple(
        QuestionNote(id=ID - at, country=state.code, text=typed, state=stage, answer=typed)
        for at, (state, stage) in enumerate(zip(countries(), cycle(STATES), strict=False))
    )


def _offers(typed: str) -> tuple[OfferNote, ...]:
    takers = ((), ("JO",), ("JO", "LB"))
    return tuple(
        OfferNote(id=ID - at, organization=typed, text=typed, taken_by=takers[at % 3]) for at in range(12)
    )


def _steps(typed: str) -> tuple[StepNote, ...]:
    return tuple(
        StepNote(
            id=ID - at,
            task=typed,
            owner=typed if at % 2 else "",
            due="2020-07-31" if at % 3 else "",
            country="JO" if at % 4 == 1 else "",
            done=at % 5 == 0,
        )
        for at in range(12)
    )


def _put_down(typed: str) -> list[Notice]:
    return [
        _said(AskSessionQuestion),
        _said(SessionQuestionKept, text=typed),
        _said(OwnQuestions, questions=()),
        *(_said(OwnQuestions, questions=_questions(typed), page=page) for page in (0, 1, 99)),
        _said(QuestionAnswered, text=typed, answer=typed),
        _said(SessionOffers, country="JO", offers=()),
        *(_said(SessionOffers, country="JO", offers=_offers(typed), page=page) for page in (0, 2)),
        _said(SessionSteps, steps=()),
        *(_said(SessionSteps, steps=_steps(typed), page=page) for page in (0, 1)),
        _said(StepAdded, step=_steps(typed)[1]),
    ]


def _delegations() -> tuple[DelegationLine, ...]:
    return tuple(
        DelegationLine(
            country=state.code,
            in_person=at % 7,
            office=at % 2,
            remote=at % 3,
            support=at % 4 == 0,
            coming=at % 6 == 0,
            away=at % 5,
            group=at % 3,
        )
        for at, state in enumerate(countries())
    )


def _at_the_desk(typed: str) -> list[Notice]:
    people = tuple(
        AttendeeLine(
            person=ID - at,
            name=typed if at else "",
            country="JO",
            attendance=WAYS[at % 4],
            attended=(None, True, False)[at % 3],
        )
        for at in range(10)
    )
    order = tuple(PresenterLine(country=state.code, starts="10:10") for state in countries())
    city_lines = tuple(
        OfficeLine(country=office.code, city=office.city, open=at % 2 == 0, people=at)
        for at, office in enumerate(offices().values())
        if office.city
    )
    others = (SessionName(id="other", title=TITLE),)
    counts: dict[str, Any] = {
        "attended": 3,
        "questions": 4,
        "parked": 1,
        "points": 7,
        "offers": 2,
        "steps": 2,
        "evaluations": 6,
    }
    waiting = tuple(
        SpeakerLine(id=ID - at, country=state.code, name=typed if at % 2 else "")
        for at, state in enumerate(countries())
    )
    problems = get_args(WorkshopGroups.model_fields["problem"].annotation)
    return [
        _said(
            WorkshopBoard, delegations=_delegations(), silent=0, groups=2, presenters=4, over=True, **counts
        ),
        _said(WorkshopBoard, WINDOW, delegations=(), silent=22, speakers=3, others=others),
        _said(WorkshopBoard, delegations=_delegations(), silent=0, by_line=False, supports=False),
        *(
            _said(WorkshopGroups, groups=2, delegations=_delegations(), problem=problem, country="YE")
            for problem in problems
        ),
        _said(WorkshopGroups, groups=2, delegations=()),
        _said(WorkshopGroups, groups=2, delegations=_delegations(), names={1: typed}),
        _said(WorkshopHosting, offices=city_lines, without=("OM", "PS")),
        _said(WorkshopPresenters, minutes=50, seconds=136, order=order, undecided=("JO",), declined=("LB",)),
        _said(WorkshopPresenters, minutes=50, seconds=0, order=()),
        _said(WorkshopAttendance, people=people, page=1, pages=3, registered=30, attended=9),
        _said(WorkshopAttendance, people=people, page=0, pages=3, registered=30, attended=9, in_person=True),
        _said(WorkshopAttendance, people=(), page=0, pages=1, registered=0, attended=0),
        _said(WorkshopSupport, people=people),
        _said(WorkshopSupport, people=()),
        _said(WorkshopSpeakers),
        _said(WorkshopSpeakers, waiting=waiting, problem="country_unknown"),
        _said(WorkshopSpeakers, waiting=waiting, speaking=waiting[1], spoken=("JO", "LB")),
        _said(AttendanceFile, people=people, at="2020-07-15T09:00:00+00:00"),
        *_points(typed),
        _said(MaterialSent, people=44),
        *(_said(WorkshopNews, code=code, country="JO", text=typed) for code in get_args(NewsCode)),
        *(
            _said(
                WorkshopNews, code=code, country="JO", attendance=way, text=typed if code == "reason" else ""
            )
            for way in WAYS
            for code in ("late_change", "reason")
        ),
    ]


def _points(typed: str) -> list[Notice]:
    sorts: tuple[PointSort, ...] = get_args(PointSort)
    notes = tuple(
        PointNote(id=ID - at, text=typed, group=at // 4, sort=sorts[at % 3], released=at % 2 == 0)
        for at in range(12)
    )
    names = {1: typed}
    return [
        *(_said(AskPoint, group=group, names=names) for group in (0, 1, 2)),
        *(_said(PointKept, point=notes[at], names=names) for at in (0, 4, 8)),
        *(_said(WorkshopPoints, runs=runs, points=(), groups=2) for runs in (True, False)),
        *(
            _said(WorkshopPoints, runs=runs, points=notes, groups=2, names=names, page=page)
            for runs in (True, False)
            for page in (0, 2)
        ),
        _said(PointsFile, points=notes, names=names, at="2020-07-15T09:00:00+00:00"),
    ]


def _put_down_at_the_desk(typed: str) -> list[Notice]:
    step, readings = _steps(typed)[1], ("2021-03-04", "2021-04-03")
    comments = (typed,) * 7
    means = {"usefulness": 43, "pace": 50, "clarity": 29}
    return [
        _said(WorkshopQuestions, questions=()),
        *(_said(WorkshopQuestions, questions=_questions(typed), page=page) for page in (0, 4)),
        _said(AskAnswer, question=_questions(typed)[0]),
        _said(WorkshopOffers, offers=()),
        _said(WorkshopOffers, offers=_offers(typed), page=1),
        _said(AskOffer),
        _said(AskOffer, problem="unclear"),
        _said(WorkshopSteps, steps=()),
        _said(WorkshopSteps, steps=_steps(typed), page=1),
        _said(AskStep),
        _said(AskStep, problem="unclear"),
        _said(WhichDue, step=step, given=typed, readings=readings, problem="two"),
        _said(WhichDue, step=step, given=typed, problem="past"),
        _said(WhichDue, step=step, given=typed, problem="unclear"),
        _said(WorkshopEvaluation, count=7, means=means, comments=comments, page=1),
        _said(WorkshopEvaluation, count=0, means={}),
    ]
