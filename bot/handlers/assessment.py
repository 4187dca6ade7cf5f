"""The room of a country's self-assessment: principles with marks and notes, areas, and the outline."""

from bot.buttons import Did, read
from bot.effects import Effects
from bot.handlers.visit import Visit
from bot.inbound import Commanded, Tapped
from workflows.notices import Toast
from workflows.use_cases.assessment import areas, marking, outlining
from workflows.use_cases.assessment.marking import Came
from workflows.use_cases.cause import Errand
from workflows.use_cases.hearing import Heard


async def handle(visit: Visit) -> Effects | None:
    """/assess and the keys under its cards; None for what is meant for another room."""
    match visit.incoming.did:
        case Commanded(name="assess"):
            came = await marking.show_all(visit.errand)
            return visit.quietly if came == "done" else await visit.explain("command_unknown")
        case Tapped(data=data, message_id=card):
            match read(data):
                case Did("assess" | "assess_areas" | "assess_support" | "assess_outline" as verb, arg):
                    came = await _press(visit.errand, verb, arg, card or 0)
                    return visit.quietly if came == "done" else visit.toast(Toast(code="stale"))
    return None


async def hear(visit: Visit, asked: str, heard: Heard) -> Effects | None:
    """Take the note that the card of a principle asked for."""
    word, _, about = asked.partition(".")
    if word != marking.ASKED:
        return None
    principle, _, seen = about.rpartition(".")
    came = await marking.take_note(visit.errand, principle, int(seen), heard.text)
    return visit.quietly if came == "done" else await visit.explain("no_question_open")


async def correct(visit: Visit, answered: str, _heard: Heard) -> Effects | None:
    """Say of an edited note that it stays as it was: what came in several messages is one note."""
    word, _, about = answered.partition(".")
    if word != marking.ASKED:
        return None
    came = await marking.explain_edit(visit.errand, about.rpartition(".")[0])
    return visit.quietly if came == "done" else None


async def _press(errand: Errand, verb: str, arg: str, card: int) -> Came:
    match verb:
        case "assess_areas":
            return await areas.show(errand)
        case "assess_outline":
            return await outlining.send(errand)
        case "assess_support":
            sort, _, name = arg.partition(".")
            return await areas.ask_support(errand, sort, name)
    principle, _, rest = arg.partition(".")
    act, _, seen = rest.partition(".")
    match act:
        case "" if principle:
            return await marking.show(errand, principle)
        case "":
            return await marking.show_all(errand, card)
        case "no_note":
            return await marking.drop_note(errand, principle, int(seen), card)
    return await marking.mark(errand, principle, act, int(seen), card)
