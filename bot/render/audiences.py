"""An audience in words: each of its conditions on a line of its own, so that nothing has to agree with anything."""

from collections.abc import Iterator, Mapping
from typing import Final

from bot.render.headings import N_, listed, section_name
from bot.render.voice import Spoken, Voice
from workflows.notices.steering import AudienceView
from workflows.people import audience as language
from workflows.people.audience import (
    All,
    AllBut,
    Any,
    Attending,
    Audience,
    Countries,
    Declined,
    Group,
    Progress,
    Reachable,
    Roles,
    Section,
    Staffed,
)
from workflows.review.template import Template

ROLES: Final[Mapping[str, str]] = {
    "focal_point": N_("national focal points"),
    "contributor": N_("contributors"),
    "clearer": N_("those who clear the text"),
    "supporter": N_("those who give support"),
    "secretariat": N_("the secretariat"),
}
_ATTENDING: Final[Mapping[str, str]] = {
    "registered": N_("those registered for: {session}"),
    "not_registered": N_("those who have not said how they attend: {session}"),
    "in_person": N_("those who attend in person: {session}"),
    "office": N_("those who attend from an IOM office: {session}"),
    "remote": N_("those who attend remotely: {session}"),
    "support": N_("those who attend with individual support: {session}"),
    "absent": N_("those registered who were not there: {session}"),
    "attended": N_("those who were there: {session}"),
}
_SECTIONS: Final[Mapping[str, str]] = {
    "begun": N_("countries that have begun {section}"),
    "not_begun": N_("countries that have not begun {section}"),
    "done": N_("countries that have settled all of {section}"),
    "open": N_("countries with questions open in {section}"),
}
_PROGRESS: Final[Mapping[str, str]] = {
    "nothing_begun": N_("countries that have begun nothing yet"),
    "begun": N_("countries that have begun their review"),
    "some_open": N_("countries with questions open"),
    "none_open": N_("countries with no question open"),
    "not_submitted": N_("countries that have not submitted"),
    "submitted": N_("countries that have submitted"),
}
_STAFFED: Final[Mapping[str, str]] = {
    "no_focal_point": N_("countries without a focal point"),
    "invited": N_("countries that are invited, and whose focal point has not come in"),
    "nobody_in": N_("countries from which nobody has come in"),
}


def described(view: AudienceView, voice: Voice, template: Template | None) -> list[Spoken]:
    """The conditions that hold together, one below the other."""
    whole = language.read(view.json_text)
    parts = whole.of if isinstance(whole, All) and whole.of else (whole,)
    return [_said(part, view, voice, template) for part in parts]


def _said(part: Audience, view: AudienceView, voice: Voice, template: Template | None) -> Spoken:
    match part:
        case All(of=()):
            return voice.gettext("everybody in the cycle")
        case All(of=parts):
            return Spoken(" + ".join(_said(each, view, voice, template) for each in parts))
        case Any(of=parts):
            either = voice.gettext("or")
            return Spoken(f" {either} ".join(_said(each, view, voice, template) for each in parts))
        case AllBut(of=left_out):
            return voice.gettext("except: {those}", those=_said(left_out, view, voice, template))
        case Group(session=session, group=group):
            return voice.gettext(
                "group {number} of: {session}", number=group, session=_title(session, view, voice)
            )
        case Attending(session=session, how=how):
            return voice.gettext(_ATTENDING[how], session=_title(session, view, voice))
    return _of_a_state(part, voice, template)


def _of_a_state(part: Audience, voice: Voice, template: Template | None) -> Spoken:
    match part:
        case Countries(codes=codes):
            return listed(voice, _names(codes, voice))
        case Roles(roles=roles):
            return listed(voice, (voice.gettext(ROLES[role]) for role in roles))
        case Section(section=section, state=state):
            known = template is not None and section in {each.id for each in template.sections}
            name = section_name(voice, template, section) if template and known else voice.typed(section)
            return voice.gettext(_SECTIONS[state], section=name)
        case Progress(state=state):
            return voice.gettext(_PROGRESS[state])
        case Staffed(state=state):
            return voice.gettext(_STAFFED[state])
        case Declined():
            return voice.gettext("countries that take no part")
        case Reachable():
            return voice.gettext("can be reached")
    raise AssertionError(part)


def _names(codes: tuple[str, ...], voice: Voice) -> Iterator[Spoken]:
    return (voice.country_name(code) for code in sorted(codes, key=voice.alphabetical))


def _title(session: str, view: AudienceView, voice: Voice) -> Spoken:
    title = view.sessions.get(session)
    return voice.words(title) if title else voice.typed(session)
