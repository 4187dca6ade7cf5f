"""A reminder policy is read whole or refused with every fault, its place and its remedy."""

from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.cycle.calendar import KINDS
from workflows.cycle.reminders.policy import FIX_DAY, SILENCE, STEP, Condition, ReminderPolicy
from workflows.cycle.reminders.policy_file import (
    DEFAULT,
    FOLDER,
    FaultyPolicyError,
    default_policy,
    load_policy,
    read_policy,
)
from workflows.marked import Fault
from workflows.notices import ReminderContent

SHIPPED = (FOLDER / f"{DEFAULT}.yaml").read_text("utf-8")
SMALL = """
id: small
quiet_from: "20:00"
quiet_until: "07:00"
hour: "09:00"
rungs:
  - id: week
    milestone: deadline
    days: -7
    to: [focal_point]
    content: deadline_soon
escalations:
  - {milestone: deadline, silent_working_days: 8, tell: alternate}
"""


def faults_of(text: str) -> tuple[Fault, ...]:
    verdict = read_policy(text)
    assert not isinstance(verdict, ReminderPolicy), "this was to be refused"
    return verdict


def test_the_shipped_policy_is_whole() -> None:
    policy = default_policy()
    assert policy.id == DEFAULT
    assert {rung.content for rung in policy.rungs} == set(get_args(ReminderContent)) - {
        FIX_DAY,
        SILENCE,
        STEP,
    }
    assert {rung.milestone for rung in policy.rungs} <= set(KINDS)
    assert {rung.only_if for rung in policy.rungs} == set(get_args(Condition))
    assert [step.tell for step in policy.escalations] == ["alternate", "secretariat"]


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_policy_in_the_house_can_be_followed(path: Path) -> None:
    assert load_policy(path).id == path.stem


def test_hours_are_kept_as_they_are_written() -> None:
    """YAML 1.1 would read 10:00 as 600; here everything is a string until it is judged."""
    policy = read_policy(SMALL.replace('"09:00"', "10:00"))
    assert isinstance(policy, ReminderPolicy)
    assert f"{policy.hour:%H:%M}" == "10:00"


REFUSED = {
    "a day's quiet hours": ('quiet_from: "20:00"', 'quiet_from: "06:00"', "quiet_from", "not the night"),
    "an hour of peace": ('hour: "09:00"', 'hour: "21:00"', "hour", "left in peace"),
    "no hour": ('hour: "09:00"', "hour: early", "hour", "is no hour"),
    "no rungs": ("rungs:\n  - id: week", "other:\n  - id: week", "rungs", "missing"),
    "a kind that is none": ("milestone: deadline\n", "milestone: party\n", "rungs[0].milestone", "party"),
    "a content that is none": ("content: deadline_soon", "content: hurry", "rungs[0].content", "hurry"),
    "a content of an escalation": ("content: deadline_soon", "content: silence", "rungs[0].content", "escal"),
    "a content about what has no day": (
        "content: deadline_soon",
        "content: fix_day",
        "rungs[0].content",
        "window",
    ),
    "a content of another kind": (
        "content: deadline_soon",
        "content: register",
        "rungs[0].content",
        "about a workshop",
    ),
    "soon, but afterwards": ("days: -7", "days: 3", "rungs[0].days", "after the day"),
    "the day itself, but another": (
        "content: deadline_soon",
        "content: deadline_today",
        "rungs[0].days",
        "another day",
    ),
    "passed, but before": (
        "content: deadline_soon",
        "content: deadline_passed",
        "rungs[0].days",
        "when the day is over",
    ),
    "too far": ("days: -7", "days: -900", "rungs[0].days", "does not fit"),
    "a condition of a workshop": (
        "content: deadline_soon",
        "only_if: registered\n    content: deadline_soon",
        "rungs[0].only_if",
        "workshop or a briefing or a dialogue or a forum only",
    ),
    "a condition of the secretariat": (
        "to: [focal_point]",
        "to: [secretariat]\n    only_if: open",
        "rungs[0].only_if",
        "nothing about the secretariat",
    ),
    "nobody": ("to: [focal_point]", "to: []", "rungs[0].to", "does not fit"),
    "somebody unknown": ("to: [focal_point]", "to: [minister]", "rungs[0].to[0]", "minister"),
    "working days of the day": (
        "days: -7",
        "days: 0\n    working: true",
        "rungs[0].working",
        "not counted in working days",
    ),
    "an unknown key": ("days: -7", "days: -7\n    hours: 3", "rungs[0].hours", "not known"),
    "silence before a session": (
        "{milestone: deadline, silent",
        "{milestone: workshop, silent",
        "escalations[0].milestone",
        "before a deadline",
    ),
    "two letters a day": ("rungs:", "a_day: 2\nrungs:", "a_day", "does not fit"),
}


@pytest.mark.parametrize(("was", "becomes", "place", "words"), REFUSED.values(), ids=REFUSED)
def test_a_fault_is_named_with_its_place_and_remedy(was: str, becomes: str, place: str, words: str) -> None:
    assert was in SMALL
    found = faults_of(SMALL.replace(was, becomes))
    fault = next((fault for fault in found if fault.place.startswith(f"{place} (line ")), None)
    assert fault is not None, found
    assert words in fault.fault
    assert fault.remedy.startswith("Please ")


def test_all_faults_are_said_at_once() -> None:
    broken = SMALL.replace("days: -7", "days: 7").replace('hour: "09:00"', "hour: x").replace("id: small", "")
    broken = broken.replace(
        "alternate}", "alternate}\n  - {milestone: deadline, silent_working_days: 8, tell: x}"
    )
    places = [fault.place.partition(" ")[0] for fault in faults_of(broken)]
    assert {"id", "hour", "rungs[0].days", "escalations[1].tell"} <= set(places)


def test_ids_and_steps_do_not_repeat() -> None:
    twice = SMALL.replace(
        "escalations:",
        "  - {id: week, milestone: deadline, days: -3, to: [contributor], content: begin}\nescalations:",
    )
    assert sum("several rungs" in fault.fault for fault in faults_of(twice)) == 2
    slower = SMALL + "  - {milestone: deadline, silent_working_days: 8, tell: secretariat}\n"
    assert any("wait longer" in fault.remedy for fault in faults_of(slower))


@pytest.mark.parametrize("text", ["", "-", "[]", "3", "a: [", "rungs: {a: b}", "id: *x", "\ufeff"])
def test_what_is_no_policy_is_refused_without_a_traceback(text: str) -> None:
    assert faults_of(text)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_damaged_policy_never_breaks_the_reader(data: st.DataObject) -> None:
    lines = SMALL.splitlines()
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        change = data.draw(st.sampled_from(["drop", "twice", "noise", "indent"]))
        match change:
            case "drop":
                lines[at] = ""
            case "twice":
                lines.insert(at, lines[at])
            case "noise":
                lines[at] += data.draw(st.text(max_size=8))
            case _:
                lines[at] = " " + lines[at]
    verdict = read_policy("\n".join(lines))
    assert isinstance(verdict, ReminderPolicy) or all(fault.remedy for fault in verdict)


def test_a_faulty_file_is_refused_by_its_name(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(SMALL.replace("days: -7", "days: 7"), "utf-8")
    with pytest.raises(FaultyPolicyError, match=r"mine\.yaml has 1 fault"):
        load_policy(file)


def test_the_shipped_text_survives_being_written_out() -> None:
    policy = default_policy()
    assert ReminderPolicy.model_validate_json(policy.model_dump_json()) == policy
    assert SHIPPED.startswith("# ")
