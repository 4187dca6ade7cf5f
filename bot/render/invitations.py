"""Inviting: for whom, in whose place, and the link."""

from collections.abc import Sequence

from bot.buttons import Did
from bot.render import keyboards
from bot.render.cutting import clipped
from bot.render.headings import listed, scope_name
from bot.render.markup import NOTHING, SafeHtml, bold, italic, lines, plain
from bot.render.messages import Message, Row, button, message
from bot.render.people import place_name
from bot.render.submission_words import step_name
from bot.render.voice import Voice
from workflows import reference
from workflows.notices import InvitationMade, InviteWhom, Line, ReplaceWhom
from workflows.review.template import Template

GIVEN = 60
"""How much is shown of what was typed for a country, in UTF-16 units."""


def invite_whom(notice: InviteWhom, voice: Voice) -> Message:
    """The country of a new invitation, as keys; what can be typed instead."""
    problem = NOTHING
    if notice.problem and notice.given:
        given = clipped(notice.given, GIVEN)
        problem = plain(
            voice.gettext("⚠️ “{given}” was not recognised as a country of the region.", given=given)
        )
    if notice.suggestions:
        names = listed(voice, (voice.country_name(code) for code in notice.suggestions))
        problem = lines([problem, plain(voice.gettext("Similar names: {countries}", countries=names))])
    if notice.replacing:
        return _replace_where(problem, notice.suggestions, voice)
    text = [
        problem,
        bold(voice.gettext("Whom is the invitation for?")),
        plain(voice.gettext("Press a country to invite its national focal point.")),
        italic(voice.gettext("You can also type the name of the country in your next message.")),
    ]
    colleague = button(voice.gettext("A colleague in the secretariat"), Did("invite", "secretariat"))
    return message(text, [*_countries(voice, notice.suggestions, "invite", "focal_point."), (colleague,)])


def _replace_where(problem: SafeHtml, suggestions: Sequence[str], voice: Voice) -> Message:
    """The country in which somebody takes over: no key of it invites anybody beside those who are there."""
    text = [
        problem,
        bold(voice.gettext("In which country does a successor take over?")),
        plain(voice.gettext("Press a country to see whose place can pass on.")),
        italic(voice.gettext("You can also type the name of the country in your next message.")),
    ]
    return message(text, _countries(voice, suggestions, "replace"))


def _countries(voice: Voice, suggestions: Sequence[str], verb: str, role: str = "") -> list[Row]:
    """A key for each country that is suggested, or for all in the order of the reader's alphabet."""
    codes = suggestions or sorted((state.code for state in reference.countries()), key=voice.alphabetical)
    keys = [button(voice.country_name(code), Did(verb, role + code)) for code in codes]
    return keyboards.in_columns(voice, keys)


def replace_whom(notice: ReplaceWhom, voice: Voice) -> Message:
    """Whose place a successor takes, or whether the new person comes beside those who are there."""
    country = voice.country_name(notice.country)
    if notice.people:
        ask = voice.gettext(
            "Does the new person take the place of one of them? "
            "The place passes on when the invitation is used."
        )
        text = [bold(voice.gettext("Focal points are already in: {country}.", country=country)), plain(ask)]
    else:
        text = [bold(voice.gettext("No focal point has come in yet: {country}.", country=country))]
    rows = [_in_the_place_of(person, voice) for person in notice.people]
    label = voice.gettext("Beside them") if notice.people else voice.gettext("Invite a focal point")
    return message(text, [*rows, (button(label, Did("invite", f"focal_point.{notice.country}")),)])


def _in_the_place_of(person: Line, voice: Voice) -> Row:
    return (button(voice.gettext("In the place of {name}", name=person.text), Did("replace", person.id)),)


def _asked(notice: InvitationMade, voice: Voice, template: Template | None) -> str:
    """Which part a colleague is asked for, and which clearance somebody gives."""
    match notice.role:
        case "contributor":
            return scope_name(voice, template, notice.scope)
        case "clearer":
            return step_name(2 if notice.scope == "2" else 1, voice)
    return ""


def invitation_made(notice: InvitationMade, voice: Voice, template: Template | None) -> Message:
    """The link on a line of its own, so that it can be passed on."""
    asked = _asked(notice, voice, template)
    replaces = ""
    if notice.replaces:
        replaces = voice.gettext("When it is used, the place of {name} passes on.", name=notice.replaces)
    text = [
        lines(
            [
                bold(voice.gettext("The invitation is ready.")),
                plain(place_name(voice, notice.role, notice.country)),
                plain(voice.gettext("To be asked for: {scope}", scope=asked)) if asked else NOTHING,
            ]
        ),
        plain(notice.link),
        plain(
            voice.gettext(
                "It lets one person in, once, until {date}. Please pass it on to that person only.",
                date=voice.moment(notice.expires),
            )
        ),
        plain(replaces),
    ]
    return message(text)
