"""The doors of the secretariat: where the region stands, and who is invited."""

from typing import Literal, cast

from bot.buttons import Did, read
from bot.effects import Effects
from bot.handlers import anyone
from bot.handlers.visit import Visit
from bot.inbound import Attached, Commanded, Tapped, Typed
from workflows.notices import Help, InviteWhom, Toast
from workflows.people.roles import Role
from workflows.reference import find_country
from workflows.reference.nearest import nearest_countries
from workflows.review.events import Pressed, WentTo
from workflows.use_cases import inviting, which_country
from workflows.use_cases.hearing import Heard
from workflows.use_cases.status import showing
from workflows.use_cases.support import wishes


async def handle(visit: Visit) -> Effects:
    """From what the officer did to one verb."""
    match visit.incoming.did:
        case Commanded(name=name, argument=argument):
            return await _command(visit, name, argument)
        case Tapped(data=data):
            return await _tap(visit, data)
        case Typed() as typed:
            heard = await visit.heard(typed)
            asked = await _hear(visit, heard)
            if asked is None and typed.edited:
                return await visit.explain("edit_unknown")
            state = find_country(typed.text) if asked is None and not typed.forwarded else None
            if state is not None and await showing.show_country(visit.errand, state.code):
                return visit.quietly
            if asked is None and await wishes.show(visit.errand, typed.text):
                return visit.quietly
            return asked or await visit.unasked(typed.text, "no_answers_here")
        case Attached(kind=kind):
            return await visit.explain(kind)
    return visit.quietly


async def _hear(visit: Visit, heard: Heard) -> Effects | None:
    """Take a country that was typed where one of the cards of this door asked for it; else another room's answer."""
    done = await anyone.hear(visit, heard)
    command = which_country.command_for(heard.asked)
    return await _command(visit, command, heard.text) if done is None and command else done


async def _command(visit: Visit, name: str, argument: str) -> Effects:
    match name:
        case "invite":
            return await _invite(visit, argument)
        case "replace":
            return await _ask_whom_to_replace(visit, argument)
        case "start" | "continue" | "sections":
            visit.errand.say(Help(role=visit.errand.actor.role), "help")
        case _:
            return await visit.explain("command_unknown")
    return visit.quietly


async def _tap(visit: Visit, data: str) -> Effects:
    match read(data):
        case Did("invite", arg):
            role, _, country = arg.partition(".")
            return await visit.invite(cast("Role", role), country) if role else await _invite(visit, "")
        case Did("replace", arg):
            return await (_replace(visit, int(arg)) if arg.isdecimal() else _ask_whom_to_replace(visit, arg))
        case Did(verb):
            return await _command(visit, verb, "")
        case Pressed() | WentTo():
            return visit.toast(Toast(code="stale"))
    return visit.toast(Toast(code="unreadable"))


async def _invite(visit: Visit, argument: str) -> Effects:
    """`/invite` alone asks for the country; with one, in any of three languages, it makes a focal point's link."""
    if not argument:
        return _ask_whom(visit, InviteWhom())
    if argument.strip().casefold() == "secretariat":
        return await visit.invite("secretariat", "")
    country = find_country(argument)
    if country is None:
        return _ask_whom(
            visit,
            InviteWhom(
                problem="country_unknown", given=argument[:100], suggestions=nearest_countries(argument)
            ),
        )
    return await visit.invite("focal_point", country.code)


def _ask_whom(visit: Visit, notice: InviteWhom) -> Effects:
    inviting.ask_where(visit.errand, notice)
    return visit.quietly


async def _ask_whom_to_replace(visit: Visit, argument: str) -> Effects:
    country = find_country(argument)
    if country is None:
        problem: Literal["", "country_unknown"] = "country_unknown" if argument.strip() else ""
        return _ask_whom(
            visit,
            InviteWhom(
                replacing=True, problem=problem, given=argument[:100], suggestions=nearest_countries(argument)
            ),
        )
    asked = await inviting.ask_whom_to_replace(visit.errand, country.code)
    return visit.quietly if asked else await visit.explain("not_allowed")


async def _replace(visit: Visit, membership_id: int) -> Effects:
    place = await inviting.holder(visit.errand, membership_id)
    if place is None:
        return visit.toast(Toast(code="stale"))
    return await visit.invite(place.role, place.country, replaces=place.id)
