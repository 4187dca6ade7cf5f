"""When something is, in words: in the host's hours and in the reader's own, on the right day of each."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import groupby
from zoneinfo import ZoneInfo

from babel.dates import get_day_names, get_timezone_location

from bot.render.markup import SafeHtml, italic, lines, plain, struck_out
from bot.render.voice import Spoken, Voice
from workflows.cycle.days.hijri import HijriDate, month_name, to_hijri
from workflows.immutable import Immutable
from workflows.when import CAIRO, Exact, Unstated, When, Window, instant

_NBSP = "\N{NO-BREAK SPACE}"
_DAY = timedelta(days=1)


class Span(Immutable):
    """Hours of each of some days in a row on somebody's clock; `ends` None where no end is stated."""

    first: date
    last: date
    starts: time
    ends: time | None
    overnight: bool = False


# --- a whole date ----------------------------------------------------------------------------------------------------


def told(voice: Voice, when: When, *, hijri: bool = False) -> SafeHtml:
    """The date in full: days with their weekdays, the host's hours and, below, the reader's own where they differ."""
    match when:
        case Exact():
            return lines([plain(in_full(voice, when, hijri=hijri)), *map(plain, _own_hours(voice, when))])
        case Window():
            return plain(_to_be_confirmed(voice, when))
        case Unstated():
            return italic(not_announced(voice))


def short(voice: Voice, when: When) -> Spoken:
    """The date as a key or a list shows it: no weekday, no hour."""
    match when:
        case Exact():
            return days(voice, when.first, when.last)
        case Window():
            return _to_be_confirmed(voice, when)
        case Unstated():
            return not_announced(voice)


def struck(voice: Voice, when: When) -> SafeHtml:
    """A date that no longer holds, struck out."""
    return struck_out(short(voice, when))


def _to_be_confirmed(voice: Voice, window: Window) -> Spoken:
    return voice.gettext("{date} (to be confirmed)", date=voice.of_calendar(window.phrase))


def not_announced(voice: Voice) -> Spoken:
    """What is said of a date that no source gives."""
    return voice.gettext("date not announced yet")


# --- days ------------------------------------------------------------------------------------------------------------


def days(voice: Voice, first: date, last: date) -> Spoken:
    """One day or several in a row, without weekdays."""
    if first == last:
        return voice.date(first.isoformat())
    if not _in_one_month(first, last):
        return _reaching(voice, voice.date(first.isoformat()), voice.date(last.isoformat()))
    day = Spoken(voice.date(first.isoformat()).partition(_NBSP)[0])
    until, _, month = voice.date(last.isoformat()).partition(_NBSP)
    both = _joined(voice, day, Spoken(until), adjacent=last - first == _DAY)
    return Spoken(f"{both}{_NBSP}{month}")


def weekdays(voice: Voice, first: date, last: date) -> Spoken:
    """The same with the names of the weekdays."""
    if first == last:
        return _named(voice, weekday(voice, first), days(voice, first, last))
    if not _in_one_month(first, last):
        return _reaching(voice, weekdays(voice, first, first), weekdays(voice, last, last))
    day = Spoken(voice.date(first.isoformat()).partition(_NBSP)[0])
    named = {"weekday": weekday(voice, first), "day": day}
    until = {"until_weekday": weekday(voice, last), "until": voice.date(last.isoformat())}
    if last - first == _DAY:
        return voice.pgettext(
            "two days", "{weekday} and {until_weekday}, {day} and {until}", **named, **until
        )
    return voice.pgettext("several days", "{weekday}–{until_weekday}, {day}–{until}", **named, **until)


def _in_one_month(first: date, last: date) -> bool:
    return (first.year, first.month) == (last.year, last.month)


def weekday(voice: Voice, day: date) -> Spoken:
    """The name of a day's weekday."""
    return Spoken(_weekday_names(voice.language)[day.weekday()])


@lru_cache
def _weekday_names(locale: str) -> Mapping[int, str]:
    return get_day_names("wide", "format", locale)


def _named(voice: Voice, weekday: Spoken, date: Spoken) -> Spoken:
    return voice.gettext("{weekday}, {date}", weekday=weekday, date=date)


def _joined(voice: Voice, first: Spoken, last: Spoken, *, adjacent: bool) -> Spoken:
    if adjacent:
        return voice.pgettext("two days", "{first} and {last}", first=first, last=last)
    return voice.pgettext("several days", "{first}–{last}", first=first, last=last)


def _reaching(voice: Voice, first: Spoken, last: Spoken) -> Spoken:
    return voice.pgettext("from one date to another", "{first} – {last}", first=first, last=last)


# --- the Hijri calendar -----------------------------------------------------------------------------------------------


def hijri_days(voice: Voice, first: date, last: date) -> Spoken:
    """One day or several in a row in the Hijri calendar; empty for years that it does not reach."""
    began, ended = to_hijri(first), to_hijri(last)
    if began is None or ended is None:
        return Spoken("")
    if began == ended:
        return _hijri_day(voice, began)
    if (began.year, began.month) != (ended.year, ended.month):
        return _reaching(voice, _hijri_day(voice, began), _hijri_day(voice, ended))
    until = _hijri_day(voice, ended)
    joined = _joined(voice, voice.number(began.day), voice.number(ended.day), adjacent=last - first == _DAY)
    return Spoken(f"{joined}{_NBSP}{until.partition(_NBSP)[2]}")


def _hijri_day(voice: Voice, day: HijriDate) -> Spoken:
    month = voice.words(month_name(day.month))
    return Spoken(_NBSP.join((voice.number(day.day), month, voice.in_digits(str(day.year)))))


def _beside_hijri(voice: Voice, date: Spoken, when: Exact) -> Spoken:
    beside = hijri_days(voice, when.first, when.last)
    return voice.gettext("{date} ({hijri} AH)", date=date, hijri=beside) if beside else date


# --- hours -----------------------------------------------------------------------------------------------------------


def hours(voice: Voice, starts: time, ends: time | None = None) -> Spoken:
    """An hour, or from one hour to another."""
    start = voice.hour(starts)
    if ends is None:
        return start
    return voice.pgettext("hours", "{start}–{end}", start=start, end=voice.hour(ends))


def spans(when: Exact, zone: str) -> tuple[Span, ...]:
    """The hours of an exact date on the clocks of a zone, days with the same hours together; empty without hours."""
    if when.starts is None:
        return ()
    each = [_span(when, day, zone) for day in _every_day(when)]
    grouped = (list(same) for _, same in groupby(each, key=lambda span: (span.starts, span.ends)))
    return tuple(
        Span(same[0].first, same[-1].last, same[0].starts, same[0].ends, same[0].overnight)
        for same in grouped
    )


def _span(when: Exact, day: date, zone: str) -> Span:
    begins = _clock(day, when.starts or time(), when.zone, zone)
    if when.ends is None:
        return Span(begins.date(), begins.date(), begins.time(), None)
    ends = _clock(day, when.ends, when.zone, zone)
    return Span(begins.date(), begins.date(), begins.time(), ends.time(), ends.date() > begins.date())


def _clock(day: date, hour: time, zone: str, elsewhere: str) -> datetime:
    """What the clocks of another zone show at a local hour."""
    return instant(day, hour, zone).astimezone(ZoneInfo(elsewhere))


def _every_day(when: Exact) -> Iterator[date]:
    for count in range((when.last - when.first).days + 1):
        yield when.first + count * _DAY


def in_full(voice: Voice, when: Exact, *, hijri: bool = False) -> Spoken:
    """An exact date on one line, with the host's hours."""
    date = weekdays(voice, when.first, when.last)
    if hijri:
        date = _beside_hijri(voice, date, when)
    if when.starts is None:
        return date
    of_a_day = hours(voice, when.starts, when.ends)
    several = when.first != when.last
    at = voice.gettext("{hours} each day", hours=of_a_day) if several else of_a_day
    return voice.gettext("{date}, {hours} ({whose})", date=date, hours=at, whose=_whose(voice, when))


def _whose(voice: Voice, when: Exact) -> Spoken:
    """Whose hours the host's are, and whether the reader's clock shows the same."""
    name = zone_name(voice, when.zone)
    same = voice.country and voice.zone != when.zone and spans(when, voice.zone) == spans(when, when.zone)
    return voice.gettext("{zone}, the same as yours", zone=name) if same else name


def zone_name(voice: Voice, zone: str) -> Spoken:
    """The clocks of a zone (IANA name) by their city."""
    if zone == CAIRO:
        return voice.gettext("Cairo time")
    return voice.gettext("local time: {city}", city=Spoken(_city(zone, voice.language)))


@lru_cache
def _city(zone: str, locale: str) -> str:
    return get_timezone_location(zone, locale=locale, return_city=True)


# --- the reader's own ------------------------------------------------------------------------------------------------


def _own_hours(voice: Voice, when: Exact) -> Iterator[Spoken]:
    own = spans(when, voice.zone)
    if own == spans(when, when.zone):
        return
    for span in own:
        at = _of_span(voice, span)
        if (span.first, span.last) != (when.first, when.last):
            date = weekdays(voice, span.first, span.last)
            at = voice.gettext("{date}, {hour}", date=date, hour=at)
        yield own_clock(voice, at)


def own_clock(voice: Voice, at: Spoken) -> Spoken:
    """An hour marked as that of the reader's own clock."""
    if not voice.country:
        return voice.gettext("{zone}: {hours}", zone=zone_name(voice, voice.zone), hours=at)
    name = voice.country_name(voice.country)
    return voice.gettext("Your time ({country}): {hours}", country=name, hours=at)


def _of_span(voice: Voice, span: Span) -> Spoken:
    at = hours(voice, span.starts, span.ends)
    return voice.gettext("{hours} (the next day)", hours=at) if span.overnight else at
