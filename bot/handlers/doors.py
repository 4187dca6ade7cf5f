"""Which door an update takes: the stranger's, everybody's, the focal point's or the secretariat's."""

from collections import OrderedDict
from datetime import datetime

from bot.effects import BotIdentity, Effects
from bot.handlers import anyone, clearer, evidence, focal_point, secretariat, support_group, supporter
from bot.handlers.visit import Random, Visit
from bot.inbound import Attached, Blocked, Commanded, Elsewhere, Incoming, Unblocked, Unknown
from workflows.notices import Door
from workflows.people.roles import Person
from workflows.store.transaction import Work
from workflows.use_cases import inviting
from workflows.use_cases.cause import Cause, Errand
from workflows.use_cases.hands.filing import LIMIT

TRIES = 10
"""How many wrong invitations one account may try in an hour of the clock; then the door stays shut until the next."""
REMEMBERED = 10_000
"""How many strangers and albums are remembered; the oldest are forgotten."""


class Remembered(OrderedDict[str, int]):
    """Counts by name for as long as the process lives; strangers cost no row anywhere."""

    def count(self, name: str) -> int:
        """Count once more and say how often it was by now."""
        times = self.pop(name, 0) + 1
        self[name] = times
        if len(self) > REMEMBERED:
            self.popitem(last=False)
        return times


class Doors:
    """The handler of every update; `random` gives the bytes of invitations, `file_limit` bounds files."""

    def __init__(self, random: Random, file_limit: int = LIMIT) -> None:
        self._random = random
        self._file_limit = file_limit
        self._tries = Remembered()
        self._albums = Remembered()

    async def __call__(self, work: Work, incoming: Incoming, now: datetime, bot: BotIdentity) -> Effects:
        """Do what the update asks within this transaction, and say what is to be done after it."""
        cause = Cause(incoming.update_id, now)
        if isinstance(incoming.did, Elsewhere):
            return await support_group.handle(work, incoming, incoming.did, cause, bot)
        if isinstance(incoming.did, Unknown) or not incoming.private:
            return Effects()
        person = await work.people.by_telegram(incoming.user_id)
        match incoming.did:
            case Commanded("start", token) if token:
                return await self._invited(work, incoming, token, person, cause)
            case Blocked() | Unblocked():
                return await anyone.reach(work, person, incoming.did)
        if person is not None and person.reach != "open":
            person = await work.people.set_reach(person.id, "open")
        actor = person.actor if person else None
        if person is None or actor is None:
            return await self._outside(work, incoming, person, cause, bot)
        visit = Visit(Errand(work, person, actor, cause), incoming, bot, self._random, self._file_limit)
        if isinstance(incoming.did, Attached) and self._is_silent(incoming.did):
            await evidence.take(visit, incoming.did)
            return Effects()
        return await _admitted(visit)

    async def _outside(
        self, work: Work, incoming: Incoming, person: Person | None, cause: Cause, bot: BotIdentity
    ) -> Effects:
        """Somebody without a place; whoever had one may still look after what is kept about them."""
        places = await work.people.places(person.id) if person else []
        if person is not None and await work.claims.of_person(person.id):
            return Effects(whisper=Door(code="undecided"), language=person.language)
        if person is None or not places:
            return anyone.stranger(incoming, person)
        visit = Visit(Errand(work, person, places[-1].actor, cause), incoming, bot, self._random)
        return await anyone.former(visit) or anyone.stranger(incoming, person)

    async def _invited(
        self, work: Work, incoming: Incoming, token: str, person: Person | None, cause: Cause
    ) -> Effects:
        who = f"{incoming.user_id}/{cause.now:%Y-%m-%dT%H}"
        language = person.language if person else anyone.language_of(incoming)
        if self._tries.get(who, 0) >= TRIES:
            return Effects(whisper=Door(code="too_many_tries"), language=language)
        newcomer = inviting.Newcomer(incoming.user_id, incoming.name, anyone.language_of(incoming))
        refused = await inviting.come_in(work, newcomer, token, cause)
        if refused in ("unknown", "used", "expired"):
            self._tries.count(who)
        return Effects(whisper=Door(code=refused) if refused else None, language=language)

    def _is_silent(self, attached: Attached) -> bool:
        """Whether this is one more picture of an album, with no word of its own."""
        if attached.album is None or attached.kind == "edit_not_text":
            return False
        return self._albums.count(attached.album) > 1 and not attached.caption.strip()


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
