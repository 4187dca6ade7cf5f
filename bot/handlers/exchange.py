"""The room between a state and the secretariat: sharing, reading, remarks, decisions, consent."""

from collections.abc import Awaitable, Callable
from typing import Any, Final, cast

from bot.buttons import Did, read
from bot.effects import Effects
from bot.handlers.visit import Visit
from bot.inbound import Commanded, Tapped
from workflows.notices import Toast
from workflows.store.values_exchange import RemarkKind
from workflows.use_cases.cause import Errand
from workflows.use_cases.exchange import (
    consenting,
    lateness,
    laying_side_by_side,
    reading,
    remarking,
    settling,
    sharing,
)
from workflows.use_cases.exchange.consenting import Wish
from workflows.use_cases.exchange.entering import Came
from workflows.use_cases.exchange.remarking import Wanted
from workflows.use_cases.hearing import Heard

Verb = Callable[[Errand, str, int], Awaitable[Came]]
"""What a button does: the errand, the button's argument, the card that was pressed."""


async def handle(visit: Visit) -> Effects | None:
    """/share, /consent, /remarks, /review and the keys under what they show; None for another room's."""
    match visit.incoming.did:
        case Commanded(name=name, argument=argument) if name in _COMMANDS:
            came = await _COMMANDS[name](visit.errand, argument.strip(), 0)
            return await visit.explain("command_unknown") if came == "denied" else visit.quietly
        case Tapped(data=data, message_id=card):
            match read(data):
                case Did(verb, arg) if verb in _VERBS:
                    return _answer(visit, await _VERBS[verb](visit.errand, arg, card or 0))
    return None


async def hear(visit: Visit, asked: str, heard: Heard) -> Effects | None:
    """Take a text that one of the cards of this room asked for."""
    word, _, about = asked.partition(".")
    if word not in _HEARD:
        return None
    came = await _HEARD[word](visit.errand, about, heard)
    if came == "done":
        return visit.quietly
    return await visit.give_back(await lateness.why_late(visit.errand, word, about), heard.text)


async def correct(visit: Visit, asked: str, heard: Heard) -> Effects | None:
    """Let what was not sent follow an edited message; say of the rest that it stands. None for another room's."""
    if asked.partition(".")[0] not in _HEARD:
        return None
    if await remarking.correct(visit.errand, heard):
        return visit.quietly
    return await visit.explain("gone_out")


def _answer(visit: Visit, came: Came) -> Effects:
    """A denied press is answered like one on something that is not there any more."""
    match came:
        case "already":
            return visit.toast(Toast(code="already"))
        case "stale" | "denied":
            return visit.toast(Toast(code="stale"))
    return visit.quietly


# --- commands ---------------------------------------------------------------------


async def _share_command(errand: Errand, _argument: str, _card: int) -> Came:
    return await sharing.show(errand)


async def _consent_command(errand: Errand, _argument: str, _card: int) -> Came:
    return await consenting.show(errand)


async def _review_command(errand: Errand, argument: str, _card: int) -> Came:
    return await reading.open_review(errand, argument)


async def _remarks_command(errand: Errand, argument: str, _card: int) -> Came:
    if errand.actor.role == "secretariat":
        return await remarking.show_remarks(errand, argument)
    return await settling.show_own(errand)


_COMMANDS: Final[dict[str, Verb]] = {
    "share": _share_command,
    "consent": _consent_command,
    "review": _review_command,
    "remarks": _remarks_command,
}


# --- keys of the state ---------------------------------------------------------------------


async def _share(errand: Errand, arg: str, card: int) -> Came:
    word, _, rest = arg.partition(".")
    section, _, seen = rest.partition(":")
    match word:
        case "on":
            return await sharing.give(errand, section, card)
        case "sure":
            return await sharing.give(errand, section, card, "shown", seen)
        case "rest":
            return await sharing.give(errand, section, card, "left_out", seen)
        case "off":
            return await sharing.take_back(errand, section, card)
    return await sharing.show(errand, card if word else None)


async def _consent(errand: Errand, arg: str, card: int) -> Came:
    return await consenting.show(errand, int(arg or 0), card if arg else None)


async def _consent_section(errand: Errand, arg: str, card: int) -> Came:
    edition, _, rest = arg.partition(".")
    section, _, page = rest.rpartition(".")
    return await consenting.show_section(errand, int(edition), section, int(page), card)


async def _agree(errand: Errand, arg: str, card: int) -> Came:
    edition, use, word, page, place = arg.split(".", 4)
    section, _, about = place.partition(":")
    wish = Wish(int(edition), cast("Any", use), cast("Any", word), about, section, int(page))
    return await consenting.consent(errand, wish, card)


async def _remark_card(errand: Errand, arg: str, _card: int) -> Came:
    return await settling.show_remark(errand, int(arg))


async def _remark_accept(errand: Errand, arg: str, card: int) -> Came:
    number, _, sure = arg.partition(".sure")
    over = sure.removeprefix(".")
    return await settling.accept_wording(errand, int(number), card, int(over) if over else None)


async def _remark_edit(errand: Errand, arg: str, card: int) -> Came:
    return await settling.edit(errand, int(arg), card)


async def _remark_explain(errand: Errand, arg: str, _card: int) -> Came:
    return await settling.ask_explanation(errand, int(arg))


# --- keys of the secretariat ---------------------------------------------------------------------


async def _review(errand: Errand, arg: str, card: int) -> Came:
    country, _, redraws = arg.partition(".")
    if not country:
        return await reading.open_review(errand, "")
    return await reading.show_hub(errand, country, card if redraws else None)


async def _read(errand: Errand, arg: str, _card: int) -> Came:
    country, source, rest = arg.split(".", 2)
    section, _, page = rest.rpartition(".")
    return await reading.read(errand, country, cast("Any", source), section, int(page))


async def _review_file(errand: Errand, arg: str, _card: int) -> Came:
    return await reading.send_file(errand, arg)


async def _reviews_table(errand: Errand, _arg: str, _card: int) -> Came:
    return await laying_side_by_side.send_table(errand)


async def _review_answer(errand: Errand, arg: str, _card: int) -> Came:
    edition, _, prompt = arg.partition(".")
    return await remarking.show_answer(errand, int(edition), prompt)


async def _remark(errand: Errand, arg: str, _card: int) -> Came:
    kind, edition, prompt = arg.split(".", 2)
    return await remarking.ask(errand, cast("Any", kind), int(edition), prompt)


async def _remark_drop(errand: Errand, arg: str, card: int) -> Came:
    return await remarking.drop(errand, int(arg), card)


async def _review_return(errand: Errand, arg: str, card: int) -> Came:
    edition, _, sure = arg.partition(".")
    verb = remarking.decide if sure else remarking.ask_first
    return await verb(errand, "return", int(edition), card)


async def _review_accept(errand: Errand, arg: str, card: int) -> Came:
    edition, _, sure = arg.partition(".")
    verb = remarking.decide if sure else remarking.ask_first
    return await verb(errand, "accept", int(edition), card)


async def _review_reopen(errand: Errand, arg: str, card: int) -> Came:
    return await remarking.ask_first(errand, "reopen", int(arg), card)


async def _remarks(errand: Errand, arg: str, card: int) -> Came:
    country, dot, page = arg.partition(".")
    if errand.actor.role == "secretariat":
        return await remarking.show_remarks(errand, country, int(page or 0), card if dot else None)
    return await settling.show_own(errand, int(page or 0), card if dot else None)


_VERBS: Final[dict[str, Verb]] = {
    "share": _share,
    "consent": _consent,
    "consent_section": _consent_section,
    "agree": _agree,
    "remark_card": _remark_card,
    "remark_accept": _remark_accept,
    "remark_edit": _remark_edit,
    "remark_explain": _remark_explain,
    "review": _review,
    "read": _read,
    "review_answer": _review_answer,
    "review_file": _review_file,
    "reviews_table": _reviews_table,
    "remark": _remark,
    "remark_drop": _remark_drop,
    "review_return": _review_return,
    "review_accept": _review_accept,
    "review_reopen": _review_reopen,
    "remarks": _remarks,
}


# --- what is typed ---------------------------------------------------------------------


async def _take_comment(errand: Errand, about: str, heard: Heard) -> Came:
    return await _take_remark(errand, "comment", about, heard)


async def _take_wording(errand: Errand, about: str, heard: Heard) -> Came:
    return await _take_remark(errand, "wording", about, heard)


async def _take_remark(errand: Errand, kind: RemarkKind, about: str, heard: Heard) -> Came:
    edition, _, prompt = about.partition(".")
    goes_on = [int(about.partition(".")[0]) for about in heard.goes_on("remark_more")]
    return await remarking.take(errand, Wanted(int(edition), prompt, kind), heard, goes_on)


async def _take_more(errand: Errand, about: str, heard: Heard) -> Came:
    return await remarking.add_to(errand, int(about.partition(".")[0]), heard)


async def _take_reply(errand: Errand, about: str, heard: Heard) -> Came:
    goes_on = about in heard.goes_on("remark_replied")
    return await settling.take_explanation(errand, int(about), heard.text, goes_on=goes_on)


_HEARD: Final[dict[str, Callable[[Errand, str, Heard], Awaitable[Came]]]] = {
    "remark_comment": _take_comment,
    "remark_wording": _take_wording,
    "remark_more": _take_more,
    "remark_reply": _take_reply,
}
