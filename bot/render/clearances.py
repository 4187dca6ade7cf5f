"""How many clearances a country asks for, who gives them, and how long a text has waited for one."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from bot.buttons import Did
from bot.render import keyboards
from bot.render.cutting import clipped
from bot.render.headings import N_
from bot.render.markup import NOTHING, bold, italic, lines, plain
from bot.render.messages import Message, Row, button, message
from bot.render.submission_words import document_keys, heading, look_key, nobody_clears, step_name
from bot.render.voice import Spoken, Voice
from workflows.notices.submission import (
    ClearerLine,
    ClearingAsk,
    ClearingChanged,
    ClearingView,
    PassageAwaited,
)

CLEARANCES: Final = (
    N_("Your country asks for no clearance: the lead focal point submits."),
    N_("Your country asks for one clearance before the review is submitted."),
    N_("Your country asks for two clearances before the review is submitted."),
)
"""By how many clearances are asked for, to somebody of the country."""
_OF_A_COUNTRY: Final = (
    N_("The country asks for no clearance: its lead focal point submits."),
    N_("The country asks for one clearance before the review is submitted."),
    N_("The country asks for two clearances before the review is submitted."),
)
_CHANGED: Final = (
    N_("From now on your country asks for no clearance."),
    N_("From now on your country asks for one clearance."),
    N_("From now on your country asks for two clearances."),
)
_CHANGE: Final = (
    N_("Set it to no clearance?"),
    N_("Set it to one clearance?"),
    N_("Set it to two clearances?"),
)
_NAME: Final = 80
_SHOWN: Final = 20

# --- how many --------------------------------------------------------------------------------------------------------


def clearing(notice: ClearingView, voice: Voice) -> Message:
    """How many clearances, by whom, and the ways to change it."""
    fixed = voice.gettext(
        "A text is on its way, so the number of clearances stays as it is until it is submitted or taken back."
    )
    told = CLEARANCES if notice.own else _OF_A_COUNTRY
    text = [
        bold(voice.gettext("Clearances: {country}", country=voice.country_name(notice.country))),
        plain(voice.gettext(told[notice.steps])),
        lines(plain(_who(each, voice)) for each in notice.clearers[:_SHOWN]),
        nobody_clears(_not_given(notice), notice.invited, voice),
        plain(voice.gettext("A country can ask for two clearances at most.")) if notice.beyond else NOTHING,
        italic(fixed) if notice.fixed else NOTHING,
    ]
    prefix = "" if notice.own else f"{notice.country}."
    back = (
        look_key(voice)
        if notice.own
        else button(
            keyboards.backward(voice, voice.country_name(notice.country)), Did("country", notice.country)
        )
    )
    choice: list[Row] = [] if notice.fixed else [_choice(notice.steps, prefix, voice)]
    invite = [
        (
            button(
                voice.gettext("Invite: {step}", step=step_name(step, voice)),
                Did("clearing", f"{prefix}invite.{step}"),
            ),
        )
        for step in range(1, notice.steps + 1)
    ]
    return message(text, [*choice, *invite, (back,)])


def _not_given(notice: ClearingView) -> list[int]:
    given = {each.step for each in notice.clearers}
    return [step for step in range(1, notice.steps + 1) if step not in given]


def _who(each: ClearerLine, voice: Voice) -> Spoken:
    return voice.gettext("• {name}: {step}", name=clipped(each.name, _NAME), step=step_name(each.step, voice))


def _choice(steps: int, prefix: str, voice: Voice) -> Row:
    labels = (
        voice.pgettext("clearances", "None"),
        voice.pgettext("clearances", "One"),
        voice.pgettext("clearances", "Two"),
    )
    keys = [
        button(f"✅ {label}" if each == steps else label, Did("clearing", f"{prefix}steps.{each}"))
        for each, label in enumerate(labels)
    ]
    return keyboards.across(voice, keys)


def clearing_ask(notice: ClearingAsk, voice: Voice) -> Message:
    """What is and what would be, and who hears of it."""
    told = voice.ngettext(
        "{count} focal point is told, and can change it again.",
        "{count} focal points are told, and can change it again.",
        notice.told,
    )
    clearers = voice.ngettext(
        "{count} clearing authority is told.", "{count} clearing authorities are told.", notice.clearers
    )
    nobody = voice.gettext("The country has no focal point yet who could be told.")
    text = [
        bold(voice.gettext("Clearances: {country}", country=voice.country_name(notice.country))),
        plain(voice.gettext(_OF_A_COUNTRY[notice.before])),
        bold(voice.gettext(_CHANGE[notice.steps])),
        nobody_clears(notice.without, notice.invited, voice),
        lines([plain(told if notice.told else nobody), plain(clearers) if notice.clearers else NOTHING]),
    ]
    rows = [
        (
            button(
                voice.gettext("Yes, set it"), Did("clearing", f"{notice.country}.steps.{notice.steps}.yes")
            ),
        ),
        (button(voice.gettext("Leave it as it is"), Did("clearing", notice.country)),),
    ]
    return message(text, rows)


def clearing_changed(notice: ClearingChanged, voice: Voice) -> Message:
    """The country asks for so many clearances from now on, and who has set it where that was not one of its own."""
    text = [bold(voice.country_name(notice.country)), plain(voice.gettext(_CHANGED[notice.steps]))]
    if notice.by_secretariat:
        text.append(plain(voice.gettext("The secretariat has set it.")))
    rows: list[Row] = []
    if notice.role == "focal_point":
        rows = [(button(voice.gettext("Clearances"), Did("clearing")),)]
    return message(text, rows)


# --- a text that waits -----------------------------------------------------------------------------------------------


def passage_awaited(notice: PassageAwaited, voice: Voice) -> Message:
    """Since when a text waits, and for what; to a clearer with both answers."""
    mark = notice.mark
    since = voice.day_of(mark.state_at)
    days = voice.ngettext(
        "Since {date}: {count} working day.", "Since {date}: {count} working days.", notice.days, date=since
    )
    text = [heading(mark, voice), bold(_awaits(notice, voice)), plain(days), plain(_then(notice, voice))]
    return message(text, _awaited_rows(notice, voice))


def _awaits(notice: PassageAwaited, voice: Voice) -> Spoken:
    match notice.mark.state:
        case "in_clearance" if notice.role == "clearer":
            return voice.gettext("This text waits for your decision.")
        case "in_clearance":
            step = step_name(notice.mark.step, voice)
            return voice.gettext("This text waits for a decision: {step}.", step=step)
        case "changes_asked":
            return voice.gettext("Changes were asked for; the text has not been sent anew yet.")
    return voice.gettext("This text is cleared and can be submitted.")


def _then(notice: PassageAwaited, voice: Voice) -> Spoken:
    match notice.mark.state:
        case "in_clearance" if notice.role == "clearer":
            return voice.gettext("It can be cleared, or sent back with what should be changed.")
        case "in_clearance" if notice.without:
            return voice.gettext("Nobody is invited for it at present: please invite somebody.")
        case "in_clearance":
            return voice.gettext("Whoever decides has been asked again.")
        case "changes_asked":
            return voice.gettext("What was asked for stands on the page of the review.")
    return voice.gettext("The lead focal point submits it.")


def _awaited_rows(notice: PassageAwaited, voice: Voice) -> list[Row]:
    document = document_keys(notice.mark, voice)
    if notice.role == "clearer":
        return [*decision_rows(notice.mark.id, voice), document]
    invite: Row = (button(voice.gettext("Clearances"), Did("clearing")),) if notice.without else ()
    return [invite, document, (look_key(voice),)]


def decision_rows(edition: int, voice: Voice) -> list[Row]:
    """Both answers of whoever clears a text."""
    return [
        (button(voice.gettext("✅ Cleared"), Did("clear", str(edition))),),
        (button(voice.gettext("✏️ Changes are needed"), Did("ask_changes", str(edition))),),
    ]


RENDERED: Final[Mapping[type[Any], Callable[[Any, Voice], Message]]] = {
    ClearingView: clearing,
    ClearingAsk: clearing_ask,
    ClearingChanged: clearing_changed,
    PassageAwaited: passage_awaited,
}
"""What renders each of these notices."""
