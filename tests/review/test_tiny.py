"""The tiny template loads, has every kind of answer, and can be walked from its first prompt to its last."""

from pathlib import Path
from typing import get_args

from workflows.review.answers import Answer, Matrix, Part, Prose, Record, RecordList, Selection, Value
from workflows.review.events import Review
from workflows.review.judge import load_template
from workflows.review.path import guidance_of, next_open
from workflows.review.progress import tally
from workflows.review.template import Kind

TINY = load_template(Path(__file__).parents[1] / "templates" / "tiny.yaml")

ANSWERS: dict[str, Value] = {
    "1a.1": Selection(values=("no",)),
    "1b.1": RecordList(records=(Record(id=1, fields={"name": "مجلس الأهل", "sort": "parents"}),), last_id=1),
    "1c.1": Prose(parts=(Part(text="لا تكفي الرفوف", source="7"),)),
    "2a.1": Selection(values=("selected",)),
    "2a.2": Selection(values=("2", "3")),
    "2a.3": Matrix(cells={"2": "good", "3": "poor"}),
    "2b.1": RecordList(records=(Record(id=1, fields={"title": "معرض", "sort": "reading"}),), last_id=1),
}


def test_it_has_every_kind_of_answer() -> None:
    assert {TINY.type_of(prompt).kind for prompt in TINY.prompts} == set(get_args(Kind))
    splits = {each.splits for each in TINY.answer_types.values() if each.kind == "records"}
    assert splits == {"line", "message"}


def test_it_can_be_walked_to_its_end() -> None:
    review = Review(TINY)
    walked: list[str] = []
    while (prompt := next_open(review, walked[-1] if walked else None)) is not None:
        walked.append(prompt)
        answer = Answer(state="answered", value=ANSWERS[prompt])
        review = Review(TINY, answers={**review.answers, prompt: answer})
    assert walked == list(ANSWERS)
    assert [prompt.id for prompt in review.path] == walked
    assert tally(review).open == 0


def test_its_guidance_and_its_slip_are_in_place() -> None:
    assert [prompt.id for prompt in guidance_of(TINY, "1b.1")] == ["1b.2"]
    assert "راجعتموها" in TINY.prompts["2a.1"].words("ar")
    assert "راجعتها" in TINY.prompts["2a.1"].text.ar
