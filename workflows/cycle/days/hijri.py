"""The Hijri calendar beside the Gregorian one: days across, and the names of its months."""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from hijridate import Gregorian, Hijri

from workflows.languages import Text


class HijriDate(NamedTuple):
    """A day of the Hijri calendar: year after the Hijra, month 1-12 (Muharram first), day 1-30."""

    year: int
    month: int
    day: int


_MONTHS = (
    ("محرّم", "Muharram", "Mouharram"),
    ("صفر", "Safar", "Safar"),
    ("ربيع الأول", "Rabi al-Awwal", "Rabia al-Awal"),
    ("ربيع الآخر", "Rabi al-Thani", "Rabia ath-Thani"),
    ("جمادى الأولى", "Jumada al-Ula", "Joumada al-Oula"),
    ("جمادى الآخرة", "Jumada al-Akhirah", "Joumada ath-Thania"),
    ("رجب", "Rajab", "Rajab"),
    ("شعبان", "Shaban", "Chaabane"),
    ("رمضان", "Ramadan", "Ramadan"),
    ("شوّال", "Shawwal", "Chawwal"),
    ("ذو القعدة", "Dhu al-Qadah", "Dhou al-qi'da"),
    ("ذو الحجة", "Dhu al-Hijjah", "Dhou al-hijja"),
)
MONTH_NAMES: tuple[Text, ...] = tuple(Text(ar=ar, en=en, fr=fr) for ar, en, fr in _MONTHS)
"""The months in order, Muharram first."""


@lru_cache(maxsize=8192)
def to_hijri(day: date) -> HijriDate | None:
    """The Hijri day by the Umm al-Qura calendar; None outside 1 August 1924 - 16 November 2077.

    The calendar is computed: where the new moon is sighted locally, a day may differ by one.
    """
    try:
        return HijriDate(*Gregorian(day.year, day.month, day.day).to_hijri().datetuple())
    except OverflowError:
        return None


@lru_cache(maxsize=8192)
def from_hijri(day: HijriDate) -> date | None:
    """The Gregorian day of a Hijri day by the Umm al-Qura calendar; None where there is no such day in 1343-1500 AH.

    The calendar is computed: where the new moon is sighted locally, a day may differ by one.
    """
    try:
        return date.fromordinal(Hijri(*day).to_gregorian().toordinal())
    except (OverflowError, ValueError):
        return None


def month_name(month: int) -> Text:
    """The name of a Hijri month, 1 being Muharram; raises IndexError for a number that no month has."""
    if not 1 <= month <= len(MONTH_NAMES):
        raise IndexError(month)
    return MONTH_NAMES[month - 1]
