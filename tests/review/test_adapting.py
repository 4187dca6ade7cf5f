"""A state fits the template to its context: leaves a question out, words it anew, restores it; nothing is deleted."""

import pytest

from tests.review.playing import Person, colleague, somebody, with_answers
from workflows.notices import LeftOut
from workflows.review.events import Adaptation
from workflows.review.progress import question_lines


def on_path(person: Person) -> set[str]:
    return {prompt.id for prompt in person.country.review.path}


def test_case_16_a_question_left_out_is_not_asked_and_its_answers_sleep() -> None:
    person = somebody(at="1f.2")
    person.says("نص")
    person.presses("leave_out")
    assert not {"1f.1", "1f.2"} & on_path(person)
    assert person.country.text("1f.2") == "نص"
    assert person.prompt == "1g.1"
    assert question_lines(person.country.review, "methodology")[5].state == "left_out"


def test_leaving_out_can_be_taken_back_on_its_own_card() -> None:
    person = somebody(at="1f.2")
    card = person.newest_card
    person.presses("leave_out")
    assert isinstance(person.sees[card], LeftOut)
    restore = person.codes(card)[0]
    person.taps(restore, card)
    assert {"1f.1", "1f.2"} <= on_path(person)
    assert person.prompt == "1f.1"


def test_a_question_left_out_is_opened_with_a_way_to_take_it_in_again() -> None:
    person = somebody(at="1f.2")
    person.presses("leave_out")
    for place in ("question:1f", "prompt:1f.2"):
        person.goes(place)
        assert person.topics == ["left_out"]
    person.taps(person.codes()[0], person.newest_card)
    assert {"1f.1", "1f.2"} <= on_path(person)
    assert person.country.review.adaptations["1f"] == Adaptation()


def test_what_hangs_on_a_question_left_out_sleeps_with_it() -> None:
    person = with_answers(somebody(), p3a_1="yes")
    assert "3b.2" in on_path(person)
    person.goes("question:3a")
    person.presses("leave_out")
    assert "3b.2" not in on_path(person)


def test_a_text_on_a_question_left_out_card_is_kept_and_not_an_answer() -> None:
    person = somebody(at="1f.2")
    person.presses("leave_out")
    person.goes("question:1f")
    person.says("نص")
    assert person.topics == ["which"]
    assert person.country.review.answers == {}


def test_case_16_the_states_own_words_stand_beside_the_templates() -> None:
    person = somebody(at="1f.2")
    person.presses("reword")
    assert person.topics == ["wording"]
    person.says("ما هي الصعوبات الإحصائية؟")
    assert person.country.review.adaptations["1f"] == Adaptation(wording="ما هي الصعوبات الإحصائية؟")
    assert person.country.review.answers == {}, "the wording of a question is no answer"
    assert person.prompt == "1f.1"
    assert person.asked.wording == "ما هي الصعوبات الإحصائية؟"


def test_own_words_are_shown_when_they_are_changed_and_restored() -> None:
    person = somebody(at="1f.2")
    person.presses("reword")
    person.says("صياغة أولى")
    person.presses("reword")
    assert person.heard[0].wording == "صياغة أولى"  # type: ignore[union-attr] # the card that asks for the wording
    person.taps(person.codes()[0], person.newest_card)
    assert person.country.review.adaptations["1f"] == Adaptation()
    assert person.asked.wording == ""


def test_late_words_for_a_wording_are_kept_and_do_not_move_the_talk() -> None:
    person = somebody(at="1f.2")
    person.presses("reword")
    letter = person.writes("صياغة متأخرة")
    person.goes("prompt:3b.1")
    person.arrives(letter)
    assert person.country.review.adaptations["1f"].wording == "صياغة متأخرة"
    assert person.country.review.answers == {}
    assert person.prompt == "3b.1"
    assert person.topics == ["explained"]


def test_restoring_keeps_the_answers_and_restoring_twice_is_harmless() -> None:
    person = somebody(at="1f.2")
    person.says("نص")
    person.presses("leave_out")
    assert len(person.presses("restore", "1f").facts) == 1
    assert person.presses("restore", "1f").facts == ()
    assert person.country.text("1f.2") == "نص"


@pytest.mark.parametrize("arg", ["9z", "1f.2", "1", "hub"])
def test_a_question_that_is_none_is_not_restored(arg: str) -> None:
    person = somebody(at="1f.2")
    person.presses("restore", arg)
    assert person.toast == "unreadable"


def test_a_restore_without_a_question_in_hand_is_refused() -> None:
    person = somebody()
    person.goes("hub")
    person.presses("restore", turn=0)
    assert person.toast == "unreadable"


def test_a_double_tap_on_leave_out_leaves_out_one_question() -> None:
    person = somebody(at="1f.2")
    turn = person.interview.turn
    person.presses("leave_out", turn=turn)
    person.presses("leave_out", turn=turn)
    assert set(person.country.review.adaptations) == {"1f"}


@pytest.mark.parametrize("act", ["leave_out", "reword"])
def test_adapting_needs_a_prompt_in_hand(act: str) -> None:
    person = somebody()
    person.goes("hub")
    person.presses(act, turn=0)  # type: ignore[arg-type] # both are acts
    assert person.toast == "unreadable"
    assert person.country.review.adaptations == {}


def test_every_question_may_be_left_out_and_then_nothing_is_open() -> None:
    person = somebody()
    person.goes("continue")
    asked = 0
    while person.prompt:
        person.presses("leave_out")
        asked += 1
    assert asked == 23, "1b sleeps while 1a.1 is open, and is never asked"
    assert on_path(person) == set()
    assert "nothing_open" in person.topics


def test_a_colleague_in_a_question_that_is_left_out_loses_nothing() -> None:
    person = somebody(at="1f.2")
    second = colleague(person)
    second.goes("prompt:1f.2")
    person.presses("leave_out")
    second.says("كتبت قبل أن أعلم")
    assert person.country.text("1f.2") == "كتبت قبل أن أعلم"
    second.presses("next")
    assert second.prompt == "1g.1"


def test_a_question_in_own_words_may_be_left_out_and_its_words_stay_on_record() -> None:
    person = somebody(at="1f.2")
    person.presses("reword")
    person.says("صياغتنا")
    person.presses("leave_out")
    assert person.country.review.adaptations["1f"] == Adaptation(left_out=True, wording="صياغتنا")
