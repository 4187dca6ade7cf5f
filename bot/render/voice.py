"""How one person is spoken to: language, digits and habits of the country, with every insertion made safe."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, time
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from babel.dates import get_month_names

from bot.render.catalogs import translations
from bot.render.direction import FSI, PDI, isolated, led_from_right
from workflows import reference
from workflows.immutable import Immutable
from workflows.languages import Language, Text
from workflows.spelling import plain

Digits = Literal["latn", "arab"]
Clock = Literal["24", "12"]

CAIRO = "Africa/Cairo"
_NOON = 12

_ISO = re.compile("(?:19|20|21)[0-9]{2}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?")
_ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_WESTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")
_NBSP = "\N{NO-BREAK SPACE}"
_DOUBLED = re.compile(f"({_NBSP}[ap][.]m[.])[.](?![.])")
"""A sentence that ends with an hour on 12 hours ends with the point of that."""
_SEPARATOR = {"ar": ",", "en": ",", "fr": "\N{NARROW NO-BREAK SPACE}"}


class Spoken(str):
    """Words of ours or of the template, right in digits and direction; any other `str` was typed by somebody."""

    __slots__ = ()


Insert = str | int


@lru_cache(4096)
def _in_digits(text: str, digits: Digits) -> Spoken:
    return Spoken(text.translate(_ARABIC_INDIC) if digits == "arab" else text)


@lru_cache(4096)
def _published(words: str, digits: Digits) -> Spoken:
    return _in_digits(words.translate(_WESTERN), digits)


@lru_cache(4096)
def _said(language: Language, digits: Digits, message: str) -> Spoken:
    """A message of the catalogs that has no place for anything: the same for every reader of the language."""
    return Voice(language, digits)._filled(translations(language).gettext(message), {})  # noqa: SLF001 - its own


@lru_cache
def _months(locale: str) -> Mapping[int, str]:
    return get_month_names("wide", "format", locale)


@lru_cache
def _double_months() -> tuple[str, ...]:
    """The names of the months as the United Nations write them in Arabic, January first."""
    pairs = zip(reference.months("levantine"), reference.months("egyptian"), strict=True)
    return tuple("/".join(pair) for pair in pairs)


@lru_cache(1024)
def _with_months(words: str, habit: reference.MonthHabit) -> Spoken:
    for double, own in zip(_double_months(), reference.months(habit), strict=True):
        words = words.replace(double, own)
    return Spoken(words)


class Voice(Immutable):
    """The reader's language, digits, country (alpha-2, or empty), zone (IANA name) and hours of the clock."""

    language: Language
    digits: Digits = "latn"
    country: str = ""
    zone: str = CAIRO
    clock: Clock = "24"

    @staticmethod
    def of(
        language: Language,
        digits: Literal["auto", "latn", "arab"] = "auto",
        country: str = "",
        clock: Clock = "24",
    ) -> "Voice":
        """The voice for somebody's settings; `auto` takes the digits of the country, where Arabic is read.

        French has 24 hours whatever `clock` says.
        """
        return _voice(language, digits, country, "24" if language == "fr" else clock)

    @property
    def right_to_left(self) -> bool:
        """Whether the language is written from right to left."""
        return self.language == "ar"

    @property
    def between(self) -> Spoken:
        """What stands between the parts of a line; a middle dot beside Arabic-Indic digits would look like a zero."""
        return Spoken("؛ " if self.digits == "arab" else " · ")

    def joined(self, parts: Iterable[str]) -> Spoken:
        """The parts of a line, each of them said already, with what stands between them."""
        return Spoken(self.between.join(parts))

    # --- words of the catalogs -----------------------------------------------------------------------------------

    def gettext(self, message: str, /, **values: Insert) -> Spoken:
        """The message in the reader's language; numbers get the reader's digits, typed texts are isolated."""
        if not values:
            return _said(self.language, self.digits, message)
        return self._filled(translations(self.language).gettext(message), values)

    def pgettext(self, context: str, message: str, /, **values: Insert) -> Spoken:
        """The same for a message that English spells like another one."""
        return self._filled(translations(self.language).pgettext(context, message), values)

    def ngettext(self, one: str, many: str, count: int, /, **values: Insert) -> Spoken:
        """The form of the message that agrees with `count`, which it names `{count}`."""
        words = translations(self.language).ngettext(one, many, count)
        return self._filled(words, {"count": count, **values})

    def _filled(self, words: str, values: Mapping[str, Insert]) -> Spoken:
        inserted = {name: self._inserted(value) for name, value in values.items()}
        filled = self.in_digits(words).format_map(inserted)
        if self.clock == "12" and ".m.." in filled:
            filled = _DOUBLED.sub(r"\1", filled)
        return Spoken(led_from_right(filled) if self.right_to_left else filled)

    def _inserted(self, value: Insert) -> str:
        if isinstance(value, int):
            return self.number(value)
        return value if isinstance(value, Spoken) else self.typed(value)

    # --- words of others -----------------------------------------------------------------------------------------

    def words(self, text: Text) -> Spoken:
        """Words of the template in the reader's language and digits."""
        return self.published(text.in_language(self.language))

    def published(self, words: str) -> Spoken:
        """Words of the template, already in the reader's language, in the reader's digits."""
        return _published(words, self.digits) if self.right_to_left else Spoken(words)

    def of_calendar(self, text: Text) -> Spoken:
        """Words about dates: the double names of months that the United Nations write become the reader's own."""
        return self.with_own_months(self.words(text))

    def with_own_months(self, words: Spoken) -> Spoken:
        """The same for words that are already the reader's."""
        if not self.right_to_left or not self.country:
            return words
        return _with_months(words, reference.country(self.country).months)

    def typed(self, text: str) -> Spoken:
        """What somebody typed, to stand inside a sentence: one line, isolated where it needs it, digits untouched."""
        return Spoken(isolated(text, right_to_left=self.right_to_left))

    # --- numbers, dates, places ----------------------------------------------------------------------------------

    def in_digits(self, text: str) -> Spoken:
        """The text with 0-9 in the reader's digits."""
        return _in_digits(text, self.digits)

    def number(self, number: int) -> Spoken:
        """A count with the thousands separator of the language."""
        grouped = f"{number:,}".replace(
            ",", "\N{ARABIC THOUSANDS SEPARATOR}" if self.digits == "arab" else self._comma
        )
        return self.in_digits(grouped)

    @property
    def _comma(self) -> str:
        return _SEPARATOR[self.language]

    def date(self, iso: str) -> Spoken:
        """A day (2020-06-25), month (2020-06) or year in words; anything else as it was typed."""
        year, *rest = iso.split("-")
        if not _ISO.fullmatch(iso):
            return self.typed(iso)
        month = [self._month(int(rest[0]))] if rest else []
        day = [self._day(int(rest[1]))] if len(rest) > 1 else []
        return Spoken("\N{NO-BREAK SPACE}".join((*day, *month, self.in_digits(year))))

    def _day(self, day: int) -> Spoken:
        return Spoken("1er") if self.language == "fr" and day == 1 else self.in_digits(str(day))

    def _month(self, month: int) -> str:
        """The country's own name of the month; both names where no country is meant, as the United Nations write."""
        if self.language != "ar":
            return _months(self.language)[month]
        if self.country:
            return reference.months(reference.country(self.country).months)[month - 1]
        return _double_months()[month - 1]

    def hour(self, at: time) -> Spoken:
        """An hour of the day: 08:00, in French 8 h or 8 h 30; on 12 hours 8:00 a.m., 12 noon and 12 midnight."""
        if self.clock == "12":
            return self._of_twelve(at)
        if self.language != "fr":
            return self.in_digits(f"{at:%H:%M}")
        minutes = (f"{at:%M}",) if at.minute else ()
        return Spoken("\N{NO-BREAK SPACE}".join((str(at.hour), "h", *minutes)))

    def _of_twelve(self, at: time) -> Spoken:
        """The same on 12 hours; noon and midnight have their names, since 12:00 a.m. is read as either."""
        shown = self.in_digits(f"{at.hour % 12 or 12}:{at:%M}")
        if self.language == "ar":
            half = "ظهراً" if at.hour == _NOON else "م" if at.hour > _NOON else "ص"
            return Spoken(f"{shown}{_NBSP}{half}")
        if not at.minute and not at.hour % _NOON:
            return Spoken(f"12{_NBSP}{'noon' if at.hour else 'midnight'}")
        return Spoken(f"{shown}{_NBSP}{'p' if at.hour >= _NOON else 'a'}.m.")

    def moment(self, iso: str) -> Spoken:
        """A moment (UTC, ISO 8601) as date and hour in the reader's zone; Cairo is named where no country is meant."""
        local = datetime.fromisoformat(iso).astimezone(ZoneInfo(self.zone))
        date, hour = self.date(local.date().isoformat()), self.hour(local.time())
        if self.country:
            return self.gettext("{date}, {hour}", date=date, hour=hour)
        return self.gettext("{date}, {hour} (Cairo time)", date=date, hour=hour)

    def day_of(self, iso: str) -> Spoken:
        """The day of a moment (UTC, ISO 8601) in the reader's zone."""
        return self.date(datetime.fromisoformat(iso).astimezone(ZoneInfo(self.zone)).date().isoformat())

    def year_of(self, iso: str) -> Spoken:
        """The year of a moment (UTC, ISO 8601) in the reader's zone."""
        return self.in_digits(str(datetime.fromisoformat(iso).astimezone(ZoneInfo(self.zone)).year))

    def country_name(self, code: str) -> Spoken:
        """The name of a country in the reader's language; raises KeyError where it is not one of the region."""
        return Spoken(reference.country(code).name(self.language))

    def alphabetical(self, code: str) -> str:
        """What countries are sorted by: their names without accents, hamza forms and the Arabic article."""
        return plain(self.country_name(code)).removeprefix("ال")

    def command(self, name: str) -> Spoken:
        """A slash command, held together where the sentence runs the other way."""
        return Spoken(f"{FSI}/{name}{PDI}" if self.right_to_left else f"/{name}")


@lru_cache(1024)
def _voice(language: Language, digits: Literal["auto", "latn", "arab"], country: str, clock: Clock) -> Voice:
    home = reference.country(country) if country else None
    habit: Digits = home.digits if home and language == "ar" else "latn"
    zone = home.zone if home else CAIRO
    return Voice(language, habit if digits == "auto" else digits, country, zone, clock)
