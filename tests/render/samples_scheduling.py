"""What is said when the calendar is steered, in the forms that look different."""

from typing import get_args

from tests.render.samples_calendar import (
    BEIRUT,
    EARLY,
    LATER,
    MIDDLE,
    MOMENT,
    ONLINE,
    TITLE,
    WORKSHOP,
)
from workflows.languages import Text
from workflows.notices import CalendarFile, EventCard, FileEvent, Notice
from workflows.notices.scheduling import (
    AskHandOver,
    CountryPeople,
    EventState,
    ExtensionLine,
    FollowLine,
    Moved,
    PeopleTold,
    Proposal,
    ScheduleAsk,
    ScheduleCard,
    ScheduleChoice,
    ScheduleDone,
    ScheduleLine,
    ScheduleOption,
    SchedulePreview,
    ScheduleView,
    Step,
    Wanted,
)
from workflows.reference import countries
from workflows.when import CAIRO, Exact, Unstated

LONGEST = "session_with_a_long_name"
NUMBER = 10**12 - 1
LINK = "https://meet.example.org/forum?room=1&key=a"
LONG = Text(
    ar="تقديم الوثيقة الختامية لمؤتمر الاستعراض الإقليمي في الجلسة العامة للجمعية العامة " * 3,
    en="Presentation of the outcome document of the regional review conference in the plenary " * 3,
    fr="Présentation du document final de la conférence d'examen régional en séance plénière " * 3,
)
OPEN = EventState(when=Unstated())
IN_BEIRUT = EventState(when=BEIRUT, mode="in_person", place=Text(ar="بيروت", en="Beirut", fr="Beyrouth"))
ON_SCREEN = EventState(when=ONLINE, mode="online", link=LINK)
EITHER = EventState(when=EARLY, alternatives=(MIDDLE,))
LATER_HOUR = (
    WORKSHOP.model_copy(update={"starts": LATER.when.starts}) if isinstance(LATER.when, Exact) else BEIRUT
)
EVERYBODY = PeopleTold(
    focal_points=22,
    contributors=5,
    officers=2,
    countries=tuple(CountryPeople(country=state.code, people=2) for state in countries()),
)
FOLLOW = (
    FollowLine(id="report", title=LONG, before=BEIRUT, after=ONLINE),
    FollowLine(id="outcome", title=TITLE, before=EARLY, after=Unstated()),
    FollowLine(id="plenary", title=LONG, before=Unstated(), after=MIDDLE),
)


def of_scheduling(typed: str) -> list[Notice]:
    return [*_looking(), *_asking(typed), *_changing(typed), *_letters(typed)]


def _looking() -> list[Notice]:
    lines = (
        ScheduleLine(id="forum", title=TITLE, when=ONLINE, moved=True),
        ScheduleLine(id="session2", title=TITLE, when=EARLY, alternatives=(MIDDLE,)),
        ScheduleLine(id=LONGEST, title=LONG, when=Unstated(), moved=True),
    )
    card = EventCard(event=LATER, mode="hybrid", steers=True)
    return [
        ScheduleView(dated=False),
        ScheduleView(lines=lines, page=1, last_page=2),
        ScheduleCard(
            card=card,
            extensions=(ExtensionLine(country="YE", when=ONLINE), ExtensionLine(country="JO", when=EARLY)),
            extends=True,
            takes_back=True,
            problem="overtaken",
        ),
        ScheduleCard(card=EventCard(event=LATER), problem="same"),
    ]


def _asking(typed: str) -> list[Notice]:
    wanted: tuple[Wanted, ...] = get_args(Wanted)
    given = typed[:300]
    asked: list[Notice] = [ScheduleView(problem="unknown", given=typed[:300])]
    for wants in wanted:
        about = ScheduleAsk(milestone=LONGEST, title=TITLE, when=BEIRUT, wants=wants, zone="Asia/Beirut")
        again = {"problem": "unclear", "given": given, "country": "YE", "zone": CAIRO}
        asked += [about, about.model_copy(update=again)]
    asked.append(about.model_copy(update={"wants": "country", "problem": "several", "given": given}))
    day = Proposal(milestone="forum", when=WORKSHOP)
    other = Proposal(milestone=LONGEST, when=EARLY, mode="online", country="YE")
    options = (ScheduleOption(title=LONG, proposal=day), ScheduleOption(title=TITLE, proposal=other))
    return [
        *asked,
        *(AskHandOver(milestone=LONGEST, title=LONG, problem=problem) for problem in ("", "unclear", "two")),
        ScheduleChoice(number=NUMBER, reason="doubt", given=given, options=options),
        ScheduleChoice(number=NUMBER, reason="which", given=given, options=options),
        ScheduleChoice(number=7, reason="past", given=given, options=options[:1]),
    ]


def _changing(typed: str) -> list[Notice]:
    place = Text(ar=typed, en=typed, fr=typed)
    moved = SchedulePreview(
        number=NUMBER,
        plan=3,
        proposal=Proposal(milestone="forum", when=ONLINE),
        title=LONG,
        before=IN_BEIRUT,
        after=ON_SCREEN,
        follow=FOLLOW,
        told=EVERYBODY,
        planned=1200,
        cancelled=1,
        past=True,
        off=tuple(state.code for state in countries()),
    )
    own = {
        "proposal": Proposal(milestone="submission", when=ONLINE, country="YE"),
        "before": EITHER,
        "after": OPEN,
        "told": PeopleTold(focal_points=1, countries=(CountryPeople(country="YE", people=1),)),
    }
    somewhere = {
        "after": ON_SCREEN.model_copy(update={"place": place}),
        "registered_only": True,
        "told": PeopleTold(),
    }
    done = ScheduleDone(milestone=LONGEST, title=TITLE, before=IN_BEIRUT, after=ON_SCREEN, told=EVERYBODY)
    return [
        moved,
        moved.model_copy(update=own),
        moved.model_copy(update=somewhere),
        moved.model_copy(update={"over": True, "past": False, "off": ("EG",)}),
        done,
        done.model_copy(update={"country": "YE", "withdrawn": 40, "told": PeopleTold(), "follow": FOLLOW}),
        done.model_copy(update={"takes_back": False, "before": OPEN, "after": EITHER}),
    ]


def _letters(typed: str) -> list[Notice]:
    place = Text(ar=typed, en=typed, fr=typed)
    event = FileEvent(id="forum", title=TITLE, when=ONLINE, earlier=(BEIRUT,), mode="online", sequence=2)
    file = CalendarFile(cycle="gcm-arab-2020", title=TITLE, events=(event,), event="forum", stamp=MOMENT)
    steps: tuple[Step, ...] = get_args(Step)
    moved = Moved(
        milestone=LONGEST, title=LONG, step="postponed", before=IN_BEIRUT, after=ON_SCREEN, file=file
    )
    somewhere = {"before": IN_BEIRUT.model_copy(update={"place": place}), "follow": FOLLOW, "hijri": True}
    hours = {"before": EventState(when=WORKSHOP), "after": EventState(when=LATER_HOUR), "file": None}
    every = [
        moved.model_copy(
            update={"step": step, "country": "YE" if step.startswith("ext") else "", "file": None}
        )
        for step in steps
    ]
    fixed = {"step": "fixed", "before": OPEN}
    first = file.model_copy(update={"events": (event.model_copy(update={"earlier": (), "sequence": 0}),)})
    return [
        *every,
        moved.model_copy(update=fixed),
        moved.model_copy(update=fixed | {"file": first}),
        moved.model_copy(update={"agenda": True, "registers": True}),
        moved.model_copy(update=somewhere),
        moved.model_copy(update=hours),
        moved.model_copy(update={"step": "extended", "country": "YE", "serves": True, "registers": True}),
        moved.model_copy(update={"before": EITHER, "after": OPEN, "step": "unfixed", "file": None}),
    ]
