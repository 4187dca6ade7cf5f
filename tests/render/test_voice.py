"""Numbers, dates, directions: the habits of the reader's language and country."""

from datetime import time

import pytest

from bot.render.voice import Digits, Spoken, Voice
from workflows.languages import Language, Text

FSI, PDI, RLM = "\u2068", "\u2069", "\u200f"


@pytest.mark.parametrize(
    ("language", "digits", "number", "words"),
    [
        ("en", "latn", 1500, "1,500"),
        ("fr", "latn", 1500, "1\u202f500"),
        ("ar", "latn", 1500, "1,500"),
        ("ar", "arab", 1500, "١٬٥٠٠"),
        ("ar", "arab", 7, "٧"),
        ("fr", "latn", 1234567, "1\u202f234\u202f567"),
    ],
)
def test_numbers(language: Language, digits: Digits, number: int, words: str) -> None:
    assert Voice(language, digits).number(number) == words


@pytest.mark.parametrize(
    ("country", "june", "july", "december"),
    [
        ("JO", "حزيران", "تموز", "كانون الأول"),
        ("SY", "حزيران", "تموز", "كانون الأول"),
        ("PS", "حزيران", "تموز", "كانون الأول"),
        ("DZ", "جوان", "جويلية", "ديسمبر"),
        ("TN", "جوان", "جويلية", "ديسمبر"),
        ("MA", "يونيو", "يوليوز", "دجنبر"),
        ("MR", "يونيو", "يوليو", "دجمبر"),
        ("EG", "يونيو", "يوليو", "ديسمبر"),
        ("SD", "يونيو", "يوليو", "ديسمبر"),
        ("", "حزيران/يونيو", "تموز/يوليو", "كانون الأول/ديسمبر"),
    ],
)
def test_months_have_the_names_of_the_country(country: str, june: str, july: str, december: str) -> None:
    voice = Voice("ar", country=country)
    assert [voice.date(f"2020-{month}") for month in ("06", "07", "12")] == [
        f"{name}\u00a02020" for name in (june, july, december)
    ]


@pytest.mark.parametrize(
    ("language", "digits", "iso", "words"),
    [
        ("en", "latn", "2020-06-25", "25 June 2020"),
        ("fr", "latn", "2020-06-25", "25 juin 2020"),
        ("fr", "latn", "2020-07-01", "1er juillet 2020"),
        ("ar", "arab", "2020-06-05", "٥ حزيران/يونيو ٢٠٢٠"),
        ("ar", "latn", "2019", "2019"),
        ("en", "latn", "2018-12", "December 2018"),
        ("en", "latn", "next spring", "next spring"),
        ("en", "latn", "1441-11-04", "1441-11-04"),
        ("en", "latn", "2020-13-01", "2020-13-01"),
    ],
)
def test_dates(language: Language, digits: Digits, iso: str, words: str) -> None:
    assert Voice(language, digits).date(iso).replace("\u00a0", " ") == words


@pytest.mark.parametrize(
    ("language", "country", "words"),
    [
        ("en", "", "25 June 2020, 10:00 (Cairo time)"),
        ("ar", "", "25 حزيران/يونيو 2020، 10:00 (بتوقيت القاهرة)"),
        ("fr", "MR", "25 juin 2020, 8 h"),
        ("ar", "MA", "25 يونيو 2020، 09:00"),
        ("ar", "OM", "٢٥ يونيو ٢٠٢٠، ١٢:٠٠"),
    ],
)
def test_moments_are_in_the_readers_zone(language: Language, country: str, words: str) -> None:
    assert (
        Voice.of(language, "auto", country).moment("2020-06-25T08:00:00+00:00").replace("\u00a0", " ")
        == words
    )


def test_cairo_had_another_offset_in_2024() -> None:
    assert "10:00" in Voice.of("en").moment("2024-07-03T07:00:00+00:00")


@pytest.mark.parametrize(
    ("language", "setting", "country", "digits"),
    [
        ("ar", "auto", "JO", "arab"),
        ("ar", "auto", "MA", "latn"),
        ("ar", "auto", "", "latn"),
        ("ar", "latn", "JO", "latn"),
        ("ar", "arab", "MA", "arab"),
        ("en", "auto", "JO", "latn"),
        ("fr", "auto", "EG", "latn"),
    ],
)
def test_digits_follow_the_country_unless_chosen(
    language: Language, setting: Digits, country: str, digits: Digits
) -> None:
    assert Voice.of(language, setting, country).digits == digits


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("وزارة الداخلية", "وزارة الداخلية"),
        ("وزارةُ الدّاخليّة", "وزارةُ الدّاخليّة"),
        ("IOM", f"{FSI}IOM{PDI}"),
        ("وزارة (MoI)", f"{FSI}وزارة (MoI){PDI}"),
        ("القرار 195/73", f"{FSI}القرار 195/73{PDI}"),
        ("+962 6 123", f"{FSI}+962 6 123{PDI}"),
        ("a\u202eb\nc", f"{FSI}ab c{PDI}"),
    ],
)
def test_what_is_typed_is_isolated_in_arabic(typed: str, shown: str) -> None:
    assert Voice("ar").typed(typed) == shown


def test_what_is_typed_in_arabic_is_isolated_in_english() -> None:
    assert Voice("en").typed("وزارة") == f"{FSI}وزارة{PDI}"
    assert Voice("en").typed("Ministry (MoI)") == "Ministry (MoI)"


def test_what_is_typed_keeps_its_own_digits() -> None:
    voice = Voice("ar", "arab")
    assert voice.gettext("Other: {words}", words="خطة 2030") == f"غير ذلك: {FSI}خطة 2030{PDI}"
    assert voice.gettext("Other: {words}", words="{count}") == f"غير ذلك: {FSI}{{count}}{PDI}"


def test_our_own_words_are_not_isolated() -> None:
    assert Voice("ar").gettext("Other: {words}", words=Spoken("IOM")) == "غير ذلك: IOM"


def test_a_line_without_arabic_letters_still_runs_from_the_right() -> None:
    assert Voice("ar").gettext("{number}. {name}", number=3, name="IOM") == f"{RLM}3. {FSI}IOM{PDI}"
    assert Voice("ar").gettext("{number}. {name}", number=3, name="وزارة") == "3. وزارة"
    assert Voice("en").gettext("{number}. {name}", number=3, name="IOM") == "3. IOM"


def test_words_of_the_template_get_the_readers_digits() -> None:
    words = Text(ar="23 هدفاً منذ ٢٠١٨", en="23 since 2018", fr="23 depuis 2018")
    assert Voice("ar", "arab").words(words) == "٢٣ هدفاً منذ ٢٠١٨"
    assert Voice("ar", "latn").words(words) == "23 هدفاً منذ 2018"
    assert Voice("en", "latn").words(words) == "23 since 2018"


@pytest.mark.parametrize(
    ("language", "country", "words"),
    [
        ("ar", "LB", "بين أواخر تموز وأوائل آب، ثم كانون الأول"),
        ("ar", "DZ", "بين أواخر جويلية وأوائل أوت، ثم ديسمبر"),
        ("ar", "", "بين أواخر تموز/يوليو وأوائل آب/أغسطس، ثم كانون الأول/ديسمبر"),
        ("en", "LB", "July, August, December"),
    ],
)
def test_double_months_of_a_calendar_become_the_readers_own(
    language: Language, country: str, words: str
) -> None:
    said = Text(
        ar="بين أواخر تموز/يوليو وأوائل آب/أغسطس، ثم كانون الأول/ديسمبر", en="July, August, December", fr=""
    )
    assert Voice(language, country=country).of_calendar(said) == words


@pytest.mark.parametrize(
    ("language", "name"), [("ar", "دولة فلسطين"), ("en", "State of Palestine"), ("fr", "État de Palestine")]
)
def test_countries_have_their_own_names(language: Language, name: str) -> None:
    assert Voice(language).country_name("PS") == name


def test_a_command_holds_together() -> None:
    assert Voice("ar").command("help") == f"{FSI}/help{PDI}"
    assert Voice("fr").command("help") == "/help"


@pytest.mark.parametrize(
    ("language", "at", "words"),
    [
        ("fr", "08:00", "8 h"),
        ("fr", "10:30", "10 h 30"),
        ("fr", "00:05", "0 h 05"),
        ("en", "08:00", "08:00"),
        ("ar", "08:30", "08:30"),
    ],
)
def test_hours_are_written_in_the_way_of_the_language(language: Language, at: str, words: str) -> None:
    assert Voice(language).hour(time.fromisoformat(at)).replace("\u00a0", " ") == words


@pytest.mark.parametrize(
    ("language", "at", "words"),
    [
        ("en", time(0), "12 midnight"),
        ("en", time(0, 30), "12:30 a.m."),
        ("en", time(9), "9:00 a.m."),
        ("en", time(12), "12 noon"),
        ("en", time(12, 15), "12:15 p.m."),
        ("en", time(23, 59), "11:59 p.m."),
        ("ar", time(0, 30), "12:30 ص"),
        ("ar", time(9), "9:00 ص"),
        ("ar", time(12, 15), "12:15 ظهراً"),
        ("ar", time(13), "1:00 م"),
        ("fr", time(13), "13 h"),
    ],
)
def test_hours_on_twelve(language: Language, at: time, words: str) -> None:
    assert Voice.of(language, "latn", "", "12").hour(at).replace("\N{NO-BREAK SPACE}", " ") == words


def test_a_sentence_that_ends_with_an_hour_on_twelve_has_one_point() -> None:
    voice = Voice.of("en", "auto", "JO", "12")
    rest = voice.gettext(
        "Your reminders rest until {moment}.", moment=voice.moment("2020-06-25T06:00:00+00:00")
    )
    assert rest.replace("\N{NO-BREAK SPACE}", " ") == "Your reminders rest until 25 June 2020, 9:00 a.m."
