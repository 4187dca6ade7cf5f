"""Whole walks of a template by nothing but what its cards offer: every branch both ways, sleeping and waking."""

import pytest

from tests.review.playing import GCM, TINY, Country, Person, colleague, somebody, with_answers
from workflows.notices import Ask, Hub, NothingOpen
from workflows.review.events import Review
from workflows.review.progress import tally
from workflows.review.template import Condition, Template

ASKED = [prompt.id for prompt, _, _ in GCM.asked]
BRANCHES = [
    (prompt.id, when) for prompt, _, conditions in GCM.asked for when in conditions
]  # one row a conditional prompt


def first_key(person: Person, act: str) -> str:
    """The first button of that act on the newest card."""
    found = [key for key in person.codes() if key.split(".")[1] == act]
    assert found, f"no {act} among {person.codes()}"
    return found[0]


def answers(person: Person, prompt: str, wish: str = "yes") -> None:
    """Answer the prompt in hand as a person would, by its buttons or by typing, and go on."""
    card = person.newest_card
    match person.country.template.type_of(prompt).kind:
        case "yes_no":
            person.taps(f"{person.interview.turn}.option.{wish}", card)
        case "choice":
            keys = [key for key in person.codes() if ".option." in key]
            person.taps(keys[-1] if wish == "yes" else keys[0], card)
        case "choices":
            person.taps(first_key(person, "tick"), card)
            person.taps(first_key(person, "done"), card)
        case "matrix":
            person.taps(first_key(person, "row"), card)
            person.taps(first_key(person, "status"), card)
            person.taps(first_key(person, "done"), card)
        case "text":
            person.says(f"نص السؤال {prompt}")
            person.taps(first_key(person, "next"), person.newest_card)
        case _:
            person.says(f"سجل {prompt}")
            person.taps(first_key(person, "done"), person.newest_card)


def walks(person: Person, wish: str) -> list[str]:
    """Answer whatever is asked until nothing is open; the prompts in the order they were asked."""
    walked: list[str] = []
    person.goes("continue")
    while person.prompt:
        assert len(walked) < 100, "the walk does not end"
        walked.append(person.prompt)
        answers(person, person.prompt, wish)
    return walked


@pytest.mark.parametrize("wish", ["yes", "no"])
@pytest.mark.parametrize("template", [GCM, TINY], ids=["gcm", "tiny"])
def test_a_walk_asks_each_prompt_of_the_path_once_and_ends(template: Template, wish: str) -> None:
    person = somebody(template)
    walked = walks(person, wish)
    assert walked == [prompt.id for prompt in person.country.review.path]
    assert tally(person.country.review).open == 0
    assert any(isinstance(notice, NothingOpen) for notice in person.heard)


def test_the_two_walks_together_ask_all_prompts_that_take_an_answer() -> None:
    yes, no = walks(somebody(), "yes"), walks(somebody(), "no")
    assert len(ASKED) == 62
    assert {*yes, *no} == set(ASKED)
    assert len(yes) == 61
    assert set(no) - set(yes) == {"1b.1"}


def test_a_walk_without_a_single_answer_can_skip_through_everything() -> None:
    person = somebody()
    person.goes("continue")
    seen = [person.prompt]
    while (person.presses("skip"), person.prompt)[1] not in seen:
        seen.append(person.prompt)
    assert seen == [prompt.id for prompt in Review(GCM).path]
    assert person.country.review.answers == {}


def test_back_walks_the_same_way_in_reverse() -> None:
    person = somebody(at="5b.2")
    seen = [person.prompt]
    while (person.presses("back"), person.topics)[1] != ["hub"]:
        seen.append(person.prompt)
    assert seen == [prompt.id for prompt in Review(GCM).path][::-1]


# --- branch by branch --------------------------------------------------------------------------------------


def open_up(person: Person, when: Condition) -> None:
    """Let the prompt that a condition names apply itself."""
    for _, _, conditions in (row for row in GCM.asked if row[0].id == when.prompt):
        for earlier in conditions:
            open_up(person, earlier)
            with_answers(person, **{"p" + earlier.prompt.replace(".", "_"): earlier.value})


def other_value(when: Condition) -> str:
    if GCM.type_of(when.prompt).kind == "yes_no":
        return "no" if when.value == "yes" else "yes"
    return next(option.value for option in GCM.options_of(when.prompt) if option.value != when.value)


def on_path(person: Person) -> set[str]:
    return {prompt.id for prompt in person.country.review.path}


def test_every_conditional_prompt_is_walked_both_ways() -> None:
    assert len(BRANCHES) == 26


@pytest.mark.parametrize(("prompt", "when"), BRANCHES, ids=[prompt for prompt, _ in BRANCHES])
def test_case_15_a_branch_opens_sleeps_and_wakes_untouched(prompt: str, when: Condition) -> None:
    person = somebody()
    open_up(person, when)

    person.goes(f"prompt:{prompt}")
    assert person.topics == ["explained"], "it is not asked before its condition holds"

    person.goes(f"prompt:{when.prompt}")
    person.presses("option", when.value)
    assert prompt in on_path(person)
    person.goes(f"prompt:{prompt}")
    assert person.prompt == prompt
    answers(person, prompt)
    given = person.country.answer(prompt)
    assert given is not None
    awake = tally(person.country.review)

    person.goes(f"prompt:{when.prompt}")
    person.presses("option", other_value(when))
    assert prompt not in on_path(person)
    assert person.country.answer(prompt) == given, "it sleeps, it is not deleted"
    asleep = tally(person.country.review)
    assert asleep.settled < awake.settled, "what sleeps is not counted"

    person.goes(f"prompt:{when.prompt}")
    person.presses("option", when.value)
    assert prompt in on_path(person)
    assert person.country.answer(prompt) == given
    assert tally(person.country.review) == awake


def test_what_hangs_on_a_sleeping_prompt_sleeps_too() -> None:
    person = with_answers(somebody(), p1a_1="yes", p1a_3="yes")
    assert {"1a.3", "1a.4"} <= on_path(person)
    person.goes("prompt:1a.1")
    person.presses("option", "no")
    assert not {"1a.2", "1a.3", "1a.4"} & on_path(person)
    assert person.prompt == "1b.1"
    person.goes("prompt:1a.1")
    person.presses("option", "yes")
    assert {"1a.3", "1a.4"} <= on_path(person)
    assert "1b.1" not in on_path(person)


def test_progress_follows_every_answer() -> None:
    person = somebody()
    person.goes("continue")
    while person.prompt:
        before = tally(person.country.review)
        prompt = person.prompt
        answers(person, prompt)
        after = tally(person.country.review)
        assert after.settled == before.settled + 1
        person.goes("hub")
        hub = person.heard[-1]
        assert isinstance(hub, Hub)
        assert sum(line.settled for line in hub.sections) == after.settled
        if after.open:
            person.goes("continue")


def test_the_place_on_a_card_is_the_questions_and_never_changes() -> None:
    person = somebody()
    person.goes("prompt:1a.1")
    assert (person.asked.position, person.asked.total) == (1, 24)
    person.presses("option", "yes")
    assert (person.asked.prompt, person.asked.position, person.asked.total) == ("1a.2", 1, 24)
    person.goes("prompt:1c.1")
    assert (person.asked.position, person.asked.total) == (3, 24)
    person.goes("prompt:5b.2")
    assert (person.asked.position, person.asked.total) == (24, 24)


def test_the_chosen_objectives_come_first_in_the_matrix() -> None:
    person = with_answers(somebody(), p1g_1="selected")
    person.goes("prompt:1g.2")
    for objective in ("17", "3"):
        person.presses("tick", objective)
    person.goes("prompt:3a.3")
    assert person.asked.rows_first == ("3", "17")


# --- two people, one review --------------------------------------------------------------------------------


def test_two_people_walk_one_review_together() -> None:
    first = somebody()
    second = colleague(first)
    turns = 0
    first.goes("continue")
    second.goes("section:next_steps")
    second.goes("question:5b")
    while tally(first.country.review).open:
        person = (first, second)[turns % 2]
        person.goes("continue")
        answers(person, person.prompt)
        turns += 1
    assert turns == 61
    for person in (first, second):
        person.goes("continue")
        assert "nothing_open" in person.topics


def test_nothing_of_the_gcm_is_in_the_code() -> None:
    person = somebody(TINY)
    person.goes("continue")
    assert isinstance(person.heard[0], Ask)
    person.presses("option", "no")
    assert person.prompt == "1b.1"
    person.says("أمّ أولى\nأبٌ ثانٍ")
    assert person.country.names("1b.1") == ["أمّ أولى", "أبٌ ثانٍ"]
    person.goes("prompt:2b.1")
    person.says("أسبوع القراءة\nجلسة كل صباح\nفي المكتبة")
    [event] = person.country.records("2b.1")
    assert event.fields == {
        "sort": "reading",
        "title": "أسبوع القراءة",
        "description": "جلسة كل صباح\nفي المكتبة",
    }


def test_a_new_person_begins_where_the_country_stands() -> None:
    country = Country()
    first = Person(country)
    first.goes("continue")
    first.presses("option", "no")
    successor = Person(country, number=2)
    successor.goes("continue")
    assert successor.prompt == "1b.1", "nothing is asked again"
