"""The room of written inputs: the officers' desk; and the keys of their own input for who has a place meanwhile."""

from bot.buttons import Did, read
from bot.effects import Effects
from bot.handlers import own_input
from bot.handlers.visit import Visit
from bot.inbound import Commanded, Tapped
from workflows.notices import Toast
from workflows.use_cases.hearing import Heard
from workflows.use_cases.inputs import desk, publishing
from workflows.use_cases.inputs.desk import Came


async def handle(visit: Visit) -> Effects | None:
    """/inputs and the keys under its cards; None for what is meant for another room."""
    match visit.incoming.did:
        case Commanded(name="inputs"):
            came = await desk.show(visit.errand)
            return visit.quietly if came == "done" else await visit.explain("command_unknown")
        case Tapped(data=data, message_id=card):
            match read(data):
                case Did("input", arg):
                    return await _own(visit, arg, card or 0)
                case Did("inputs" | "input_list" | "input_read" | "input_publish" as verb, arg):
                    came = await _press(visit, verb, arg, card or 0)
                    return visit.quietly if came == "done" else visit.toast(Toast(code="stale"))
    return None


async def hear(visit: Visit, asked: str, heard: Heard) -> Effects | None:
    """Take an address that an officer was asked for, or what somebody writes in an input of their own."""
    word, _, number = asked.partition(".")
    if word == publishing.ASKS_ADDRESS:
        came = await publishing.publish(visit.errand, int(number), heard.text)
        return visit.quietly if came == "done" else await visit.explain("no_question_open")
    mine = await own_input.as_writer(visit.errand) if word.startswith("input_") else None
    return visit.quietly if mine is not None and await own_input.hear(mine, asked, heard) else None


async def correct(visit: Visit, answered: str, heard: Heard) -> Effects | None:
    """Let an edited message correct an input of one's own; of an officer's address it says nothing."""
    mine = await own_input.as_writer(visit.errand) if answered.startswith("input_") else None
    return visit.quietly if mine is not None and await own_input.correct(mine, answered, heard) else None


async def _own(visit: Visit, arg: str, card: int) -> Effects:
    mine = await own_input.as_writer(visit.errand)
    if mine is not None and await own_input.press(mine, arg, card):
        return visit.quietly
    visit.errand.note("press", visit.errand.actor.country, "input", "denied")
    return visit.toast(Toast(code="stale"))


async def _press(visit: Visit, verb: str, arg: str, card: int) -> Came:
    errand = visit.errand
    head, _, rest = arg.partition(".")
    match verb, head:
        case "input_list", value:
            return await desk.show_list(errand, value, int(rest), card)
        case "input_read", number:
            return await publishing.read(errand, int(number))
        case "input_publish", number if rest:
            return await publishing.take_back(errand, int(number))
        case "input_publish", number:
            return await publishing.ask_address(errand, int(number))
        case "inputs", "call":
            return await _call(visit, rest, card)
        case "inputs", ("end" | "end_yes"):
            return await desk.end_call(errand, int(rest), card, sure=head == "end_yes")
        case "inputs", ("table" | "public"):
            return await desk.send_table(errand, public=head == "public")
    return await desk.show(errand, card)


async def _call(visit: Visit, chosen: str, card: int) -> Came:
    category, _, follows = chosen.partition(".")
    if follows:
        return await desk.open_call(visit.errand, category, follows, visit.link, visit.random)
    return await desk.ask_call(visit.errand, category, card)
