"""What is said about the calendar, in the forms that look different."""

from datetime import date, time

from workflows.languages import Text
from workflows.notices import (
    AgendaList,
    AgendaView,
    CalendarFile,
    CalendarView,
    EventCard,
    EventChange,
    EventLine,
    FileEvent,
    ItemLine,
    Notice,
    PartLine,
    TakingPartCard,
    TakingPartTold,
    ThemeLine,
)
from workflows.when import Exact, Unstated, Window

MOMENT = "2020-06-25T08:05:00+00:00"
TITLE = Text(ar="المنتدى الإقليمي", en="Regional forum", fr="Forum régional")
WORKSHOP = Exact(first=date(2020, 6, 25), last=date(2020, 6, 25), starts=time(10), ends=time(13))
BEIRUT = Exact(first=date(2020, 12, 1), last=date(2020, 12, 2))
ONLINE = Exact(first=date(2021, 2, 24), last=date(2021, 2, 25), starts=time(10), ends=time(14))
ELSEWHERE = Exact(
    first=date(2022, 5, 17), last=date(2022, 5, 20), starts=time(10), ends=time(18), zone="America/New_York"
)
EARLY = Window(
    first=date(2020, 7, 1),
    last=date(2020, 7, 10),
    phrase=Text(ar="أوائل تموز/يوليو ٢٠٢٠", en="early July 2020", fr="début juillet 2020"),
)
MIDDLE = Window(
    first=date(2020, 7, 11),
    last=date(2020, 7, 20),
    phrase=Text(ar="منتصف تموز/يوليو", en="mid July", fr="mi-juillet"),
)

LINES = (
    EventLine(id="session1", title=TITLE, when=WORKSHOP, state="running"),
    EventLine(id="session2", title=TITLE, when=EARLY, alternatives=(MIDDLE, BEIRUT)),
    EventLine(id="deadline", title=TITLE, when=Unstated()),
    EventLine(id="forum", title=TITLE, when=ONLINE, before=BEIRUT, moved_at=MOMENT),
    EventLine(id="imrf", title=TITLE, when=ELSEWHERE, state="over"),
)
EXTENDED = EventLine(id="deadline", title=TITLE, when=ONLINE, before=BEIRUT, moved_at=MOMENT, extended=True)
LATER = EventLine(
    id="session1",
    title=TITLE,
    when=WORKSHOP.model_copy(update={"starts": time(11)}),
    before=WORKSHOP,
    moved_at=MOMENT,
)


def of_the_calendar(typed: str) -> list[Notice]:
    return [*_pages(), *_events(), *_agendas(), *_files(), *_taking_part(typed)]


def _pages() -> list[Notice]:
    return [
        CalendarView(dated=False),
        CalendarView(title=TITLE),
        CalendarView(title=TITLE, events=LINES, further=True, earlier=True, asked=True),
        CalendarView(title=TITLE, events=LINES, page=-2, earlier=True, hijri=True, asked=True, answer="yes"),
        CalendarView(title=TITLE, events=(LATER,), asked=True, answer="no"),
    ]


def _events() -> list[Notice]:
    steps: tuple[EventChange, ...] = (
        EventChange(step="fixed", when=EARLY, at=MOMENT),
        EventChange(step="postponed", when=BEIRUT, mode="in_person", place=TITLE, at=MOMENT),
        EventChange(step="unfixed", when=ONLINE, at=MOMENT),
        EventChange(step="mode_changed", when=ONLINE, mode="hybrid", at=MOMENT),
        EventChange(step="extended", when=ONLINE, country="MA", at=MOMENT),
        EventChange(step="extension_ended", when=ONLINE, country="MA", at=MOMENT),
    )
    whole = EventCard(
        event=LINES[0],
        mode="hybrid",
        place=TITLE,
        languages=("ar", "en", "fr"),
        link="https://example.org/room?a=1&b=2",
        note=TITLE,
        themes=(ThemeLine(number=1, title=TITLE), ThemeLine(number=2)),
        source="S1:L43",
        changes=steps,
        hijri=True,
        agenda=True,
        file=True,
        registers=True,
        steers=True,
    )
    untitled = EventCard(event=LINES[0], themes=tuple(ThemeLine(number=at) for at in range(1, 7)))
    handed = LINES[0].model_copy(update={"handed_over": "2020-09-03"})
    hands = [
        whole.model_copy(update={"hands_over": True}),
        whole.model_copy(update={"hands_over": True, "event": handed, "handed_at": MOMENT}),
        whole.model_copy(
            update={"hands_over": True, "event": handed, "handed_at": MOMENT, "handed_by": "Sam"}
        ),
    ]
    assessed = whole.model_copy(update={"assesses": True})
    return [whole, assessed, untitled, *hands, *(EventCard(event=line) for line in (*LINES, LATER))]


def _agendas() -> list[Notice]:
    talk = ItemLine(
        title=TITLE,
        starts=time(10, 45),
        ends=time(12),
        minutes=75,
        speakers=TITLE,
        points=(TITLE,),
        parts=(PartLine(title=TITLE, minutes=20, left=7), PartLine(title=TITLE, minutes=20)),
        standing="now",
        left=42,
    )
    opening = ItemLine(title=TITLE, starts=time(10), ends=time(10, 45), minutes=45, standing="done")
    end = ItemLine(title=TITLE, starts=time(12), ends=time(13), minutes=60, standing="next")
    items = (opening, talk, end)
    dated = AgendaView(event=LINES[0], items=items, phase="during", day=WORKSHOP.first, at=MOMENT)
    return [
        dated,
        dated.model_copy(update={"items": (opening, end), "until_next": 11}),
        dated.model_copy(update={"items": (opening,)}),
        dated.model_copy(update={"phase": "before", "until_next": 2}),
        dated.model_copy(update={"phase": "before", "until_next": 9000}),
        dated.model_copy(update={"phase": "after"}),
        AgendaView(event=LINES[1], items=items[::2], phase="undated", at=MOMENT),
        AgendaList(),
        AgendaList(events=LINES),
    ]


def _files() -> list[Notice]:
    events = (
        FileEvent(id="session2", title=TITLE, when=EARLY, alternatives=(MIDDLE,), note=TITLE),
        FileEvent(id="forum", title=TITLE, when=ONLINE, earlier=(BEIRUT,), mode="online", sequence=1),
        FileEvent(id="deadline", title=TITLE, when=Unstated(), earlier=(WORKSHOP,), place=TITLE, sequence=2),
    )
    whole = CalendarFile(
        cycle="gcm-arab-2020", title=TITLE, events=events, missing=(TITLE,) * 7, stamp=MOMENT
    )
    one = CalendarFile(cycle="gcm-arab-2020", title=TITLE, events=events[:1], event="session2", stamp=MOMENT)
    return [whole, one]


def _taking_part(typed: str) -> list[Notice]:
    return [
        TakingPartCard(country="JO"),
        TakingPartCard(country="JO", answer="yes"),
        TakingPartCard(country="JO", answer="yes", said=True),
        TakingPartCard(country="JO", answer="no", said=True),
        TakingPartTold(country="JO", answer="yes", name=typed),
        TakingPartTold(country="JO", answer="no", name=typed),
        TakingPartCard(country="JO", answer="yes", said=True, again=True),
        TakingPartTold(country="JO", answer="yes", name=typed, own=True, again=True),
        TakingPartTold(country="JO", answer="no", name=typed, own=True),
    ]
