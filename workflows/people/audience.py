"""Audiences: whom something is for, in a closed language of values; a state that declined is left in peace."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from msgspec import field
from pydantic import Field, TypeAdapter

from workflows.immutable import Immutable
from workflows.languages import Frozen
from workflows.notices.workshops import Attendance
from workflows.people.roles import Reach, Role

How = Literal[
    "registered", "not_registered", "in_person", "office", "remote", "support", "absent", "attended"
]
"""How somebody stands to a session; "absent" is who had registered and was recorded as not there."""
SectionState = Literal["begun", "not_begun", "done", "open"]
ReviewState = Literal["nothing_begun", "begun", "some_open", "none_open", "not_submitted", "submitted"]
StateOf = Literal["no_focal_point", "invited", "nobody_in"]
"""How a country is staffed: without a focal point; that, and with an open invitation; with nobody at all."""
OF_A_STATE: frozenset[Role] = frozenset({"focal_point", "contributor", "clearer"})
"""The roles that are left in peace when their country takes no part."""


class Countries(Frozen):
    """Everybody of these countries (ISO 3166-1 alpha-2), one that declined included: it was asked for by name."""

    kind: Literal["countries"] = "countries"
    codes: tuple[str, ...] = Field(min_length=1)


class Roles(Frozen):
    """Everybody in one of these roles."""

    kind: Literal["roles"] = "roles"
    roles: tuple[Role, ...] = Field(min_length=1)


class Group(Frozen):
    """Who sits in one discussion group of a session."""

    kind: Literal["group"] = "group"
    session: str
    group: int = Field(ge=1)


class Attending(Frozen):
    """Who stands so to a session."""

    kind: Literal["attending"] = "attending"
    session: str
    how: How


class Section(Frozen):
    """Whose country is so far in one section of the template."""

    kind: Literal["section"] = "section"
    section: str
    state: SectionState


class Progress(Frozen):
    """Whose country is so far with its review."""

    kind: Literal["progress"] = "progress"
    state: ReviewState


class Staffed(Frozen):
    """Whose country is staffed so."""

    kind: Literal["staffed"] = "staffed"
    state: StateOf


class Reachable(Frozen):
    """Who can be written to."""

    kind: Literal["reachable"] = "reachable"


class Declined(Frozen):
    """Whose country has said that it takes no part: asked for by name, so that they are written to."""

    kind: Literal["declined"] = "declined"


class AllBut(Frozen):
    """Everybody but those of these countries, in these roles, or in this group."""

    kind: Literal["all_but"] = "all_but"
    of: Annotated[Countries | Roles | Group, Field(discriminator="kind")]


class All(Frozen):
    """Whoever is in each of these; without any, everybody."""

    kind: Literal["all"] = "all"
    of: tuple["Audience", ...] = ()


class Any(Frozen):
    """Whoever is in one of these; without any, nobody."""

    kind: Literal["any"] = "any"
    of: tuple["Audience", ...] = ()


Audience = Annotated[
    Countries
    | Roles
    | Group
    | Attending
    | Section
    | Progress
    | Staffed
    | Reachable
    | Declined
    | AllBut
    | All
    | Any,
    Field(discriminator="kind"),
]
All.model_rebuild()
Any.model_rebuild()
AUDIENCE: TypeAdapter[Audience] = TypeAdapter(Audience)
EVERYBODY = All()
FOCAL_POINTS = Roles(roles=("focal_point",))


def written(audience: Audience) -> str:
    """The audience as JSON."""
    return AUDIENCE.dump_json(audience).decode()


def read(text: str) -> Audience:
    """The audience of a JSON text; raises ValueError for any other text."""
    return AUDIENCE.validate_json(text)


class Presence(Immutable):
    """How somebody registered for a session, in which discussion group (0: none), and whether they were seen there."""

    attendance: Attendance
    group: int = 0
    attended: bool | None = None


class Facts(Immutable):
    """What is true of one person, or of a state that nobody has come in for: then `person_id` is 0 and `role` empty.

    `settled` are the settled and all prompts of each section of the country, empty for the secretariat. `declined`,
    `focal_points`, `people`, `invited` and `submitted` are the country's; `sessions` are by the milestone's id.
    """

    person_id: int
    role: Role | Literal[""]
    country: str
    reach: Reach = "open"
    declined: bool = False
    focal_points: int = 0
    people: int = 0
    invited: bool = False
    submitted: bool = False
    settled: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    sessions: Mapping[str, Presence] = field(default_factory=dict)


def matches(audience: Audience, facts: Facts) -> bool:
    """Whether somebody is in an audience. Who declined is in none that does not name the country, or who declined."""
    if facts.declined and facts.role in ("", *OF_A_STATE) and not _names(audience, facts.country):
        return False
    return _holds(audience, facts)


def parts_of(audience: Audience) -> Iterator[Audience]:
    """The audience and every one that it is made of."""
    yield audience
    if isinstance(audience, All | Any):
        for part in audience.of:
            yield from parts_of(part)
    if isinstance(audience, AllBut):
        yield audience.of


def sessions_in(audience: Audience) -> frozenset[str]:
    """The sessions that an audience is about."""
    return frozenset(part.session for part in parts_of(audience) if isinstance(part, Group | Attending))


def _names(audience: Audience, country: str) -> bool:
    """Whether a country is asked for; to be left out by name is not to be asked for."""
    match audience:
        case All(of=parts) | Any(of=parts):
            return any(_names(part, country) for part in parts)
        case Countries(codes=codes):
            return country in codes
    return isinstance(audience, Declined)


def _holds(audience: Audience, facts: Facts) -> bool:
    match audience:
        case All(of=parts):
            return all(_holds(part, facts) for part in parts)
        case Any(of=parts):
            return any(_holds(part, facts) for part in parts)
        case AllBut(of=part):
            return not _holds(part, facts)
        case Group(session=session, group=group):
            presence = facts.sessions.get(session)
            return presence is not None and presence.attendance != "away" and presence.group == group
        case Attending(session=session, how=how):
            return _attends(how, facts.sessions.get(session))
        case Countries() | Section() | Progress() | Staffed() | Declined():
            return _is_of_such_a_state(audience, facts)
        case Roles(roles=roles):
            return facts.role in roles
        case Reachable():
            return facts.person_id > 0 and facts.reach == "open"


def _is_of_such_a_state(audience: Countries | Section | Progress | Staffed | Declined, facts: Facts) -> bool:
    match audience:
        case Countries(codes=codes):
            return bool(facts.country) and facts.country in codes
        case Section(section=section, state=state):
            return _is_so_far(state, facts.settled.get(section))
        case Progress(state=state):
            return bool(facts.settled) and _has_come(state, facts)
        case Staffed(state=state):
            return bool(facts.country) and _is_staffed(state, facts)
        case Declined():
            return facts.declined


def _attends(how: How, presence: Presence | None) -> bool:
    comes = presence is not None and presence.attendance != "away"
    if how == "not_registered":
        return presence is None
    if presence is None or not comes:
        return False
    match how:
        case "registered":
            return True
        case "absent" | "attended":
            return presence.attended is (how == "attended")
    return presence.attendance == how


def _is_so_far(state: SectionState, counts: tuple[int, int] | None) -> bool:
    if counts is None:
        return False
    settled, total = counts
    match state:
        case "begun":
            return settled > 0
        case "not_begun":
            return settled == 0
        case "done":
            return settled >= total > 0
        case "open":
            return settled < total


def _has_come(state: ReviewState, facts: Facts) -> bool:
    settled = sum(each for each, _ in facts.settled.values())
    total = sum(each for _, each in facts.settled.values())
    match state:
        case "nothing_begun":
            return settled == 0
        case "begun":
            return settled > 0
        case "none_open":
            return settled >= total
        case "some_open":
            return settled < total
        case "submitted":
            return facts.submitted
        case "not_submitted":
            return not facts.submitted


def _is_staffed(state: StateOf, facts: Facts) -> bool:
    match state:
        case "no_focal_point":
            return facts.focal_points == 0
        case "invited":
            return facts.focal_points == 0 and facts.invited
        case "nobody_in":
            return facts.people == 0
