"""Failure case 14: answers that do not go together are found when they are made, kept, and never found twice."""

import time
from collections.abc import Callable

import pytest

from tests.review.playing import GCM
from workflows.review.answers import Answer, Part, Prose, Record, RecordList, Selection, State, Value
from workflows.review.contradictions import found, made, question, standing
from workflows.review.events import Adaptation, Adapted, Fact, Recorded, Review, with_facts

ALL = tuple(str(number) for number in range(1, 24))


def chose(prompt: str, *values: str) -> Recorded:
    return Recorded(prompt, Answer(state="answered", value=Selection(values=values)))


def named(prompt: str) -> Recorded:
    record = Record(id=1, fields={"name": "Ministry of the Interior"})
    return given(prompt, RecordList(records=(record,), last_id=1))


def given(prompt: str, value: Value) -> Recorded:
    return Recorded(prompt, Answer(state="answered", value=value))


def without(prompt: str, state: State) -> Recorded:
    return Recorded(prompt, Answer(state=state))


WROTE = given("3c.2", Prose(parts=(Part(text="Fewer pathways", source="1"),)))

# What a state answers, one thing after the other; and the contradiction that the last of them makes, if any.
PLAYED: dict[str, tuple[list[Fact], str]] = {
    "a mechanism, and who was responsible without one": (
        [chose("1a.1", "no"), named("1b.1"), chose("1a.1", "yes")],
        "mechanism",
    ),
    "the same, with a colleague's text taken in last": ([chose("1a.1", "yes"), named("1b.1")], "mechanism"),
    "no mechanism, and who was responsible": ([chose("1a.1", "no"), named("1b.1")], ""),
    "members listed before the yes became a no": (
        [chose("1a.1", "yes"), named("1a.2"), chose("1a.1", "no")],
        "",
    ),
    "who was responsible, given up again": (
        [chose("1a.1", "no"), named("1b.1"), Recorded("1b.1", None), chose("1a.1", "yes")],
        "",
    ),
    "all objectives, and their status does not apply": (
        [chose("1g.1", "all"), without("3a.3", "not_applicable")],
        "all_objectives",
    ),
    "all objectives, the status not reached yet": ([chose("1g.1", "all")], ""),
    "all objectives, the status declined": ([chose("1g.1", "all"), without("3a.3", "declined")], ""),
    "all objectives, the status not known": ([chose("1g.1", "all"), without("3a.3", "not_known")], ""),
    "a focus on everything": ([chose("1g.1", "selected"), chose("1g.2", *ALL)], "focus_on_all"),
    "a focus on nearly everything": ([chose("1g.1", "selected"), chose("1g.2", *ALL[1:])], ""),
    "reforms of no sort": (
        [chose("2f.1", "yes"), chose("2f.2", "no"), chose("2f.3", "no"), chose("2f.4", "no")],
        "reforms",
    ),
    "reforms of one sort": (
        [chose("2f.1", "yes"), chose("2f.2", "no"), chose("2f.3", "yes"), chose("2f.4", "no")],
        "",
    ),
    "measures against no risk": ([without("3c.2", "not_applicable"), chose("3c.4", "yes")], "risks"),
    "measures against a risk": ([WROTE, chose("3c.4", "yes")], ""),
    "a plan for resources that are not needed": (
        [without("4c.1", "not_applicable"), chose("4c.2", "yes")],
        "resources",
    ),
    "a question that the state left out": (
        [
            Adapted("3a", Adaptation(left_out=True)),
            without("3a.3", "not_applicable"),
            chose("1g.1", "all"),
        ],
        "",
    ),
}


@pytest.mark.parametrize(("facts", "expected"), PLAYED.values(), ids=list(PLAYED))
def test_case_14_the_answer_that_makes_a_contradiction_brings_it_up(facts: list[Fact], expected: str) -> None:
    review, brought_up = Review(GCM, country="JO"), []
    for fact in facts:
        before, review = review, with_facts(review, (fact,))
        brought_up.append([each.id for each in made(before, review, (fact,))])
    assert brought_up == [*([[]] * (len(facts) - 1)), [expected] if expected else []]
    again = with_facts(review, tuple(facts[-1:]))
    assert made(review, again, facts[-1:]) == (), "what stands already was asked about already"
    in_the_end = [each.id for each in standing(review)]
    assert expected in in_the_end or not expected


def test_case_14_what_is_open_counts_as_empty_only_in_the_look_before_submission() -> None:
    review = with_facts(Review(GCM, country="JO"), (chose("1g.1", "all"),))
    assert [each.id for each in standing(review)] == ["all_objectives"]
    (contradiction,) = standing(review)
    assert found(review, contradiction)
    assert not found(review, contradiction, is_final=False)
    declined = with_facts(review, (without("3a.3", "declined"),))
    assert standing(declined) == (), "who prefers not to answer is not asked why"


def test_case_14_nothing_is_weighed_beside_the_official_text() -> None:
    before = Review(GCM, country="JO/1", is_beside=True)
    after = with_facts(before, (chose("1a.1", "yes"), named("1b.1")))
    assert made(before, after, (chose("1a.1", "yes"), named("1b.1"))) == ()


def test_case_14_the_question_shows_both_and_says_which_sleeps() -> None:
    review = with_facts(Review(GCM, country="JO"), (chose("1a.1", "yes"), named("1b.1")))
    asked = question(review, GCM.contradictions[0])
    assert [(line.prompt, line.value, line.excerpt, line.asleep) for line in asked.claims] == [
        ("1a.1", "yes", "", False),
        ("1b.1", "", "Ministry of the Interior", True),
    ]


def test_case_14_the_check_costs_next_to_nothing_on_ordinary_answers(
    measured: Callable[[str], None],
) -> None:
    fact = given("1f.2", Prose(parts=(Part(text="No registry of births", source="1"),)))
    before = with_facts(Review(GCM, country="JO"), (chose("1a.1", "yes"), named("1b.1")))
    after = with_facts(before, (fact,))
    began = time.perf_counter()
    for _ in range(2_000):
        assert not made(before, after, (fact,))
    each = (time.perf_counter() - began) / 2_000
    measured(f"a look for contradictions after an ordinary answer: {each * 1e6:.1f} µs")
    assert each < 200e-6  # 2 µs measured
