"""Days are carried between the two calendars as Umm al-Qura computes them, and never guessed outside its tables."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.cycle.days.hijri import MONTH_NAMES, HijriDate, from_hijri, month_name, to_hijri
from workflows.languages import LANGUAGES

FIRST, LAST = date(1924, 8, 1), date(2077, 11, 16)


@pytest.mark.parametrize(
    ("day", "lunar"),
    [
        (date(2020, 7, 31), (1441, 12, 10)),
        (date(2024, 3, 11), (1445, 9, 1)),
        (date(2024, 4, 9), (1445, 9, 30)),
        (date(2024, 4, 10), (1445, 10, 1)),
        (date(2024, 6, 16), (1445, 12, 10)),
        (date(2024, 7, 7), (1446, 1, 1)),
        (date(2013, 6, 29), (1434, 8, 20)),
    ],
)
def test_known_days_agree(day: date, lunar: tuple[int, int, int]) -> None:
    assert to_hijri(day) == HijriDate(*lunar)
    assert from_hijri(HijriDate(*lunar)) == day


@given(st.dates(FIRST, LAST))
def test_every_day_comes_back_and_the_next_one_follows_it(day: date) -> None:
    lunar = to_hijri(day)
    assert lunar is not None
    assert from_hijri(lunar) == day
    if day < LAST:
        following = to_hijri(day + timedelta(days=1))
        assert following is not None
        assert following > lunar
        assert following.day in (1, lunar.day + 1)


@pytest.mark.parametrize("day", [date.min, FIRST - timedelta(days=1), LAST + timedelta(days=1), date.max])
def test_outside_the_tables_there_is_no_answer(day: date) -> None:
    assert to_hijri(day) is None


@pytest.mark.parametrize(
    "lunar",
    [(1342, 12, 29), (1501, 1, 1), (1441, 13, 1), (1441, 0, 1), (1445, 8, 30), (1445, 9, 31), (0, 0, 0)],
)
def test_a_day_that_is_not_there_has_no_counterpart(lunar: tuple[int, int, int]) -> None:
    assert from_hijri(HijriDate(*lunar)) is None


def test_the_months_have_their_names_in_three_languages() -> None:
    assert len(MONTH_NAMES) == 12
    assert all(len({name.in_language(language) for name in MONTH_NAMES}) == 12 for language in LANGUAGES)
    assert month_name(1).ar == "محرّم"
    assert month_name(12).ar == "ذو الحجة"
    assert month_name(9).fr == month_name(9).en == "Ramadan"


@pytest.mark.parametrize("number", [0, 13, -1])
def test_there_is_no_thirteenth_month(number: int) -> None:
    with pytest.raises(IndexError):
        month_name(number)
