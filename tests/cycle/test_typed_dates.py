"""Dates are understood as people of the region type them; what is in doubt is shown twice, and nothing is guessed."""

import time as clock
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workflows.cycle.days.hijri import MONTH_NAMES, to_hijri
from workflows.cycle.typed.dates import Reading, is_past, read_when, spot_when
from workflows.cycle.typed.words import WORDS
from workflows.reference import MONTH_HABITS, months
from workflows.when import CAIRO, Exact, Unstated, When, Window

WEDNESDAY = date(2020, 6, 10)
ENGLISH = [date(2020, month, 1).strftime("%B") for month in range(1, 13)]
FRENCH = ["janvier", "février", "mars", "avril", "mai", "juin"]
FRENCH += ["juillet", "août", "septembre", "octobre", "novembre", "décembre"]
ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def shown(when: When) -> str:
    """A date in short: 2020-06-25..2020-06-26 10:00-13:00, a window with ~."""
    assert not isinstance(when, Unstated)
    days = str(when.first) if when.first == when.last else f"{when.first}..{when.last}"
    if isinstance(when, Window):
        return f"~{when.first}..{when.last}"
    hours = f" {when.starts:%H:%M}" if when.starts else ""
    return days + hours + (f"-{when.ends:%H:%M}" if when.ends else "")


def read(text: str, today: date = WEDNESDAY) -> Reading:
    return read_when(text, today, CAIRO)


def said(text: str, today: date = WEDNESDAY) -> list[str]:
    return [shown(when) for when in read(text, today).readings]


CLEAR = {
    # A day, its month by name, in the three languages and all habits of the region.
    "25 June 2020": "2020-06-25",
    "25 june, 2020": "2020-06-25",
    "June 25, 2020": "2020-06-25",
    "Jun 25th 2020": "2020-06-25",
    "the 25th of June 2020": "2020-06-25",
    "on 25 June 2020.": "2020-06-25",
    "25-Jun-2020": "2020-06-25",
    "25 juin 2020": "2020-06-25",
    "le 25 juin 2020": "2020-06-25",
    "1er décembre 2020": "2020-12-01",
    "LE 1ER DÉCEMBRE 2020": "2020-12-01",
    "premier juillet 2020": "2020-07-01",
    "15 août 2020": "2020-08-15",
    "15 aout 2020": "2020-08-15",
    "25 حزيران 2020": "2020-06-25",
    "25 حزيران/يونيو 2020": "2020-06-25",
    "٢٥ حزيران / يونيو ٢٠٢٠": "2020-06-25",
    "25 يونيو 2020": "2020-06-25",
    "25 يونيه 2020": "2020-06-25",
    "25 جوان 2020": "2020-06-25",
    "3 يوليوز 2024": "2024-07-03",
    "3 جويلية 2024": "2024-07-03",
    "٣ تموز ٢٠٢٤": "2024-07-03",
    "3 يوليه 2024": "2024-07-03",
    "15 غشت 2021": "2021-08-15",
    "15 أوت 2021": "2021-08-15",
    "15 أغشت 2021": "2021-08-15",
    "15 آب/أغسطس 2021": "2021-08-15",
    "1 دجنبر 2020": "2020-12-01",
    "1 دجمبر 2020": "2020-12-01",
    "1 كانون الأول 2020": "2020-12-01",
    "1 كانون الثاني 2021": "2021-01-01",
    "5 نيسان 2021": "2021-04-05",
    "5 إبريل 2021": "2021-04-05",
    "5 أفريل 2021": "2021-04-05",
    "5 تشرين الثاني 2020": "2020-11-05",
    "5 نونبر 2020": "2020-11-05",
    "5 شتنبر 2020": "2020-09-05",
    "يوم 25 حزيران من عام 2020": "2020-06-25",
    "الأول من تموز 2020": "2020-07-01",
    "۲۵ حزیران 2020".replace("ی", "ي"): "2020-06-25",
    "25 يونيو 2020 م": "2020-06-25",
    "بتاريخ ٢٥/٦/٢٠٢٠": "2020-06-25",
    # Numbers.
    "25/06/2020": "2020-06-25",
    "25.6.2020": "2020-06-25",
    "25-6-2020": "2020-06-25",
    "٢٥/٦/٢٠٢٠": "2020-06-25",
    "6/25/2020": "2020-06-25",
    "4/4/2021": "2021-04-04",
    "2021-02-24": "2021-02-24",
    "2021/2/24": "2021-02-24",
    "٢٠٢١-٠٢-٢٤": "2021-02-24",
    "31.12.20": "2020-12-31",
    # Days in a row.
    "24-25 February 2021": "2021-02-24..2021-02-25",
    "٢٤-٢٥ شباط/فبراير ٢٠٢١": "2021-02-24..2021-02-25",
    "«24–25 شباط/فبراير 2021»": "2021-02-24..2021-02-25",
    "24 و25 شباط 2021": "2021-02-24..2021-02-25",
    "من 24 إلى 25 شباط 2021": "2021-02-24..2021-02-25",
    "24 et 25 février 2021": "2021-02-24..2021-02-25",
    "du 24 au 25 février 2021": "2021-02-24..2021-02-25",
    "24 and 25 February 2021": "2021-02-24..2021-02-25",
    "from 24 to 25 February 2021": "2021-02-24..2021-02-25",
    "February 24-25, 2021": "2021-02-24..2021-02-25",
    "3-4 juillet 2024": "2024-07-03..2024-07-04",
    "3-4/7/2024": "2024-07-03..2024-07-04",
    "1-2 كانون الأول/ديسمبر 2020": "2020-12-01..2020-12-02",
    "30 June - 2 July 2024": "2024-06-30..2024-07-02",
    "30 حزيران إلى 2 تموز 2024": "2024-06-30..2024-07-02",
    "30 décembre 2020 au 2 janvier 2021": "2020-12-30..2021-01-02",
    "30 December - 2 January 2021": "2020-12-30..2021-01-02",
    "2024-07-03 to 2024-07-04": "2024-07-03..2024-07-04",
    "Wed-Thu 3-4 July 2024": "2024-07-03..2024-07-04",
    # With a weekday.
    "Thursday 25 June 2020": "2020-06-25",
    "الخميس ٢٥ حزيران/يونيو ٢٠٢٠": "2020-06-25",
    "يوم الخميس، 25 حزيران 2020": "2020-06-25",
    "jeudi 25 juin 2020": "2020-06-25",
    "25 June 2020, Thursday": "2020-06-25",
    "Saturday 3/4/2021": "2021-04-03",
    "Thursday 4/3/2021": "2021-03-04",
    # With hours.
    "25 June 2020 10:00": "2020-06-25 10:00",
    "25 June 2020 at 10": "2020-06-25 10:00",
    "25 June 2020, 10:00-13:00": "2020-06-25 10:00-13:00",
    "25 June 2020 from 10:00 to 13:00": "2020-06-25 10:00-13:00",
    "25 June 2020 10 a.m. - 1 p.m.": "2020-06-25 10:00-13:00",
    "25 June 2020 at 3pm": "2020-06-25 15:00",
    "25 June 2020 12 am": "2020-06-25 00:00",
    "25 June 2020, noon": "2020-06-25 12:00",
    "le 1er décembre 2020 à 10h": "2020-12-01 10:00",
    "le 1er décembre 2020 de 10h30 à 13h": "2020-12-01 10:30-13:00",
    "jeudi 25 juin 2020 à 10 heures": "2020-06-25 10:00",
    "25 حزيران 2020 الساعة 10": "2020-06-25 10:00",
    "25 حزيران 2020 من 10:00 إلى 13:00": "2020-06-25 10:00-13:00",
    "25 حزيران 2020 من الساعة 10 إلى الساعة 13": "2020-06-25 10:00-13:00",
    "٢٥ حزيران ٢٠٢٠ الساعة ١٠:٣٠ صباحًا": "2020-06-25 10:30",
    "25 حزيران 2020 الساعة 3 مساءً": "2020-06-25 15:00",
    "25 حزيران 2020 الساعة العاشرة والنصف": "2020-06-25 10:30",
    "25 حزيران 2020 الساعة 11 ظهرًا": "2020-06-25 11:00",
    "25 June 2020 10:00-1:00": "2020-06-25 10:00-13:00",
    "٢٥ حزيران ٢٠٢٠ ١٠:١٥-١٠:٠٠": "2020-06-25 10:00-10:15",
    "٢٥ حزيران ٢٠٢٠ ٠١:٠٠-١٢:٤٠": "2020-06-25 12:40-13:00",
    "tomorrow at 10:00": "2020-06-11 10:00",
    "demain à 9h": "2020-06-11 09:00",
    "غدًا الساعة ١٠": "2020-06-11 10:00",
    # Windows.
    "أوائل تموز/يوليو 2020": "~2020-07-01..2020-07-10",
    "اوائل تموز ٢٠٢٠": "~2020-07-01..2020-07-10",
    "منتصف تموز 2020": "~2020-07-11..2020-07-20",
    "أواخر شهر تموز 2020": "~2020-07-21..2020-07-31",
    "early July 2020": "~2020-07-01..2020-07-10",
    "mid July 2020": "~2020-07-11..2020-07-20",
    "mid-July 2020": "~2020-07-11..2020-07-20",
    "end of July 2020": "~2020-07-21..2020-07-31",
    "début juillet 2020": "~2020-07-01..2020-07-10",
    "mi-juillet 2020": "~2020-07-11..2020-07-20",
    "fin juillet 2020": "~2020-07-21..2020-07-31",
    "fin 2020": "~2020-10-01..2020-12-31",
    "نهاية عام 2020": "~2020-10-01..2020-12-31",
    "end of 2020": "~2020-10-01..2020-12-31",
    "النصف الثاني من عام 2024": "~2024-07-01..2024-12-31",
    "second half of 2024": "~2024-07-01..2024-12-31",
    "second semestre 2024": "~2024-07-01..2024-12-31",
    "first half of July 2021": "~2021-07-01..2021-07-15",
    "الربع الأول من عام 2021": "~2021-01-01..2021-03-31",
    "Q3 2020": "~2020-07-01..2020-09-30",
    "July 2020": "~2020-07-01..2020-07-31",
    "تموز 2020": "~2020-07-01..2020-07-31",
    "07/2020": "~2020-07-01..2020-07-31",
    "2020-07": "~2020-07-01..2020-07-31",
    "July - August 2020": "~2020-07-01..2020-08-31",
    "بين تموز وآب 2020": "~2020-07-01..2020-08-31",
    "2021": "~2021-01-01..2021-12-31",
    "عام ٢٠٢١": "~2021-01-01..2021-12-31",
    "2020-2021": "~2020-01-01..2021-12-31",
    "by the end of 2020": "2020-12-31",
    "حتى نهاية أيلول 2020": "2020-09-30",
    "by 15 September 2020": "2020-09-15",
    "until 15 September 2020": "2020-09-15",
    # Told from today, a Wednesday.
    "today": "2020-06-10",
    "اليوم": "2020-06-10",
    "aujourd'hui": "2020-06-10",
    "غدًا": "2020-06-11",
    "tomorrow": "2020-06-11",
    "بعد غد": "2020-06-12",
    "après-demain": "2020-06-12",
    "the day after tomorrow": "2020-06-12",
    "بعد أسبوع": "2020-06-17",
    "بعد أسبوعين": "2020-06-24",
    "بعد 3 أيام": "2020-06-13",
    "بعد ثلاثة أيام": "2020-06-13",
    "بعد شهر": "2020-07-10",
    "in a week": "2020-06-17",
    "in two weeks": "2020-06-24",
    "in 10 days": "2020-06-20",
    "dans une semaine": "2020-06-17",
    "dans 15 jours": "2020-06-25",
    "in 3 months": "2020-09-10",
    "Sunday": "2020-06-14",
    "next Sunday": "2020-06-14",
    "الأحد": "2020-06-14",
    "الأحد القادم": "2020-06-14",
    "الاحد المقبل": "2020-06-14",
    "يوم الأحد القادم": "2020-06-14",
    "dimanche prochain": "2020-06-14",
    "Wednesday": "2020-06-17",
    "this Wednesday": "2020-06-10",
    "الأحد بعد القادم": "2020-06-21",
    "next week": "~2020-06-14..2020-06-20",
    "الأسبوع القادم": "~2020-06-14..2020-06-20",
    "next month": "~2020-07-01..2020-07-31",
    "الشهر القادم": "~2020-07-01..2020-07-31",
    "fin du mois prochain": "~2020-07-21..2020-07-31",
    "نهاية الشهر": "~2020-06-21..2020-06-30",
    "next year": "~2021-01-01..2021-12-31",
    # The year is left out.
    "3 July": "2020-07-03",
    "3 تموز": "2020-07-03",
    "3 juin": "2021-06-03",
    "10 juin": "2020-06-10",
    "July": "~2020-07-01..2020-07-31",
    "June": "~2020-06-01..2020-06-30",
    "29 February": "2024-02-29",
    # Hijri.
    "١٠ ذو الحجة ١٤٤١": "2020-07-31",
    "10 ذي الحجة 1441 هـ": "2020-07-31",
    "10 Dhul Hijjah 1441": "2020-07-31",
    "10/12/1441": "2020-07-31",
    "1441-12-10": "2020-07-31",
    "1 رمضان": "2021-04-13",
    "رمضان 1442": "~2021-04-13..2021-05-12",
    "Ramadan 2021": "~2021-04-13..2021-05-12",
    "أوائل رمضان 1442": "~2021-04-13..2021-04-22",
    "1442": "~2020-08-20..2021-08-08",
}  # fmt: skip


@pytest.mark.parametrize(("typed", "expected"), CLEAR.items(), ids=range(len(CLEAR)))
def test_a_clear_date_has_one_reading(typed: str, expected: str) -> None:
    assert said(typed) == [expected]
    assert read(typed).clear
    assert not read(typed).past


def test_there_are_well_over_a_hundred_phrasings() -> None:
    assert len(CLEAR) >= 160


@pytest.mark.parametrize(
    ("typed", "readings"),
    [
        ("3/4/2021", ["2021-04-03", "2021-03-04"]),
        ("٣/٤/٢٠٢١", ["2021-04-03", "2021-03-04"]),
        ("3/7", ["2020-07-03", "2021-03-07"]),
        ("25 June 2020 at 3", ["2020-06-25 15:00", "2020-06-25 03:00"]),
        ("25 June 2020 3:00", ["2020-06-25 15:00", "2020-06-25 03:00"]),
        ("Friday 25 June 2020", ["2020-06-25", "2020-06-26"]),
        ("الأحد ٢٥ حزيران ٢٠٢٠", ["2020-06-25", "2020-06-28"]),
        ("next Thursday", ["2020-06-11", "2020-06-18"]),
        ("الجمعة القادمة", ["2020-06-12", "2020-06-19"]),
        ("by September 2024", ["~2024-09-01..2024-09-30", "2024-08-31"]),
        ("بحلول أيلول/سبتمبر 2024", ["~2024-09-01..2024-09-30", "2024-08-31"]),
        ("d'ici septembre 2024", ["~2024-09-01..2024-09-30", "2024-08-31"]),
        ("by 2025", ["~2025-01-01..2025-12-31", "2024-12-31"]),
    ],
)
def test_in_doubt_there_are_two_readings(typed: str, readings: list[str]) -> None:
    assert said(typed) == readings
    assert not read(typed).clear


@pytest.mark.parametrize(
    ("today", "typed", "readings"),
    [
        (date(2020, 12, 20), "15 January", ["2021-01-15"]),
        (date(2020, 12, 20), "28 December", ["2020-12-28"]),
        (date(2020, 12, 20), "1 December", ["2021-12-01", "2020-12-01"]),
        (date(2021, 1, 5), "28 December", ["2021-12-28", "2020-12-28"]),
        (date(2021, 1, 5), "1 كانون الأول", ["2021-12-01", "2020-12-01"]),
        (date(2020, 12, 20), "1 March", ["2021-03-01"]),
        (date(2020, 7, 20), "1 July", ["2021-07-01"]),
        (date(2020, 12, 20), "December", ["~2020-12-01..2020-12-31"]),
        (date(2021, 1, 5), "décembre", ["~2021-12-01..2021-12-31", "~2020-12-01..2020-12-31"]),
    ],
)
def test_a_year_left_out_is_asked_for_only_around_its_turn(
    today: date, typed: str, readings: list[str]
) -> None:
    assert said(typed, today) == readings


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", ".", "-", "foo", "soon", "قريبًا", "later", "3", "10:00", "at 10", "at", "الساعة", "from", "بعد",
        "31/2/2021", "0/5/2021", "32 June 2020", "31 حزيران 2020", "30 février 2021", "2021-13-01", "2021-00-10",
        "29 February 2021", "31 رمضان 1442", "10/13/1441", "رمضان 1999 هـ", "25 June 2020 25:00", "25 June 2020 10:75",
        "25 June 2020 10:00-10:00", "24 and 27 February 2021", "كانون الثاني/ديسمبر 2020", "25 June 2020 foo",
        "early July 2020 at 10:00", "25 June 2020 10:00 11:00 12:00", "2 July - 30 June 2020", "25-24 June 2020",
        "20200625", "12345", "1899", "2101", "1 1 1 1", "3/4/5/6", "بعد العيد", "Sunday Monday", "June 2020 Sunday",
        "in", "in 5", "next", "week", "٢٤-٢٥", "2021-2020", "🙂", "²⁵ June 2020", "፩፪ June 2020", "x" * 301,
        "10:00 Cairo time Beirut time", "null", "None", "today tomorrow", "99 June 2020", "in 99 years foo",
    ],
)  # fmt: skip
def test_what_is_no_date_is_not_guessed(typed: str) -> None:
    assert read(typed) == Reading()


@pytest.mark.parametrize(
    "typed",
    [
        "yesterday",
        "أمس",
        "hier",
        "2019",
        "1 January 2019",
        "last Sunday",
        "الأحد الماضي",
        "1 رمضان 1440",
        "1/2/2019",
    ],
)
def test_a_date_in_the_past_says_so(typed: str) -> None:
    found = read(typed)
    assert found.readings
    assert found.past


@pytest.mark.parametrize(
    ("typed", "past"),
    [
        ("9 June 2020", True),
        ("10 June 2020", False),
        ("9-10 June 2020", False),
        ("June 2020", False),
        ("May 2020", True),
    ],
)
def test_a_date_lies_behind_when_its_last_day_does(*, typed: str, past: bool) -> None:
    assert read(typed).past is past
    assert is_past(read(typed).readings[0], WEDNESDAY) is past
    assert not is_past(Unstated(), WEDNESDAY)


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("25 June 2020 10:00", "Asia/Amman"),
        ("25 June 2020 10:00 Cairo time", "Africa/Cairo"),
        ("25 حزيران 2020 الساعة 10:00 بتوقيت القاهرة", "Africa/Cairo"),
        ("25 juin 2020 à 10h (heure du Caire)", "Africa/Cairo"),
        ("25 حزيران 2020 الساعة 10:00 بتوقيت بيروت", "Asia/Beirut"),
        ("25 June 2020 07:00 UTC", "UTC"),
    ],
)
def test_hours_are_of_the_zone_that_is_named_or_else_of_the_asker(typed: str, zone: str) -> None:
    (found,) = read_when(typed, WEDNESDAY, "Asia/Amman").readings
    assert isinstance(found, Exact)
    assert found.zone == zone


@pytest.mark.parametrize(
    ("typed", "ar", "en", "fr"),
    [
        ("اوائل تموز 2020", "أوائل تموز/يوليو 2020", "early July 2020", "début juillet 2020"),
        ("mid-july 2020", "منتصف تموز/يوليو 2020", "mid-July 2020", "mi-juillet 2020"),
        ("fin aout 2021", "أواخر آب/أغسطس 2021", "late August 2021", "fin août 2021"),
        (
            "first half of april 2021",
            "النصف الأول من نيسان/أبريل 2021",
            "first half of April 2021",
            "première moitié d'avril 2021",
        ),
        ("end of 2020", "نهاية عام 2020", "end of 2020", "fin 2020"),
        ("2021", "عام 2021", "2021", "2021"),
        ("رمضان 1442", "رمضان 1442 هـ", "Ramadan 1442 AH", "Ramadan 1442 H"),
        ("next week", "أسبوع 14 حزيران/يونيو 2020", "week of 14 June 2020", "semaine du 14 juin 2020"),
        (
            "July to August 2020",
            "تموز/يوليو 2020 – آب/أغسطس 2020",
            "July 2020 – August 2020",
            "juillet 2020 – août 2020",
        ),
    ],
)
def test_a_window_is_worded_in_three_languages(typed: str, ar: str, en: str, fr: str) -> None:
    (found,) = read(typed).readings
    assert isinstance(found, Window)
    assert (found.phrase.ar, found.phrase.en, found.phrase.fr) == (ar, en, fr)
    for words in (ar, en, fr):
        again = read(words).readings
        assert typed == "next week" or [shown(each) for each in again] == [shown(found)]


@pytest.mark.parametrize(
    ("sentence", "before", "date_", "after"),
    [
        ("أجّل المنتدى إلى ٢٤-٢٥ شباط/فبراير ٢٠٢١ افتراضياً", "أجّل المنتدى إلى", "2021-02-24..2021-02-25", "افتراضياً"),
        ("forum 24-25 شباط/فبراير 2021 online", "forum", "2021-02-24..2021-02-25", "online"),
        ("reporte le forum au 24 février 2021 en ligne", "reporte le forum au", "2021-02-24", "en ligne"),
        ("move it to early July 2020 please", "move it to", "~2020-07-01..2020-07-10", "please"),
        ("the forum of 1-2 December 2020", "the forum", "2020-12-01..2020-12-02", ""),
    ],
)  # fmt: skip
def test_a_date_is_spotted_in_a_sentence(sentence: str, before: str, date_: str, after: str) -> None:
    found = spot_when(sentence, WEDNESDAY, CAIRO)
    assert found is not None
    assert [shown(each) for each in found.reading.readings] == [date_]
    assert found.before.removesuffix(" of") == before
    assert found.after == after


@pytest.mark.parametrize("sentence", ["", "no date here", "أجّل المنتدى", "x " * 200])
def test_a_sentence_without_a_date_has_none(sentence: str) -> None:
    assert spot_when(sentence, WEDNESDAY, CAIRO) is None


# --- what holds of every text ----------------------------------------------------------------------------------------

TODAYS = st.dates(date(2012, 1, 1), date(2035, 12, 31))
WRITTEN = st.dates(date(2000, 1, 1), date(2060, 12, 31))
PIECES = st.sampled_from(
    [
        *(" ".join(words) for words in WORDS),
        *"0123456789٠١٢٣٤٥٦٧٨٩",
        "25",
        "2020",
        "1441",
        "10:00",
        "10h",
        "pm",
        "/",
        "-",
        ":",
    ]
)


@given(
    st.text(max_size=300)
    | st.lists(PIECES, max_size=12).map(" ".join)
    | st.lists(PIECES, max_size=12).map("".join),
    TODAYS | st.dates(),
)
@example("in 99 years", date.max)
@example("last year", date.min)
@example("yesterday", date.min)
@example("31 12", date.max)
@example("1 Muharram", date.max)
@example("0 June 0", date(2020, 1, 1))
def test_no_text_makes_it_stumble(text: str, today: date) -> None:
    found = read(text, today)
    assert len(found.readings) <= 2
    assert len(set(map(shown, found.readings))) == len(found.readings)
    assert found.past is (bool(found.readings) and all(is_past(each, today) for each in found.readings))
    for each in found.readings:
        assert not isinstance(each, Unstated)
        assert each.first <= each.last
        assert each.first.year >= 1900
        assert each.last.year <= 2100
    spot_when(text[:60], today, CAIRO)


@given(WRITTEN, TODAYS)
def test_every_day_is_read_in_every_habit(day: date, today: date) -> None:
    names = [months(habit)[day.month - 1] for habit in MONTH_HABITS]
    names += [ENGLISH[day.month - 1], FRENCH[day.month - 1], f"{names[0]}/{names[1]}"]
    texts = [f"{day.day} {name} {day.year}" for name in names]
    texts += [
        day.isoformat(),
        f"{ENGLISH[day.month - 1]} {day.day}, {day.year}",
        f"{day:%A} {day.day} {names[0]} {day.year}",
    ]
    for text in texts:
        assert said(text, today) == [str(day)], text
        assert said(text.translate(ARABIC_INDIC), today) == [str(day)], text
    assert str(day) == said(f"{day.day}/{day.month}/{day.year}", today)[0]
    assert read(texts[0], today).past is (day < today)


@given(WRITTEN)
def test_case_17_every_hijri_day_is_read(day: date) -> None:
    lunar = to_hijri(day)
    assert lunar is not None
    name = MONTH_NAMES[lunar.month - 1]
    for words in (name.ar, name.en, name.fr):
        assert said(f"{lunar.day} {words} {lunar.year}") == [str(day)], words
    assert said(f"{lunar.day}/{lunar.month}/{lunar.year} هـ") == [str(day)]


@given(TODAYS, st.integers(0, 6))
def test_a_weekday_is_the_coming_one(today: date, weekday: int) -> None:
    names = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"]
    (found,) = read(names[weekday], today).readings
    assert isinstance(found, Exact)
    assert found.first.weekday() == weekday
    assert today < found.first <= today + timedelta(days=7)


def test_reading_is_quick_however_long_the_text() -> None:
    begun = clock.process_time()
    for text in (
        "1" * 300,
        "1:" * 150,
        "10 h " * 60,
        "و" * 300,
        "24-25 شباط/فبراير 2021 " * 12,
        "a.m. " * 60,
    ):
        read(text)
        spot_when(text, WEDNESDAY, CAIRO)
    assert clock.process_time() - begun < 5
