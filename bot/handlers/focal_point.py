"""The doors of those who write a country's review: focal points and contributors."""

from typing import cast

from bot.buttons import Did, read
from bot.effects import Effects
from bot.handlers import anyone, evidence
from bot.handlers.visit import Visit
from bot.inbound import Attached, Commanded, Tapped, Typed
from workflows.notices import ExplainCode, Toast
from workflows.people.roles import Role
from workflows.review.events import Pressed, WentTo
from workflows.use_cases import answering, standing
from workflows.use_cases.hearing import heard

PLACES = {"start": "hub", "sections": "hub", "continue": "continue"}


async def handle(visit: Visit) -> Effects:
    """From what the person did to one verb."""
    match visit.incoming.did:
        case Commanded(name=name):
            return await _command(visit, name)
        case Tapped(data=data, message_id=card):
            return await _tap(visit, data, card or 0)
        case Typed() as typed:
            return await _text(visit, typed)
        case Attached() as attached:
            return await _attached(visit, attached)
    return visit.quietly


async def _command(visit: Visit, name: str) -> Effects:
    if name in PLACES:
        return await _go(visit, PLACES[name])
    if name == "progress":
        await standing.show_progress(visit.errand)
        return visit.quietly
    return await visit.explain("command_unknown")


async def _tap(visit: Visit, data: str, card: int) -> Effects:
    match read(data):
        case Pressed() as pressed:
            return visit.toast(await answering.press(visit.errand, pressed, card))
        case WentTo(place):
            return await _go(visit, place)
        case Did("invite", arg) if arg:
            role, _, country = arg.partition(".")
            return await visit.invite(cast("Role", role), country)
        case Did("is_answer", update_id):
            return visit.toast(await answering.take_as_answer(visit.errand, int(update_id)))
        case Did(verb):
            return await _command(visit, verb)
    return visit.toast(Toast(code="unreadable"))


async def _go(visit: Visit, place: str) -> Effects:
    return visit.toast(await answering.go(visit.errand, WentTo(place)))


async def _text(visit: Visit, typed: Typed) -> Effects:
    text = await visit.heard(typed)
    asked = await anyone.hear(visit, text)
    if asked is not None:
        return asked
    toast = await answering.hear(visit.errand, text)
    if typed.cleaned:
        await visit.explain("characters_replaced")
    return visit.toast(toast)


async def _attached(visit: Visit, attached: Attached) -> Effects:
    """Files stand behind the answer of an open question; for the rest there is no place, and that is said.

    Words that came with them are kept until they have a place.
    """
    if attached.kind == "edit_not_text" and attached.caption.strip():
        corrected = await heard(visit.errand, attached.caption, attached.message_id, edited=True)
        return visit.toast(await answering.hear(visit.errand, corrected))
    edited = attached.kind == "edit_not_text"
    if not await evidence.take(visit, attached):
        in_album: ExplainCode = "album" if attached.album else attached.kind
        of_edit: ExplainCode = "edit_of_file" if attached.edits_document else attached.kind
        await visit.explain(of_edit if edited else in_album)
    if attached.caption.strip():
        caption = await heard(visit.errand, attached.caption, attached.message_id, unsure=True)
        await answering.hear(visit.errand, caption)
    return visit.quietly
