"""The talk itself: going and coming back, stale and doubled buttons, reasons for no answer, every act everywhere."""

from typing import get_args

import pytest
from msgspec.structs import replace

from bot import buttons
from tests.review.playing import GCM, Country, Person, colleague, somebody, with_answers
from workflows.notices import SectionView
from workflows.review.answers import Answer
from workflows.review.events import Act, Focus, Interview, Pressed, Recorded, WentTo
from workflows.review.interview import step

ACTS: tuple[Act, ...] = get_args(Act)
KINDS = {
    "yes_no": "1a.1",
    "choice": "1g.1",
    "choices": "3b.3",
    "matrix": "3a.3",
    "text": "1f.2",
    "records": "1c.1",
    "record": "1a.4",
}
AT_HOME: dict[str, set[Act]] = {
    "yes_no": {"option"},
    "choice": {"option"},
    "choices": {"tick"},
    "matrix": {"status"},
    "text": set(),
    "records": {"removed", "blank", "value"},
    "record": {"removed", "blank"},
}
ALWAYS: set[Act] = {"state", "leave_out", "clear", "restore"}
ARGS: dict[Act, str] = {
    "status": "7:planned",
    "page": "1",
    "menu": "other",
    "state": "declined",
    "record": "1",
    "remove": "1",
    "removed": "1",
    "field": "1:acronym",
    "blank": "1:acronym",
    "value": "1:kind:private_sector",
    "restore": "1f",
    "place": "1f.2",
    "row": "7",
}

# --- going -------------------------------------------------------------------------------------------------


def test_continue_goes_to_the_first_open_prompt_and_stays_there() -> None:
    person = somebody()
    person.goes("continue")
    assert person.prompt == "1a.1"
    person.goes("continue")
    assert person.prompt == "1a.1"
    person.goes("prompt:3b.1")
    person.goes("continue")
    assert person.prompt == "3b.1", "the prompt in hand comes first while it is open"
    person.says("نص")
    person.goes("continue")
    assert person.prompt == "1a.1"


def test_the_hub_shows_the_sections_and_leaves_the_prompt_in_hand() -> None:
    person = somebody(at="3b.1")
    turn = person.interview.turn
    person.goes("hub")
    assert person.topics == ["hub"]
    assert (person.prompt, person.interview.turn) == ("3b.1", turn)
    person.goes("continue")
    assert person.prompt == "3b.1"


def test_a_section_shows_its_questions() -> None:
    person = somebody()
    person.goes("section:means")
    [view] = person.heard
    assert isinstance(view, SectionView)
    assert [line.id for line in view.questions] == ["4a", "4b", "4c"]


def test_a_question_opens_at_its_first_open_prompt() -> None:
    person = somebody(at="2c.1")
    person.says("قانون")
    person.goes("question:2c")
    assert person.prompt == "2c.2"
    person.goes("question:1b")
    assert person.topics == ["explained"], "it sleeps"


def test_a_question_answered_in_full_opens_at_its_first_prompt() -> None:
    person = somebody(at="1d.1")
    person.presses("option", "no")
    person.goes("question:1d")
    assert person.prompt == "1d.1"
    assert person.asked.chosen == ("no",)


@pytest.mark.parametrize(
    "place",
    ["", "nowhere", "section:9", "section:", "question:9z", "prompt:9z.9", "prompt:", "prompt:3d.2", "hub:1"],
)
def test_a_place_that_is_none_shows_the_sections(place: str) -> None:
    person = somebody(at="1a.1")
    before = person.interview
    person.goes(place)
    assert person.topics == ["hub"]
    assert person.interview == before


def test_skip_leaves_a_prompt_open_and_comes_back_to_it_at_the_end() -> None:
    person = somebody(at="5b.2")
    person.presses("skip")
    assert person.prompt == "1a.1"
    assert person.country.review.answers == {}


def test_skip_shows_the_sections_when_no_other_prompt_is_open() -> None:
    person = somebody()
    given = {
        prompt.id: Answer(state="declined")
        for prompt, _, conditions in GCM.asked
        if not conditions and prompt.id != "5b.2"
    }
    person.country.review = replace(person.country.review, answers=given)
    person.goes("prompt:5b.2")
    person.presses("skip")
    assert person.topics == ["hub"]
    assert person.prompt == "5b.2"


def test_back_from_the_first_prompt_shows_the_sections() -> None:
    person = somebody(at="1a.1")
    person.presses("back")
    assert person.topics == ["hub"]


# --- stale and doubled -------------------------------------------------------------------------------------


def test_a_double_tap_on_yes_is_recorded_once_and_said_to_be() -> None:
    person = somebody(at="1a.1")
    turn = person.interview.turn
    person.presses("option", "yes", turn=turn)
    interview = person.interview
    person.presses("option", "yes", turn=turn)
    assert person.toast == "already"
    assert person.interview == interview
    assert person.country.review.answers.keys() == {"1a.1"}


def test_a_quick_second_tap_on_the_other_button_is_not_said_to_be_recorded() -> None:
    person = somebody(at="1a.1")
    turn = person.interview.turn
    person.presses("option", "yes", turn=turn)
    person.presses("option", "no", turn=turn)
    assert person.toast == "stale"
    assert person.country.chosen("1a.1") == ("yes",)


def test_a_button_above_a_prompt_asked_again_is_not_said_to_be_recorded() -> None:
    person = somebody(at="1a.1")
    turn = person.interview.turn
    person.goes("continue")
    person.presses("option", "yes", turn=turn)
    assert person.toast == "stale"
    assert person.country.review.answers == {}


def test_double_taps_on_reasons_and_done_are_told_from_stale_ones() -> None:
    person = somebody(at="1c.1")
    turn = person.interview.turn
    person.presses("state", "declined", turn=turn)
    assert (person.presses("state", "declined", turn=turn), person.toast)[1] == "already"
    assert (person.presses("state", "not_known", turn=turn), person.toast)[1] == "stale"
    person.goes("prompt:3b.3")
    turn = person.interview.turn
    person.presses("tick", "human_rights")
    person.presses("done", turn=turn)
    assert (person.presses("done", turn=turn), person.toast)[1] == "already"
    assert (person.presses("tick", "rule_of_law", turn=turn), person.toast)[1] == "stale"


@pytest.mark.parametrize("act", ACTS)
def test_a_button_of_another_turn_changes_nothing(act: Act) -> None:
    person = somebody(at="1a.1")
    person.presses("option", "no")
    person.goes("prompt:1c.1")
    person.says("وزارة")
    before = person.country.review
    for turn in (0, 1, person.interview.turn - 1, person.interview.turn + 1, 10**9):
        result = person.presses(act, ARGS.get(act, "yes"), turn=turn)
        assert (result.facts, result.says, person.toast) == ((), (), "stale")
    assert person.country.review == before


def test_the_buttons_of_a_colleague_are_nobody_elses() -> None:
    first = somebody(at="1a.1")
    second = colleague(first)
    second.goes("prompt:1c.1")
    second.goes("prompt:1d.1")
    turn = first.interview.turn
    assert turn != second.interview.turn
    second.presses("option", "yes", turn=turn)
    assert second.toast == "stale"
    assert first.country.review.answers == {}


# --- no answer, for a reason -------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["not_applicable", "declined", "not_known"])
@pytest.mark.parametrize("prompt", KINDS.values())
def test_case_13_a_reason_closes_any_prompt_and_is_not_no(prompt: str, state: str) -> None:
    person = with_answers(somebody(), p1a_3="yes")
    if prompt == "1a.4":
        with_answers(person, p1a_1="yes")
    person.goes(f"prompt:{prompt}")
    card = person.newest_card
    person.presses("menu", "other")
    assert person.asked.menu == "other"
    person.taps(f"{person.interview.turn}.state.{state}", card)
    answer = person.country.answer(prompt)
    assert answer is not None
    assert (answer.state, answer.value) == (state, None)
    assert person.sees[card].topic == "answered"
    assert person.prompt != prompt


@pytest.mark.parametrize("arg", ["", "answered", "open", "no", "refused"])
def test_a_reason_that_is_none_changes_nothing(arg: str) -> None:
    person = somebody(at="1a.1")
    person.presses("state", arg)
    assert person.toast == "unreadable"
    assert person.country.review.answers == {}


def test_not_applicable_closes_no_branch_by_itself_and_opens_none() -> None:
    person = somebody(at="1a.1")
    person.presses("state", "not_known")
    assert person.prompt == "1c.1", "neither 1a.2 nor 1b.1"


def test_an_answer_is_cleared_from_its_menu_and_clearing_twice_is_harmless() -> None:
    person = somebody(at="1f.2")
    person.says("نص")
    person.presses("menu", "clear")
    assert person.asked.menu == "clear"
    turn = person.presses("clear")
    assert turn.facts == (Recorded("1f.2", None),)
    assert person.asked.state == "open"
    assert person.presses("clear").facts == ()


@pytest.mark.parametrize("arg", ["", "everything", "Main"])
def test_a_menu_that_is_none_is_refused(arg: str) -> None:
    person = somebody(at="1f.2")
    person.presses("menu", arg)
    assert person.toast == "unreadable"


# --- every act at every kind of prompt ---------------------------------------------------------------------


def in_hand(kind: str) -> Person:
    person = with_answers(somebody(), p1a_1="yes", p1a_3="yes")
    person.goes(f"prompt:{KINDS[kind]}")
    if kind in ("text", "records", "record"):
        person.says("نص")
    return person


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("act", ACTS)
def test_an_act_records_only_at_its_own_kind_of_prompt(act: Act, kind: str) -> None:
    allowed = AT_HOME[kind] | ALWAYS
    for arg in {"", ARGS.get(act, "yes"), "human_rights", "selected", "1:name:+yes", "9" * 60}:
        person = in_hand(kind)
        before = person.country.review
        turn = person.presses(act, arg)
        assert turn.says or turn.toast, "a press is always answered"
        if act not in allowed:
            assert turn.facts == ()
            assert person.country.review == before


@pytest.mark.parametrize("act", ACTS)
def test_no_act_raises_or_records_where_no_prompt_is_in_hand(act: Act) -> None:
    for interview in (
        Interview(),
        Interview(turn=3, focus=Focus(question="1f")),
        Interview(focus=Focus("9z.9")),
    ):
        turn = step(Country().review, interview, Pressed(interview.turn, act, ARGS.get(act, "")))
        assert turn.facts == ()
        assert turn.says or turn.toast


@pytest.mark.parametrize("kind", KINDS)
def test_every_button_of_every_card_is_understood(kind: str) -> None:
    for menu in ("", "other", "adapt", "clear"):
        for at in range(60):
            person = in_hand(kind)
            if menu:
                person.presses("menu", menu)
            keys = [key for key in person.codes() if not key.startswith("do.")]
            if at >= len(keys):
                break
            assert isinstance(buttons.read(keys[at]), Pressed | WentTo)
            person.taps(keys[at], person.newest_card)
            assert person.toast == "", f"{keys[at]} of {kind} is not understood"


def test_a_step_of_old_values_is_what_it_was() -> None:
    person = somebody(at="1a.1")
    old = person.country.review, person.interview
    person.presses("option", "yes")
    assert old[0].answers == {}
    assert step(*old, Pressed(old[1].turn, "option", "yes")) == person.last
