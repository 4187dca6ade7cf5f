"""Which door an update takes: the stranger's, everybody's, the focal point's or the secretariat's."""

from collections import OrderedDict
from datetime import datetime

from workflows.people.roles import Person
from workflows.store.transaction import Work

from bot.effects import BotIdentity, Effects
from bot.handlers import anyone, focal_point, secretariat
from bot.handlers.visit import Random, Visit
from bot.inbound import Attached, Blocked, Commanded, Elsewhere, Incoming, Unblocked, Unknown
from workflows.notices import Door
from workflows.use_cases import inviting
from workflows.use_cases.cause import Cause, Errand

TRIES = 10
"""How many wrong invitations one account may try; then the door stays shut until the process starts anew."""
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
    """The handler of every update; `random` gives the bytes of invitations."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._tries = Remembered()
        self._albums = Remembered()

    async def __call__(self, work: Work, incoming: Incoming, now: datetime, bot: BotIdentity) -> Effects:
        """Do what the update asks within this transaction, and say what is to be done after it."""
        cause = Cause(incoming.update_id, now)
        if isinstance(incoming.did, Elsewhere):
            return anyone.elsewhere(incoming.did)
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
        if person is None or person.actor is None:
            return anyone.stranger(incoming, person)
        if isinstance(incoming.did, Attached) and self._seen_album(incoming.did):
            return Effects()
        errand = Errand(work, person, person.actor, cause)
        return await _admitted(Visit(errand, incoming, bot, self._random))

    async def _invited(
        self, work: Work, incoming: Incoming, token: str, person: Person | None, cause: Cause
    ) -> Effects:
        who = str(incoming.user_id)
        language = person.language if person else anyone.language_of(incoming)
        if self._tries.get(who, 0) >= TRIES:
            return Effects(whisper=Door(code="too_many_tries"), language=language)
        newcomer = inviting.Newcomer(incoming.user_id, incoming.name, anyone.language_of(incoming))
        refused = await inviting.come_in(work, newcomer, token, cause)
        if refused in ("unknown", "used", "expired"):
            self._tries.count(who)
        return Effects(whisper=Door(code=refused) if refused else None, language=language)

    def _seen_album(self, attached: Attached) -> bool:
        return attached.album is not None and self._albums.count(attached.album) > 1


async def _admitted(visit: Visit) -> Effects:
    done = await anyone.handle(visit)
    if done is not None:
        return done
    if visit.errand.actor.role == "secretariat":
        return await secretariat.handle(visit)
    return await focal_point.handle(visit)
