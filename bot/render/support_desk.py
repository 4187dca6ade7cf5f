"""The help desk for those who answer: requests as cards, lists by country and age, and who supports whom."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from bot.buttons import Did
from bot.render import keyboards
from bot.render.headings import N_, capital
from bot.render.markup import NOTHING, SafeHtml, bold, italic, lines, plain, quoted
from bot.render.messages import Message, Row, button, message
from bot.render.people import role_name
from bot.render.support import wrong
from bot.render.support_words import (
    LONGEST,
    PAGE,
    excerpt,
    first_on,
    heading,
    office_keys,
    office_name,
    page_row,
    spoken,
)
from bot.render.voice import Spoken, Voice
from workflows import reference
from workflows.notices import Line
from workflows.notices.support import (
    AskReply,
    DeskGone,
    DeskList,
    DeskRequest,
    DeskWelcome,
    PassTo,
    SupportersView,
    WhichSupported,
)
from workflows.notices.support_group import GroupRequest
from workflows.review.template import Template

EVERYWHERE: Final = ("iom_regional", "escwa")
"""The offices that one person may serve for every state."""

NEWS: Final[Mapping[str, str]] = {
    "new": N_("📩 A new request"),
    "passed": N_("📩 A request was passed on to you by: {office}"),
    "silent": N_("⏰ A request that was not answered within two working days. So far with: {office}"),
    "more": N_("📩 Something was added to a request"),
    "again": N_("📩 A request was opened again"),
    "closed": N_("☑️ A request was closed"),
    "taken": N_("👤 A colleague has taken a request in hand"),
}


def welcome(notice: DeskWelcome, voice: Voice, _template: Template | None) -> Message:
    """What a supporter finds here."""
    office = capital(office_name(voice, notice.office))
    where = voice.country_name(notice.country) if notice.country else voice.gettext("every country")
    text = [
        lines([bold(voice.gettext("Help desk")), plain(Spoken(f"{office}{voice.between}{where}"))]),
        plain(
            voice.gettext(
                "Requests of those who prepare a review arrive here as messages. Take one, answer it in your own "
                "words, pass it on or close it. Your answer reaches who asked under the name of your office."
            )
        ),
        plain(voice.gettext("You see the requests only, and no review.")),
        bold(
            voice.ngettext("{count} request waits.", "{count} requests wait.", notice.waiting)
            if notice.waiting
            else voice.gettext("No request waits.")
        ),
    ]
    keys = [
        button(voice.gettext("Requests"), Did("requests")),
        button(voice.gettext("How Rafiq works"), Did("help")),
    ]
    return message(text, [keyboards.across(voice, keys)])


# --- one request -----------------------------------------------------------------------------------------------------


def request_card(notice: DeskRequest, voice: Voice, template: Template | None) -> Message:
    """A request with all that was said, and what can be done."""
    former = office_name(voice, notice.former)
    news = bold(voice.gettext(NEWS[notice.news], office=former)) if notice.news else NOTHING
    text = [
        news,
        lines([heading(voice, template, notice.request, country=True), *involved(notice, voice)]),
        quoted(notice.request.text),
        *spoken(voice, notice.words, LONGEST),
    ]
    return message(text, _keys(notice, voice) if notice.mine else [])


def involved(notice: DeskRequest | GroupRequest, voice: Voice) -> Iterator[SafeHtml]:
    """Who asks, and who has the request in hand."""
    if notice.name and notice.role:
        who = voice.gettext("Asked by: {name}, {role}", name=notice.name, role=role_name(voice, notice.role))
        yield plain(who)
    if notice.holder:
        yield plain(voice.gettext("In the hands of: {name}", name=notice.holder))


def _keys(notice: DeskRequest, voice: Voice) -> list[Row]:
    request, rows = str(notice.request.id), list[Row]()
    answer = button(voice.gettext("✍️ Answer"), Did("request_answer", request))
    if notice.request.state == "open":
        take = button(voice.gettext("👤 Take it"), Did("request_take", request))
        rows.append(keyboards.across(voice, [take, answer]))
    else:
        rows.append((answer,))
    if notice.request.state != "closed":
        rows.append(
            keyboards.across(
                voice,
                [
                    button(voice.gettext("Pass it on"), Did("request_pass", request)),
                    button(voice.gettext("Close it"), Did("request_close", request)),
                ],
            )
        )
    if notice.may_list:
        rows.append((button(voice.gettext("Put into the list of answers"), Did("request_list", request)),))
    return [*rows, (_to_list(voice),)]


def _to_list(voice: Voice, country: str = "") -> Any:
    return button(keyboards.backward(voice, voice.gettext("All requests")), Did("requests", country))


def gone(notice: DeskGone, voice: Voice, template: Template | None) -> Message:
    """Who has the request now."""
    office = office_name(voice, notice.request.office)
    if notice.silent:
        words = voice.gettext(
            "The request was not answered within two working days and has passed on. Now told: {office}. "
            "Who asked knows it too.",
            office=office,
        )
    else:
        words = voice.gettext(
            "The request has been passed on to: {office}. Who asked knows it too.", office=office
        )
    text = [
        bold(words),
        heading(voice, template, notice.request, country=True),
        excerpt(notice.request.text, 300),
    ]
    return message(text, [(_to_list(voice),)])


def reply(notice: AskReply, voice: Voice, template: Template | None) -> Message:
    """What to type, and who reads it."""
    text = [
        wrong(notice.problem, voice),
        heading(voice, template, notice.request, country=True),
        excerpt(notice.request.text, 600),
        plain(
            voice.gettext(
                "Please type the answer in your next message. It goes to who asked, under your office's name."
            )
        ),
    ]
    back = button(voice.gettext("Do not answer now"), Did("request", str(notice.request.id)))
    return message(text, [(back,)])


def pass_to(notice: PassTo, voice: Voice, template: Template | None) -> Message:
    """The offices that could take the request over."""
    text = [
        heading(voice, template, notice.request, country=True),
        plain(
            voice.gettext(
                "To which office does it pass? Shown are those that have somebody for this country."
            )
        ),
    ]
    back = button(
        keyboards.backward(voice, voice.gettext("Back to the request")),
        Did("request", str(notice.request.id)),
    )
    return message(
        text, [*office_keys(voice, "request_pass", notice.offices, f"{notice.request.id}."), (back,)]
    )


# --- lists -----------------------------------------------------------------------------------------------------------


def desk_list(notice: DeskList, voice: Voice, template: Template | None) -> Message:
    """The requests, the oldest first, and a key for each country that has any."""
    first = first_on(notice.page, len(notice.requests))
    shown = notice.requests[first : first + PAGE]
    text = [bold(_title(notice, voice))]
    text += [lines([heading(voice, template, each, country=True), excerpt(each.text)]) for each in shown]
    keys = [(button(_label(each.id, each.country, voice), Did("request", str(each.id))),) for each in shown]
    here = notice.country or "all"
    pages = page_row(voice, "requests", notice.page, len(notice.requests), f"{here}.")
    return message(text, [*keys, pages, *_countries(notice, voice)])


def _title(notice: DeskList, voice: Voice) -> Spoken:
    country = voice.country_name(notice.country) if notice.country else ""
    if not notice.requests:
        none = voice.gettext("No request is open.")
        return voice.gettext("{country}: {what}", country=country, what=none) if country else none
    count = voice.ngettext("{count} open request", "{count} open requests", len(notice.requests))
    return count if not country else Spoken(f"{count}{voice.between}{country}")


def _label(request: int, country: str, voice: Voice) -> str:
    return f"{voice.gettext('Request {number}', number=request)}{voice.between}{voice.country_name(country)}"


def _countries(notice: DeskList, voice: Voice) -> list[Row]:
    if len(notice.countries) < 2 and not notice.country:  # noqa: PLR2004 - one country needs no choice
        return []
    found = sorted(notice.countries, key=lambda each: voice.alphabetical(each[0]))
    keys = [
        button(f"{voice.country_name(code)} ({voice.number(count)})", Did("requests", f"{code}.0"))
        for code, count in found
        if code != notice.country
    ]
    every = (button(voice.gettext("All countries"), Did("requests", "all.0")),) if notice.country else ()
    return [*keyboards.in_columns(voice, keys), every]


# --- who supports whom -----------------------------------------------------------------------------------------------


def supporters(notice: SupportersView, voice: Voice, _template: Template | None) -> Message:
    """Who answers, by office, and a key to invite more."""
    text = [
        bold(voice.gettext("Who answers requests")),
        *(
            _office(office, people, [where for of, where in notice.groups if of == office], voice)
            for office, people in notice.offices
        ),
        plain(
            voice.gettext(
                "A request without a supporter goes to the next office, in the end to the secretariat."
            )
        ),
        plain(voice.gettext("Whom would you like to invite?")),
    ]
    return message(text, office_keys(voice, "supporters", [office for office, _ in notice.offices]))


def _office(office: str, people: Sequence[Line], groups: Sequence[str], voice: Voice) -> SafeHtml:
    found = [
        voice.gettext("• {name} · {country}", name=each.text, country=_where(each.detail, voice))
        for each in people
    ]
    found += [voice.gettext("• a group · {country}", country=_where(each, voice)) for each in groups]
    nobody = [italic(voice.gettext("nobody yet"))] if not found else []
    return lines([bold(capital(office_name(voice, office))), *map(plain, found), *nobody])


def _where(country: str, voice: Voice) -> Spoken:
    return voice.country_name(country) if country else voice.gettext("every country")


def which_supported(notice: WhichSupported, voice: Voice, _template: Template | None) -> Message:
    """For which country; every one where the office is a regional one."""
    problem = NOTHING
    if notice.given:
        problem = bold(voice.gettext("“{given}” is no country of the region.", given=notice.given))
    text = [
        problem,
        bold(capital(office_name(voice, notice.office))),
        plain(
            voice.gettext("For which country? Press it or type its name; you then get a link for one person.")
        ),
    ]
    states = sorted(reference.countries(), key=lambda each: voice.alphabetical(each.code))
    keys = [
        button(voice.country_name(each.code), Did("supporter_link", f"{notice.office}.{each.code}"))
        for each in states
    ]
    rows: list[Row] = []
    if notice.office in EVERYWHERE:
        every = button(capital(voice.gettext("every country")), Did("supporter_link", f"{notice.office}.all"))
        rows.append((every,))
    return message(text, [*rows, *keyboards.in_columns(voice, keys)])


RENDERED: Final[Mapping[type[Any], Callable[[Any, Voice, Template | None], Message]]] = {
    DeskWelcome: welcome,
    DeskRequest: request_card,
    DeskGone: gone,
    AskReply: reply,
    PassTo: pass_to,
    DeskList: desk_list,
    SupportersView: supporters,
    WhichSupported: which_supported,
}
"""What renders each of these notices; the template gives a question its number."""
