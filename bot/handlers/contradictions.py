"""The room of answers that do not go together: look at them, or call all of them right."""

from bot.buttons import Did, read
from bot.effects import Effects
from bot.handlers.visit import Visit
from bot.inbound import Tapped
from workflows.notices import Toast
from workflows.use_cases import contradicting
from workflows.use_cases.hearing import Heard


async def handle(visit: Visit) -> Effects | None:
    """The keys under a contradiction; None for what is meant for another room."""
    match visit.incoming.did:
        case Tapped(data=data, message_id=card):
            match read(data):
                case Did("contradiction", name):
                    came = await contradicting.show(visit.errand, name)
                case Did("keep_all", name):
                    came = await contradicting.keep_all(visit.errand, name, card or 0)
                case _:
                    return None
            return visit.quietly if came == "done" else visit.toast(Toast(code="stale"))
    return None


async def hear(visit: Visit, asked: str, heard: Heard) -> Effects | None:  # noqa: ARG001 every room has this door
    """Nothing is typed here."""
    return None
