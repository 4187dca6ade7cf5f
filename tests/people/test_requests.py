"""Where a request for support goes: by kind and country, past offices without anybody, in the end the secretariat."""

from datetime import date

import pytest

from workflows.people.requests import KINDS, Kind, age_in_days, is_silent, read_routes, routes
from workflows.people.roles import OFFICES, Office
from workflows.reference import countries
from workflows.reference.offices import office_city

ALL = [state.code for state in countries()]
WITHOUT_IOM = {"KM", "OM", "PS"}
IOM, UN, REGIONAL, ESCWA, S = OFFICES

SHIPPED: dict[Kind, tuple[Office, ...]] = {
    "technical": (IOM, REGIONAL, ESCWA, S),
    "template": (ESCWA, REGIONAL, UN, S),
    "data": (UN, IOM, ESCWA, S),
    "translation": (ESCWA, REGIONAL, S),
    "drafting": (UN, IOM, REGIONAL, S),
    "process": (S,),
    "other": (IOM, UN, ESCWA, S),
}
"""The order of offices that stands in the shipped file, for a state that all of them serve."""


def expected(kind: Kind, country: str) -> tuple[Office, ...]:
    left_out = ({IOM} if country in WITHOUT_IOM else set()) | ({ESCWA} if country == "KM" else set())
    return tuple(office for office in SHIPPED[kind] if office not in left_out)


def test_there_are_22_states_of_which_three_have_no_certain_office() -> None:
    assert len(ALL) == 22
    assert {code for code in ALL if office_city(code) is None} == WITHOUT_IOM


@pytest.mark.parametrize("country", ALL)
@pytest.mark.parametrize("kind", KINDS)
def test_offices_of_each_kind_and_state_in_their_order(kind: Kind, country: str) -> None:
    order = routes().offices(kind, country)
    assert order == expected(kind, country)
    assert order[-1] == S
    assert routes().first(kind, country, OFFICES) == order[0]


@pytest.mark.parametrize("country", ALL)
@pytest.mark.parametrize("kind", KINDS)
def test_an_office_without_anybody_is_passed_over(kind: Kind, country: str) -> None:
    order = routes().offices(kind, country)
    for at, office in enumerate(order):
        assert routes().first(kind, country, set(order[at:])) == office
    assert routes().first(kind, country, ()) == S


@pytest.mark.parametrize("country", ALL)
@pytest.mark.parametrize("kind", KINDS)
def test_silence_passes_through_all_that_are_left_and_ends_at_the_secretariat(
    kind: Kind, country: str
) -> None:
    order = routes().offices(kind, country)
    came = [order[0]]
    while (following := routes().after(kind, country, came[-1], OFFICES)) is not None:
        came.append(following)
    assert tuple(came) == order
    if order[0] != S:
        assert routes().after(kind, country, order[0], ()) == S


def test_an_office_that_stands_in_no_list_is_followed_by_the_first_of_the_list() -> None:
    assert routes().after("translation", "JO", UN, OFFICES) == ESCWA
    assert routes().after("process", "JO", UN, OFFICES) == S


@pytest.mark.parametrize(("days", "silent"), [(0, False), (1, False), (2, True), (3, True)])
def test_two_working_days_are_silence(days: int, silent: bool) -> None:  # noqa: FBT001 - the expectation
    assert is_silent(days) is silent


def test_no_request_is_younger_than_today() -> None:
    assert age_in_days(date(2020, 6, 1), date(2020, 6, 4)) == 3
    assert age_in_days(date(2020, 6, 4), date(2020, 6, 1)) == 0


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ({"kinds": {}}, "no entry for “technical”"),
        ({"kinds": {kind: ["escwa"] for kind in KINDS} | {"data": ["unicef"]}}, "data names"),
        ({"kinds": {kind: ["escwa"] for kind in KINDS} | {"data": []}}, "no office"),
        ({"kinds": {kind: ["escwa"] for kind in KINDS}, "without": {"XX": ["escwa"]}}, "no state"),
    ],
)
def test_a_file_that_is_not_right_says_what_to_do(content: dict[str, object], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        read_routes(content)


def test_an_edited_file_is_followed() -> None:
    edited = read_routes({"kinds": {kind: ["un_team"] for kind in KINDS}, "without": {"JO": ["un_team"]}})
    assert edited.offices("data", "JO") == (S,)
    assert edited.offices("data", "LB") == (UN, S)
