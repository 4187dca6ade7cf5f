"""The room of documents that were filled in outside the chat: what they hold, and taking it into the draft."""

from typing import cast

from bot.buttons import Did, read
from bot.effects import Effects
from bot.handlers.visit import Visit
from bot.inbound import Tapped
from bot.render.review_labels import our_words
from workflows.notices import Toast
from workflows.use_cases.hands import filing, filled
from workflows.use_cases.hands.filled import Opened, Way
from workflows.use_cases.hands.taking_over import Came
from workflows.use_cases.hearing import Heard


async def handle(visit: Visit) -> Effects | None:
    """The keys under everything that is said of a document."""
    match visit.incoming.did:
        case Tapped(data=data):
            match read(data):
                case Did(verb, arg) if verb in ("filled", "filled_text", "filled_take", "filled_evidence"):
                    return await _press(visit, verb, arg)
    return None


async def hear(visit: Visit, asked: str, heard: Heard) -> Effects | None:  # noqa: ARG001 - this room asks nothing
    """Nothing typed is waited for here."""
    return None


async def _press(visit: Visit, verb: str, arg: str) -> Effects:
    number, _, rest = arg.partition(":")
    document = await filled.opened(visit.errand, int(number), our_words())
    came = await _do(document, verb, rest) if document is not None else "stale"
    if came == "done":
        return visit.quietly
    return visit.toast(Toast(code="locked" if came == "locked" else "stale"))


async def _do(document: Opened, verb: str, arg: str) -> Came:
    match verb, arg.split(":"):
        case "filled", ["open"]:
            return await filled.take_open(document)
        case "filled", ["astray"]:
            return filled.show_astray(document)
        case "filled", ["end"]:
            return await filled.end(document)
        case "filled_text", [passage, *prompt]:
            return filled.show_text(document, int(passage), "".join(prompt))
        case "filled_take", [passage, version, way, prompt]:
            return await filled.take(document, int(passage), int(version), cast("Way", way), prompt)
        case "filled_evidence", [question]:
            return await filing.keep_as_evidence(document, question)
    return filled.show(document)
