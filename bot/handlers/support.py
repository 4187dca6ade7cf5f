"""The room of the help desk: asking, one's own requests, the office's requests, the list of answers, offers."""

from collections.abc import Awaitable, Callable
from typing import Any, Final

from bot.buttons import Did, read
from bot.effects import Effects
from bot.handlers.visit import Visit
from bot.inbound import Commanded, Tapped
from workflows.notices import Explained, Toast
from workflows.people.roles import OFFICES
from workflows.reference import find_country
from workflows.use_cases.cause import Errand
from workflows.use_cases.hearing import Heard
from workflows.use_cases.support import asking, following, offering, publishing, replying, staffing
from workflows.use_cases.support.desk import Came

Verb = Callable[[Errand, str, int], Awaitable[Came]]
"""What a button does: the errand, the button's argument, the card that was pressed."""
Take = Callable[[Errand, str, Heard], Awaitable[Came]]
"""What takes a text: the errand, what the card asked about, the text."""


async def handle(visit: Visit) -> Effects | None:
    """/ask, /requests, /supporters, /answers, /offers and the keys under their cards; None for another room's."""
    match visit.incoming.did:
        case Commanded(name=name, argument=argument):
            return await _command(visit, name, argument.strip())
        case Tapped(data=data, message_id=card):
            match read(data):
                case Did("supporter_link", arg):
                    return await _invite(visit, arg)
                case Did(verb, arg) if verb in _VERBS:
                    came = await _VERBS[verb](visit.errand, arg, card or 0)
                    return _answer(visit, came)
    return None


async def hear(visit: Visit, asked: str, heard: Heard) -> Effects | None:
    """Take a text that one of the cards of this room asked for."""
    word, _, about = asked.partition(".")
    if word == "support_where":
        return await _where(visit, about, heard.text)
    if word not in _HEARD:
        return None
    came = await _HEARD[word](visit.errand, about, heard)
    if came == "done":
        return visit.quietly
    return await visit.give_back(Explained(code="late"), heard.text)


async def correct(visit: Visit, asked: str, _heard: Heard) -> Effects | None:
    """Say of an edited request or answer that its first words stand; None for another room's."""
    return await visit.explain("gone_out") if asked.partition(".")[0] in _HEARD else None


async def _command(visit: Visit, name: str, argument: str) -> Effects | None:
    errand = visit.errand
    match name:
        case "ask":
            came = await (asking.take(errand, argument) if argument else asking.ask(errand))
        case "requests":
            came = await _requests(errand, argument)
        case "answers":
            came = await publishing.show_all(errand, argument)
        case "offers":
            came = await offering.show(errand)
        case "supporters":
            came = await staffing.show(errand)
        case _:
            return None
    return visit.quietly if came != "denied" else await visit.explain("command_unknown")


async def _requests(errand: Errand, argument: str) -> Came:
    """`/requests` shows all that are open; with a country those of that country; to who asks, their own."""
    if errand.actor.role not in ("supporter", "secretariat"):
        return await following.show_own(errand)
    country = find_country(argument) if argument else None
    if argument and country is None:
        return replying.ask_which_country(errand, argument)
    return await replying.show_list(errand, country.code if country else "")


def _answer(visit: Visit, came: Came) -> Effects:
    """Whoever may not do something is told what is told of a key that is no longer there."""
    match came:
        case "denied" | "stale":
            return visit.toast(Toast(code="stale"))
        case "already":
            return visit.toast(Toast(code="already"))
    return visit.quietly


# --- inviting supporters ---------------------------------------------------------------------------------------------


async def _invite(visit: Visit, arg: str) -> Effects:
    office, _, country = arg.partition(".")
    if not staffing.may_staff(visit.errand):
        return visit.toast(Toast(code="stale"))
    return await visit.invite("supporter", "" if country == "all" else country, scope=office)


async def _where(visit: Visit, office: str, text: str) -> Effects:
    """A country typed for an office: its link, or the question again."""
    country = find_country(text)
    if office in OFFICES and country is not None and staffing.may_staff(visit.errand):
        return await visit.invite("supporter", country.code, scope=office)
    came = await staffing.ask_where(visit.errand, office, text)
    return visit.quietly if came == "done" else await visit.explain("no_answers_here")


# --- keys of those who ask -------------------------------------------------------------------------------------------


async def _ask(errand: Errand, arg: str, _card: int) -> Came:
    return await asking.ask(errand, prompt=arg)


async def _ask_kind(errand: Errand, arg: str, card: int) -> Came:
    kind, _, prompt = arg.partition(".")
    return await asking.ask(errand, kind, prompt, card=card)


async def _ask_send(errand: Errand, arg: str, card: int) -> Came:
    number, _, kind = arg.partition(".")
    return await asking.send(errand, int(number), kind, card)


async def _ask_entry(errand: Errand, arg: str, card: int) -> Came:
    number, _, entry = arg.partition(".")
    return await asking.another(errand, int(number), entry, card)


async def _ask_term(errand: Errand, arg: str, card: int) -> Came:
    number, _, term = arg.partition(".")
    return await asking.define(errand, int(number), term, card)


async def _my_requests(errand: Errand, arg: str, card: int) -> Came:
    return await following.show_own(errand, int(arg or 0), card if arg else None)


async def _request_more(errand: Errand, arg: str, _card: int) -> Came:
    return await following.ask_more(errand, int(arg))


# --- keys of those who answer ----------------------------------------------------------------------------------------


async def _desk(errand: Errand, arg: str, card: int) -> Came:
    country, _, page = arg.partition(".")
    return await replying.show_list(
        errand, "" if country == "all" else country, int(page or 0), card if arg else None
    )


async def _request(errand: Errand, arg: str, _card: int) -> Came:
    return await replying.show(errand, int(arg))


async def _reply(errand: Errand, arg: str, _card: int) -> Came:
    return await replying.ask_reply(errand, int(arg))


async def _pass(errand: Errand, arg: str, card: int) -> Came:
    number, _, office = arg.partition(".")
    if not office:
        return await replying.offer_offices(errand, int(number), card)
    return await replying.pass_on(errand, int(number), office, card)


async def _list(errand: Errand, arg: str, _card: int) -> Came:
    return await publishing.ask_question(errand, arg)


async def _list_question(errand: Errand, arg: str, _card: int) -> Came:
    return await publishing.ask_question(errand, f"{publishing.OF_A_SESSION}{arg}")


async def _supporters(errand: Errand, arg: str, card: int) -> Came:
    return await (staffing.ask_where(errand, arg) if arg else staffing.show(errand, card))


# --- keys of everybody -----------------------------------------------------------------------------------------------


async def _answers(errand: Errand, arg: str, card: int) -> Came:
    return await publishing.show_all(errand, "", int(arg or 0), card if arg else None)


async def _answered(errand: Errand, arg: str, _card: int) -> Came:
    return await publishing.show(errand, int(arg))


async def _offers(errand: Errand, arg: str, card: int) -> Came:
    return await offering.show(errand, int(arg or 0), card if arg else None)


async def _take_up(errand: Errand, arg: str, card: int) -> Came:
    number, _, page = arg.partition(".")
    return await offering.take_up(errand, int(number), int(page or 0), card)


def _of_request(verb: Callable[[Errand, int, int], Awaitable[Came]]) -> Verb:
    """A verb about one request, drawn in the place of the card."""

    async def done(errand: Errand, arg: str, card: int) -> Came:
        return await verb(errand, int(arg), card)

    return done


_VERBS: Final[dict[str, Verb]] = {
    "ask": _ask,
    "ask_kind": _ask_kind,
    "ask_send": _ask_send,
    "ask_entry": _ask_entry,
    "ask_term": _ask_term,
    "ask_person": _of_request(asking.ask_person),
    "ask_fits": _of_request(asking.fits),
    "ask_attach": _of_request(asking.attach),
    "my_requests": _my_requests,
    "my_request": _of_request(following.show),
    "request_more": _request_more,
    "request_done": _of_request(following.close),
    "request_again": _of_request(following.reopen),
    "requests": _desk,
    "request": _request,
    "request_take": _of_request(replying.take),
    "request_answer": _reply,
    "request_pass": _pass,
    "request_close": _of_request(replying.close),
    "request_list": _list,
    "question_list": _list_question,
    "supporters": _supporters,
    "answers": _answers,
    "answered": _answered,
    "answer_withdraw": _of_request(publishing.withdraw),
    "support_offers": _offers,
    "offer_take": _take_up,
}


# --- what is typed ---------------------------------------------------------------------------------------------------


async def _asked(errand: Errand, about: str, heard: Heard) -> Came:
    kind, _, prompt = about.partition(".")
    goes_on = [int(number) for number in heard.goes_on("support_asked")]
    return await asking.take(errand, heard.text, kind, prompt.replace(":", "."), goes_on)


async def _listed_question(errand: Errand, about: str, heard: Heard) -> Came:
    begun = (each.split(".") for each in heard.goes_on("listed_answer"))
    entry = next((int(number) for number, source in begun if source == about), 0)
    return await publishing.take_question(errand, about, heard.text, entry)


async def _listed_answer(errand: Errand, about: str, heard: Heard) -> Came:
    entry, _, source = about.partition(".")
    goes_on = about in heard.goes_on("listed_confirm")
    return await publishing.take_answer(errand, int(entry), source, heard.text, goes_on=goes_on)


async def _listed_confirm(errand: Errand, about: str, heard: Heard) -> Came:
    entry, _, source = about.partition(".")
    return await publishing.confirm(errand, int(entry), source, heard.text)


def _numbered(verb: Callable[..., Awaitable[Came]], noted: str = "") -> Take:
    """A verb that takes the numbers its card asked with, and the text; `noted` is what says that it goes on."""

    async def taken(errand: Errand, about: str, heard: Heard) -> Came:
        numbers: list[Any] = [int(each) for each in about.split(".")]
        if not noted:
            return await verb(errand, *numbers, heard.text)
        return await verb(errand, *numbers, heard.text, goes_on=about in heard.goes_on(noted))

    return taken


_HEARD: Final[dict[str, Take]] = {
    "support_ask": _asked,
    "support_asked": _numbered(asking.add),
    "support_more": _numbered(following.take_more),
    "support_reply": _numbered(replying.take_reply, "support_replied"),
    "listed_question": _listed_question,
    "listed_answer": _listed_answer,
    "listed_confirm": _listed_confirm,
}
