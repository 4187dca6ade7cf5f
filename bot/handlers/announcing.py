"""The room in which the secretariat writes to many; for everybody else it is not there."""

from collections.abc import Awaitable, Callable
from typing import Any, Final, cast

from bot.buttons import Did, read
from bot.effects import Effects
from bot.handlers.visit import Visit
from bot.inbound import Commanded, Tapped
from workflows.notices import Toast
from workflows.use_cases.cause import Errand
from workflows.use_cases.hearing import Heard
from workflows.use_cases.steering import addressing, composing, dispatching, following
from workflows.use_cases.steering.wording import Writing
from workflows.use_cases.workshops.sessions import Came

LONGEST_WORDS: Final = 300
Verb = Callable[[Errand, str, int], Awaitable[Came]]
"""What a button does: the errand, the button's argument, the card that was pressed."""


async def handle(visit: Visit) -> Effects | None:
    """/announce and /told, alone or with words, and the keys under their cards."""
    errand = visit.errand
    match visit.incoming.did:
        case Commanded(name="announce", argument=argument):
            words = argument.strip()[:LONGEST_WORDS]
            came = await (addressing.take_whom(errand, 0, words) if words else addressing.show_home(errand))
        case Commanded(name="told", argument=argument):
            came = await following.show_told(errand, argument.strip()[:LONGEST_WORDS])
        case Tapped(data=data, message_id=card):
            match read(data):
                case Did(verb, arg) if verb in _VERBS:
                    return _pressed(visit, await _VERBS[verb](errand, arg, card or 0))
            return None
        case _:
            return None
    return await visit.explain("command_unknown") if came == "denied" else visit.quietly


async def hear(visit: Visit, asked: str, heard: Heard) -> Effects | None:
    """Take a sentence about people, a text or a time that one of the cards of this room asked for."""
    word, _, about = asked.partition(".")
    number, _, rest = about.partition(".")
    errand = visit.errand
    match word:
        case "announce_whom":
            came = await addressing.take_whom(errand, int(number), heard.text)
        case "announce_text":
            since = [each.partition(".") for each in heard.goes_on("announce_text")]
            later = [noted for of, _, noted in since if of == number]
            writing = Writing.read(later[0] if later else rest)
            came = await composing.take_text(errand, int(number), writing, heard, goes_on=bool(later))
        case "announce_when":
            came = await dispatching.take_when(errand, int(number), heard.text)
        case _:
            return None
    if came == "done":
        return visit.quietly
    return await visit.give_back(await composing.why_late(errand, int(number)), heard.text)


async def correct(visit: Visit, asked: str, heard: Heard) -> Effects | None:
    """Let the text of a draft follow an edited message; say of what was sent that it stands."""
    if not asked.startswith("announce_text."):
        return None
    if await composing.correct(visit.errand, heard):
        return visit.quietly
    return await visit.explain("gone_out")


def _pressed(visit: Visit, came: Came) -> Effects:
    match came:
        case "denied" | "stale":
            return visit.toast(Toast(code="stale"))
        case "already":
            return visit.toast(Toast(code="already"))
    return visit.quietly


# --- the keys --------------------------------------------------------------------------------------------------------


async def _home(errand: Errand, _arg: str, _card: int) -> Came:
    return await addressing.show_home(errand)


async def _to(errand: Errand, arg: str, card: int) -> Came:
    number, _, key = arg.partition(".")
    return await addressing.choose(errand, cast("Any", key), int(number), card)


async def _meant(errand: Errand, arg: str, card: int) -> Came:
    return await addressing.accept_doubt(errand, int(arg), card)


async def _whom(errand: Errand, arg: str, _card: int) -> Came:
    return await addressing.show_home(errand, int(arg))


async def _draft(errand: Errand, arg: str, _card: int) -> Came:
    return await composing.show_draft(errand, int(arg))


async def _in(errand: Errand, arg: str, card: int) -> Came:
    number, _, language = arg.partition(".")
    return await composing.open_text(errand, int(number), card, Writing(cast("Any", language)))


async def _anew(errand: Errand, arg: str, card: int) -> Came:
    number, _, language = arg.partition(".")
    return await composing.open_text(errand, int(number), card, Writing(cast("Any", language), anew=True))


async def _move(errand: Errand, arg: str, card: int) -> Came:
    number, source, target, since = arg.split(".")
    return await composing.move_text(
        errand, int(number), cast("Any", source), cast("Any", target), int(since), card
    )


async def _without(errand: Errand, arg: str, card: int) -> Came:
    number, _, language = arg.partition(".")
    return await composing.drop_text(errand, int(number), cast("Any", language), card)


async def _ready(errand: Errand, arg: str, card: int) -> Came:
    number, _, switch = arg.partition(".")
    return await composing.use_nudge(errand, int(number), card, ready=switch == "on")


async def _template(errand: Errand, arg: str, card: int) -> Came:
    number, _, switch = arg.partition(".")
    return await composing.bring_template(errand, int(number), card, along=switch == "on")


async def _send(errand: Errand, arg: str, card: int) -> Came:
    number, _, how = arg.partition(".")
    return await dispatching.send(errand, int(number), card, decent=how == "now")


async def _when(errand: Errand, arg: str, _card: int) -> Came:
    return await dispatching.ask_when(errand, int(arg))


async def _at(errand: Errand, arg: str, card: int) -> Came:
    number, _, minute = arg.partition(".")
    return await dispatching.send(errand, int(number), card, at=dispatching.from_minute(int(minute)))


async def _drop(errand: Errand, arg: str, card: int) -> Came:
    return await dispatching.discard(errand, int(arg), card)


async def _progress(errand: Errand, arg: str, card: int) -> Came:
    number, _, how = arg.partition(".")
    if how == "picture":
        return await following.show_picture(errand, int(number))
    return await following.show_progress(errand, int(number), card if how else 0, detailed=how == "details")


async def _back(errand: Errand, arg: str, card: int) -> Came:
    return await following.take_back(errand, int(arg), card)


async def _wrong(errand: Errand, arg: str, _card: int) -> Came:
    return await following.ask_correction(errand, int(arg))


async def _correct(errand: Errand, arg: str, card: int) -> Came:
    return await dispatching.correct(errand, int(arg), card)


async def _told(errand: Errand, arg: str, _card: int) -> Came:
    return await following.show_told(errand, arg)


async def _told_to(errand: Errand, arg: str, _card: int) -> Came:
    return await following.show_told_to(errand, int(arg))


_VERBS: Final[dict[str, Verb]] = {
    "announce": _home,
    "announce_to": _to,
    "announce_meant": _meant,
    "announce_whom": _whom,
    "announce_draft": _draft,
    "announce_in": _in,
    "announce_anew": _anew,
    "announce_move": _move,
    "announce_without": _without,
    "announce_ready": _ready,
    "announce_template": _template,
    "announce_send": _send,
    "announce_when": _when,
    "announce_at": _at,
    "announce_drop": _drop,
    "announcement": _progress,
    "announce_back": _back,
    "announce_wrong": _wrong,
    "announce_correct": _correct,
    "told": _told,
    "told_to": _told_to,
}
