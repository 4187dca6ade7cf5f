"""The room of the reference documents and the glossary: open to everybody who has a place."""

from typing import Final, cast

from bot.buttons import Did, read
from bot.effects import Effects
from bot.handlers.visit import Visit
from bot.inbound import Commanded, Tapped
from workflows.languages import Language
from workflows.notices import Toast
from workflows.reference.terms import Part
from workflows.use_cases import consulting
from workflows.use_cases.hearing import Heard

LONGEST_QUERY: Final = 100


async def handle(visit: Visit) -> Effects | None:
    """/documents, alone or with what is looked for, the keys under its cards, and those of the glossary."""
    match visit.incoming.did:
        case Commanded(name="documents", argument=argument):
            consulting.find(visit.errand, argument.strip()[:LONGEST_QUERY])
            return visit.quietly
        case Tapped(data=data, message_id=card):
            match read(data):
                case Did("documents", ""):
                    consulting.find(visit.errand, "")
                    return visit.quietly
                case Did("documents", document):
                    shown = consulting.show(visit.errand, document)
                    return visit.quietly if shown else visit.toast(Toast(code="stale"))
                case Did("glossary", arg):
                    part, _, page = arg.partition(".")
                    edits = card if arg else None
                    consulting.show_glossary(
                        visit.errand, cast("Part", part or "terms"), int(page or 0), edits
                    )
                    return visit.quietly
                case Did("template", language):
                    consulting.send_template(visit.errand, cast("Language", language))
                    return visit.quietly
    return None


async def hear(visit: Visit, asked: str, heard: Heard) -> Effects | None:  # noqa: ARG001 - this room asks nothing
    """Nothing typed is waited for here."""
    return None
