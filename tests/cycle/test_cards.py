"""What a reader is shown of the calendar: the order of time, what lies behind, and what was moved for whom."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from workflows.cycle import cards
from workflows.cycle.calendar import Calendar, Milestone, MilestoneKind
from workflows.cycle.cards import Reader
from workflows.cycle.files.judging import shipped_calendar
from workflows.cycle.moving import Change, change, end_extension, extend
from workflows.languages import Text
from workflows.when import Exact, Unstated, When, Window

WORDS = Text(ar="ك", en="w", fr="m")
DAYS = st.dates(date(2020, 1, 1), date(2021, 12, 31))
BEIRUT = Exact(first=date(2020, 12, 1), last=date(2020, 12, 2))
ONLINE = Exact(first=date(2021, 2, 24), last=date(2021, 2, 25))
NOVEMBER = datetime(2020, 11, 10, 9, 0, tzinfo=UTC)


def milestone(id: str, when: When, kind: MilestoneKind = "forum") -> Milestone:
    return Milestone(id=id, kind=kind, title=WORDS, when=when)


def calendar(*milestones: Milestone) -> Calendar:
    return Calendar(id="c", title=WORDS, template="t", milestones=milestones)


def shipped(cycle: str) -> Calendar:
    found = shipped_calendar(cycle)
    assert found is not None
    return found


def exact(first: date, days: int = 1) -> Exact:
    return Exact(first=first, last=first + timedelta(days=days - 1))


whens: st.SearchStrategy[When] = st.one_of(
    st.just(Unstated()),
    st.builds(exact, DAYS, st.integers(1, 3)),
    DAYS.map(lambda day: Window(first=day, last=day + timedelta(days=9), phrase=WORDS)),
)
calendars = st.lists(whens, min_size=1, max_size=17).map(
    lambda dates: calendar(*(milestone(f"m{at}", when) for at, when in enumerate(dates)))
)


@given(calendars, DAYS)
def test_the_pages_hold_every_milestone_once_in_the_order_of_time(plan: Calendar, today: date) -> None:
    reader = Reader("LB", datetime.combine(today, time(9), UTC))
    first = cards.page_of(plan, reader, -99)
    shown = [line.id for line in first.events]
    page, view = first.page, first
    while view.further:
        page += 1
        view = cards.page_of(plan, reader, page)
        assert view.page == page
        assert view.earlier
        shown += [line.id for line in view.events]
    assert not first.earlier
    assert sorted(shown) == sorted(plan.by_id)
    behind, ahead = cards.behind_and_ahead(plan, reader)
    assert shown == [each.id for each in (*behind, *ahead)]
    for side in (behind, ahead):
        dated = [when.first for each in side if not isinstance(when := each.when, Unstated)]
        assert dated == sorted(dated)
    still_open = [int(each.id[1:]) for each in ahead if isinstance(each.when, Unstated)]
    assert still_open == sorted(still_open)
    assert [int(each.id[1:]) for each in ahead[len(ahead) - len(still_open) :]] == still_open


@given(calendars, DAYS)
def test_what_comes_next_begins_with_nothing_that_is_over(plan: Calendar, today: date) -> None:
    reader = Reader("LB", datetime.combine(today, time(9), UTC))
    view = cards.page_of(plan, reader, 0)
    assert all(line.state != "over" for line in view.events)


def test_an_open_date_comes_last_and_lies_behind_with_what_follows_it() -> None:
    plan = shipped("gcm-arab-2020")
    _, ahead = cards.behind_and_ahead(plan, Reader("LB", datetime(2020, 6, 8, tzinfo=UTC)))
    assert [each.id for each in ahead] == [
        "session1", "session2", "round2", "forum", "imrf2022", "submission", "report",
    ]  # fmt: skip
    behind, ahead = cards.behind_and_ahead(plan, Reader("LB", datetime(2020, 12, 3, tzinfo=UTC)))
    assert [each.id for each in ahead] == ["imrf2022", "report"]
    assert [each.id for each in behind[-4:]] == ["session2", "round2", "submission", "forum"]
    assert {"invitation", "template"} <= {each.id for each in behind}


def test_a_day_comes_before_the_windows_that_begin_with_it() -> None:
    first = date(2020, 7, 1)
    window = Window(first=first, last=date(2020, 7, 10), phrase=WORDS)
    earlier = Window(first=date(2020, 6, 21), last=date(2020, 7, 20), phrase=WORDS)
    plan = calendar(
        milestone("open1", Unstated()),
        milestone("window", window),
        milestone("earlier", earlier),
        milestone("afternoon", exact(first).model_copy(update={"starts": time(15)})),
        milestone("morning", exact(first).model_copy(update={"starts": time(1), "zone": "Asia/Muscat"})),
        milestone("open2", Unstated()),
        milestone("next", exact(date(2020, 7, 2))),
    )
    _, ahead = cards.behind_and_ahead(plan, Reader("LB", datetime(2020, 6, 8, tzinfo=UTC)))
    assert [each.id for each in ahead] == [
        "earlier", "morning", "afternoon", "window", "next", "open1", "open2",
    ]  # fmt: skip


def test_a_window_lies_behind_once_its_last_day_has_passed() -> None:
    plan = shipped("gcm-arab-2020")
    for now, is_ahead in (
        (datetime(2020, 7, 20, 20, tzinfo=UTC), True),
        (datetime(2020, 7, 20, 22, 30, tzinfo=UTC), False),
    ):
        _, ahead = cards.behind_and_ahead(plan, Reader("LB", now))
        assert ("session2" in [each.id for each in ahead]) is is_ahead, "mid July ends on the 20th, in Cairo"


def test_the_second_cycle_of_july_2024() -> None:
    plan = shipped("gcm-arab-2024")
    view = cards.page_of(plan, Reader("LB", datetime(2024, 7, 3, 8, tzinfo=UTC)), 0)
    states = {line.id: line.state for line in view.events}
    assert states["conference"] == "running"
    assert "dialogue2024" not in states


# --- moved -----------------------------------------------------------------------------------------------------------


def test_a_moved_event_remembers_where_it_was() -> None:
    plan = change(calendar(milestone("forum", BEIRUT)), "forum", Change(ONLINE), NOVEMBER)
    line = cards.event_line(plan.by_id["forum"], Reader("LB", NOVEMBER))
    assert (line.when, line.before, line.moved_at) == (ONLINE, BEIRUT, NOVEMBER.isoformat())
    back = change(plan, "forum", Change(BEIRUT), NOVEMBER + timedelta(days=1))
    line = cards.event_line(back.by_id["forum"], Reader("LB", NOVEMBER))
    assert (line.when, line.before) == (BEIRUT, ONLINE)


def test_a_window_that_became_a_day_was_not_moved() -> None:
    july = Window(first=date(2020, 7, 1), last=date(2020, 7, 10), phrase=WORDS)
    plan = change(calendar(milestone("two", july)), "two", Change(exact(date(2020, 7, 8))), NOVEMBER)
    assert cards.event_line(plan.by_id["two"], Reader("LB", NOVEMBER)).before is None


def test_hours_for_days_that_had_none_are_no_move() -> None:
    with_hours = BEIRUT.model_copy(update={"starts": time(10), "ends": time(14)})
    plan = change(calendar(milestone("forum", BEIRUT)), "forum", Change(with_hours), NOVEMBER)
    reader = Reader("LB", NOVEMBER)
    assert cards.event_line(plan.by_id["forum"], reader).before is None
    assert [change.step for change in cards.event_card(plan.by_id["forum"], reader).changes] == ["fixed"]
    later = BEIRUT.model_copy(update={"starts": time(11), "ends": time(14)})
    plan = change(plan, "forum", Change(later), NOVEMBER + timedelta(days=1))
    assert cards.event_line(plan.by_id["forum"], reader).before == with_hours


def test_a_later_date_of_one_country_is_not_told_to_another() -> None:
    october, later = exact(date(2020, 10, 15)), exact(date(2020, 10, 29))
    plan = extend(calendar(milestone("deadline", october, "deadline")), "deadline", "LB", later, NOVEMBER)
    deadline = plan.by_id["deadline"]
    own = cards.event_line(deadline, Reader("LB", NOVEMBER))
    assert (own.when, own.before, own.extended) == (later, october, True)
    other = cards.event_line(deadline, Reader("MA", NOVEMBER))
    assert (other.when, other.before, other.extended) == (october, None, False)
    assert not cards.event_card(deadline, Reader("MA", NOVEMBER)).changes
    for reader in (Reader("LB", NOVEMBER), Reader("", NOVEMBER, steers=True)):
        (told,) = cards.event_card(deadline, reader).changes
        assert (told.step, told.country) == ("extended", "LB")
    ended = end_extension(plan, "deadline", "LB", NOVEMBER)
    assert cards.event_line(ended.by_id["deadline"], Reader("LB", NOVEMBER)).when == october


def test_a_place_is_told_where_it_changed_and_only_there() -> None:
    forum = milestone("forum", BEIRUT).model_copy(update={"mode": "in_person", "place": WORDS})
    plan = change(calendar(forum), "forum", Change(ONLINE, "online", None), NOVEMBER)
    later = change(plan, "forum", Change(exact(date(2021, 3, 10), 2)), NOVEMBER + timedelta(days=1))
    first, second = cards.event_card(later.by_id["forum"], Reader("LB", NOVEMBER)).changes
    assert (first.when, first.mode, first.place) == (BEIRUT, "in_person", WORDS)
    assert (second.when, second.mode, second.place) == (ONLINE, "", None)


def test_sources_are_for_the_secretariat() -> None:
    forum = shipped("gcm-arab-2020").by_id["forum"]
    assert cards.event_card(forum, Reader("", NOVEMBER, steers=True)).source == forum.source != ""
    assert not cards.event_card(forum, Reader("LB", NOVEMBER)).source


# --- files -----------------------------------------------------------------------------------------------------------


def test_files_hold_what_has_or_had_a_date() -> None:
    plan = shipped("gcm-arab-2020")
    known = [each.id for each in cards.in_files(plan, "LB")]
    assert "session1" in known
    assert "submission" not in known
    opened = change(plan, "session1", Change(Unstated()), NOVEMBER)
    assert "session1" in [each.id for each in cards.in_files(opened, "LB")]
    (event,) = cards.calendar_file(opened, [opened.by_id["session1"]], "LB", cycle="c", stamp=NOVEMBER).events
    assert event.when == Unstated()
    assert event.earlier == (plan.by_id["session1"].when,)
    assert event.sequence == 1
