"""What is said when the secretariat writes to many and looks after people, in the forms that look different."""

from typing import get_args

from tests.render.samples_calendar import MOMENT, TITLE
from tests.render.samples_scheduling import LONG
from workflows.languages import Text
from workflows.notices import Line, Notice, SectionLine
from workflows.notices.people_desk import (
    ClaimCard,
    ClaimHeard,
    ClaimSettled,
    ClaimWaits,
    CountryTeam,
    LeadPassed,
    LinkLine,
    MissingLine,
    PeopleDesk,
    PlaceCard,
    PlaceClosed,
    TeamLine,
)
from workflows.notices.steering import (
    AnnounceCorrect,
    Announced,
    AnnounceDoubt,
    AnnounceDraft,
    AnnounceGone,
    AnnounceHome,
    AnnouncePicture,
    AnnounceProgress,
    AnnounceWhen,
    AudienceView,
    ComposeProblem,
    CountryDelivery,
    Headcount,
    Nudged,
    ToldLine,
    ToldView,
)
from workflows.people.audience import (
    EVERYBODY,
    FOCAL_POINTS,
    All,
    AllBut,
    Any,
    Attending,
    Audience,
    Countries,
    Declined,
    Group,
    Progress,
    Reachable,
    Roles,
    Section,
    Staffed,
    written,
)
from workflows.people.roles import ROLES
from workflows.reference import countries

NUMBER = 10**12 - 1
CODES = tuple(state.code for state in countries())
FIRST, SECOND = "methodology", "policy_environment"
LINE = SectionLine(id=FIRST, settled=12, total=18, words=100, limit=500)
OTHER = SectionLine(id=SECOND, settled=0, total=20, words=0, limit=1500)
AUDIENCES: list[Audience] = [
    EVERYBODY,
    All(of=(FOCAL_POINTS, Section(section=FIRST, state="begun"), Section(section=SECOND, state="not_begun"))),
    Any(of=(Countries(codes=CODES), All(of=(Declined(), Reachable())))),
    Roles(roles=ROLES),
    Group(session="session1", group=2),
    *(
        Attending(session=session, how=how)
        for session in ("session1", "unknown")
        for how in get_args(Attending.model_fields["how"].annotation)
    ),
    *(Section(section=FIRST, state=state) for state in get_args(Section.model_fields["state"].annotation)),
    Section(section="gone", state="begun"),
    *(Progress(state=state) for state in get_args(Progress.model_fields["state"].annotation)),
    *(Staffed(state=state) for state in get_args(Staffed.model_fields["state"].annotation)),
    All(of=(EVERYBODY, AllBut(of=Countries(codes=CODES)), AllBut(of=Group(session="session1", group=2)))),
]
MANY = Headcount(
    people=5_000,
    languages={"ar": 4_000, "en": 999, "fr": 1},
    roles=dict.fromkeys(ROLES, 1_000),
    countries=dict.fromkeys(CODES, 200),
    unreachable=7,
    nobody=CODES,
    spared=3,
    at_once=12,
    last_at=MOMENT,
)


def view(audience: Audience) -> AudienceView:
    return AudienceView(json_text=written(audience), sessions={"session1": TITLE})


def of_steering(typed: str) -> list[Notice]:
    return [*_letters(typed), *_composing(typed), *_ways(typed), *_of_the_desk(typed)]


def _letters(typed: str) -> list[Notice]:
    text = typed[:3_000]
    return [
        *(Announced(text=text, language=language) for language in ("ar", "en", "fr")),
        Announced(text=text, language="ar", corrects=True),
        Nudged(about="begin", country="JO", open=64),
        Nudged(about="go_on", country="JO", done=LINE, following=OTHER, open=26),
        Nudged(about="go_on", country="JO", following=OTHER.model_copy(update={"id": "gone"}), open=26),
        *(Nudged(about="finish", country="JO", open=count) for count in (1, 2, 3, 11, 100)),
        Nudged(about="register", country="JO", session="session1", title=LONG),
        Nudged(about="missed", country="JO", session="session1", title=TITLE),
    ]


def _composing(typed: str) -> list[Notice]:
    problems: tuple[ComposeProblem, ...] = get_args(ComposeProblem)
    titled = Text(ar="جلسة", en="Session", fr="Séance")
    draft = AnnounceDraft(
        number=NUMBER, kind="announcement", audience=view(EVERYBODY), asks="fr", headcount=MANY
    )
    texts = {"ar": typed[:3_000], "fr": typed[:3_000]}
    return [
        AnnounceHome(),
        AnnounceHome(
            number=NUMBER,
            next_session=titled,
            last_session=titled,
            problem="unclear_audience",
            given=typed,
            unknown=(typed, typed),
            suggestions=("JO", "LB"),
        ),
        AnnounceHome(recent=tuple(Line(id=str(at), text=typed, detail=MOMENT) for at in range(1, 6))),
        *(AnnounceDoubt(number=NUMBER, audience=view(each), people=3, given=typed) for each in AUDIENCES),
        AnnounceDoubt(
            number=1,
            draft=7,
            audience=view(EVERYBODY),
            people=0,
            unknown=(typed,),
            suggestions=("MA",),
            given=typed,
        ),
        draft,
        *(draft.model_copy(update={"problem": each, "length": 9_000}) for each in problems),
        AnnounceDraft.model_validate(draft.model_dump() | {"texts": texts, "first": "fr", "nudge": "begin"}),
        AnnounceDraft.model_validate(draft.model_dump() | {"texts": texts, "kind": "correction"}),
        *(
            AnnounceDraft.model_validate(draft.model_dump() | {"texts": texts, "asks": each} | more)
            for each in texts
            for more in ({"anew": True}, {"since": 999_999_999_999})
        ),
        draft.model_copy(update={"headcount": Headcount()}),
        draft.model_copy(update={"with_template": True}),
        draft.model_copy(
            update={"kind": "nudge", "nudge": "go_on", "sample": Nudged(about="begin", country="JO", open=3)}
        ),
        AnnounceWhen(number=NUMBER),
        AnnounceWhen(number=NUMBER, options=(MOMENT, "2030-01-01T08:00:00+00:00"), given=typed),
        *(AnnounceWhen(number=NUMBER, problem=problem, given=typed) for problem in ("no_time", "past")),
        *(AnnounceCorrect(number=NUMBER, people=people) for people in (1, 2, 3, 11)),
        AnnounceGone(),
    ]


def _ways(typed: str) -> list[Notice]:
    total = CountryDelivery(country="", sent=4_000, waiting=900, unreachable=60, withdrawn=30, spared=10)
    each = tuple(total.model_copy(update={"country": code}) for code in ("", *CODES))
    way = AnnounceProgress(
        number=NUMBER,
        kind="announcement",
        state="posting",
        audience=view(AUDIENCES[1]),
        due_at=MOMENT,
        recipients=5_000,
        total=total,
        next_at=MOMENT,
        last_at=MOMENT,
    )
    names = tuple(Line(id=code, text=typed[:300], detail="blocked") for code in ("", "JO", "LB"))
    told = ToldLine(number=1, kind="announcement", at=MOMENT, excerpt=typed[:80], sent=2, meant=3)
    lines = (
        told,
        told.model_copy(update={"number": 2, "kind": "correction"}),
        told.model_copy(update={"number": 3, "kind": "nudge"}),
    )
    return [
        way,
        *(
            way.model_copy(update={"state": state, "total": CountryDelivery(country="", sent=5_000)})
            for state in ("scheduled", "posted", "withdrawn")
        ),
        way.model_copy(update={"countries": each, "names": names}),
        AnnouncePicture(
            number=NUMBER, at=MOMENT, excerpt=typed[:80], recipients=5_000, total=total, countries=each
        ),
        AnnouncePicture(
            number=NUMBER, at=MOMENT, recipients=0, total=CountryDelivery(country=""), countries=()
        ),
        ToldView(),
        ToldView(country="JO", name=typed, lines=lines),
        ToldView(given=typed, suggestions=("JO", "LB")),
        ToldView(given="x"),
    ]


def _of_the_desk(typed: str) -> list[Notice]:
    missing = (
        MissingLine(country="JO", until=MOMENT),
        MissingLine(country="LB", lapsed=MOMENT),
        MissingLine(country="YE", declined=True),
        MissingLine(country="MA"),
    )
    claims = (Line(id="7", text=typed, detail="JO"), Line(id="8", text=" ", detail="LB"))
    people = tuple(
        TeamLine(place=at, name=typed, role=role, lead=at == 1, since=MOMENT, reach=reach)
        for at, (role, reach) in enumerate(
            zip(ROLES, ("open", "blocked", "gone", "open", "open"), strict=True), 1
        )
    )
    links = tuple(
        LinkLine(id=at, role="clearer", state=state, made_at=MOMENT, until=MOMENT, scope=str(at % 2 + 1))
        for at, state in enumerate(get_args(LinkLine.model_fields["state"].annotation), 1)
    )
    return [
        PeopleDesk(missing=missing, claims=claims),
        PeopleDesk(missing=missing, only_missing=True),
        PeopleDesk(given=typed, suggestions=("JO", "LB")),
        PeopleDesk(given=typed or "x"),
        CountryTeam(country="JO"),
        CountryTeam(
            country="JO", people=people, links=links, taking_part="yes", answered_at=MOMENT, claims=claims
        ),
        CountryTeam(country="JO", taking_part="no", answered_at=MOMENT),
        *(PlaceCard(line=line, country="JO", leads=line.lead) for line in people),
        PlaceCard(line=people[0], country="JO", ending=True),
        PlaceClosed(country="JO"),
        PlaceClosed(country="JO", left="supporter"),
        LeadPassed(country="JO", name=typed),
        LeadPassed(country="JO", name=""),
        ClaimWaits(country="JO"),
        ClaimHeard(country="JO"),
        ClaimCard(number=NUMBER, country="JO", name=typed, others=people[:1]),
        *(
            ClaimSettled(country="JO", outcome=outcome, name=typed)
            for outcome in get_args(ClaimSettled.model_fields["outcome"].annotation)
        ),
        ClaimSettled(country="JO", outcome="refused", own=True),
        ClaimSettled(country="JO", outcome="beside"),
    ]
