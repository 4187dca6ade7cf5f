"""Where things stand, readable on a phone: a country's own progress, and the region with its picture."""

from collections.abc import Iterable, Sequence
from typing import Final

from bot.buttons import Did
from bot.render import keyboards, times
from bot.render.markup import NOTHING, SafeHtml, bold, italic, lines, plain
from bot.render.messages import Button, Message, Photo, Row, button, message
from bot.render.places import section_lines
from bot.render.status_lists import FILTERS
from bot.render.status_picture import pages, status_table
from bot.render.status_words import movement, percent, silence
from bot.render.tagged import key_of_all
from bot.render.voice import Spoken, Voice
from workflows.notices import CountryLine, Movement, ProgressView, StatusFigures, StatusFilter, StatusView
from workflows.review.template import Template

FEW: Final = 6
"""How many countries that moved, or were silent, are named under the picture."""

# --- one country -----------------------------------------------------------------------------------------------------


def progress(notice: ProgressView, voice: Voice, template: Template) -> Message:
    """A country's own progress, section by section."""
    text = [
        bold(voice.gettext("Progress: {country}", country=voice.country_name(notice.country))),
        *(section_lines(line, voice, template) for line in notice.sections),
        lines(map(plain, _without_answer(notice, voice))),
        plain(voice.gettext("Last change: {date}", date=voice.moment(notice.last_activity)))
        if notice.last_activity
        else NOTHING,
    ]
    onward = [(keyboards.continue_key(voice),)] if notice.next else []
    return message(text, [*onward, (key_of_all(voice),), (keyboards.sections_key(voice),)])


def _without_answer(notice: ProgressView, voice: Voice) -> Iterable[Spoken]:
    """The settled questions that have no answer, by the reason given; what is nought is left out."""
    if notice.not_applicable:
        yield voice.gettext("Not applicable: {count}", count=notice.not_applicable)
    if notice.not_known:
        yield voice.gettext("Not yet known: {count}", count=notice.not_known)
    if notice.declined:
        yield voice.gettext("Prefer not to answer: {count}", count=notice.declined)


# --- the region ------------------------------------------------------------------------------------------------------


def status(notice: StatusView, voice: Voice, template: Template | None) -> Message:
    """The region in numbers under its picture: who moved, who is silent; nothing ranks states."""
    heading = voice.words(template.heading) if template else ""
    text = [
        lines(
            [
                bold(voice.gettext("Where the region stands")),
                italic(heading),
                plain(voice.moment(notice.at)),
            ]
        ),
        numbers(notice.figures, voice) if notice.figures else NOTHING,
        _chain(notice, voice),
        _moved(notice, voice),
        _silent(notice.countries, voice),
    ]
    picture = Photo("status.png", status_table(notice, voice, template)) if notice.countries else None
    return message(text, _keys(notice, voice), photo=picture)


def numbers(figures: StatusFigures, voice: Voice) -> SafeHtml:
    """The region in numbers; two of them as rates of the countries that have not said that they take no part."""
    whole = figures.expected
    told = [
        voice.gettext("Invited: {count} of {all}", count=figures.invited, all=whole),
        voice.gettext("With a focal point: {count} of {all}", count=figures.with_focal_point, all=whole),
        voice.gettext("Begun: {count} of {all}", count=figures.begun, all=whole),
        voice.gettext(
            "Submitted: {count} of {all} (reporting rate {percent}%)",
            count=figures.submitted,
            all=whole,
            percent=percent(figures.submitted, whole),
        ),
        voice.gettext("On time: no date is set")
        if figures.on_time is None
        else voice.gettext(
            "On time: {count} of {all} (rate {percent}%)",
            count=figures.on_time,
            all=whole,
            percent=percent(figures.on_time, whole),
        ),
        voice.gettext("Open requests: {count}", count=figures.requests),
    ]
    if figures.apart:
        told.append(
            voice.ngettext(
                "{count} country has said that it takes no part, and is not counted above.",
                "{count} countries have said that they take no part, and are not counted above.",
                figures.apart,
            )
        )
    return lines(map(plain, told))


def movements(moved: Sequence[Movement], voice: Voice, most: int) -> SafeHtml:
    """What the countries did, in the reader's alphabet; of many, so many are named."""
    ordered = sorted(moved, key=lambda each: voice.alphabetical(each.country))
    return _named([movement(voice, each) for each in ordered], voice, most)


def silences(quiet: Sequence[CountryLine], voice: Voice, most: int) -> SafeHtml:
    """How long nothing was heard of countries, in the reader's alphabet; of many, so many are named."""
    ordered = sorted(quiet, key=lambda each: voice.alphabetical(each.country))
    return _named([silence(voice, each) for each in ordered], voice, most)


def _named(told: Sequence[Spoken], voice: Voice, most: int) -> SafeHtml:
    shown = [plain(f"• {each}") for each in told[:most]]
    if len(told) > most:
        shown.append(plain(voice.gettext("and {count} more", count=len(told) - most)))
    return lines(shown)


def _moved(notice: StatusView, voice: Voice) -> SafeHtml:
    if not notice.since:
        return NOTHING
    since = bold(voice.gettext("Since {date}", date=voice.moment(notice.since)))
    nothing = plain(voice.gettext("Nothing has moved."))
    return lines([since, movements(notice.moved, voice, FEW) or nothing])


def _chain(notice: StatusView, voice: Voice) -> SafeHtml:
    """What is to be handed over beyond the region, and what has been."""
    told = [
        voice.gettext(
            "• {title}: handed over on {date}",
            title=voice.words(each.title),
            date=voice.date(each.handed_over),
        )
        if each.handed_over
        else voice.gettext(
            "• {title}: {when}", title=voice.words(each.title), when=times.short(voice, each.when)
        )
        for each in notice.chain
    ]
    return lines([bold(voice.gettext("Hand-overs")), *map(plain, told)]) if told else NOTHING


def _silent(countries: Sequence[CountryLine], voice: Voice) -> SafeHtml:
    quiet = [line for line in countries if line.is_stuck]
    return lines([bold(voice.gettext("No sign for long")), silences(quiet, voice, FEW)]) if quiet else NOTHING


# --- keys ------------------------------------------------------------------------------------------------------------


def _keys(notice: StatusView, voice: Voice) -> list[Row]:
    filters = [_filter(voice, each) for each in FILTERS]
    more = [
        button(voice.gettext("One country"), Did("country")),
        button(voice.gettext("What changed"), Did("changes")),
    ]
    files = [
        button(voice.gettext("⬇ Spreadsheet"), Did("status_file", "xlsx")),
        button(voice.gettext("⬇ CSV"), Did("status_file", "csv")),
    ]
    last = [
        button(voice.gettext("🔔 Notes"), Did("status_notes")),
        button(voice.gettext("🔄 Refresh"), Did("status")),
    ]
    invite = button(voice.gettext("Invite somebody"), Did("invite"))
    across = keyboards.across
    return [
        _pages(notice, voice),
        *keyboards.in_columns(voice, filters),
        *(across(voice, keys) for keys in (more, files, last)),
        (invite,),
    ]


def _filter(voice: Voice, wanted: StatusFilter) -> Button:
    return button(voice.gettext(FILTERS[wanted]), Did("status_list", wanted))


def _pages(notice: StatusView, voice: Voice) -> Row:
    """The ways to the pages of the picture beside this one."""
    return keyboards.page_row(voice, notice.page, pages(notice) - 1, lambda page: Did("status", str(page)))
