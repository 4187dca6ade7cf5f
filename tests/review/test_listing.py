"""Lists of records: added by line or message, completed, corrected by editing, removed, never mixed up."""

import pytest

from tests.review.playing import GCM, TINY, Person, colleague, somebody, with_answers
from workflows.notices import AskField, Explained, RecordCard
from workflows.review.answers import Answer


def listed(person: Person) -> list[tuple[str, str]]:
    return [(line.id, line.text) for line in person.asked.records]


def card(person: Person) -> RecordCard:
    notice = person.heard[-1]
    assert isinstance(notice, RecordCard)
    return notice


# --- adding ------------------------------------------------------------------------------------------------


def test_every_line_is_a_record_and_the_list_stays_open() -> None:
    person = somebody(at="1c.1")
    person.says("وزارة الداخلية\nوزارة العمل\n\nوزارة الخارجية")
    assert listed(person) == [("1", "وزارة الداخلية"), ("2", "وزارة العمل"), ("3", "وزارة الخارجية")]
    person.says("وزارة الصحة")
    assert listed(person)[-1] == ("4", "وزارة الصحة")
    assert person.prompt == "1c.1"


@pytest.mark.parametrize(
    "line",
    [
        "- وزارة",
        "– وزارة",
        "• وزارة",
        "* وزارة",
        "1. وزارة",
        "٢) وزارة",
        "(3) وزارة",
        "  ١٢- وزارة",
        "▪ وزارة",
    ],
)
def test_a_bullet_or_number_at_the_head_of_a_line_is_not_its_name(line: str) -> None:
    person = somebody(at="1c.1")
    person.says(line)
    assert person.country.names("1c.1") == ["وزارة"]


@pytest.mark.parametrize(
    "line", ["3M", "1951 اتفاقية", "-وزارة", "2030 Agenda", "١٢ مديرية", "(UN) Migration"]
)
def test_a_name_that_begins_with_a_number_or_mark_keeps_it(line: str) -> None:
    person = somebody(at="1c.1")
    person.says(line)
    assert person.country.names("1c.1") == [line]


def test_nothing_but_space_is_no_record() -> None:
    person = somebody(at="1c.1")
    person.says("\n  \n")
    assert person.asked.problem == "empty"
    assert person.country.answer("1c.1") is None


def test_a_message_that_comes_twice_adds_its_records_once() -> None:
    person = somebody(at="1c.1")
    letter = person.says("وزارة الداخلية\nوزارة العمل")
    assert person.arrives(letter).facts == ()
    assert len(person.country.records("1c.1")) == 2


def test_the_first_line_names_a_policy_and_the_rest_is_its_body_as_typed() -> None:
    person = somebody(at="2c.1")
    person.says("1. قانون الإقامة\nالفقرة الأولى:\n\n- بند أول\n  - بند ثانٍ")
    [record] = person.country.records("2c.1")
    assert record.fields == {
        "kind": "new",
        "title": "قانون الإقامة",
        "description": "الفقرة الأولى:\n\n- بند أول\n  - بند ثانٍ",
    }


def test_a_policy_in_one_line_is_a_title() -> None:
    person = somebody(at="2c.1")
    person.says("قانون الإقامة")
    person.says("قانون العمل")
    assert person.country.names("2c.1") == ["قانون الإقامة", "قانون العمل"]
    assert all(set(record.fields) == {"kind", "title"} for record in person.country.records("2c.1"))


@pytest.mark.parametrize("prompt", ["3c.1", "4a.1"])
def test_a_record_that_is_one_text_keeps_all_of_its_lines(prompt: str) -> None:
    person = somebody(at=prompt)
    person.says("السطر الأول\nالسطر الثاني\n- السطر الثالث")
    [record] = person.country.records(prompt)
    assert record.fields["description"] == "السطر الأول\nالسطر الثاني\n- السطر الثالث"


def gates(prompt: str) -> dict[str, str]:
    """The answers that a prompt stands under, named as `with_answers` takes them."""
    conditions = next(conditions for asked, _, conditions in GCM.asked if asked.id == prompt)
    opened = {f"p{condition.prompt.replace('.', '_')}": condition.value for condition in conditions}
    return opened | {name: value for c in conditions for name, value in gates(c.prompt).items()}


def test_no_word_typed_into_a_list_is_lost() -> None:
    text = "كلمة1 كلمة2\nكلمة3\nكلمة4 كلمة5"
    for prompt, _, _ in GCM.asked:
        if GCM.type_of(prompt.id).kind not in ("record", "records"):
            continue
        person = with_answers(somebody(), **gates(prompt.id))
        person.goes(f"prompt:{prompt.id}")
        person.goes("hub")
        person.says(text)
        person.presses("place", prompt.id)
        words = [
            word for r in person.country.records(prompt.id) for v in r.fields.values() for word in v.split()
        ]
        assert [word for word in words if word.startswith("كلمة")] == text.split(), prompt.id


def test_a_single_entity_is_replaced_and_stays_one() -> None:
    person = with_answers(somebody(), p1a_1="yes", p1a_3="yes")
    person.goes("prompt:1a.4")
    person.says("وزارة الداخلية")
    person.presses("field", "1:acronym")
    person.says("MOI")
    person.says("وزارة الخارجية\nقسم الهجرة", reply_to=100 + 1)
    assert person.country.names("1a.4") == ["وزارة الخارجية قسم الهجرة"]
    [record] = person.country.records("1a.4")
    assert "acronym" not in record.fields, "another entity has another acronym"
    assert record.id == 2, "an id is never used again"


def test_a_list_takes_records_after_a_reason_was_given() -> None:
    person = somebody(at="1c.1")
    person.presses("state", "not_applicable")
    assert person.country.answer("1c.1") == Answer(state="not_applicable")
    person.goes("prompt:1c.1")
    person.says("وزارة الداخلية")
    assert person.country.names("1c.1") == ["وزارة الداخلية"]


def test_late_lines_go_to_their_own_list_and_do_not_move_the_talk() -> None:
    person = somebody(at="1c.1")
    letter = person.writes("وزارة العمل")
    person.goes("prompt:4c.1")
    person.arrives(letter)
    assert person.country.names("1c.1") == ["وزارة العمل"]
    assert person.country.answer("4c.1") is None
    assert (person.asked.prompt, person.asked.turn) == ("1c.1", 0)
    assert person.prompt == "4c.1"


# --- the card of one record --------------------------------------------------------------------------------


def test_a_record_opens_on_the_same_message_and_goes_back_to_its_list() -> None:
    person = somebody(at="1c.1")
    person.says("وزارة الداخلية\nوزارة العمل")
    at = person.newest_card
    person.presses("record", "2")
    assert (card(person).number, card(person).fields) == (2, {"name": "وزارة العمل"})
    person.presses("list")
    assert listed(person)[1] == ("2", "وزارة العمل")
    assert person.newest_card == at


def test_a_typed_detail_has_a_message_of_its_own_and_lands_in_its_record() -> None:
    person = somebody(at="1c.1")
    person.says("وزارة الداخلية\nوزارة العمل")
    person.presses("record", "2")
    person.presses("field", "2:acronym")
    assert person.topics == ["field"]
    person.says("MoL")
    assert card(person).fields == {"name": "وزارة العمل", "acronym": "MoL"}
    assert person.country.records("1c.1")[0].fields == {"name": "وزارة الداخلية"}


def test_a_name_may_be_corrected_and_never_emptied() -> None:
    person = somebody(at="1c.1")
    person.says("وزارة الداخليه")
    person.presses("field", "1:name")
    person.says("وزارة الداخلية")
    assert person.country.names("1c.1") == ["وزارة الداخلية"]
    person.presses("blank", "1:name")
    assert person.toast == "unreadable"
    assert person.country.names("1c.1") == ["وزارة الداخلية"]


def test_a_detail_is_emptied_and_emptying_twice_is_harmless() -> None:
    person = somebody(at="1c.1")
    person.says("وزارة الداخلية")
    person.presses("field", "1:acronym")
    person.says("MOI")
    assert len(person.presses("blank", "1:acronym").facts) == 1
    assert person.presses("blank", "1:acronym").facts == ()
    assert person.country.records("1c.1")[0].fields == {"name": "وزارة الداخلية"}


@pytest.mark.parametrize(
    ("typed", "kept", "cautions"),
    [
        ("٢٠١٩", "2019", ()),
        ("جوان ٢٠١٩", "2019-06", ()),
        ("25/06/2017", "2017-06-25", ("early_date",)),
        ("محرم 1442", "محرم 1442", ("unreadable_date",)),
    ],
)
def test_a_date_is_kept_with_its_precision_and_remarked_on(
    typed: str, kept: str, cautions: tuple[str, ...]
) -> None:
    person = somebody(at="2c.1")
    person.says("قانون الإقامة")
    person.presses("field", "1:date")
    person.says(typed)
    assert card(person).fields["date"] == kept
    assert card(person).cautions == cautions


def test_a_chosen_detail_is_pressed_on_the_same_card() -> None:
    person = with_answers(somebody(), p1e_1="yes")
    person.goes("prompt:1e.2")
    person.says("اتحاد العمال")
    at = person.newest_card
    person.presses("record", "1")
    person.presses("field", "1:category")
    assert isinstance(person.heard[0], AskField)
    person.presses("value", "1:category:trade_unions")
    assert card(person).fields["category"] == "trade_unions"
    assert person.newest_card == at


def test_several_chosen_details_are_set_and_unset_in_the_templates_order() -> None:
    person = somebody(at="5a.1")
    person.says("البيانات")
    for option in ("+17", "+3", "+3", "+9", "-9", "-9"):
        person.presses("value", f"1:objectives:{option}")
    assert person.country.records("5a.1")[0].fields["objectives"] == "3 17"


@pytest.mark.parametrize(
    ("typed", "kept"), [("17", "17"), ("٣، ١٧", "3 17"), ("17 3", "3 17"), ("الهجرة", None), ("24", None)]
)
def test_chosen_details_may_be_typed_and_other_words_become_no_record(typed: str, kept: str | None) -> None:
    person = somebody(at="5a.1")
    person.says("البيانات")
    person.presses("field", "1:objectives")
    person.says(typed)
    assert person.country.names("5a.1") == ["البيانات"], "words for a detail are not one more record"
    assert person.country.records("5a.1")[0].fields.get("objectives") == kept
    assert card(person).problem == (None if kept else "press_a_button")


def test_a_single_choice_detail_may_be_typed_by_its_label() -> None:
    person = somebody(TINY)
    with_answers(person, p1a_1="no")
    person.goes("prompt:1b.1")
    person.says("مجلس الأهل")
    person.presses("field", "1:sort")
    person.says("Parents")
    assert person.country.records("1b.1")[0].fields["sort"] == "parents"


def test_words_typed_at_a_records_card_are_asked_which_detail_they_are() -> None:
    person = somebody(at="1c.1")
    person.says("وزارة الداخلية")
    person.presses("record", "1")
    person.says("تنسّق الاستعراض")
    assert card(person).problem == "press_a_button"
    assert person.country.names("1c.1") == ["وزارة الداخلية"]


# --- forged and late ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("act", "arg"),
    [
        ("field", "9:name"),
        ("field", "1:nothing"),
        ("field", "1:kind"),  # no options at this prompt, so it is not asked
        ("field", ""),
        ("field", "1"),
        ("field", "-1:name"),
        ("blank", "9:acronym"),
        ("blank", "1:nothing"),
        ("blank", ""),
        ("value", "1:kind:private_sector"),
        ("value", "1:name:x"),
        ("value", "9:kind:x"),
        ("value", ""),
        ("value", "1:acronym:+1"),
    ],
)
def test_forged_details_change_nothing(act: str, arg: str) -> None:
    person = somebody(at="1c.1")
    person.says("وزارة الداخلية")
    before = person.country.review
    person.presses(act, arg)  # type: ignore[arg-type] # all of them are acts
    assert person.toast == "unreadable"
    assert person.country.review == before


@pytest.mark.parametrize("act", ["record", "remove", "removed"])
@pytest.mark.parametrize("arg", ["9", "", "0", "x", "٢", "1:name"])
def test_forged_records_change_nothing_and_show_the_list(act: str, arg: str) -> None:
    person = somebody(at="1c.1")
    person.says("وزارة الداخلية")
    before = person.country.review
    person.presses(act, arg)  # type: ignore[arg-type] # all of them are acts
    assert person.country.review == before
    assert listed(person) == [("1", "وزارة الداخلية")]


def test_a_preset_detail_cannot_be_forged() -> None:
    person = somebody(at="2c.1")
    person.says("قانون")
    person.presses("value", "1:kind:covid19")
    assert person.toast == "unreadable"
    assert person.country.records("2c.1")[0].fields["kind"] == "new"


@pytest.mark.parametrize("prompt", ["1a.1", "1f.2", "3a.3", "3b.3", "1g.1"])
@pytest.mark.parametrize("act", ["record", "remove", "removed", "field", "value", "blank", "list"])
def test_the_acts_of_lists_change_nothing_elsewhere(prompt: str, act: str) -> None:
    person = somebody(at=prompt)
    person.says("نص" if prompt == "1f.2" else "؟")
    before = person.country.review
    for arg in ("", "1", "1:name", "1:name:yes"):
        assert person.presses(act, arg).facts == ()  # type: ignore[arg-type] # all of them are acts
    assert person.country.review == before


def test_a_detail_for_a_record_that_a_colleague_removed_is_kept() -> None:
    person = somebody(at="1c.1")
    second = colleague(person)
    person.says("وزارة الداخلية\nوزارة العمل")
    person.presses("field", "2:acronym")
    second.goes("prompt:1c.1")
    second.presses("removed", "2")
    person.says("MoL")
    assert person.topics == ["which"]
    assert person.country.names("1c.1") == ["وزارة الداخلية"]
    assert [part.text for part in person.interview.held] == ["MoL"]


def test_a_late_detail_lands_in_its_record_and_does_not_move_the_talk() -> None:
    person = somebody(at="1c.1")
    person.says("وزارة الداخلية")
    person.presses("field", "1:acronym")
    letter = person.writes("MOI")
    person.goes("prompt:4c.1")
    person.arrives(letter)
    assert person.country.records("1c.1")[0].fields["acronym"] == "MOI"
    assert card(person).turn == 0
    assert person.prompt == "4c.1"


# --- removing ----------------------------------------------------------------------------------------------


def test_removing_is_confirmed_and_ids_are_never_used_again() -> None:
    person = somebody(at="1c.1")
    person.says("أولى\nثانية\nثالثة")
    person.presses("remove", "3")
    assert card(person).confirm_removal
    assert len(person.country.records("1c.1")) == 3
    person.presses("removed", "3")
    person.says("رابعة")
    assert listed(person) == [("1", "أولى"), ("2", "ثانية"), ("4", "رابعة")]


@pytest.mark.parametrize("way", ["removed", "clear", "state"])
def test_a_new_list_gives_no_id_that_an_emptied_one_gave(way: str) -> None:
    """A button of the old list, also one of a colleague's, may never mean a record of the new one."""
    person = somebody(at="1c.1")
    person.says("وزارة الداخلية\nوزارة العمل")
    match way:
        case "removed":
            person.presses("removed", "2")
            person.presses("removed", "1")
        case "clear":
            person.presses("clear")
        case "state":
            person.presses("state", "not_known")
            person.goes("prompt:1c.1")
    assert not person.country.records("1c.1")
    person.says("وزارة الصحة")
    assert [record.id for record in person.country.records("1c.1")] == [3]


def test_a_double_tap_on_remove_takes_one_record() -> None:
    person = somebody(at="1c.1")
    person.says("أولى\nثانية")
    assert len(person.presses("removed", "1").facts) == 1
    assert person.presses("removed", "1").facts == ()
    assert person.country.names("1c.1") == ["ثانية"]


def test_a_list_without_its_last_record_is_open_again() -> None:
    person = somebody(at="1c.1")
    person.says("أولى")
    person.presses("removed", "1")
    assert person.country.answer("1c.1") is None
    assert person.presses("removed", "1").facts == ()


# --- the source message is edited --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edited", "expected"),
    [
        ("أ\nب\nج", [("أ", "A"), ("ب", "B"), ("ج", "C")]),
        ("أ\nب٢\nج", [("أ", "A"), ("ب٢", "B"), ("ج", "C")]),
        ("جديد\nأ\nب\nج", [("جديد", None), ("أ", "A"), ("ب", "B"), ("ج", "C")]),
        ("أ\nب\nج\nجديد", [("أ", "A"), ("ب", "B"), ("ج", "C"), ("جديد", None)]),
        ("ب\nج", [("ب", "B"), ("ج", "C")]),
        ("أ\nج", [("أ", "A"), ("ج", "C")]),
        ("ج\nب\nأ", [("ج", "C"), ("ب", "B"), ("أ", "A")]),
        ("أ\nأ\nج", [("أ", "A"), ("أ", "B"), ("ج", "C")]),
    ],
)
def test_edited_lines_keep_the_details_of_their_own_records(
    edited: str, expected: list[tuple[str, str | None]]
) -> None:
    person = somebody(at="1c.1")
    letter = person.says("أ\nب\nج")
    for number, acronym in (("1", "A"), ("2", "B"), ("3", "C")):
        person.presses("field", f"{number}:acronym")
        person.says(acronym)
    person.edits(letter, edited)
    records = person.country.records("1c.1")
    assert [(record.fields["name"], record.fields.get("acronym")) for record in records] == expected
    assert len({record.id for record in records}) == len(records)


def test_an_edit_leaves_the_records_of_other_messages_where_they_are() -> None:
    person = somebody(at="1c.1")
    person.says("صفر")
    letter = person.says("أ\nب")
    person.says("ت")
    person.edits(letter, "أ\nبب\nج")
    assert person.country.names("1c.1") == ["صفر", "أ", "بب", "ج", "ت"]


def test_an_edit_that_leaves_no_line_takes_its_records_with_it() -> None:
    person = somebody(at="1c.1")
    letter = person.says("أ\nب")
    person.edits(letter, "- ")
    assert person.country.names("1c.1") in ([], ["-"])


def test_an_edit_does_not_bring_back_a_removed_record_of_another_message() -> None:
    person = somebody(at="1c.1")
    letter = person.says("أ")
    person.says("ب")
    person.presses("removed", "1")
    person.edits(letter, "أأ")
    assert person.topics == ["explained"]
    assert person.country.names("1c.1") == ["ب"]


def test_an_edited_policy_keeps_the_details_given_since() -> None:
    person = somebody(at="2c.1")
    letter = person.says("قانون الاقامة\nنص أول")
    person.presses("field", "1:date")
    person.says("2019")
    person.edits(letter, "قانون الإقامة\nنص مصحّح\nفي سطرين")
    [record] = person.country.records("2c.1")
    assert record.fields == {
        "kind": "new",
        "title": "قانون الإقامة",
        "description": "نص مصحّح\nفي سطرين",
        "date": "2019",
    }


def test_an_edit_of_a_single_entity_keeps_one() -> None:
    person = with_answers(somebody(), p1a_1="yes", p1a_3="yes")
    person.goes("prompt:1a.4")
    letter = person.says("وزارة الداخليه")
    person.edits(letter, "وزارة الداخلية\nمديرية الهجرة")
    assert person.country.names("1a.4") == ["وزارة الداخلية مديرية الهجرة"]


def test_two_people_with_the_same_message_ids_edit_their_own_lines() -> None:
    first = somebody(at="1c.1")
    second = colleague(first)
    second.goes("prompt:1c.1")
    ours, theirs = first.says("أ"), second.says("ب")
    assert ours.message_id == theirs.message_id
    second.edits(theirs, "بب")
    assert first.country.names("1c.1") == ["أ", "بب"]
    first.edits(ours, "أأ")
    assert first.country.names("1c.1") == ["أأ", "بب"]


def test_a_long_name_is_cut_in_the_list_only() -> None:
    person = somebody(at="3c.1")
    person.says("نص " * 500)
    assert len(listed(person)[0][1]) <= 120
    assert len(person.country.records("3c.1")[0].fields["description"].split()) == 500


# --- two entries that are one ---------------------------------------------------------------------------------

LONG = "نهج تشاركي في إعداد السياسات " * 110 + "يعتمد نهجاً"
"""As a client cuts it: long, and in the middle of a sentence."""


@pytest.mark.parametrize("prompt", ["3d.1", "2c.1"])
def test_a_message_that_was_cut_goes_on_in_the_same_entry(prompt: str) -> None:
    person = somebody(at=prompt)
    for piece in (LONG, LONG, "تشاركياً إلى آخره."):
        person.says(piece)
    assert [person.asked.problem] == ["joined"]
    [record] = person.country.records(prompt)
    name = next(name for name, value in record.fields.items() if value.startswith("نهج"))
    assert record.fields[name] == f"{LONG} {LONG} تشاركياً إلى آخره."
    person.says("بند آخر")
    assert person.asked.problem is None
    assert len(person.country.records(prompt)) == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("قانون قصير", "قانون آخر"),
        (f"{LONG}.", "قانون آخر"),
        (f"«{LONG}.»", "قانون آخر"),
        (LONG, "- قانون آخر"),
        (LONG, "2. قانون آخر"),
    ],
)
def test_what_is_a_message_of_its_own_is_an_entry_of_its_own(first: str, second: str) -> None:
    person = somebody(at="2c.1")
    person.says(first)
    person.says(second)
    assert len(person.country.records("2c.1")) == 2


def test_a_colleagues_message_never_goes_on_in_ours() -> None:
    first = somebody(at="2c.1")
    second = colleague(first)
    second.goes("prompt:2c.1")
    first.says(LONG)
    second.says("قانون زميل")
    assert len(first.country.records("2c.1")) == 2


def test_a_line_of_a_list_by_lines_is_never_joined_by_itself() -> None:
    person = somebody(at="1c.1")
    person.says(LONG)
    person.says("وزارة")
    assert len(person.country.records("1c.1")) == 2


def test_what_comes_after_the_rest_is_an_entry_of_its_own_whatever_it_ends_with() -> None:
    """Only the last message counts: the whole of the entry stays long, and its end may lack a full stop."""
    person = somebody(at="2c.1")
    for said in (LONG, "تشاركياً إلى آخره", "قانون", "قانون آخر"):
        person.says(said)
    assert [record.id for record in person.country.records("2c.1")] == [1, 2, 3]


def test_a_detail_that_was_typed_long_takes_no_entry_in() -> None:
    person = somebody(at="2c.1")
    person.says("قانون الإقامة")
    person.presses("field", "1:description")
    person.says(LONG)
    person.presses("list")
    person.says("قانون آخر")
    assert len(person.country.records("2c.1")) == 2


def test_entries_are_joined_by_a_key_and_keep_the_details_of_both() -> None:
    person = somebody(at="2c.1")
    person.says("قانون الإقامة\nنص أول")
    person.says("بقية العنوان\nنص ثانٍ")
    person.says("قانون ثالث")
    for press, said in (
        ("2:date", "2019"),
        ("1:issuing_body", "وزارة الداخلية"),
        ("2:issuing_body", "وزارة العمل"),
    ):
        person.presses("field", press)
        person.says(said)
    person.presses("join", "2")
    joined, third = person.country.records("2c.1")
    assert joined.fields == {
        "kind": "new",
        "title": "قانون الإقامة",
        "description": "نص أول\nبقية العنوان\nنص ثانٍ",
        "date": "2019",
        "issuing_body": "وزارة الداخلية\nوزارة العمل",
    }
    assert (joined.id, third.id) == (1, 3)
    assert card(person).record == 1
    person.presses("join", "2", turn=card(person).turn)
    assert len(person.country.records("2c.1")) == 2


def test_entries_with_different_dates_stay_two_and_the_card_says_why() -> None:
    person = somebody(at="2c.1")
    for number, date in (("1", "2018"), ("2", "2019")):
        person.says("قانون")
        person.presses("field", f"{number}:date")
        person.says(date)
        person.presses("list")
    before = person.country.records("2c.1")
    person.presses("join", "2")
    assert card(person).problem == "details_differ"
    assert person.country.records("2c.1") == before


def test_entries_joined_by_a_key_take_in_nothing_that_comes_after() -> None:
    person = somebody(at="2c.1")
    for said in (LONG[:1_700], LONG[:1_700]):
        person.says(said)
    person.presses("join", "2")
    person.presses("list")
    person.says("قانون آخر")
    assert len(person.country.records("2c.1")) == 2


def test_the_first_entry_and_forged_ones_are_not_joined() -> None:
    person = somebody(at="2c.1")
    person.says("قانون")
    person.says("قانون آخر")
    for arg in ("1", "0", "9", "x"):
        person.presses("join", arg)
        assert len(person.country.records("2c.1")) == 2


@pytest.mark.parametrize("edited", [0, 1])
def test_an_edit_of_a_message_that_was_joined_changes_nothing_and_says_so(edited: int) -> None:
    person = somebody(at="2c.1")
    pieces = [person.says(LONG), person.says("تشاركياً.")]
    before = person.country.records("2c.1")
    person.edits(pieces[edited], "كلام آخر")
    [said] = [notice for notice in person.heard if isinstance(notice, Explained)]
    assert said.code == "edit_of_joined"
    assert person.country.records("2c.1") == before


def test_a_piece_that_comes_twice_is_joined_once() -> None:
    person = somebody(at="2c.1")
    person.says(LONG)
    letter = person.writes("تشاركياً.")
    person.arrives(letter)
    person.arrives(letter)
    [record] = person.country.records("2c.1")
    assert sum(value.count("تشاركياً.") for value in record.fields.values()) == 1
