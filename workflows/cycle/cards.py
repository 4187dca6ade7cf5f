"""The calendar as it is shown to one reader: a page, one event, an agenda with its clock, and files to keep."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from math import ceil
from typing import Literal
from zoneinfo import ZoneInfo

from msgspec import field

from workflows.cycle.calendar import AgendaItem, Calendar, Milestone, Move, Step, Theme, is_over
from workflows.cycle.sessions import agenda
from workflows.cycle.sessions.agenda import Clock
from workflows.immutable import Immutable
from workflows.languages import Text
from workflows.notices import (
    AgendaView,
    CalendarFile,
    CalendarView,
    EventCard,
    EventChange,
    EventLine,
    FileEvent,
    ItemLine,
    PartLine,
    ThemeLine,
)
from workflows.when import Exact, Unstated, When, Window, is_narrow

PAGE = 5
"""How many events a page of the calendar holds."""
CHANGES = 8
"""How many of an event's last changes its card tells."""

_Place = tuple[date, bool, datetime]
"""Where something stands in the order of time: its first day, a window after a day, and the moment of the day."""
_LAST: _Place = date.max, True, datetime.max.replace(tzinfo=UTC)
_MOVES = ("postponed", "unfixed")
_PRELUDE = ("invitation", "template")


class Reader(Immutable):
    """For whom, and at which moment (UTC). `country` is empty for the secretariat, who sees all of it.

    `handed_over` are the days on which something was handed over, by the milestones' ids.
    """

    country: str
    now: datetime
    steers: bool = False
    hijri: bool = False
    handed_over: Mapping[str, date] = field(default_factory=dict)


# --- a page ----------------------------------------------------------------------------------------------------------


def page_of(calendar: Calendar, reader: Reader, page: int) -> CalendarView:
    """A page of the calendar, the nearest to the one asked for that holds anything."""
    behind, ahead = behind_and_ahead(calendar, reader)
    first, last = -ceil(len(behind) / PAGE), max(ceil(len(ahead) / PAGE) - 1, 0)
    page = max(first, min(page, last))
    start = len(behind) + page * PAGE
    every = [*behind, *ahead]
    shown = every[max(start, 0) : start + PAGE]
    return CalendarView(
        title=calendar.title,
        events=tuple(event_line(each, reader) for each in shown),
        page=page,
        earlier=page > first,
        further=page < last,
        hijri=reader.hijri,
    )


def behind_and_ahead(calendar: Calendar, reader: Reader) -> tuple[list[Milestone], list[Milestone]]:
    """The milestones that lie behind and those that are on or ahead, each in the order of time.

    A day comes before the windows that begin with it. What has no date lies behind when what follows it in the cycle's
    file does, and stands before that there; ahead it comes last, in the order of the file. An invitation and a template
    lie behind everybody who reads this.
    """
    behind: list[tuple[_Place, Milestone]] = []
    ahead: list[tuple[_Place, Milestone]] = []
    place, is_past = _LAST, False
    for each in reversed(calendar.milestones):
        when = each.when_for(reader.country)
        if not isinstance(when, Unstated):
            place, is_past = _place(when), _lies_behind(each, when, reader.now, calendar.zone)
            (behind if is_past else ahead).append((place, each))
        elif is_past or each.kind in _PRELUDE:
            behind.append((place, each))
        else:
            ahead.append((_LAST, each))
    return _in_order(behind), _in_order(ahead)


def _in_order(placed: list[tuple[_Place, Milestone]]) -> list[Milestone]:
    """In the order of time, and of the file where that is the same; `placed` begins with the end of the file."""
    placed.reverse()
    return [each for _, each in sorted(placed, key=lambda found: found[0])]


def _place(when: Exact | Window) -> _Place:
    begins = when.begins() if isinstance(when, Exact) else datetime.combine(when.first, time(), UTC)
    return when.first, isinstance(when, Window), begins


def _lies_behind(milestone: Milestone, when: Exact | Window, now: datetime, zone: str) -> bool:
    """Whether there is nothing more to expect: it is over, or the last day that it might have been has passed."""
    if isinstance(when, Exact):
        return is_over(when, now)
    windows = [when, *(other for other in milestone.alternatives if isinstance(other, Window))]
    return max(window.last for window in windows) < _today(now, zone)


def _today(now: datetime, zone: str) -> date:
    return now.astimezone(ZoneInfo(zone)).date()


def event_line(milestone: Milestone, reader: Reader) -> EventLine:
    """One milestone as a line, with the date it was moved from where it was."""
    when = milestone.when_for(reader.country)
    moved = _moved(milestone, reader.country)
    still = moved is not None and moved.when != when
    return EventLine(
        id=milestone.id,
        title=milestone.title,
        when=when,
        alternatives=milestone.alternatives if isinstance(when, Window) else (),
        state=_state(when, reader.now),
        before=moved.when if moved and still else None,
        moved_at=moved.at.isoformat() if moved and still else "",
        extended=reader.country in milestone.extensions,
        handed_over=reader.handed_over[milestone.id].isoformat()
        if milestone.id in reader.handed_over
        else "",
    )


def _state(when: When, now: datetime) -> Literal["ahead", "running", "over"]:
    if is_over(when, now):
        return "over"
    return "running" if isinstance(when, Exact) and when.begins() <= now else "ahead"


def _moved(milestone: Milestone, country: str) -> Move | None:
    """The last move that took a date away from this country: its own extension, else a move for everybody."""
    if country in milestone.extensions:
        own = [move for move in milestone.moves if move.step == "extended" and move.country == country]
        return own[-1] if own else None
    common = [move for move, after in _for_all(milestone) if _step(move, after) in _MOVES]
    return common[-1] if common else None


def _for_all(milestone: Milestone) -> list[tuple[Move, When]]:
    """The changes for everybody, oldest first, each with the date that it left behind."""
    moves = [move for move in milestone.moves if not move.country]
    after = (*(move.when for move in moves[1:]), milestone.when)
    return list(zip(moves, after, strict=False))


def _step(move: Move, after: When) -> Step:
    """What was done, to a reader: hours for days that had none are no move."""
    before = move.when
    if move.step != "postponed" or not isinstance(before, Exact) or not isinstance(after, Exact):
        return move.step
    same_days = (before.first, before.last) == (after.first, after.last)
    return "fixed" if same_days and before.starts is None else move.step


# --- one event -------------------------------------------------------------------------------------------------------


def event_card(milestone: Milestone, reader: Reader, themes: Sequence[Theme] = ()) -> EventCard:
    """All that is known of an event; the cycle's priority themes are told with its forum."""
    line = event_line(milestone, reader)
    return EventCard(
        event=line,
        mode=milestone.mode or "",
        place=milestone.place,
        languages=milestone.languages,
        link=milestone.link,
        note=milestone.note,
        themes=tuple(_theme(each) for each in themes if milestone.kind == "forum"),
        source=milestone.source if reader.steers else "",
        changes=tuple(_changes(milestone, reader)[-CHANGES:]),
        hijri=reader.hijri,
        agenda=bool(milestone.agenda),
        file=_has_dates(milestone, reader.country),
        registers=milestone.registers and line.state != "over",
        steers=reader.steers,
    )


def _theme(theme: Theme) -> ThemeLine:
    return ThemeLine(number=theme.number, title=theme.title)


def _changes(milestone: Milestone, reader: Reader) -> list[EventChange]:
    """What was changed for this reader, oldest first; a way to meet and a place are told where they changed."""
    steps = {id(move): _step(move, after) for move, after in _for_all(milestone)}
    mode, place = milestone.mode, milestone.place
    told: list[EventChange] = []
    for move in reversed(milestone.moves):
        if not move.country:
            moved_house = (move.mode, move.place) != (mode, place)
            mode, place = move.mode, move.place
            told.append(_change(move, steps[id(move)], where=moved_house))
        elif reader.steers or move.country == reader.country:
            told.append(_change(move, move.step, where=False))
    return told[::-1]


def _change(move: Move, step: Step, *, where: bool) -> EventChange:
    return EventChange(
        step=step,
        when=move.when,
        mode=(move.mode or "") if where else "",
        place=move.place if where else None,
        country=move.country,
        at=move.at.isoformat(),
    )


# --- an agenda -------------------------------------------------------------------------------------------------------


def with_agenda(calendar: Calendar, reader: Reader) -> list[Milestone]:
    """The milestones that have an agenda: what is on or ahead first, then what was last."""
    behind, ahead = behind_and_ahead(calendar, reader)
    return [each for each in (*ahead, *reversed(behind)) if each.agenda]


def agenda_view(milestone: Milestone, reader: Reader, zone: str) -> AgendaView:
    """A session's agenda with its clock; `zone` is that of the hours while no day is fixed."""
    when = milestone.when
    clock = agenda.now_and_next(milestone, reader.now)
    return AgendaView(
        event=event_line(milestone, reader),
        items=tuple(_item(item, milestone, clock, reader.now) for item in milestone.agenda),
        phase=clock.phase,
        until_next=clock.until_next,
        day=_day(milestone, reader.now) if isinstance(when, Exact) else None,
        zone=when.zone if isinstance(when, Exact) else zone,
        at=reader.now.isoformat(),
    )


def _day(session: Milestone, now: datetime) -> date | None:
    spans = agenda.hours(session.agenda[0], session, now)
    zone = session.when.zone if isinstance(session.when, Exact) else "UTC"
    return spans[0].astimezone(ZoneInfo(zone)).date() if spans else None


def _item(item: AgendaItem, session: Milestone, clock: Clock, now: datetime) -> ItemLine:
    standing = agenda.standing_of(item, session, now)
    on = standing == "now"
    return ItemLine(
        title=item.title,
        starts=item.starts,
        ends=item.ends,
        minutes=item.minutes,
        speakers=item.speakers,
        points=item.points,
        parts=tuple(
            PartLine(
                title=part.title,
                minutes=part.minutes,
                left=clock.part_left if on and part == clock.part else 0,
            )
            for part in item.parts
        ),
        standing=standing,
        left=clock.item_left if on else 0,
    )


# --- files -----------------------------------------------------------------------------------------------------------


def calendar_file(
    calendar: Calendar, wanted: Sequence[Milestone], country: str, *, cycle: str, stamp: datetime
) -> CalendarFile:
    """Milestones for a reader's own calendar; `stamp` is when the plan of the cycle was last changed (UTC)."""
    return CalendarFile(
        cycle=cycle,
        title=calendar.title,
        events=tuple(_file_event(each, country) for each in wanted),
        stamp=stamp.isoformat(),
    )


def in_files(calendar: Calendar, country: str) -> list[Milestone]:
    """The milestones that have or had a date, or a window of at most a month, so that a file can hold them."""
    return [each for each in calendar.milestones if _has_dates(each, country)]


def not_in_files(calendar: Calendar, reader: Reader) -> tuple[Text, ...]:
    """The titles of what is ahead and in no file yet, since nothing says in which month it will be."""
    _, ahead = behind_and_ahead(calendar, reader)
    return tuple(each.title for each in ahead if not _is_known(each, each.when_for(reader.country)))


def _file_event(milestone: Milestone, country: str) -> FileEvent:
    when = milestone.when_for(country)
    return FileEvent(
        id=milestone.id,
        title=milestone.title,
        when=when,
        alternatives=milestone.alternatives if isinstance(when, Window) else (),
        earlier=tuple(_earlier(milestone, country)),
        mode=milestone.mode or "",
        place=milestone.place,
        link=milestone.link,
        note=milestone.note,
        sequence=milestone.sequence,
    )


def _earlier(milestone: Milestone, country: str) -> Iterator[When]:
    """The dates it had before in this country, oldest first."""
    for move in milestone.moves:
        if move.country in {"", country}:
            yield move.when


def _has_dates(milestone: Milestone, country: str) -> bool:
    dates = (milestone.when_for(country), *_earlier(milestone, country))
    return any(_is_known(milestone, when) for when in dates)


def _is_known(milestone: Milestone, when: When) -> bool:
    return isinstance(when, Exact) or (isinstance(when, Window) and is_narrow(when, milestone.alternatives))
