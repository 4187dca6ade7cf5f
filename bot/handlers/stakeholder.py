"""The door of stakeholders: their own written inputs, and nothing of any review."""

from bot.buttons import Did, read
from bot.effects import Effects
from bot.handlers import own_input
from bot.handlers.visit import Visit
from bot.inbound import Attached, Commanded, Tapped, Typed
from workflows.notices import Help, Toast
from workflows.review.courtesy import is_courtesy
from workflows.review.reading import asks_how, read_language
from workflows.use_cases import own_data
from workflows.use_cases.hearing import ASKS_LANGUAGE, Heard
from workflows.use_cases.inputs import writing


async def handle(visit: Visit) -> Effects:
    """From what the stakeholder did to one verb; what everybody may do with their own data has been looked at."""
    errand = visit.errand
    match visit.incoming.did:
        case Commanded(name="start"):
            await writing.resume(errand)
        case Commanded(name="help"):
            errand.say(Help(role=errand.actor.role), "help")
        case Commanded():
            return await visit.explain("command_unknown")
        case Tapped(data=data, message_id=card):
            return await _tap(visit, data, card or 0)
        case Typed() as typed:
            return await _hear(visit, await visit.heard(typed))
        case Attached():
            await writing.resume(errand, unsaved="text_only")
    return visit.quietly


async def _hear(visit: Visit, heard: Heard) -> Effects:
    errand = visit.errand
    if heard.asked == ASKS_LANGUAGE and (language := read_language(heard.text)):
        await own_data.set_language(errand, language)
    elif asks_how(heard.text):
        errand.say(Help(role=errand.actor.role), "help")
    elif heard.edited:
        if not await own_input.correct(errand, heard.answered, heard):
            await writing.resume(errand, unsaved="unsaved")
    elif not await own_input.hear(errand, heard.asked, heard):
        if is_courtesy(heard.text):
            return await visit.explain("courtesy")
        await writing.resume(errand, unsaved="not_own" if heard.unsure else "unsaved")
    return visit.quietly


async def _tap(visit: Visit, data: str, card: int) -> Effects:
    match read(data):
        case Did("input", arg):
            shown = await own_input.press(visit.errand, arg, card)
            return visit.quietly if shown else visit.toast(Toast(code="stale"))
        case Did("help"):
            visit.errand.say(Help(role=visit.errand.actor.role), "help")
            return visit.quietly
        case Did(verb):
            thing = verb
        case _:
            thing = "question"
    visit.errand.note("press", "", thing, "denied")
    return visit.toast(Toast(code="stale"))
