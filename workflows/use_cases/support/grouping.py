"""The group of an office: brought in and connected by somebody of the office, and how that ends."""

from datetime import datetime, timedelta
from typing import Final

from workflows.immutable import Immutable
from workflows.languages import Language
from workflows.notices.support_group import GroupTold
from workflows.people.access import may
from workflows.reference import countries
from workflows.store.transaction import Work
from workflows.store.values_support import SupportGroup
from workflows.use_cases.cause import Errand
from workflows.use_cases.support import desk, office
from workflows.use_cases.support.office import Connected

STAYS: Final = timedelta(hours=1)
"""So long Rafiq stays in a group that somebody of an office has brought it into, until it is connected."""


class Topic(Immutable):
    """The topic of who asks in a group; `number` is None where none was made. `name` and `country` call a new one."""

    number: int | None
    name: str
    country: str
    cycle_id: str
    language: Language


def may_connect(errand: Errand) -> bool:
    """Whether somebody may bring the requests of their office into a group: they answer for at least one state."""
    mine = desk.office_of(errand.actor)
    return mine is not None and any(may(errand.actor, "connect_group", each.code) for each in countries())


async def connected(work: Work, chat_id: int, now: datetime) -> Connected | None:
    """The group of that id, if it is connected and who did so still holds that place."""
    group = await work.support.group(chat_id)
    if group is None or not group.office:
        return None
    author = await office.author_of(work, group)
    if author is None:
        await office.end(work, group, now)
        return None
    return Connected(group, author)


async def is_awaited(work: Work, chat_id: int, now: datetime) -> bool:
    """Whether a group was brought in a while ago and may still be connected; what came of nothing is forgotten."""
    group = await work.support.group(chat_id)
    if group is not None and not group.office and now - group.at > STAYS:
        await work.support.disconnect(chat_id)
        return False
    return group is not None


async def forget_unconnected(work: Work, now: datetime) -> list[int]:
    """Forget the groups that nobody connected in time; gives those that it was who forgot them, to be left."""
    found = await work.support.unconnected(now - STAYS)
    return [each.chat_id for each in found if await work.support.disconnect(each.chat_id)]


async def bring_in(errand: Errand, chat_id: int, *, has_topics: bool = True) -> GroupTold:
    """Note that somebody of an office has brought the bot into a group; what is said there."""
    group = SupportGroup(
        errand.actor.cycle_id, chat_id, "", errand.actor.country, errand.person.id, errand.cause.now
    )
    await errand.work.support.connect(group)
    told = GroupTold(code="may_connect" if has_topics else "needs_topics")
    return told.model_copy(update=_whose(errand))


def is_theirs(errand: Errand, group: SupportGroup) -> bool:
    """Whether a connected group reads for the person's own office and place; it is taken over from no other."""
    return (desk.office_of(errand.actor), errand.actor.country) == (group.office, group.country)


async def connect(errand: Errand, chat_id: int) -> None:
    """Let a group read the requests of the person's office, say who reads them now, and bring what waits.

    A colleague who connects it anew is who the connection hangs on from then on; it is as old as it was.
    """
    mine, now, cycle = desk.office_of(errand.actor), errand.cause.now, errand.actor.cycle_id
    former = await errand.work.support.group(chat_id)
    since = former.at if former and former.cycle_id == cycle and is_theirs(errand, former) else now
    group = SupportGroup(cycle, chat_id, mine or "", errand.actor.country, errand.person.id, since)
    await errand.work.support.connect(group)
    errand.note("connect_group", errand.actor.country, office.thing_of(chat_id), f"connected for {mine}")
    told = GroupTold(code="connected").model_copy(update=_whose(errand))
    key = errand.cause.key(f"group/{chat_id}/connected")
    errand.work.outbox.post_to_chat(chat_id, told, errand.person.language, key, now)
    await office.greet(errand.work, Connected(group, errand.person), errand.cause.key, now)


async def disconnect(errand: Errand, group: SupportGroup) -> bool:
    """End a connection, by anybody who could have made it; whether the person could."""
    mine = desk.office_of(errand.actor)
    allowed = may_connect(errand) and mine in (group.office, "secretariat")
    if mine == group.office and errand.actor.country not in ("", group.country):
        allowed = False
    if allowed:
        await office.let_go(errand.work, group, "disconnected", errand.cause.now, errand.person.id)
    else:
        errand.note("connect_group", group.country, office.thing_of(group.chat_id), "denied")
    return allowed


async def lost(work: Work, chat_id: int, why: str, now: datetime) -> None:
    """The bot can write into a group no more: forget it, and tell who connected it. Nothing of a request is lost."""
    group = await work.support.group(chat_id)
    if group is None:
        return
    if not group.office:
        await work.support.disconnect(chat_id)
        await work.outbox.leave(chat_id, now)
        return
    await office.let_go(work, group, why, now)
    author = await work.people.by_id(group.author_id) if group.author_id else None
    if author is not None:
        told = GroupTold(code="lost", office=group.office, country=group.country)
        key = f"support/group/{chat_id}/lost/{now:%Y%m%d%H%M}"
        desk.post(work, author, told, key, now, group.cycle_id)


async def moved(work: Work, chat_id: int, new_id: int, now: datetime) -> None:
    """A group has another id now; what it is connected for, and what waits to go there, goes along."""
    group = await work.support.group(chat_id)
    if group is None:
        return
    await work.support.move(chat_id, new_id)
    await work.outbox.readdress(chat_id, new_id)
    work.audit.note(now, None, "connect_group", group.country, office.thing_of(chat_id), f"moved to {new_id}")


async def is_read(work: Work, chat_id: int, now: datetime) -> bool:
    """Whether a group is still connected by somebody of an office; words of a state's people go to no other."""
    return await connected(work, chat_id, now) is not None


async def topic(work: Work, chat_id: int, person_id: int) -> Topic | None:
    """Where something about a person stands in a group; None where the group is not connected, or nobody is known."""
    group = await work.support.group(chat_id)
    author = await office.author_of(work, group) if group is not None else None
    asker = await work.people.by_id(person_id)
    place = desk.place_in(asker, group.cycle_id) if asker is not None and group is not None else None
    if group is None or asker is None or place is None or author is None:
        return None
    number = await work.support.topic(chat_id, person_id)
    return Topic(number, asker.name, place.country, group.cycle_id, author.language)


async def cannot_open_topics(work: Work, chat_id: int, language: Language, now: datetime) -> None:
    """Say in a group, once a day, that no topic can be opened there and what helps."""
    key = f"support/group/{chat_id}/no_rights/{now:%Y%m%d}"
    work.outbox.post_to_chat(chat_id, GroupTold(code="no_rights"), language, key, now)


def _whose(errand: Errand) -> dict[str, str]:
    return {"office": desk.office_of(errand.actor) or "", "country": errand.actor.country}
