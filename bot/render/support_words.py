"""How the help desk names its things: kinds, offices, states, a request in a line, sources of the notes."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from bot.buttons import Did
from bot.render import keyboards
from bot.render.cutting import clipped_at_word
from bot.render.direction import FSI, PDI
from bot.render.headings import N_, capital, listed, question_number, set_apart
from bot.render.markup import NOTHING, SafeHtml, bold, italic, lines, plain, quoted
from bot.render.messages import Row, button
from bot.render.voice import Spoken, Voice
from workflows.notices.support import RequestLine, SupportWordLine
from workflows.people.requests import KINDS
from workflows.reference.process import Cited, cited
from workflows.review.template import Template

_LATIN: Final = re.compile(r"(/?[A-Za-z][A-Za-z0-9/.-]*[A-Za-z0-9])")
EXCERPT: Final = 160
"""How much of a request is shown in a list, in UTF-16 units."""
PAGE: Final = 6
"""How many things stand on a page."""

_KINDS: Final[Mapping[str, str]] = {
    "technical": N_("Technical trouble in a session"),
    "template": N_("The template and how to answer"),
    "data": N_("Data and figures"),
    "translation": N_("A document or a translation"),
    "drafting": N_("Drafting an answer"),
    "process": N_("Process and dates"),
    "other": N_("Something else"),
}
_OFFICES: Final[Mapping[str, str]] = {
    "iom_country": N_("IOM country office"),
    "un_team": N_("United Nations country team"),
    "iom_regional": N_("IOM regional office"),
    "escwa": N_("ESCWA"),
    "secretariat": N_("the secretariat"),
}
_STATES: Final[Mapping[str, str]] = {
    "open": N_("⏳ waiting"),
    "taken": N_("👤 in hand"),
    "answered": N_("✅ answered"),
    "closed": N_("☑️ closed"),
}
_DRAFT_OF_S1: Final = "2020-06-08"
_NOTES: Final[Mapping[str, tuple[str, str]]] = {
    "S1": (
        N_("concept note of the 2020 workshop (draft of {date}), line {lines}"),
        N_("concept note of the 2020 workshop (draft of {date}), lines {lines}"),
    ),
    "S2": (
        N_("concept note of the second review conference (2024), line {lines}"),
        N_("concept note of the second review conference (2024), lines {lines}"),
    ),
}


def kind_name(voice: Voice, kind: str) -> Spoken:
    """What a request is about."""
    return voice.gettext(_KINDS[kind]) if kind in _KINDS else Spoken("")


def office_name(voice: Voice, office: str) -> Spoken:
    """An office as it is named within a sentence."""
    return voice.gettext(_OFFICES[office]) if office in _OFFICES else Spoken("")


def number(voice: Voice, request: RequestLine) -> Spoken:
    """A request by its number."""
    return voice.gettext("Request {number}", number=request.id)


def heading(
    voice: Voice, template: Template | None, request: RequestLine, *, country: bool = False
) -> SafeHtml:
    """A request by number, country, kind and question, with where it is."""
    parts = [number(voice, request)]
    if country:
        parts.append(voice.country_name(request.country))
    if request.kind:
        parts.append(kind_name(voice, request.kind))
    if (about := question(voice, template, request.prompt)) is not None:
        parts.append(about)
    return lines([bold(voice.joined(parts)), plain(state(voice, request))])


def question(voice: Voice, template: Template | None, prompt: str) -> Spoken | None:
    """The question from which a request was made."""
    if template is None or not prompt or prompt not in template.question_of:
        return None
    return voice.gettext(
        "question {number}", number=question_number(voice, template, template.question_of[prompt])
    )


def state(voice: Voice, request: RequestLine) -> Spoken:
    """Where a request is, with whom, and since how many days."""
    parts = [voice.gettext(_STATES.get(request.state, _STATES["open"]))]
    if request.office and request.state != "closed":
        parts.append(office_name(voice, request.office))
    if request.days:
        parts.append(voice.ngettext("{count} day old", "{count} days old", request.days))
    else:
        parts.append(voice.gettext("from today"))
    return voice.joined(parts)


LONGEST: Final = 20_000
"""Nothing that is said about a request has more characters."""


def excerpt(typed: str, longest: int = EXCERPT) -> SafeHtml:
    """The beginning of what somebody typed, set apart."""
    return quoted(clipped_at_word(typed, longest))


def spoken(voice: Voice, words: Sequence[SupportWordLine], longest: int = 500) -> Iterator[SafeHtml]:
    """What was said about a request, each with who said it."""
    for word in words:
        match word.said_by:
            case "asker":
                who = voice.gettext("Added:")
            case "attached":
                who = voice.gettext("The answer given so far, attached by who asks:")
            case office:
                who = voice.gettext("{office} answered:", office=capital(office_name(voice, office)))
        yield lines([plain(who), excerpt(word.text, longest)])


def together(voice: Voice, *, grouped: bool) -> SafeHtml:
    """That an office reads requests in a group, where one does."""
    if not grouped:
        return NOTHING
    words = voice.gettext(
        "An office may read it in a group on Telegram, together: then everybody in that group reads it."
    )
    return plain(words)


def told(voice: Voice, words: str) -> Spoken:
    """Words of a curated entry: commands and symbols in it stand isolated, with their own digits."""
    if not voice.right_to_left:
        return Spoken(words)
    pieces = _LATIN.split(words)
    return Spoken(
        "".join(
            f"{FSI}{piece}{PDI}" if at % 2 else voice.with_own_months(voice.published(piece))
            for at, piece in enumerate(pieces)
        )
    )


def sources(voice: Voice, given: Sequence[str]) -> SafeHtml:
    """The lines of the notes that an answer rests on."""
    found = [cited(each) for each in given]
    named = [_note(voice, note, [each for each in found if each.note == note]) for note in _NOTES]
    places = [each for each in named if each]
    return (
        italic(
            voice.gettext(
                "Source: {places}",
                places=set_apart(voice, places),
            )
        )
        if places
        else NOTHING
    )


def _note(voice: Voice, note: str, found: Sequence[Cited]) -> Spoken:
    if not found:
        return Spoken("")
    spans = [
        voice.number(each.first)
        if each.first == each.last
        else voice.pgettext(
            "lines", "{first}–{last}", first=voice.number(each.first), last=voice.number(each.last)
        )
        for each in found
    ]
    one, many = _NOTES[note]
    several = len(found) > 1 or found[0].first != found[0].last
    date = voice.date(_DRAFT_OF_S1)
    return voice.gettext(many if several else one, lines=listed(voice, spans), date=date)


def kind_keys(voice: Voice, verb: str, before: str = "", after: str = "") -> list[Row]:
    """A key for each kind."""
    return [(button(kind_name(voice, kind), Did(verb, f"{before}{kind}{after}")),) for kind in KINDS]


def office_keys(voice: Voice, verb: str, offices: Sequence[str], before: str = "") -> list[Row]:
    """A key for each of these offices."""
    return [(button(capital(office_name(voice, each)), Did(verb, f"{before}{each}")),) for each in offices]


def fits_rows(request: int, voice: Voice) -> list[Row]:
    """Whether what was shown answers the question is for the asker to say."""
    return [
        (button(voice.gettext("✔ This answers it"), Did("ask_fits", str(request))),),
        (button(voice.gettext("Ask a person"), Did("ask_person", str(request))),),
    ]


def page_row(voice: Voice, verb: str, page: int, size: int, before: str = "") -> Row:
    """The ways to the pages before and after."""
    last = max(0, (size - 1) // PAGE)
    return keyboards.page_row(voice, min(page, last), last, lambda at: Did(verb, f"{before}{at}"))


def first_on(page: int, size: int) -> int:
    """The place of the first thing on a page, or on the last page there is."""
    return min(page, max(0, (size - 1) // PAGE)) * PAGE
