"""One act changes a milestone and what hangs on it, remembers what was, and touches nothing else."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.cycle.calendar import Calendar, Follows, Milestone, Mode
from workflows.cycle.files.judging import shipped_calendar
from workflows.cycle.moving import Change, change, dependents, end_extension, extend, set_link, take_back
from workflows.languages import Text
from workflows.when import Exact, Unstated, When, Window

NOW = datetime(2020, 10, 5, 9, 0, tzinfo=UTC)
FEBRUARY = Exact(first=date(2021, 2, 24), last=date(2021, 2, 25), zone="Asia/Beirut")
SOON = Text(ar="قريباً", en="soon", fr="bientôt")


def shipped() -> Calendar:
    calendar = shipped_calendar("gcm-arab-2020")
    assert calendar is not None
    return calendar


def with_deadline(days: int = -28) -> Calendar:
    """The calendar with a submission deadline that hangs on the forum."""
    deadline = shipped().by_id["submission"]
    day = date(2020, 12, 1) + timedelta(days=days)
    when = Exact(first=day, last=day)
    follows = Follows(milestone="forum", days=days)
    return shipped().with_milestone(deadline.model_copy(update={"when": when, "follows": follows}))


def others(calendar: Calendar, *changed: str) -> list[Milestone]:
    return [each for each in calendar.milestones if each.id not in changed]


# --- the stories --------------------------------------------------------------------------------------------


def test_the_forum_moves_to_february_and_online_in_one_act() -> None:
    before = shipped().by_id["forum"]
    after = change(shipped(), "forum", Change(FEBRUARY, "online"), NOW).by_id["forum"]
    assert (after.when, after.mode, after.place, after.sequence) == (FEBRUARY, "online", None, 1)
    (move,) = after.moves
    assert (move.step, move.at, move.when, move.mode, move.place) == (
        "postponed",
        NOW,
        before.when,
        "in_person",
        before.place,
    )


def test_what_hangs_on_the_forum_moves_along_and_still_hangs_on_it() -> None:
    calendar = with_deadline()
    assert [each.id for each in dependents(calendar, "forum")] == ["submission"]
    moved = change(calendar, "forum", Change(FEBRUARY), NOW)
    deadline = moved.by_id["submission"]
    assert deadline.when == Exact(first=date(2021, 1, 27), last=date(2021, 1, 27))
    assert (deadline.sequence, deadline.moves[0].step) == (1, "postponed")
    open_again = change(moved, "forum", Change(Unstated()), NOW)
    assert open_again.by_id["submission"].when == Unstated()
    back = change(open_again, "forum", Change(FEBRUARY), NOW)
    assert back.by_id["submission"].when == deadline.when
    assert [move.step for move in back.by_id["submission"].moves] == ["postponed", "unfixed", "fixed"]


def test_a_date_set_by_hand_hangs_on_nothing_any_more() -> None:
    by_hand = Exact(first=date(2020, 11, 15), last=date(2020, 11, 15))
    moved = change(
        change(with_deadline(), "submission", Change(by_hand), NOW), "forum", Change(FEBRUARY), NOW
    )
    assert moved.by_id["submission"].when == by_hand
    assert moved.by_id["submission"].follows is None


def test_dates_that_hang_on_each_other_in_a_circle_come_to_an_end() -> None:
    calendar = with_deadline()
    circle = Follows(milestone="submission", days=28)
    calendar = calendar.with_milestone(calendar.by_id["forum"].model_copy(update={"follows": circle}))
    moved = change(calendar, "forum", Change(FEBRUARY), NOW)
    assert moved.by_id["forum"].when == FEBRUARY


def test_a_window_becomes_a_day_with_the_hours_of_its_agenda_and_no_alternative() -> None:
    session = change(
        shipped(), "session2", Change(Exact(first=date(2020, 7, 15), last=date(2020, 7, 15))), NOW
    ).by_id["session2"]
    assert session.when == Exact(
        first=date(2020, 7, 15), last=date(2020, 7, 15), starts=time(10), ends=time(12, 30)
    )
    assert session.alternatives == ()
    assert session.moves[0].step == "fixed"


def test_a_session_that_is_postponed_keeps_its_hours_and_its_zone() -> None:
    beirut = Exact(first=date(2020, 6, 25), last=date(2020, 6, 25), starts=time(9), zone="Asia/Beirut")
    in_beirut = change(shipped(), "session1", Change(beirut), NOW)
    moved = change(in_beirut, "session1", Change(Exact(first=date(2020, 6, 30), last=date(2020, 6, 30))), NOW)
    assert moved.by_id["session1"].when == beirut.model_copy(
        update={"first": date(2020, 6, 30), "last": date(2020, 6, 30)}
    )


def test_the_agenda_goes_along_when_the_session_begins_at_another_hour() -> None:
    noon = Exact(first=date(2020, 6, 25), last=date(2020, 6, 25), starts=time(12), ends=time(15))
    agenda = change(shipped(), "session1", Change(noon), NOW).by_id["session1"].agenda
    assert [f"{item.starts:%H:%M}" for item in agenda] == [
        "12:00",
        "12:15",
        "12:30",
        "12:45",
        "14:00",
        "14:40",
    ]
    assert agenda[-1].ends == time(15)
    night = noon.model_copy(update={"starts": time(22), "ends": time(23, 30)})
    assert change(shipped(), "session1", Change(night), NOW).by_id["session1"].agenda[0].starts == time(10)


def test_extensions_that_the_new_date_overtakes_end_with_it() -> None:
    calendar = with_deadline()
    for country, day in (("LB", date(2020, 11, 20)), ("YE", date(2021, 3, 1))):
        calendar = extend(calendar, "submission", country, Exact(first=day, last=day), NOW)
    moved = change(calendar, "forum", Change(FEBRUARY), NOW).by_id["submission"]
    assert set(moved.extensions) == {"YE"}
    assert [(move.step, move.country) for move in moved.moves[-2:]] == [
        ("extension_ended", "LB"),
        ("postponed", ""),
    ]


def test_extensions_that_ended_with_a_change_come_back_with_it() -> None:
    later = Exact(first=date(2020, 11, 20), last=date(2020, 11, 20))
    calendar = extend(with_deadline(), "submission", "LB", later, NOW)
    moved = change(calendar, "submission", Change(FEBRUARY), NOW + timedelta(days=1))
    back = take_back(moved, "submission", NOW + timedelta(days=2)).by_id["submission"]
    assert back.extensions == {"LB": later}
    assert back.when == calendar.by_id["submission"].when


def test_an_extension_to_the_common_date_ends_the_extension() -> None:
    calendar = extend(with_deadline(), "submission", "LB", FEBRUARY, NOW)
    common = calendar.by_id["submission"].when
    assert extend(calendar, "submission", "LB", common, NOW).by_id["submission"].extensions == {}


def test_a_change_is_taken_back_to_what_was_said_before_in_one_more_change() -> None:
    moved = change(shipped(), "forum", Change(FEBRUARY.model_copy(update={"starts": time(9)}), "online"), NOW)
    back = take_back(moved, "forum", NOW).by_id["forum"]
    before = shipped().by_id["forum"]
    assert (back.when, back.mode, back.place) == (before.when, before.mode, before.place)
    assert (back.sequence, [move.step for move in back.moves]) == (2, ["postponed", "postponed"])
    fixed = change(shipped(), "session2", Change(FEBRUARY), NOW)
    open_again = take_back(fixed, "session2", NOW).by_id["session2"]
    assert (open_again.when, open_again.alternatives) == (
        shipped().by_id["session2"].when,
        shipped().by_id["session2"].alternatives,
    )
    assert take_back(shipped(), "forum", NOW) == shipped()


def test_more_time_is_taken_back_and_given_again() -> None:
    extended = extend(with_deadline(), "submission", "LB", FEBRUARY, NOW)
    ended = take_back(extended, "submission", NOW)
    assert ended.by_id["submission"].extensions == {}
    given_again = take_back(ended, "submission", NOW).by_id["submission"]
    assert given_again.extensions == extended.by_id["submission"].extensions


def test_a_new_link_counts_as_a_change_but_is_no_move() -> None:
    linked = set_link(shipped(), "session1", "https://example.org/room")
    session = linked.by_id["session1"]
    assert (session.link, session.sequence, session.moves) == ("https://example.org/room", 1, ())
    assert set_link(linked, "session1", session.link) is linked


def test_an_unknown_milestone_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        change(shipped(), "party", Change(FEBRUARY), NOW)


# --- for all acts -------------------------------------------------------------------------------------------

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
EXACTS: st.SearchStrategy[Exact] = st.builds(
    lambda day, more, hour: Exact(
        first=day, last=day + timedelta(days=more), starts=time(hour) if hour else None, zone="Asia/Beirut"
    ),
    DAYS,
    st.integers(0, 3),
    st.integers(0, 20),
)
WINDOWS = st.builds(
    lambda day, more: Window(first=day, last=day + timedelta(days=more), phrase=SOON),
    DAYS,
    st.integers(0, 40),
)
OPEN: st.SearchStrategy[Window | Unstated] = st.one_of(WINDOWS, st.just(Unstated()))
IDS = st.sampled_from([each.id for each in shipped().milestones if each.id not in {"submission", "forum"}])
MODES: tuple[Mode, ...] = ("online", "hybrid", "in_person")
Act = tuple[str, Callable[[Calendar], Calendar]]


def act(draw: st.DrawFn) -> Act:
    """Any act on any milestone that nothing hangs on."""
    name, country = draw(IDS), draw(st.sampled_from(["LB", "JO", "MR"]))
    exact, left_open = draw(EXACTS), draw(OPEN)
    mode: Mode = draw(st.sampled_from(MODES))
    acts: list[Callable[[Calendar], Calendar]] = [
        lambda calendar: change(calendar, name, Change(exact), NOW),
        lambda calendar: change(calendar, name, Change(exact), NOW),
        lambda calendar: change(calendar, name, Change(left_open), NOW),
        lambda calendar: change(calendar, name, Change(None, mode, SOON if mode == "hybrid" else None), NOW),
        lambda calendar: extend(calendar, name, country, exact, NOW),
        lambda calendar: end_extension(calendar, name, country, NOW),
    ]
    return name, draw(st.sampled_from(acts))


ACTS = st.lists(st.composite(act)(), min_size=1, max_size=8)


@settings(max_examples=150, deadline=None)
@given(ACTS)
def test_each_change_counts_once_is_remembered_in_order_and_leaves_the_rest(acts: list[Act]) -> None:
    calendar = with_deadline()
    for name, do in acts:
        before, calendar = calendar, do(calendar)
        assert others(calendar, name) == others(before, name)
        was, now = before.by_id[name], calendar.by_id[name]
        grown = now.sequence - was.sequence
        assert grown == len(now.moves) - len(was.moves)
        assert now.moves[: len(was.moves)] == was.moves
        assert (calendar is before) == (grown == 0)
        if grown:
            assert was.when_for(now.moves[len(was.moves)].country) == now.moves[len(was.moves)].when
        again = do(calendar)
        assert again is calendar, "an act done twice changes nothing the second time"
        assert Calendar.model_validate_json(calendar.model_dump_json(exclude_none=True)) == calendar


@settings(max_examples=100, deadline=None)
@given(EXACTS, EXACTS)
def test_more_time_for_one_country_is_time_for_no_other(first: Exact, second: Exact) -> None:
    calendar = extend(with_deadline(), "submission", "LB", first, NOW)
    both = extend(calendar, "submission", "YE", second, NOW)
    for country in ("JO", "MA", ""):
        assert both.by_id["submission"].when_for(country) == with_deadline().by_id["submission"].when
    assert both.by_id["submission"].when_for("LB") == calendar.by_id["submission"].when_for("LB")
    ended = end_extension(both, "submission", "YE", NOW)
    assert ended.by_id["submission"].extensions == calendar.by_id["submission"].extensions


@settings(max_examples=100, deadline=None)
@given(st.one_of(EXACTS, OPEN))
def test_to_move_to_the_same_date_is_no_move(when: When) -> None:
    calendar = change(shipped(), "forum", Change(when), NOW)
    assert change(calendar, "forum", Change(when), NOW) is calendar
    assert change(calendar, "forum", Change(calendar.by_id["forum"].when), NOW) is calendar
