"""The room of the audit: for the secretariat; to everybody else it is not there."""

from bot.buttons import Did, read
from bot.effects import Effects
from bot.handlers.visit import Visit
from bot.inbound import Commanded, Tapped
from workflows.notices import Toast
from workflows.reference import find_country
from workflows.use_cases import auditing
from workflows.use_cases.hearing import Heard


async def handle(visit: Visit) -> Effects | None:
    """/audit, alone or with a country, and the keys under its pages."""
    match visit.incoming.did:
        case Commanded(name="audit", argument=argument):
            country = find_country(argument)
            if country is None and argument.strip():
                shown = auditing.ask_which_country(visit.errand, argument)
            else:
                shown = await auditing.show(visit.errand, country.code if country else "")
            return visit.quietly if shown else await visit.explain("command_unknown")
        case Tapped(data=data, message_id=card):
            match read(data):
                case Did("audit", arg):
                    code, _, before = arg.partition(".")
                    shown = await auditing.show(visit.errand, code, int(before or 0), card)
                    return visit.quietly if shown else visit.toast(Toast(code="stale"))
    return None


async def hear(visit: Visit, asked: str, heard: Heard) -> Effects | None:  # noqa: ARG001 - this room asks nothing
    """Nothing typed is waited for here."""
    return None
