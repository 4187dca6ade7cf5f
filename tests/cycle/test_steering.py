"""A proposal worked out on the calendar, and what it means for the readers of each country."""

from datetime import UTC, date, datetime, time

import pytest

from workflows.cycle.calendar import Calendar, Follows, Mode
from workflows.cycle.files.judging import shipped_calendar
from workflows.cycle.steering import applied, following, is_of_place, state_of, step_between
from workflows.languages import Text
from workflows.notices.calendar import Mode as Said
from workflows.notices.scheduling import Proposal
from workflows.when import Exact, Unstated, Window

NOW = datetime(2020, 6, 8, 9, tzinfo=UTC)
FEBRUARY = Exact(first=date(2021, 2, 24), last=date(2021, 2, 25))
DAY = date(2020, 9, 30)
DEADLINE = Exact(first=DAY, last=DAY)
LATER = Exact(first=date(2020, 10, 15), last=date(2020, 10, 15))
AMMAN = Text(ar="عمّان", en="Amman", fr="Amman")


def calendar() -> Calendar:
    found = shipped_calendar("gcm-arab-2020")
    assert found is not None
    return found


def step(before: Calendar, after: Calendar, milestone: str = "forum", country: str = "") -> str:
    one, other = state_of(before.by_id[milestone], country), state_of(after.by_id[milestone], country)
    return step_between(one, other, country=country, extended=country in after.by_id[milestone].extensions)


def test_everything_at_once_and_back_again() -> None:
    before = calendar()
    moved = applied(before, Proposal(milestone="forum", when=FEBRUARY, mode="online"), NOW)
    assert step(before, moved) == "postponed"
    assert moved.by_id["forum"].place is None
    back = applied(moved, Proposal(milestone="forum", back=True), NOW)
    assert state_of(back.by_id["forum"], "") == state_of(before.by_id["forum"], "")
    assert back.by_id["forum"].sequence == 2


@pytest.mark.parametrize(
    ("had", "said", "has"),
    [
        ("in_person", "", "in_person"),
        ("online", "", "hybrid"),
        (None, "", "in_person"),
        ("online", "in_person", "in_person"),
    ],
)
def test_a_place_is_one_to_go_to(had: Mode | None, said: Said, has: Mode) -> None:
    forum = calendar().by_id["forum"].model_copy(update={"mode": had})
    before = calendar().with_milestone(forum)
    after = applied(before, Proposal(milestone="forum", place=AMMAN, mode=said), NOW).by_id["forum"]
    assert (after.mode, after.place) == (has, AMMAN)


def test_a_first_hour_alone_lasts_as_long_as_the_agenda() -> None:
    day = date(2020, 7, 15)
    wanted = Proposal(milestone="session2", when=Exact(first=day, last=day, starts=time(11)))
    fixed = applied(calendar(), wanted, NOW).by_id["session2"]
    assert fixed.when == Exact(first=day, last=day, starts=time(11), ends=time(13, 30))
    assert fixed.agenda[0].starts == time(11)
    late = Exact(first=day, last=day, starts=time(23))
    assert applied(calendar(), Proposal(milestone="session2", when=late), NOW).by_id["session2"].when == late


def test_what_changes_nothing_is_equal() -> None:
    before = calendar()
    same = Proposal(milestone="forum", when=before.by_id["forum"].when, mode="in_person")
    assert applied(before, same, NOW) == before
    assert applied(before, Proposal(milestone="forum", country="YE"), NOW) == before
    assert applied(before, Proposal(milestone="forum", back=True), NOW) == before


def test_each_country_sees_its_own_date() -> None:
    common = applied(calendar(), Proposal(milestone="submission", when=DEADLINE), NOW)
    own = applied(common, Proposal(milestone="submission", when=LATER, country="YE"), NOW)
    assert step(common, own, "submission", "YE") == "extended"
    assert state_of(common.by_id["submission"], "LB") == state_of(own.by_id["submission"], "LB")
    ended = applied(own, Proposal(milestone="submission", country="YE"), NOW)
    assert step(own, ended, "submission", "YE") == "extension_ended"


def test_steps_are_told_by_what_there_was_and_is() -> None:
    before = calendar()
    window = Window(first=date(2021, 2, 11), last=date(2021, 2, 20), phrase=AMMAN)
    assert step(before, applied(before, Proposal(milestone="forum", when=window), NOW)) == "window"
    assert step(before, applied(before, Proposal(milestone="forum", when=Unstated()), NOW)) == "unfixed"
    assert step(before, applied(before, Proposal(milestone="forum", mode="hybrid"), NOW)) == "mode_changed"
    there = applied(before, Proposal(milestone="forum", place=AMMAN), NOW)
    assert step(before, there) == "place_changed"
    linked = applied(before, Proposal(milestone="forum", link="https://example.org"), NOW)
    assert step(before, linked) == "link_changed"
    for after, only_place in (
        (there, True),
        (linked, True),
        (applied(before, Proposal(milestone="forum", mode="hybrid"), NOW), False),
    ):
        states = state_of(before.by_id["forum"], ""), state_of(after.by_id["forum"], "")
        assert is_of_place(*states) is only_place


def test_what_hangs_on_it_moves_along() -> None:
    report = calendar().by_id["report"].model_copy(update={"follows": Follows(milestone="forum", days=30)})
    before = calendar().with_milestone(report)
    after = applied(before, Proposal(milestone="forum", when=FEBRUARY), NOW)
    (line,) = following(before, after, "forum", "LB")
    assert (line.id, line.before) == ("report", Unstated())
    assert isinstance(line.after, Exact)
    assert line.after.first == date(2021, 3, 26)
