"""The door of those who clear a country's review: frozen texts, and a decision on each."""

from bot.buttons import Did, read
from bot.effects import Effects
from bot.handlers import anyone
from bot.handlers.visit import Visit
from bot.inbound import Attached, Commanded, Tapped, Typed
from workflows.notices import Toast
from workflows.use_cases.submission import editions


async def handle(visit: Visit) -> Effects:
    """From what the clearer did to one verb; no question of the review is open to them."""
    match visit.incoming.did:
        case Commanded(name="start"):
            await editions.show_waiting(visit.errand)
        case Commanded():
            return await visit.explain("command_unknown")
        case Tapped(data=data):
            return _tap(visit, data)
        case Typed() as typed:
            heard = await visit.heard(typed)
            return await anyone.hear(visit, heard) or await visit.unasked(typed.text, "only_decisions")
        case Attached():
            return await visit.explain("only_decisions")
    return visit.quietly


def _tap(visit: Visit, data: str) -> Effects:
    """Keys that are not of a room: none of them is for a clearer."""
    pressed = read(data)
    thing = pressed.verb if isinstance(pressed, Did) else "question"
    visit.errand.note("press", visit.errand.actor.country, thing, "denied")
    return visit.toast(Toast(code="stale"))
