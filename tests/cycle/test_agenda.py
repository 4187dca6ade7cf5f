"""During a session it is told what is on now and next, and how long the item and its part still have."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.cycle.calendar import AgendaItem, AgendaPart, Milestone
from workflows.cycle.files.judging import shipped_calendar
from workflows.cycle.sessions.agenda import Clock, hours, now_and_next, standing_of
from workflows.languages import Text
from workflows.when import Exact, instant

WORDS = Text(ar="كلمة", en="Word", fr="Mot")


def milestone(milestone_id: str) -> Milestone:
    calendar = shipped_calendar("gcm-arab-2020")
    assert calendar is not None
    return calendar.by_id[milestone_id]


SESSION = milestone("session1")


def at(hour: str, day: date = date(2020, 6, 25)) -> datetime:
    return instant(day, time.fromisoformat(hour), "Africa/Cairo")


def told(clock: Clock) -> tuple[str, str, int, str, int, str, int]:
    return (
        clock.phase,
        clock.item.id if clock.item else "",
        clock.item_left,
        clock.part.title.en if clock.part else "",
        clock.part_left,
        clock.next.id if clock.next else "",
        clock.until_next,
    )


@pytest.mark.parametrize(
    ("hour", "expected"),
    [
        ("09:30", ("before", "", 0, "", 0, "1.1", 30)),
        ("09:59:30", ("before", "", 0, "", 0, "1.1", 1)),
        ("10:00", ("during", "1.1", 15, "", 0, "1.2", 15)),
        ("10:14:59", ("during", "1.1", 1, "", 0, "1.2", 1)),
        ("10:15", ("during", "1.2", 15, "", 0, "1.3", 15)),
        ("10:45", ("during", "1.4", 75, "Methodology", 20, "1.5", 75)),
        ("11:04", ("during", "1.4", 56, "Methodology", 1, "1.5", 56)),
        ("11:05", ("during", "1.4", 55, "Policy and enabling environment", 20, "1.5", 55)),
        ("11:45", ("during", "1.4", 15, "Means of implementation", 15, "1.5", 15)),
        ("11:59", ("during", "1.4", 1, "Means of implementation", 1, "1.5", 1)),
        ("12:40", ("during", "1.6", 20, "", 0, "", 0)),
        ("13:00", ("after", "", 0, "", 0, "", 0)),
    ],
)
def test_now_next_and_the_clock_of_the_item(
    hour: str, expected: tuple[str, str, int, str, int, str, int]
) -> None:
    assert told(now_and_next(SESSION, at(hour))) == expected


@pytest.mark.parametrize(
    ("hour", "expected"),
    [
        ("09:00", "next later later later later later"),
        ("10:20", "done now next later later later"),
        ("11:00", "done done done now next later"),
        ("12:45", "done done done done done now"),
        ("14:00", "done done done done done done"),
    ],
)
def test_every_item_is_done_on_next_or_later(hour: str, expected: str) -> None:
    assert [standing_of(item, SESSION, at(hour)) for item in SESSION.agenda] == expected.split()


def test_a_session_without_a_day_has_no_clock() -> None:
    session = milestone("session2")
    clock = now_and_next(session, at("10:30"))
    assert (clock.phase, clock.item, clock.next) == ("undated", None, session.agenda[0])
    assert {standing_of(item, session, at("10:30")) for item in session.agenda} == {"next", "later"}
    assert hours(session.agenda[0], session, at("10:30")) is None


def item(name: str, starts: str, ends: str, parts: tuple[int, ...] = ()) -> AgendaItem:
    cut = tuple(AgendaPart(title=WORDS, minutes=minutes) for minutes in parts)
    return AgendaItem(
        id=name, title=WORDS, starts=time.fromisoformat(starts), ends=time.fromisoformat(ends), parts=cut
    )


def session_of(when: Exact, *agenda: AgendaItem) -> Milestone:
    return Milestone(id="session", kind="workshop", title=WORDS, when=when, agenda=agenda)


def test_between_two_items_there_is_only_a_next_one() -> None:
    session = session_of(
        Exact(first=date(2020, 6, 25), last=date(2020, 6, 25), starts=time(10), ends=time(12)),
        item("a", "10:00", "10:30", (10,)),
        item("b", "11:00", "11:30"),
    )
    assert told(now_and_next(session, at("10:20"))) == ("during", "a", 10, "", 0, "b", 40)
    assert told(now_and_next(session, at("10:45"))) == ("during", "", 0, "", 0, "b", 15)
    assert [standing_of(each, session, at("10:45")) for each in session.agenda] == ["done", "next"]
    assert told(now_and_next(session, at("11:45"))) == ("during", "", 0, "", 0, "", 0)
    assert {standing_of(each, session, at("11:45")) for each in session.agenda} == {"done"}


def test_a_session_without_hours_takes_those_of_its_agenda() -> None:
    session = session_of(Exact(first=date(2020, 6, 25), last=date(2020, 6, 25)), item("a", "10:00", "10:30"))
    phases = [now_and_next(session, at(hour)).phase for hour in ("09:00", "10:10", "10:30")]
    assert phases == ["before", "during", "after"]


def test_a_day_without_hours_and_agenda_lasts_all_day() -> None:
    forum = milestone("forum")
    assert now_and_next(forum, datetime(2020, 11, 30, 21, 59, tzinfo=UTC)).phase == "before"
    assert now_and_next(forum, datetime(2020, 11, 30, 22, 0, tzinfo=UTC)).phase == "during"
    assert now_and_next(forum, datetime(2020, 12, 2, 21, 59, tzinfo=UTC)).phase == "during"
    assert now_and_next(forum, datetime(2020, 12, 2, 22, 0, tzinfo=UTC)).phase == "after"


def test_a_second_day_comes_after_the_first() -> None:
    session = session_of(
        Exact(first=date(2020, 6, 25), last=date(2020, 6, 26), starts=time(10), ends=time(11)),
        item("a", "10:00", "11:00"),
    )
    evening = now_and_next(session, at("18:00"))
    assert (evening.phase, evening.until_next) == ("before", 16 * 60)
    assert now_and_next(session, at("10:30", date(2020, 6, 26))).item_left == 30
    assert now_and_next(session, at("11:00", date(2020, 6, 26))).phase == "after"


def test_the_clock_holds_in_a_zone_whose_clocks_change_that_day() -> None:
    spring = date(2023, 4, 28)  # in Cairo, 00:00 became 01:00
    session = session_of(
        Exact(first=spring, last=spring, starts=time(0, 30), ends=time(3), zone="Africa/Cairo"),
        item("a", "00:30", "02:00"),
        item("b", "02:00", "03:00"),
    )
    starts, ends = hours(session.agenda[0], session, at("00:00", spring)) or (None, None)
    assert starts == datetime(2023, 4, 27, 22, 0, tzinfo=UTC)
    assert ends == datetime(2023, 4, 27, 23, 0, tzinfo=UTC)
    assert now_and_next(session, starts).item_left == 60


@settings(max_examples=200, deadline=None)
@given(st.integers(-600, 600))
def test_at_any_minute_one_item_at_most_is_on_and_the_order_holds(minutes: int) -> None:
    now = at("11:30") + timedelta(minutes=minutes)
    standings = [standing_of(each, SESSION, now) for each in SESSION.agenda]
    order = ["done", "now", "next", "later"]
    assert [order.index(each) for each in standings] == sorted(order.index(each) for each in standings)
    assert standings.count("now") == (1 if at("10:00") <= now < at("13:00") else 0)
    assert standings.count("next") <= 1
