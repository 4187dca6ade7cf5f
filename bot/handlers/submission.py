"""The room of a review on its way: the look, clearances, frozen texts, submission, opening again."""

from collections.abc import Awaitable, Callable
from typing import Final

from bot.buttons import Did, read
from bot.effects import Effects
from bot.failpoints import reach as pass_by
from bot.handlers.visit import Visit
from bot.inbound import Commanded, Tapped
from workflows.notices import Toast
from workflows.reference import countries
from workflows.use_cases.cause import Errand
from workflows.use_cases.hearing import Heard
from workflows.use_cases.submission import (
    clearances,
    clearing,
    editions,
    freezing,
    looking,
    own_draft,
    reopening,
    submitting,
)
from workflows.use_cases.submission.telling import Came

Verb = Callable[[Errand, str, int], Awaitable[Came]]
"""What a button does: the errand, the button's argument, the card that was pressed."""


async def handle(visit: Visit) -> Effects | None:
    """/submit, /clearing, /editions, /export and the keys under their cards; None for another room."""
    match visit.incoming.did:
        case Commanded(name=name, argument=argument) if name in _COMMANDS:
            came = await _COMMANDS[name](visit.errand, argument)
            return visit.quietly if came == "done" else await visit.explain("command_unknown")
        case Tapped(data=data, message_id=card):
            match read(data):
                case Did("clearing", arg) if "invite." in arg:
                    return await _invite(visit, *_place(arg))
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


async def correct(visit: Visit, asked: str, _heard: Heard) -> Effects | None:
    """Answer the correction of a reason, which stands as it was first sent; None for what is none."""
    if asked.partition(".")[0] not in _HEARD:
        return None
    return await visit.explain("reason_edited")


async def _invite(visit: Visit, country: str, _word: str, step: str) -> Effects:
    """A link for whoever gives one of the clearances; the secretariat names the country."""
    own = visit.errand.actor.country
    known = {state.code for state in countries()}
    if country and (country not in known or (own and country != own)):
        visit.errand.note("invite_clearer", country, "clearing", "denied")
        return visit.toast(Toast(code="stale"))
    return await visit.invite("clearer", own or country, scope=step)


def _place(arg: str) -> tuple[str, str, str]:
    """A key of the clearances in its parts: the country where one is named, what is done, and with which number."""
    country, _, rest = arg.rpartition("steps.") if "steps." in arg else arg.rpartition("invite.")
    return country.rstrip("."), "steps" if "steps." in arg else "invite", rest


# --- keys ------------------------------------------------------------------------------------------------------------


async def _submit(errand: Errand, arg: str, card: int) -> Came:
    number, _, seen = arg.partition(".")
    if number in ("", "look"):
        return await looking.look(errand, card if number else None)
    if seen:
        came = await submitting.submit(errand, int(number), seen, card)
        pass_by("after_submission")
        return came
    return await submitting.ask(errand, int(number), card)


async def _freeze(errand: Errand, arg: str, card: int) -> Came:
    word, _, seen = arg.partition(".")
    match word:
        case "shown" | "left_out":
            came = await freezing.freeze(errand, card, word, seen)
        case "":
            came = await freezing.freeze(errand, card)
        case _:
            return "stale"
    pass_by("after_freeze")
    return came


async def _clearing(errand: Errand, arg: str, card: int) -> Came:
    if arg.isdecimal():
        return await clearances.pick(errand, int(arg), card)
    if "." not in arg:
        return await clearances.show(errand, arg, card if arg else None)
    country, _, rest = _place(arg)
    steps, _, sure = rest.partition(".")
    if country and not sure:
        return await clearances.ask(errand, int(steps), country, card)
    return await clearances.set_steps(errand, int(steps), country, card)


async def _editions(errand: Errand, arg: str, _card: int) -> Came:
    number, _, printed = arg.partition(".")
    if not number:
        return await editions.show_editions(errand)
    return await editions.send_edition(errand, int(number), "pdf" if printed else "docx")


async def _own_draft(errand: Errand, arg: str, _card: int) -> Came:
    return await own_draft.send(errand, "pdf" if arg else "docx")


async def _clear(errand: Errand, arg: str, card: int) -> Came:
    number, _, sure = arg.partition(".")
    if sure:
        return await clearing.clear(errand, int(number), card)
    return await clearing.ask_to_clear(errand, int(number))


async def _ask_changes(errand: Errand, arg: str, card: int) -> Came:
    number, _, word = arg.partition(".")
    if word == "not":
        return await clearing.leave_undecided(errand, int(number), card)
    return await (clearing.ask_changes if word else clearing.ask_reason)(errand, int(number))


async def _reopen(errand: Errand, arg: str, card: int) -> Came:
    number, _, sure = arg.partition(".")
    return await reopening.reopen(errand, int(number), card, sure=bool(sure))


async def _ask_reopen(errand: Errand, arg: str, _card: int) -> Came:
    number, _, sure = arg.partition(".")
    return await (reopening.request if sure else reopening.ask_reason)(errand, int(number))


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
    "own_draft": _own_draft,
    "clear": _clear,
    "ask_changes": _ask_changes,
    "ask_reopen": _ask_reopen,
    "reopen": _reopen,
    "keep_closed": _numbered(reopening.refuse),
}
_COMMANDS: Final[dict[str, Callable[[Errand, str], Awaitable[Came]]]] = {
    "submit": lambda errand, _: looking.look(errand),
    "clearing": clearances.open_room,
    "editions": lambda errand, _: editions.show_editions(errand),
    "export": lambda errand, _: own_draft.send(errand),
}
_HEARD: Final[dict[str, Callable[[Errand, int, str], Awaitable[Came]]]] = {
    "clear_reason": clearing.take_reason,
    "reopen_reason": reopening.take_reason,
}
