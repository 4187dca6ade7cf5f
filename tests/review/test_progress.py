"""Progress is counted over what applies now, and never says what was answered."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from workflows.review.answers import Answer, Part, Prose, Selection, State
from workflows.review.events import Adaptation, Review
from workflows.review.judge import load_template
from workflows.review.progress import question_lines, section_lines, tally

TEMPLATE = load_template(Path(__file__).parents[1] / "templates" / "tiny.yaml")
STATES: tuple[State, ...] = ("answered", "not_applicable", "declined", "not_known")


def choice(value: str) -> Answer:
    return Answer(state="answered", value=Selection(values=(value,)))


def prose(text: str) -> Answer:
    return Answer(state="answered", value=Prose(parts=(Part(text=text, source="1"),)))


def states(review: Review, section: str) -> dict[str, str]:
    return {line.id: line.state for line in question_lines(review, section)}


def test_a_fresh_review_is_open_everywhere() -> None:
    review = Review(TEMPLATE)
    assert [(line.id, line.settled, line.total) for line in section_lines(review)] == [
        ("people", 0, 2),
        ("shelves", 0, 3),
    ]
    assert states(review, "people") == {"1a": "open", "1b": "asleep", "1c": "open"}
    assert (tally(review).open, tally(review).settled, tally(review).total) == (5, 0, 5)


def test_a_question_is_begun_until_all_that_applies_is_settled() -> None:
    yes = {"1a.1": choice("yes")}
    assert states(Review(TEMPLATE, answers=yes), "people") == {"1a": "begun", "1b": "asleep", "1c": "open"}
    named = {**yes, "1a.2": Answer(state="declined")}
    assert states(Review(TEMPLATE, answers=named), "people") == {"1a": "done", "1b": "asleep", "1c": "open"}
    no = {"1a.1": choice("no")}
    assert states(Review(TEMPLATE, answers=no), "people") == {"1a": "done", "1b": "open", "1c": "open"}


def test_a_question_left_out_counts_nowhere_but_is_shown() -> None:
    review = Review(
        TEMPLATE,
        answers={"1c.1": prose("كلمتان هنا")},
        adaptations={"1c": Adaptation(left_out=True), "2b": Adaptation(wording="Which events?")},
    )
    people, shelves = section_lines(review)
    assert (people.settled, people.total, people.words, people.adapted) == (0, 1, 0, 1)
    assert (shelves.total, shelves.adapted) == (3, 1)
    assert states(review, "people")["1c"] == "left_out"
    assert {line.id: line.adapted for line in question_lines(review, "shelves")} == {"2a": False, "2b": True}


def test_a_restored_question_is_not_adapted() -> None:
    (people, _) = section_lines(Review(TEMPLATE, adaptations={"1c": Adaptation()}))
    assert people.adapted == 0


def test_words_are_counted_by_question_and_section() -> None:
    answers = {"1a.1": choice("yes"), "1c.1": prose("ثلاث كلمات هنا")}
    review = Review(TEMPLATE, answers=answers)
    assert {line.id: line.words for line in question_lines(review, "people")} == {"1a": 0, "1b": 0, "1c": 3}
    assert [(line.words, line.limit) for line in section_lines(review)] == [(3, 20), (0, 50)]


def test_case_13_each_reason_for_no_answer_has_its_own_count() -> None:
    answers = {
        "1a.1": choice("no"),
        "1b.1": Answer(state="not_known"),
        "1c.1": Answer(state="declined"),
        "2a.1": Answer(state="not_applicable"),
        "1a.2": Answer(state="declined"),  # not asked any more, so not counted
    }
    found = tally(Review(TEMPLATE, answers=answers))
    assert (found.answered, found.not_known, found.declined, found.not_applicable, found.open) == (
        1,
        1,
        1,
        1,
        2,
    )
    assert (found.settled, found.total) == (4, 6)


@given(st.dictionaries(st.sampled_from(list(TEMPLATE.prompts)), st.sampled_from(STATES)), st.booleans())
def test_the_numbers_agree_with_each_other(settled: dict[str, State], librarian: bool) -> None:  # noqa: FBT001 -- hypothesis passes by position
    answers = {prompt: Answer(state=state) for prompt, state in settled.items()}
    answers["1a.1"] = choice("yes" if librarian else "no")
    review = Review(TEMPLATE, answers=answers)
    lines, whole = section_lines(review), tally(review)
    assert sum(line.total for line in lines) == whole.total == len(review.path)
    assert sum(line.settled for line in lines) == whole.settled
    for line in lines:
        done = {each.state for each in question_lines(review, line.id)} <= {"done", "left_out", "asleep"}
        assert done == (line.settled == line.total)
