"""The calendar in words: what comes next, one event with what became of it, and files to keep."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import reduce
from typing import Any, Final

from bot.buttons import Did
from bot.render import keyboards, times
from bot.render.cutting import clipped
from bot.render.headings import N_, capital, listed, set_apart
from bot.render.markup import NOTHING, SafeHtml, bold, italic, lines, link, plain, struck_out
from bot.render.messages import Button, File, Message, Row, button, message
from bot.render.voice import Spoken, Voice
from workflows.languages import Text
from workflows.notices import (
    CalendarFile,
    CalendarView,
    EventCard,
    EventChange,
    EventLine,
    FileEvent,
    ThemeLine,
)
from workflows.notices.calendar import Mode
from workflows.when import Exact, When, Window

_MODES: Final[Mapping[str, str]] = {
    "in_person": N_("in person"),
    "online": N_("online"),
    "hybrid": N_("in person and online"),
}
_LANGUAGES: Final = {"ar": N_("Arabic"), "en": N_("English"), "fr": N_("French")}
_CHANGES: Final[Mapping[str, str]] = {
    "postponed": N_("moved on {date}"),
    "fixed": N_("date fixed on {date}"),
    "unfixed": N_("date left open on {date}"),
    "mode_changed": N_("changed on {date}"),
    "extended": N_("later date for {country}, granted on {date}"),
    "extension_ended": N_("later date for {country} ended on {date}"),
}
_HELD = ("postponed", "unfixed", "extension_ended")
"""The steps after which the date that was there no longer holds."""

MISSING: Final = 5
"""So many events at most are named that a file does not hold."""

# --- a page ----------------------------------------------------------------------------------------------------------


def page(notice: CalendarView, voice: Voice) -> Message:
    """What comes next, or what lies behind, an event a paragraph."""
    if not notice.dated:
        words = voice.gettext(
            "No dates have been announced yet. Once the secretariat sets them, they are here."
        )
        return message([plain(words)], [*_answer_row(notice, voice)])
    heading = voice.gettext("What lies behind") if notice.page < 0 else voice.gettext("What comes next")
    text = [
        lines([bold(heading), italic(voice.words(notice.title)) if notice.title else NOTHING]),
        *(_line(event, voice, hijri=notice.hijri) for event in notice.events),
    ]
    if not notice.events:
        text.append(plain(voice.gettext("Nothing more has been announced.")))
    keys = [(_event_key(event, voice),) for event in notice.events]
    return message(text, [*keys, _turning(notice, voice), *_page_keys(notice, voice)])


def _line(event: EventLine, voice: Voice, *, hijri: bool) -> SafeHtml:
    return lines([bold(_marked(event, voice)), *when_lines(event, voice, hijri=hijri)])


def _marked(event: EventLine, voice: Voice) -> Spoken:
    mark = {"running": "▶️ ", "over": "✔ "}.get(event.state, "")
    return Spoken(f"{mark}{voice.words(event.title)}")


def when_lines(event: EventLine, voice: Voice, *, hijri: bool = False) -> Iterator[SafeHtml]:
    """When an event is, and what it was moved from."""
    yield told(event.when, event.alternatives, voice, hijri=hijri)
    if event.before is not None:
        moved = voice.gettext("moved on {date}", date=voice.day_of(event.moved_at))
        if event.extended:
            moved = voice.gettext("later date for {country}", country=voice.country_name(voice.country))
        yield SafeHtml(f"{_was(event, voice)}{voice.between}{plain(moved)}")
    if event.handed_over:
        yield bold(voice.gettext("✅ Handed over on {date}", date=voice.date(event.handed_over)))


def told(when: When, others: Sequence[When], voice: Voice, *, hijri: bool = False) -> SafeHtml:
    """The date in full, with every other window that the source names."""
    return plain(_either(when, others, voice)) if others else times.told(voice, when, hijri=hijri)


def short(event: EventLine, voice: Voice) -> SafeHtml:
    """The date without weekdays and hours, with every other window."""
    return plain(in_words(event, voice))


def in_words(event: EventLine, voice: Voice) -> Spoken:
    """The same for a line outside a message."""
    if event.alternatives:
        return _either(event.when, event.alternatives, voice)
    return times.short(voice, event.when)


def _was(event: EventLine, voice: Voice) -> SafeHtml:
    """The date that no longer holds; with its hours where they are all that changed."""
    before = event.before or event.when
    if isinstance(before, Exact) and times.short(voice, before) == times.short(voice, event.when):
        return struck_out(times.in_full(voice, before))
    return times.struck(voice, before)


def _either(when: When, others: Sequence[When], voice: Voice) -> Spoken:
    """The windows that a source names for one thing."""
    phrases = [_phrase(each, voice) for each in (when, *others)]
    joined = reduce(lambda first, last: voice.gettext("{first} or {last}", first=first, last=last), phrases)
    return voice.gettext("{date} (to be confirmed)", date=joined)


def _phrase(when: When, voice: Voice) -> Spoken:
    return voice.of_calendar(when.phrase) if isinstance(when, Window) else times.short(voice, when)


def _event_key(event: EventLine, voice: Voice) -> Button:
    return button(voice.words(event.title), Did("event", event.id))


def _turning(notice: CalendarView, voice: Voice) -> Row:
    keys = []
    if notice.earlier:
        earlier = keyboards.backward(voice, voice.gettext("Earlier"))
        keys.append(button(earlier, Did("calendar", str(notice.page - 1))))
    if notice.further:
        further = keyboards.onward(voice, voice.gettext("Further"))
        keys.append(button(further, Did("calendar", str(notice.page + 1))))
    return keyboards.across(voice, keys)


def _page_keys(notice: CalendarView, voice: Voice) -> list[Row]:
    hijri = voice.gettext("Without Hijri dates") if notice.hijri else voice.gettext("With Hijri dates")
    return [
        (button(voice.gettext("📅 Calendar file for all"), Did("ics")),),
        (button(hijri, Did("hijri", "off" if notice.hijri else "on")),),
        *_answer_row(notice, voice),
    ]


def _answer_row(notice: CalendarView, voice: Voice) -> list[Row]:
    """The way to say whether the country takes part, for who says so."""
    if not notice.asked:
        return []
    label = {
        "": voice.gettext("Do we take part?"),
        "yes": voice.gettext("We take part · change"),
        "no": voice.gettext("We do not take part · change"),
    }[notice.answer]
    return [(button(label, Did("taking_part")),)]


# --- one event -------------------------------------------------------------------------------------------------------


def event(notice: EventCard, voice: Voice) -> Message:
    """All that is known of an event."""
    line = notice.event
    if notice.changes:  # which tell what the line would tell of the last of them
        line = line.model_copy(update={"before": None})
    source = voice.gettext("Source: {source}", source=notice.source) if notice.source else ""
    text = [
        bold(voice.words(line.title)),
        lines([*when_lines(line, voice, hijri=notice.hijri), italic(_state(line, voice))]),
        plain(_noted_by(notice, voice)),
        lines(_where(notice, voice)),
        italic(voice.of_calendar(notice.note)) if notice.note else NOTHING,
        lines(_themes(notice.themes, voice)),
        lines(_change(change, voice) for change in notice.changes),
        italic(source),
    ]
    return message(text, _event_rows(notice, voice))


def _noted_by(notice: EventCard, voice: Voice) -> str:
    """Who noted that it was handed over, and when."""
    if not notice.handed_at:
        return ""
    at = voice.moment(notice.handed_at)
    if not notice.handed_by:
        return voice.gettext("Noted on {moment}", moment=at)
    return voice.gettext("Noted by {name} on {moment}", name=voice.typed(notice.handed_by), moment=at)


def _state(event: EventLine, voice: Voice) -> str:
    match event.state:
        case "running":
            return voice.gettext("This is on now.")
        case "over":
            return voice.gettext("This is over.")
    return ""


def _where(notice: EventCard, voice: Voice) -> Iterator[SafeHtml]:
    place = where(notice.mode, named_place(notice.place, voice), voice)
    if place:
        yield plain(capital(place))
    if notice.languages:
        spoken = listed(voice, [voice.gettext(_LANGUAGES[language]) for language in notice.languages])
        yield plain(voice.gettext("Languages: {languages}", languages=spoken))
    if notice.link:
        yield link(voice.gettext("Link to take part"), notice.link)


def _themes(themes: Sequence[ThemeLine], voice: Voice) -> Iterator[SafeHtml]:
    """The priority themes in their order; where no title is given yet, how many there are."""
    if themes and not any(theme.title for theme in themes):
        yield plain(
            voice.ngettext(
                "{count} priority theme; its title is not given yet.",
                "{count} priority themes; their titles are not given yet.",
                len(themes),
            )
        )
        return
    if themes:
        yield bold(voice.gettext("Priority themes"))
    for theme in themes:
        title = voice.of_calendar(theme.title) if theme.title else voice.gettext("title not given yet")
        yield plain(voice.gettext("{number}. {name}", number=theme.number, name=title))


def named_place(place: Text | None, voice: Voice, longest: int | None = None) -> Spoken:
    """A place as it can stand in a line, cut to so many UTF-16 units."""
    name = _place_name(place, voice)
    return voice.typed(name if longest is None else clipped(name, longest))


def _place_name(place: Text | None, voice: Voice) -> str:
    """A place in the reader's language; what was typed once for all languages, as it was typed."""
    if place is None:
        return ""
    return place.en if place.ar == place.en == place.fr else voice.words(place)


def where(mode: Mode, place: str, voice: Voice) -> Spoken:
    """A place and a way to meet, on one line."""
    said = voice.gettext(_MODES[mode]) if mode else ""
    return voice.joined(filter(None, (place, said)))


def _change(change: EventChange, voice: Voice) -> SafeHtml:
    """What there was, struck out where it no longer holds, and what was done when."""
    country = voice.country_name(change.country) if change.country else Spoken("")
    done = voice.gettext(_CHANGES[change.step], date=voice.day_of(change.at), country=country)
    parts = [times.struck(voice, change.when)] if change.step in _HELD else []
    if change.step == "fixed":
        parts = [plain(_phrase(change.when, voice))]
    place = where(change.mode, named_place(change.place, voice), voice)
    return SafeHtml(voice.joined(filter(None, (*parts, struck_out(place), plain(done)))))


def _event_rows(notice: EventCard, voice: Voice) -> list[Row]:
    it = notice.event.id
    rows: list[Row] = []
    if notice.registers:
        rows.append((button(voice.gettext("How I attend"), Did("attend", it)),))
    if notice.assesses:
        rows.append((keyboards.assess_key(voice),))
    if notice.agenda:
        rows.append((button(voice.gettext("Agenda"), Did("agenda", it)),))
    if notice.file:
        rows.append((button(voice.gettext("📅 Calendar file"), Did("ics", it)),))
    if notice.hands_over:
        rows += _hand_over_rows(notice, voice)
    if notice.steers:
        rows.append((button(voice.gettext("Change the date or the place"), Did("schedule", it)),))
    return [*rows, (calendar_key(voice),)]


def _hand_over_rows(notice: EventCard, voice: Voice) -> Iterator[Row]:
    it = notice.event.id
    if notice.event.handed_over:
        yield (button(voice.gettext("Handed over on another day"), Did("hand_over", f"{it}.day")),)
        yield (
            button(
                voice.gettext("↩ Not handed over yet"),
                Did("hand_over", f"{it}.undo.{_basic(notice.event.handed_over)}"),
            ),
        )
    else:
        yield (button(voice.gettext("✅ Handed over today"), Did("hand_over", f"{it}.done")),)
        yield (button(voice.gettext("Handed over on another day"), Did("hand_over", f"{it}.day")),)


def _basic(day: str) -> str:
    """An ISO day without its hyphens, so that it is one word of a button's code."""
    return day.replace("-", "")


def calendar_key(voice: Voice) -> Button:
    """The way to what comes next."""
    return button(voice.gettext("🗓 Calendar"), Did("calendar"))


# --- files -----------------------------------------------------------------------------------------------------------


def file(notice: CalendarFile, voice: Voice) -> Message:
    """Events as a file that the person's own calendar opens."""
    from workflows.reports import ics  # noqa: PLC0415 - loaded when a file is wanted

    title = voice.words(notice.events[0].title if notice.event and notice.events else notice.title)
    content = ics.calendar_file(
        [_entry(each, voice) for each in notice.events],
        cycle=notice.cycle,
        title=voice.words(notice.title),
        language=voice.language,
        stamp=datetime.fromisoformat(notice.stamp),
    )
    titles = set_apart(voice, [voice.of_calendar(each) for each in notice.missing[:MISSING]])
    text = [
        bold(title),
        plain(voice.gettext("Open the file to take it into your own calendar.")),
        plain(voice.gettext("When a date changes, take the new file: what you have moves with it.")),
        plain(voice.gettext("Not in the file, since its month is not known yet: {titles}", titles=titles))
        if notice.missing
        else NOTHING,
    ]
    return message(text, document=File(ics.file_name(notice.cycle, notice.event), content))


def _entry(event: FileEvent, voice: Voice) -> Any:
    from workflows.reports.ics import Entry  # noqa: PLC0415 - loaded when a file is wanted

    title = voice.words(event.title)
    if isinstance(event.when, Window):
        title = voice.gettext("{date} (to be confirmed)", date=title)
    return Entry(
        id=event.id,
        summary=title,
        when=event.when,
        others=event.alternatives,
        earlier=event.earlier,
        location=where(event.mode, _place_name(event.place, voice), voice),
        description="\n".join(_description(event, voice)),
        url=event.link,
        sequence=event.sequence,
    )


def _description(event: FileEvent, voice: Voice) -> Iterator[str]:
    if isinstance(event.when, Window):
        yield _either(event.when, event.alternatives, voice)
    if event.note:
        yield voice.of_calendar(event.note)


RENDERED: Final[Mapping[type, Callable[[Any, Voice], Message]]] = {
    CalendarView: page,
    EventCard: event,
    CalendarFile: file,
}
