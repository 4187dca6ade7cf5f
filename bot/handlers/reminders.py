"""The doors to one's reminders, and to those of a country for the secretariat."""

from datetime import date
from typing import cast

from bot.buttons import Did, read
from bot.effects import Effects
from bot.handlers.visit import Visit
from bot.inbound import Commanded, Tapped
from workflows.notices import Toast
from workflows.reference import countries, find_country
from workflows.use_cases.hearing import Heard
from workflows.use_cases.reminders import log as reminder_log
from workflows.use_cases.reminders import settings as reminder_settings
from workflows.use_cases.reminders.settings import Until, View


async def handle(visit: Visit) -> Effects | None:
    """From what the person did to one verb; None for what is not about reminders."""
    match visit.incoming.did:
        case Commanded("reminders", argument):
            return await _command(visit, argument.strip())
        case Tapped(data=data, message_id=card):
            match read(data):
                case Did(verb, arg):
                    return await _tap(visit, verb, arg, card or 0)
    return None


async def hear(visit: Visit, asked: str, heard: Heard) -> Effects | None:  # noqa: ARG001 - nothing is typed here
    """Nothing is asked here that is typed."""
    return None


async def _command(visit: Visit, argument: str) -> Effects:
    """`/reminders` alone shows one's own; with a country, the secretariat sees that country's."""
    if not argument:
        await reminder_settings.show(visit.errand)
        return visit.quietly
    country = find_country(argument)
    if country is None:
        seen = await reminder_log.ask_country(visit.errand, argument)
    else:
        seen = await reminder_log.show_log(visit.errand, country.code)
    return visit.quietly if seen else await visit.explain("not_allowed")


async def _tap(visit: Visit, verb: str, arg: str, card: int) -> Effects | None:
    match verb:
        case "reminders":
            view, _, page = arg.partition(".")
            await reminder_settings.show(
                visit.errand, cast("View", view or "main"), int(page or 0), card if view else None
            )
        case "remind_at":
            return await _hour(visit, arg, card)
        case "pause":
            await reminder_settings.set_paused(visit.errand, paused=arg == "on", card=card)
        case "snooze":
            return await _snooze(visit, arg)
        case "why":
            known = _is_day(arg) and await reminder_log.explain(visit.errand, arg)
            return visit.quietly if known else visit.toast(Toast(code="stale"))
        case "reminder_log":
            return await _log(visit, arg, card)
        case _:
            return None
    return visit.quietly


async def _hour(visit: Visit, arg: str, card: int) -> Effects:
    if not arg:
        await reminder_settings.offer_hours(visit.errand, card)
        return visit.quietly
    hour = None if arg == "usual" else int(arg)
    done = await reminder_settings.set_hour(visit.errand, hour, card)
    return visit.toast(Toast(code="noted" if done else "stale"))


async def _snooze(visit: Visit, arg: str) -> Effects:
    if arg == "off":
        await reminder_settings.wake(visit.errand)
        return visit.quietly
    until, _, letter = arg.partition(".")
    fresh = await reminder_settings.snooze(visit.errand, cast("Until", until), letter)
    return visit.toast(Toast(code="noted" if fresh else "already"))


async def _log(visit: Visit, arg: str, card: int) -> Effects:
    code, _, page = arg.partition(".")
    if not code:
        seen = await reminder_log.ask_country(visit.errand)
    elif code in {country.code for country in countries()}:
        seen = await reminder_log.show_log(visit.errand, code, int(page or 0), card if page else None)
    else:
        return visit.toast(Toast(code="stale"))
    return visit.quietly if seen else await visit.refuse()


def _is_day(digits: str) -> bool:
    try:
        date.fromisoformat(digits)
    except ValueError:
        return False
    return True
