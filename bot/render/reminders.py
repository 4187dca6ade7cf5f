"""The letter with reminders: what is near, what is left, one key to go on; and the answer to why it came."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from bot.buttons import Did
from bot.render import keyboards, times
from bot.render.cutting import clipped_at_word
from bot.render.headings import N_, section_name, words_left
from bot.render.markup import NOTHING, SafeHtml, bold, italic, lines, plain
from bot.render.messages import Button, Message, Row, button, message
from bot.render.session_lines import excerpt
from bot.render.voice import Spoken, Voice
from workflows.notices import (
    Reminder,
    ReminderCause,
    ReminderContent,
    ReminderItem,
    ReminderShift,
    ReminderWhy,
    Snoozed,
)
from workflows.review.events import WentTo
from workflows.review.template import Template

_SENTENCES: Final[dict[ReminderContent, str]] = {
    "acknowledge": N_(
        "Does your country take part in the review? It is voluntary, and either answer is welcome."
    ),
    "register": N_("Please say how you will attend: two taps are enough."),
    "session_soon": N_("The agenda and the calendar file are here."),
    "session_today": N_("The agenda shows at any moment what is on and what comes next."),
    "begin": N_("Your country's review can be begun at any time. Ten minutes a day go a long way."),
    "deadline_soon": N_("Your answers are kept as they are given, and every question may stay open."),
    "deadline_today": N_("This is the day by which the reviews are to be submitted."),
    "deadline_passed": N_(
        "Your answers are kept and can still be completed. The secretariat will gladly help with what is missing."
    ),
    "evaluate": N_("How was it? Three taps are enough, and a remark is welcome."),
    "event_soon": N_("Place, hours and languages are on its card."),
    "event_today": N_("Place, hours and languages are on its card."),
    "fix_day": N_(
        "Once a day is set, everybody concerned is told. Until then, states are not reminded of it."
    ),
    "next_step": N_("Once it is done, one press ticks it off."),
    "hand_over": N_("The secretariat is to hand it over by then. Once that is done, one press notes it."),
}

_TASK: Final = 40
_HEADING: Final = {False: N_("{title}: {near}"), True: N_("Next step ({title}): {near}")}
_SHIFTS: Final[dict[ReminderShift, str]] = {
    "weekend": N_("{day} is part of the weekend in your country, so it was moved to a working day."),
    "holiday": N_("{day} is a holiday in your country, so it was moved to a working day."),
    "quiet_hours": N_("It waited until the quiet hours were over."),
    "before": N_("It came early enough to reach you before it begins."),
    "one_a_day": N_("You get one letter a day at most, so it came a day later."),
    "enough": N_("Several reminders had come that week, so it waited."),
    "snoozed": N_("You had put your reminders off."),
}

_CONDITIONS: Final[dict[str, str]] = {
    "not_registered": N_("It goes to those who have not yet said how they attend."),
    "registered": N_("It goes to those who attend."),
    "not_begun": N_("It goes to countries whose review is not begun."),
    "open": N_("It goes to countries with questions still open."),
    "attended": N_("It goes to those who were there."),
}

# --- the letter ------------------------------------------------------------------------------------------------------


def reminder(notice: Reminder, voice: Voice, template: Template | None) -> Message:
    """All that is to be said today, the nearest first, with the keys to go on and to be left in peace."""
    text = [
        bold(voice.gettext("🔔 Reminder")),
        *(item_lines(item, voice, notice.role, hijri=notice.hijri) for item in notice.items),
        _left(notice, voice, template),
    ]
    keys = dict.fromkeys(key for item in notice.items for key in _keys(item, voice, notice.role))
    return message(text, [*((key,) for key in keys), *_peace(notice, voice)])


def item_lines(item: ReminderItem, voice: Voice, role: str, *, hijri: bool = False) -> SafeHtml:
    """One thing: how near it is, when it is, and what is asked."""
    if item.content == "silence":
        return lines([bold(voice.words(item.title)), *map(plain, _silence(item, voice, role))])
    # What is said of a deadline's own day comes earlier where that day is a day off.
    early = item.content == "deadline_today" and item.days > 0
    content: ReminderContent = "deadline_soon" if early else item.content
    asked = voice.gettext(_SENTENCES[content])
    if role == "secretariat" and item.content == "deadline_soon":
        asked = voice.gettext("The status shows where each country stands.")
    if item.content == "fix_day":
        return _without_a_day(item, voice)
    heading = _HEADING[item.content == "next_step"]
    return lines(
        [
            bold(voice.gettext(heading, title=voice.words(item.title), near=near(item.days, voice))),
            excerpt(item.task) if item.task else NOTHING,
            times.told(voice, item.when, hijri=hijri),
            plain(asked),
        ]
    )


def _without_a_day(item: ReminderItem, voice: Voice) -> SafeHtml:
    """What has a window and no day: the words of the window, how near it is, and what a day would do."""
    opens = voice.gettext("The time named for it begins: {near}.", near=near(item.days, voice))
    return lines(
        [
            bold(voice.gettext("{title}: no day is set yet", title=voice.words(item.title))),
            times.told(voice, item.when),
            plain(opens),
            plain(voice.gettext(_SENTENCES[item.content])),
        ]
    )


def near(days: int, voice: Voice) -> Spoken:
    """How many days something lies ahead, or behind where it is negative."""
    match days:
        case 0:
            return voice.gettext("today")
        case 1:
            return voice.gettext("tomorrow")
        case -1:
            return voice.gettext("yesterday")
    if days > 0:
        return voice.ngettext("in {count} day", "in {count} days", days)
    return voice.ngettext("{count} day ago", "{count} days ago", -days)


def _silence(item: ReminderItem, voice: Voice, role: str) -> Iterator[Spoken]:
    """Nobody has answered for a while: since when, who was told, and what would help."""
    country = voice.country_name(item.country)
    yield voice.ngettext(
        "{country}: nothing has been entered for {count} working day.",
        "{country}: nothing has been entered for {count} working days.",
        item.silent_days,
        country=country,
    )
    if item.reminded_at:
        yield voice.gettext("The focal points were reminded on {date}.", date=voice.day_of(item.reminded_at))
    if role != "secretariat":
        yield voice.gettext("Perhaps you can go on with it, or tell the secretariat what would help.")
    elif item.told_at:
        yield voice.gettext("The other focal points were told on {date}.", date=voice.day_of(item.told_at))
    else:
        yield voice.gettext("There was no other focal point who could be told.")


def _left(notice: Reminder, voice: Voice, template: Template | None) -> SafeHtml:
    """What is left to answer, and the words left where the work goes on."""
    if not notice.total:
        return NOTHING
    found = [
        plain(
            voice.gettext("Points settled: {settled} of {total}", settled=notice.settled, total=notice.total)
        )
    ]
    if notice.budget and template:
        section = section_name(voice, template, notice.budget.section)
        found.append(plain(words_left(voice, notice.budget, section)))
    return lines(found)


def _keys(item: ReminderItem, voice: Voice, role: str) -> list[Button]:
    match item.content:
        case "acknowledge":
            return [
                button(voice.gettext("Yes, we take part"), Did("taking_part", "yes")),
                button(voice.gettext("No, not this time"), Did("taking_part", "no")),
            ]
        case "register":
            return [button(voice.gettext("Say how we attend"), Did("attend", item.milestone))]
        case "session_soon" | "session_today":
            return [button(voice.gettext("Agenda"), Did("agenda", item.milestone))]
        case "evaluate":
            return [button(voice.gettext("Give marks"), Did("evaluate", item.milestone))]
        case "next_step" | "hand_over" | "fix_day":
            return _task_keys(item, voice, role)
        case "event_soon" | "event_today":
            return [button(voice.words(item.title), Did("event", item.milestone))]
    if role == "secretariat":
        return [button(voice.gettext("Where the region stands"), Did("status"))]
    return [button(keyboards.onward(voice, voice.gettext("Continue")), WentTo("continue"))]


def _task_keys(item: ReminderItem, voice: Voice, role: str) -> list[Button]:
    """One press says that it is done, the other opens where it belongs; a day is set where dates are."""
    if item.content == "fix_day":
        return [button(voice.gettext("Set the day"), Did("schedule", item.milestone))]
    if item.content == "hand_over":
        return [
            button(voice.gettext("✅ Handed over today"), Did("hand_over", f"{item.milestone}.told")),
            button(voice.words(item.title), Did("event", item.milestone)),
        ]
    task = voice.typed(clipped_at_word(item.task, _TASK))
    session = Did("workshop" if role == "secretariat" else "attend", item.milestone)
    return [
        button(voice.gettext("✅ Done: {task}", task=task), Did("step_done", str(item.step))),
        button(voice.words(item.title), session),
    ]


def _peace(notice: Reminder, voice: Voice) -> list[Row]:
    """The keys to be reminded of it again another day, to ask why, and to the settings."""
    ways = [
        button(voice.gettext("Why this?"), Did("why", notice.letter)),
        button(voice.gettext("My reminders"), Did("reminders")),
    ]
    return [snooze_row(voice, notice.week_start, notice.letter), keyboards.across(voice, ways)]


def snooze_row(voice: Voice, week_start: str, letter: str = "") -> Row:
    """Later: tomorrow, at the beginning of the working week where that is another day, in a week."""
    of = f".{letter}" if letter else ""
    keys = [
        button(voice.gettext("⏰ Tomorrow"), Did("snooze", f"tomorrow{of}")),
        button(voice.gettext("⏰ In a week"), Did("snooze", f"in_a_week{of}")),
    ]
    if week_start:
        weekday = times.weekday(voice, date.fromisoformat(week_start))
        keys.insert(
            1, button(voice.gettext("⏰ {weekday}", weekday=weekday), Did("snooze", f"week_start{of}"))
        )
    return keyboards.across(voice, keys)


def snoozed(notice: Snoozed, voice: Voice) -> Message:
    """Until when it is quiet, and what will be over by then."""
    passing = [
        plain(voice.gettext("{title}: {near}", title=voice.words(item.title), near=near(item.days, voice)))
        for item in notice.passing
    ]
    text = [
        bold(voice.gettext("Your reminders rest until {moment}.", moment=voice.moment(notice.until))),
        lines([plain(voice.gettext("Before then there is:")), *passing]) if passing else NOTHING,
    ]
    return message(text, [(button(voice.gettext("Remind me as before"), Did("snooze", "off")),)])


# --- why it came -----------------------------------------------------------------------------------------------------


def why(notice: ReminderWhy, voice: Voice) -> Message:
    """What each reminder hangs on, what moved it, and whose rule it was."""
    rule = voice.gettext(
        "The rule is the secretariat's, the same for all countries (plan of reminders “{policy}”). "
        "A reminder stops by itself once the thing is done.",
        policy=notice.policy,
    )
    text = [
        bold(voice.gettext("Why this reminder came")),
        *(lines(map(plain, _cause(cause, voice))) for cause in notice.causes),
        italic(rule),
    ]
    return message(text, [(button(voice.gettext("My reminders"), Did("reminders")),)])


def _cause(cause: ReminderCause, voice: Voice) -> Iterator[Spoken]:
    yield voice.gettext(
        "• {title}, {date}", title=voice.words(cause.title), date=times.short(voice, cause.when)
    )
    if cause.content == "silence":
        yield voice.gettext("It comes when nothing has been entered for a while before a deadline.")
    elif cause.content == "next_step" and not cause.again:
        yield voice.gettext("It comes on the day by which the step was to be done.")
    elif cause.content == "fix_day" and not cause.again:
        yield voice.ngettext(
            "It comes once, {count} day before the time named begins, as long as no day is set.",
            "It comes once, {count} days before the time named begins, as long as no day is set.",
            -cause.days,
        )
    elif cause.again:
        yield voice.gettext("You asked to be reminded of it again.")
    else:
        yield _rung(cause, voice)
    if cause.condition in _CONDITIONS:
        yield voice.gettext(_CONDITIONS[cause.condition])
    if cause.shifted:
        yield voice.gettext(_SHIFTS[cause.shifted], day=voice.date(cause.nominal))


def _rung(cause: ReminderCause, voice: Voice) -> Spoken:
    days = abs(cause.days)
    if not days:
        return voice.gettext("It comes on the day itself.")
    match cause.working, cause.days < 0:
        case True, True:
            return voice.ngettext(
                "It comes {count} working day before.", "It comes {count} working days before.", days
            )
        case True, False:
            return voice.ngettext(
                "It comes {count} working day after.", "It comes {count} working days after.", days
            )
        case False, True:
            return voice.ngettext("It comes {count} day before.", "It comes {count} days before.", days)
    return voice.ngettext("It comes {count} day after.", "It comes {count} days after.", days)


RENDERED: Final[Mapping[type[Any], Callable[[Any, Voice], Message]]] = {
    ReminderWhy: why,
    Snoozed: snoozed,
}
