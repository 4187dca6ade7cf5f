"""The region in lists: the countries that a filter leaves, what has changed, and which notes an officer gets."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from bot.buttons import Did
from bot.render import keyboards
from bot.render.headings import N_
from bot.render.markup import NOTHING, SafeHtml, bold, italic, lines, plain
from bot.render.messages import Button, Message, Row, button, message
from bot.render.status_words import movement, silence, standing
from bot.render.times import short
from bot.render.voice import Spoken, Voice
from workflows.notices import CountryLine, Occasion, StatusChanges, StatusFilter, StatusList, StatusNotes

PAGE: Final = 24
"""How many countries one page has; the verb cuts it so."""
FILTERS: Final[dict[StatusFilter, str]] = {
    "all": N_("All countries"),
    "no_focal_point": N_("Without a focal point"),
    "not_begun": N_("Not begun"),
    "stuck": N_("No sign for long"),
    "submitted": N_("Submitted"),
}
_HEADINGS: Final[dict[Occasion, str]] = {
    "asked": N_("What has changed"),
    "morning": N_("Good morning. What has changed"),
    "week": N_("The week in the region"),
}

# --- a filter --------------------------------------------------------------------------------------------------------


def status_list(notice: StatusList, voice: Voice) -> Message:
    """The countries that a filter leaves, in the reader's alphabet, two lines each."""
    heading = voice.gettext("{what}: {count}", what=voice.gettext(FILTERS[notice.filter]), count=notice.total)
    ordered = sorted(notice.countries, key=lambda line: voice.alphabetical(line.country))
    text = [
        bold(heading),
        lines(_country(line, voice) for line in ordered) or plain(voice.gettext("No country.")),
        italic(_limits(notice, voice)) if any(line.settled for line in ordered) else NOTHING,
    ]
    back = button(keyboards.backward(voice, voice.gettext("Status")), Did("status"))
    pick = button(voice.gettext("One country"), Did("country"))
    return message(text, [_pages(notice, voice), keyboards.across(voice, [back, pick])])


def _country(line: CountryLine, voice: Voice) -> SafeHtml:
    name = bold(voice.country_name(line.country))
    first = SafeHtml(voice.joined((f"• {name}", *(plain(part) for part in _parts(line, voice)))))
    words = _by_section(line.words, voice)
    more = plain(voice.gettext("words by section: {words}", words=words)) if line.settled else NOTHING
    return lines([first, more])


def _parts(line: CountryLine, voice: Voice) -> Iterable[Spoken]:
    """What is known of a country, in short."""
    yield standing(voice, line.state)
    if line.focal_points != 1 and line.state not in ("not_invited", "invited", "declined"):
        yield voice.gettext("focal points: {count}", count=line.focal_points)
    if line.settled:
        yield voice.gettext("points settled: {settled} of {total}", settled=line.settled, total=line.total)
    if line.last_activity:
        yield voice.day_of(line.last_activity)
    if line.extended and line.deadline is not None:
        yield voice.gettext("deadline: {date}", date=short(voice, line.deadline))
    if line.requests:
        yield voice.gettext("open requests: {count}", count=line.requests)


def _limits(notice: StatusList, voice: Voice) -> Spoken:
    return voice.gettext("Limits by section, in words: {limits}", limits=_by_section(notice.limits, voice))


def _by_section(numbers: Iterable[int], voice: Voice) -> Spoken:
    return voice.joined(voice.number(number) for number in numbers)


def _pages(notice: StatusList, voice: Voice) -> Row:
    last = max(0, (notice.total - 1) // PAGE)
    return keyboards.page_row(
        voice, notice.page, last, lambda page: Did("status_list", f"{notice.filter}.{page}")
    )


# --- changes ---------------------------------------------------------------------------------------------------------


def status_changes(notice: StatusChanges, voice: Voice) -> Message:
    """What the countries did between two moments, and who has been silent for long."""
    moved = sorted(notice.moved, key=lambda each: voice.alphabetical(each.country))
    quiet = sorted(notice.stuck, key=lambda each: voice.alphabetical(each.country))
    text = [
        lines(
            [
                bold(voice.gettext(_HEADINGS[notice.occasion])),
                plain(voice.gettext("Since {date}", date=voice.moment(notice.since))),
            ]
        ),
        lines(plain(f"• {movement(voice, each)}") for each in moved)
        or plain(voice.gettext("Nothing has moved.")),
        _silent(quiet, voice),
        italic(voice.gettext("This note can be switched off under “Notes”."))
        if notice.occasion != "asked"
        else NOTHING,
    ]
    keys: list[Button] = [button(voice.gettext("Where the region stands"), Did("status"))]
    if notice.occasion != "asked":
        keys.append(button(voice.gettext("🔔 Notes"), Did("status_notes")))
    return message(text, [keyboards.across(voice, keys)])


def _silent(quiet: Iterable[CountryLine], voice: Voice) -> SafeHtml:
    told = lines(plain(f"• {silence(voice, line)}") for line in quiet)
    return lines([bold(voice.gettext("No sign for long")), told]) if told else NOTHING


# --- notes without asking --------------------------------------------------------------------------------------------


def status_notes(notice: StatusNotes, voice: Voice) -> Message:
    """Which notes an officer gets without asking, and the keys that change it."""
    text = [
        bold(voice.gettext("Notes on the region")),
        plain(
            voice.gettext("Each working morning, what has changed since the working day before: on")
            if notice.morning
            else voice.gettext("Each working morning, what has changed since the working day before: off")
        ),
        plain(
            voice.gettext("On the first working day of the week, the week in the region: on")
            if notice.digest
            else voice.gettext("On the first working day of the week, the week in the region: off")
        ),
        italic(voice.gettext("Where nothing has changed, nothing is sent.")),
    ]
    rows: list[Row] = [
        (_switch(voice, "morning", on=notice.morning),),
        (_switch(voice, "digest", on=notice.digest),),
        (button(keyboards.backward(voice, voice.gettext("Status")), Did("status")),),
    ]
    return message(text, rows)


def _switch(voice: Voice, which: str, *, on: bool) -> Button:
    """The key that sets a note on or off, whatever it was when the card was drawn."""
    labels = {
        ("morning", True): voice.gettext("Morning note: switch off"),
        ("morning", False): voice.gettext("Morning note: switch on"),
        ("digest", True): voice.gettext("Weekly note: switch off"),
        ("digest", False): voice.gettext("Weekly note: switch on"),
    }
    return button(labels[which, on], Did("status_notes", f"{which}.{'off' if on else 'on'}"))


RENDERED: Final[Mapping[type[Any], Callable[[Any, Voice], Message]]] = {
    StatusList: status_list,
    StatusChanges: status_changes,
    StatusNotes: status_notes,
}
