"""What is said at the secretariat's desk for people: who is missing, a country's team, places, links and claims."""

from typing import Literal

from pydantic import Field

from workflows.notices.saying import Line, Saying


class MissingLine(Saying):
    """A state without a focal point: until when its newest link can be taken up (UTC, ISO 8601), empty without one.

    `lapsed` is when its last link ended unused.
    """

    country: str
    until: str = ""
    lapsed: str = ""
    declined: bool = False


class PeopleDesk(Saying):
    """Which states have no focal point, which claims wait, and a key for each country.

    `given` is what was typed and is no country, `suggestions` are states with a name like it. `staffed` is neither
    filled nor read any more: letters that were posted before carry it, and none could be read without it.
    """

    topic: Literal["people_desk"] = "people_desk"
    missing: tuple[MissingLine, ...] = ()
    claims: tuple[Line, ...] = ()
    staffed: dict[str, int] = Field(default_factory=dict)
    only_missing: bool = False
    given: str = ""
    suggestions: tuple[str, ...] = ()


class TeamLine(Saying):
    """Somebody of a country: the number of the place, since when (UTC, ISO 8601), and whether messages arrive.

    `scope` says what they were asked for.
    """

    place: int
    name: str
    role: str
    lead: bool = False
    since: str
    reach: str = "open"
    scope: str = ""


class LinkLine(Saying):
    """An invitation of a country: for which role and `scope`, when it was made and until when it counts.

    Both times are UTC, ISO 8601.
    """

    id: int
    role: str
    state: Literal["open", "taken_up", "lapsed"]
    made_at: str
    until: str = ""
    scope: str = ""


class CountryTeam(Saying):
    """Who takes part for a country, its invitations and what became of them, as the secretariat sees it."""

    topic: Literal["country_team"] = "country_team"
    country: str
    people: tuple[TeamLine, ...] = ()
    links: tuple[LinkLine, ...] = ()
    taking_part: Literal["", "yes", "no"] = ""
    answered_at: str = ""
    claims: tuple[Line, ...] = ()


class PlaceCard(Saying):
    """One person's place, with what can be done about it; `ending` asks whether it is to end."""

    topic: Literal["place_card"] = "place_card"
    line: TeamLine
    country: str
    leads: bool = False
    ending: bool = False


class PlaceClosed(Saying):
    """To somebody whose place the secretariat has ended; `role` is what they are from now on, `left` what they were."""

    topic: Literal["place_closed"] = "place_closed"
    country: str
    role: str = "former"
    left: str = ""


class LeadPassed(Saying):
    """To a country's focal points: who of them leads from now on; without a name to the secretariat: none is left."""

    topic: Literal["lead_passed"] = "lead_passed"
    country: str
    name: str


# --- two who claim one place -----------------------------------------------------------------------------------------


class ClaimWaits(Saying):
    """To somebody whose invitation is good, while another focal point has come in: the secretariat is asked."""

    topic: Literal["claim_waits"] = "claim_waits"
    country: str


class ClaimHeard(Saying):
    """To a country's focal points: another person has come with an invitation, and the secretariat is asked."""

    topic: Literal["claim_heard"] = "claim_heard"
    country: str


class ClaimCard(Saying):
    """To the secretariat: who has come, and beside or in place of whom they may be let in."""

    topic: Literal["claim_card"] = "claim_card"
    number: int
    country: str
    name: str
    others: tuple[TeamLine, ...] = ()


class ClaimSettled(Saying):
    """What was decided, to the officer and (without `name`) to those concerned.

    "over" says to the officer alone that the person has come in meanwhile, by another invitation.
    """

    topic: Literal["claim_settled"] = "claim_settled"
    country: str
    outcome: Literal["beside", "replaced", "refused", "over"]
    name: str = ""
    own: bool = False


PeopleDeskNotice = (
    PeopleDesk | CountryTeam | PlaceCard | PlaceClosed | LeadPassed | ClaimWaits | ClaimHeard | ClaimCard
    | ClaimSettled
)  # fmt: skip
