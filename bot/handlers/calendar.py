"""The room of the calendar: open to everybody who has a place; only a lead focal point says who takes part."""

from typing import Final, Literal, cast

from bot.buttons import Did, read
from bot.effects import Effects
from bot.handlers.visit import Visit
from bot.inbound import Commanded, Tapped
from workflows.notices import Toast
from workflows.use_cases.calendar import showing as calendar
from workflows.use_cases.hearing import Heard

LONGEST_WORDS: Final = 100


async def handle(visit: Visit) -> Effects | None:
    """/calendar and /agenda, and the keys under their cards."""
    match visit.incoming.did:
        case Commanded(name="calendar"):
            await calendar.show_calendar(visit.errand)
        case Commanded(name="agenda", argument=argument):
            await calendar.find_agenda(visit.errand, argument.strip()[:LONGEST_WORDS])
        case Tapped(data=data, message_id=card):
            return await _tap(visit, data, card or 0)
        case _:
            return None
    return visit.quietly


async def hear(visit: Visit, asked: str, heard: Heard) -> Effects | None:  # noqa: ARG001 - this room asks nothing
    """Nothing typed is waited for here."""
    return None


async def _tap(visit: Visit, data: str, card: int) -> Effects | None:
    errand = visit.errand
    match read(data):
        case Did("calendar", page):
            await calendar.show_calendar(errand, int(page or 0), card if page else None)
        case Did("hijri", switch):
            await calendar.set_hijri(errand, card, wanted=switch == "on")
        case Did("event" | "ics" | "agenda" as verb, thing):
            return await _open(visit, verb, thing, card)
        case Did("taking_part", answer):
            return await _taking_part(visit, answer)
        case _:
            return None
    return visit.quietly


async def _open(visit: Visit, verb: str, thing: str, card: int) -> Effects:
    """Open what a key names; the calendar may have changed since it was drawn."""
    errand = visit.errand
    event, _, again = thing.partition(".")
    match verb:
        case "event":
            opened = await calendar.show_event(errand, event)
        case "ics":
            opened = await calendar.send_file(errand, event)
        case _ if not event:
            await calendar.find_agenda(errand, "")
            opened = True
        case _:
            opened = await calendar.show_agenda(errand, event, card if again else None)
    return visit.quietly if opened else visit.toast(Toast(code="stale"))


async def _taking_part(visit: Visit, answer: str) -> Effects:
    if answer:
        said = await calendar.say_taking_part(visit.errand, cast("Literal['yes', 'no']", answer))
    else:
        said = await calendar.ask_taking_part(visit.errand)
    return visit.quietly if said else await visit.refuse()
