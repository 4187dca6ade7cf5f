"""The 22 states are there with their zones and habits, and are recognised however their names are typed."""

from zoneinfo import ZoneInfo

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from workflows.reference import MONTH_HABITS, Country, MonthHabit, countries, country, find_country, months

ZONES = {
    "DZ": ("Africa/Algiers",),
    "BH": ("Asia/Bahrain",),
    "KM": ("Indian/Comoro",),
    "DJ": ("Africa/Djibouti",),
    "EG": ("Africa/Cairo",),
    "IQ": ("Asia/Baghdad",),
    "JO": ("Asia/Amman",),
    "KW": ("Asia/Kuwait",),
    "LB": ("Asia/Beirut",),
    "LY": ("Africa/Tripoli",),
    "MR": ("Africa/Nouakchott",),
    "MA": ("Africa/Casablanca",),
    "OM": ("Asia/Muscat",),
    "PS": ("Asia/Gaza", "Asia/Hebron"),
    "QA": ("Asia/Qatar",),
    "SA": ("Asia/Riyadh",),
    "SO": ("Africa/Mogadishu",),
    "SD": ("Africa/Khartoum",),
    "SY": ("Asia/Damascus",),
    "TN": ("Africa/Tunis",),
    "AE": ("Asia/Dubai",),
    "YE": ("Asia/Aden",),
}


def test_all_22_states_are_there_once() -> None:
    codes = [state.code for state in countries()]
    assert codes == sorted(codes, key=lambda code: country(code).en)
    assert sorted(codes) == sorted(ZONES)
    assert len(codes) == 22


def test_case_32_palestine_is_named_as_the_un_names_it() -> None:
    palestine = country("PS")
    assert [palestine.name("ar"), palestine.name("en"), palestine.name("fr")] == [
        "دولة فلسطين",
        "State of Palestine",
        "État de Palestine",
    ]


@pytest.mark.parametrize("state", countries(), ids=lambda state: state.code)
def test_a_state_is_found_by_its_code_its_names_and_its_other_names(state: Country) -> None:
    for name in (state.code, state.code.lower(), state.ar, state.en, state.fr, *state.aliases):
        assert find_country(name) == state
        assert find_country(f"  {name.upper()} ") == state


@pytest.mark.parametrize("state", countries(), ids=lambda state: state.code)
def test_a_states_zones_exist_and_its_digits_are_its_locales(state: Country) -> None:
    assert state.zones == ZONES[state.code]
    for zone in state.zones:
        assert ZoneInfo(zone).key == zone
    assert state.zone == state.zones[0]
    assert state.digits == Locale.parse(f"ar_{state.code}").default_numbering_system


@pytest.mark.parametrize("state", countries(), ids=lambda state: state.code)
def test_a_states_months_are_its_locales(state: Country) -> None:
    assert list(months(state.months)) == list(
        Locale.parse(f"ar_{state.code}").months["format"]["wide"].values()
    )


@pytest.mark.parametrize("habit", MONTH_HABITS)
def test_a_habit_has_twelve_months_of_different_names(habit: MonthHabit) -> None:
    assert len(set(months(habit))) == 12


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("الاردن", "JO"),
        ("أردن", "JO"),
        ("المملكة الاردنية الهاشمية", "JO"),
        ("السعوديه", "SA"),
        ("المملكه العربيه السعوديه", "SA"),
        ("سوريه", "SY"),
        ("سوريا", "SY"),
        ("عمان", "OM"),
        ("سلطنه عمان", "OM"),
        ("الإمـــارات", "AE"),
        ("اﻷردن", "JO"),
        ("مُوريتانيا", "MR"),
        ("فلسطين", "PS"),
        ("ليبيا ", "LY"),
        ("EGYPTE", "EG"),
        ("algerie", "DZ"),
        ("l'Algérie", "DZ"),
        ("L’Arabie Saoudite", "SA"),
        ("les Comores", "KM"),
        ("the United Arab Emirates", "AE"),
        ("uae", "AE"),
        ("Koweit", "KW"),
        ("ksa", "SA"),
        ("Irak", "IQ"),
        ("ps", "PS"),
    ],
)
def test_a_name_is_recognised_as_people_type_it(typed: str, code: str) -> None:
    found = find_country(typed)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("typed", ["", " ", "ال", "the", "Narnia", "فرنسا", "XX", "السودان الجنوبي", "12"])
def test_what_is_no_state_of_the_region_is_not_found(typed: str) -> None:
    assert find_country(typed) is None


@given(st.text())
def test_any_text_is_a_state_or_none(typed: str) -> None:
    found = find_country(typed)
    assert found is None or found in countries()


def test_an_unknown_code_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        country("FR")
