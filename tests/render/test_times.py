"""When something is, as each reader sees it: the right hour, the right day, the names and digits of the country."""

from datetime import date, time

import pytest

from bot.render import times
from bot.render.voice import Voice
from workflows.languages import Language, Text
from workflows.when import Exact, Unstated, When, Window


def at(first: date, last: date | None = None, hours: str = "", zone: str = "Africa/Cairo") -> Exact:
    starts, _, ends = hours.partition("-")
    return Exact(
        first=first,
        last=last or first,
        starts=time.fromisoformat(starts) if starts else None,
        ends=time.fromisoformat(ends) if ends else None,
        zone=zone,
    )


WORKSHOP = at(date(2020, 6, 25), hours="10:00-13:00")
CONFERENCE = at(date(2024, 7, 3), date(2024, 7, 4), hours="10:00")
FORUM = at(date(2020, 12, 1), date(2020, 12, 2))
JULY = Window(
    first=date(2020, 7, 1),
    last=date(2020, 7, 10),
    phrase=Text(ar="أوائل تموز/يوليو 2020", en="early July 2020", fr="début juillet 2020"),
)


def told(language: Language, country: str, when: When) -> list[str]:
    said = times.told(Voice.of(language, "auto", country), when)
    return said.replace("\u00a0", " ").replace("\u200f", "").split("\n")


def test_the_workshop_is_at_eight_in_nouakchott_and_at_noon_in_muscat() -> None:
    assert told("fr", "MR", WORKSHOP) == [
        "jeudi 25 juin 2020, de 10 h à 13 h (heure du Caire)",
        "Votre heure (Mauritanie) : de 8 h à 11 h",
    ]
    assert told("ar", "OM", WORKSHOP) == [
        "الخميس ٢٥ يونيو ٢٠٢٠، من ١٠:٠٠ إلى ١٣:٠٠ (بتوقيت القاهرة)",
        "بتوقيتكم (عُمان): من ١٢:٠٠ إلى ١٥:٠٠",
    ]


def test_case_25_in_2024_cairo_is_an_hour_ahead_of_what_it_was() -> None:
    assert told("en", "MR", CONFERENCE) == [
        "Wednesday and Thursday, 3 and 4 July 2024, 10:00 each day (Cairo time)",
        "Your time (Mauritania): 07:00",
    ]
    assert told("en", "OM", CONFERENCE)[1] == "Your time (Oman): 11:00"


def test_one_hour_is_said_once() -> None:
    assert told("en", "", WORKSHOP) == ["Thursday, 25 June 2020, 10:00–13:00 (Cairo time)"]
    assert told("en", "EG", WORKSHOP) == ["Thursday, 25 June 2020, 10:00–13:00 (Cairo time)"]
    assert told("en", "LY", WORKSHOP) == [
        "Thursday, 25 June 2020, 10:00–13:00 (Cairo time, the same as yours)"
    ]


def test_where_the_own_clock_is_past_midnight_the_own_day_is_named() -> None:
    late = at(date(2020, 6, 30), hours="23:00-23:30")
    assert told("en", "OM", late) == [
        "Tuesday, 30 June 2020, 23:00–23:30 (Cairo time)",
        "Your time (Oman): Wednesday, 1 July 2020, 01:00–01:30",
    ]
    across = at(date(2020, 6, 30), hours="21:00-23:00")
    assert told("en", "OM", across)[1] == "Your time (Oman): 23:00–01:00 (the next day)"


def test_where_the_clocks_change_between_two_days_each_has_its_own_hours() -> None:
    """Cairo put its clocks forward on 28 April 2023; Beirut had done so in March, Tunis never does."""
    april = at(date(2023, 4, 27), date(2023, 4, 28), hours="10:00-12:00")
    assert told("en", "TN", april)[1:] == [
        "Your time (Tunisia): Thursday, 27 April 2023, 09:00–11:00",
        "Your time (Tunisia): Friday, 28 April 2023, 08:00–10:00",
    ]


def test_a_zone_other_than_cairo_is_named_by_its_city() -> None:
    forum = at(date(2022, 5, 17), date(2022, 5, 20), hours="10:00-18:00", zone="America/New_York")
    assert told("fr", "", forum) == [
        "du mardi 17 au vendredi 20 mai 2022, de 10 h à 18 h chaque jour (heure locale : New York)",
        "heure du Caire : de 16 h à 0 h (le lendemain)",
    ]
    assert "نيويورك" in told("ar", "MA", forum)[0]


@pytest.mark.parametrize(
    ("language", "country", "words"),
    [
        ("en", "", "Tuesday and Wednesday, 1 and 2 December 2020"),
        ("fr", "DZ", "mardi 1er et mercredi 2 décembre 2020"),
        ("ar", "", "الثلاثاء والأربعاء 1 و2 كانون الأول/ديسمبر 2020"),
        ("ar", "JO", "الثلاثاء والأربعاء ١ و٢ كانون الأول ٢٠٢٠"),
        ("ar", "MA", "الثلاثاء والأربعاء 1 و2 دجنبر 2020"),
    ],
)
def test_days_without_hours(language: Language, country: str, words: str) -> None:
    assert told(language, country, FORUM) == [words]


def test_days_of_two_months_are_named_in_full() -> None:
    days = at(date(2020, 6, 30), date(2020, 7, 3))
    assert told("fr", "", days) == ["du mardi 30 juin 2020 au vendredi 3 juillet 2020"]
    assert times.short(Voice("en"), days).replace("\u00a0", " ") == "30 June 2020 – 3 July 2020"


def test_a_window_keeps_the_words_of_its_source() -> None:
    assert told("en", "", JULY) == ["early July 2020 (to be confirmed)"]
    assert told("ar", "", JULY) == ["أوائل تموز/يوليو 2020 (يُؤكَّد لاحقاً)"]
    assert times.short(Voice("fr"), JULY) == "début juillet 2020 (à confirmer)"


@pytest.mark.parametrize(
    ("country", "words"),
    [
        ("LB", "أوائل تموز ٢٠٢٠"),
        ("OM", "أوائل يوليو ٢٠٢٠"),
        ("TN", "أوائل جويلية 2020"),
        ("MA", "أوائل يوليوز 2020"),
    ],
)
def test_a_window_is_told_in_the_readers_own_months(country: str, words: str) -> None:
    assert told("ar", country, JULY) == [f"{words} (يُؤكَّد لاحقاً)"]
    assert times.short(Voice.of("ar", "auto", country), JULY) == f"{words} (يُؤكَّد لاحقاً)"


def test_a_date_nobody_gave_is_not_invented() -> None:
    assert told("en", "", Unstated()) == ["<i>date not announced yet</i>"]
    assert times.short(Voice("ar"), Unstated()) == "لم يُعلَن التاريخ بعد"


def test_what_no_longer_holds_is_struck_out() -> None:
    assert times.struck(Voice("en"), FORUM).replace("\u00a0", " ") == "<s>1 and 2 December 2020</s>"


@pytest.mark.parametrize(
    ("language", "country", "when", "words"),
    [
        ("en", "", FORUM, "Tuesday and Wednesday, 1 and 2 December 2020 (16 and 17 Rabi al-Thani 1442 AH)"),
        (
            "ar",
            "SA",
            WORKSHOP,
            "الخميس ٢٥ يونيو ٢٠٢٠ (٤ ذو القعدة ١٤٤١ هـ)، من ١٠:٠٠ إلى ١٣:٠٠ (بتوقيت القاهرة)",
        ),
        (
            "fr",
            "MA",
            at(date(2024, 7, 6), date(2024, 7, 8)),
            "du samedi 6 au lundi 8 juillet 2024 (du 30 Dhou al-hijja 1445 au 2 Mouharram 1446 de l'hégire)",
        ),
    ],
)
def test_the_hijri_date_stands_beside(language: Language, country: str, when: Exact, words: str) -> None:
    said = times.told(Voice.of(language, "auto", country), when, hijri=True)
    assert said.replace("\u00a0", " ").split("\n")[0] == words


def test_a_year_that_the_hijri_calendar_does_not_reach_is_left_alone() -> None:
    far = at(date(2090, 6, 25))
    assert times.told(Voice("en"), far, hijri=True) == times.told(Voice("en"), far)
