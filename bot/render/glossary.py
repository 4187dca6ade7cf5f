"""The glossary: one term that was asked for, and pages of all terms and organizations to read through."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from bot.buttons import Did
from bot.render import keyboards, ways
from bot.render.headings import N_, capital, listed
from bot.render.markup import NOTHING, SafeHtml, bold, italic, lines, plain
from bot.render.messages import Button, Message, Row, button, message
from bot.render.support_words import excerpt, fits_rows, sources, told
from bot.render.voice import Spoken, Voice
from workflows.languages import LANGUAGES, Language
from workflows.notices.glossary import GlossaryView, TermShown
from workflows.reference import process
from workflows.reference.terms import Part, Term, in_order, term
from workflows.reference.ways import way
from workflows.spelling import plain as spelled

PAGE: Final = 6
"""How many terms one page of the glossary tells."""
_LANGUAGES: Final[Mapping[Language, str]] = {"ar": N_("Arabic"), "en": N_("English"), "fr": N_("French")}


def key_of_glossary(voice: Voice) -> Button:
    """The way to the first page."""
    return button(voice.gettext("📖 Glossary"), Did("glossary"))


# --- one term --------------------------------------------------------------------------------------------------------


def shown(notice: TermShown, voice: Voice) -> Message:
    """The term in three languages, the names it has and had, what it means or the curated answer, and the lines."""
    found = term(notice.term)
    there = way(notice.way)
    rows: list[Row] = [
        (ways.key_of(there, voice),) if there else (),
        (key_of_glossary(voice),),
        *fits_rows(notice.request, voice),
    ]
    if found is None:  # it was taken out since
        return message([plain(voice.gettext("Nothing here answers this question."))], rows)
    more = process.entry(notice.entry)
    meaning = more.answer if more else found.meaning
    places = dict.fromkeys([*(more.source if more else ()), *found.source])
    text = [
        NOTHING if _is_its_name(notice.question, found, voice) else excerpt(notice.question),
        lines([bold(_name(found, voice)), *_elsewhere(found, voice)]),
        lines(_other_names(found, voice)),
        plain(told(voice, meaning.in_language(voice.language))),
        sources(voice, list(places)) if places else italic(voice.gettext("This is a word of Rafiq's own.")),
    ]
    return message(text, rows)


def _is_its_name(question: str, found: Term, voice: Voice) -> bool:
    """Whether somebody asked by no more than the name that stands at the top of what is told."""
    return spelled(question) in {
        spelled(found.name.in_language(voice.language)),
        spelled(_name(found, voice)),
    }


def _name(found: Term, voice: Voice, language: Language | None = None) -> Spoken:
    """The name in a language, the reader's where none is named, with its abbreviation."""
    language = language or voice.language
    name, short = found.name.in_language(language), found.short.get(language, "")
    if language == voice.language:
        name = told(voice, name)
    return (
        voice.gettext("{name} ({short})", name=name, short=short)
        if short
        else voice.gettext("{name}", name=name)
    )


def _elsewhere(found: Term, voice: Voice) -> Iterator[SafeHtml]:
    """The name in the two other languages."""
    for language in LANGUAGES:
        if language != voice.language:
            label = capital(voice.gettext(_LANGUAGES[language]))
            yield plain(voice.gettext("{field}: {value}", field=label, value=_name(found, voice, language)))


def _other_names(found: Term, voice: Voice) -> Iterator[SafeHtml]:
    also, former = found.also.of(voice.language), found.former.of(voice.language)
    if also:
        yield plain(voice.gettext("Also: {names}", names=_in_one_line(also, voice)))
    if former:
        yield plain(voice.gettext("Formerly: {names}", names=_in_one_line(former, voice)))


def _in_one_line(names: tuple[str, ...], voice: Voice) -> Spoken:
    return listed(voice, (told(voice, name) for name in names))


# --- all of them -----------------------------------------------------------------------------------------------------


def page(notice: GlossaryView, voice: Voice) -> Message:
    """A page of the glossary in the reader's alphabet, and the ways to the others."""
    every = in_order(notice.part, voice.language)
    last = max(0, (len(every) - 1) // PAGE)
    at = max(0, min(notice.page, last))
    titles = {
        "terms": voice.gettext("Glossary: terms of the review"),
        "organizations": voice.gettext("Glossary: organizations and their names"),
    }
    where = voice.gettext("Page {number} of {total}", number=at + 1, total=last + 1)
    hint = voice.gettext(
        "To find one term: {command} and the term, in any of the three languages.",
        command=voice.command("ask"),
    )
    text = [
        lines([bold(titles[notice.part]), italic(where)]),
        *(_entry(each, voice) for each in every[at * PAGE : (at + 1) * PAGE]),
        plain(hint) if notice.asks else NOTHING,
    ]
    return message(text, [_turning(notice.part, at, last, voice), (_other_part(notice.part, voice),)])


def _entry(found: Term, voice: Voice) -> SafeHtml:
    meaning = plain(told(voice, found.meaning.in_language(voice.language)))
    return lines([bold(_name(found, voice)), *_elsewhere(found, voice), *_other_names(found, voice), meaning])


def _turning(part: Part, at: int, last: int, voice: Voice) -> Row:
    return keyboards.page_row(voice, at, last, lambda page: Did("glossary", f"{part}.{page}"))


def _other_part(part: Part, voice: Voice) -> Button:
    if part == "terms":
        return button(voice.gettext("🏛 Organizations"), Did("glossary", "organizations.0"))
    return button(voice.gettext("📖 Terms"), Did("glossary", "terms.0"))


RENDERED: Final[Mapping[type[Any], Callable[[Any, Voice], Message]]] = {
    TermShown: shown,
    GlossaryView: page,
}
"""What renders each of these notices."""
