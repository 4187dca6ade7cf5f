"""Which door an update takes: the stranger's, everybody's, the focal point's, the secretariat's, the stakeholder's."""

from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Final, TypeVar

from msgspec.structs import replace

from bot import slashes
from bot.effects import BotIdentity, Effects, whispered
from bot.handlers import (
    anyone,
    calls,
    clearer,
    evidence,
    focal_point,
    secretariat,
    stakeholder,
    support_group,
    supporter,
)
from bot.handlers.visit import Random, Visit
from bot.inbound import (
    Attached,
    Blocked,
    Commanded,
    Elsewhere,
    Incoming,
    Serviced,
    Typed,
    Unblocked,
    Unknown,
)
from bot.render.commands import meant
from workflows.notices import Door
from workflows.people.roles import Actor, Person
from workflows.store.transaction import Work
from workflows.use_cases import inviting
from workflows.use_cases.cause import Cause, Errand
from workflows.use_cases.hands.filing import LIMIT
from workflows.use_cases.inputs import calling

TRIES: Final = 10
"""So many wrong invitations one account may try in any hour; then the door is shut until the first of them is past."""
TRIES_COUNT_FOR: Final = timedelta(hours=1)
MOST: Final = 10
"""So many commands of one message are done at most, so that no update is endless work."""
REMEMBERED: Final = 10_000
"""How many accounts and albums are remembered; the oldest are forgotten."""

Name = TypeVar("Name")
Known = TypeVar("Known")


class Remembered(OrderedDict[Name, Known]):
    """What is known by name for as long as the process lives; strangers cost no row anywhere.

    What is handled may be rolled back and handled again: keep which updates it was, never how many.
    """

    def keep(self, name: Name, known: Known) -> None:
        """Know this by that name from now on, and forget what was kept longest ago."""
        self[name] = known
        self.move_to_end(name)
        if len(self) > REMEMBERED:
            self.popitem(last=False)


class Doors:
    """The handler of every update; `random` gives the bytes of invitations, `file_limit` bounds files."""

    def __init__(self, random: Random, file_limit: int = LIMIT) -> None:
        self._random = random
        self._file_limit = file_limit
        self._tries: Remembered[int, dict[int, datetime]] = Remembered()
        self._albums: Remembered[str, int] = Remembered()

    async def __call__(self, work: Work, incoming: Incoming, now: datetime, bot: BotIdentity) -> Effects:
        """Do what the update asks within this transaction, and say what is to be done after it.

        A message that names several commands is as many messages with one each.
        """
        effects = Effects()
        for part, each in enumerate(_one_by_one(incoming)):
            taken = await self._take(work, each, Cause(incoming.update_id, now, part), bot)
            effects = taken.after(effects)
        return effects

    async def _take(self, work: Work, incoming: Incoming, cause: Cause, bot: BotIdentity) -> Effects:
        if isinstance(incoming.did, Elsewhere):
            return await support_group.handle(work, incoming, incoming.did, cause, bot)
        if isinstance(incoming.did, Unknown | Serviced) or not incoming.private:
            return Effects()
        person = await work.people.by_telegram(incoming.user_id)
        match incoming.did:
            case Commanded("start", token) if token:
                return await self._invited(work, incoming, token, person, cause)
            case Blocked() | Unblocked():
                return await anyone.reach(work, person, incoming.did, cause)
        if person is not None and person.reach != "open":
            person = await work.people.set_reach(person.id, "open")
        key = calls.pressed(incoming)
        if key is not None:
            return await self._at_a_call(work, incoming, key, person, cause)
        actor = person.actor if person else None
        if person is None or actor is None:
            return await self._outside(work, incoming, person, cause, bot)
        incoming = _as_word(incoming, actor.role)
        visit = Visit(Errand(work, person, actor, cause), incoming, bot, self._random, self._file_limit)
        if isinstance(incoming.did, Attached) and self._is_silent(incoming.update_id, incoming.did):
            await evidence.take(visit, incoming.did)
            return Effects()
        return await _admitted(visit)

    async def _outside(
        self, work: Work, incoming: Incoming, person: Person | None, cause: Cause, bot: BotIdentity
    ) -> Effects:
        """Somebody without a place; whoever is known may still look after what is kept about them."""
        if person is None:
            return anyone.stranger(incoming, None)
        places, writer = await work.people.places(person.id), await work.inputs.writer(person.id)
        if writer is not None:
            incoming = _as_word(incoming, writer.role)
        actor = writer or (places[-1].actor if places else _of_no_country(person))
        visit = Visit(Errand(work, person, actor, cause), incoming, bot, self._random)
        done = await anyone.own(visit)
        if done is not None:
            return done
        if writer is not None:
            return await stakeholder.handle(visit)
        if await work.claims.of_person(person.id):
            return whispered(Door(code="undecided"), person.language)
        return await anyone.former(visit) if places else anyone.stranger(incoming, person)

    async def _invited(
        self, work: Work, incoming: Incoming, token: str, person: Person | None, cause: Cause
    ) -> Effects:
        language = person.language if person else anyone.language_of(incoming)
        tries = self._tries_before(incoming, cause.now)
        if len(tries) >= TRIES:
            return whispered(Door(code="too_many_tries"), language)
        newcomer = inviting.Newcomer(incoming.user_id, incoming.name, anyone.language_of(incoming))
        call = await calling.called(work, token)
        if call is not None:
            return await calls.opened(work, call, token, person, language, cause)
        refused = await inviting.come_in(work, newcomer, token, cause)
        if refused in ("unknown", "used", "expired"):
            self._tries.keep(incoming.user_id, tries | {incoming.update_id: cause.now})
        return whispered(Door(code=refused), language) if refused else Effects(language=language)

    async def _at_a_call(
        self, work: Work, incoming: Incoming, key: calls.Pressed, person: Person | None, cause: Cause
    ) -> Effects:
        """A press at the door of a call; a forged token counts as a wrong invitation does."""
        tries = self._tries_before(incoming, cause.now)
        if len(tries) >= TRIES:
            return whispered(Door(code="too_many_tries"), key.language)
        call = await calling.called(work, key.token)
        if call is None:
            self._tries.keep(incoming.user_id, tries | {incoming.update_id: cause.now})
            return whispered(Door(code="unknown"), key.language)
        return await calls.press(work, call, key, incoming, person, cause)

    def _tries_before(self, incoming: Incoming, now: datetime) -> dict[int, datetime]:
        """When an account tried wrong invitations in the last hour, by update; the update in hand is none of them."""
        return {
            update: at
            for update, at in self._tries.get(incoming.user_id, {}).items()
            if update != incoming.update_id and now - at < TRIES_COUNT_FOR
        }

    def _is_silent(self, update_id: int, attached: Attached) -> bool:
        """Whether this is one more picture of an album, with no word of its own."""
        if attached.album is None or attached.kind == "edit_not_text":
            return False
        first = self._albums.get(attached.album, update_id)
        self._albums.keep(attached.album, first)
        return first != update_id and not attached.caption.strip()


def _one_by_one(incoming: Incoming) -> list[Incoming]:
    """What a message asks for, command by command; every other update stays as it is."""
    match incoming.did:
        case Commanded(name, _, message_id, then) if then:
            return [
                replace(incoming, did=Commanded(each, "", message_id)) for each in (name, *then[: MOST - 1])
            ]
    return [incoming]


def _as_word(incoming: Incoming, role: str) -> Incoming:
    """`/cancel`, which other bots know, means here what the word means; «/تقدم» is no text, but a command mistyped.

    What looks like no command of the reader's own role stays a text: there is nothing that they could have meant.
    """
    match incoming.did:
        case Typed(text, message_id, edited=False, forwarded=False) if text.startswith("/"):
            word = slashes.sought(text)
            if word and meant(word, role):
                return replace(incoming, did=Commanded(word, "", message_id))
        case Commanded("cancel", "", message_id):
            return replace(incoming, did=Typed("cancel", message_id))
    return incoming


def _of_no_country(person: Person) -> Actor:
    """Who somebody is that has claimed a place and never had one: they may do nothing anywhere."""
    return Actor(person.id, "focal_point", country="", cycle_id="")


async def _admitted(visit: Visit) -> Effects:
    done = await anyone.handle(visit)
    if done is not None:
        return done
    if visit.errand.actor.role == "secretariat":
        return await secretariat.handle(visit)
    if visit.errand.actor.role == "clearer":
        return await clearer.handle(visit)
    if visit.errand.actor.role == "supporter":
        return await supporter.handle(visit)
    return await focal_point.handle(visit)
