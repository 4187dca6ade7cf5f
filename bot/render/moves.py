"""An event that changed, in words: what no longer holds struck out, what holds now, and the letter that tells it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from bot.buttons import Did
from bot.render import calendar, times
from bot.render.cutting import clipped
from bot.render.headings import N_, capital
from bot.render.markup import SafeHtml, bold, lines, link, paragraphs, plain, struck_out
from bot.render.messages import Message, Row, button, message
from bot.render.voice import Spoken, Voice
from workflows.languages import Text
from workflows.notices.calendar import CalendarFile, EventLine
from workflows.notices.scheduling import EventState, FollowLine, Moved, Step
from workflows.review.parts import units
from workflows.when import Exact, Unstated, When

CAPTION: Final = 1_000
"""A text that stands under a file may be so long, in UTF-16 units; Telegram takes 1,024."""
_TITLE, _PLACE = 160, 100
_HEADINGS: Final[Mapping[Step, str]] = {
    "postponed": N_("📅 The date has been moved"),
    "hours": N_("📅 The hours are set"),
    "fixed": N_("📅 The date is fixed"),
    "window": N_("📅 The date is to be confirmed"),
    "unfixed": N_("📅 The date is open again"),
    "mode_changed": N_("📅 The way to meet has changed"),
    "place_changed": N_("📍 The place has changed"),
    "link_changed": N_("🔗 The link to take part"),
    "extended": N_("📅 A later date for {country}"),
    "extension_ended": N_("📅 The common date holds again for {country}"),
    "followed": N_("📅 Dates have moved along"),
}

# --- what changes ----------------------------------------------------------------------------------------------------


def changed(
    title: Text, before: EventState, after: EventState, country: str, voice: Voice, *, hijri: bool = False
) -> Iterator[SafeHtml]:
    """An event with what it was, struck out, and what it is."""
    yield bold(clipped(voice.words(title), _TITLE))
    if country:
        yield plain(voice.gettext("For {country} alone", country=voice.country_name(country)))
    if before.when != after.when:
        yield _struck(title, before, after, voice)
    yield from calendar.when_lines(_line(title, after), voice, hijri=hijri)
    was, is_now = _where(before, voice), _where(after, voice)
    yield struck_out(was) if was != is_now else SafeHtml("")
    yield plain(is_now)
    if after.link:
        yield link(voice.gettext("Link to take part"), after.link)


def _line(title: Text, state: EventState) -> EventLine:
    return EventLine(id="event", title=title, when=state.when, alternatives=state.alternatives)


def _struck(title: Text, before: EventState, after: EventState, voice: Voice) -> SafeHtml:
    """The date that no longer holds, with its hours where they are all that changed."""
    if isinstance(before.when, Unstated):
        return SafeHtml("")
    if before.alternatives:
        return SafeHtml(f"<s>{lines(calendar.when_lines(_line(title, before), voice))}</s>")
    if isinstance(before.when, Exact) and _same_days(before.when, after.when):
        if before.when.starts is None:
            return SafeHtml("")
        return struck_out(times.in_full(voice, before.when))
    return times.struck(voice, before.when)


def _same_days(one: Exact, other: When) -> bool:
    return isinstance(other, Exact) and (one.first, one.last) == (other.first, other.last)


def _where(state: EventState, voice: Voice) -> Spoken:
    return capital(calendar.where(state.mode, calendar.named_place(state.place, voice, _PLACE), voice))


def follow_lines(follow: Sequence[FollowLine], voice: Voice) -> Iterator[SafeHtml]:
    """The other dates that move along."""
    if follow:
        yield plain(voice.gettext("These move along:"))
    for line in follow:
        was = SafeHtml("") if isinstance(line.before, Unstated) else times.struck(voice, line.before)
        dates = " ".join(filter(None, (was, plain(times.short(voice, line.after)))))
        yield SafeHtml(f"{plain(clipped(voice.words(line.title), _TITLE))}: {dates}")


# --- the letter ------------------------------------------------------------------------------------------------------


def moved(notice: Moved, voice: Voice) -> Message:
    """To everybody concerned: what was, what is, with the file for their own calendar."""
    file = calendar.file(notice.file, voice).document if notice.file is not None else None
    text = _letter(notice, voice, lines(follow_lines(notice.follow, voice)))
    if file is not None and units(paragraphs(text)) > CAPTION and notice.follow:
        other = plain(voice.gettext("Other dates move along; the calendar has them."))
        text = _letter(notice, voice, other)
    return message(text, _keys(notice, voice), file)


def _letter(notice: Moved, voice: Voice, follow: SafeHtml) -> list[SafeHtml]:
    country = voice.country_name(notice.country) if notice.country else Spoken("")
    heading = voice.gettext(_HEADINGS[notice.step], country=country)
    of_country = notice.country if notice.serves else ""
    text = [
        bold(heading),
        lines(changed(notice.title, notice.before, notice.after, of_country, voice, hijri=notice.hijri)),
        follow,
    ]
    if notice.before.when != notice.after.when and notice.takes_part and not notice.serves:
        text.append(plain(voice.gettext("What you have registered and answered stays as it is.")))
    if notice.registers and notice.before.mode != notice.after.mode and not notice.serves:
        text.append(plain(voice.gettext("Please look whether how you attend still fits.")))
    if notice.file is not None:
        text.append(plain(_what_the_file_does(notice, notice.file, voice)))
    return text


def _what_the_file_does(notice: Moved, file: CalendarFile, voice: Voice) -> Spoken:
    """Nothing moves where the event gets its first date, and nothing else in the file had another one."""
    first = notice.step == "fixed" or (notice.step == "window" and isinstance(notice.before.when, Unstated))
    if first and not any(isinstance(when, Exact) for each in file.events for when in each.earlier):
        return voice.gettext("Open the file to put it into your own calendar.")
    return voice.gettext("Open the file, and it moves in your own calendar too.")


def _keys(notice: Moved, voice: Voice) -> list[Row]:
    it = notice.milestone
    rows: list[Row] = []
    if notice.registers and notice.serves:
        rows.append((button(voice.gettext("Who attends"), Did("workshop", it)),))
    elif notice.registers:
        rows.append((button(voice.gettext("How I attend"), Did("attend", it)),))
    if notice.agenda:
        rows.append((button(voice.gettext("Agenda"), Did("agenda", it)),))
    else:
        rows.append((button(voice.gettext("All about it"), Did("event", it)),))
    return [*rows, (calendar.calendar_key(voice),)]
