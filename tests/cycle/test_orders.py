"""What officers type to steer the calendar, read: the event, the date, the way to meet, a place, a link."""

from datetime import date, time

import pytest

from workflows.cycle.calendar import Calendar
from workflows.cycle.files.judging import shipped_calendar
from workflows.cycle.typed.orders import countries_named, read_link, read_order, read_place
from workflows.reference import countries
from workflows.spelling import plain
from workflows.when import Exact, When, Window

TODAY = date(2020, 6, 8)


def calendar(cycle: str = "gcm-arab-2020") -> Calendar:
    found = shipped_calendar(cycle)
    assert found is not None
    return found


def days(first: date, last: date | None = None, starts: time | None = None) -> When:
    return Exact(first=first, last=last or first, starts=starts)


@pytest.mark.parametrize(
    "text",
    [
        "أجّل المنتدى إلى ٢٤-٢٥ شباط/فبراير ٢٠٢١ افتراضياً",
        "forum 24-25 شباط/فبراير 2021 online",
        "postpone the forum to 24-25 February 2021, virtually",
        "reporter le forum aux 24 et 25 février 2021, en ligne",
        "24-25 February 2021 online for the forum",
        "المنتدى ٢٤-٢٥ فبراير ٢٠٢١ عن بُعد",
    ],
)
def test_the_forum_is_moved_in_one_sentence(text: str) -> None:
    order = read_order(text, calendar(), TODAY)
    assert order.milestones == ("forum",)
    assert order.reading.readings == (days(date(2021, 2, 24), date(2021, 2, 25)),)
    assert order.mode == "online"
    assert not order.unclear


@pytest.mark.parametrize(
    "text",
    [
        "session 2 15 July 2020 10:00",
        "session 2: 15 July 2020 10:00",
        "session 2, 15 July 2020 10:00",
        "session2 15 July 2020 10:00",
        "move session 2 to 15 July 2020 at 10:00",
        "الجلسة الثانية ١٥ تموز ٢٠٢٠ الساعة ١٠",
        "الجلسة 2 في 15 يوليو 2020 الساعة 10",
        "la séance 2 le 15 juillet 2020 à 10h",
    ],
)
def test_the_number_of_a_session_is_no_day(text: str) -> None:
    order = read_order(text, calendar(), TODAY)
    assert order.milestones == ("session2",)
    assert order.reading.readings == (days(date(2020, 7, 15), starts=time(10)),)


@pytest.mark.parametrize(
    "text",
    [
        "round 2: 6 August",
        "round 2 6 August 2020",
        "the second round goes to 6 August",
        "2nd round, 6 August",
        "round two on 6 August",
        "6 August: round 2",
        "الجولة الثانية: 6 آب/أغسطس",
        "الجولة ٢: ٦ آب",
        "الجولة (٢) في ٦ أغسطس",
        "أجّل الجولة رقم ٢ إلى ٦ آب ٢٠٢٠",
        "ثاني جولة ٦ آب",
        "deuxième série : 6 août",
        "2e série le 6 août 2020",
        "série n° 2, jeudi 6 août",
    ],
)
def test_the_number_of_a_round_is_no_day(text: str) -> None:
    order = read_order(text, calendar(), TODAY)
    assert order.milestones == ("round2",)
    assert order.reading.readings == (days(date(2020, 8, 6)),)
    assert order.sure
    assert not order.unclear


@pytest.mark.parametrize(
    "text",
    [
        "round 1 phase 2: 15 July 2020",
        "second phase of round one, 15 July 2020",
        "round 1, session 2: 15 July 2020",
        "المرحلة الثانية من الجولة الأولى: ١٥ تموز ٢٠٢٠",
        "الجولة ١ المرحلة ٢ في ١٥/٧/٢٠٢٠",
        "première série, séance 2 : 15 juillet 2020",
        "2e phase de la première série le 15 juillet 2020",
    ],
)
def test_round_and_phase_together_name_one_session(text: str) -> None:
    order = read_order(text, calendar(), TODAY)
    assert order.milestones == ("session2",)
    assert order.reading.readings == (days(date(2020, 7, 15)),)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("round 1: 6 August", ("session1", "session2")),
        ("rounds 1 and 2: 6 August", ("session1", "session2", "round2")),
        ("first and second sessions: 6 August", ("session1", "session2")),
        ("sessions 1 & 2, 6 August", ("session1", "session2")),
        ("round 2 and session 1: 6 August", ("session1", "round2")),
        ("fifth round: 6 August", ("session1", "session2", "round2")),
        ("الجلستان الأولى والثانية: ٦ آب", ("session1", "session2")),
        ("الجلستين ١ و٢ في ٦ آب", ("session1", "session2")),
        ("الجولة الخامسة: ٦ آب", ("session1", "session2", "round2")),
        ("1re et 2e séances : 6 août", ("session1", "session2")),
        ("cinquième série : 6 août", ("session1", "session2", "round2")),
    ],
)
def test_every_event_that_numbers_name_is_offered(text: str, meant: tuple[str, ...]) -> None:
    order = read_order(text, calendar(), TODAY)
    assert order.milestones == meant
    assert order.reading.readings == (days(date(2020, 8, 6)),)
    assert order.numbered


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("session 2 July 2020", ((1, 31), (2, 2))),
        ("séance 2 juillet 2020", ((1, 31), (2, 2))),
        ("الجلسة ٢ تموز ٢٠٢٠", ((1, 31), (2, 2))),
        ("session 2 and 3 July 2020", ((3, 3), (2, 3))),
        ("session 2: July 2020", ((1, 31),)),
        ("session two, 2 July 2020", ((2, 2),)),
    ],
)
def test_a_number_that_may_be_a_day_as_well_is_read_as_both(
    text: str, readings: tuple[tuple[int, int], ...]
) -> None:
    order = read_order(text, calendar(), TODAY)
    assert order.milestones == ("session2",)
    found = [each for each in order.reading.readings if isinstance(each, Exact | Window)]
    assert [(each.first, each.last) for each in found] == [
        (date(2020, 7, first), date(2020, 7, last)) for first, last in readings
    ]
    assert not order.unclear


@pytest.mark.parametrize(
    "text", ["session 15 July 2020", "session 15 to 16 July 2020", "séance 15 juillet 2020"]
)
def test_a_day_beside_the_name_of_a_part_is_no_number(text: str) -> None:
    order = read_order(text, calendar(), TODAY)
    assert order.milestones == ("session1", "session2")
    (day,) = order.reading.readings
    assert isinstance(day, Exact)
    assert day.first == date(2020, 7, 15)


@pytest.mark.parametrize(
    ("cycle", "text", "meant"),
    [
        ("gcm-arab-2024", "conference 3-4 July 2024", ("conference",)),
        ("gcm-arab-2024", "المؤتمر ٣-٤ تموز ٢٠٢٤", ("conference",)),
        ("gcm-arab-2024", "imrf2026 May 2026", ("imrf2026",)),
        ("gcm-arab-2024", "dialogue2024 April 2024", ("dialogue2024",)),
        ("gcm-arab-2020", "IMRF May 2022", ("imrf2022",)),
        ("gcm-arab-2020", "الموعد النهائي ٣٠ أيلول ٢٠٢٠", ("submission",)),
        ("gcm-arab-2020", "deadline 30 September 2020", ("submission",)),
        ("gcm-arab-2020", "workshop 3 August 2020", ("session1", "session2")),
        ("gcm-arab-2020", "the garden party 3 August 2020", ()),
        ("gcm-arab-2020", "", ()),
    ],
)
def test_an_event_is_known_by_its_id_its_sort_or_its_title(
    cycle: str, text: str, meant: tuple[str, ...]
) -> None:
    assert read_order(text, calendar(cycle), TODAY).milestones == meant


def test_more_time_for_a_country_is_read_for_a_deadline_alone() -> None:
    text = "مدّد الموعد النهائي لليمن إلى ١٥ تشرين الثاني ٢٠٢٠"
    order = read_order(text, calendar(), TODAY)
    assert (order.milestones, order.country) == (("submission",), "YE")
    assert order.reading.readings == (days(date(2020, 11, 15)),)
    assert not read_order("المنتدى في عمان ٣ آب ٢٠٢٠", calendar(), TODAY).country


@pytest.mark.parametrize(
    "text",
    [
        "deadline for Yemen, Lebanon 15 October 2020",
        "deadline for Yemen/Lebanon 15 October 2020",
        "submission: le Yémen et le Liban, 15 octobre 2020",
        "الموعد النهائي لليمن ولبنان ١٥ تشرين الأول ٢٠٢٠",
    ],
)
def test_no_country_of_several_is_dropped(text: str) -> None:
    order = read_order(text, calendar(), TODAY)
    assert order.milestones == ("submission",)
    assert order.several
    assert not order.country


def test_every_name_of_a_country_names_that_one_alone() -> None:
    for state in countries():
        for name in (state.ar, state.en, state.fr, *state.aliases):
            assert countries_named(f"{name}, {name}") == (state.code,), name


PARTICLES = ("ل", "ب", "و", "ول", "وب", "لـ", "في ", "إلى ", "من ", "دولة ")
ARABIC_NAMES = [
    (state.code, name)
    for state in countries()
    for name in (state.ar, plain(state.ar), *state.aliases)
    if not name.isascii() and "\u0600" <= name[0] <= "\u06ff"
]


@pytest.mark.parametrize("particle", PARTICLES)
def test_every_state_is_named_with_a_particle_before_it(particle: str) -> None:
    assert {code for code, _ in ARABIC_NAMES} == {state.code for state in countries()}
    for code, name in ARABIC_NAMES:
        named = f"{particle}{name}".replace("لال", "لل").replace("لـال", "لل")
        order = read_order(f"الموعد النهائي {named} ١٥ تشرين الثاني ٢٠٢٠", calendar(), TODAY)
        assert (order.milestones, order.country, order.several) == (("submission",), code, False), named
        assert order.reading.readings == (days(date(2020, 11, 15)),), named


def test_two_states_joined_by_a_particle_are_two() -> None:
    for code, name in ARABIC_NAMES:
        other, code_of_other = ("ليبيا", "LY") if code != "LY" else ("لبنان", "LB")
        assert countries_named(f"{name} و{other}") == (code, code_of_other)
        both = f"ل{other} ول{name}".replace("لال", "لل")
        assert countries_named(both) == (code_of_other, code), both


@pytest.mark.parametrize("text", ["first week of July 2020", "Friday 3 July 2020, regional", "15 July 2020"])
def test_a_stray_word_of_a_title_names_no_event_surely(text: str) -> None:
    assert not read_order(text, calendar(), TODAY).sure
    assert read_order(f"forum {text}", calendar(), TODAY).sure


def test_a_window_is_read_too() -> None:
    (window,) = read_order("forum mid February 2021", calendar(), TODAY).reading.readings
    assert isinstance(window, Window)
    assert (window.first, window.last) == (date(2021, 2, 11), date(2021, 2, 20))


@pytest.mark.parametrize(
    "text", ["forum 31 February 2021", "forum ٣١ شباط ٢٠٢١", "forum 99", "forum 45/13/2021"]
)
def test_a_number_beside_a_date_makes_it_none(text: str) -> None:
    order = read_order(text, calendar(), TODAY)
    assert order.milestones == ("forum",)
    assert order.unclear
    assert not order.reading.readings


def test_hours_are_those_of_the_place_where_people_meet() -> None:
    met = read_order("forum 24 February 2021 10:00", calendar(), TODAY).reading.readings
    screen = read_order("forum 24 February 2021 10:00 online", calendar(), TODAY).reading.readings
    assert [each.zone for each in (*met, *screen) if isinstance(each, Exact)] == [
        "Asia/Beirut",
        "Africa/Cairo",
    ]


@pytest.mark.parametrize(
    ("text", "link"),
    [
        (" https://meet.example.org/x?a=1&b=2 ", "https://meet.example.org/x?a=1&b=2"),
        ("http://example.org", "http://example.org"),
        ("javascript:alert(1)", ""),
        ("https://", ""),
        ("https://[", ""),
        ("https://example.org two words", ""),
        ("https://example.org/" + "a" * 400, ""),
        ("Beirut", ""),
        ("", ""),
    ],
)
def test_a_link_is_an_address_on_the_web(text: str, link: str) -> None:
    assert read_link(text) == link


def test_a_place_is_the_same_in_every_language_or_given_in_three() -> None:
    one, three = read_place(" Hall  5,\nAmman "), read_place("Beirut / بيروت / Beyrouth")
    assert one is not None
    assert three is not None
    assert one.ar == one.en == one.fr == "Hall 5, Amman"
    assert (three.ar, three.en, three.fr) == ("بيروت", "Beirut", "Beyrouth")
    assert read_place("  ") is None
    assert read_place("x" * 121) is None
