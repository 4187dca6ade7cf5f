"""An officer's sentence read: which event is meant, to which date it goes, how people meet, for which country."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from msgspec.structs import replace

from workflows.cycle.calendar import Calendar, Milestone, MilestoneKind, Mode
from workflows.cycle.sessions.dictation import country_in
from workflows.cycle.typed.dates import Reading, Spotted, read_when, spot_when
from workflows.cycle.typed.series import Series, placed, read_series
from workflows.immutable import Immutable
from workflows.languages import Text
from workflows.spelling import plain, western_digits
from workflows.when import Exact

LONGEST_LINK: Final = 300
LONGEST_PLACE: Final = 120
_SURE: Final = 4.0
"""An event's id counts more than any words of titles."""
_KIND: Final = 2.0
"""The sort of an event counts as much; less than that are stray words of titles, such as "first"."""
_MODES: Final[dict[Mode, tuple[str, ...]]] = {
    "hybrid": ("hybrid", "hybride", "مدمج", "مدمجا", "هجين", "هجينا", "حضوريا وافتراضيا", "حضوري وافتراضي"),
    "online": (
        "online", "on line", "virtual", "virtually", "remotely", "en ligne", "virtuel", "virtuelle", "virtuellement",
        "a distance", "افتراضيا", "افتراضي", "افتراضيه", "عن بعد", "عبر الانترنت", "الكترونيا",
    ),
    "in_person": ("in person", "face to face", "en presentiel", "presentiel", "حضوريا", "حضوري", "وجاهيا"),
}  # fmt: skip
# Spelled as `plain` spells them.
_KINDS: Final[dict[MilestoneKind, tuple[str, ...]]] = {
    "forum": ("forum", "conference", "منتدي", "موتمر"),
    "review_forum": ("imrf", "international", "internationales", "دوليه"),
    "workshop": ("workshop", "session", "atelier", "seance", "ورشه", "جلسه"),
    "deadline": ("deadline", "submission", "limite", "echeance", "نهايي", "تسليم"),
    "report": ("report", "rapport", "تقرير"),
    "briefing": ("briefing", "احاطه"),
    "dialogue": ("dialogue", "حوار"),
    "outcome_document": ("outcome", "ختاميه"),
    "general_assembly": ("assembly", "assemblee", "plenary", "جمعيه"),
}
_NOISE: Final = frozenset((
    "the", "of", "to", "on", "in", "for", "and", "a", "an", "by", "at",
    "de", "la", "le", "les", "l", "d", "du", "des", "et", "en", "au", "aux", "sur", "dans", "pour", "un", "une",
    "في", "من", "الي", "علي", "و", "حول", "بين", "عن",
))  # fmt: skip
_APART: Final = re.compile(r"[\s,،;؛/&+]+")
_LONGEST_NAME: Final = 6
_ARTICLE: Final = re.compile(r"^(?:وال|بال|لل|ال)(?=\w\w)")
_DIGIT: Final = re.compile(r"\d")
_BETWEEN: Final = re.compile(r"\s*(?:[|\n]|\s/\s)\s*")
_ARABIC: Final = re.compile("[\u0600-\u06ff]")
_LANGUAGES: Final = 3


class Order(Immutable):
    """What a sentence asks for: the events that it may mean, the dates, the mode, a country of the region.

    `unclear` says that it seems to name a date that was not understood, `several` that it names more countries than
    one. `sure` says that the events were named, not only touched by a word of their titles; `numbered` that they were
    by their places in the series.
    """

    milestones: tuple[str, ...]
    reading: Reading
    mode: Mode | None = None
    country: str = ""
    unclear: bool = False
    several: bool = False
    sure: bool = False
    numbered: bool = False


def read_order(text: str, calendar: Calendar, today: date) -> Order:
    """Read a sentence such as «أجّل المنتدى إلى ٢٤-٢٥ شباط/فبراير ٢٠٢١ افتراضياً» or `forum 24 Feb 2021 online`."""
    series = read_series(western_digits(text), calendar)
    spotted = _spotted(series.rest, today, calendar.zone)
    left = f"{spotted.before} {spotted.after}" if spotted else series.rest
    in_series = placed(calendar, series.places)
    found, score = (in_series, _SURE) if in_series else _meant(calendar, left)
    if len(found) == 1:
        order = read_change(text, calendar, calendar.by_id[found[0]], today)
    else:
        order = _in_doubt(
            _order(tuple(found), spotted, left, _mode(left)), series, text, today, calendar.zone
        )
    return replace(order, sure=score >= _KIND, numbered=bool(in_series))


def read_change(text: str, calendar: Calendar, milestone: Milestone, today: date) -> Order:
    """Read what is to become of an event that is known: a date, a mode, and for a deadline whose it is."""
    series = read_series(western_digits(text), calendar)
    zone = zone_for(calendar, milestone, _mode(series.rest))
    spotted = _spotted(series.rest, today, zone)
    left = f"{spotted.before} {spotted.after}" if spotted else series.rest
    countries = countries_named(left) if milestone.kind == "deadline" else ()
    rest = plain(left).replace(plain(milestone.id), "")
    order = _order((milestone.id,), spotted, rest, _mode(left), countries)
    return _in_doubt(order, series, text, today, zone)


def _in_doubt(order: Order, series: Series, text: str, today: date, zone: str) -> Order:
    """The order, with the other reading of a number that may be a day as well."""
    other = _spotted(western_digits(text), today, zone) if series.perhaps_day else None
    if other is None or _DIGIT.search(f"{other.before} {other.after}"):
        return order
    both = dict.fromkeys((*order.reading.readings, *other.reading.readings))
    past = other.reading.past and (order.reading.past or not order.reading.readings)
    return replace(order, reading=Reading(tuple(both), past), unclear=False)


def countries_named(text: str) -> tuple[str, ...]:
    """The codes of all states that a text names, each once."""
    codes: list[str] = []
    run: list[str] = []
    for word in filter(None, _APART.split(text)):
        run = [*run, word][-_LONGEST_NAME:]
        if state := country_in(run):
            codes.append(state.code)
            run = []
    return tuple(dict.fromkeys(codes))


def _order(
    found: tuple[str, ...],
    spotted: Spotted | None,
    left: str,
    mode: Mode | None,
    countries: tuple[str, ...] = (),
) -> Order:
    """The order; a number that stands beside a date was part of one that is none, such as 31 February."""
    unclear = bool(_DIGIT.search(western_digits(left)))
    reading = spotted.reading if spotted and not unclear else Reading()
    several = len(countries) > 1
    country = "" if several else "".join(countries)
    return Order(found, reading, mode, country, unclear, several)


def zone_for(calendar: Calendar, milestone: Milestone, mode: Mode | None) -> str:
    """Whose hours are meant: those of the place where people meet, else the host's."""
    there = milestone.when.zone if isinstance(milestone.when, Exact) else calendar.zone
    return calendar.zone if (mode or milestone.mode) in ("online", None) else there


def _spotted(text: str, today: date, zone: str) -> Spotted | None:
    """The date in a text: the whole of it where that is one."""
    whole = read_when(text, today, zone)
    return Spotted(whole, "", "") if whole.readings else spot_when(text, today, zone)


# --- which event -----------------------------------------------------------------------------------------------------


def _meant(calendar: Calendar, words: str) -> tuple[Sequence[str], float]:
    """The events that the words name best, several where they name them equally, and how well; none for none."""
    said = {_bare(word) for word in plain(words).split()} - _NOISE
    known = {each.id: set(_words_of(each)) for each in calendar.milestones}
    often = Counter(word for words in known.values() for word in words)
    scores = {
        each.id: _score(each, said) + sum(1 / often[word] for word in said & known[each.id])
        for each in calendar.milestones
    }
    best = max(scores.values(), default=0)
    return [each for each, score in scores.items() if score == best] if best else [], best


def _score(milestone: Milestone, said: set[str]) -> float:
    is_sure = plain(milestone.id) in said
    of_kind = any(word in said for word in _KINDS.get(milestone.kind, ()))
    return is_sure * _SURE + of_kind * _KIND


def _words_of(milestone: Milestone) -> Iterator[str]:
    title = milestone.title
    for words in (title.ar, title.en, title.fr):
        yield from (bare for word in plain(words).split() if (bare := _bare(word)) not in _NOISE)


def _bare(word: str) -> str:
    return _ARTICLE.sub("", word)


def _mode(text: str) -> Mode | None:
    words = f" {plain(text)} "
    return next((mode for mode, names in _MODES.items() if any(f" {name} " in words for name in names)), None)


# --- where -----------------------------------------------------------------------------------------------------------


def read_link(text: str) -> str:
    """The address on the web that a text is; empty where it is none."""
    words = text.strip()
    try:
        parts = urlsplit(words)
        host = parts.hostname
    except ValueError:
        return ""
    is_one = parts.scheme in ("http", "https") and host and len(words.split()) == 1
    return words if is_one and len(words) <= LONGEST_LINK and words.isprintable() else ""


def read_place(text: str) -> Text | None:
    """A place as typed: the same words in every language, or Arabic, English and French with « / » between them."""
    words = [" ".join(part.split()) for part in _BETWEEN.split(text.strip()) if part.strip()]
    if len(words) == _LANGUAGES:
        arabic = [word for word in words if _ARABIC.search(word)]
        if len(arabic) == 1:
            english, french = (word for word in words if word != arabic[0])
            words = [arabic[0], english, french]
    else:
        words = [" ".join(text.split())] * _LANGUAGES
    if not words[0] or any(len(word) > LONGEST_PLACE for word in words):
        return None
    return Text(ar=words[0], en=words[1], fr=words[2])
