"""The session as the secretariat sees it: who comes and how, groups, offices, presenters, attendance, the material."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from bot.buttons import Did
from bot.render import keyboards
from bot.render.headings import N_, listed
from bot.render.markup import NOTHING, SafeHtml, bold, italic, lines, plain
from bot.render.messages import Button, Message, Row, button, message
from bot.render.minutes import excerpt, heading, named, page_keys
from bot.render.voice import Spoken, Voice
from bot.render.workshops import duration
from workflows.notices.workshop_desk import (
    AttendeeLine,
    DelegationLine,
    MaterialSent,
    OfficeLine,
    PresenterLine,
    WorkshopAttendance,
    WorkshopBoard,
    WorkshopGroups,
    WorkshopHosting,
    WorkshopNews,
    WorkshopPresenters,
    WorkshopSupport,
)
from workflows.notices.workshops import SessionSaying

ATTENDANCE: Final = {
    "office": N_("from an IOM office"),
    "remote": N_("remotely"),
    "support": N_("with individual support"),
    "away": N_("cannot attend"),
}


def board_key(notice: SessionSaying, voice: Voice, *, fresh: bool = False) -> Row:
    """The way back to the session's board, in the same message, or in a fresh one where this message is to stay."""
    back = keyboards.backward(voice, voice.gettext("Back to the session"))
    return (button(back, Did("workshop", notice.session if fresh else f"{notice.session}.card")),)


def state_names(voice: Voice, countries: Sequence[str]) -> Spoken:
    """Several states in one line, in the order of the reader's alphabet."""
    return listed(voice, map(voice.country_name, sorted(countries, key=voice.alphabetical)))


def _by_name(voice: Voice, delegations: Sequence[DelegationLine]) -> list[DelegationLine]:
    return sorted(delegations, key=lambda line: voice.alphabetical(line.country))


# --- the board -------------------------------------------------------------------------------------------------------


def board(notice: WorkshopBoard, voice: Voice) -> Message:
    """Counts of the session, country by country in the order of the alphabet, and the ways to arrange it."""
    text = [
        heading(notice, voice),
        lines(map(plain, _totals(notice, voice))),
        lines(plain(_delegation(line, voice)) for line in _by_name(voice, notice.delegations)),
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
        N_("From an IOM office: {count}"): sum(line.office for line in notice.delegations),
        N_("Remotely: {count}"): sum(line.remote for line in notice.delegations),
        N_("With individual support: {count}"): sum(line.support for line in notice.delegations),
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
        N_("from the office: {count}"): line.office,
        N_("remotely: {count}"): line.remote,
        N_("individual support: {count}"): line.support,
        N_("cannot attend: {count}"): line.away,
        N_("group {count}"): line.group if line.attending else 0,
    }
    parts = [voice.gettext(words, count=count) for words, count in counts.items() if count]
    return Spoken(" · ".join([f"• {voice.country_name(line.country)}", *parts]))


def _arranging(notice: WorkshopBoard, voice: Voice) -> Iterator[Row]:
    session = notice.session
    keys = [button(voice.gettext("Offices"), Did("hosting", session))]
    if notice.groups > 1:
        keys.append(button(voice.gettext("Groups"), Did("groups", session)))
    if notice.presenters is not None:
        label = voice.gettext("Presenters: {count}", count=notice.presenters)
        keys.append(button(label, Did("presenters", session)))
    keys += [
        button(voice.gettext("Attendance"), Did("attendance", session)),
        button(voice.gettext("Individual support"), Did("support", session)),
    ]
    yield from keyboards.in_columns(voice, keys)


def _following(notice: WorkshopBoard, voice: Voice) -> Iterator[Row]:
    counted = {
        "questions": (N_("Questions: {count}"), notice.questions),
        "offers": (N_("Offers of support: {count}"), notice.offers),
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


# --- groups ----------------------------------------------------------------------------------------------------------

_PROBLEMS: Final = {
    "country_unknown": N_("⚠️ No country of the region was recognised in this text."),
    "group_unknown": N_("⚠️ No group of this session was recognised in this text."),
    "not_registered": N_("⚠️ Nobody from this country has registered to attend: {country}."),
}


def groups(notice: WorkshopGroups, voice: Voice) -> Message:
    """The groups with their delegations; each delegation goes to the next group by its key, or anywhere in words."""
    problem = ""
    if notice.problem:
        country = voice.country_name(notice.country) if notice.country else ""
        problem = voice.gettext(_PROBLEMS[notice.problem], country=Spoken(country))
    example = voice.gettext("move Yemen to group 2")
    text = [
        plain(problem),
        heading(notice, voice),
        *(_group(notice, number, voice) for number in range(notice.groups + 1)),
        italic(
            voice.gettext(
                "Press a delegation to move it, or type it, for example: {example}", example=example
            )
        ),
    ]
    balance = button(voice.gettext("⚖️ Assign and balance"), Did("groups", f"{notice.session}.balance"))
    keys = [_mover(notice, line, voice) for line in _by_name(voice, notice.delegations)]
    return message(
        text, [(balance,), *keyboards.in_columns(voice, keys), board_key(notice, voice, fresh=True)]
    )


def _group(notice: WorkshopGroups, number: int, voice: Voice) -> SafeHtml:
    here = [line for line in _by_name(voice, notice.delegations) if line.group == number]
    people = sum(line.attending for line in here)
    if number == 0:
        top = voice.gettext("Not yet in a group: {count}", count=people)
        return lines([bold(top), *(plain(_sized(line, voice)) for line in here)]) if here else NOTHING
    top = voice.gettext("Group {group}: {count}", group=number, count=people)
    return lines([bold(top), *(plain(_sized(line, voice)) for line in here)])


def _sized(line: DelegationLine, voice: Voice) -> Spoken:
    name = voice.country_name(line.country)
    return Spoken(f"• {voice.gettext('{name}: {count}', name=name, count=line.attending)}")


def _mover(notice: WorkshopGroups, line: DelegationLine, voice: Voice) -> Button:
    following = line.group % notice.groups + 1
    label = voice.gettext(
        "{country} to group {group}", country=voice.country_name(line.country), group=following
    )
    return button(label, Did("groups", f"{notice.session}.{line.country}.{following}"))


# --- offices ---------------------------------------------------------------------------------------------------------


def hosting(notice: WorkshopHosting, voice: Voice) -> Message:
    """Which office receives people for the session; one tap closes or opens it."""
    offices = sorted(notice.offices, key=lambda line: voice.alphabetical(line.country))
    closed = [line.country for line in offices if not line.open]
    text = [
        heading(notice, voice),
        plain(voice.gettext("Press an office to close or open it for this session.")),
        plain(voice.gettext("Closed: {countries}", countries=state_names(voice, closed)))
        if closed
        else NOTHING,
    ]
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


# --- presenters ------------------------------------------------------------------------------------------------------


def presenters(notice: WorkshopPresenters, voice: Voice) -> Message:
    """The presentations in their order with the time of each, and keys that move one up or down."""
    text = [heading(notice, voice), plain(_shares(notice, voice))]
    text.append(lines(plain(_turn(at, line, voice)) for at, line in enumerate(notice.order, start=1)))
    for words, countries in (
        (N_("Have not said yet: {countries}"), notice.undecided),
        (N_("Give no presentation: {countries}"), notice.declined),
    ):
        if countries:
            text.append(plain(voice.gettext(words, countries=state_names(voice, countries))))
    rows = [
        row for at, line in enumerate(notice.order) for row in [_up_and_down(notice, at, line, voice)] if row
    ]
    return message(text, [*rows, board_key(notice, voice)])


def _shares(notice: WorkshopPresenters, voice: Voice) -> Spoken:
    if not notice.order:
        return voice.gettext("No country has said yet that it presents.")
    return voice.gettext(
        "Time for presentations: {total}. Each country has {each}.",
        total=duration(voice, notice.minutes * 60),
        each=duration(voice, notice.seconds),
    )


def _turn(number: int, line: PresenterLine, voice: Voice) -> Spoken:
    name = voice.country_name(line.country)
    hour = voice.in_digits(line.starts)
    return voice.gettext("{number}. {hour} {country}", number=number, hour=hour, country=name)


def _up_and_down(notice: WorkshopPresenters, at: int, line: PresenterLine, voice: Voice) -> Row:
    name, place = voice.country_name(line.country), f"{notice.session}.{line.country}"
    keys = []
    if at > 0:
        keys.append(button(f"▲ {name}", Did("presenters", f"{place}.{at}")))
    if at + 1 < len(notice.order):
        keys.append(button(f"▼ {name}", Did("presenters", f"{place}.{at + 2}")))
    return keyboards.across(voice, keys)


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
    return message(text, [*((key,) for key in keys), pages, board_key(notice, voice)])


def _attendee(notice: WorkshopAttendance, line: AttendeeLine, voice: Voice) -> Button:
    mark = {None: "▫️", True: "✅", False: "❌"}[line.attended]
    turned = "no" if line.attended else "yes"
    label = f"{mark} {voice.country_name(line.country)} · {voice.typed(line.name or '—')}"
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
        "{country}: a change shortly before the session. One participant now attends like this: {how}."
    ),
    "question": N_("{country} has sent a question to the session."),
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
    WorkshopGroups: groups,
    WorkshopHosting: hosting,
    WorkshopPresenters: presenters,
    WorkshopAttendance: attendance,
    WorkshopSupport: support,
    MaterialSent: material_sent,
    WorkshopNews: news,
}
"""What renders each of these notices."""
