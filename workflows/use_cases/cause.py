"""What makes a verb run, and for whom."""

from datetime import datetime

from workflows.immutable import Immutable
from workflows.notices import Notice
from workflows.people.roles import Actor, Person
from workflows.review.events import Say
from workflows.store.transaction import Work


class Cause(Immutable):
    """The update that a verb answers: its id makes what is posted unique, its time is when it was handled (UTC).

    `part` counts the commands of a message that names several, from 0.
    """

    update_id: int
    now: datetime
    part: int = 0

    def key(self, name: object) -> str:
        """A key for something posted because of this update: posted twice, it is said once."""
        return f"{self.update_id}:{self.part}.{name}" if self.part else f"{self.update_id}:{name}"


class Errand(Immutable):
    """One person's business in one transaction: who, by what right, because of which update."""

    work: Work
    person: Person
    actor: Actor
    cause: Cause

    def say(self, what: Notice | Say, name: object, *, turn: int = 0, edits: int | None = None) -> None:
        """Post something to the person; `name` tells it from what else this update makes us say."""
        self.work.outbox.post(
            self.person,
            what,
            key=self.cause.key(name),
            cycle_id=self.actor.cycle_id,
            country=self.actor.country,
            turn=turn,
            edits=edits,
            now=self.cause.now,
        )

    def note(self, act: str, country: str, thing: str, outcome: str) -> None:
        """Write a line of the audit: what was done or denied, never what was said."""
        by, cycle = self.person.id, self.actor.cycle_id
        self.work.audit.note(self.cause.now, by, act, country, thing, outcome, cycle_id=cycle)
