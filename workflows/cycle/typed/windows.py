"""Days, months and parts of months and years in both calendars, and how a window is worded in three languages.

The conventions for fuzzy words stand here alone: early is day 1-10 of a month, mid 11-20, late 21 to its end; of a
year, early is January-March, mid May-August, late October-December.
"""

from datetime import date, timedelta
from typing import Final, NamedTuple

from workflows.cycle.days.hijri import MONTH_NAMES, HijriDate, from_hijri
from workflows.languages import Text
from workflows.reference import months
from workflows.when import Window

DAYS_OF_A_MONTH: Final = {
    "early": (1, 10),
    "mid": (11, 20),
    "late": (21, 0),
    "half1": (1, 15),
    "half2": (16, 0),
}
"""First and last day; 0 is the end of the month."""
MONTHS_OF_A_YEAR: Final = {
    "early": (1, 3), "mid": (5, 8), "late": (10, 12), "half1": (1, 6), "half2": (7, 12),
    "quarter1": (1, 3), "quarter2": (4, 6), "quarter3": (7, 9), "quarter4": (10, 12),
}  # fmt: skip

_DAY: Final = timedelta(days=1)
_DECEMBER: Final = 12
_VOWELS: Final = "aeiouhâêéè"
_ENGLISH: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_FRENCH: Final = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
_PART_OF_MONTH: Final = {
    "": Text(ar="{month}", en="{month}", fr="{month}"),
    "early": Text(ar="أوائل {month}", en="early {month}", fr="début {month}"),
    "mid": Text(ar="منتصف {month}", en="mid-{month}", fr="mi-{month}"),
    "late": Text(ar="أواخر {month}", en="late {month}", fr="fin {month}"),
    "half1": Text(ar="النصف الأول من {month}", en="first half of {month}", fr="première moitié {of}{month}"),
    "half2": Text(ar="النصف الثاني من {month}", en="second half of {month}", fr="seconde moitié {of}{month}"),
}
_PART_OF_YEAR: Final = {
    "": Text(ar="عام {year}", en="{year}", fr="{year}"),
    "early": Text(ar="أوائل عام {year}", en="early {year}", fr="début {year}"),
    "mid": Text(ar="منتصف عام {year}", en="mid-{year}", fr="mi-{year}"),
    "late": Text(ar="نهاية عام {year}", en="end of {year}", fr="fin {year}"),
    "half1": Text(ar="النصف الأول من عام {year}", en="first half of {year}", fr="premier semestre {year}"),
    "half2": Text(ar="النصف الثاني من عام {year}", en="second half of {year}", fr="second semestre {year}"),
    "quarter1": Text(
        ar="الربع الأول من عام {year}", en="first quarter of {year}", fr="premier trimestre {year}"
    ),
    "quarter2": Text(
        ar="الربع الثاني من عام {year}", en="second quarter of {year}", fr="deuxième trimestre {year}"
    ),
    "quarter3": Text(
        ar="الربع الثالث من عام {year}", en="third quarter of {year}", fr="troisième trimestre {year}"
    ),
    "quarter4": Text(
        ar="الربع الرابع من عام {year}", en="fourth quarter of {year}", fr="quatrième trimestre {year}"
    ),
}


class Month(NamedTuple):
    """A month of a year in one of the calendars."""

    year: int
    number: int
    lunar: bool = False

    def day(self, number: int) -> date | None:
        """A day of the month, None where there is none."""
        if self.lunar:
            return from_hijri(HijriDate(self.year, self.number, number))
        try:
            return date(self.year, self.number, number)
        except ValueError:
            return None

    def last(self) -> date | None:
        """The last day of the month, None for a month that is in no calendar."""
        return next((day for number in (31, 30, 29, 28) if (day := self.day(number))), None)

    def name(self) -> Text:
        """The month without its year; the Arabic name is the double one of the UN's style."""
        if self.lunar:
            return MONTH_NAMES[self.number - 1]
        at = self.number - 1
        return Text(ar=f"{months('levantine')[at]}/{months('egyptian')[at]}", en=_ENGLISH[at], fr=_FRENCH[at])


def month_window(month: Month, part: str = "") -> Window | None:
    """A month or a part of it; None for a part that only years have, or a month that is in no calendar."""
    if part not in _PART_OF_MONTH or not (end := month.last()):
        return None
    begins, ends = DAYS_OF_A_MONTH.get(part, (1, 0))
    first, last = month.day(begins), month.day(ends) if ends else end
    if first is None or last is None:
        return None
    return Window(first=first, last=last, phrase=_worded(_PART_OF_MONTH[part], month))


def year_window(year: int, part: str = "", *, lunar: bool = False) -> Window | None:
    """A year or a part of it; None for a year that is in no calendar."""
    begins, ends = MONTHS_OF_A_YEAR.get(part, (1, _DECEMBER))
    first, last = Month(year, begins, lunar).day(1), Month(year, ends, lunar).last()
    if first is None or last is None:
        return None
    return Window(first=first, last=last, phrase=_worded(_PART_OF_YEAR[part], Month(year, 1, lunar)))


def span_of_months(first: Month, last: Month) -> Window | None:
    """From the beginning of a month to the end of another one; None where they run backwards."""
    begins, ends = first.day(1), last.last()
    if begins is None or ends is None or ends < begins:
        return None
    one, other = _worded(_PART_OF_MONTH[""], first), _worded(_PART_OF_MONTH[""], last)
    return Window(first=begins, last=ends, phrase=_joined(one, other))


def span_of_years(first: int, last: int, *, lunar: bool = False) -> Window | None:
    """From the beginning of a year to the end of another one; None where they run backwards."""
    begins, ends = Month(first, 1, lunar).day(1), Month(last, _DECEMBER, lunar).last()
    if begins is None or ends is None or ends < begins:
        return None
    one, other = (_worded(_PART_OF_YEAR[""], Month(year, 1, lunar)) for year in (first, last))
    return Window(first=begins, last=ends, phrase=_joined(one, other))


def week_window(first: date, phrase: Text) -> Window:
    """The seven days from `first` on."""
    return Window(first=first, last=first + 6 * _DAY, phrase=phrase)


def _worded(pattern: Text, month: Month) -> Text:
    name, era = month.name(), Text(ar=" هـ", en=" AH", fr=" H") if month.lunar else Text(ar="", en="", fr="")
    of = "d'" if name.fr[0].lower() in _VOWELS else "de "
    year = str(month.year)
    return Text(
        ar=pattern.ar.format(month=f"{name.ar} {year}{era.ar}", year=year + era.ar),
        en=pattern.en.format(month=f"{name.en} {year}{era.en}", year=year + era.en),
        fr=pattern.fr.format(month=f"{name.fr} {year}{era.fr}", year=year + era.fr, of=of),
    )


def _joined(one: Text, other: Text) -> Text:
    return Text(ar=f"{one.ar} – {other.ar}", en=f"{one.en} – {other.en}", fr=f"{one.fr} – {other.fr}")
