"""A person's own reminders and how they come, and the log of a country's for the secretariat."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, time
from typing import Any, Final, Literal
from zoneinfo import ZoneInfo

from bot.buttons import Did
from bot.render import keyboards
from bot.render.headings import N_
from bot.render.markup import NOTHING, SafeHtml, bold, italic, lines, plain
from bot.render.messages import Message, Row, button, message
from bot.render.people import role_name
from bot.render.reminders import snooze_row
from bot.render.voice import Spoken, Voice
from workflows.notices import (
    ReminderContent,
    ReminderCount,
    ReminderCountries,
    ReminderHours,
    ReminderLine,
    ReminderLog,
    ReminderReason,
    ReminderShift,
    RemindersView,
)
from workflows.reference import countries
from workflows.when import Exact

_CONTENTS: Final[dict[ReminderContent, str]] = {
    "acknowledge": N_("taking part"),
    "register": N_("how you attend"),
    "session_soon": N_("it is near"),
    "session_today": N_("on the day"),
    "begin": N_("beginning the review"),
    "deadline_soon": N_("it is near"),
    "deadline_today": N_("on the day"),
    "deadline_passed": N_("afterwards"),
    "evaluate": N_("evaluation"),
    "event_soon": N_("it is near"),
    "event_today": N_("on the day"),
    "hand_over": N_("to be handed over"),
    "fix_day": N_("a day is to be set"),
    "next_step": N_("a next step"),
    "silence": N_("nothing entered for a while"),
}

_EARLY: Final[dict[ReminderContent, ReminderContent]] = {
    "session_today": "session_soon",
    "deadline_today": "deadline_soon",
    "event_today": "event_soon",
}

_REASONS: Final[dict[ReminderReason, str]] = {
    "done": N_("it was done already"),
    "not_concerned": N_("it did not concern this person"),
    "over": N_("its time had passed"),
    "declined": N_("the country does not take part"),
    "paused": N_("reminders were paused"),
    "enough": N_("enough reminders had come that week"),
    "blocked": N_("messages could not be delivered"),
    "gone": N_("the place in the review had ended"),
    "replaced": N_("the date was changed"),
    "erased": N_("the data were erased"),
}

_SHIFTED: Final[dict[ReminderShift, str]] = {
    "weekend": N_("moved off the weekend"),
    "holiday": N_("moved off a holiday"),
    "quiet_hours": N_("moved out of the quiet hours"),
    "before": N_("brought forward"),
    "one_a_day": N_("put off: one letter a day"),
    "enough": N_("put off: enough for the week"),
    "snoozed": N_("put off on request"),
}

# --- one's own -------------------------------------------------------------------------------------------------------


def reminders(notice: RemindersView, voice: Voice) -> Message:
    """How reminders come, what will come and why, and what came or did not."""
    if notice.view != "main":
        return _listing(notice, voice)
    text = [
        lines([bold(voice.gettext("Your reminders")), *map(plain, _settings(notice, voice))]),
        _block(voice.gettext("To come"), notice.coming, voice) if notice.planned else NOTHING,
        _block(voice.gettext("Until now"), notice.came, voice),
        plain(_told(notice, voice)),
        italic(_nothing(notice, voice)),
    ]
    return message(text, _keys(notice, voice))


def _settings(notice: RemindersView, voice: Voice) -> Iterator[Spoken]:
    hour = voice.hour(time(notice.hour))
    if voice.country:
        yield voice.gettext("They come at {hour}, your time, on working days of your country.", hour=hour)
    else:
        yield voice.gettext("They come at {hour}, Cairo time, on working days.", hour=hour)
    yield voice.gettext("One letter a day at most, with everything in it.")
    if notice.paused:
        yield voice.gettext("⏸ They are paused. All dates stay as they are.")
    elif notice.snoozed_until:
        yield voice.gettext("⏰ They rest until {moment}.", moment=voice.moment(notice.snoozed_until))


def _nothing(notice: RemindersView, voice: Voice) -> Spoken | Literal[""]:
    if not notice.planned:
        return voice.gettext("No dates have been announced yet, so there is nothing to remind you of.")
    if notice.declined:
        return voice.gettext(
            "Your country does not take part this time, so no reminders come. They come again once its lead focal "
            "point says otherwise under {command}.",
            command=voice.command("calendar"),
        )
    if not notice.coming:
        return voice.gettext("Nothing is to come for now: no exact date lies ahead, or all is done.")
    return ""


def _told(notice: RemindersView, voice: Voice) -> Spoken | Literal[""]:
    if not notice.told_secretariat_at:
        return ""
    day = voice.day_of(notice.told_secretariat_at)
    return voice.gettext(
        "As nothing had been entered for a while, the secretariat was told on {date}.", date=day
    )


def _block(heading: Spoken, found: tuple[ReminderLine, ...], voice: Voice) -> SafeHtml:
    if not found:
        return NOTHING
    return lines([bold(heading), *(plain(_line(line, voice)) for line in found)])


def _line(line: ReminderLine, voice: Voice) -> Spoken:
    """When, of what, and what became of it."""
    about = voice.gettext(_CONTENTS[_content(line, voice)])
    what = voice.gettext("{title} ({what})", title=voice.words(line.title), what=about)
    parts = [voice.moment(line.at) if line.outcome == "planned" else voice.day_of(line.at), what]
    if line.name:
        whose = voice.gettext("{name}, {role}", name=line.name, role=role_name(voice, line.role))
        parts.insert(1, whose)
    if line.outcome in ("skipped", "cancelled"):
        parts.append(_not_sent(line.reason, voice))
    elif line.outcome == "planned" and line.shifted:
        parts.append(voice.gettext(_SHIFTED[line.shifted]))
    return Spoken(f"{_mark(line)} {voice.joined(parts)}")


def _content(line: ReminderLine, voice: Voice) -> ReminderContent:
    """What it is about; what is said of a thing's own day comes earlier where that day is a day off."""
    local = datetime.fromisoformat(line.at).astimezone(ZoneInfo(voice.zone)).date()
    early = isinstance(line.when, Exact) and local < line.when.first
    return _EARLY.get(line.content, line.content) if early else line.content


def _mark(line: ReminderLine) -> str:
    return {"planned": "•", "sent": "✓", "skipped": "–", "cancelled": "–"}[line.outcome]


def _not_sent(reason: ReminderReason, voice: Voice) -> Spoken:
    if reason not in _REASONS:
        return voice.gettext("not sent")
    return voice.gettext("not sent: {reason}", reason=voice.gettext(_REASONS[reason]))


def _keys(notice: RemindersView, voice: Voice) -> list[Row]:
    pause = (
        button(voice.gettext("▶ Resume"), Did("pause", "off"))
        if notice.paused
        else button(voice.gettext("⏸ Pause"), Did("pause", "on"))
    )
    rows: list[Row] = [
        keyboards.across(voice, [button(voice.gettext("Choose the hour"), Did("remind_at")), pause])
    ]
    if notice.snoozed_until:
        rows.append((button(voice.gettext("Remind me as before"), Did("snooze", "off")),))
    elif notice.planned and not notice.paused and not notice.declined:
        rows.append(snooze_row(voice, notice.week_start))
    lists = [
        *([button(voice.gettext("All to come"), Did("reminders", "coming.0"))] if notice.coming else []),
        *([button(voice.gettext("All until now"), Did("reminders", "came.0"))] if notice.came else []),
    ]
    rows.append(keyboards.across(voice, lists))
    if notice.role == "secretariat":
        rows.append((button(voice.gettext("Reminders of a country"), Did("reminder_log")),))
    return rows


def _listing(notice: RemindersView, voice: Voice) -> Message:
    coming = notice.view == "coming"
    heading = voice.gettext("To come") if coming else voice.gettext("Until now")
    block = _block(heading, notice.coming if coming else notice.came, voice)
    text = [block or lines([bold(heading), italic(voice.gettext("Nothing."))]), plain(_told(notice, voice))]
    back = button(keyboards.backward(voice, voice.gettext("Your reminders")), Did("reminders"))
    pages = _pages(voice, "reminders", f"{notice.view}.", notice.page, notice.pages)
    return message(text, [pages, (back,)])


def _pages(voice: Voice, verb: str, before: str, page: int, pages: int) -> Row:
    return keyboards.page_row(voice, page, pages - 1, lambda at: Did(verb, f"{before}{at}"))


def hours(notice: ReminderHours, voice: Voice) -> Message:
    """The hours to choose from, the present one marked."""
    keys = [
        button(
            f"{'✅ ' if notice.own_hour and hour == notice.hour else ''}{voice.hour(time(hour))}",
            Did("remind_at", str(hour)),
        )
        for hour in notice.hours
    ]
    usual = voice.gettext("As the secretariat has set it")
    rows = [
        *keyboards.in_columns(voice, keys, 4),
        (button(usual if notice.own_hour else f"✅ {usual}", Did("remind_at", "usual")),),
        (button(keyboards.backward(voice, voice.gettext("Your reminders")), Did("reminders")),),
    ]
    return message([bold(voice.gettext("At which hour of yours shall reminders come?"))], rows)


# --- for the secretariat ---------------------------------------------------------------------------------------------


def log(notice: ReminderLog, voice: Voice) -> Message:
    """What was and will be said to a country's people: counts and lines, no content of any draft."""
    country = voice.country_name(notice.country)
    people = voice.ngettext("{count} person takes part.", "{count} people take part.", notice.people)
    text = [
        lines([bold(voice.gettext("Reminders: {country}", country=country)), plain(people)]),
        lines(plain(_count(count, voice)) for count in notice.counts),
        lines(plain(_line(line, voice)) for line in notice.lines),
        italic(voice.gettext("No reminder has been planned here yet.")) if not notice.counts else NOTHING,
    ]
    other = button(voice.gettext("Another country"), Did("reminder_log"))
    pages = _pages(voice, "reminder_log", f"{notice.country}.", notice.page, notice.pages)
    return message(text, [pages, (other,)])


def _count(count: ReminderCount, voice: Voice) -> Spoken:
    match count.outcome:
        case "planned":
            return voice.gettext("To come: {count}", count=count.count)
        case "sent":
            return voice.gettext("Sent: {count}", count=count.count)
    said = _not_sent(count.reason, voice)
    return voice.gettext("{outcome}: {count}", outcome=Spoken(said[:1].upper() + said[1:]), count=count.count)


def which(_notice: ReminderCountries, voice: Voice) -> Message:
    """The question whose log is wanted, with a key for each country."""
    ordered = sorted(countries(), key=lambda country: voice.alphabetical(country.code))
    keys = [
        button(voice.country_name(country.code), Did("reminder_log", country.code), longest=keyboards.COLUMN)
        for country in ordered
    ]
    text = [
        bold(voice.gettext("Of which country would you like to see the reminders?")),
        italic(voice.gettext("You can also type the name of the country in your next message.")),
    ]
    return message(text, keyboards.in_columns(voice, keys))


RENDERED: Final[Mapping[type[Any], Callable[[Any, Voice], Message]]] = {
    RemindersView: reminders,
    ReminderHours: hours,
    ReminderLog: log,
    ReminderCountries: which,
}
