"""The room in which the secretariat looks after who takes part; for everybody else it is not there."""

from collections.abc import Awaitable, Callable
from typing import Final

from bot.buttons import Did, read
from bot.effects import Effects
from bot.handlers.visit import Visit
from bot.inbound import Commanded, Tapped
from workflows.notices import Toast
from workflows.use_cases.cause import Errand
from workflows.use_cases.hearing import Heard
from workflows.use_cases.steering import claiming, staffing
from workflows.use_cases.workshops.sessions import Came

LONGEST: Final = 300
"""So much is read of what is typed for a country."""


async def handle(visit: Visit) -> Effects | None:
    """/people, alone or with a country, and the keys under its cards."""
    match visit.incoming.did:
        case Commanded(name="people", argument=argument):
            came = await staffing.show(visit.errand, argument[:LONGEST])
            return visit.quietly if came == "done" else await visit.explain("command_unknown")
        case Tapped(data=data, message_id=card):
            match read(data):
                case Did("renew", arg):
                    return await _renew(visit, int(arg))
                case Did(verb, arg) if verb in _VERBS:
                    return _answer(visit, await _VERBS[verb](visit.errand, arg, card or 0))
    return None


async def hear(visit: Visit, asked: str, heard: Heard) -> Effects | None:  # noqa: ARG001 - this room asks nothing
    """Nothing typed is waited for here."""
    return None


async def _people(errand: Errand, arg: str, _card: int) -> Came:
    return await staffing.show(errand, arg)


async def _person(errand: Errand, arg: str, card: int) -> Came:
    number, _, redraws = arg.partition(".")
    return await staffing.show_place(errand, int(number), card if redraws else None)


async def _lead(errand: Errand, arg: str, card: int) -> Came:
    return await staffing.pass_lead(errand, int(arg), card)


async def _end_place(errand: Errand, arg: str, card: int) -> Came:
    number, _, answer = arg.partition(".")
    if answer == "yes":
        return await staffing.end_place(errand, int(number), card)
    return await staffing.show_place(errand, int(number), card, ending=answer != "no")


async def _close_link(errand: Errand, arg: str, card: int) -> Came:
    return await staffing.close_link(errand, int(arg), card)


async def _claim(errand: Errand, arg: str, card: int) -> Came:
    number, _, answer = arg.partition(".")
    if answer == "show":
        return await claiming.show_claim(errand, int(number))
    return await claiming.decide(errand, int(number), answer, card)


_VERBS: Final[dict[str, Callable[[Errand, str, int], Awaitable[Came]]]] = {
    "people": _people,
    "person": _person,
    "lead": _lead,
    "end_place": _end_place,
    "close_link": _close_link,
    "claim": _claim,
}


async def _renew(visit: Visit, invitation_id: int) -> Effects:
    """A new link in the place of one that waits or has ended: the old one no longer counts."""
    found = await staffing.open_link(visit.errand, invitation_id)
    if isinstance(found, str):
        return _answer(visit, found)
    await visit.errand.work.invitations.revoke(found.id, visit.errand.cause.now)
    return await visit.invite(found.role, found.country, found.replaces, scope=found.scope)


def _answer(visit: Visit, came: Came) -> Effects:
    match came:
        case "denied" | "stale":
            return visit.toast(Toast(code="stale"))
        case "already":
            return visit.toast(Toast(code="already"))
    return visit.quietly
