"""Words that text, picture and table of the region share: how far a country is, and short dates."""

from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from babel.dates import get_month_names

from bot.render.headings import N_, set_apart
from bot.render.voice import Spoken, Voice
from workflows.notices import CountryLine, Movement, Standing
from workflows.when import Exact

STANDINGS: Final[dict[Standing, str]] = {
    "not_invited": N_("not yet invited"),
    "invited": N_("invited, not yet come in"),
    "joined": N_("come in, no answer yet"),
    "begun": N_("answers begun"),
    "none_open": N_("no question open"),
    "in_clearance": N_("text frozen, in clearance"),
    "submitted": N_("submitted"),
    "returned": N_("with the state again"),
    "accepted": N_("accepted"),
    "declined": N_("takes no part"),
}
"""How far a country is, as it is said within a sentence."""
_NBSP: Final = "\N{NO-BREAK SPACE}"
_NUMERALS: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


def standing(voice: Voice, state: Standing) -> Spoken:
    """How far a country is."""
    return voice.gettext(STANDINGS[state])


def numeral(voice: Voice, place: int) -> Spoken:
    """The number of a section as a heading has it: I, II in Latin letters, ١ or 1 in Arabic."""
    if voice.right_to_left or place >= len(_NUMERALS):
        return voice.number(place + 1)
    return Spoken(_NUMERALS[place])


def percent(part: int, whole: int) -> int:
    """A share in whole percent; what has begun is at least 1, what is not complete at most 99."""
    if not whole or not part:
        return 0
    return 100 if part >= whole else max(1, min(99, 100 * part // whole))


def own_deadline(line: CountryLine) -> date | None:
    """The last day of the country's own deadline; None where none is fixed."""
    return line.deadline.last if isinstance(line.deadline, Exact) else None


def day_in(voice: Voice, iso: str) -> date | None:
    """The day of a moment (UTC, ISO 8601) in the reader's zone; None for none."""
    return datetime.fromisoformat(iso).astimezone(ZoneInfo(voice.zone)).date() if iso else None


def short_day(voice: Voice, day: date | None, today: date, *, roomy: bool = False) -> tuple[str, ...]:
    """A day as a narrow column shows it, in one line or two, with the year where it is not this one.

    A month that is said by two names has both where there is room, the second one below the first; elsewhere it has
    the second alone, which more of those know who use the other.
    """
    if day is None:
        return ()
    number, first, second = _day_and_month(voice, day)
    year = "" if day.year == today.year else voice.in_digits(str(day.year))
    if second and roomy:
        return f"{number} {first}/", f"{second} {year}".rstrip()
    said = f"{number} {second or first}"
    return (said, year) if year else (said,)


def moment_of(iso: str) -> datetime | None:
    """A moment (UTC) of its ISO 8601 form; None for none."""
    return datetime.fromisoformat(iso).astimezone(UTC) if iso else None


def _day_and_month(voice: Voice, day: date) -> tuple[str, str, str]:
    """The day and its month in the words of every date, shortened in Latin letters; then the month's second name."""
    number, _, rest = voice.date(day.isoformat()).partition(_NBSP)
    if not voice.right_to_left:
        return number, _abbreviated(voice.language, day.month), ""
    first, _, second = rest.rpartition(_NBSP)[0].partition("/")
    return number, first, second


@lru_cache
def _abbreviated(locale: str, month: int) -> str:
    return str(get_month_names("abbreviated", "format", locale)[month])


def movement(voice: Voice, moved: Movement) -> Spoken:
    """What a country did, in one line."""
    parts: list[Spoken] = [standing(voice, step) for step in moved.steps]
    if moved.prompts:
        parts.append(
            voice.ngettext("{count} question worked on", "{count} questions worked on", moved.prompts)
        )
    if moved.came_in:
        parts.append(voice.ngettext("{count} person came in", "{count} people came in", moved.came_in))
    what = set_apart(voice, parts)
    return voice.gettext("{country}: {what}", country=voice.country_name(moved.country), what=what)


def silence(voice: Voice, line: CountryLine) -> Spoken:
    """How long nothing was heard of a country, in its own working days."""
    days = voice.ngettext("{count} working day", "{count} working days", line.quiet)
    return voice.gettext("{country}: {what}", country=voice.country_name(line.country), what=days)
