"""A cycle's file is judged as a whole: each fault is named with its place, its line and its remedy, all at once."""

from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from workflows.cycle.calendar import Calendar
from workflows.cycle.days.working_days import habits
from workflows.cycle.files.doubts import NoHours, doubts
from workflows.cycle.files.judging import FOLDER, FaultyCalendarError, judge, load_calendar, shipped_calendar
from workflows.cycle.reminders.policy import ReminderPolicy
from workflows.cycle.reminders.policy_file import read_policy
from workflows.marked import Fault
from workflows.when import Exact

SHIPPED = (FOLDER / "gcm-arab-2020.yaml").read_text("utf-8")
SMALL = """\
id: small
title: {ar: صغير, en: Small, fr: Petit}
template: tiny
zone: Asia/Beirut
begins: "2020-06-01"
themes:
  - number: 1
  - number: 2
milestones:
  - id: meeting
    kind: workshop
    title: {ar: لقاء, en: Meeting, fr: Réunion}
    when: {kind: exact, first: "2020-06-25", starts: "10:00", ends: "11:30"}
    session: 1
    presenters_item: "b"
    agenda:
      - id: a
        title: {ar: أ, en: A, fr: A}
        starts: "10:00"
        ends: "10:40"
        parts:
          - title: {ar: ج, en: Part, fr: Partie}
            minutes: 40
      - id: b
        title: {ar: ب, en: B, fr: B}
        starts: "10:40"
        ends: "11:30"
  - id: later
    kind: deadline
    title: {ar: لاحقاً, en: Later, fr: Plus tard}
    when:
      kind: window
      first: "2020-07-01"
      last: "2020-07-10"
      phrase: {ar: أوائل تموز, en: early July, fr: début juillet}
    follows: {milestone: meeting, days: 30}
    extensions:
      LB: {kind: exact, first: "2020-07-31", zone: Africa/Cairo}
"""


def calendar_of(text: str) -> Calendar:
    verdict = judge(text)
    assert isinstance(verdict, Calendar), "\n".join(map(str, verdict))
    return verdict


def faults_of(text: str) -> tuple[Fault, ...]:
    verdict = judge(text)
    assert not isinstance(verdict, Calendar)
    assert verdict
    return verdict


def spoiled(old: str, new: str) -> str:
    """The small calendar with one thing wrong; what is exchanged must be there exactly once."""
    assert SMALL.count(old) == 1, f"{SMALL.count(old)} times: {old}"
    return SMALL.replace(old, new)


def test_a_good_file_is_a_calendar_and_what_may_be_left_out_is_filled_in() -> None:
    calendar = calendar_of(SMALL)
    assert calendar.by_id["meeting"].when == Exact(
        first=date(2020, 6, 25),
        last=date(2020, 6, 25),
        starts=time(10),
        ends=time(11, 30),
        zone="Asia/Beirut",
    )
    assert calendar.by_id["later"].when_for("LB") == Exact(
        first=date(2020, 7, 31), last=date(2020, 7, 31), zone="Africa/Cairo"
    )


@pytest.mark.parametrize("name", ["gcm-arab-2020", "gcm-arab-2024"])
def test_the_calendars_that_ship_are_good(name: str) -> None:
    calendar = shipped_calendar(name)
    assert calendar is not None
    assert calendar.id == name
    assert shipped_calendar("gcm-arab-1999") is None


def test_the_examples_of_the_guide_are_good_and_in_no_doubt_but_the_one_it_shows() -> None:
    guide = (FOLDER.parents[2] / "docs" / "cycles.md").read_text("utf-8")
    calendar, policy = (block.partition("```")[0] for block in guide.split("```yaml\n")[1:])
    found = doubts(calendar_of(calendar), habits())
    assert [(type(doubt), doubt.milestone) for doubt in found] == [(NoHours, "forum")]
    assert isinstance(read_policy(policy), ReminderPolicy)


SLIPS = [
    ('first: "2020-06-25"', 'first: "2020-06-31"', "milestones[0].when.first", "is no day", "exists"),
    ('first: "2020-06-25"', 'first: "25/06/2020"', "milestones[0].when.first", "is no day", "2020-06-25"),
    ('first: "2020-06-25"', 'first: "1441-11-04"', "milestones[0].when.first", "The year 1441", "Gregorian"),
    ('begins: "2020-06-01"', "begins: soon", "begins", "`soon` is no day", "year, month and day"),
    ('starts: "10:00", ends', 'starts: "25:00", ends', "milestones[0].when.starts", "no hour", "23:59"),
    ('starts: "10:00", ends', 'starts: "10h", ends', "milestones[0].when.starts", "no hour", "10:00"),
    (
        'starts: "10:00", ends: "11:30"',
        'starts: "12:00", ends: "11:30"',
        "milestones[0].when",
        "ends before it starts",
        "`starts` or `ends`",
    ),
    (
        'starts: "10:00", ends: "11:30"}',
        'ends: "11:30"}',
        "milestones[0].when",
        "An end without a start",
        "add `starts`",
    ),
    ('last: "2020-07-10"', 'last: "2020-06-10"', "milestones[1].when", "ends before it begins", "exchange"),
    (
        'first: "2020-06-25"',
        'first: "2020-06-25", last: "2020-06-24"',
        "milestones[0].when",
        "before the first",
        "exchange",
    ),
    (
        "zone: Asia/Beirut",
        "zone: Asia/Beiruth",
        "zone",
        "no time zone `Asia/Beiruth`",
        "Perhaps `Asia/Beirut`",
    ),
    (
        "zone: Africa/Cairo",
        "zone: UTC+2",
        "milestones[1].extensions.LB.zone",
        "no time zone",
        "never an offset",
    ),
    ("zone: Africa/Cairo", "zone: Etc/GMT-2", "milestones[1].extensions.LB.zone", "no time zone", "a place"),
    ("      LB: {", "      XX: {", "milestones[1].extensions.XX", "no country of the region", "two letters"),
    (
        "kind: window",
        "kind: sometime",
        "milestones[1].when.kind",
        "no kind of date `sometime`",
        "`window` or `unstated`",
    ),
    (
        "      kind: window\n",
        "",
        "milestones[1].when",
        "does not say its `kind`",
        "`exact`, `window` or `unstated`",
    ),
    ("kind: workshop", "kind: party", "milestones[0].kind", "cannot be `party`", "`workshop`"),
    ("id: later", "id: Später", "milestones[1].id", "cannot be carried by a button", "an id that matches"),
    ("id: small", "id: Small Cycle", "id", "cannot be carried by a button", "an id that matches"),
    (
        'presenters_item: "b"',
        'presenters_item: "z"',
        "milestones[0].presenters_item",
        "no item `z`",
        "`a` or `b`",
    ),
    (
        'starts: "10:40"',
        'starts: "10:30"',
        "milestones[0].agenda[1].starts",
        "before `a` ends at 10:40",
        "in order",
    ),
    (
        'ends: "10:40"',
        'ends: "09:40"',
        "milestones[0].agenda[0].ends",
        "not after its start",
        "`starts` or `ends`",
    ),
    ("minutes: 40", "minutes: 0", "milestones[0].agenda[0].parts[0].minutes", "takes some time", "1 minute"),
    ("minutes: 40", "minutes: many", "milestones[0].agenda[0].parts[0].minutes", "whole number", "digits"),
    (
        "milestone: meeting",
        "milestone: nobody",
        "milestones[1].follows.milestone",
        "no milestone `nobody`",
        "`later` or `meeting`",
    ),
    (
        "milestone: meeting",
        "milestone: later",
        "milestones[1].follows.milestone",
        "hangs on itself",
        "remove `follows`",
    ),
    ("days: 30", "days: 4000", "milestones[1].follows.days", "too far away", "at most 731"),
    ("  - number: 2", "  - number: 1", "themes[1].number", "theme `1` is given twice", "change one"),
    ("session: 1", "session: -1", "milestones[0].session", "below zero", "0 or more"),
    ("session: 1", "sesion: 1", "milestones[0].sesion", "not known here", "spelling"),
    (", fr: Réunion", "", "milestones[0].title.fr", "The French text is missing", "add `fr:`"),
    ("fr: Réunion", "fr: TBD", "milestones[0].title.fr", "A placeholder was left behind", "final words"),
    ("fr: Réunion", "fr: ''", "milestones[0].title.fr", "This text is empty", "write the text"),
    ("template: tiny\n", "", "template", "`template` is missing", "add `template`"),
    ("zone: Asia/Beirut", "zone: Asia/Beirut\nzone: Asia/Aden", "zone", "is given twice", "keep one"),
]


@pytest.mark.parametrize(("old", "new", "place", "fault", "remedy"), SLIPS)
def test_one_slip_is_one_fault_with_its_place_and_its_remedy(
    old: str, new: str, place: str, fault: str, remedy: str
) -> None:
    (found,) = faults_of(spoiled(old, new))
    assert found.place.rpartition(" (line ")[0] == place
    assert fault in found.fault
    assert remedy in found.remedy
    assert found.remedy.startswith("Please ")
    assert found.fault.endswith(".")
    assert found.remedy.endswith(".")


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("id: later", "id: meeting", "milestones[1].id"),
        ("  - number: 2\n", "  - number: 2\n  - number: 1\n  - number: 3\n", "themes[2].number"),
    ],
)
def test_an_id_given_twice_is_told_with_the_line_of_the_first(old: str, new: str, place: str) -> None:
    first = faults_of(spoiled(old, new))[0]
    assert first.place.startswith(place)
    assert "is given twice; it was given first in line " in first.fault


def test_all_faults_are_told_at_once_in_the_order_of_the_lines() -> None:
    text = SMALL
    for old, new, *_ in (SLIPS[0], SLIPS[10], SLIPS[16], SLIPS[21], SLIPS[27]):
        text = text.replace(old, new)
    found = faults_of(text)
    lines = [int(fault.place.rpartition("(line ")[2].rstrip(")")) for fault in found]
    assert len(found) == 5
    assert lines == sorted(lines)


def test_dates_that_hang_on_each_other_in_a_circle_are_refused() -> None:
    text = spoiled("    session: 1\n", "    session: 1\n    follows: {milestone: later, days: 3}\n")
    assert ["hangs on itself" in fault.fault for fault in faults_of(text)] == [True, True]


def test_a_move_at_a_moment_without_zone_is_refused() -> None:
    move = "    moves:\n      - {step: fixed, at: '2020-06-02T10:00:00', when: {kind: unstated}}\n"
    (fault,) = faults_of(spoiled("    session: 1\n", "    session: 1\n" + move))
    assert fault.place.startswith("milestones[0].moves[0].at")
    assert "in UTC" in fault.remedy


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing\n",
        "just words",
        "- a\n- b\n",
        "id: [",
        "a: &x {b: *x}",
        "milestones: []",
        "id: \x07",
        "[" * 3000,
    ],
)
def test_what_is_no_calendar_is_refused_in_words(text: str) -> None:
    assert all(fault.remedy.startswith("Please ") for fault in faults_of(text))


def test_a_file_with_faults_is_not_loaded(tmp_path: Path) -> None:
    path = tmp_path / "spoiled.yaml"
    path.write_text(spoiled("days: 30", "days: 4000"), "utf-8")
    with pytest.raises(FaultyCalendarError, match=r"(?s)spoiled\.yaml has 1 fault:.*\(line 36\)"):
        load_calendar(path)


LINES = SHIPPED.splitlines(keepends=True)
SCRAPS = st.sampled_from(
    ["", "x", "- ", "  ", "'", '"', "{", "}", "]", ": ", "&a ", "*a", "!!int ", "null", "\t", "2020-13-01",
     "kind: exact", "99:99", "٢٠٢٠", "|\n", "---\n", "0x1F", "1e9", "-5", "\u0000", "\u2028", "?", "%", "@", "<<: *a"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(LINES) - 1), st.integers(0, 60), SCRAPS), max_size=6))
@example([(12, 0, "- ")])
def test_any_damage_ends_in_a_calendar_or_in_faults(damage: list[tuple[int, int, str]]) -> None:
    lines = list(LINES)
    for line, column, scrap in damage:
        lines[line] = lines[line][:column] + scrap + lines[line][column + len(scrap) :]
    verdict = judge("".join(lines))
    assert isinstance(verdict, Calendar) or all(isinstance(each, Fault) for each in verdict)
    assert verdict


VALUES = st.recursive(
    st.one_of(
        st.text(max_size=8),
        st.sampled_from(["exact", "window", "unstated", "2020-06-25", "10:00", "workshop", "Africa/Cairo", "LB", "1"]),
    ),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["kind", "first", "last", "when", "agenda", "id", "extensions", "starts", "ends", "follows",
                         "milestone", "days", "moves", "at", "alternatives", "parts", "minutes", "title", "ar"]),
        inner,
        max_size=4,
    ),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["milestones", "id", "zone", "themes", "begins", "title"]), VALUES, max_size=5
    )
)
def test_any_tree_ends_in_faults(tree: dict[str, object]) -> None:
    import yaml  # noqa: PLC0415 - only here

    assert faults_of(yaml.safe_dump(tree, allow_unicode=True))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_any_text_ends_in_faults(text: str) -> None:
    assert faults_of(text)
