"""The room of a review on its way: the look, clearances, frozen texts, submission, opening again."""

from collections.abc import Awaitable, Callable
from typing import Final

from bot.buttons import Did, read
from bot.effects import Effects
from bot.handlers.visit import Visit
from bot.inbound import Commanded, Tapped
from workflows.notices import Toast
from workflows.use_cases.answering import Heard
from workflows.use_cases.cause import Errand
from workflows.use_cases.submission import clearing, editions, freezing, looking, reopening, submitting
from workflows.use_cases.submission.telling import Came

Verb = Callable[[Errand, str, int], Awaitable[Came]]
"""What a button does: the errand, the button's argument, the card that was pressed."""


async def handle(visit: Visit) -> Effects | None:
    """/submit, /clearing, /editions and the keys under their cards; None for what is meant for another room."""
    match visit.incoming.did:
        case Commanded(name=name) if name in _COMMANDS:
            came = await _COMMANDS[name](visit.errand)
            return visit.quietly if came == "done" else await visit.explain("command_unknown")
        case Tapped(data=data, message_id=card):
            match read(data):
                case Did("clearing", arg) if arg.startswith("invite."):
                    return await _invite(visit, arg.removeprefix("invite."))
                case Did(verb, arg) if verb in _VERBS:
                    came = await _VERBS[verb](visit.errand, arg, card or 0)
                    if came == "locked":
                        return visit.toast(Toast(code="locked"))
                    return visit.quietly if came == "done" else visit.toast(Toast(code="stale"))
    return None


async def hear(visit: Visit, asked: str, heard: Heard) -> Effects | None:
    """Take a reason that one of these cards asked for."""
    word, _, number = asked.partition(".")
    if word not in _HEARD:
        return None
    came = await _HEARD[word](visit.errand, int(number), heard.text)
    return visit.quietly if came == "done" else await visit.explain("no_question_open")


async def _invite(visit: Visit, step: str) -> Effects:
    """A link for whoever gives one of the clearances."""
    return await visit.invite("clearer", visit.errand.actor.country, scope=step)


# --- keys ------------------------------------------------------------------------------------------------------------


async def _submit(errand: Errand, arg: str, card: int) -> Came:
    number, _, seen = arg.partition(".")
    if number in ("", "look"):
        return await looking.look(errand, card if number else None)
    if seen:
        return await submitting.submit(errand, int(number), seen, card)
    return await submitting.ask(errand, int(number), card)


async def _freeze(errand: Errand, _arg: str, card: int) -> Came:
    return await freezing.freeze(errand, card)


async def _clearing(errand: Errand, arg: str, card: int) -> Came:
    if not arg:
        return await clearing.show_clearing(errand)
    return await clearing.set_steps(errand, int(arg.removeprefix("steps.")), card)


async def _editions(errand: Errand, arg: str, _card: int) -> Came:
    return await (editions.send_edition(errand, int(arg)) if arg else editions.show_editions(errand))


async def _clear(errand: Errand, arg: str, card: int) -> Came:
    number, _, sure = arg.partition(".")
    if sure:
        return await clearing.clear(errand, int(number), card)
    return await clearing.ask_to_clear(errand, int(number))


async def _ask_changes(errand: Errand, arg: str, _card: int) -> Came:
    number, _, sure = arg.partition(".")
    return await (clearing.ask_changes if sure else clearing.ask_reason)(errand, int(number))


async def _reopen(errand: Errand, arg: str, card: int) -> Came:
    number, _, sure = arg.partition(".")
    return await reopening.reopen(errand, int(number), card, sure=bool(sure))


async def _ask_reopen(errand: Errand, arg: str, _card: int) -> Came:
    return await reopening.ask_reason(errand, int(arg))


def _numbered(verb: Callable[[Errand, int, int], Awaitable[Came]]) -> Verb:
    async def done(errand: Errand, arg: str, card: int) -> Came:
        return await verb(errand, int(arg), card)

    return done


_VERBS: Final[dict[str, Verb]] = {
    "submit": _submit,
    "freeze": _freeze,
    "recall": _numbered(freezing.take_back),
    "clearing": _clearing,
    "editions": _editions,
    "clear": _clear,
    "ask_changes": _ask_changes,
    "ask_reopen": _ask_reopen,
    "reopen": _reopen,
    "keep_closed": _numbered(reopening.refuse),
}
_COMMANDS: Final[dict[str, Callable[[Errand], Awaitable[Came]]]] = {
    "submit": looking.look,
    "clearing": clearing.show_clearing,
    "editions": editions.show_editions,
}
_HEARD: Final[dict[str, Callable[[Errand, int, str], Awaitable[Came]]]] = {
    "clear_reason": clearing.take_reason,
    "reopen_reason": reopening.take_reason,
}
