"""The room of what stands beside the answers: notes, the log of consultations, files."""

from collections.abc import Awaitable, Callable
from typing import Final

from bot.buttons import Did, read
from bot.effects import Effects
from bot.handlers.visit import Visit
from bot.inbound import Commanded, Tapped
from workflows.notices import Toast
from workflows.use_cases.cause import Errand
from workflows.use_cases.hands import consulting, filing, noting
from workflows.use_cases.hands.taking_over import Came
from workflows.use_cases.hearing import Heard

Verb = Callable[[Errand, str, int], Awaitable[Came]]
"""What a button does: the errand, the button's argument, the card that was pressed."""


async def handle(visit: Visit) -> Effects | None:
    """/consultations, and the keys of notes, consultations and files."""
    match visit.incoming.did:
        case Commanded(name="consultations"):
            came = await consulting.show_log(visit.errand)
            return visit.quietly if came == "done" else await visit.explain("command_unknown")
        case Tapped(data=data, message_id=card):
            match read(data):
                case Did(verb, arg) if verb in _VERBS:
                    return _answer(visit, await _VERBS[verb](visit.errand, arg, card or 0))
    return None


async def hear(visit: Visit, asked: str, heard: Heard) -> Effects | None:
    """Take a note, or a detail of a consultation, that one of the cards of this room asked for."""
    word, _, about = asked.partition(".")
    if word not in _HEARD:
        return None
    came = await _HEARD[word](visit.errand, about, heard.text)
    return visit.quietly if came == "done" else await visit.explain("no_question_open")


def _answer(visit: Visit, came: Came) -> Effects:
    """What is denied looks like what is not there."""
    if came == "done":
        return visit.quietly
    return visit.toast(Toast(code="locked" if came == "locked" else "stale"))


async def _notes(errand: Errand, arg: str, _card: int) -> Came:
    return await noting.show(errand, arg)


async def _note(errand: Errand, arg: str, _card: int) -> Came:
    return await noting.ask(errand, arg)


async def _note_remove(errand: Errand, arg: str, card: int) -> Came:
    return await noting.remove(errand, int(arg), card)


async def _consultations(errand: Errand, arg: str, card: int) -> Came:
    return await consulting.show_log(errand, int(arg or 0), card if arg else None)


async def _consult_as(errand: Errand, arg: str, _card: int) -> Came:
    return await (consulting.ask_with_whom(errand, arg) if arg else consulting.begin(errand))


async def _consult(errand: Errand, arg: str, card: int) -> Came:
    number, _, act = arg.partition(":")
    match act:
        case "day":
            return await consulting.ask_day(errand, int(number))
        case "subject":
            return await consulting.ask_subject(errand, int(number))
        case "remove":
            return await consulting.remove(errand, int(number), card)
        case _:
            return await consulting.show(
                errand, int(number), card if act == "ask" else None, confirm=act == "ask"
            )


async def _consult_line(errand: Errand, arg: str, _card: int) -> Came:
    number, *official, prompt = arg.split(":")
    if official:
        return await consulting.confirm_line(errand, int(number), int(official[0]), prompt)
    return await consulting.offer_line(errand, int(number), prompt)


async def _files(errand: Errand, arg: str, _card: int) -> Came:
    return await filing.show(errand, arg)


async def _file(errand: Errand, arg: str, card: int) -> Came:
    number, _, act = arg.partition(":")
    match act:
        case "ask":
            return await filing.ask_removal(errand, int(number), card)
        case "remove":
            return await filing.remove(errand, int(number), card)
        case _:
            return await filing.send_back(errand, int(number))


_VERBS: Final[dict[str, Verb]] = {
    "notes": _notes,
    "note": _note,
    "note_remove": _note_remove,
    "consultations": _consultations,
    "consult_as": _consult_as,
    "consult": _consult,
    "consult_line": _consult_line,
    "files": _files,
    "file": _file,
}


# --- what is typed --------------------------------------------------------------------------------------------


async def _day(errand: Errand, about: str, text: str) -> Came:
    return await consulting.take_day(errand, int(about), text)


async def _subject(errand: Errand, about: str, text: str) -> Came:
    return await consulting.take_subject(errand, int(about), text)


_HEARD: Final[dict[str, Callable[[Errand, str, str], Awaitable[Came]]]] = {
    "note": noting.take,
    "consult_with": consulting.take_with_whom,
    "consult_day": _day,
    "consult_subject": _subject,
}
