"""A country's team: who takes part and what each was asked for, links, and places that end."""

from collections.abc import Callable
from typing import Any

from bot.buttons import Did
from bot.render import keyboards
from bot.render.headings import question_number, scope_name, section_heading, section_name
from bot.render.markup import NOTHING, bold, italic, lines, plain
from bot.render.messages import Message, Row, button, message
from bot.render.people import role_name
from bot.render.voice import Spoken, Voice
from workflows.notices.hands import (
    Colleague,
    ColleagueCard,
    Colleagues,
    InviteScope,
    OpenLink,
    PlaceEnded,
    WithdrawAsk,
    Withdrawn,
)
from workflows.notices.saying import Saying
from workflows.review.template import Template


def colleagues(notice: Colleagues, voice: Voice, template: Template) -> Message:
    """Who takes part and what each was asked for and wrote; the links that nobody has used."""
    top = bold(voice.gettext("Taking part for {country}:", country=voice.country_name(notice.country)))
    own = voice.gettext(
        "A contributor sees only what you ask them for and writes beside the official answer, under their own name. "
        "You take over what you wish."
    )
    links = [plain(_link(link, voice, template)) for link in notice.links]
    text = [
        lines([top, *(plain(_who(person, voice, template)) for person in notice.people)]),
        lines([bold(voice.gettext("Links that nobody has used yet:")), *links]) if links else NOTHING,
        italic(own),
    ]
    return message(text, [*_people_rows(notice, voice), *_link_rows(notice, voice), _invite_row(voice)])


def _who(person: Colleague, voice: Voice, template: Template) -> Spoken:
    role = voice.gettext("national focal point, lead") if person.lead else role_name(voice, person.role)
    if person.written is None:
        return voice.gettext("• {name} · {role}", name=person.name, role=role)
    return voice.gettext(
        "• {name} · {role} · {scope} · {written}",
        name=person.name,
        role=role,
        scope=scope_name(voice, template, person.scope),
        written=_written(person.written, voice),
    )


def _written(count: int, voice: Voice) -> Spoken:
    if not count:
        return voice.gettext("nothing written yet")
    return voice.ngettext("{count} answer written", "{count} answers written", count)


def _link(link: OpenLink, voice: Voice, template: Template) -> Spoken:
    role = role_name(voice, link.role)
    until = voice.moment(link.expires)
    if link.role != "contributor":
        return voice.gettext("• {role}, until {date}", role=role, date=until)
    scope = scope_name(voice, template, link.scope)
    return voice.gettext("• {role}: {scope}, until {date}", role=role, scope=scope, date=until)


def _people_rows(notice: Colleagues, voice: Voice) -> list[Row]:
    keys = [
        button(voice.gettext("👥 {name}", name=person.name), Did("colleague", str(person.place)))
        for person in notice.people
        if person.role != "focal_point"
    ]
    return [(key,) for key in keys[:40]]


def _link_rows(notice: Colleagues, voice: Voice) -> list[Row]:
    keys = [
        button(voice.gettext("Revoke link {number}", number=at), Did("revoke_link", str(link.id)))
        for at, link in enumerate(notice.links, start=1)
    ]
    return [(key,) for key in keys[:20]]


def _invite_row(voice: Voice) -> Row:
    return (button(voice.gettext("Invite a contributor"), Did("scope")),)


# --- asking somebody in ----------------------------------------------------------------------------------------------


def invite_scope(notice: InviteScope, voice: Voice, template: Template) -> Message:
    """All, a section, or a question of it: what the new colleague is asked for."""
    text = [
        bold(voice.gettext("What shall the new contributor be asked for?")),
        plain(voice.gettext("They see this and nothing else of the review.")),
    ]
    if notice.section:
        return message(text, _question_rows(notice.section, voice, template))
    rows: list[Row] = [(button(voice.gettext("All questions"), Did("invite_for", "all")),)]
    rows += [
        (button(section_heading(voice, template, section), Did("scope", section.id)),)
        for section in template.sections
    ]
    return message(text, rows)


def _question_rows(section_id: str, voice: Voice, template: Template) -> list[Row]:
    section = template.section(section_id)
    whole = voice.gettext("The whole of {section}", section=section_name(voice, template, section_id))
    keys = [
        button(question_number(voice, template, question), Did("invite_for", question.id))
        for question in section.questions
    ]
    back = button(keyboards.backward(voice, voice.gettext("Back")), Did("scope"))
    return [
        (button(whole, Did("invite_for", section_id)),),
        *keyboards.in_columns(voice, keys, columns=4),
        (back,),
    ]


# --- one colleague ---------------------------------------------------------------------------------------------------


def colleague(notice: ColleagueCard, voice: Voice, template: Template) -> Message:
    """What one colleague was asked for and wrote."""
    keys = [
        button(
            voice.joined(
                (
                    question_number(voice, template, template.question_of[line.id]),
                    _words(line.detail, voice),
                )
            ),
            Did("beside", f"{line.id}:{notice.colleague.place}"),
        )
        for line in notice.texts
        if line.id in template.prompts
    ][:60]
    end = button(voice.gettext("End their place"), Did("withdraw_colleague", str(notice.colleague.place)))
    text = [
        plain(_who(notice.colleague, voice, template)),
        plain(voice.gettext("Their texts:")) if keys else NOTHING,
    ]
    back = button(keyboards.backward(voice, voice.gettext("All colleagues")), Did("colleagues"))
    return message(
        text, [*keyboards.in_columns(voice, keys, 2), (end,) if notice.may_withdraw else (), (back,)]
    )


def _words(count: str, voice: Voice) -> Spoken:
    number = int(count or 0)
    return voice.ngettext("{count} word", "{count} words", number)


def withdraw_ask(notice: WithdrawAsk, voice: Voice) -> Message:
    """What ends and what stays, before it is done."""
    text = [
        bold(voice.gettext("End the place of {name}?", name=notice.name)),
        plain(
            voice.gettext(
                "They see nothing of the review from then on. What they wrote stays with your country."
            )
        ),
    ]
    end = button(voice.gettext("Yes, end it"), Did("withdraw_colleague", f"{notice.place}:yes"))
    keep = button(voice.gettext("No, keep it"), Did("colleagues"))
    return message(text, [keyboards.across(voice, [end, keep])])


def withdrawn(notice: Withdrawn, voice: Voice) -> Message:
    """It is done."""
    text = voice.gettext(
        "The place of {name} has ended. What they wrote stays with your country.", name=notice.name
    )
    return message([plain(text)], [(button(voice.gettext("All colleagues"), Did("colleagues")),)])


def place_ended(notice: PlaceEnded, voice: Voice) -> Message:
    """To the colleague: thanks, and what remains."""
    country = voice.country_name(notice.country)
    text = [
        bold(voice.gettext("Your place in the review has ended: {country}.", country=country)),
        plain(voice.gettext("Thank you for your work. What you wrote stays with your country.")),
        plain(
            voice.gettext(
                "Your details and the answers you wrote: {mydata}. To have your personal data erased: {erase}.",
                mydata=voice.command("mydata"),
                erase=voice.command("erase"),
            )
        ),
    ]
    return message(text)


RENDERED_WITH_TEMPLATE: dict[type[Saying], Callable[[Any, Voice, Template], Message]] = {
    Colleagues: colleagues,
    ColleagueCard: colleague,
    InviteScope: invite_scope,
}
RENDERED: dict[type[Saying], Callable[[Any, Voice], Message]] = {
    WithdrawAsk: withdraw_ask,
    Withdrawn: withdrawn,
    PlaceEnded: place_ended,
}
