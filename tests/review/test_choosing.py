"""Answers that are chosen: one tap, ticks that a double tap cannot undo, rows with a status, and typed choices."""

import pytest

from tests.review.playing import GCM, TINY, colleague, somebody, with_answers
from workflows.review.answers import Answer, Selection
from workflows.review.reading import all_named, can_be_typed, read_option

# --- yes or no, one of several -----------------------------------------------------------------------------


def test_one_tap_answers_closes_the_card_and_goes_on() -> None:
    person = somebody(at="1a.1")
    card = person.newest_card
    person.presses("option", "yes")
    assert person.country.chosen("1a.1") == ("yes",)
    assert person.sees[card].topic == "answered"
    assert person.prompt == "1a.2"
    assert person.sees[person.newest_card].topic == "ask"


def test_a_changed_mind_changes_the_answer() -> None:
    person = somebody(at="1a.1")
    person.presses("option", "yes")
    person.goes("prompt:1a.1")
    assert person.asked.chosen == ("yes",)
    person.presses("option", "no")
    assert person.country.chosen("1a.1") == ("no",)


def test_the_same_answer_once_more_is_no_new_fact_and_goes_on() -> None:
    person = somebody(at="1c.1")
    person.goes("prompt:1d.1")
    person.presses("option", "no")
    person.goes("prompt:1d.1")
    turn = person.presses("option", "no")
    assert turn.facts == ()
    assert person.prompt == "1e.1"


@pytest.mark.parametrize("arg", ["", "maybe", "YES", "yes ", "1", "نعم"])
def test_an_option_that_is_none_changes_nothing(arg: str) -> None:
    person = somebody(at="1a.1")
    turn = person.presses("option", arg)
    assert (turn.facts, turn.says, person.toast, person.prompt) == ((), (), "unreadable", "1a.1")


@pytest.mark.parametrize("prompt", ["1c.1", "1f.2", "3a.3", "3b.3", "1a.4"])
def test_an_option_presses_nothing_where_answers_are_of_another_kind(prompt: str) -> None:
    person = with_answers(somebody(), p1a_1="yes", p1a_3="yes")
    person.goes(f"prompt:{prompt}")
    for option in ("yes", "1", "human_rights"):
        person.presses("option", option)
        assert person.toast == "unreadable"
    assert person.country.answer(prompt) is None


def test_one_of_several_is_one_tap_too() -> None:
    person = somebody(at="1g.1")
    person.presses("option", "selected")
    assert person.country.chosen("1g.1") == ("selected",)
    assert person.prompt == "1g.2"


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("نعم", "yes"),
        ("نعم.", "yes"),
        ("أجل", "yes"),
        ("بلى", "yes"),
        ("YES", "yes"),
        ("Oui", "yes"),
        ("لا", "no"),
        ("كلّا", "no"),
        ("No", "no"),
        ("non !", "no"),
    ],
)
def test_yes_and_no_may_be_typed_in_three_languages(typed: str, value: str) -> None:
    person = somebody(at="1a.1")
    person.says(typed)
    assert person.country.chosen("1a.1") == (value,)
    assert person.topics == ["answered", "ask"]
    assert person.prompt in ("1a.2", "1b.1")


@pytest.mark.parametrize(
    "typed", ["ربما", "نعم ولا", "لا، لم نُنشئ آلية", "1", "٢", "0", "yes and no", "؟", "፩"]
)
def test_case_18_words_that_do_not_plainly_answer_are_asked_again_and_never_guessed(typed: str) -> None:
    person = somebody(at="1a.1")
    person.says(typed)
    assert person.country.answer("1a.1") is None
    assert person.asked.problem == "press_a_button"
    person.says("نعم")
    assert person.country.chosen("1a.1") == ("yes",)


@pytest.mark.parametrize(
    ("typed", "value"), [("1", "all"), ("٢", "selected"), ("۲", "selected"), ("2.", "selected")]
)
def test_a_choice_may_be_typed_by_its_number_in_both_digit_sets(typed: str, value: str) -> None:
    person = somebody(at="1g.1")
    person.says(typed)
    assert person.country.chosen("1g.1") == (value,)


def test_a_choice_may_be_typed_by_its_label_in_any_language() -> None:
    for option in GCM.options_of("1g.1"):
        for words in (
            option.text.ar,
            option.text.en,
            option.text.fr,
            option.label.ar,
            option.text.en.upper(),
        ):
            assert read_option(GCM, "1g.1", words) == option.value


@pytest.mark.parametrize("typed", ["0", "3", "٣", "99", "9" * 4000, "1-2", "፩", "①①", "all selected", ""])
def test_a_number_or_label_that_is_none_names_nothing(typed: str) -> None:
    assert read_option(GCM, "1g.1", typed) is None


# --- several of many ---------------------------------------------------------------------------------------


def test_ticks_redraw_one_card_and_keep_the_templates_order() -> None:
    person = somebody(at="3b.3")
    card, turn = person.newest_card, person.interview.turn
    for option in ("human_rights", "people_centred", "rule_of_law"):
        person.presses("tick", option)
        assert person.newest_card == card
        assert person.interview.turn == turn
    assert person.country.chosen("3b.3") == ("people_centred", "rule_of_law", "human_rights")
    person.presses("untick", "rule_of_law")
    assert person.country.chosen("3b.3") == ("people_centred", "human_rights")


def test_a_double_tap_on_a_tick_is_harmless() -> None:
    person = somebody(at="3b.3")
    for act, kept in (("tick", ("human_rights",)), ("untick", ())):
        assert len(person.presses(act, "human_rights").facts) == 1  # type: ignore[arg-type] # both are acts
        assert person.presses(act, "human_rights").facts == ()  # type: ignore[arg-type] # both are acts
        assert person.country.chosen("3b.3") == kept


def test_nothing_ticked_any_more_is_open_again() -> None:
    person = somebody(at="3b.3")
    person.presses("tick", "human_rights")
    person.presses("untick", "human_rights")
    assert person.country.answer("3b.3") is None
    assert person.asked.state == "open"


def test_unticking_what_is_not_ticked_does_not_clear_a_reason() -> None:
    person = somebody(at="3b.3")
    person.presses("state", "declined")
    person.goes("prompt:3b.3")
    person.presses("untick", "human_rights")
    assert person.country.answer("3b.3") == Answer(state="declined")


@pytest.mark.parametrize("arg", ["", "24", "0", "human_rights", "yes", "١"])
def test_a_tick_that_is_no_option_changes_nothing(arg: str) -> None:
    person = with_answers(somebody(), p1g_1="selected")
    person.goes("prompt:1g.2")
    for act in ("tick", "untick"):
        person.presses(act, arg)
        assert person.toast == "unreadable"
    assert person.country.answer("1g.2") is None


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("3", ("3",)),
        ("٣", ("3",)),
        ("3, 17", ("3", "17")),
        ("١٧، ٣", ("3", "17")),
        ("3؛17", ("3", "17")),
        ("3 17 6", ("3", "6", "17")),
        ("3\n17\n٢٣", ("3", "17", "23")),
        ("3,,17,", ("3", "17")),
    ],
)
def test_objectives_may_be_typed_by_their_numbers(typed: str, values: tuple[str, ...]) -> None:
    person = with_answers(somebody(), p1g_1="selected")
    person.goes("prompt:1g.2")
    person.says(typed)
    assert person.country.chosen("1g.2") == values
    assert person.asked.problem is None
    assert person.prompt == "1g.2", "it stays open for more"


@pytest.mark.parametrize("typed", ["24", "0", "3, 24", "الهجرة", "3 و 17", "1-5", "፩", "9" * 4000])
def test_what_is_no_objective_is_asked_again_without_a_wrong_tick(typed: str) -> None:
    person = with_answers(somebody(), p1g_1="selected")
    person.goes("prompt:1g.2")
    person.presses("tick", "5")
    person.says(typed)
    assert person.country.chosen("1g.2") == ("5",)
    assert person.asked.problem == "not_an_option"


def test_every_objective_may_be_typed_by_its_words() -> None:
    for option in GCM.options_of("1g.2"):
        for words in (option.text.ar, option.text.en, option.text.fr, option.label.ar):
            assert all_named(GCM.options_of("1g.2"), words) == {option.value}, words


def test_typed_options_join_those_ticked_before() -> None:
    person = with_answers(somebody(), p1g_1="selected")
    person.goes("prompt:1g.2")
    person.presses("tick", "5")
    person.says("٢")
    assert person.country.chosen("1g.2") == ("2", "5")


def test_other_words_are_kept_where_the_prompt_allows_them_beside_the_ticks() -> None:
    person = with_answers(somebody(), p2a_1="yes")
    person.goes("prompt:2a.2")
    person.presses("tick", "dialogue")
    person.says("بناء القدرات")
    assert person.country.chosen("2a.2") == ("dialogue",)
    assert person.country.other("2a.2") == "بناء القدرات"
    person.presses("untick", "dialogue")
    assert person.country.other("2a.2") == "بناء القدرات"
    person.presses("tick", "projects")
    assert person.country.chosen("2a.2") == ("projects",)


def test_other_words_of_two_messages_and_two_people_are_all_kept_once() -> None:
    person = with_answers(somebody(), p2a_1="yes")
    second = colleague(person)
    person.goes("prompt:2a.2")
    second.goes("prompt:2a.2")
    person.says("بناء القدرات")
    second.says("التدريب")
    person.says("التدريب")
    assert person.country.other("2a.2") == "بناء القدرات\nالتدريب"


def test_done_closes_the_ticks_and_goes_on() -> None:
    person = somebody(at="3b.3")
    card = person.newest_card
    person.presses("tick", "human_rights")
    person.presses("done")
    assert person.sees[card].topic == "answered"
    assert person.prompt == "3c.1"


def test_done_with_nothing_ticked_leaves_the_prompt_open() -> None:
    person = somebody(at="3b.3")
    assert person.presses("done").facts == ()
    assert person.prompt == "3c.1"
    assert person.country.answer("3b.3") is None


# --- a status per row --------------------------------------------------------------------------------------


def test_a_row_opens_and_takes_a_status() -> None:
    person = somebody(at="3a.3")
    card = person.newest_card
    person.presses("row", "7")
    assert person.asked.row == "7"
    person.presses("status", "7:planned")
    assert person.country.cells("3a.3") == {"7": "planned"}
    assert person.asked.row == ""
    person.presses("status", "7:in_progress")
    person.presses("status", "8:not_started")
    assert person.country.cells("3a.3") == {"7": "in_progress", "8": "not_started"}
    assert person.newest_card == card


def test_a_status_twice_is_one_fact() -> None:
    person = somebody(at="3a.3")
    assert len(person.presses("status", "7:planned").facts) == 1
    assert person.presses("status", "7:planned").facts == ()


@pytest.mark.parametrize(
    "arg", ["", "7", "7:", ":planned", "24:planned", "7:done", "planned:7", "7:planned:x"]
)
def test_a_forged_status_changes_nothing(arg: str) -> None:
    person = somebody(at="3a.3")
    person.presses("status", arg)
    assert person.toast == "unreadable"
    assert person.country.answer("3a.3") is None


@pytest.mark.parametrize("arg", ["", "24", "planned"])
def test_a_forged_row_opens_nothing(arg: str) -> None:
    person = somebody(at="3a.3")
    assert person.presses("row", arg).says == ()
    assert person.toast == "unreadable"


def test_rows_and_statuses_are_of_a_matrix_only() -> None:
    person = somebody(at="3b.3")
    person.presses("row", "human_rights")
    assert person.toast == "unreadable"
    person.presses("status", "human_rights:planned")
    assert person.toast == "unreadable"


def test_words_at_a_matrix_are_asked_to_press() -> None:
    person = somebody(at="3a.3")
    person.says("الهدف ٧ قيد التنفيذ")
    assert person.asked.problem == "press_a_button"
    assert person.country.answer("3a.3") is None


def test_a_page_is_turned_on_the_same_card() -> None:
    person = somebody(at="3a.3")
    card = person.newest_card
    for arg, page in (("1", 1), ("0", 0), ("99999", 99), ("-1", 0), ("x", 0), ("", 0), ("٣", 0)):
        person.presses("page", arg)
        assert person.asked.page == page
    assert person.newest_card == card


# --- late words --------------------------------------------------------------------------------------------


def test_a_late_yes_answers_its_own_prompt_and_does_not_move_the_talk() -> None:
    person = somebody(at="1d.1")
    letter = person.writes("نعم")
    person.goes("prompt:1h.1")
    person.arrives(letter)
    assert person.country.chosen("1d.1") == ("yes",)
    assert person.country.answer("1h.1") is None
    assert person.prompt == "1h.1"
    assert person.topics == ["answered"]


def test_late_words_that_name_nothing_are_explained_without_a_button_that_could_go_wrong() -> None:
    person = somebody(at="1d.1")
    letter = person.writes("ربما")
    person.goes("prompt:1h.1")
    person.arrives(letter)
    assert (person.asked.prompt, person.asked.turn, person.asked.problem) == ("1d.1", 0, "press_a_button")
    person.says("لا")
    assert person.country.chosen("1h.1") == ("no",)


def test_two_people_may_answer_the_same_choice_and_the_last_word_counts() -> None:
    person = somebody(at="1d.1")
    second = colleague(person)
    second.goes("prompt:1d.1")
    person.presses("option", "yes")
    second.presses("option", "no")
    assert person.country.chosen("1d.1") == ("no",)


@pytest.mark.parametrize(
    ("prompt", "text", "fits"),
    [
        ("1a.1", "نعم", True),
        ("1a.1", "ربما", False),
        ("1g.2", "3, 4", True),
        ("1g.2", "كلها", False),
        ("2a.2", "كلها", True),
        ("3a.3", "7", False),
        ("3d.2", "نعم", False),
        ("1f.2", "أي نص", True),
        ("1c.1", "وزارة", True),
        ("1a.4", "وزارة", True),
    ],
)
def test_a_text_fits_where_it_can_be_an_answer(prompt: str, text: str, fits: bool) -> None:  # noqa: FBT001 the column of a table
    assert can_be_typed(GCM, prompt, text) is fits


def test_labels_with_a_short_form_are_read_by_both() -> None:
    for words in ("الأدب", "كتب الأدب العربي والأجنبي", "literature", "Littérature arabe et étrangère"):
        assert read_option(TINY, "2a.2", words) == "1"
    person = somebody(TINY)
    with_answers(person, p2a_1="selected")
    person.goes("prompt:2a.2")
    person.says("العلوم، التاريخ")
    answer = person.country.answer("2a.2")
    assert answer is not None
    assert answer.value == Selection(values=("2", "3"))
