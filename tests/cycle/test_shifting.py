"""A rehearsal is the same cycle at another time: weekdays, hours and distances stay, and it can be written and read."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.cycle.calendar import Calendar
from workflows.cycle.files.judging import judge, shipped_calendar
from workflows.cycle.files.shifting import begin, shifted
from workflows.cycle.files.writing import written
from workflows.cycle.moving import Change, change, extend
from workflows.when import Exact, Window

NAMES = ("gcm-arab-2020", "gcm-arab-2024")


def shipped(name: str = "gcm-arab-2020") -> Calendar:
    calendar = shipped_calendar(name)
    assert calendar is not None
    return calendar


def lived_in() -> Calendar:
    """A calendar with a history: a postponed forum and more time for one country."""
    now = datetime(2020, 10, 5, 9, 30, tzinfo=UTC)
    later = Exact(first=date(2021, 2, 24), last=date(2021, 2, 25))
    calendar = change(shipped(), "forum", Change(later), now)
    return extend(calendar, "submission", "LB", later, now)


def test_the_cycle_of_2020_begins_with_its_note() -> None:
    rehearsal = shifted(shipped(), date(2026, 11, 22))
    assert begin(rehearsal) == date(2026, 11, 23), "the Monday after"
    session = rehearsal.by_id["session1"].when
    assert isinstance(session, Exact)
    assert session.first == date(2026, 12, 10)
    assert (session.first.strftime("%A"), session.starts, session.zone) == (
        "Thursday",
        shipped().by_id["session1"].agenda[0].starts,
        "Africa/Cairo",
    )
    assert rehearsal.id == "gcm-arab-2020-rehearsal"
    assert rehearsal.title.en.endswith("(rehearsal)")


def test_a_window_of_the_rehearsal_names_its_own_days() -> None:
    rehearsal = shifted(shipped(), date(2026, 11, 22))
    phrases = [
        rehearsal.by_id[name].when.phrase  # type: ignore[union-attr] # these are windows, or the test fails
        for name in ("session2", "conference2019", "imrf2022")
    ]
    assert [phrase.en for phrase in phrases] == [
        "between 16 and 25 December 2026",
        "between 17 May and 16 June 2026",
        "between 17 June 2028 and 16 June 2029",
    ]
    assert phrases[0].fr == "entre le 16 et le 25 décembre 2026"
    assert phrases[0].ar == "بين 16 و25 كانون الأول/ديسمبر 2026"
    assert phrases[1].ar == "بين 17 أيار/مايو و16 حزيران/يونيو 2026"
    to_the_first = shifted(shipped(), date(2026, 8, 10)).by_id["round2"].when
    assert isinstance(to_the_first, Window)
    assert to_the_first.phrase.fr == f"entre le 22 septembre et le 12 octobre {to_the_first.last.year}"


def test_a_rehearsal_of_a_rehearsal_is_marked_once() -> None:
    once = shifted(shipped(), date(2026, 11, 22))
    assert shifted(once, begin(once)).title == once.title
    assert shifted(once, begin(once)).id == once.id


def test_a_long_name_keeps_within_what_a_name_may_have() -> None:
    long = shipped().model_copy(update={"id": "a" * 32})
    assert isinstance(judge(written(shifted(long, date(2026, 1, 1)))), Calendar)


def test_without_a_beginning_the_first_date_counts() -> None:
    calendar = shipped().model_copy(update={"begins": None})
    assert begin(calendar) == date(2019, 12, 1)
    open_only = tuple(each for each in shipped().milestones if each.id in {"invitation", "report"})
    nothing = calendar.model_copy(update={"milestones": open_only})
    assert shifted(nothing, date(2026, 1, 1)).milestones == open_only


@pytest.mark.parametrize("calendar", [*map(shipped, NAMES), lived_in()], ids=[*NAMES, "lived in"])
def test_what_is_written_is_read_back_as_it_was(calendar: Calendar) -> None:
    assert judge(written(calendar)) == calendar
    assert "&" not in written(calendar).replace("&amp;", ""), "no alias"


@settings(max_examples=60, deadline=None)
@given(st.dates(date(2001, 1, 1), date(2090, 1, 1)), st.sampled_from(NAMES))
def test_weekdays_hours_and_distances_stay_whenever_it_begins(to: date, name: str) -> None:
    original, rehearsal = shipped(name), shifted(shipped(name), to)
    by = begin(rehearsal) - begin(original)
    assert timedelta(0) <= begin(rehearsal) - to < timedelta(days=7)
    assert by.days % 7 == 0
    for was, now in zip(original.milestones, rehearsal.milestones, strict=True):
        for before, after in zip((was.when, *was.alternatives), (now.when, *now.alternatives), strict=True):
            if isinstance(before, Exact | Window) and isinstance(after, Exact | Window):
                assert (after.first - before.first, after.last - before.last) == (by, by)
            if isinstance(before, Exact):
                assert after == before.model_copy(
                    update={"first": before.first + by, "last": before.last + by}
                )
        kept = {"when": was.when, "alternatives": was.alternatives}
        assert now.model_copy(update=kept) == was
    assert judge(written(rehearsal)) == rehearsal


def test_what_was_done_moves_along() -> None:
    rehearsal = shifted(lived_in(), date(2026, 11, 22))
    by = begin(rehearsal) - begin(shipped())
    forum, original = rehearsal.by_id["forum"], lived_in().by_id["forum"]
    assert forum.moves[0].at == original.moves[0].at + by
    extension = rehearsal.by_id["submission"].extensions["LB"]
    assert isinstance(extension, Exact)
    assert extension.first == date(2021, 2, 24) + by


def test_a_time_beyond_all_calendars_is_an_overflow() -> None:
    with pytest.raises(OverflowError):
        shifted(shipped(), date.max)
