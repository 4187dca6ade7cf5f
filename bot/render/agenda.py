"""A session's agenda in words: the hours on two clocks, and while it runs what is on, what is next, what is left."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from bot.buttons import Did
from bot.render import keyboards, times
from bot.render.calendar import calendar_key, short, when_lines
from bot.render.markup import NOTHING, SafeHtml, bold, italic, lines, plain
from bot.render.messages import Message, button, message
from bot.render.voice import Spoken, Voice
from workflows.notices import AgendaList, AgendaView, ItemLine, PartLine
from workflows.when import Exact

SOON: Final = 180
"""From how many minutes before it begins a session's beginning is counted down."""

_MARKS: Final = {"done": "✔", "now": "▶️", "next": "🔜", "later": "▫️"}


def agenda(notice: AgendaView, voice: Voice) -> Message:
    """The items in order, what is on now in bold."""
    text = [
        lines([bold(voice.words(notice.event.title)), *when_lines(notice.event, voice)]),
        bold(_now(notice, voice)),
        *(_item(item, notice, voice) for item in notice.items),
        italic(_whose_hours(notice, voice)),
    ]
    again = button(voice.gettext("🔄 Refresh"), Did("agenda", f"{notice.event.id}.again"))
    about = button(voice.gettext("All about it"), Did("event", notice.event.id))
    return message(text, [keyboards.across(voice, [again, about])])


def _now(notice: AgendaView, voice: Voice) -> str:
    """What is on at the moment of the card, in a line."""
    match notice.phase:
        case "before" if notice.until_next <= SOON:
            return voice.gettext("Begins in: {time}", time=minutes(voice, notice.until_next))
        case "during":
            on = next((item for item in notice.items if item.standing == "now"), None)
            return _on_now(on, voice) if on else _pause(notice, voice)
        case "after":
            return voice.gettext("This is over.")
    return ""


def _on_now(item: ItemLine, voice: Voice) -> Spoken:
    left = minutes(voice, item.left)
    return voice.gettext("Now: {title}. Left: {time}", title=voice.words(item.title), time=left)


def _pause(notice: AgendaView, voice: Voice) -> str:
    if not notice.until_next:
        return ""
    return voice.gettext("The next item begins in: {time}", time=minutes(voice, notice.until_next))


def minutes(voice: Voice, count: int) -> Spoken:
    """So many minutes."""
    return voice.ngettext("{count} minute", "{count} minutes", count)


# --- items -----------------------------------------------------------------------------------------------------------


def _item(item: ItemLine, notice: AgendaView, voice: Voice) -> SafeHtml:
    title = voice.words(item.title)
    return lines(
        [
            plain(
                voice.joined((f"{_MARKS[item.standing]} {_hours(item, notice, voice)}", _length(item, voice)))
            ),
            bold(title) if item.standing in ("now", "next") else plain(title),
            italic(voice.words(item.speakers)) if item.speakers else NOTHING,
            *(plain(f"• {voice.words(point)}") for point in item.points),
            *(_part(part, voice) for part in item.parts),
        ]
    )


def _length(item: ItemLine, voice: Voice) -> Spoken:
    whole = minutes(voice, item.minutes)
    if not item.left:
        return whole
    return voice.gettext("{length}, left: {time}", length=whole, time=minutes(voice, item.left))


def _part(part: PartLine, voice: Voice) -> SafeHtml:
    title, whole = voice.words(part.title), minutes(voice, part.minutes)
    if not part.left:
        return plain(voice.gettext("• {title}: {time}", title=title, time=whole))
    left = minutes(voice, part.left)
    return bold(voice.gettext("• {title}: {length}, left: {time}", title=title, length=whole, time=left))


# --- two clocks ------------------------------------------------------------------------------------------------------


def _hours(item: ItemLine, notice: AgendaView, voice: Voice) -> str:
    """The host's hours, and the reader's own beside them where they differ."""
    there = times.hours(voice, item.starts, item.ends)
    own = _own(item, notice, voice) if notice.day else there
    return there if own == there else f"{there} ({own})"


def _own(item: ItemLine, notice: AgendaView, voice: Voice) -> Spoken:
    day = notice.day or date.min
    of_item = Exact(first=day, last=day, starts=item.starts, ends=item.ends, zone=notice.zone)
    (span,) = times.spans(of_item, voice.zone)
    return times.hours(voice, span.starts, span.ends)


def _whose_hours(notice: AgendaView, voice: Voice) -> str:
    """Which clock is which."""
    host = times.zone_name(voice, notice.zone)
    if notice.day is None:
        return voice.gettext("Hours: {zone}; the day is not fixed yet", zone=host)
    if all(_own(item, notice, voice) == times.hours(voice, item.starts, item.ends) for item in notice.items):
        return voice.gettext("Hours: {zone}", zone=host)
    return voice.gettext("Hours: {zone}, in brackets yours ({own})", zone=host, own=_own_zone(voice))


def _own_zone(voice: Voice) -> Spoken:
    return voice.country_name(voice.country) if voice.country else times.zone_name(voice, voice.zone)


# --- choosing --------------------------------------------------------------------------------------------------------


def agendas(notice: AgendaList, voice: Voice) -> Message:
    """The events with an agenda, to choose from."""
    if not notice.events:
        words = voice.gettext("No agenda has been announced yet.")
        return message([plain(words)], [(calendar_key(voice),)])
    text = [bold(voice.gettext("Which agenda?")), *_choices(notice, voice)]
    return message(
        text, [(button(voice.words(event.title), Did("agenda", event.id)),) for event in notice.events]
    )


def _choices(notice: AgendaList, voice: Voice) -> Iterator[SafeHtml]:
    for event in notice.events:
        yield lines([bold(voice.words(event.title)), short(event, voice)])


RENDERED: Final[Mapping[type, Callable[[Any, Voice], Message]]] = {AgendaView: agenda, AgendaList: agendas}
