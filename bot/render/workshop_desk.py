"""The session as the secretariat sees it: who comes and how, groups, offices, presenters, attendance, the material."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from bot.buttons import Did
from bot.render import keyboards
from bot.render.headings import N_
from bot.render.markup import NOTHING, bold, lines, plain
from bot.render.messages import Button, Message, Row, button, message
from bot.render.session_lines import board_key, by_name, excerpt, heading, named, page_keys, state_names
from bot.render.voice import Spoken, Voice
from workflows.notices.workshop_desk import (
    AttendeeLine,
    DelegationLine,
    MaterialSent,
    OfficeLine,
    WorkshopAttendance,
    WorkshopBoard,
    WorkshopHosting,
    WorkshopNews,
    WorkshopSupport,
)
from workflows.notices.workshops import Attendance

ATTENDANCE: Final[Mapping[Attendance, str]] = {
    "in_person": N_("in person"),
    "office": N_("from an IOM office"),
    "remote": N_("remotely"),
    "support": N_("with individual support"),
    "coming": N_("takes part, not yet said how"),
    "away": N_("cannot attend"),
}


# --- the board -------------------------------------------------------------------------------------------------------


def board(notice: WorkshopBoard, voice: Voice) -> Message:
    """Counts of the session, country by country in the order of the alphabet, and the ways to arrange it."""
    text = [
        heading(notice, voice),
        lines(map(plain, _totals(notice, voice))),
        lines(plain(_delegation(line, voice)) for line in by_name(voice, notice.delegations)),
    ]
    rows = [*_arranging(notice, voice), *_following(notice, voice)]
    others = [
        (button(voice.words(other.title), Did("workshop", f"{other.id}.card")),) for other in notice.others
    ]
    return message(text, [*rows, *others])


def _totals(notice: WorkshopBoard, voice: Voice) -> Iterator[Spoken]:
    attending = sum(line.attending for line in notice.delegations)
    yield voice.gettext("Registered to attend: {count}", count=attending)
    counts = {
        N_("In person: {count}"): sum(line.in_person for line in notice.delegations),
        N_("From an IOM office: {count}"): sum(line.office for line in notice.delegations),
        N_("Remotely: {count}"): sum(line.remote for line in notice.delegations),
        N_("With individual support: {count}"): sum(line.support for line in notice.delegations),
        N_("Not yet said how: {count}"): sum(line.coming for line in notice.delegations),
        N_("Cannot attend: {count}"): sum(line.away for line in notice.delegations),
        N_("Recorded as present: {count}"): notice.attended,
        N_("Questions parked: {count}"): notice.parked,
    }
    for words, count in counts.items():
        if count:
            yield voice.gettext(words, count=count)
    yield voice.gettext("Countries that have not answered: {count}", count=notice.silent)


def _delegation(line: DelegationLine, voice: Voice) -> Spoken:
    """A country with what its people said, and its group."""
    counts = {
        N_("in person: {count}"): line.in_person,
        N_("from the office: {count}"): line.office,
        N_("remotely: {count}"): line.remote,
        N_("individual support: {count}"): line.support,
        N_("not yet said how: {count}"): line.coming,
        N_("cannot attend: {count}"): line.away,
        N_("group {count}"): line.group if line.attending else 0,
    }
    parts = [voice.gettext(words, count=count) for words, count in counts.items() if count]
    return voice.joined([f"• {voice.country_name(line.country)}", *parts])


def _arranging(notice: WorkshopBoard, voice: Voice) -> Iterator[Row]:
    session = notice.session
    keys = [button(voice.gettext("Offices"), Did("hosting", session))] if notice.by_line else []
    if notice.groups > 1:
        keys.append(button(voice.gettext("Groups"), Did("groups", session)))
    if notice.presenters is not None:
        label = voice.gettext("Presenters: {count}", count=notice.presenters)
        keys.append(button(label, Did("presenters", session)))
    if notice.speakers is not None:
        label = voice.gettext("Speakers: {count}", count=notice.speakers)
        keys.append(button(label, Did("speakers", session)))
    keys.append(button(voice.gettext("Attendance"), Did("attendance", session)))
    if notice.supports:
        keys.append(button(voice.gettext("Individual support"), Did("support", session)))
    yield from keyboards.in_columns(voice, keys)


def _following(notice: WorkshopBoard, voice: Voice) -> Iterator[Row]:
    counted = {
        "questions": (N_("Questions: {count}"), notice.questions),
        "offers": (N_("Offers of support: {count}"), notice.offers),
        "points": (N_("Points of the minutes: {count}"), notice.points),
        "steps": (N_("Next steps: {count}"), notice.steps),
        "evaluation": (N_("Evaluations: {count}"), notice.evaluations),
    }
    keys = [
        button(voice.gettext(words, count=count), Did(verb, notice.session))
        for verb, (words, count) in counted.items()
        if count or verb != "evaluation"
    ]
    yield from keyboards.in_columns(voice, keys)
    if notice.over:
        yield (button(voice.gettext("Send the material to everybody"), Did("material", notice.session)),)
    yield (button(voice.gettext("🔄 Refresh"), Did("workshop", f"{notice.session}.card")),)


# --- offices ---------------------------------------------------------------------------------------------------------


def hosting(notice: WorkshopHosting, voice: Voice) -> Message:
    """Which office receives people for the session; one tap closes or opens it."""
    offices = sorted(notice.offices, key=lambda line: voice.alphabetical(line.country))
    closed = [line.country for line in offices if not line.open]
    opened = [line.country for line in offices if line.open]
    text = [heading(notice, voice), plain(voice.gettext("Press an office to close or open it."))]
    if len(closed) <= len(opened):
        text.append(
            plain(voice.gettext("Closed: {countries}", countries=state_names(voice, closed)))
            if closed
            else NOTHING
        )
    elif opened:
        text.append(plain(voice.gettext("Open: {countries}", countries=state_names(voice, opened))))
    else:
        text.append(plain(voice.gettext("No office receives participants so far.")))
    if notice.without:
        without = state_names(voice, notice.without)
        text.append(plain(voice.gettext("No office known: {countries}", countries=without)))
    keys = [_office(notice, line, voice) for line in offices]
    return message(text, [*((key,) for key in keys), board_key(notice, voice)])


def _office(notice: WorkshopHosting, line: OfficeLine, voice: Voice) -> Button:
    country, city = voice.country_name(line.country), voice.words(line.city)
    label = voice.gettext("{country}, {city}: {count}", country=country, city=city, count=line.people)
    turned = "closed" if line.open else "open"
    mark = "🟢" if line.open else "🔴"
    return button(f"{mark} {label}", Did("hosting", f"{notice.session}.{line.country}.{turned}"))


# --- attendance ------------------------------------------------------------------------------------------------------


def attendance(notice: WorkshopAttendance, voice: Voice) -> Message:
    """Who has registered; one tap records somebody as present, the next as absent."""
    counts = voice.gettext(
        "Present: {attended} of {registered}", attended=notice.attended, registered=notice.registered
    )
    text = [heading(notice, voice), bold(counts)]
    if notice.people:
        text.append(plain(voice.gettext("Press a name to record it as present; press again for absent.")))
    else:
        text.append(plain(voice.gettext("Nobody has registered to attend yet.")))
    keys = [_attendee(notice, line, voice) for line in notice.people]
    pages = page_keys(voice, "attendance", notice.session, notice.page, notice.pages - 1)
    as_file = button(voice.gettext("⬇ Spreadsheet"), Did("attendance_file", notice.session))
    listed = (as_file,) if notice.people else ()
    return message(text, [*((key,) for key in keys), pages, listed, board_key(notice, voice)])


def _attendee(notice: WorkshopAttendance, line: AttendeeLine, voice: Voice) -> Button:
    mark = {None: "▫️", True: "✅", False: "❌"}[line.attended]
    turned = "no" if line.attended else "yes"
    parts = [voice.country_name(line.country), voice.typed(line.name or "—")]
    if notice.in_person:  # then it is worth knowing who is to be looked for in the room
        parts.append(voice.gettext(ATTENDANCE[line.attendance]))
    label = f"{mark} {voice.joined(parts)}"
    return button(label, Did("attended", f"{notice.session}.{line.person}.{turned}.{notice.page}"))


def support(notice: WorkshopSupport, voice: Voice) -> Message:
    """Whom to call."""
    people = sorted(notice.people, key=lambda line: voice.alphabetical(line.country))
    who = [
        voice.gettext(
            "• {country}: {name}", country=voice.country_name(line.country), name=named(voice, line.name)
        )
        for line in people
    ]
    text = [
        heading(notice, voice),
        bold(voice.gettext("They asked for individual support")),
        lines(map(plain, who)),
    ]
    if not people:
        text.append(plain(voice.gettext("Nobody has asked for it so far.")))
    return message(text, [board_key(notice, voice)])


# --- news ------------------------------------------------------------------------------------------------------------


def material_sent(notice: MaterialSent, voice: Voice) -> Message:
    """How many people the material goes to."""
    words = voice.ngettext(
        "The material is on its way to {count} person.",
        "The material is on its way to {count} people.",
        notice.people,
    )
    return message([heading(notice, voice), plain(words)], [board_key(notice, voice, fresh=True)])


_NEWS: Final = {
    "late_change": N_(
        "{country}: a change shortly before the beginning. One participant now attends like this: {how}."
    ),
    "reason": N_("{country}: why one participant now attends like this ({how}):"),
    "question": N_("{country} has sent a question."),
    "offer_taken": N_("{country} takes up an offer of support. Please put them in touch."),
    "step_done": N_("{country} has done a next step."),
}


def news(notice: WorkshopNews, voice: Voice) -> Message:
    """What a country did, and the way to the session."""
    how = voice.gettext(ATTENDANCE[notice.attendance]) if notice.attendance else ""
    words = voice.gettext(_NEWS[notice.code], country=voice.country_name(notice.country), how=Spoken(how))
    return message(
        [bold(words), excerpt(notice.text), heading(notice, voice)], [board_key(notice, voice, fresh=True)]
    )


RENDERED: Final[Mapping[type[Any], Callable[[Any, Voice], Message]]] = {
    WorkshopBoard: board,
    WorkshopHosting: hosting,
    WorkshopAttendance: attendance,
    WorkshopSupport: support,
    MaterialSent: material_sent,
    WorkshopNews: news,
}
"""What renders each of these notices."""
