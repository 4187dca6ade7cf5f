"""The room in which the calendar is steered; only the secretariat finds it open."""

from typing import Final, cast

from bot.buttons import Did, read
from bot.effects import Effects
from bot.handlers.visit import Visit
from bot.inbound import Commanded, Tapped
from workflows.notices import Toast
from workflows.notices.scheduling import Wanted
from workflows.use_cases.calendar import handing_over, scheduling
from workflows.use_cases.hearing import Heard
from workflows.use_cases.workshops.sessions import Came

ASKED: Final = frozenset({"date", "place", "country", "extension"})


async def handle(visit: Visit) -> Effects | None:
    """/schedule, alone or with a sentence, and the keys under its cards."""
    match visit.incoming.did:
        case Commanded(name="schedule", argument=argument):
            errand, words = visit.errand, argument.strip()
            came = await (scheduling.take_order(errand, words) if words else scheduling.show(errand))
            return await _answer(visit, came)
        case Tapped(data=data, message_id=card):
            match read(data):
                case Did(verb, arg):
                    return await _tap(visit, verb, arg, card or 0)
    return None


async def hear(visit: Visit, asked: str, heard: Heard) -> Effects | None:
    """Take a sentence, a date, a place or a country that one of the cards of this room asked for."""
    word, _, about = asked.partition(".")
    if word == "order":
        return await _answer(visit, await scheduling.take_order(visit.errand, heard.text))
    if word == "handed":
        return await _answer(visit, await handing_over.take_day(visit.errand, about, heard.text))
    if word in ASKED:
        came = await scheduling.take(visit.errand, cast("Wanted", word), about, heard.text)
        return await _answer(visit, came)
    return None


async def _tap(visit: Visit, verb: str, arg: str, card: int) -> Effects | None:
    errand = visit.errand
    match verb:
        case "schedule":
            came = await (scheduling.show_event(errand, arg) if arg else scheduling.show(errand))
        case "schedule_page":
            came = await scheduling.show(errand, int(arg), card)
        case "reschedule":
            milestone, _, what = arg.partition(".")
            if what in ASKED:
                came = await scheduling.ask(errand, milestone, cast("Wanted", what))
            else:
                came = await scheduling.propose_by_key(errand, milestone, what, card)
        case "hand_over":
            came = await _hand_over(visit, arg, card)
        case "proposal":
            number, _, index = arg.partition(".")
            came = await scheduling.choose(errand, int(number), int(index), card)
        case "move":
            number, _, answer = arg.partition(".")
            came = await scheduling.decide(errand, int(number), card, does=answer == "do")
            if came == "done" and answer == "do":
                return visit.toast(Toast(code="noted"))
        case _:
            return None
    return await _answer(visit, came)


async def _hand_over(visit: Visit, arg: str, card: int) -> Came:
    """Tick something off that was handed over: on the event's card, or in a letter that stays as it is."""
    milestone, what, *shown = arg.split(".")
    match what:
        case "day":
            return await handing_over.ask_day(visit.errand, milestone)
        case "undo":
            return await handing_over.take_back(visit.errand, milestone, "".join(shown), card)
    return await handing_over.note_today(visit.errand, milestone, card if what == "done" else None)


async def _answer(visit: Visit, came: Came) -> Effects:
    match came:
        case "denied":
            return await visit.explain("secretariat_schedules")
        case "stale" | "already":
            return visit.toast(Toast(code=came))
    return visit.quietly
