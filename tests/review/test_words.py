"""Words are counted by the published rule, and as a plain reading of that rule would count them."""

import unicodedata
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.review.answers import Answer, Matrix, Part, Prose, Record, RecordList, Selection
from workflows.review.events import Adaptation, Review
from workflows.review.judge import load_template
from workflows.review.words import answer_words, budget, count, section_words

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = load_template(ROOT / "workflows" / "data" / "templates" / "gcm-arab-2020.yaml")
REMOVED = {*map(chr, range(0x064B, 0x0660)), "\u0670", "\u0640"}
SEED = [
    line.partition("\t")[2]
    for line in (Path(__file__).parent / "seed_lines.tsv").read_text("utf-8").splitlines()
]

LETTERS = "كتب هجرة é ß Ж 中 7 ٣ ۴ ½ _ - — ، ؛ . / ( ) « » % 👍 e\u0301"
MARKS = "\u064b\u0651\u0670\u0640"
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u061c\u202e\u2066\u2069\ufeff\u00ad"
SPACES = " \u00a0\u202f\u3000\u2028\t\n\r\x1c"
WRITING = st.text(alphabet=st.sampled_from(sorted(set(LETTERS + MARKS + INVISIBLE + SPACES)))) | st.text()


def naive(text: str) -> int:
    """The rule read aloud: remove, split at white space, keep what has a letter or a digit."""
    bare = "".join(sign for sign in text if sign not in REMOVED)
    return sum(any(unicodedata.category(sign)[0] in "LN" for sign in token) for token in bare.split())


def prose(*texts: str) -> Answer:
    parts = tuple(Part(text=text, source=str(number)) for number, text in enumerate(texts, 1))
    return Answer(state="answered", value=Prose(parts=parts))


def records(*fields: dict[str, str]) -> Answer:
    kept = tuple(Record(id=number, fields=each) for number, each in enumerate(fields, 1))
    return Answer(state="answered", value=RecordList(records=kept, last_id=len(kept)))


def choice(*values: str, other: str = "") -> Answer:
    return Answer(state="answered", value=Selection(values=values, other=other))


@given(WRITING)
def test_the_count_is_that_of_a_naive_reading(text: str) -> None:
    assert count(text) == naive(text)


@given(WRITING, st.data())
def test_what_is_removed_never_changes_the_count(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    mark = data.draw(st.sampled_from(sorted(REMOVED)))
    assert count(text[:at] + mark + text[at:]) == count(text)


@given(WRITING, WRITING)
def test_two_messages_have_the_words_of_both(one: str, other: str) -> None:
    assert count(f"{one}\n{other}") == count(one) + count(other)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("   \n\t", 0),
        ("لم تُنشأ آليةٌ محدَّدة", 4),
        ("الهجرة والتنمية", 2),
        ("الهجرة و التنمية", 3),
        ("الهجـــــرة", 1),
        ("ـــ", 0),
        ("ـ ً ـ", 0),
        ("وزارة الداخلية،وزارة العدل", 3),
        ("نعم — لا", 2),
        ("• وزارة العمل", 2),
        ("1,500", 1),
        ("٢٠١٨", 1),
        ("و/أو", 1),
        ("A/RES/73/195", 1),
        ("https://example.org/a?b=c", 1),
        ("mise en œuvre : l'examen", 4),
        ("نص\u00a0بمسافة\u00a0لاصقة", 3),
        ("\u200fكلمة\u200e \u2066IOM\u2069", 2),
        ("كل\u200bمة", 1),
        ("\u200f \u200e", 0),
        ("👍 👍🏽", 0),
        ("...", 0),
        ("_ __ -_-", 0),
        ("ـ_ـ snake_case", 1),
    ],
)
def test_case_10_known_texts_have_their_known_count(text: str, words: int) -> None:
    assert count(text) == words
    assert naive(text) == words


def test_the_documents_own_words_are_counted_as_a_naive_reader_counts_them() -> None:
    assert [count(line) for line in SEED] == [naive(line) for line in SEED]
    assert sum(map(count, SEED)) > 600


def test_a_long_text_is_counted_at_once() -> None:
    text = " ".join(SEED) * 10
    begun = perf_counter()
    assert count(text) > 6000
    assert perf_counter() - begun < 0.1
    knots = "ـ" * 100_000 + " " + "،" * 100_000
    begun = perf_counter()
    assert count(knots) == 0
    assert perf_counter() - begun < 0.5


def test_the_parts_of_a_text_count_together() -> None:
    assert answer_words(TEMPLATE, "1f.2", prose("كلمة أولى", "وثانية")) == 3


def test_a_choice_counts_only_what_was_typed_beside_it() -> None:
    assert answer_words(TEMPLATE, "1a.1", choice("yes")) == 0
    assert answer_words(TEMPLATE, "2a.2", choice("projects", "other", other="تدريب المدربين")) == 2
    matrix = Answer(state="answered", value=Matrix(cells={"1": "planned"}))
    assert answer_words(TEMPLATE, "3a.3", matrix) == 0


def test_a_record_counts_its_names_and_texts_not_its_choices_dates_and_presets() -> None:
    policy = {
        "kind": "new",
        "title": "الاستراتيجية الوطنية للهجرة",
        "date": "2019-03",
        "objectives": "1 5 16",
        "description": "تنظم مسارات الهجرة",
    }
    assert answer_words(TEMPLATE, "2c.1", records(policy, {"kind": "new", "title": "قانون العمل"})) == 8


def test_no_answer_has_no_words() -> None:
    assert answer_words(TEMPLATE, "1f.2", Answer(state="declined")) == 0


def test_a_section_counts_only_what_applies_now() -> None:
    answers = {
        "1a.1": choice("yes"),
        "1a.2": records({"name": "وزارة الداخلية"}, {"name": "وزارة العمل"}),
        "1b.1": records({"name": "وزارة الخارجية والمغتربين"}),
        "1f.2": prose("نقص البيانات المصنفة"),
        "2b.2": prose("كلمات لا تُحسب هنا"),
    }
    review = Review(TEMPLATE, answers=answers)
    assert section_words(review, "methodology") == {"1a.1": 0, "1a.2": 4, "1f.2": 3}
    assert section_words(review, "policy_environment") == {}
    without = Review(TEMPLATE, answers=answers, adaptations={"1f": Adaptation(left_out=True)})
    assert section_words(without, "methodology") == {"1a.1": 0, "1a.2": 4}
    instead = Review(TEMPLATE, answers={**answers, "1a.1": choice("no")})
    assert section_words(instead, "methodology") == {"1a.1": 0, "1b.1": 3, "1f.2": 3}


def test_the_budget_is_the_sections() -> None:
    answers = {"1c.1": records({"name": "وزارة العدل"}), "1f.2": prose("كلمة " * 510)}
    found = budget(Review(TEMPLATE, answers=answers), "1f.2")
    assert (found.section, found.here, found.used, found.limit, found.left) == (
        "methodology",
        510,
        512,
        500,
        -12,
    )
    assert budget(Review(TEMPLATE), "2c.4").left == 1500
