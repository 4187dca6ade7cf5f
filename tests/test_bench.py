"""The bench measures what it says: every bot is run by a few people, and a bot that cheats or dies is no figure."""

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from bench.__main__ import PLANS, QUICK, Bench
from bench.contenders import CONTENDERS, CONVERSATION, ECHO, LIMIT, RAFIQ, RAFIQ_THRICE, Failed, questions
from bench.goals import GOALS, Measured, show_goals
from bench.measuring import Figures, Load, measure
from bench.people import QUESTIONS, numbered
from bench.postgres import serving
from bench.reminding import Span
from bench.report import WIDTH, show, write
from bench.telegram import params_of

FEW = Load(people=3, longest=60)
ALL = FEW.people * QUESTIONS


def test_the_template_has_as_many_questions_as_people_answer() -> None:
    assert len(questions()) == QUESTIONS


@pytest.mark.parametrize("name", ["conversation", "echo-webhook", "limit"])
async def test_a_peer_answers_everybody(name: str) -> None:
    figures = await measure(CONTENDERS[name], FEW)
    assert (figures.answers, figures.whole) == (ALL, True)
    assert figures.rate > 0
    assert 0 < figures.p50_ms <= figures.p95_ms
    assert figures.sends_per_answer == 1
    assert figures.rss > 1


async def test_rafiq_has_every_answer_on_disk_when_it_is_killed() -> None:
    figures = await measure(RAFIQ, FEW)
    assert (figures.answers, figures.whole) == (ALL, True)
    assert (figures.kept, figures.seen) == (ALL, ALL)
    assert figures.sends_per_answer >= 2
    assert figures.saved_p50_ms is not None
    assert figures.saved_p50_ms <= figures.p50_ms


@pytest.mark.postgres
async def test_replicas_on_one_postgresql_have_every_answer_on_disk() -> None:
    load = Load(people=3, questions=4)
    async with serving(pytest.fail) as server:
        figures = await measure(replace(RAFIQ_THRICE, replicas=2), load, server=server)
    assert (figures.answers, figures.whole) == (12, True)
    assert (figures.kept, figures.seen) == (12, 12)
    assert figures.database_cpu_ms is not None
    assert 0 < figures.pss < figures.rss


async def test_a_bot_that_fails_loses_no_other_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CONTENDERS, "gone", replace(LIMIT, name="gone", program=("bench.bots.gone",)))
    said = io.StringIO()
    plans = [(replace(FEW, think=0.01), ("gone", "limit"))]
    bench = Bench(Console(file=said, width=WIDTH), plans, 1, tmp_path / "figures.json", "now")
    await bench.measure()
    (_, found), *_ = bench.results
    assert [len(found[name]) for name in ("gone", "limit")] == [0, 1]
    assert "No module named" in bench.faults[0]
    assert "No module named" in said.getvalue()


async def test_a_bot_that_asks_the_wrong_question_is_no_figure() -> None:
    with pytest.raises(Failed, match="instead of question"):
        await measure(replace(ECHO, reading=numbered), FEW)


async def test_a_bot_that_dies_is_no_figure() -> None:
    with pytest.raises(Failed, match="No module named"):
        await measure(replace(CONVERSATION, program=("bench.bots.gone",)), FEW)


def test_forms_and_json_are_read_alike() -> None:
    form = b"chat_id=7&text=1.+%D9%85&reply_markup=%7B%22inline_keyboard%22%3A%5B%5D%7D"
    assert params_of(form)["chat_id"] == "7"
    assert params_of(form)["text"].startswith("1.")
    assert params_of(form)["reply_markup"] == '{"inline_keyboard":[]}'
    assert params_of(b'{"chat_id":7}') == {"chat_id": 7}


async def test_the_report_says_what_was_measured(tmp_path: Path) -> None:
    figures: Figures = await measure(LIMIT, FEW)
    results = [(FEW, {"limit": [figures], "echo": []})]
    said = io.StringIO()
    show(Console(file=said, width=WIDTH), results)
    assert f"{figures.rate:,.0f}" in said.getvalue()
    write(tmp_path / "figures.json", results, "now")
    found = json.loads((tmp_path / "figures.json").read_text())
    assert found["loads"][0]["bots"]["limit"][0]["answers"] == ALL


def test_every_goal_has_its_figure_in_a_whole_run() -> None:
    figures = Figures(
        answers=1, seconds=1, rate=1, updates_per_second=2, asked_again=0, p50_ms=60, p95_ms=60, saved_p50_ms=1,
        saved_p95_ms=1, cpu_ms=1, database_cpu_ms=None, rss=1, pss=1, peak=1, bench_busy=1, sends_per_answer=1,
        people_in_per_second=1, whole=True, seen=1, kept=1,
    )  # fmt: skip
    bots = [(load, {name: [figures] for name in names}) for load, names in PLANS]
    whole = Measured(bots, [Span(1, 0.01)] * 3, {(0, 0): 1.0, (5, 5): 1.2})
    assert [goal.words for goal in GOALS if goal.value(whole) is None] == []
    reached = {goal.words for goal in GOALS if goal.reached(goal.value(whole) or 0)}
    assert "100,000 reminders planned and queued" in reached
    assert "latency p50 with 100 people" not in reached
    said = io.StringIO()
    show_goals(Console(file=said, width=WIDTH), Measured([]))
    assert said.getvalue().count("not measured") == len(GOALS)


def test_every_load_has_bots_that_are_known() -> None:
    assert {name for _, names in (*PLANS, *QUICK) for name in names} <= CONTENDERS.keys()
