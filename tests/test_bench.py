"""The bench measures what it says: every bot is run by a few people, and a bot that cheats or dies is no figure."""

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from bench.contenders import CONTENDERS, CONVERSATION, ECHO, LIMIT, RAFIQ, Failed, questions
from bench.measuring import Figures, Load, measure
from bench.people import QUESTIONS, numbered
from bench.report import WIDTH, show, write
from bench.telegram import params_of

FEW = Load(people=3, longest=60)
ALL = FEW.people * QUESTIONS


def test_the_template_has_as_many_questions_as_people_answer() -> None:
    assert len(questions()) == QUESTIONS


@pytest.mark.parametrize("name", sorted({*CONTENDERS} - {"rafiq"}))
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
