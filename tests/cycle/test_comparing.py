"""A calendar that is loaded again goes on where the old one stood: it says what changed and forgets no history."""

from datetime import UTC, date, datetime

from workflows.cycle.calendar import Calendar
from workflows.cycle.files.comparing import Difference, continued, differences
from workflows.cycle.files.judging import judge, shipped_calendar
from workflows.cycle.files.shifting import shifted
from workflows.cycle.files.writing import written
from workflows.cycle.moving import Change, change, extend
from workflows.when import Exact

NOW = datetime(2020, 7, 1, 9, 0, tzinfo=UTC)
FEBRUARY = Exact(first=date(2021, 2, 24), last=date(2021, 2, 25), zone="Asia/Beirut")


def shipped() -> Calendar:
    calendar = shipped_calendar("gcm-arab-2020")
    assert calendar is not None
    return calendar


def lived_in() -> Calendar:
    calendar = change(shipped(), "forum", Change(FEBRUARY), NOW)
    return extend(calendar, "submission", "YE", FEBRUARY, NOW)


def test_a_calendar_differs_from_itself_in_nothing() -> None:
    assert differences(shipped(), shipped()) == ()
    assert continued(shipped(), shipped(), NOW) == shipped()


def test_what_is_new_gone_or_changed_is_told_with_its_fields() -> None:
    after = change(shipped(), "session2", Change(FEBRUARY), NOW)
    milestones = tuple(
        each.model_copy(update={"id": "findings"}) if each.id == "report" else each
        for each in after.milestones
    )
    assert differences(shipped(), after.model_copy(update={"milestones": milestones})) == (
        Difference("session2", "changed", ("when", "alternatives")),
        Difference("findings", "added"),
        Difference("report", "removed"),
    )


def test_the_first_file_again_moves_things_back_and_remembers_that_they_were_moved() -> None:
    after = continued(lived_in(), shipped(), NOW)
    forum = after.by_id["forum"]
    assert forum.when == shipped().by_id["forum"].when
    assert (forum.sequence, [move.when for move in forum.moves]) == (
        2,
        [shipped().by_id["forum"].when, FEBRUARY],
    )
    assert [each.milestone for each in differences(lived_in(), after)] == ["forum"]


def test_extra_time_stays_unless_the_file_names_some_itself() -> None:
    granted = lived_in().by_id["submission"].extensions
    assert continued(lived_in(), shipped(), NOW).by_id["submission"].extensions == granted
    own = extend(shipped(), "submission", "LB", FEBRUARY, NOW)
    assert set(continued(lived_in(), own, NOW).by_id["submission"].extensions) == {"LB"}


def test_what_was_written_out_and_edited_goes_on_from_its_own_history() -> None:
    read_back = judge(written(lived_in()))
    assert isinstance(read_back, Calendar)
    assert continued(lived_in(), read_back, NOW) == lived_in()
    later = change(lived_in(), "session2", Change(FEBRUARY), NOW)
    assert continued(lived_in(), later, NOW) == later


def test_another_mode_is_remembered_and_another_note_only_counted() -> None:
    forum, session = shipped().by_id["forum"], shipped().by_id["session1"]
    after = shipped().with_milestone(forum.model_copy(update={"mode": "online"}))
    after = after.with_milestone(session.model_copy(update={"note": None}))
    after = continued(shipped(), after, NOW)
    assert [move.step for move in after.by_id["forum"].moves] == ["mode_changed"]
    assert (after.by_id["session1"].sequence, after.by_id["session1"].moves) == (1, ())


def test_a_rehearsal_counts_on_but_has_a_past_of_its_own() -> None:
    rehearsal = shifted(shipped(), date(2026, 11, 22))
    after = continued(lived_in(), rehearsal, NOW)
    assert after.by_id["forum"].sequence == 2
    assert after.by_id["forum"].moves == ()
    assert after.by_id["invitation"].sequence == 0
    new = rehearsal.by_id["report"].model_copy(update={"id": "findings"})
    only = rehearsal.model_copy(update={"milestones": (new,)})
    assert continued(lived_in(), only, NOW).by_id["findings"] == new
