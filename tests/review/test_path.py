"""The path has the prompts that apply now: no more, no fewer, in the document's order."""

from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.review.answers import Answer, Prose, Selection
from workflows.review.events import Adaptation, Review
from workflows.review.judge import load_template
from workflows.review.path import (
    following,
    guidance_of,
    is_relevant,
    next_open,
    preceding,
    section_path,
)
from workflows.review.template import Prompt

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = load_template(ROOT / "workflows" / "data" / "templates" / "gcm-arab-2020.yaml")
ORDER = list(TEMPLATE.prompts)
DECLINED = Answer(state="declined")


def choice(*values: str) -> Answer:
    return Answer(state="answered", value=Selection(values=values))


def review(*left_out: str, **answers: str) -> Review:
    """A review with values chosen at prompts written `p1a_1="yes"`, and questions left out."""
    chosen = {name[1:].replace("_", "."): choice(value) for name, value in answers.items()}
    return Review(
        TEMPLATE, answers=chosen, adaptations={each: Adaptation(left_out=True) for each in left_out}
    )


def ids(prompts: tuple[Prompt, ...]) -> list[str]:
    return [prompt.id for prompt in prompts]


CONDITIONS = [
    (waiting.id, condition.prompt, condition.value)
    for waiting in TEMPLATE.prompts.values()
    for condition in (waiting.when, TEMPLATE.question_of[waiting.id].when)
    if condition is not None
]
VALUES = {
    **{prompt.id: ("yes", "no") for prompt in TEMPLATE.prompts.values() if prompt.type == "yes_no"},
    "1g.1": ("all", "selected"),
}


@st.composite
def reviews(draw: st.DrawFn) -> Review:
    """Any state of the choices that decide, with any questions left out and any prompts settled without a value."""
    answers = {
        prompt: choice(value)
        for prompt, values in VALUES.items()
        if (value := draw(st.sampled_from(("", *values))))
    }
    answers.update(dict.fromkeys(draw(st.sets(st.sampled_from(ORDER), max_size=9)), DECLINED))
    left_out = draw(st.sets(st.sampled_from(list(TEMPLATE.questions)), max_size=4))
    return Review(
        TEMPLATE, answers=answers, adaptations={each: Adaptation(left_out=True) for each in left_out}
    )


def test_a_fresh_review_asks_what_stands_under_no_condition() -> None:
    conditional = {prompt for prompt, *_ in CONDITIONS}
    expected = [
        each for each in ORDER if each not in conditional and TEMPLATE.prompts[each].type != "guidance"
    ]
    assert ids(Review(TEMPLATE).path) == expected
    assert len(expected) == 36


@pytest.mark.parametrize(("waiting", "deciding", "value"), CONDITIONS)
def test_each_condition_opens_and_closes_its_prompt(waiting: str, deciding: str, value: str) -> None:
    above = {"1a.3": {"1a.1": "yes"}, "1a.4": {"1a.1": "yes", "1a.3": "yes"}}.get(deciding, {})
    for given_value in VALUES[deciding]:
        answers = {each: choice(chosen) for each, chosen in {**above, deciding: given_value}.items()}
        found = ids(Review(TEMPLATE, answers=answers).path)
        assert (waiting in found) == (given_value == value)
    declined = {**{each: choice(chosen) for each, chosen in above.items()}, deciding: DECLINED}
    assert waiting not in ids(Review(TEMPLATE, answers=declined).path)


def test_the_documents_own_skips_are_all_there() -> None:
    assert {(waiting, deciding, value) for waiting, deciding, value in CONDITIONS} >= {
        ("1b.1", "1a.1", "no"),
        ("1e.2", "1e.1", "yes"),
        ("2a.3", "2a.1", "yes"),
        ("2b.2", "2b.1", "yes"),
        ("3b.2", "3a.1", "yes"),
        ("1g.3", "1g.1", "selected"),
    }
    assert len(CONDITIONS) == 26


def test_a_condition_on_what_is_no_longer_asked_does_not_hold() -> None:
    assert "1a.4" in ids(review(p1a_1="yes", p1a_3="yes").path)
    assert "1a.4" not in ids(review(p1a_1="no", p1a_3="yes").path)
    assert not is_relevant(review(p1a_1="no", p1a_3="yes"), TEMPLATE.prompts["1a.4"])


def test_a_question_left_out_takes_what_hangs_on_it_along() -> None:
    assert "1b.1" in ids(review(p1a_1="no").path)
    found = ids(review("1a", p1a_1="no").path)
    assert not {"1a.1", "1a.2", "1b.1"} & set(found)
    assert "3b.2" not in ids(review("3a", p3a_1="yes").path)


def test_a_question_in_own_words_is_still_asked() -> None:
    adapted = Review(TEMPLATE, adaptations={"1c": Adaptation(wording="من شارك؟")})
    assert "1c.1" in ids(adapted.path)


@given(reviews())
def test_the_path_and_the_single_prompt_agree(any_review: Review) -> None:
    asked = {each for each in ORDER if TEMPLATE.prompts[each].type != "guidance"}
    singly = [each for each in ORDER if each in asked and is_relevant(any_review, TEMPLATE.prompts[each])]
    assert ids(any_review.path) == singly


@given(reviews())
def test_the_sections_make_up_the_path(any_review: Review) -> None:
    parts = [each for section in TEMPLATE.sections for each in ids(section_path(any_review, section.id))]
    assert parts == ids(any_review.path)


@given(reviews(), st.sampled_from(ORDER))
def test_before_and_after_are_neighbours_on_the_path(any_review: Review, prompt: str) -> None:
    found = ids(any_review.path)
    before = [each for each in found if ORDER.index(each) < ORDER.index(prompt)]
    after = [each for each in found if ORDER.index(each) > ORDER.index(prompt)]
    assert preceding(any_review, prompt) == (before[-1] if before else None)
    assert following(any_review, prompt) == (after[0] if after else None)


@given(reviews(), st.none() | st.sampled_from(ORDER))
def test_the_next_open_prompt_is_looked_for_onward_and_then_from_the_start(
    any_review: Review, after: str | None
) -> None:
    found = next_open(any_review, after)
    open_ids = [each for each in ids(any_review.path) if each not in any_review.answers]
    place = ORDER.index(after) + 1 if after else 0
    onward = [each for each in open_ids if ORDER.index(each) >= place]
    assert found == next(iter(onward + open_ids), None)


def test_the_last_open_prompt_is_offered_again_until_it_is_settled() -> None:
    all_but_one = dict.fromkeys(ids(Review(TEMPLATE).path), DECLINED)
    del all_but_one["2c.4"]
    assert next_open(Review(TEMPLATE, answers=all_but_one), "2c.4") == "2c.4"
    assert next_open(Review(TEMPLATE, answers={**all_but_one, "2c.4": DECLINED}), "2c.4") is None


def test_a_settled_prompt_is_not_open_whatever_it_was_settled_with() -> None:
    text = Answer(state="answered", value=Prose(parts=()))
    assert next_open(Review(TEMPLATE, answers={"1a.1": DECLINED, "1c.1": text}), None) == "1d.1"


def test_guidance_stands_beside_the_prompt_it_follows() -> None:
    assert ids(guidance_of(TEMPLATE, "3d.1")) == ["3d.2", "3d.3"]
    assert guidance_of(TEMPLATE, "3c.6") == ()
    assert not {"3d.2", "3d.3"} & set(ids(Review(TEMPLATE).path))


def test_computing_changes_nothing() -> None:
    before = review("1c", p1a_1="yes")
    answers, adaptations = dict(before.answers), dict(before.adaptations)
    assert before.path
    next_open(before, "1a.1")
    assert (dict(before.answers), before.adaptations) == (answers, adaptations)


def test_a_path_is_found_within_a_blink() -> None:
    answers = {prompt: choice(values[0]) for prompt, values in VALUES.items()}
    spans = []
    for _ in range(20):
        begun = perf_counter()
        for _ in range(50):
            Review(TEMPLATE, answers=answers).path  # noqa: B018 - found anew for each review
        spans.append((perf_counter() - begun) / 50)
    assert min(spans) < 200e-6  # about 25 µs when nothing else runs
