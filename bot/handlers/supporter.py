"""The door of those who support: the requests of their office and countries, and nothing of any review."""

from bot.buttons import Did, read
from bot.effects import Effects
from bot.handlers import anyone
from bot.handlers.visit import Visit
from bot.inbound import Attached, Commanded, Tapped, Typed
from workflows.notices import ExplainCode, Toast
from workflows.use_cases.support import replying


async def handle(visit: Visit) -> Effects:
    """From what the supporter did to one verb; no question of a review is open to them."""
    match visit.incoming.did:
        case Commanded(name="start"):
            await replying.welcome(visit.errand)
        case Commanded():
            return await visit.explain("command_unknown")
        case Tapped(data=data):
            return _tap(visit, data)
        case Typed() as typed:
            heard = await visit.heard(typed)
            unasked: ExplainCode = "edit_unknown" if typed.edited else "no_answers_here"
            return await anyone.hear(visit, heard) or await visit.unasked(typed.text, unasked)
        case Attached(kind=kind):
            return await visit.explain(kind)
    return visit.quietly


def _tap(visit: Visit, data: str) -> Effects:
    """Keys that are not of a room: none of them is for a supporter."""
    pressed = read(data)
    thing = pressed.verb if isinstance(pressed, Did) else "question"
    visit.errand.note("press", visit.errand.actor.country, thing, "denied")
    return visit.toast(Toast(code="stale"))
