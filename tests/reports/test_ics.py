"""Calendar files, read back by the library that wrote them and by another one that knows nothing of it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

import icalendar
import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.languages import Language, Text
from workflows.reports.ics import Entry, calendar_file, file_name
from workflows.when import Exact, Unstated, When, Window

CYCLE = "gcm-arab-2020"
STAMP = datetime(2020, 6, 8, 9, 30, tzinfo=UTC)
WORKSHOP = Exact(first=date(2020, 6, 25), last=date(2020, 6, 25), starts=time(10), ends=time(13))
CONFERENCE = Exact(first=date(2024, 7, 3), last=date(2024, 7, 4), starts=time(10), ends=time(17))
BEIRUT = Exact(first=date(2020, 12, 1), last=date(2020, 12, 2))
ONLINE = Exact(first=date(2021, 2, 24), last=date(2021, 2, 25), starts=time(10), ends=time(14))
PHRASE = Text(ar="أوائل تموز/يوليو 2020", en="early July 2020", fr="début juillet 2020")
EARLY = Window(first=date(2020, 7, 1), last=date(2020, 7, 10), phrase=PHRASE)
MIDDLE = Window(first=date(2020, 7, 11), last=date(2020, 7, 20), phrase=PHRASE)


def file(entries: Sequence[Entry], language: Language = "en") -> bytes:
    return calendar_file(entries, cycle=CYCLE, title="The review", language=language, stamp=STAMP)


def entry(
    when: When,
    id: str = "forum",
    *,
    sequence: int = 0,
    earlier: Sequence[When] = (),
    others: Sequence[When] = (),
) -> Entry:
    return Entry(id, "The forum", when, tuple(others), tuple(earlier), sequence=sequence)


def read(content: bytes) -> dict[str, Any]:
    """The events of a file by their UIDs."""
    return {str(event["uid"]): event for event in icalendar.Calendar.from_ical(content).walk("VEVENT")}


def instants(content: bytes) -> dict[str, tuple[datetime, datetime]]:
    """From when to when each event lasts, in UTC, as both libraries agree."""
    ours = {
        uid: (event["dtstart"].dt.astimezone(UTC), event["dtend"].dt.astimezone(UTC))
        for uid, event in read(content).items()
    }
    theirs = {
        event.uid.value: (event.dtstart.value.astimezone(UTC), event.dtend.value.astimezone(UTC))
        for event in vobject.readOne(content.decode()).vevent_list
    }
    assert ours == theirs
    return ours


def utc(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=UTC)  # type: ignore[misc, arg-type]  # year to minute


def test_the_workshop_of_2020_is_at_eight_in_nouakchott_and_at_noon_in_muscat() -> None:
    """10:00 in Cairo, which had no summer time in 2020."""
    assert instants(file([entry(WORKSHOP, "session1")])) == {
        f"session1.{CYCLE}@rafiq": (utc(2020, 6, 25, 8), utc(2020, 6, 25, 11))
    }


def test_the_conference_of_2024_is_at_seven_in_nouakchott_and_at_eleven_in_muscat() -> None:
    """10:00 in Cairo, which had summer time again in 2024; each day is an appointment of its own."""
    assert instants(file([entry(CONFERENCE, "conference")])) == {
        f"conference.{CYCLE}@rafiq": (utc(2024, 7, 3, 7), utc(2024, 7, 3, 14)),
        f"conference.2.{CYCLE}@rafiq": (utc(2024, 7, 4, 7), utc(2024, 7, 4, 14)),
    }


def test_one_file_holds_hours_of_different_years_and_zones() -> None:
    york = Exact(
        first=date(2022, 5, 17),
        last=date(2022, 5, 17),
        starts=time(10),
        ends=time(18),
        zone="America/New_York",
    )
    content = file([entry(WORKSHOP, "session1"), entry(CONFERENCE, "conference"), entry(york, "imrf")])
    found = instants(content)
    assert found[f"session1.{CYCLE}@rafiq"][0] == utc(2020, 6, 25, 8)
    assert found[f"conference.{CYCLE}@rafiq"][0] == utc(2024, 7, 3, 7)
    assert found[f"imrf.{CYCLE}@rafiq"][0] == utc(2022, 5, 17, 14)
    zones = icalendar.Calendar.from_ical(content).walk("VTIMEZONE")
    assert {str(zone["tzid"]) for zone in zones} == {"Africa/Cairo", "America/New_York"}
    assert content.count(b"TZID=Africa/Cairo") == 6
    assert content.count(b"TZID=America/New_York") == 2


@settings(max_examples=25, deadline=None)
@given(
    st.dates(date(2020, 1, 1), date(2030, 12, 31)),
    st.integers(3, 21),
    st.sampled_from(["Africa/Cairo", "Asia/Beirut", "Africa/Casablanca", "Asia/Gaza", "Asia/Muscat"]),
)
def test_an_hour_means_the_same_instant_in_the_file(day: date, hour: int, zone: str) -> None:
    """The second library knows the zones from the file alone. Clocks change by night, between midnight and three."""
    when = Exact(first=day, last=day, starts=time(hour), ends=time(hour + 1), zone=zone)
    ((begins, ends),) = instants(file([entry(when)])).values()
    assert (begins, ends) == (when.begins(), when.closes())


def test_days_without_hours_are_whole_days() -> None:
    content = file([entry(BEIRUT)])
    (event,) = read(content).values()
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2020, 12, 1), date(2020, 12, 3))
    assert str(event["transp"]) == "TRANSPARENT"
    (other,) = vobject.readOne(content.decode()).vevent_list
    assert (other.dtstart.value, other.dtend.value) == (date(2020, 12, 1), date(2020, 12, 3))
    assert b"VTIMEZONE" not in content


def test_the_postponed_forum_moves_in_the_calendar() -> None:
    before = read(file([entry(BEIRUT)]))
    after = read(file([entry(ONLINE, sequence=1, earlier=[BEIRUT])]))
    uid = f"forum.{CYCLE}@rafiq"
    assert set(before) == {uid}
    assert set(after) == {uid, f"forum.2.{CYCLE}@rafiq"}
    assert int(after[uid]["sequence"]) == 1 > int(before[uid]["sequence"])
    assert after[uid]["dtstart"].dt.astimezone(UTC) == utc(2021, 2, 24, 8)
    assert {str(event["status"]) for event in after.values()} == {"CONFIRMED"}


def test_a_day_that_falls_away_is_cancelled() -> None:
    one_day = Exact(first=date(2021, 3, 1), last=date(2021, 3, 1), starts=time(10), ends=time(14))
    events = read(file([entry(one_day, sequence=2, earlier=[BEIRUT, ONLINE])]))
    assert str(events[f"forum.{CYCLE}@rafiq"]["status"]) == "CONFIRMED"
    fallen = events[f"forum.2.{CYCLE}@rafiq"]
    assert str(fallen["status"]) == "CANCELLED"
    assert fallen["dtstart"].dt.astimezone(UTC) == utc(2021, 2, 25, 8)


def test_what_is_no_longer_fixed_is_cancelled() -> None:
    content = file([entry(Unstated(), sequence=3, earlier=[WORKSHOP])])
    (event,) = read(content).values()
    assert str(event["status"]) == "CANCELLED"
    assert str(icalendar.Calendar.from_ical(content)["method"]) == "CANCEL"
    assert str(icalendar.Calendar.from_ical(file([entry(WORKSHOP)]))["method"]) == "PUBLISH"


def test_a_window_takes_nobodys_time() -> None:
    (event,) = read(file([entry(EARLY, others=[MIDDLE])])).values()
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2020, 7, 1), date(2020, 7, 21))
    assert str(event["status"]) == "TENTATIVE"
    assert str(event["transp"]) == "TRANSPARENT"


def test_a_window_over_more_than_a_month_is_no_appointment_until_its_day_is_known() -> None:
    """A bar over every day of 2022 would hide everything else in Google's calendar and in Outlook."""
    year = Window(first=date(2022, 1, 1), last=date(2022, 12, 31), phrase=PHRASE)
    month = Window(first=date(2020, 7, 1), last=date(2020, 7, 31), phrase=PHRASE)
    assert not read(file([entry(year, "imrf2022")]))
    assert read(file([entry(month)]))
    apart = Window(first=date(2020, 8, 1), last=date(2020, 8, 2), phrase=PHRASE)
    assert not read(file([entry(month, others=[apart])]))
    content = file([entry(BEIRUT, earlier=[year], sequence=1)])
    assert set(read(content)) == {f"forum.{CYCLE}@rafiq"}
    (event,) = read(file([entry(year, earlier=[BEIRUT], sequence=2)])).values()
    assert str(event["status"]) == "CANCELLED"


def test_what_never_had_a_date_is_left_out() -> None:
    content = file([entry(Unstated(), "deadline"), entry(WORKSHOP, "session1")])
    assert set(read(content)) == {f"session1.{CYCLE}@rafiq"}
    assert not read(file([entry(Unstated())]))


def test_the_stamp_is_when_the_plan_was_changed() -> None:
    assert file([entry(WORKSHOP)]) == file([entry(WORKSHOP)])
    (event,) = read(file([entry(WORKSHOP)])).values()
    assert event["dtstamp"].dt == STAMP


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_long_words_are_folded_between_letters(language: Language) -> None:
    words = "ورشة عمل لبناء القدرات حول الاستعراض الإقليمي للاتفاق العالمي من أجل الهجرة؛ «الجلسة 1»، " * 4
    told = Entry(
        "session1", words.strip(), WORKSHOP, location="القاهرة, مصر; الإسكوا", description="سطر\nوسطر\\آخر"
    )
    content = file([told], language)
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode("utf-8")
    (event,) = read(content).values()
    (other,) = vobject.readOne(content.decode()).vevent_list
    for name in ("summary", "location", "description"):
        assert str(event[name]) == getattr(other, name).value == getattr(told, name)
        assert event[name].params["LANGUAGE"] == language


def test_the_names_of_files_are_safe() -> None:
    assert file_name(CYCLE) == "rafiq-gcm-arab-2020.ics"
    assert file_name(CYCLE, "session1") == "rafiq-session1.ics"
