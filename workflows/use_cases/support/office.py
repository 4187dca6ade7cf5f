"""Telling an office what comes of a request: its people each in their own chat, its groups in the asker's topic."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from workflows.immutable import Immutable
from workflows.notices.support import RequestNews
from workflows.notices.support_group import GroupNews, GroupRequest, GroupTold
from workflows.people.access import may
from workflows.people.roles import Office, Person
from workflows.store.transaction import Work
from workflows.store.values_support import SupportGroup, SupportRequest
from workflows.use_cases.cause import Errand
from workflows.use_cases.support import desk

_NEWS_OF: Final[Mapping[str, GroupNews]] = {"taken": "taken", "closed": "closed"}


class Pressed(Immutable):
    """The message in a group whose key was pressed: it is drawn anew instead of followed by another."""

    chat_id: int
    message_id: int


class Connected(Immutable):
    """A group that an office reads in, and who connected it: the group is spoken to in that person's language."""

    group: SupportGroup
    author: Person


async def tell(
    errand: Errand,
    request: SupportRequest,
    news: RequestNews,
    *,
    former: str = "",
    pressed: Pressed | None = None,
) -> None:
    """Tell the office that has a request; who brings the news is not told, their groups are."""
    work, now = errand.work, errand.cause.now
    staffed = await desk.staff(work, request.cycle_id, request.country)
    told = await desk.card(work, request, now, news=news, former=former)
    desk.tell(errand, staffed.get(request.office or "secretariat", ()), told)
    if news:
        await tell_groups(work, request, news, errand.cause.key, now, former=former, pressed=pressed)


async def tell_groups(  # noqa: PLR0913 - what differs from news to news, by name
    work: Work,
    request: SupportRequest,
    news: GroupNews,
    key: Callable[[object], str],
    now: datetime,
    *,
    former: str = "",
    office: str = "",
    pressed: Pressed | None = None,
    but: int = 0,
) -> None:
    """Tell the groups of the office that has a request, or of another `office`; the one with the id `but` knows."""
    notice = await _card(work, request, news, former, now)
    here = pressed.chat_id if pressed is not None else 0
    for each in await groups_of(work, request, office or request.office or "secretariat", now):
        chat = each.group.chat_id
        if chat not in (but, here):
            name = key(f"group/{chat}/{request.id}/{news}")
            work.outbox.post_to_chat(chat, notice, each.author.language, name, now, cycle_id=request.cycle_id)
    if pressed is not None:
        await draw(work, request, pressed, key, now)


async def draw(
    work: Work,
    request: SupportRequest,
    pressed: Pressed,
    key: Callable[[object], str],
    now: datetime,
) -> None:
    """Draw the card that was pressed as the request stands now; where the office has it no more, only who has it."""
    group = await work.support.group(pressed.chat_id)
    author = await author_of(work, group) if group is not None else None
    if group is None or author is None:
        return
    news = _NEWS_OF.get(request.state, "") if group.office == (request.office or "secretariat") else "gone"
    notice = (await _card(work, request, news, "", now)).model_copy(update={"whole": news != "gone"})
    name = key(f"group/{pressed.chat_id}/{request.id}/{news}")
    work.outbox.post_to_chat(
        pressed.chat_id, notice, author.language, name, now,
        cycle_id=request.cycle_id, edits=pressed.message_id,
    )  # fmt: skip


async def groups_of(work: Work, request: SupportRequest, office: str, now: datetime) -> list[Connected]:
    """The groups in which an office reads a request; a connection whose maker has no right to it ends here.

    There are none where the asker could not know of it: no group read the country's requests when this one was made.
    """
    since, found = await read_in_groups_since(work, request.cycle_id, request.country), list[Connected]()
    for group in await work.support.groups():
        if (group.cycle_id, group.office) == (request.cycle_id, office):
            author = await author_of(work, group)
            actor = desk.actor_in(author, group.cycle_id) if author is not None else None
            if author is None or actor is None:
                await end(work, group, now)
            elif since and since <= request.at and may(actor, "answer_support", request.country):
                found.append(Connected(group, author))
    return found


async def read_in_groups_since(work: Work, cycle_id: str, country: str) -> datetime | None:
    """Since when (UTC) some office of a country reads its requests in a group, so that all who ask are told of it."""
    for group in sorted(await work.support.groups(), key=lambda each: each.at):
        author = await author_of(work, group) if group.cycle_id == cycle_id else None
        actor = desk.actor_in(author, cycle_id) if author is not None else None
        if actor is not None and may(actor, "answer_support", country):
            return group.at
    return None


async def author_of(work: Work, group: SupportGroup) -> Person | None:
    """Who connected a group, as long as they hold the place from which they did so."""
    author = await work.people.by_id(group.author_id) if group.author_id else None
    place = desk.place_in(author, group.cycle_id) if author is not None else None
    if place is None or (desk.office_of(place.actor), place.country) != (group.office, group.country):
        return None
    return author


async def end(work: Work, group: SupportGroup, now: datetime) -> None:
    """End a connection whose maker has left, and say so in the group, in Arabic where nobody knows better."""
    former = await work.people.by_id(group.author_id) if group.author_id else None
    await let_go(work, group, "ended with the place", now)
    language = former.language if former is not None else "ar"
    key = f"support/group/{group.chat_id}/ended/{group.at:%Y%m%d%H%M%S}"
    work.outbox.post_to_chat(group.chat_id, GroupTold(code="ended"), language, key, now)


async def let_go(work: Work, group: SupportGroup, why: str, now: datetime, by: int | None = None) -> None:
    """Forget a connected group and all that waits to go there; the audit keeps why, and by whom."""
    await work.support.disconnect(group.chat_id)
    await work.outbox.leave(group.chat_id, now)
    thing = thing_of(group.chat_id)
    work.audit.note(now, by, "connect_group", group.country, thing, why, cycle_id=group.cycle_id)


async def greet(work: Work, connected: Connected, key: Callable[[object], str], now: datetime) -> None:
    """Bring what waits for the office into a group that was just connected, as far as its askers knew of groups."""
    group = connected.group
    office: Office = group.office or "secretariat"
    for request in await work.support.unsettled(group.cycle_id):
        waits = request.state != "answered" and request.office == office
        readers = await groups_of(work, request, office, now) if waits else ()
        if any(each.group.chat_id == group.chat_id for each in readers):
            notice = await _card(work, request, "new", "", now)
            name = key(f"group/{group.chat_id}/{request.id}/new")
            work.outbox.post_to_chat(
                group.chat_id, notice, connected.author.language, name, now, cycle_id=request.cycle_id
            )


def thing_of(chat_id: int) -> str:
    """How the audit names a group."""
    return f"group/{chat_id}"


async def _card(
    work: Work, request: SupportRequest, news: GroupNews, former: str, now: datetime
) -> GroupRequest:
    """A request as a group sees it: what the office's people see, without any answer of the review."""
    words = await work.support.words(request.id)
    known = await desk.card(work, request, now)
    return GroupRequest(
        asker=request.asker_id if request.asker_id and known.role else 0,
        request=known.request,
        name=known.name,
        role=known.role,
        holder=known.holder,
        words=desk.spoken((each for each in words if each.said_by != "attached"), desk.LONGEST),
        attached=any(each.said_by == "attached" for each in words),
        news=news,
        former=former,
    )
