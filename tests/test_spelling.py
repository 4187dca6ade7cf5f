"""Words that people spell in their own way are the same word, and different words stay different."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.spelling import plain, western_digits


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أهداف", "اهداف"),
        ("إلى", "الي"),
        ("آذار", "اذار"),
        ("وزارة", "وزاره"),
        ("مسؤول", "مسوول"),
        ("هيئة", "هييه"),
        ("آليّةٌ", "اليه"),
        ("نـعـم", "نعم"),
        ("ﻧﻌﻢ", "نعم"),
        ("ﻻ", "لا"),
        ("نعم!", "نعم"),
        ("«نعم».", "نعم"),
        ("\u200fنعم\u200f", "نعم"),
        ("Février", "fevrier"),
        ("FE\u0301VRIER", "février"),
        ("Ｙes", "yes"),
        ("٢٠١٩", "2019"),
        ("۲۰۱۹", "2019"),
        ("كانون  الأوّل /  ديسمبر", "كانون الأول ديسمبر"),
    ],
)
def test_two_spellings_of_one_word_are_equal(one: str, other: str) -> None:
    assert plain(one) == plain(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("نعم", "لا"), ("1", "11"), ("yes", "yes sir"), ("سوريا", "سورية لبنان"), ("علم", "عمل"), ("", "لا")],
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert plain(one) != plain(other)


def test_digits_of_both_sets_are_read_and_letters_left_alone() -> None:
    assert western_digits("عام ٢٠١٩ و ۲۰۲۰ و 2021") == "عام 2019 و 2020 و 2021"


@given(st.text())
def test_spelling_plainly_twice_changes_nothing(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@given(st.text())
def test_the_plain_form_has_no_marks_no_capitals_and_no_stray_space(text: str) -> None:
    bare = plain(text)
    assert bare == " ".join(bare.split())
    assert not any(unicodedata.combining(letter) for letter in bare)
    assert bare == bare.casefold()


@given(st.text(), st.sampled_from("ًٌٍَُِّْ"), st.integers(min_value=0))
def test_a_diacritic_anywhere_makes_no_difference(text: str, mark: str, at: int) -> None:
    place = at % (len(text) + 1)
    assert plain(text[:place] + mark + text[place:]) == plain(text)
