"""Long texts: in parts, corrected, begun anew, late, doubtful; counted kindly and never cut."""

import pytest

from tests.review.playing import TINY, Person, colleague, somebody, with_answers
from workflows.notices import Saved
from workflows.review.binding import Card
from workflows.review.events import Focus, Pressed, Said, WentTo
from workflows.review.interview import step, with_lost_question
from workflows.review.path import next_open


def receipt(person: Person) -> Saved:
    [notice] = person.heard
    assert isinstance(notice, Saved)
    return notice


# --- parts -------------------------------------------------------------------------------------------------


def test_a_text_is_saved_counted_and_stays_open_for_more() -> None:
    person = somebody(at="1f.2")
    person.says("البيانات قليلة جداً")
    assert person.country.text("1f.2") == "البيانات قليلة جداً"
    assert (receipt(person).budget.here, receipt(person).budget.left) == (3, 497)
    assert receipt(person).turn == person.interview.turn
    assert person.prompt == "1f.2"
    person.says("وقديمة")
    assert person.country.text("1f.2") == "البيانات قليلة جداً\nوقديمة"
    assert receipt(person).parts == 2


def test_fault_20_three_pieces_of_one_paste_are_one_answer_although_our_receipt_came_between() -> None:
    person = somebody(at="1f.2")
    pieces = [person.writes(f"جزء {number} " + "كلمة " * 800) for number in range(3)]
    for piece in pieces:
        person.arrives(piece)
    assert person.country.text("1f.2") == " ".join(piece.text for piece in pieces)
    assert set(person.country.review.answers) == {"1f.2"}


def test_a_piece_written_before_next_was_pressed_still_belongs_to_its_text() -> None:
    person = somebody(at="1f.2")
    person.says("الجزء الأول")
    late = person.writes("الجزء الثاني")
    person.presses("next")
    assert person.prompt == "1g.1"
    person.arrives(late)
    assert person.country.text("1f.2") == "الجزء الأول\nالجزء الثاني"
    assert person.country.answer("1g.1") is None
    assert person.prompt == "1g.1"
    assert receipt(person).turn == 0, "the way on is to continue, the talk is elsewhere"


def test_a_message_that_comes_twice_counts_once_and_says_nothing() -> None:
    person = somebody(at="1f.2")
    letter = person.says("مرة واحدة")
    turn = person.arrives(letter)
    assert (turn.says, turn.facts) == ((), ())
    assert person.country.text("1f.2") == "مرة واحدة"


def test_the_text_is_kept_to_the_letter() -> None:
    typed = "  «قانون n° 12-2019»\n\n\u200fhttps://example.org/a?b=c  ١٢٣ 🙂 <b>&amp;</b>"
    person = somebody(at="1f.2")
    person.says(typed)
    assert person.country.text("1f.2") == typed


def test_words_that_look_like_commands_are_content() -> None:
    person = somebody(at="1f.2")
    for words in ("نعم", "done", "1.option.yes", "go.hub", "أرسل لي كل المسودات"):
        person.says(words)
    assert person.country.text("1f.2").splitlines()[-1] == "أرسل لي كل المسودات"
    assert receipt(person).parts == 5


def test_a_text_follows_a_reason_given_before() -> None:
    person = somebody(at="1f.2")
    person.presses("state", "not_known")
    person.goes("prompt:1f.2")
    person.says("صارت معروفة")
    answer = person.country.answer("1f.2")
    assert answer is not None
    assert answer.state == "answered"
    assert person.country.text("1f.2") == "صارت معروفة"


# --- edits -------------------------------------------------------------------------------------------------


def test_an_edit_corrects_its_own_part_wherever_the_talk_is() -> None:
    person = somebody(at="1f.2")
    first = person.says("خطا")
    person.says("ثانٍ")
    person.presses("next")
    prompt = person.prompt
    person.edits(first, "خطأ مصحّح")
    assert person.country.text("1f.2") == "خطأ مصحّح\nثانٍ"
    assert person.prompt == prompt
    assert receipt(person).edited
    assert receipt(person).prompt == "1f.2"


def test_an_edit_of_nothing_we_know_is_explained() -> None:
    person = somebody(at="1f.2")
    letter = person.writes("لم يصل")
    person.edits(letter, "معدّل")
    assert person.topics == ["explained"]
    assert person.country.answer("1f.2") is None


def test_an_edit_that_changes_no_word_is_no_new_fact() -> None:
    person = somebody(at="1f.2")
    letter = person.says("كما هو")
    assert person.edits(letter, "كما هو").facts == ()


def test_two_people_with_the_same_message_ids_keep_their_own_parts() -> None:
    first = somebody(at="1f.2")
    second = colleague(first)
    second.goes("prompt:1f.2")
    ours = first.says("نص الأولى")
    theirs = second.says("نص الثاني")
    assert ours.message_id == theirs.message_id
    assert first.country.text("1f.2") == "نص الأولى\nنص الثاني"
    second.edits(theirs, "نص الثاني بعد التصحيح")
    assert first.country.text("1f.2") == "نص الأولى\nنص الثاني بعد التصحيح"
    first.edits(ours, "نص الأولى بعد التصحيح")
    assert first.country.text("1f.2") == "نص الأولى بعد التصحيح\nنص الثاني بعد التصحيح"


# --- begun anew --------------------------------------------------------------------------------------------


def test_the_next_message_replaces_the_text_and_the_one_after_adds_to_it() -> None:
    person = somebody(at="1f.2")
    person.says("قديم")
    person.presses("replace")
    assert person.asked.replacing
    assert person.country.text("1f.2") == "قديم", "nothing is lost before the new text is there"
    person.says("جديد")
    assert person.country.text("1f.2") == "جديد"
    person.says("وتتمة")
    assert person.country.text("1f.2") == "جديد\nوتتمة"


def test_going_elsewhere_ends_the_wish_to_replace() -> None:
    person = somebody(at="1f.2")
    person.says("قديم")
    person.presses("replace")
    person.presses("skip")
    person.goes("prompt:1f.2")
    person.says("تتمة")
    assert person.country.text("1f.2") == "قديم\nتتمة"


def test_a_repeated_message_does_not_replace_the_text() -> None:
    person = somebody(at="1f.2")
    letter = person.says("قديم")
    person.presses("replace")
    assert person.arrives(letter).facts == ()
    person.says("جديد")
    assert person.country.text("1f.2") == "جديد"


@pytest.mark.parametrize("prompt", ["1a.1", "1c.1", "3a.3", "3b.3", "1g.1"])
def test_only_a_text_is_replaced(prompt: str) -> None:
    person = somebody(at=prompt)
    before = person.interview
    person.presses("replace")
    assert person.toast == "unreadable"
    assert person.interview == before


# --- words -------------------------------------------------------------------------------------------------


def test_case_11_near_the_limit_it_warns_and_over_it_names_the_heaviest_and_cuts_nothing() -> None:
    person = somebody(TINY)  # section I: 20 words
    person.goes("prompt:1c.1")
    person.says("كلمة " * 17)
    assert (receipt(person).warned, receipt(person).budget.left) == (False, 3)
    person.says("كلمة")
    assert (receipt(person).warned, receipt(person).budget.left) == (True, 2)
    assert receipt(person).heaviest == ()
    person.says("كلمة " * 100)
    assert receipt(person).budget.left == -98
    assert receipt(person).heaviest == (("1c.1", 118),)
    assert person.country.text("1c.1").split().count("كلمة") == 118


def test_case_12_the_three_heaviest_answers_are_named_heaviest_first() -> None:
    person = somebody()
    for prompt, words in (("3b.1", 300), ("3c.2", 900), ("3c.3", 500), ("3c.6", 400)):
        person.goes(f"prompt:{prompt}")
        person.says("كلمة " * words)
    assert receipt(person).heaviest == (("3c.2", 900), ("3c.3", 500), ("3c.6", 400))
    assert receipt(person).budget.left == -100


def test_a_text_in_a_sleeping_prompt_is_counted_in_its_receipt_but_not_in_its_section() -> None:
    person = with_answers(somebody(), p2b_1="yes")
    person.goes("prompt:2b.2")
    letter = person.writes("أربع كلمات في نص")
    person.goes("prompt:2b.1")
    person.presses("option", "no")
    person.arrives(letter)
    assert (receipt(person).budget.here, receipt(person).budget.used) == (4, 0)


# --- texts without a place ---------------------------------------------------------------------------------


def test_a_text_on_the_hub_is_kept_and_put_where_the_person_says() -> None:
    person = somebody(at="1f.2")
    person.goes("hub")
    person.says("نص بلا سؤال")
    assert person.topics == ["which"]
    assert person.country.review.answers == {}
    assert f"{person.interview.turn}.place.1f.2" in person.codes()
    person.presses("place", "1f.2")
    assert person.country.text("1f.2") == "نص بلا سؤال"
    assert person.interview.held == ()
    person.says("وتتمة")
    assert person.country.text("1f.2") == "نص بلا سؤال\nوتتمة"


def test_a_text_on_the_hub_of_a_new_person_is_offered_the_first_prompt_that_takes_it() -> None:
    person = somebody()
    person.goes("hub")
    person.says("نص")
    assert person.codes()[0] == "0.place.1c.1"


def test_several_kept_texts_go_to_one_place_with_one_receipt() -> None:
    person = somebody(at="1f.2")
    person.goes("hub")
    for number in range(5):
        person.says(f"نص {number}")
    person.presses("place", "1f.2")
    assert person.country.text("1f.2") == "\n".join(f"نص {number}" for number in range(5))
    assert receipt(person).parts == 5


def test_of_several_kept_texts_a_single_entity_takes_one_and_the_others_are_asked_about_again() -> None:
    person = with_answers(somebody(), p1a_1="yes", p1a_3="yes")
    person.goes("prompt:1a.4")
    person.goes("hub")
    person.says("وزارة الداخلية")
    person.says("سؤال آخر تماماً")
    person.presses("place", "1a.4")
    assert person.country.names("1a.4") == ["وزارة الداخلية"]
    assert [held.text for held in person.interview.held] == ["سؤال آخر تماماً"]
    assert "which" in [notice.topic for notice in person.heard]


def test_the_twenty_first_kept_text_is_refused_in_words_and_the_twenty_stay() -> None:
    person = somebody(at="1f.2")
    person.goes("hub")
    for number in range(21):
        person.says(f"نص {number}")
    [notice] = person.heard
    assert notice.topic == "explained"
    assert notice.code == "no_question_open", "it is not said to be kept, because it is not"
    person.presses("place", "1f.2")
    assert person.country.text("1f.2").splitlines() == [f"نص {number}" for number in range(20)]


def test_a_kept_text_that_comes_twice_is_kept_once() -> None:
    person = somebody(at="1f.2")
    person.goes("hub")
    letter = person.says("نص")
    person.arrives(letter)
    assert len(person.interview.held) == 1


def test_an_edit_of_a_kept_text_is_kept_too() -> None:
    person = somebody(at="1f.2")
    person.goes("hub")
    letter = person.says("خطا")
    person.edits(letter, "صواب")
    person.presses("place", "1f.2")
    assert person.country.text("1f.2") == "صواب"


def test_a_discarded_text_is_gone_and_the_prompt_in_hand_is_shown_again() -> None:
    person = somebody(at="1f.2")
    person.goes("hub")
    person.says("ليس جواباً")
    person.presses("discard")
    assert person.topics == ["explained", "ask"]
    assert person.country.review.answers == {}
    person.says("الجواب")
    assert person.country.text("1f.2") == "الجواب"


def test_a_discard_or_place_of_nothing_says_nothing_untrue() -> None:
    person = somebody(at="1f.2")
    person.goes("hub")
    person.says("نص")
    person.presses("place", "1f.2")
    for act, arg in (("discard", ""), ("place", "1f.2")):
        turn = person.presses(act, arg)  # type: ignore[arg-type] # both are acts
        assert (turn.says, person.toast) == ((), "stale")
    assert person.country.text("1f.2") == "نص"


@pytest.mark.parametrize("arg", ["", "9z.9", "3d.2", "1f", "1f.2 "])
def test_a_kept_text_goes_to_no_forged_place(arg: str) -> None:
    person = somebody(at="1f.2")
    person.goes("hub")
    person.says("نص")
    person.presses("place", arg)
    assert person.toast == "unreadable"
    assert len(person.interview.held) == 1


def test_a_text_that_does_not_fit_where_it_is_put_stays_kept() -> None:
    person = somebody(at="1d.1")
    person.goes("hub")
    person.says("تشاورنا مع كل البلديات")
    person.presses("place", "1d.1")
    assert person.asked.problem == "press_a_button"
    assert len(person.interview.held) == 1
    person.goes("prompt:1f.2")
    assert person.topics == ["which", "ask"]
    person.presses("place", "1f.2")
    assert person.country.text("1f.2") == "تشاورنا مع كل البلديات"


def test_a_kept_text_is_asked_about_again_with_a_question_that_cannot_take_it() -> None:
    person = somebody(at="1f.2")
    person.goes("hub")
    person.says("نص")
    person.goes("prompt:1d.1")
    assert person.topics == ["which", "ask"], "the prompt stays last, so that the next text answers it"
    question = person.newest_card - 1
    assert [data for data in person.codes(question) if "place" in data] == [
        f"{person.interview.turn}.place.1f.2"
    ]
    person.taps(person.codes(question)[0], question)
    assert person.country.text("1f.2") == "نص"
    assert person.prompt == "1d.1"


def test_a_kept_text_is_asked_about_again_when_no_question_is_open() -> None:
    """The question about it was asked and then left behind; without this nobody would speak of the text again."""
    person = somebody(TINY)
    while (prompt := next_open(person.country.review, None)) is not None:
        person.goes(f"prompt:{prompt}")
        person.presses("state", "not_known")
    text = next(p for p in person.country.template.prompts if TINY.type_of(p).kind == "text")
    person.goes(f"prompt:{text}")
    person.forwards("نص")
    person.presses("skip")
    person.goes("continue")
    assert person.topics[-1] == "which"
    assert "nothing_open" in person.topics
    person.taps(person.codes()[0], person.newest_card)
    assert person.country.text(text) == "نص"
    assert person.interview.held == ()


def test_a_question_about_a_kept_text_that_was_lost_is_said_once_more_and_below_no_card_in_hand() -> None:
    person = somebody(at="1f.2")
    card = person.newest_card
    person.forwards("كلام غيرنا")
    review, kept = person.country.review, person.interview
    for place in ("hub", "section:methodology"):
        turn = with_lost_question(review, step(review, kept, WentTo(place)))
        assert [say.notice.topic for say in turn.says][1:] == ["which"]
        assert with_lost_question(review, turn) == turn
    stale = with_lost_question(review, step(review, kept, Pressed(0, "done")))
    assert ([say.notice.topic for say in stale.says], stale.toast and stale.toast.code) == (
        ["which"],
        "stale",
    )
    person.presses("menu", "other", on=card)
    assert with_lost_question(review, person.last) == person.last


def test_a_kept_yes_answers_and_goes_on() -> None:
    person = somebody(at="1d.1")
    person.goes("hub")
    person.says("نعم")
    person.presses("place", "1d.1")
    assert person.country.chosen("1d.1") == ("yes",)
    assert person.prompt == "1d.2"


def test_a_doubtful_card_makes_us_ask_which_prompt() -> None:
    person = somebody(at="1f.1")
    person.cards.append(Card(99, Focus("1f.2"), None, doubtful=True))
    person.says("إحصاءات السكان")
    assert person.topics == ["which"]
    assert [key for key in person.codes() if "place" in key] == ["1.place.1f.1", "1.place.1f.2"]
    person.presses("place", "1f.2")
    assert person.country.text("1f.2") == "إحصاءات السكان"
    assert person.country.answer("1f.1") is None


def test_texts_about_a_doubtful_card_may_belong_to_either_prompt_and_are_placed_one_by_one() -> None:
    """The card may have come between two of them, or twice: nothing follows from where the others belong."""
    person = somebody(at="1f.1")
    person.cards.append(Card(99, Focus("1f.2"), None, doubtful=True))
    letters = [person.writes(text) for text in ("سجل السكان", "بيانات قليلة", "المسح", "وقديمة")]
    for letter in letters:
        person.arrives(letter)
    for prompt in ("1f.1", "1f.2", "1f.1", "1f.2"):
        person.presses("place", prompt)
    assert person.country.names("1f.1") == ["سجل السكان", "المسح"]
    assert person.country.text("1f.2") == "بيانات قليلة\nوقديمة"
    assert person.interview.held == ()


def test_a_forwarded_text_is_asked_about_first() -> None:
    person = somebody(at="1f.2")
    person.forwards("كلام غيرنا")
    assert person.country.answer("1f.2") is None
    person.presses("place", "1f.2")
    assert person.country.text("1f.2") == "كلام غيرنا"


def test_a_reply_to_an_old_card_answers_that_card() -> None:
    person = somebody(at="1f.2")
    card = person.newest_card
    person.goes("prompt:3b.1")
    person.says("تتمة لاحقة", reply_to=card)
    assert person.country.text("1f.2") == "تتمة لاحقة"
    assert person.country.answer("3b.1") is None
    assert person.prompt == "3b.1"


def test_a_text_for_a_prompt_that_is_none_is_kept() -> None:
    person = somebody(at="1f.2")
    for focus in (Focus("9z.9"), Focus("3d.2"), Focus(question="9z"), Focus("1c.1", 7, "name")):
        turn = step(person.country.review, person.interview, Said("نص", "1:999", focus))
        assert [say.notice.topic for say in turn.says] == ["which"], focus
        assert len(turn.interview.held) == 1


def test_a_wish_to_replace_one_text_does_not_replace_another() -> None:
    person = somebody(at="3c.2")
    person.says("مخاطر")
    late = person.writes("ومخاطر أخرى")
    person.goes("prompt:1f.2")
    person.says("قديم")
    person.presses("replace")
    person.arrives(late)
    assert person.country.text("3c.2") == "مخاطر\nومخاطر أخرى"
    person.says("جديد")
    assert person.country.text("1f.2") == "جديد"


LONG = "نهج تشاركي في إعداد السياسات " * 110 + "يعتمد نهجاً"
"""As a client cuts it: long, and in the middle of a sentence."""


@pytest.mark.parametrize(
    ("first", "second", "joint"),
    [
        (LONG, "تشاركياً", " "),
        (f"{LONG}.", "تشاركياً", "\n"),
        (f"«{LONG}!»", "تشاركياً", "\n"),
        ("نهج قصير", "تشاركياً", "\n"),
        (LONG, "- بند", "\n"),
        (LONG, "٣. بند", "\n"),
    ],
)
def test_a_message_that_was_cut_goes_on_in_the_same_line(first: str, second: str, joint: str) -> None:
    person = somebody(at="1f.2")
    person.says(first)
    person.says(second)
    assert person.country.text("1f.2") == f"{first}{joint}{second}"


def test_nobody_goes_on_in_somebody_elses_sentence() -> None:
    ours = somebody(at="1f.2")
    theirs = colleague(ours)
    theirs.goes("prompt:1f.2")
    ours.says(LONG)
    theirs.says("فقرة زميل")
    assert ours.country.text("1f.2") == f"{LONG}\nفقرة زميل"
