"""One country for the secretariat: how far it is, who is there, its dates and what was done; and the choice of one."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from bot.buttons import Did
from bot.render import keyboards
from bot.render.audit import entry_line
from bot.render.cutting import clipped
from bot.render.headings import N_
from bot.render.invitations import GIVEN
from bot.render.markup import NOTHING, SafeHtml, bold, italic, lines, plain
from bot.render.messages import Button, Message, Row, button, message
from bot.render.people import role_name
from bot.render.places import counts
from bot.render.status_words import numeral, standing
from bot.render.times import short
from bot.render.voice import Spoken, Voice
from workflows import reference
from workflows.notices import CountryDate, CountryPerson, CountryPick, CountryView
from workflows.notices.standing import CountryRoom

_TAKING_PART: Final = {
    "yes": N_("The country has said that it takes part."),
    "no": N_("The country has said that it takes no part."),
}
_REACH: Final = {
    "blocked": N_("has stopped the bot"),
    "gone": N_("cannot be reached"),
}
_EXAMPLE: Final[Mapping[CountryRoom, str]] = {
    "country": "country JO",
    "clearing": "clearing JO 2",
    "requests": "requests JO",
    "review": "review JO",
    "remarks": "remarks JO",
    "audit": "audit JO",
    "reminder_log": "reminders JO",
}
_PAGED: Final[frozenset[CountryRoom]] = frozenset({"country", "clearing"})
"""The rooms that cannot be entered without a country, and whose keys turn the pages of all."""

# --- a card ----------------------------------------------------------------------------------------------------------


def country_card(notice: CountryView, voice: Voice) -> Message:
    """One country in counts; nothing of what it wrote."""
    text = [
        lines([bold(voice.country_name(notice.line.country)), *map(plain, _state(notice, voice))]),
        lines([bold(voice.gettext("Progress by section")), *map(plain, _sections(notice, voice))]),
        lines([bold(voice.gettext("People")), *(map(plain, _people(notice, voice)))]),
        _dates(notice, voice),
        _log(notice, voice),
    ]
    return message(text, _keys(notice, voice))


def _state(notice: CountryView, voice: Voice) -> Iterable[Spoken]:
    line = notice.line
    yield voice.gettext("How far: {state}", state=standing(voice, line.state))
    if notice.taking_part:
        yield voice.gettext(_TAKING_PART[notice.taking_part])
    if line.submitted_at:
        yield voice.gettext("Submitted: {date}", date=voice.moment(line.submitted_at))
    if line.last_activity:
        yield voice.gettext("Last activity: {date}", date=voice.moment(line.last_activity))
    if line.quiet:
        yield voice.ngettext(
            "No sign for {count} of its working days", "No sign for {count} of its working days", line.quiet
        )
    yield voice.gettext("Open requests: {count}", count=line.requests)
    if line.attended:
        yield voice.gettext("Sessions attended: {count}", count=line.attended)
    yield voice.gettext("Clearances asked for: {count}", count=notice.steps)


def _sections(notice: CountryView, voice: Voice) -> Iterable[Spoken]:
    for place, line in enumerate(notice.sections):
        yield voice.gettext("{section} – {what}", section=numeral(voice, place), what=counts(line, voice))


def _people(notice: CountryView, voice: Voice) -> Iterable[Spoken]:
    if not notice.people:
        yield voice.gettext("Nobody has come in yet.")
    for person in notice.people:
        yield _person(person, voice)


def _person(person: CountryPerson, voice: Voice) -> Spoken:
    is_lead = person.lead and person.role == "focal_point"
    role = voice.gettext("national focal point, lead") if is_lead else role_name(voice, person.role)
    said = voice.gettext("• {name} · {role}", name=clipped(person.name, GIVEN), role=role)
    if person.reach == "open":
        return said
    return Spoken(f"{said}{voice.between}{voice.gettext(_REACH[person.reach])}")


def _dates(notice: CountryView, voice: Voice) -> SafeHtml:
    told = lines(plain(f"• {_date(each, voice)}") for each in notice.dates)
    return lines([bold(voice.gettext("Dates")), told]) if told else NOTHING


def _date(date: CountryDate, voice: Voice) -> Spoken:
    said = voice.gettext("{what}: {date}", what=voice.words(date.title), date=short(voice, date.when))
    return voice.gettext("{date} (extended for this country)", date=said) if date.moved else said


def _log(notice: CountryView, voice: Voice) -> SafeHtml:
    told = lines(
        plain(f"• {entry_line(entry.model_copy(update={'country': ''}), voice)}") for entry in notice.log
    )
    return lines([bold(voice.gettext("What was done last")), told]) if told else NOTHING


def _keys(notice: CountryView, voice: Voice) -> list[Row]:
    code = notice.line.country
    read = [button(voice.gettext("📖 Read the review"), Did("review", code))] if notice.readable else []
    waiting = voice.gettext("Requests: {count}", count=notice.line.requests)
    passage = [
        button(waiting, Did("requests", code)),
        button(voice.gettext("Clearances"), Did("clearing", code)),
    ]
    log = [
        button(voice.gettext("Audit"), Did("audit", code)),
        button(voice.gettext("Reminders"), Did("reminder_log", code)),
    ]
    people = [
        button(voice.gettext("Invite somebody"), Did("invite", f"focal_point.{code}")),
        button(voice.gettext("Hand a place over"), Did("replace", code)),
    ]
    back = [
        button(keyboards.backward(voice, voice.gettext("Status")), Did("status")),
        button(voice.gettext("Another country"), Did("country")),
    ]
    return [keyboards.across(voice, keys) for keys in (read, passage, log, people, back)]


# --- the choice ------------------------------------------------------------------------------------------------------


def country_pick(notice: CountryPick, voice: Voice) -> Message:
    """All countries as keys; what was typed and is none of them, and those that it resembles, come first."""
    unknown = NOTHING
    if notice.given:
        unknown = plain(
            voice.gettext(
                "⚠️ “{given}” was not recognised as a country of the region.",
                given=clipped(notice.given, GIVEN),
            )
        )
    near = [_key(notice.room, code, voice) for code in notice.nearest]
    meant = plain(voice.gettext("Was one of these meant?")) if near else NOTHING
    text = [
        unknown,
        meant or bold(voice.gettext("Which country?")),
        italic(
            voice.gettext(
                "You can also type the name of the country in your next message, or the whole command: {command}",
                command=voice.command(_EXAMPLE[notice.room]),
            )
        ),
    ]
    if near or notice.room not in _PAGED:
        every = button(voice.gettext("All countries"), Did(notice.room))
        return message(text, [*((key,) for key in near), (every,)])
    codes = sorted((state.code for state in reference.countries()), key=voice.alphabetical)
    page = keyboards.page_of(notice.page, len(codes))
    shown = codes[page * keyboards.PAGE : (page + 1) * keyboards.PAGE]
    rows = keyboards.in_columns(voice, [_key(notice.room, code, voice) for code in shown])
    return message(text, [*rows, _pages(notice.room, page, len(codes), voice)])


def _key(room: str, code: str, voice: Voice) -> Button:
    return button(voice.country_name(code), Did(room, code), longest=keyboards.COLUMN)


def _pages(room: str, page: int, size: int, voice: Voice) -> Row:
    last = max(0, (size - 1) // keyboards.PAGE)
    return keyboards.page_row(voice, page, last, lambda at: Did(room, str(at)))


RENDERED: Final[Mapping[type[Any], Callable[[Any, Voice], Message]]] = {
    CountryView: country_card,
    CountryPick: country_pick,
}
