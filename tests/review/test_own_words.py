"""What a person put into an answer is told without a word of those who wrote it with them."""

import pytest

from workflows.review.answers import Answer, Matrix, Part, Prose, Record, RecordList, Selection
from workflows.review.own_words import own_words

PRESSED = {"kind", "objectives"}


def answer(value: Prose | Selection | RecordList | Matrix | None, state: str = "answered") -> Answer:
    return Answer.model_validate({"state": state, "value": value})


def records(*given: Record) -> Answer:
    return answer(RecordList(records=given, last_id=9))


def own(before: Answer | None, after: Answer | None, source: str = "16:5") -> Answer | None:
    return own_words(before, after, source, 16, PRESSED)


def test_of_a_text_only_the_persons_messages() -> None:
    parts = (Part(text="theirs", source="15:1"), Part(text="mine", source="16:2"))
    assert own(None, answer(Prose(parts=parts))) == answer(Prose(parts=parts[1:]))
    assert own(None, answer(Prose(parts=(Part(text="x", source="116:2"),)))) == answer(Prose(parts=()))


def test_of_a_list_only_what_this_version_changed() -> None:
    theirs = Record(id=1, fields={"title": "their policy", "kind": "new"}, source="15:1")
    mine = Record(id=2, fields={"title": "my policy"}, source="16:5")
    assert own(records(theirs), records(theirs, mine)) == records(mine)
    dated = theirs.model_copy(update={"fields": {**theirs.fields, "date": "2019"}})
    assert own(records(theirs), records(dated)) == records(
        theirs.model_copy(update={"fields": {"date": "2019"}})
    )


def test_of_a_message_that_went_on_in_an_entry_only_that_message() -> None:
    before = Record(id=1, fields={"title": "a beginning"}, source="16:4")
    after = before.model_copy(update={"fields": {"title": "a beginning my end"}, "source": "16:4+5"})
    assert own(records(before), records(after)) == records(
        after.model_copy(update={"fields": {"title": "my end"}})
    )


@pytest.mark.parametrize(("old", "new"), [("Law", "Lawful residence act"), ("Law 5", "Law 52"), ("a", "a b")])
def test_what_was_typed_anew_is_told_whole(old: str, new: str) -> None:
    before = Record(id=1, fields={"title": old}, source="15:1")
    after = before.model_copy(update={"fields": {"title": new}})
    assert own(records(before), records(after)) == records(after)


@pytest.mark.parametrize("source", ["", "contribution/3/1", "earlier/2"])
def test_what_was_not_typed_tells_no_word_of_others(source: str) -> None:
    first = Record(id=1, fields={"title": "their one", "kind": "new"}, source="15:1")
    second = Record(id=2, fields={"title": "their other one"}, source="15:2")
    joined = first.model_copy(update={"fields": {"title": "their one\ntheir other one", "kind": "changed"}})
    told = own(records(first, second), records(joined), source)
    assert told == records(first.model_copy(update={"fields": {"kind": "changed"}}))
    assert own(None, records(first), source) == records()
    typed = answer(Selection(values=("a",), other="their words"))
    assert own(None, typed, source) == answer(Selection(values=("a",)))


def test_of_choices_and_other_words_only_the_new_ones() -> None:
    before, after = (
        Selection(values=("a",), other="theirs"),
        Selection(values=("a", "b"), other="theirs\nmine"),
    )
    assert own(answer(before), answer(after)) == answer(Selection(values=("b",), other="mine"))


def test_of_a_table_only_the_rows_that_were_set() -> None:
    before, after = Matrix(cells={"1": "done"}), Matrix(cells={"1": "done", "2": "begun"})
    assert own(answer(before), answer(after)) == answer(Matrix(cells={"2": "begun"}))


def test_a_reason_and_an_answer_that_was_cleared_stay_what_they_are() -> None:
    declined = answer(None, "declined")
    assert own(None, declined) == declined
    assert own(declined, None) is None
