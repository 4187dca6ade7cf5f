"""The room of the region and of one country: for the secretariat; to everybody else it is not there."""

from typing import Final, Literal, cast

from bot.buttons import Did, read
from bot.effects import Effects
from bot.handlers.visit import Visit
from bot.inbound import Commanded, Tapped
from workflows.notices import StatusFilter, Toast
from workflows.reference import countries, find_country
from workflows.use_cases.hearing import Heard
from workflows.use_cases.status import showing

LONGEST: Final = 100
"""How much of a typed country is looked at."""


async def handle(visit: Visit) -> Effects | None:
    """/status, /country and the keys under their cards."""
    match visit.incoming.did:
        case Commanded(name="status"):
            shown = await showing.show_status(visit.errand)
            return visit.quietly if shown else await visit.explain("command_unknown")
        case Commanded(name="progress") if visit.errand.actor.role == "secretariat":
            await showing.show_status(visit.errand)
            return visit.quietly
        case Commanded(name="country", argument=argument):
            shown = await _country(visit, argument)
            return visit.quietly if shown else await visit.explain("command_unknown")
        case Tapped(data=data, message_id=card):
            match read(data):
                case Did(verb, arg):
                    return await _tap(visit, verb, arg, card)
    return None


async def hear(visit: Visit, asked: str, heard: Heard) -> Effects | None:  # noqa: ARG001 - this room asks nothing
    """Nothing typed is waited for here."""
    return None


async def _tap(visit: Visit, verb: str, arg: str, card: int | None) -> Effects | None:
    match verb:
        case "status":
            shown = await showing.show_status(visit.errand, int(arg or 0))
        case "status_list":
            shown = await _list(visit, arg, card)
        case "changes":
            shown = await showing.show_changes(visit.errand)
        case "status_file":
            shown = await showing.send_file(visit.errand, cast("Literal['xlsx', 'csv']", arg))
        case "status_notes":
            wish, _, said = arg.partition(".")
            wanted = cast("Literal['', 'morning', 'digest']", wish)
            shown = await showing.show_notes(
                visit.errand, wanted, on=said == "on", card=card if wish else None
            )
        case "country":
            shown = await _chosen(visit, arg, card)
        case _:
            return None
    return visit.quietly if shown else visit.toast(Toast(code="stale"))


async def _list(visit: Visit, arg: str, card: int | None) -> bool:
    """A filter's first page is a message of its own, below the picture; its other pages turn in place."""
    wanted, _, page = arg.partition(".")
    turned = card if page else None
    return await showing.show_list(visit.errand, cast("StatusFilter", wanted), int(page or 0), turned)


async def _chosen(visit: Visit, arg: str, card: int | None) -> bool:
    if arg.isdecimal():
        return showing.offer_countries(visit.errand, int(arg), card=card)
    if not arg:
        return showing.offer_countries(visit.errand)
    known = arg in {country.code for country in countries()}
    return known and await showing.show_country(visit.errand, arg)


async def _country(visit: Visit, typed: str) -> bool:
    """`/country` alone asks which; with a name in any of three languages it shows that one."""
    given = typed.strip()[:LONGEST]
    found = find_country(given) if given else None
    if found is None:
        return showing.offer_countries(visit.errand, given=given)
    return await showing.show_country(visit.errand, found.code)
