"""A frozen text: canonical, read back as it was, blind to how it was typed, and compared question by question."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.review.playing import GCM, TINY
from workflows.review.answers import Answer, Matrix, Part, Prose, Record, RecordList, Selection
from workflows.review.events import Adaptation, Review
from workflows.review.frozen_text import changed_questions, frozen, hash_of, thawed
from workflows.review.template import Template

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)


def prose(*texts: str, source: str = "") -> Answer:
    return Answer(
        state="answered", value=Prose(parts=tuple(Part(text=text, source=source) for text in texts))
    )


@st.composite
def answers(draw: st.DrawFn, template: Template, prompt: str) -> Answer:
    """Any answer that a prompt can have."""
    if draw(st.integers(0, 4)) == 0:
        return Answer(state=draw(st.sampled_from(["not_applicable", "declined", "not_known"])))
    options = [option.value for option in template.options_of(prompt)]
    match template.type_of(prompt).kind:
        case "yes_no":
            return Answer(state="answered", value=Selection(values=(draw(st.sampled_from(["yes", "no"])),)))
        case "choice" | "choices":
            chosen = draw(st.lists(st.sampled_from(options), unique=True, min_size=1, max_size=3))
            return Answer(state="answered", value=Selection(values=tuple(chosen), other=draw(WORDS)))
        case "matrix":
            scale = [value.value for value in template.scale_of(prompt)]
            cells = draw(st.dictionaries(st.sampled_from(options), st.sampled_from(scale), min_size=1))
            return Answer(state="answered", value=Matrix(cells=cells))
        case "record" | "records":
            name = template.fields_of(prompt)[0].id
            records = [
                Record(id=number, fields={name: words}, source="4:7", line=number)
                for number, words in enumerate(draw(st.lists(WORDS, min_size=1, max_size=3)), start=1)
            ]
            return Answer(state="answered", value=RecordList(records=tuple(records), last_id=9))
        case _:
            return prose(*draw(st.lists(WORDS, min_size=1, max_size=3)), source="3:12")


@st.composite
def reviews(draw: st.DrawFn, template: Template = TINY) -> Review:
    """Any review: answers on and off its path, questions adapted or left out."""
    asked = [prompt.id for prompt, _, _ in template.asked]
    given = {
        prompt: draw(answers(template, prompt))
        for prompt in draw(st.lists(st.sampled_from(asked), unique=True))
    }
    adapted = draw(
        st.dictionaries(
            st.sampled_from(list(template.questions)),
            st.builds(Adaptation, st.booleans(), st.one_of(st.just(""), WORDS)),
            max_size=2,
        )
    )
    return Review(template, "JO", given, adapted)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([TINY, GCM]).flatmap(reviews))
def test_what_was_frozen_is_read_back_as_it_was(review: Review) -> None:
    text = frozen(review, "c", "t")
    back = thawed(text, review.template)
    assert frozen(back, "c", "t") == text
    assert back.path == review.path
    assert back.country == "JO"
    assert changed_questions(review, back) == ()
    assert set(back.answers) == {prompt.id for prompt in review.path} & set(review.answers)


@settings(max_examples=60, deadline=None)
@given(reviews(), st.data())
def test_a_later_change_leaves_the_frozen_text_alone_and_is_said(review: Review, data: st.DataObject) -> None:
    text = frozen(review, "c", "t")
    prompt = data.draw(st.sampled_from([prompt.id for prompt, _, _ in TINY.asked]))
    answer = data.draw(answers(TINY, prompt))
    later = replace(review, answers={**review.answers, prompt: answer})
    before = thawed(text, TINY)
    assert frozen(before, "c", "t") == text
    is_changed = frozen(later, "c", "t") != text
    said = changed_questions(before, later)
    assert bool(said) == is_changed
    if is_changed and prompt in {each.id for each in later.path}:
        assert TINY.question_of[prompt].id in said


def test_the_same_words_are_the_same_text_however_they_came() -> None:
    asked = next(
        prompt.id for prompt, _, when in TINY.asked if TINY.type_of(prompt.id).kind == "text" and not when
    )
    one = Review(TINY, "JO", {asked: prose("first\nsecond", source="1:5")}, words={asked: 2})
    two = Review(TINY, "JO", {asked: prose("first", "second", source="2:9")})
    assert hash_of(frozen(one, "c", "t")) == hash_of(frozen(two, "c", "t"))
    assert changed_questions(one, two) == ()
    three = Review(TINY, "JO", {asked: prose("first", "Second")})
    assert hash_of(frozen(one, "c", "t")) != hash_of(frozen(three, "c", "t"))
    assert changed_questions(one, three) == (TINY.question_of[asked].id,)


def test_a_text_names_its_country_cycle_and_template() -> None:
    review = Review(TINY, "JO")
    texts = {
        frozen(review, "c", "t"),
        frozen(review, "d", "t"),
        frozen(review, "c", "u"),
        frozen(replace(review, country="LB"), "c", "t"),
    }
    assert len(texts) == 4
    assert json.loads(frozen(review, "c", "t")) == {
        "adaptations": {},
        "answers": {},
        "country": "JO",
        "cycle": "c",
        "template": "t",
    }


def test_nobody_is_named_in_it() -> None:
    asked = next(
        prompt.id for prompt, _, when in GCM.asked if GCM.type_of(prompt.id).kind == "text" and not when
    )
    assert "4711:99" not in frozen(Review(GCM, "JO", {asked: prose("a", source="4711:99")}), "c", "t")


def test_what_was_frozen_line_by_line_is_not_told_as_changed_where_nobody_changed_it() -> None:
    """Texts were frozen with a line for each message before a cut message went on in its line."""
    long = "A participatory way of writing policies, " * 80 + "of which the second half"
    draft = Review(GCM, "LB", {"1f.2": prose(long, "came in another message", source="1:2")})
    now = thawed(frozen(draft, "cycle", "hash"), GCM)
    before = replace(now, answers={"1f.2": prose(f"{long}\ncame in another message")})
    assert changed_questions(now, draft) == ()
    assert changed_questions(before, draft) == ()
    other = replace(now, answers={"1f.2": prose(f"{long}\ncame in another one")})
    assert changed_questions(other, draft) == ("1f",)
