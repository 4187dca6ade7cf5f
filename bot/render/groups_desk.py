"""Discussion groups and the order of presentations, as the secretariat arranges them."""

from collections.abc import Callable, Mapping
from datetime import time
from typing import Any, Final

from bot.buttons import Did
from bot.render import keyboards
from bot.render.headings import N_
from bot.render.markup import NOTHING, SafeHtml, bold, italic, lines, plain
from bot.render.messages import Button, Message, Row, button, message
from bot.render.session_lines import board_key, by_name, heading, named, state_names
from bot.render.voice import Spoken, Voice
from bot.render.workshops import duration
from workflows.notices.workshop_desk import DelegationLine, PresenterLine, WorkshopGroups, WorkshopPresenters

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
        italic(
            voice.gettext(
                "To name a group, type its number, a colon and the name, for example: {example}",
                example=voice.gettext("group 1: return and reintegration"),
            )
        ),
    ]
    balance = button(voice.gettext("⚖️ Assign and balance"), Did("groups", f"{notice.session}.balance"))
    keys = [_mover(notice, line, voice) for line in by_name(voice, notice.delegations)]
    return message(
        text, [(balance,), *keyboards.in_columns(voice, keys), board_key(notice, voice, fresh=True)]
    )


def _group(notice: WorkshopGroups, number: int, voice: Voice) -> SafeHtml:
    here = [line for line in by_name(voice, notice.delegations) if line.group == number]
    people = sum(line.attending for line in here)
    if number == 0:
        top = voice.gettext("Not yet in a group: {count}", count=people)
        return lines([bold(top), *(plain(_sized(line, voice)) for line in here)]) if here else NOTHING
    top = voice.gettext("Group {group}: {count}", group=number, count=people)
    name = [plain(named(voice, notice.names[number]))] if notice.names.get(number) else []
    return lines([bold(top), *name, *(plain(_sized(line, voice)) for line in here)])


def _sized(line: DelegationLine, voice: Voice) -> Spoken:
    return voice.gettext(
        "• {country}: {count}", country=voice.country_name(line.country), count=line.attending
    )


def _mover(notice: WorkshopGroups, line: DelegationLine, voice: Voice) -> Button:
    following = line.group % notice.groups + 1
    label = voice.gettext(
        "{country} to group {group}", country=voice.country_name(line.country), group=following
    )
    return button(label, Did("groups", f"{notice.session}.{line.country}.{following}"))


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
    hour = voice.hour(time.fromisoformat(line.starts))
    return voice.gettext("{number}. {hour} {country}", number=number, hour=hour, country=name)


def _up_and_down(notice: WorkshopPresenters, at: int, line: PresenterLine, voice: Voice) -> Row:
    name, place = voice.country_name(line.country), f"{notice.session}.{line.country}"
    keys = []
    if at > 0:
        keys.append(button(f"▲ {name}", Did("presenters", f"{place}.{at}")))
    if at + 1 < len(notice.order):
        keys.append(button(f"▼ {name}", Did("presenters", f"{place}.{at + 2}")))
    return keyboards.across(voice, keys)


RENDERED: Final[Mapping[type[Any], Callable[[Any, Voice], Message]]] = {
    WorkshopGroups: groups,
    WorkshopPresenters: presenters,
}
"""What renders each of these notices."""
