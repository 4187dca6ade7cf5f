"""What the notes got wrong or left open is found, named with its place, and told in words that somebody can act on."""

from datetime import date, time, timedelta

from bot.commands.doubting import told
from workflows.cycle.calendar import AgendaItem, AgendaPart, Calendar, Follows, Milestone, MilestoneKind
from workflows.cycle.days.working_days import habits
from workflows.cycle.files.doubts import (
    DaysOff,
    Doubt,
    Gap,
    HoursDiffer,
    NoDeadline,
    NoHours,
    NoZone,
    OutOfOrder,
    OutOfStep,
    PartsTooLong,
    SeveralDates,
    doubts,
)
from workflows.cycle.files.judging import shipped_calendar
from workflows.languages import Text
from workflows.when import Exact, Unstated, When, Window

WORDS = Text(ar="كلمة", en="Word", fr="Mot")
DEADLINE = Milestone(
    id="submission",
    kind="deadline",
    title=WORDS,
    when=Exact(first=date(2020, 10, 13), last=date(2020, 10, 13)),
)


def shipped(name: str) -> Calendar:
    calendar = shipped_calendar(name)
    assert calendar is not None
    return calendar


def found(calendar: Calendar) -> tuple[Doubt, ...]:
    return doubts(calendar, habits())


def of(*milestones: Milestone, deadline: Milestone | None = DEADLINE) -> Calendar:
    """A small calendar of these, with a deadline that is in no doubt."""
    return Calendar(
        id="small", title=WORDS, template="tiny", milestones=(*milestones, *([deadline] if deadline else []))
    )


def workshop(when: When, *agenda: AgendaItem, kind: MilestoneKind = "workshop", name: str = "w") -> Milestone:
    return Milestone(id=name, kind=kind, title=WORDS, when=when, agenda=agenda)


def item(name: str, starts: str, ends: str, *parts: int) -> AgendaItem:
    cut = tuple(AgendaPart(title=WORDS, minutes=minutes) for minutes in parts)
    return AgendaItem(
        id=name, title=WORDS, starts=time.fromisoformat(starts), ends=time.fromisoformat(ends), parts=cut
    )


def day(text: str, starts: str = "10:00", ends: str = "12:00") -> Exact:
    on = date.fromisoformat(text)
    return Exact(first=on, last=on, starts=time.fromisoformat(starts), ends=time.fromisoformat(ends))


# --- the notes ----------------------------------------------------------------------------------------------


def test_case_28_the_note_of_2020_has_80_minutes_in_75_and_two_repairs() -> None:
    (slip,) = [doubt for doubt in found(shipped("gcm-arab-2020")) if isinstance(doubt, PartsTooLong)]
    assert slip == PartsTooLong(
        "session1", "1.4", 75, 80, (timedelta(minutes=18, seconds=45),) * 4, closing="1.6", taken=5
    )
    assert told(slip, shipped("gcm-arab-2020")) == (
        "session1: the parts of item 1.4 take 80 minutes, the item has 75. "
        "Either give the parts 18 min 45 s each, or take 5 minutes from item 1.6."
    )


def test_the_note_of_2020_names_two_windows_no_deadline_no_zone_and_no_hours() -> None:
    all_of_it = found(shipped("gcm-arab-2020"))
    (two,) = [doubt for doubt in all_of_it if isinstance(doubt, SeveralDates)]
    assert [when.phrase.en for when in two.dates if isinstance(when, Window)] == [
        "early July 2020",
        "mid July 2020",
    ]
    assert NoDeadline("submission") in all_of_it
    assert NoZone("session2", "Africa/Cairo") in all_of_it
    assert NoHours("forum") in all_of_it


def test_the_feast_of_sacrifice_is_inside_round_2_and_a_national_day_on_the_forum() -> None:
    off = {doubt.milestone: doubt for doubt in found(shipped("gcm-arab-2020")) if isinstance(doubt, DaysOff)}
    feast = off["round2"].days[0]
    assert feast.name is not None
    assert feast.name.en == "Eid al-Adha"
    assert feast.first <= date(2020, 7, 31) <= feast.last
    assert len(feast.countries) == 22
    forum = [(day.first, day.countries) for day in off["forum"].days if day.name]
    assert (date(2020, 12, 2), ("AE",)) in forum
    assert "all 22 countries" in told(off["round2"], shipped("gcm-arab-2020"))


def test_the_note_of_2024_leaves_hours_and_deadline_open() -> None:
    all_of_it = found(shipped("gcm-arab-2024"))
    assert NoHours("conference") in all_of_it
    assert NoDeadline("submission") in all_of_it
    words = [told(doubt, shipped("gcm-arab-2024")) for doubt in all_of_it]
    assert any("April 2024" in each and "Eid al-Fitr" in each for each in words)
    assert not [each for each in words if each.startswith("imrf2022")], "what lies behind is left alone"


# --- each doubt by itself -----------------------------------------------------------------------------------


def test_a_calendar_in_order_is_in_no_doubt() -> None:
    agenda = (item("a", "10:00", "11:00", 30, 30), item("b", "11:00", "12:00", 20))
    assert found(of(workshop(day("2020-06-23"), *agenda))) == ()


def test_parts_that_differ_shrink_in_proportion_and_a_short_closing_cannot_help() -> None:
    calendar = of(
        workshop(day("2020-06-23"), item("a", "10:00", "11:30", 100, 50), item("b", "11:30", "12:00"))
    )
    (slip,) = found(calendar)
    assert isinstance(slip, PartsTooLong)
    assert slip.shares == (timedelta(minutes=60), timedelta(minutes=30))
    assert (slip.closing, slip.taken) == ("", 0)
    assert told(slip, calendar).endswith("give the parts 60 min, 30 min, or let the session end later.")


def test_the_last_item_cannot_take_from_itself() -> None:
    (slip,) = found(of(workshop(day("2020-06-23"), item("a", "10:00", "12:00", 125))))
    assert isinstance(slip, PartsTooLong)
    assert not slip.closing


def test_items_that_do_not_chain_and_hours_that_differ() -> None:
    agenda = (item("a", "10:00", "10:50"), item("b", "11:00", "12:30"))
    calendar = of(workshop(day("2020-06-23"), *agenda))
    gap, differ = found(calendar)
    assert gap == Gap("w", "a", "b", 10)
    assert differ == HoursDiffer("w", (time(10), time(12)), (time(10), time(12, 30)))
    assert "between items a and b, 10 minutes" in told(gap, calendar)
    assert "set for 10:00-12:00, its agenda runs 10:00-12:30" in told(differ, calendar)


def test_no_deadline_at_all_is_about_the_whole_calendar() -> None:
    calendar = of(workshop(day("2020-06-23")), deadline=None)
    (none,) = found(calendar)
    assert none == NoDeadline("")
    assert told(none, calendar).startswith("the calendar: no day is set for submitting")


def test_a_weekend_is_told_on_a_day_but_not_in_a_window() -> None:
    friday = found(of(workshop(day("2020-06-19"))))
    assert [type(doubt) for doubt in friday] == [DaysOff]
    (off,) = [doubt for doubt in friday if isinstance(doubt, DaysOff)]
    (weekend,) = off.days
    assert weekend.name is None
    assert "EG" in weekend.countries
    assert "MA" not in weekend.countries
    window = Window(first=date(2020, 6, 17), last=date(2020, 6, 22), phrase=WORDS)
    assert not [doubt for doubt in found(of(workshop(window))) if isinstance(doubt, DaysOff)]


def test_one_holiday_with_one_name_in_two_countries_is_told_of_each() -> None:
    window = Window(first=date(2020, 7, 1), last=date(2020, 7, 10), phrase=WORDS)
    (off,) = found(of(workshop(window)))
    assert isinstance(off, DaysOff)
    by_country = {day.countries: (day.first, day.last) for day in off.days}
    assert by_country[("DZ",)] == (date(2020, 7, 5), date(2020, 7, 5))


def test_a_year_long_window_says_nothing_of_holidays() -> None:
    year = Window(first=date(2022, 1, 1), last=date(2022, 12, 31), phrase=WORDS)
    assert found(of(workshop(year))) == ()


def test_workshops_against_their_numbers_and_a_deadline_after_the_forum() -> None:
    first = workshop(day("2020-07-07"), name="first").model_copy(update={"round": 1, "phase": 1})
    second = workshop(day("2020-06-23"), name="second").model_copy(update={"round": 1, "phase": 2})
    forum = workshop(day("2020-09-01"), kind="forum", name="forum")
    calendar = of(first, second, forum)
    assert [doubt for doubt in found(calendar) if isinstance(doubt, OutOfOrder)] == [
        OutOfOrder("second", "first"),
        OutOfOrder("forum", "submission"),
    ]
    assert told(OutOfOrder("second", "first"), calendar).startswith("second: it is dated before first")


def test_a_date_that_is_not_where_the_other_puts_it() -> None:
    forum = workshop(day("2020-12-01"), kind="forum", name="forum")
    hanging = DEADLINE.model_copy(update={"follows": Follows(milestone="forum", days=-49)})
    assert not [doubt for doubt in found(of(forum, deadline=hanging)) if isinstance(doubt, OutOfStep)]
    late = DEADLINE.model_copy(update={"follows": Follows(milestone="forum", days=-28)})
    calendar = of(forum, deadline=late)
    (out,) = [doubt for doubt in found(calendar) if isinstance(doubt, OutOfStep)]
    assert out == OutOfStep("submission", "forum", date(2020, 11, 3))
    assert "puts it on Tue 3 Nov 2020" in told(out, calendar)


def test_what_lies_before_the_cycle_is_left_alone_and_open_dates_are_no_meeting() -> None:
    past = workshop(Exact(first=date(2020, 5, 1), last=date(2020, 5, 1)), kind="dialogue")
    calendar = of(past, workshop(Unstated(), name="open")).model_copy(update={"begins": date(2020, 6, 1)})
    assert found(calendar) == ()
