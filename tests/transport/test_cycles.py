"""The commands about a cycle's calendar, run as people run them: what they print, refuse and leave in the database."""

import os
import secrets
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot import app as bot_app
from bot.commands import app
from bot.commands.refusing import done
from bot.settings import DataSettings
from workflows.cycle.calendar import Calendar
from workflows.cycle.files.judging import FOLDER, judge
from workflows.cycle.files.shifting import begin
from workflows.people.invitations import LIFE
from workflows.store.cipher import generate_key
from workflows.store.values_calendar import Plan, PlanHead
from workflows.use_cases.cause import Cause
from workflows.use_cases.inviting import Newcomer, Wanted, come_in, make
from workflows.when import Exact

SHIPPED = (FOLDER / "gcm-arab-2020.yaml").read_text("utf-8")


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("RAFIQ_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("RAFIQ_KEY", generate_key())
    monkeypatch.setenv("RAFIQ_DATA", str(tmp_path / "data"))


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["cycle", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


def refused(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["cycle", *arguments])
    assert result.exit_code == 2, result.output
    assert "Traceback" not in result.output
    return result.output


def written(tmp_path: Path, old: str = "", new: str = "") -> str:
    """A file of the calendar of 2020 with one thing exchanged."""
    assert not old or SHIPPED.count(old) == 1, SHIPPED.count(old)
    file = tmp_path / "mine.yaml"
    file.write_text(SHIPPED.replace(old, new) if old else SHIPPED, "utf-8")
    return str(file)


async def _plan(cycle_id: str) -> tuple[Plan | None, list[PlanHead]]:
    async with bot_app.opened(DataSettings.read()) as store, store.reading() as work:
        return await work.calendars.current(cycle_id), await work.calendars.history(cycle_id)


def plan(cycle_id: str) -> Plan:
    current, _ = done(_plan(cycle_id))
    assert current is not None
    return current


# --- open ---------------------------------------------------------------------------------------------------


def test_a_cycle_is_opened_with_the_calendar_of_its_name_and_the_policy_that_ships() -> None:
    said = run("open", "gcm-arab-2020")
    assert "is open, with template gcm-arab-2020" in said
    assert "calendar that ships as gcm-arab-2020 and the reminder policy gcm-arab are loaded" in said
    assert plan("gcm-arab-2020").calendar == judge(SHIPPED)
    assert plan("gcm-arab-2020").policy.id == "gcm-arab"


def test_a_cycle_of_another_name_has_no_calendar_until_one_is_loaded() -> None:
    assert "Load one: ./rafiq cycle load FILE --cycle 2026" in run("open", "2026")
    assert done(_plan("2026")) == (None, [])
    said = run("load", "gcm-arab-2024", "--cycle", "2026")
    assert "Cycle 2026 has a calendar now: 10 milestones: 1 on a day, 7 within a window, 2 not dated." in said
    assert plan("2026").calendar.id == "gcm-arab-2024"


# --- check --------------------------------------------------------------------------------------------------


def test_a_check_tells_what_the_note_got_wrong() -> None:
    said = run("check", "gcm-arab-2020")
    assert "gcm-arab-2020: good. 11 milestones: 2 on a day, 5 within a window, 4 not dated." in said
    assert "- session1: the parts of item 1.4 take 80 minutes, the item has 75." in said
    assert "Eid al-Adha: all 22 countries" in said
    assert "- submission: no day is set for submitting" in said


def test_a_faulty_file_is_told_fault_by_fault_with_place_and_remedy(tmp_path: Path) -> None:
    file = written(tmp_path, "zone: Asia/Beirut", "zone: Beirut")
    assert f"{file}: milestones[8].when.zone (line " in refused("check", file)
    Path(file).write_text("id: x\nmilestones: [{id: a}, {id: a}]\n")
    assert refused("check", file).count("Please ") > 6


@pytest.mark.parametrize("arguments", [["check"], ["load"], ["shift"]])
def test_a_file_that_cannot_be_read_is_refused_with_the_names_that_ship(
    arguments: list[str], tmp_path: Path
) -> None:
    for source in ("nowhere.yaml", str(tmp_path), "\0"):
        said = refused(*arguments, source)
        assert "cannot be read" in said
        assert "gcm-arab-2020, gcm-arab-2024" in said


# --- load ---------------------------------------------------------------------------------------------------


def test_a_new_version_says_what_changed_and_keeps_the_history(tmp_path: Path) -> None:
    run("open", "gcm-arab-2020")
    file = written(
        tmp_path,
        "first: '2020-12-01'\n      last: '2020-12-02'",
        "first: '2021-02-24'\n      last: '2021-02-25'",
    )
    said = run("load", file)
    assert "- forum changed: when\n" in said
    assert "This is version 2, with the reminder policy gcm-arab." in said
    forum = plan("gcm-arab-2020").calendar.by_id["forum"]
    assert forum.sequence == 1
    assert [move.when for move in forum.moves] == [
        Exact(first=date(2020, 12, 1), last=date(2020, 12, 2), zone="Asia/Beirut")
    ]
    heads = done(_plan("gcm-arab-2020"))[1]
    assert [(head.number, head.act, head.by) for head in heads] == [(1, "load", None), (2, "load", None)]


def test_the_same_calendar_again_changes_nothing(tmp_path: Path) -> None:
    run("open", "gcm-arab-2020")
    assert "Nothing changes" in run("load", written(tmp_path))
    assert plan("gcm-arab-2020").number == 1


async def _somebody_comes_in(cycle_id: str) -> None:
    async with bot_app.opened(DataSettings.read()) as store, store.transaction() as work:
        now = bot_app.Clock().now()
        token = await make(work, Wanted(cycle_id, "secretariat", "", now + LIFE), secrets.token_bytes, now)
        await come_in(work, Newcomer(7, "Sam Rivers", "en"), token, Cause(1, now))


def test_a_cycle_in_use_is_changed_by_a_file_only_when_that_is_meant(tmp_path: Path) -> None:
    run("open", "gcm-arab-2020")
    done(_somebody_comes_in("gcm-arab-2020"))
    assert "Nothing changes" in run("load", "gcm-arab-2020")
    said = refused("shift", "gcm-arab-2020", "--to", "2020-01-01", "--load", "gcm-arab-2020")
    assert "- session1 changed: when" in said
    assert "without anybody being told" in said
    assert plan("gcm-arab-2020").number == 1
    said = run("load", written(tmp_path, "- id: report\n", "- id: findings\n"), "--yes")
    assert "Nobody was told of this." in said
    assert plan("gcm-arab-2020").number == 2


def test_milestones_come_and_go(tmp_path: Path) -> None:
    run("open", "gcm-arab-2020")
    said = run("load", written(tmp_path, "- id: report\n", "- id: findings\n"))
    assert "- findings added\n- report removed\n" in said


def test_a_policy_is_loaded_with_a_calendar_and_stays_with_the_next_one(tmp_path: Path) -> None:
    run("open", "gcm-arab-2020")
    policy = tmp_path / "policy.yaml"
    shipped = (FOLDER.parent / "policies" / "gcm-arab.yaml").read_text("utf-8")
    policy.write_text(shipped.replace("id: gcm-arab\n", "id: gentle\n", 1), "utf-8")
    assert "with the reminder policy gentle" in run("load", "gcm-arab-2020", "--policy", str(policy))
    assert "with the reminder policy gentle" in run(
        "load", written(tmp_path, "- id: report\n", "- id: findings\n")
    )
    assert f"{policy}: good. " in run("check", "gcm-arab-2020", "--policy", str(policy))
    policy.write_text("id: x\n", "utf-8")
    assert f"{policy}: " in refused("check", "gcm-arab-2020", "--policy", str(policy))
    assert f"{policy}: " in refused("load", "gcm-arab-2020", "--policy", str(policy))


def test_what_does_not_fit_the_cycle_is_refused(tmp_path: Path) -> None:
    run("open", "2026")
    assert "There is no open cycle gcm-arab-2020" in refused("load", "gcm-arab-2020")
    run("open", "gcm-arab-2020")
    other = written(tmp_path, "template: gcm-arab-2020\n", "template: another\n")
    assert "follows gcm-arab-2020" in refused("load", other)
    assert plan("gcm-arab-2020").number == 1


# --- shift --------------------------------------------------------------------------------------------------


def test_a_rehearsal_is_printed_as_a_file_that_the_check_accepts(tmp_path: Path) -> None:
    said = run("shift", "gcm-arab-2020", "--to", "2026-11-22")
    rehearsal = judge(said)
    assert isinstance(rehearsal, Calendar)
    assert begin(rehearsal) == date(2026, 11, 23)
    file = tmp_path / "rehearsal.yaml"
    assert f"{file} is written" in run("shift", "gcm-arab-2020", "--to", "2026-11-22", "--out", str(file))
    assert file.read_text("utf-8") == said
    assert "good. 11 milestones" in run("check", str(file))


def test_a_rehearsal_begins_within_a_week_of_today() -> None:
    rehearsal = judge(run("shift", "gcm-arab-2024"))
    assert isinstance(rehearsal, Calendar)
    today = bot_app.Clock().now().date()
    assert -1 <= (begin(rehearsal) - today).days <= 7


def test_a_rehearsal_is_loaded_without_pretending_that_anything_was_moved() -> None:
    run("open", "gcm-arab-2020")
    said = run("shift", "gcm-arab-2020", "--to", "2026-11-22", "--load", "gcm-arab-2020")
    assert "- session1 changed: when\n" in said
    calendar = plan("gcm-arab-2020").calendar
    assert calendar.id == "gcm-arab-2020-rehearsal"
    assert calendar.by_id["session1"].sequence == 1
    assert not any(each.moves for each in calendar.milestones)


@pytest.mark.parametrize(
    ("to", "words"),
    [("tomorrow", "this is no day"), ("9999-12-31", "too far away"), ("2099-01-01", "too far away")],
)
def test_a_day_that_cannot_be_is_refused(to: str, words: str) -> None:
    assert words in refused("shift", "gcm-arab-2020", "--to", to)


def test_a_file_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    assert "cannot be written" in refused("shift", "gcm-arab-2020", "--out", str(tmp_path))
