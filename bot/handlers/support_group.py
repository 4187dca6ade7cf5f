"""The door of groups: connected ones read and answer requests for support, all others are left."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.buttons import Did, read
from bot.effects import BotIdentity, Effects, whispered
from bot.inbound import Attached, Commanded, Elsewhere, Incoming, Tapped, Typed
from workflows.notices import Toast
from workflows.notices.support_group import GroupCode, GroupTold
from workflows.people.roles import Person
from workflows.store.transaction import Work
from workflows.use_cases.cause import Cause, Errand
from workflows.use_cases.support import answering_in_group, grouping, office
from workflows.use_cases.support.office import Connected

OF_REQUESTS = {
    "request_take": answering_in_group.take,
    "request_close": answering_in_group.close,
    "request": answering_in_group.show,
}
"""The keys that stand in a group, and what they do."""


async def handle(work: Work, incoming: Incoming, did: Elsewhere, cause: Cause, bot: BotIdentity) -> Effects:
    """Do what an update from a group asks; of who has no place nothing is forwarded."""
    chat = incoming.chat_id
    if did.event == "removed":
        await grouping.lost(work, chat, "removed from the group", cause.now)
        return Effects()
    if did.moved is not None:
        await grouping.moved(work, *did.moved, cause.now)
        return Effects()
    person = await work.people.by_telegram(incoming.user_id) if incoming.user_id else None
    errand = Errand(work, person, person.actor, cause) if person and person.actor else None
    if did.addressed not in ("", bot.username.lower()):
        did = replace(did, said=None)  # meant for another bot
    connected = await grouping.connected(work, chat, cause.now)
    if connected is None:
        return await _unconnected(work, errand, incoming, did, cause)
    if errand is None or not grouping.may_connect(errand):
        await _refuse(work, connected, did, cause)
    return await _connected(errand, connected, did) if errand is not None else Effects()


# --- groups that are not connected -----------------------------------------------------------------------------------


async def _unconnected(
    work: Work, errand: Errand | None, incoming: Incoming, did: Elsewhere, cause: Cause
) -> Effects:
    """Somebody of an office may connect the group; with anybody else it is left, as a draft has no place there."""
    asked = isinstance(did.said, Commanded) and did.said.name == "connect"
    if errand is not None and grouping.may_connect(errand):
        return await _may_connect(errand, incoming.chat_id, did, asked=asked)
    if asked:
        who = errand.person.id if errand is not None else None
        work.audit.note(cause.now, who, "connect_group", "", office.thing_of(incoming.chat_id), "denied")
        await work.support.disconnect(incoming.chat_id)
        return Effects(leaves=True)
    leaves = did.event in ("added", "message") and not await grouping.is_awaited(
        work, incoming.chat_id, cause.now
    )
    return Effects(leaves=leaves)


async def _may_connect(errand: Errand, chat_id: int, did: Elsewhere, *, asked: bool) -> Effects:
    if asked and did.is_forum:
        await grouping.connect(errand, chat_id)
    elif asked or did.event == "added":
        told = await grouping.bring_in(errand, chat_id, has_topics=not asked)
        return whispered(told, errand.person.language, topic=did.topic)
    return Effects()


# --- connected groups ------------------------------------------------------------------------------------------------


async def _connected(errand: Errand, connected: Connected, did: Elsewhere) -> Effects:
    match did.said:
        case Tapped(data=data, message_id=card):
            return await _press(errand, connected, data, card or 0)
        case Commanded(name="connect") if grouping.may_connect(errand):
            if not grouping.is_theirs(errand, connected.group):
                return _held(connected, did)
            await grouping.connect(errand, connected.group.chat_id)
        case Commanded(name="disconnect"):
            if await grouping.disconnect(errand, connected.group):
                return _line(connected.author, "disconnected", leaves=True)
            return _held(connected, did) if grouping.may_connect(errand) else Effects()
        case Commanded(name="close", argument=argument):
            return await _close(errand, connected, did, argument)
        case Commanded(name=name):
            is_for_us = bool(did.addressed) or name == "help"
            return _line(connected.author, "helps", did.topic) if is_for_us else Effects()
        case None:
            pass
        case said if did.keys is not None:
            return await _reply(errand, connected, did, said.text if isinstance(said, Typed) else None)
    return Effects()


async def _press(errand: Errand, connected: Connected, data: str, card: int) -> Effects:
    """A key of a card, pressed by whomever: their own right counts, not that they are in the group."""
    pressed, person = read(data), errand.person
    came = "stale"
    if isinstance(pressed, Did) and pressed.verb in OF_REQUESTS:
        where = office.Pressed(connected.group.chat_id, card)
        came = await OF_REQUESTS[pressed.verb](errand, int(pressed.arg), where)
    toast = None if came == "done" else Toast(code="already" if came == "already" else "stale")
    return Effects(toast, person.language, person.digits, errand.actor.country, clock=person.clock)


async def _refuse(work: Work, connected: Connected, did: Elsewhere, cause: Cause) -> None:
    """Somebody who may answer nobody has replied to a card, as the card itself invites to: they learn who can."""
    said = did.said
    edited = isinstance(said, Typed) and said.edited
    if isinstance(said, Typed | Attached) and not edited and _request_of(did.keys or ()) is not None:
        await answering_in_group.refuse(work, connected, did.topic, cause.now)


async def _reply(errand: Errand, connected: Connected, did: Elsewhere, text: str | None) -> Effects:
    """Words in reply to a card are the office's answer; all else that is said in a topic stays there."""
    if not grouping.may_connect(errand):
        return Effects()
    number, group = _request_of(did.keys or ()), connected.group
    edited = isinstance(did.said, Typed) and did.said.edited
    code: GroupCode | None = await answering_in_group.judge(errand, number, text, edited=edited)
    if code is None and number is not None and text is not None:
        await answering_in_group.answer(errand, number, text, group.chat_id, connected.author.language)
        return Effects()
    return _line(connected.author, code or "not_open", did.topic, [number] if number else ())


async def _close(errand: Errand, connected: Connected, did: Elsewhere, argument: str) -> Effects:
    """`/close` in reply to a card, with the number of a request, or in a topic where only one can be meant."""
    if not grouping.may_connect(errand):
        return Effects()
    number, group = _request_of(did.keys or ()), connected.group
    found = [number] if number else await answering_in_group.open_in(errand, group, did.topic)
    meant = [each for each in found if not argument.isdecimal() or each == int(argument)]
    if found and len(meant) != 1:
        return _line(connected.author, "which", did.topic, found)
    came = await answering_in_group.close(errand, meant[0]) if meant else "stale"
    if came == "done":
        return Effects()
    return _line(
        connected.author, "closed_before" if came == "already" else "none_to_close", did.topic, found
    )


def _request_of(keys: Sequence[str]) -> int | None:
    """Which request a card is about, by its keys; they come from Telegram with the message that is replied to."""
    for data in keys:
        pressed = read(data)
        if isinstance(pressed, Did) and pressed.verb in OF_REQUESTS:
            return int(pressed.arg)
    return None


def _held(connected: Connected, did: Elsewhere) -> Effects:
    """Another office or place reads here, and who can end that."""
    group, author = connected.group, connected.author
    told = GroupTold(code="held", office=group.office, country=group.country)
    return whispered(told, author.language, topic=did.topic)


def _line(
    speaker: Person, code: GroupCode, topic: int = 0, requests: Sequence[int] = (), *, leaves: bool = False
) -> Effects:
    """A quiet line in the group, in the language of who connected it."""
    told = GroupTold(code=code, requests=tuple(requests))
    return whispered(told, speaker.language, topic=topic, leaves=leaves)
