"""People and the places they hold in a review cycle: plain values, known by their ids."""

from datetime import datetime
from typing import Literal, get_args

from workflows.immutable import Immutable

Role = Literal["focal_point", "contributor", "clearer", "supporter", "secretariat"]
ROLES: tuple[Role, ...] = get_args(Role)
"""The roles of which there are places in a review."""
ActorRole = Role | Literal["stakeholder"]
"""Who may do something at all: a stakeholder holds no place, and is let in by their own written input alone."""
ACTOR_ROLES: tuple[ActorRole, ...] = (*ROLES, "stakeholder")
Office = Literal["iom_country", "un_team", "iom_regional", "escwa", "secretariat"]
OFFICES: tuple[Office, ...] = get_args(Office)
Digits = Literal["auto", "latn", "arab"]
Clock = Literal["24", "12"]
Speech = Literal["ar", "en", "fr"]
Reach = Literal["open", "blocked", "gone"]


class Actor(Immutable):
    """What the access rules look at: who acts, in what role, for which country, in which cycle.

    `place_id`, `scope` and `lead` are those of the membership.
    """

    person_id: int
    role: ActorRole
    country: str
    cycle_id: str
    place_id: int = 0
    scope: str = ""
    lead: bool = False


class Membership(Immutable):
    """One person's place in one cycle. `country` is ISO 3166-1 alpha-2, empty for the secretariat; times are UTC.

    `scope` narrows the role: for a contributor the section or question it is about ("" for all), for a clearer "1" or
    "2", for a supporter the office. A supporter without a country supports them all.
    """

    id: int
    person_id: int
    cycle_id: str
    country: str
    role: Role
    lead: bool
    began_at: datetime
    ended_at: datetime | None = None
    scope: str = ""

    @property
    def actor(self) -> Actor:
        """The right to act that comes with the place."""
        return Actor(self.person_id, self.role, self.country, self.cycle_id, self.id, self.scope, self.lead)


class Person(Immutable):
    """Somebody who has come in.

    `telegram_id` is None and `name` empty once the person is forgotten. `digits` "auto" is the country's habit, `clock`
    says on how many hours they read the time. `reach` says whether messages arrive. `memberships` are the places held
    now, the newest last.
    """

    id: int
    telegram_id: int | None
    name: str
    language: Speech
    digits: Digits = "auto"
    reach: Reach = "open"
    memberships: tuple[Membership, ...] = ()
    clock: Clock = "24"

    @property
    def membership(self) -> Membership | None:
        """The place that counts now: the newest."""
        return self.memberships[-1] if self.memberships else None

    @property
    def actor(self) -> Actor | None:
        """Who the person is to the access rules; None without a place."""
        place = self.membership
        return place.actor if place else None
