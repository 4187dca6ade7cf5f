"""Beginning an answer with an earlier one: what fits is taken as it was, what does not is named."""

from pathlib import Path
from typing import Any

import pytest

from workflows.review.answers import Answer, Matrix, Part, Prose, Record, RecordList, Selection, Value
from workflows.review.events import Review
from workflows.review.judge import load_template
from workflows.review.starting import Misfit, misfit, started
from workflows.review.template import Template

TEMPLATE = load_template(Path("workflows/data/templates/gcm-arab-2020.yaml"))
TEXT, LIST, MATRIX, MANY, ONE, YES = "1f.2", "2c.1", "3a.3", "1g.2", "1g.1", "3a.1"
SOURCE = "earlier/7/2020-11-03T08:00:00+00:00"


def records(*fields: dict[str, str]) -> RecordList:
    listed = tuple(Record(id=number, fields=each) for number, each in enumerate(fields, start=1))
    return RecordList(records=listed, last_id=len(listed))


FITTING: dict[str, Value] = {
    TEXT: Prose(parts=(Part(text="words of\n\nthat time", source=""),)),
    LIST: records(
        {"title": "Strategy", "date": "2019-06", "objectives": "1 5", "kind": "new"}, {"title": "Law"}
    ),
    MATRIX: Matrix(cells={"1": "planned"}),
    MANY: Selection(values=("1", "2")),
    ONE: Selection(values=("selected",)),
    YES: Selection(values=("no",)),
}
MISFITS: list[tuple[str, Value, Misfit]] = [
    (LIST, FITTING[TEXT], "other_kind"),
    (MANY, Selection(values=("1", "24")), "other_options"),
    (MANY, Selection(values=("1",), other="typed beside the options"), "other_options"),
    (MATRIX, Matrix(cells={"24": "planned"}), "other_options"),
    (MATRIX, Matrix(cells={"1": "a status of that time"}), "other_options"),
    (LIST, records({"title": "Law"}, {"title": "Plan", "a_detail_of_that_time": "x"}), "other_details"),
    (LIST, records({"title": "Law", "objectives": "1 24"}), "other_details"),
    (LIST, records({"title": "Law", "kind": "reformed"}), "other_details"),
]


def review(answers: dict[str, Answer] | None = None, template: Template = TEMPLATE, **known: Any) -> Review:
    return Review(template, "LB", answers or {}, **known)


@pytest.mark.parametrize("prompt", FITTING)
def test_an_answer_of_each_kind_is_taken_as_it_was(prompt: str) -> None:
    earlier = Answer(state="answered", value=FITTING[prompt])
    assert misfit(review({prompt: earlier}), review(), prompt) is None
    fact = started(review(), prompt, earlier, SOURCE)
    assert (fact.prompt, fact.answer, fact.source) == (prompt, earlier, SOURCE)
    assert fact.words == {TEXT: 4, LIST: 2}.get(prompt, 0)


@pytest.mark.parametrize("prompt", FITTING)
def test_a_reason_for_having_none_fits_everywhere(prompt: str) -> None:
    declined = Answer(state="declined")
    assert misfit(review({prompt: declined}), review(), prompt) is None
    assert started(review(), prompt, declined, SOURCE).answer == declined


@pytest.mark.parametrize(("prompt", "value", "why"), MISFITS)
def test_what_is_no_answer_to_the_question_of_today_is_named(prompt: str, value: Value, why: Misfit) -> None:
    assert misfit(review({prompt: Answer(state="answered", value=value)}), review(), prompt) == why


def test_a_question_of_another_kind_takes_no_earlier_answer() -> None:
    types = {**TEMPLATE.answer_types, "policy_records": TEMPLATE.answer_types["entity_list"]}
    other = TEMPLATE.model_copy(update={"answer_types": types})
    changed = TEMPLATE.answer_types["policy_records"].model_copy(update={"kind": "text"})
    text = TEMPLATE.model_copy(update={"answer_types": {**TEMPLATE.answer_types, "policy_records": changed}})
    earlier = review({LIST: Answer(state="answered", value=FITTING[LIST])})
    assert misfit(earlier, review(template=text), LIST) == "other_kind"
    assert misfit(earlier, review(template=other), LIST) == "other_details"


def test_entries_get_ids_that_no_entry_of_the_new_list_ever_had() -> None:
    earlier = Answer(state="answered", value=FITTING[LIST])
    fact = started(review(last_ids={LIST: 5}), LIST, earlier, SOURCE)
    assert fact.answer is not None
    assert isinstance(fact.answer.value, RecordList)
    assert ([record.id for record in fact.answer.value.records], fact.answer.value.last_id) == ([6, 7], 7)
