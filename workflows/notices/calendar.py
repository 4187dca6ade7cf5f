"""What is said about the calendar: what comes next, one event, a session's agenda, files, and taking part."""

from datetime import date, time
from typing import Literal

from workflows.languages import Language, Text
from workflows.notices.saying import Saying
from workflows.when import CAIRO, When

Answer = Literal["", "yes", "no"]
Mode = Literal["", "in_person", "online", "hybrid"]


class EventLine(Saying):
    """A milestone as one line of the calendar, as it stands for the reader's country.

    `before` is the date that it was moved from, `moved_at` when that was done (UTC, ISO 8601). `extended` says that
    the date is a later one granted to the country alone. `handed_over` is the day (ISO) on which what it is about was
    handed over, empty before.
    """

    id: str
    title: Text
    when: When
    alternatives: tuple[When, ...] = ()
    state: Literal["ahead", "running", "over"] = "ahead"
    before: When | None = None
    moved_at: str = ""
    extended: bool = False
    handed_over: str = ""


class CalendarView(Saying):
    """A page of the calendar: 0 is what comes next, negative pages lie behind.

    `dated` is False while a cycle has no calendar. `answer` is whether the country takes part, and `asked` whether
    the reader is who says so.
    """

    topic: Literal["calendar"] = "calendar"
    title: Text | None = None
    dated: bool = True
    events: tuple[EventLine, ...] = ()
    page: int = 0
    earlier: bool = False
    further: bool = False
    hijri: bool = False
    asked: bool = False
    answer: Answer = ""


class EventChange(Saying):
    """What an event was before somebody changed it; `at` is when that was done (UTC, ISO 8601).

    `country` is that of an extension, else empty.
    """

    step: Literal["postponed", "fixed", "unfixed", "mode_changed", "extended", "extension_ended"]
    when: When
    mode: Mode = ""
    place: Text | None = None
    country: str = ""
    at: str


class ThemeLine(Saying):
    """A priority theme of the cycle; no title while the secretariat has given none."""

    number: int
    title: Text | None = None


class EventCard(Saying):
    """One event with all that is known of it; `themes` are the cycle's priority themes, on the card of its forum.

    For the secretariat alone are `source`, `hands_over` (it can be ticked off as handed over), and who noted that it
    was: `handed_by`, empty once forgotten, and `handed_at` (UTC, ISO 8601).
    """

    topic: Literal["event"] = "event"
    event: EventLine
    mode: Mode = ""
    place: Text | None = None
    languages: tuple[Language, ...] = ()
    link: str = ""
    note: Text | None = None
    themes: tuple[ThemeLine, ...] = ()
    source: str = ""
    changes: tuple[EventChange, ...] = ()
    hijri: bool = False
    agenda: bool = False
    file: bool = False
    registers: bool = False
    assesses: bool = False
    steers: bool = False
    hands_over: bool = False
    handed_by: str = ""
    handed_at: str = ""


class HandOverLine(Saying):
    """A step of the chain of hand-overs: when it is due, and the day (ISO) on which it was done, empty before."""

    title: Text
    when: When
    handed_over: str = ""


class PartLine(Saying):
    """A part of an agenda item; `left` counts the minutes that remain of it while it runs, else 0."""

    title: Text
    minutes: int
    left: int = 0


class ItemLine(Saying):
    """An agenda item with its local hours; `left` counts the minutes that remain of it while it runs, else 0."""

    title: Text
    starts: time
    ends: time
    minutes: int
    speakers: Text | None = None
    points: tuple[Text, ...] = ()
    parts: tuple[PartLine, ...] = ()
    standing: Literal["done", "now", "next", "later"] = "later"
    left: int = 0


class AgendaView(Saying):
    """A session's agenda on one of its days (None while no day is fixed), with what is on at the moment `at` (UTC).

    `until_next` counts the minutes to the start of the next item.
    """

    topic: Literal["agenda"] = "agenda"
    event: EventLine
    items: tuple[ItemLine, ...]
    phase: Literal["undated", "before", "during", "after"]
    until_next: int = 0
    day: date | None = None
    zone: str = CAIRO
    at: str


class AgendaList(Saying):
    """The events that have an agenda, to choose from; none where there is none yet."""

    topic: Literal["agendas"] = "agendas"
    events: tuple[EventLine, ...] = ()


class FileEvent(Saying):
    """An event as it goes into a calendar file; `earlier` are the dates it had before, oldest first."""

    id: str
    title: Text
    when: When
    alternatives: tuple[When, ...] = ()
    earlier: tuple[When, ...] = ()
    mode: Mode = ""
    place: Text | None = None
    link: str = ""
    note: Text | None = None
    sequence: int = 0


class CalendarFile(Saying):
    """Events as a file for the person's own calendar; `event` is its one event, empty for all of them.

    `missing` are the titles of what is ahead and not in it, since its month is not known. `stamp` is when
    the plan was last changed (UTC, ISO 8601).
    """

    topic: Literal["calendar_file"] = "calendar_file"
    cycle: str
    title: Text
    events: tuple[FileEvent, ...]
    event: str = ""
    missing: tuple[Text, ...] = ()
    stamp: str


class TakingPartCard(Saying):
    """Whether the country takes part: asked (`answer` empty), or as it was just said; `again`: after a no before."""

    topic: Literal["taking_part"] = "taking_part"
    country: str
    answer: Answer = ""
    said: bool = False
    again: bool = False


class TakingPartTold(Saying):
    """To the secretariat and the country's other people: a country has said whether it takes part.

    `own` is for those of that country, who hear what follows from it; `again`: it takes part after a no before.
    """

    topic: Literal["taking_part_told"] = "taking_part_told"
    country: str
    answer: Literal["yes", "no"]
    name: str
    own: bool = False
    again: bool = False
