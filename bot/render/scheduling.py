"""The calendar being steered: what can be changed, what a change would do, and what the secretariat reads of it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from bot.buttons import Did
from bot.render import calendar, keyboards, moves, times
from bot.render.headings import N_, capital, listed
from bot.render.markup import NOTHING, SafeHtml, bold, italic, lines, plain, quoted
from bot.render.messages import Button, Message, Row, button, message
from bot.render.voice import Spoken, Voice
from workflows.notices.calendar import EventLine
from workflows.notices.scheduling import (
    AskHandOver,
    Moved,
    PeopleTold,
    Proposal,
    ScheduleAsk,
    ScheduleCard,
    ScheduleChoice,
    ScheduleDone,
    ScheduleLine,
    ScheduleOption,
    SchedulePreview,
    ScheduleView,
    Wanted,
)
from workflows.when import Exact, Unstated, When

_MODE_KEYS: Final[Mapping[str, str]] = {
    "online": N_("Make it online"),
    "in_person": N_("Make it in person"),
    "hybrid": N_("In person and online"),
}
_WANTED: Final[Mapping[Wanted, str]] = {
    "date": N_("Please type the date in your next message."),
    "place": N_(
        "Please type the place, or the link to take part, in your next message. A place in three languages: "
        "Arabic / English / French, with the strokes between them."
    ),
    "country": N_("Which country is given more time? Please type its name in your next message."),
    "extension": N_("Please type the later date in your next message."),
}
_UNCLEAR: Final[Mapping[Wanted, str]] = {
    "date": N_("⚠️ No date could be read in this:"),
    "place": N_("⚠️ This is no place and no link:"),
    "country": N_("⚠️ No country of the region could be read in this:"),
    "extension": N_("⚠️ No date could be read in this:"),
}
_SEVERAL: Final = N_("⚠️ More time is given to one country at a time, and this names several:")
_REASONS: Final[Mapping[str, str]] = {
    "doubt": N_("This can be read in more than one way. Which is meant?"),
    "past": N_("This lies in the past. Is it meant so?"),
    "which": N_("This may be about several events. Which is meant?"),
}
_PROBLEMS: Final[Mapping[str, str]] = {
    "overtaken": N_(
        "⚠️ Somebody has changed the calendar since this was shown. Nothing was done; it now stands as follows."
    ),
    "same": N_("It stands so already; there is nothing to change."),
}

# --- looking ---------------------------------------------------------------------------------------------------------


def view(notice: ScheduleView, voice: Voice) -> Message:
    """All events with the state of their dates."""
    if not notice.dated:
        words = voice.gettext("This cycle has no calendar yet. It is brought in on the command line.")
        return message([plain(words)])
    problem = plain(voice.gettext("⚠️ No event could be found in this:")) if notice.problem else NOTHING
    text = [
        lines([problem, quoted(notice.given)]) if notice.problem else NOTHING,
        bold(voice.gettext("Dates, places and links")),
        *(_line(line, voice) for line in notice.lines),
        plain(voice.gettext("Press an event, or write in one sentence what is to change. For example:")),
        italic(voice.gettext("Forum 24-25 February 2021, online")),
    ]
    keys = [(button(voice.words(line.title), Did("schedule", line.id)),) for line in notice.lines]
    return message(text, [*keys, _turning(notice, voice)])


def _line(line: ScheduleLine, voice: Voice) -> SafeHtml:
    event = EventLine(id=line.id, title=line.title, when=line.when, alternatives=line.alternatives)
    date = [plain(times.short(voice, line.when))]
    if not isinstance(line.when, Exact):
        date = list(calendar.when_lines(event, voice))
    state = voice.gettext("moved") if line.moved else ""
    moved = f"{voice.between}{plain(state)}" if state else ""
    return lines([bold(voice.words(line.title)), SafeHtml(f"{lines(date)}{moved}")])


def _turning(notice: ScheduleView, voice: Voice) -> Row:
    keys = []
    if notice.page:
        earlier = keyboards.backward(voice, voice.gettext("Earlier"))
        keys.append(button(earlier, Did("schedule_page", str(notice.page - 1))))
    if notice.page < notice.last_page:
        further = keyboards.onward(voice, voice.gettext("Further"))
        keys.append(button(further, Did("schedule_page", str(notice.page + 1))))
    return keyboards.across(voice, keys)


def card(notice: ScheduleCard, voice: Voice) -> Message:
    """All that is known of an event, and what can be done to it."""
    problem = voice.gettext(_PROBLEMS[notice.problem]) if notice.problem else Spoken("")
    text = [
        plain(problem),
        calendar.event(notice.card, voice).text,
        lines(_extension(each.country, each.when, voice) for each in notice.extensions),
        plain(voice.gettext("Type the new date, or press what is to change. Everything is shown first.")),
    ]
    return message(text, _card_rows(notice, voice))


def _extension(country: str, when: When, voice: Voice) -> SafeHtml:
    name = voice.country_name(country)
    return plain(
        voice.gettext("Later date for {country}: {date}", country=name, date=times.short(voice, when))
    )


def _card_rows(notice: ScheduleCard, voice: Voice) -> list[Row]:
    it = notice.card.event.id

    def key(label: str, what: str) -> Button:
        return button(label, Did("reschedule", f"{it}.{what}"))

    has_days = isinstance(notice.card.event.when, Exact)
    modes = [key(voice.gettext(_MODE_KEYS[mode]), mode) for mode in _MODE_KEYS if mode != notice.card.mode]
    rows: list[Row] = [
        (key(voice.gettext("Move the date") if has_days else voice.gettext("Fix the date"), "date"),),
        *keyboards.in_columns(voice, modes),
        (key(voice.gettext("Place or link"), "place"),),
    ]
    if notice.extends:
        rows.append((key(voice.gettext("More time for one country"), "country"),))
    for each in notice.extensions:
        ends = voice.gettext("End the later date: {country}", country=voice.country_name(each.country))
        rows.append((key(ends, f"end.{each.country}"),))
    if not isinstance(notice.card.event.when, Unstated):
        rows.append((key(voice.gettext("Leave the date open"), "open"),))
    if notice.takes_back:
        rows.append((key(voice.gettext("Take back the last change"), "take_back"),))
    return [*rows, (_all_key(voice),)]


def _all_key(voice: Voice) -> Button:
    return button(voice.gettext("All events"), Did("schedule"))


# --- asking ----------------------------------------------------------------------------------------------------------


def ask(notice: ScheduleAsk, voice: Voice) -> Message:
    """What to type, with examples; and why what was typed could not be taken."""
    text = [
        _refused(notice, voice) if notice.problem else NOTHING,
        lines(_about(notice, voice)),
        plain(voice.gettext(_WANTED[notice.wants])),
        *(map(plain, _examples(notice, voice)) if notice.wants in ("date", "extension") else ()),
    ]
    return message(text, [(button(voice.gettext("Not now"), Did("schedule", notice.milestone)),)])


def _refused(notice: ScheduleAsk, voice: Voice) -> SafeHtml:
    problem = _SEVERAL if notice.problem == "several" else _UNCLEAR[notice.wants]
    return lines([plain(voice.gettext(problem)), quoted(notice.given)])


def _about(notice: ScheduleAsk, voice: Voice) -> Iterator[SafeHtml]:
    yield bold(voice.words(notice.title))
    yield plain(times.short(voice, notice.when))
    if notice.country:
        yield plain(voice.gettext("More time for {country}", country=voice.country_name(notice.country)))


def _examples(notice: ScheduleAsk, voice: Voice) -> Iterator[Spoken]:
    yield voice.gettext("For example: 24-25 February 2021; 15 July 2020 10:00; early July 2020; next Sunday.")
    yield voice.gettext("Hours typed are taken as {zone}.", zone=times.zone_name(voice, notice.zone))


def choice(notice: ScheduleChoice, voice: Voice) -> Message:
    """What a sentence can mean, each with a key."""
    only = len(notice.options) == 1
    shown = [_option(each, number, voice, only=only) for number, each in enumerate(notice.options, 1)]
    keys = []
    for at, each in enumerate(notice.options):
        label = voice.gettext("Yes, keep this date") if only else _label(each, at + 1, notice, voice)
        keys.append((button(label, Did("proposal", f"{notice.number}.{at}")),))
    back = (button(voice.gettext("Not now"), Did("schedule", notice.options[0].proposal.milestone)),)
    return message(
        [quoted(notice.given), plain(voice.gettext(_REASONS[notice.reason])), *shown], [*keys, back]
    )


def _option(each: ScheduleOption, number: int, voice: Voice, *, only: bool) -> SafeHtml:
    title = voice.words(each.title)
    numbered = title if only else voice.gettext("{number}. {thing}", number=number, thing=title)
    return lines([bold(numbered), *_asked_for(each.proposal, voice)])


def _asked_for(proposal: Proposal, voice: Voice) -> Iterator[SafeHtml]:
    if proposal.when is not None:
        yield times.told(voice, proposal.when)
    if proposal.mode:
        yield plain(capital(calendar.where(proposal.mode, "", voice)))
    if proposal.country:
        yield plain(voice.gettext("More time for {country}", country=voice.country_name(proposal.country)))


def _label(each: ScheduleOption, number: int, notice: ScheduleChoice, voice: Voice) -> Spoken:
    when = each.proposal.when
    thing = voice.words(each.title)
    if when is not None and notice.reason != "which":
        thing = times.short(voice, when)
        if isinstance(when, Exact) and when.starts:
            hours = times.hours(voice, when.starts, when.ends)
            thing = voice.gettext("{date}, {hour}", date=thing, hour=hours)
    return voice.gettext("{number}. {thing}", number=number, thing=thing)


# --- what would change, and what did ---------------------------------------------------------------------------------


def preview(notice: SchedulePreview, voice: Voice) -> Message:
    """What a change would do: from what to what, who is told, which reminders come and go."""
    text = [
        italic(voice.gettext("This is what would change. Nothing has been done yet.")),
        lines(moves.changed(notice.title, notice.before, notice.after, notice.proposal.country, voice)),
        lines(moves.follow_lines(notice.follow, voice)),
        lines(plain(words) for words in _cautions(notice, voice)),
        lines(_told(notice.told, voice)),
        plain(voice.gettext("A new place or link is told to those who have registered."))
        if notice.registered_only
        else NOTHING,
        plain(_reminders(notice.planned, notice.cancelled, voice)),
    ]
    keys = [
        button(voice.gettext("✅ Do it"), Did("move", f"{notice.number}.do")),
        button(voice.gettext("Not now"), Did("move", f"{notice.number}.not")),
    ]
    return message(text, [keyboards.across(voice, keys)])


def _cautions(notice: SchedulePreview, voice: Voice) -> Iterator[Spoken]:
    if notice.over:
        yield voice.gettext("⚠️ This has already taken place.")
    if notice.past:
        yield voice.gettext("⚠️ The new date lies in the past.")
    if notice.off:
        names = sorted(notice.off, key=voice.alphabetical)
        countries = listed(voice, [voice.country_name(code) for code in names])
        yield voice.gettext("⚠️ Day off in: {countries}", countries=countries)


def _told(told: PeopleTold, voice: Voice) -> Iterator[SafeHtml]:
    """How many people are told, by role and by country."""
    if not told.people:
        yield plain(voice.gettext("Nobody is to be told."))
        return
    yield plain(
        voice.ngettext(
            "{count} person gets one message about it.",
            "{count} people get one message about it.",
            told.people,
        )
    )
    counts = {
        N_("Focal points: {number}"): told.focal_points,
        N_("Contributors: {number}"): told.contributors,
        N_("Secretariat: {number}"): told.officers,
        N_("Clearing authorities and supporters: {number}"): told.others,
    }
    yield plain(voice.joined(voice.gettext(words, number=count) for words, count in counts.items() if count))
    if told.countries:
        by_name = sorted(told.countries, key=lambda each: voice.alphabetical(each.country))
        yield plain(
            listed(
                voice,
                [
                    Spoken(f"{voice.country_name(each.country)} {voice.number(each.people)}")
                    for each in by_name
                ],
            )
        )


def _reminders(planned: int, cancelled: int, voice: Voice) -> Spoken:
    return voice.gettext(
        "{planned}, {cancelled}.",
        planned=voice.ngettext("{count} new reminder", "{count} new reminders", planned),
        cancelled=voice.ngettext("{count} reminder cancelled", "{count} reminders cancelled", cancelled),
    )


def done(notice: ScheduleDone, voice: Voice) -> Message:
    """What was changed, and who is being told."""
    withdrawn = NOTHING
    if notice.withdrawn:
        withdrawn = plain(
            voice.gettext(
                "Letters about the change before that had not gone out are withdrawn: {number}",
                number=notice.withdrawn,
            )
        )
    text = [
        bold(voice.gettext("Done.")),
        lines(moves.changed(notice.title, notice.before, notice.after, notice.country, voice)),
        lines(moves.follow_lines(notice.follow, voice)),
        lines([*_told(notice.told, voice), withdrawn]),
        plain(_reminders(notice.planned, notice.cancelled, voice)),
        plain(voice.gettext("Registrations and answers stay as they are.")),
    ]
    rows: list[Row] = []
    if notice.takes_back:
        taken_back = Did("reschedule", f"{notice.milestone}.take_back")
        rows.append((button(voice.gettext("Take back the change"), taken_back),))
    rows.append((button(voice.gettext("Change more"), Did("schedule", notice.milestone)),))
    return message(text, [*rows, (_all_key(voice),)])


def ask_hand_over(notice: AskHandOver, voice: Voice) -> Message:
    """On which day something was handed over."""
    wrong = {
        "": NOTHING,
        "unclear": plain(voice.gettext("⚠️ No day until today was recognised in this text.")),
        "two": plain(voice.gettext("⚠️ This can be read as two days. Please write the month as a word.")),
    }[notice.problem]
    words = voice.gettext(
        "On which day was it handed over? Please type the day in your next message, for example: {example}.",
        example=voice.date("2024-09-03"),
    )
    back = keyboards.backward(voice, voice.gettext("Back to it"))
    text = [bold(voice.words(notice.title)), wrong, plain(words)]
    return message(text, [(button(back, Did("event", notice.milestone)),)])


RENDERED: Final[Mapping[type, Callable[[Any, Voice], Message]]] = {
    ScheduleView: view,
    ScheduleCard: card,
    ScheduleAsk: ask,
    ScheduleChoice: choice,
    SchedulePreview: preview,
    ScheduleDone: done,
    AskHandOver: ask_hand_over,
    Moved: moves.moved,
}
