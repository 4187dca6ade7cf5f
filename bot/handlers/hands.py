"""The room of those who work together on one review: colleagues and their texts, versions, entries by objective."""

from collections.abc import Awaitable, Callable
from typing import Final, cast

from bot.buttons import Did, read
from bot.effects import Effects
from bot.handlers.visit import Visit
from bot.inbound import Commanded, Tapped
from workflows.notices import Toast
from workflows.review.merging import Way
from workflows.use_cases import tagged
from workflows.use_cases.cause import Errand
from workflows.use_cases.hands import colleagues, earlier, supported, taking_over, versions
from workflows.use_cases.hands.taking_over import Came, Shown
from workflows.use_cases.hearing import Heard

Verb = Callable[[Errand, str, int], Awaitable[Came]]
"""What a button does: the errand, the button's argument, the card that was pressed."""


async def handle(visit: Visit) -> Effects | None:
    """/colleagues, and the keys under everything that is said of several people's work."""
    match visit.incoming.did:
        case Commanded(name="colleagues"):
            came = await colleagues.show_team(visit.errand)
            return visit.quietly if came == "done" else await visit.explain("command_unknown")
        case Tapped(data=data, message_id=card):
            match read(data):
                case Did("invite_for", scope):
                    return await _invite_for(visit, scope)
                case Did(verb, arg) if verb in _VERBS:
                    return _answer(visit, await _VERBS[verb](visit.errand, arg, card or 0))
    return None


async def hear(visit: Visit, asked: str, heard: Heard) -> Effects | None:  # noqa: ARG001 - this room asks nothing
    """Nothing typed is waited for here."""
    return None


def _answer(visit: Visit, came: Came) -> Effects:
    """What is denied looks like what is not there."""
    if came == "done":
        return visit.quietly
    return visit.toast(Toast(code="locked" if came == "locked" else "stale"))


async def _invite_for(visit: Visit, scope: str) -> Effects:
    """A link for a contributor of one's own country, for all, a section or a question."""
    named = "" if scope == "all" else scope
    if not await colleagues.is_open_scope(visit.errand, named):
        return visit.toast(Toast(code="stale"))
    return await visit.invite("contributor", visit.errand.actor.country, scope=named)


# --- the keys -------------------------------------------------------------------------------------------------


async def _colleagues(errand: Errand, _arg: str, card: int) -> Came:
    return await colleagues.show_team(errand, card)


async def _colleague(errand: Errand, arg: str, _card: int) -> Came:
    return await colleagues.show_colleague(errand, int(arg))


async def _scope(errand: Errand, arg: str, card: int) -> Came:
    return await colleagues.ask_scope(errand, arg, card)


async def _withdraw(errand: Errand, arg: str, card: int) -> Came:
    place, _, answer = arg.partition(":")
    if answer:
        return await colleagues.withdraw(errand, int(place), card)
    return await colleagues.ask_withdrawal(errand, int(place))


async def _revoke(errand: Errand, arg: str, card: int) -> Came:
    return await colleagues.revoke(errand, int(arg), card)


async def _beside(errand: Errand, arg: str, _card: int) -> Came:
    prompt, _, place = arg.partition(":")
    return await taking_over.show(errand, prompt, int(place or 0))


async def _take(errand: Errand, arg: str, card: int) -> Came:
    way, place, number, official, prompt = arg.split(":")
    shown = Shown(prompt, int(place), int(number), int(official))
    match way:
        case "choose":
            return await taking_over.choose_parts(errand, shown, 0, card)
        case "copy":
            return await taking_over.copy(errand, shown)
        case _:
            return await taking_over.take(errand, shown, cast("Way", way))


async def _pick(errand: Errand, arg: str, card: int) -> Came:
    act, place, number, official, picked, prompt = arg.split(":")
    shown = Shown(prompt, int(place), int(number), int(official))
    if act == "take":
        return await taking_over.take(errand, shown, "parts", int(picked, 16))
    return await taking_over.choose_parts(errand, shown, int(picked, 16), card)


async def _earlier(errand: Errand, arg: str, _card: int) -> Came:
    return await earlier.show(errand, arg)


async def _take_earlier(errand: Errand, arg: str, _card: int) -> Came:
    edition, _, prompt = arg.partition(":")
    return await earlier.take(errand, int(edition), prompt)


async def _received(errand: Errand, arg: str, _card: int) -> Came:
    return await supported.show(errand, arg)


async def _received_add(errand: Errand, arg: str, _card: int) -> Came:
    request, official, prompt = arg.split(":")
    return await supported.add(errand, int(request), int(official), prompt)


async def _earlier_review(errand: Errand, arg: str, _card: int) -> Came:
    return await earlier.send_review(errand, "pdf" if arg else "docx")


async def _tagged(errand: Errand, arg: str, card: int) -> Came:
    objective, _, page = arg.partition(".")
    if not objective:
        return await tagged.show_all(errand)
    return await tagged.show(errand, objective, int(page or 0), card if page else None)


async def _history(errand: Errand, arg: str, card: int) -> Came:
    prompt, _, page = arg.partition(":")
    return await versions.show_history(errand, prompt, int(page or 0), card if page else None)


async def _version(errand: Errand, arg: str, _card: int) -> Came:
    prompt, _, number = arg.partition(":")
    return await versions.show_version(errand, prompt, int(number))


async def _bring_back(errand: Errand, arg: str, _card: int) -> Came:
    prompt, number, newest = arg.split(":")
    return await versions.bring_back(errand, prompt, int(number), int(newest))


_VERBS: Final[dict[str, Verb]] = {
    "colleagues": _colleagues,
    "colleague": _colleague,
    "scope": _scope,
    "withdraw_colleague": _withdraw,
    "revoke_link": _revoke,
    "beside": _beside,
    "take_text": _take,
    "pick_text": _pick,
    "earlier": _earlier,
    "take_earlier": _take_earlier,
    "earlier_review": _earlier_review,
    "received": _received,
    "received_add": _received_add,
    "tagged": _tagged,
    "history": _history,
    "version": _version,
    "bring_back": _bring_back,
}
