"""What is planned for whom and when, and what becomes of it at the moment of sending."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from tests.cycle.reviewing import (
    DEADLINE,
    FORUM,
    SESSION,
    calendar,
    dated,
    day,
    planned,
    policy,
    reader,
    rung,
    words,
)
from workflows.cycle.calendar import Calendar
from workflows.cycle.days.working_days import habits, is_working_day
from workflows.cycle.moving import Change, change, end_extension, extend
from workflows.cycle.reminders.ladder import LEAD, Reader, day_of, is_beside, zone_of
from workflows.cycle.reminders.planned import Planned
from workflows.cycle.reminders.policy import Escalation, ReminderPolicy
from workflows.cycle.reminders.sending import Judge, Progress, PutOff, Send, Skip, Standing
from workflows.cycle.reminders.silences import silent_since, steps_reached, tellings
from workflows.when import Exact, Unstated, When, Window

WEEK = rung("week", -7, only_if="open")
ALL = policy(WEEK)


def local(each: Planned) -> datetime:
    return each.due.astimezone(ZoneInfo(zone_of(each.country)))


# --- when it comes ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "when",
    [
        Unstated(),
        Window(first=date(2020, 11, 1), last=date(2020, 11, 10), phrase=words("early November")),
    ],
)
def test_case_04_only_an_exact_date_is_reminded_of(when: When) -> None:
    assert planned(ALL, calendar(dated(DEADLINE, when)), reader()) == []


NOVEMBER = Window(first=date(2020, 11, 1), last=date(2020, 11, 10), phrase=words("early November"))


def test_the_secretariat_alone_is_told_once_that_a_window_has_no_day() -> None:
    (told,) = planned(ALL, calendar(dated(DEADLINE, NOVEMBER)), reader(""))
    assert (told.content, f"{local(told):%Y-%m-%d %H:%M}") == ("fix_day", "2020-10-04 09:00")
    never = ALL.model_copy(update={"window_days": 0})
    assert planned(never, calendar(dated(DEADLINE, NOVEMBER)), reader("")) == []


@pytest.mark.parametrize(
    ("country", "comes", "shifted"),
    [
        ("JO", "2020-11-08 09:00", ""),
        ("TN", "2020-11-09 09:00", "weekend"),
        ("LB", "2020-11-09 09:00", "weekend"),
        ("", "2020-11-08 09:00", ""),
    ],
)
def test_a_sunday_is_a_working_day_here_and_a_day_off_there(country: str, comes: str, shifted: str) -> None:
    (found,) = planned(
        policy(rung("week", -7, to=["focal_point", "secretariat"])), calendar(DEADLINE), reader(country)
    )
    assert f"{local(found):%Y-%m-%d %H:%M}" == comes
    assert found.nominal == date(2020, 11, 8)
    assert found.shifted == shifted


def test_case_26_a_holiday_puts_it_off_and_the_deadline_stays() -> None:
    """Eid al-Adha was on 31 July 2020; four days off in Jordan, and a weekend among them."""
    eid = dated(DEADLINE, day(2020, 8, 6))
    (found,) = planned(ALL, calendar(eid), reader("JO"))
    assert found.nominal == date(2020, 7, 30)
    assert found.shifted == "holiday"
    assert is_working_day(habits(), "JO", local(found).date())
    assert day_of(found.key) == "20200806"


@pytest.mark.parametrize("hour", [8, 13, 18])
def test_the_reader_s_own_hour_counts(hour: int) -> None:
    (found,) = planned(ALL, calendar(DEADLINE), reader(hour=hour))
    assert local(found).hour == hour


@pytest.mark.parametrize(("country", "hour"), [("MR", 7), ("OM", 9), ("EG", 9), ("TN", 7), ("MA", 7)])
def test_on_the_day_it_comes_before_the_session(country: str, hour: int) -> None:
    today = policy(rung("day", 0, "session_today"))
    (found,) = planned(today, calendar(SESSION), reader(country))
    assert f"{local(found):%Y-%m-%d %H:%M}" == f"2020-06-25 {hour:02}:00"
    assert isinstance(SESSION.when, Exact)
    assert found.due <= SESSION.when.begins() - LEAD


def test_what_would_come_too_late_comes_on_the_last_working_day_before() -> None:
    """A deadline on a Saturday: nobody is written to on Friday and Saturday in Jordan, and Sunday is too late."""
    saturday = dated(DEADLINE, day(2020, 11, 14))
    near = policy(rung("eve", -1), rung("day", 0, "deadline_today"))
    found = planned(near, calendar(saturday), reader("JO"))
    assert {local(each).date() for each in found} == {date(2020, 11, 12)}
    assert {each.shifted for each in found} == {"weekend"}


def test_working_days_are_those_of_the_country() -> None:
    near = policy(rung("near", -2, working=True))
    found = {
        country: planned(near, calendar(DEADLINE), reader(country))[0].nominal for country in ("JO", "TN")
    }
    assert found == {"JO": date(2020, 11, 11), "TN": date(2020, 11, 12)}


def test_after_it_days_count_from_the_last_day() -> None:
    after = policy(rung("after", 1, "event_soon"))
    assert after.rungs[0].days == 1
    (found,) = planned(after, calendar(FORUM), reader())
    assert found.nominal == date(2020, 12, 3)


def test_what_falls_on_one_day_comes_at_one_moment() -> None:
    """The session's letter comes at seven in Nouakchott; what is due at nine that day comes with it."""
    both = policy(rung("day", 0, "session_today"), rung("long", -143))
    found = planned(both, calendar(SESSION, DEADLINE), reader("MR"))
    assert {each.nominal for each in found} == {date(2020, 6, 25)}
    assert len({each.due for each in found}) == 1


def test_nothing_is_planned_for_the_past() -> None:
    ladder = policy(rung("month", -28), rung("week", -7))
    came = datetime(2020, 11, 1, tzinfo=UTC)
    assert [each.rung for each in planned(ladder, calendar(DEADLINE), reader(came=came))] == ["week"]
    assert [each.rung for each in planned(ladder, calendar(DEADLINE), reader(), since=came)] == ["week"]
    late = datetime(2020, 11, 8, 7, 0, tzinfo=UTC)
    assert planned(ladder, calendar(DEADLINE), reader("JO"), since=late) == []


def test_only_those_are_reminded_whom_a_rung_names() -> None:
    both = policy(rung("state", -7), rung("board", -7, to=["secretariat"]))
    found = planned(both, calendar(DEADLINE), reader("JO", 1), reader("", 2))
    assert {(each.person_id, each.rung) for each in found} == {(1, "state"), (2, "board")}


# --- the same day, the same reminder ---------------------------------------------------------------------------------

NOW = datetime(2020, 10, 1, 9, tzinfo=UTC)


def keys(of: Calendar, country: str = "JO") -> list[str]:
    return [each.key for each in planned(ALL, of, reader(country))]


def test_another_day_is_another_reminder_and_the_same_day_is_the_same() -> None:
    before = calendar(DEADLINE, SESSION)
    moved = change(before, "deadline", Change(day(2020, 12, 13)), NOW)
    assert set(keys(before)).isdisjoint(keys(moved))
    assert keys(change(before, "deadline", Change(None, "online", None), NOW)) == keys(before)
    assert keys(change(moved, "deadline", Change(day(2020, 11, 15)), NOW)) == keys(before)


def test_an_extension_is_for_its_own_country() -> None:
    before = calendar(DEADLINE)
    extended = extend(before, "deadline", "LB", day(2020, 12, 13), NOW)
    assert keys(extended, "JO") == keys(before, "JO")
    assert set(keys(extended, "LB")).isdisjoint(keys(before, "LB"))
    (found,) = planned(ALL, extended, reader("LB"))
    assert found.nominal == date(2020, 12, 6)
    assert keys(end_extension(extended, "deadline", "LB", NOW), "LB") == keys(before, "LB")


def test_another_hour_is_the_same_reminder() -> None:
    assert [each.key for each in planned(ALL, calendar(DEADLINE), reader(hour=17))] == keys(
        calendar(DEADLINE)
    )


# --- at the moment of sending ----------------------------------------------------------------------------------------


def judged(
    of: ReminderPolicy,
    standing: Standing = Standing(),  # noqa: B008 - it is frozen
    progress: Progress = Progress(3, 64),  # noqa: B008 - the same
    now: datetime | None = None,
    who: Reader | None = None,
    within: Calendar | None = None,
) -> object:
    """What becomes of the only reminder of a policy."""
    who, dates = who or reader(), within or calendar(DEADLINE, SESSION, FORUM)
    (found,) = planned(of, calendar(DEADLINE, SESSION, FORUM), who)
    return Judge(of, dates, habits()).judge(found, who, standing, progress, now or found.due)


def test_it_is_sent_when_nothing_speaks_against_it() -> None:
    assert judged(ALL) == Send()


@pytest.mark.parametrize(
    ("standing", "progress", "reason"),
    [
        (Standing(reach="blocked"), Progress(3, 64), "blocked"),
        (Standing(reach="gone"), Progress(3, 64), "gone"),
        (Standing(), Progress(64, 64), "done"),
        (Standing(), Progress(3, 64, "no"), "declined"),
        (Standing(paused=True), Progress(3, 64), "paused"),
    ],
)
def test_it_is_left_out_and_the_log_says_why(standing: Standing, progress: Progress, reason: str) -> None:
    assert judged(ALL, standing, progress) == Skip(reason)  # type: ignore[arg-type]  # a reason


@pytest.mark.parametrize(
    ("condition", "content", "days", "standing", "outcome"),
    [
        ("not_registered", "register", -7, Standing(), Send()),
        ("not_registered", "register", -7, Standing(attendance={"session1": "away"}), Skip("done")),
        ("registered", "session_soon", -7, Standing(), Skip("not_concerned")),
        ("registered", "session_soon", -7, Standing(attendance={"session1": "away"}), Skip("not_concerned")),
        ("registered", "session_soon", -7, Standing(attendance={"session1": "office"}), Send()),
        ("attended", "evaluate", 4, Standing(attended={"session1": None}), Skip("not_concerned")),
        ("attended", "evaluate", 4, Standing(attended={"session1": True}), Send()),
        (
            "attended",
            "evaluate",
            4,
            Standing(attendance={"session1": "office"}, attended={"session1": False}),
            Skip("not_concerned"),
        ),
        (
            "attended",
            "evaluate",
            4,
            Standing(attended={"session1": True}, evaluated=frozenset({"session1"})),
            Skip("done"),
        ),
        ("not_begun", "begin", -7, Standing(), Skip("done")),
    ],
)
def test_each_condition_is_asked_anew(
    condition: str, content: str, days: int, standing: Standing, outcome: object
) -> None:
    assert judged(policy(rung("one", days, content, only_if=condition)), standing) == outcome


def test_who_attended_is_waited_for_until_it_is_too_late_to_ask() -> None:
    ask = policy(rung("how", 4, "evaluate", only_if="attended"))
    unknown = Standing(attendance={"session1": "office"}, attended={"session1": None})
    (found,) = planned(ask, calendar(DEADLINE, SESSION, FORUM), reader())
    waits = judged(ask, unknown)
    assert isinstance(waits, PutOff)
    assert found.due < waits.at <= found.due + timedelta(days=4)
    assert judged(ask, replace(unknown, attended={"session1": True}), now=waits.at) == Send()
    late = replace(found, due=found.due + timedelta(days=15))
    judge = Judge(ask, calendar(DEADLINE, SESSION, FORUM), habits())
    assert judge.judge(late, reader(), unknown, Progress(), late.due) == Skip("not_concerned")


def test_a_word_about_taking_part_is_asked_once() -> None:
    ask = policy(rung("ask", -7, "acknowledge"))
    assert judged(ask, progress=Progress()) == Send()
    assert judged(ask, progress=Progress(taking_part="yes")) == Skip("done")


def test_a_moved_date_is_not_reminded_of_any_more() -> None:
    moved = calendar(dated(DEADLINE, day(2020, 12, 15)), SESSION, FORUM)
    assert judged(ALL, within=moved) == Skip("replaced")
    assert judged(ALL, within=calendar(SESSION)) == Skip("replaced")
    assert judged(ALL, within=calendar(dated(DEADLINE, Unstated()))) == Skip("replaced")


def test_yesterday_s_message_is_not_delivered_next_morning() -> None:
    assert judged(ALL, now=datetime(2020, 11, 16, 9, tzinfo=UTC)) == Skip("over")
    after = policy(rung("after", 3, "deadline_passed"))
    assert judged(after, now=datetime(2020, 11, 22, 9, tzinfo=UTC)) == Send()
    assert judged(after, now=datetime(2020, 12, 22, 9, tzinfo=UTC)) == Skip("over")


def test_at_night_it_waits_for_the_morning() -> None:
    """Sunday 8 November, 23:00 in Amman: Monday at nine is the next decent moment."""
    night = datetime(2020, 11, 8, 21, tzinfo=UTC)
    assert judged(ALL, now=night) == PutOff(datetime(2020, 11, 9, 7, tzinfo=UTC), "quiet_hours")
    friday = datetime(2020, 11, 13, 9, tzinfo=UTC)
    assert judged(ALL, now=friday) == PutOff(datetime(2020, 11, 15, 7, tzinfo=UTC), "weekend")


def test_one_letter_a_day_is_enough() -> None:
    sunday = datetime(2020, 11, 8, 7, tzinfo=UTC)
    earlier = Standing(letters=(sunday - timedelta(hours=1),))
    assert judged(ALL, earlier) == PutOff(datetime(2020, 11, 9, 7, tzinfo=UTC), "one_a_day")
    yesterday = Standing(letters=(sunday - timedelta(hours=10),))
    assert judged(ALL, yesterday) == Send()


def test_who_was_told_often_enough_waits_unless_it_is_the_day_itself() -> None:
    sunday = datetime(2020, 11, 8, 7, tzinfo=UTC)
    told = Standing(letters=tuple(sunday - timedelta(days=ago) for ago in (1, 3, 5)))
    tired = ALL.model_copy(update={"a_week": 3})
    assert judged(tired, told) == PutOff(datetime(2020, 11, 10, 7, tzinfo=UTC), "enough")
    late = policy(rung("eve", -1, working=True), a_week=3)
    near = Standing(
        letters=tuple(datetime(2020, 11, 12, 6, tzinfo=UTC) - timedelta(days=ago) for ago in (1, 2, 3))
    )
    assert judged(late, near) == Skip("enough")
    today = policy(rung("day", 0, "deadline_today"), a_week=3)
    on_the_day = Standing(
        letters=tuple(datetime(2020, 11, 15, 6, tzinfo=UTC) - timedelta(days=ago) for ago in (1, 2, 3))
    )
    assert judged(today, on_the_day) == Send()


def test_who_rests_is_reminded_afterwards() -> None:
    until = datetime(2020, 11, 11, 7, tzinfo=UTC)
    assert judged(ALL, Standing(snoozed_until=until)) == PutOff(until, "snoozed")
    past = datetime(2020, 11, 7, 7, tzinfo=UTC)
    assert judged(ALL, Standing(snoozed_until=past)) == Send()


# --- silence ---------------------------------------------------------------------------------------------------------


def test_whoever_was_never_asked_is_not_silent() -> None:
    asked, answered = datetime(2020, 10, 4, 7, tzinfo=UTC), datetime(2020, 10, 20, 22, 30, tzinfo=UTC)
    assert silent_since("JO", None, answered) is None
    assert silent_since("JO", asked, None) == date(2020, 10, 4)
    assert silent_since("JO", asked, answered) == date(2020, 10, 21)
    assert silent_since("JO", asked, datetime(2020, 9, 1, tzinfo=UTC)) == date(2020, 10, 4)


def test_each_step_of_a_silence_is_told_once() -> None:
    steps = (
        Escalation(milestone="deadline", silent_working_days=3, tell="alternate"),
        Escalation(milestone="deadline", silent_working_days=5, tell="secretariat"),
    )
    of = policy(WEEK, escalations=steps)
    since = date(2020, 11, 1)
    reached = [list(steps_reached(of, habits(), "JO", since, since + timedelta(days=n))) for n in range(9)]
    assert [len(each) for each in reached] == [0, 0, 0, 1, 1, 1, 1, 2, 2]
    officer, at = reader("", 9), datetime(2020, 11, 9, 7, tzinfo=UTC)
    (told,) = tellings(steps[1], "JO", since, DEADLINE, [(officer, at)], cycle_id="round")
    assert is_beside(told.key)
    assert told.country == "JO"
    judge = Judge(of, calendar(DEADLINE), habits())
    still, over = Progress(0, 64, silent_since=since), Progress(1, 64, silent_since=date(2020, 11, 8))
    assert judge.judge(told, officer, Standing(), still, at) == Send()
    assert judge.judge(told, officer, Standing(), over, at) == Skip("done")
    assert judge.judge(told, officer, Standing(), Progress(0, 64, "no", since), at) == Skip("declined")


def test_the_hours_of_ramadan_are_kept() -> None:
    """In Ramadan 2020 offices in Jordan opened late: nothing comes before they do."""
    ramadan = dated(DEADLINE, day(2020, 5, 17))
    (found,) = planned(ALL, calendar(ramadan), reader("JO", hour=8))
    assert local(found).time() >= time(9)


def test_whose_hour_lies_after_work_in_ramadan_is_written_to_the_same_day() -> None:
    """Offices in Jordan close early in Ramadan; an evening hour does not push the letter to the next day."""
    ramadan = dated(DEADLINE, day(2020, 5, 19))
    (found,) = planned(ALL, calendar(ramadan), reader("JO", hour=18))
    assert local(found).date() == found.nominal == date(2020, 5, 12)
    assert local(found).time() < time(18)
