"""Dates are read as people of the region write them, with the precision they gave, and never refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.review.playing import GCM, TINY
from workflows.reference.month_words import MONTHS
from workflows.review.answers import Record
from workflows.review.dates import cautions, read_date


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("2019", "2019"),
        ("٢٠١٩", "2019"),
        ("۲۰۱۹", "2019"),
        (" 2019 ", "2019"),
        ("\u200f2019\u200f", "2019"),
        ("2019-06", "2019-06"),
        ("2019-6-3", "2019-06-03"),
        ("06/2019", "2019-06"),
        ("٠٦/٢٠١٩", "2019-06"),
        ("3/6/2019", "2019-06-03"),
        ("25.06.2019", "2019-06-25"),
        ("٢٥-٦-٢٠١٩", "2019-06-25"),
        ("29/2/2020", "2020-02-29"),
        ("جوان ٢٠١٩", "2019-06"),
        ("حزيران/يونيو 2019", "2019-06"),
        ("كانون الأول/ديسمبر ٢٠١٨", "2018-12"),
        ("كانون الثاني 2021", "2021-01"),
        ("24 شباط/فبراير 2021", "2021-02-24"),
        ("غشت 2019", "2019-08"),
        ("أوت 2019", "2019-08"),
        ("June 2019", "2019-06"),
        ("3 June 2019", "2019-06-03"),
        ("Sept. 2020", "2020-09"),
        ("juin 2019", "2019-06"),
        ("1er décembre 2018", "2018-12-01"),
        ("FÉVRIER 2021", "2021-02"),
    ],
)
def test_a_plain_date_is_kept_with_its_precision(typed: str, iso: str) -> None:
    assert read_date(typed) == iso


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "قريباً",
        "1441",
        "محرم 1442",
        "12 ربيع الأول 1441هـ",
        "بين 2018 و2020",
        "2019-13",
        "2019-00",
        "31/02/2019",
        "29/2/2019",
        "0/6/2019",
        "1899",
        "2101",
        "حزيران/ديسمبر 2019",
        "June",
        "06/19",
        "20190603",
        "2018-2020",
        "፩፪፫፬",
        "²٠¹٩",
    ],
)
def test_what_is_not_plain_is_left_as_it_was_typed(typed: str) -> None:
    assert read_date(typed) is None


def test_every_month_is_known_by_its_names_in_the_region() -> None:
    assert set(MONTHS.values()) == set(range(1, 13))
    assert read_date("آذار/مارس 2020") == read_date("mars 2020") == read_date("March 2020") == "2020-03"


@given(st.text() | st.from_regex(r"[0-9٠-٩ /.-]{1,12}", fullmatch=True))
def test_nothing_typed_raises_and_a_date_read_is_read_again_as_itself(typed: str) -> None:
    found = read_date(typed)
    assert found is None or read_date(found) == found


@given(st.dates())
def test_every_day_since_1900_is_read_in_both_orders(day: object) -> None:
    iso = str(day)
    year, month, number = iso.split("-")
    known = iso if 1900 <= int(year) <= 2100 else None
    assert read_date(iso) == known
    assert read_date(f"{int(number)}/{int(month)}/{year}") == known


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2018-12", ()),
        ("2018", ()),
        ("2018-12-31", ()),
        ("2021-03", ()),
        ("2018-11", ("early_date",)),
        ("2017", ("early_date",)),
        ("2018-11-30", ("early_date",)),
        ("محرم 1442", ("unreadable_date",)),
        ("", ()),
    ],
)
def test_case_17_a_date_is_remarked_on_and_not_refused(date: str, expected: tuple[str, ...]) -> None:
    assert cautions(GCM, "2c.1", Record(id=1, fields={"title": "قانون", "date": date})) == expected


def test_a_prompt_without_an_earliest_date_remarks_on_unreadable_ones_only() -> None:
    assert cautions(GCM, "2d.1", Record(id=1, fields={"date": "1950"})) == ()
    assert cautions(GCM, "2d.1", Record(id=1, fields={"date": "قديم"})) == ("unreadable_date",)
    assert cautions(GCM, "1c.1", Record(id=1, fields={"name": "1950"})) == ()


def test_a_year_is_compared_as_a_year() -> None:
    assert cautions(TINY, "2b.1", Record(id=1, fields={"date": "2015-01"})) == ()
    assert cautions(TINY, "2b.1", Record(id=1, fields={"date": "2014-12"})) == ("early_date",)
