"""The calendars that ship hold what the two notes date, word for word, and leave open what the notes leave open."""

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from workflows.cycle.calendar import Calendar, Milestone, is_over
from workflows.cycle.files.judging import shipped_calendar
from workflows.languages import LANGUAGES
from workflows.when import Exact, Unstated, When, Window

WINDOWS = {
    "gcm-arab-2020": {
        "conference2019": ("2019-12-01", "2019-12-31", "كانون الأول/ديسمبر ٢٠١٩"),
        "session2": ("2020-07-01", "2020-07-10", "أوائل تموز/يوليو ٢٠٢٠"),
        "round2": ("2020-07-21", "2020-08-10", "بين أواخر تموز/يوليو ٢٠٢٠ وأوائل آب/أغسطس ٢٠٢٠"),
        "imrf2022": ("2022-01-01", "2022-12-31", "عام ٢٠٢٢"),
    },
    "gcm-arab-2024": {
        "dialogue2023": ("2023-11-01", "2023-11-30", "تشرين الثاني/نوفمبر 2023"),
        "dialogue2024": ("2024-04-01", "2024-04-30", "نيسان/أبريل 2024"),
        "dialogues_may": ("2024-05-01", "2024-05-31", "أيار/مايو 2024"),
        "outcome": ("2024-09-01", "2024-09-30", "بحلول أيلول/سبتمبر 2024"),
        "plenary": ("2024-07-01", "2024-12-31", "النصف الثاني من عام 2024"),
        "imrf2026": ("2026-01-01", "2026-12-31", "عام 2026"),
    },
}
OPEN = {
    "gcm-arab-2020": {"invitation", "template", "submission", "report"},
    "gcm-arab-2024": {"briefing", "submission"},
}


def shipped(name: str) -> Calendar:
    calendar = shipped_calendar(name)
    assert calendar is not None
    return calendar


def milestone(name: str, milestone_id: str) -> Milestone:
    return shipped(name).by_id[milestone_id]


@pytest.mark.parametrize("name", WINDOWS)
def test_windows_keep_the_words_of_the_note(name: str) -> None:
    for milestone_id, (first, last, phrase) in WINDOWS[name].items():
        when = milestone(name, milestone_id).when
        assert isinstance(when, Window)
        assert (when.first, when.last) == (date.fromisoformat(first), date.fromisoformat(last))
        assert when.phrase.ar == phrase


@pytest.mark.parametrize("name", OPEN)
def test_what_the_note_does_not_date_stays_open(name: str) -> None:
    assert {each.id for each in shipped(name).milestones if isinstance(each.when, Unstated)} == OPEN[name]
    assert isinstance(shipped(name).deadline, Milestone)


def hours_in(zone: str, at: datetime) -> str:
    return at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")


def test_session_1_is_at_ten_in_cairo_eight_in_nouakchott_and_noon_in_muscat() -> None:
    when = milestone("gcm-arab-2020", "session1").when
    assert isinstance(when, Exact)
    begins = when.begins()
    assert hours_in("Africa/Cairo", begins) == "2020-06-25 10:00"
    assert hours_in("Africa/Nouakchott", begins) == "2020-06-25 08:00"
    assert hours_in("Asia/Muscat", begins) == "2020-06-25 12:00"
    assert hours_in("Africa/Cairo", when.closes()) == "2020-06-25 13:00"


def test_session_2_keeps_both_windows() -> None:
    session = milestone("gcm-arab-2020", "session2")
    assert [type(when) for when in (session.when, *session.alternatives)] == [Window, Window]
    (mid,) = session.alternatives
    assert isinstance(mid, Window)
    assert (mid.first, mid.last, mid.phrase.ar) == (
        date(2020, 7, 11),
        date(2020, 7, 20),
        "منتصف تموز/يوليو ٢٠٢٠",
    )


def test_the_agendas_stand_as_written_the_slip_of_80_minutes_in_75_too() -> None:
    first, second = milestone("gcm-arab-2020", "session1"), milestone("gcm-arab-2020", "session2")
    assert [(item.id, item.minutes) for item in first.agenda] == [
        ("1.1", 15),
        ("1.2", 15),
        ("1.3", 15),
        ("1.4", 75),
        ("1.5", 40),
        ("1.6", 20),
    ]
    assert [(item.id, item.minutes) for item in second.agenda] == [("2.1", 10), ("2.2", 50), ("2.3", 90)]
    assert [part.minutes for part in first.agenda[3].parts] == [20, 20, 20, 20]
    assert (first.agenda[-1].starts, first.agenda[-1].ends) == (time(12, 40), time(13))
    assert second.presenters_item == "2.2"


def test_the_forum_is_in_beirut_and_the_conference_in_cairo_without_hours() -> None:
    forum, conference = milestone("gcm-arab-2020", "forum"), milestone("gcm-arab-2024", "conference")
    assert forum.when == Exact(first=date(2020, 12, 1), last=date(2020, 12, 2), zone="Asia/Beirut")
    assert forum.mode == "in_person"
    assert forum.place is not None
    assert forum.place.ar == "بيروت"
    assert conference.when == Exact(first=date(2024, 7, 3), last=date(2024, 7, 4), zone="Africa/Cairo")
    assert conference.mode == "hybrid"
    assert conference.languages == LANGUAGES


def test_six_themes_are_open() -> None:
    themes = shipped("gcm-arab-2024").themes
    assert [theme.number for theme in themes] == [1, 2, 3, 4, 5, 6]
    assert all(theme.title is None for theme in themes)


@pytest.mark.parametrize("name", WINDOWS)
def test_every_milestone_cites_its_lines(name: str) -> None:
    for each in shipped(name).milestones:
        assert re.search(r"L\d+", each.source), each.id
        assert each.sequence == 0
        assert not each.moves


def test_a_country_with_more_time_has_its_own_date() -> None:
    later = Exact(first=date(2020, 11, 20), last=date(2020, 11, 20))
    deadline = milestone("gcm-arab-2020", "submission").model_copy(update={"extensions": {"LB": later}})
    assert deadline.when_for("LB") == later
    assert deadline.when_for("JO") == Unstated()


def test_a_calendar_with_another_milestone_keeps_everything_else() -> None:
    calendar = shipped("gcm-arab-2024")
    changed = calendar.by_id["briefing"].model_copy(update={"link": "https://example.org"})
    after = calendar.with_milestone(changed)
    assert after.by_id["briefing"].link == "https://example.org"
    assert after.with_milestone(calendar.by_id["briefing"]) == calendar
    assert Calendar.model_validate_json(after.model_dump_json(exclude_none=True)) == after


@pytest.mark.parametrize(
    ("when", "over"),
    [
        (Exact(first=date(2020, 6, 25), last=date(2020, 6, 25), starts=time(10), ends=time(13)), True),
        (Exact(first=date(2020, 6, 25), last=date(2020, 6, 25)), False),
        (Window(first=date(2019, 1, 1), last=date(2019, 1, 2), phrase=shipped("gcm-arab-2020").title), False),
        (Unstated(), False),
    ],
)
def test_only_an_exact_date_is_ever_over(when: When, *, over: bool) -> None:
    assert is_over(when, datetime(2020, 6, 25, 11, tzinfo=UTC)) is over
