"""What is said about where things stand: counts, never content."""

from typing import Final, Literal

from workflows.languages import Text
from workflows.notices.audit import AuditEntry
from workflows.notices.calendar import HandOverLine
from workflows.notices.saying import Saying, SectionLine
from workflows.when import When

Standing = Literal[
    "not_invited",
    "invited",
    "joined",
    "begun",
    "none_open",
    "in_clearance",
    "submitted",
    "returned",
    "accepted",
    "declined",
]
"""How far a country is; "declined" is one that has said that it takes no part."""
StatusFilter = Literal["all", "no_focal_point", "not_begun", "stuck", "submitted"]
STUCK: Final = 5
"""After more of its working days than this without a sign, a country may need help."""
Occasion = Literal["asked", "morning", "week"]


class ProgressView(Saying):
    """One country's own progress, section by section."""

    topic: Literal["progress"] = "progress"
    country: str
    sections: tuple[SectionLine, ...]
    declined: int = 0
    not_applicable: int = 0
    not_known: int = 0
    next: str = ""
    last_activity: str = ""


# --- the region ------------------------------------------------------------------------------------------------------


class CountryLine(Saying):
    """One country as the secretariat sees it: counts, never content. Times are UTC, ISO 8601.

    `sections` are settled questions and all of them, section by section. `deadline` is the country's own, `extended`
    where it is later than everybody's. `quiet` counts the country's working days without a sign of it, 0 where
    nothing is awaited of it. `attended` counts the sessions at which somebody of it was there. `on_time` None means
    that nothing is submitted, or that no day is set.
    """

    country: str
    state: Standing
    focal_points: int
    settled: int
    total: int
    words: tuple[int, ...]
    last_activity: str = ""
    sections: tuple[tuple[int, int], ...] = ()
    deadline: When | None = None
    extended: bool = False
    quiet: int = 0
    requests: int = 0
    attended: int = 0
    submitted_at: str = ""
    on_time: bool | None = None

    @property
    def is_stuck(self) -> bool:
        """Whether nothing was heard of the country for so long that it may need help."""
        return self.quiet > STUCK


class Movement(Saying):
    """What a country did since a moment: who came in, how many questions changed, how far its text has gone."""

    country: str
    came_in: int = 0
    prompts: int = 0
    steps: tuple[Standing, ...] = ()


class StatusFigures(Saying):
    """The region in numbers. `expected` are the countries that have not said that they take no part, as `apart` have.

    Reporting rate and on-time rate have `expected` below the line. `on_time` None means that no day is set.
    """

    expected: int
    invited: int
    with_focal_point: int
    begun: int
    submitted: int
    on_time: int | None
    requests: int
    apart: int = 0


class StatusView(Saying):
    """The region at a moment, with a picture; `moved` tells what was done since `since`. `page` is the picture's.

    `chain` are the hand-overs of the cycle, in their order.
    """

    topic: Literal["status"] = "status"
    cycle: str
    at: str
    countries: tuple[CountryLine, ...]
    limits: tuple[int, ...]
    figures: StatusFigures | None = None
    since: str = ""
    moved: tuple[Movement, ...] = ()
    chain: tuple[HandOverLine, ...] = ()
    page: int = 0


class StatusList(Saying):
    """The countries that a filter leaves, one by one; `total` is how many there are on all pages."""

    topic: Literal["status_list"] = "status_list"
    filter: StatusFilter
    countries: tuple[CountryLine, ...]
    limits: tuple[int, ...] = ()
    page: int = 0
    total: int = 0


class StatusChanges(Saying):
    """What the countries did between two moments, and who has been silent for long."""

    topic: Literal["status_changes"] = "status_changes"
    occasion: Occasion
    since: str
    at: str
    moved: tuple[Movement, ...]
    stuck: tuple[CountryLine, ...] = ()
    figures: StatusFigures | None = None


class StatusFile(Saying):
    """The region as a table to be opened by a spreadsheet program."""

    topic: Literal["status_file"] = "status_file"
    kind: Literal["xlsx", "csv"]
    cycle: str
    at: str
    countries: tuple[CountryLine, ...]
    figures: StatusFigures


class StatusNotes(Saying):
    """Which notes on the region an officer gets without asking."""

    topic: Literal["status_notes"] = "status_notes"
    morning: bool
    digest: bool


# --- one country -----------------------------------------------------------------------------------------------------


CountryRoom = Literal["country", "clearing", "requests", "review", "remarks", "audit", "reminder_log"]
"""A room that is opened for one country, by the verb of its key."""


class CountryPick(Saying):
    """All countries to choose from; `given` is what was typed and is no country, `nearest` those it resembles.

    `room` is what is opened for the one that is chosen.
    """

    topic: Literal["country_pick"] = "country_pick"
    room: CountryRoom = "country"
    page: int = 0
    given: str = ""
    nearest: tuple[str, ...] = ()


class CountryPerson(Saying):
    """Somebody of a country: name, role, and whether messages arrive."""

    name: str
    role: str
    lead: bool = False
    scope: str = ""
    reach: Literal["open", "blocked", "gone"] = "open"


class CountryDate(Saying):
    """A date of a country; `moved` where it is not everybody's."""

    title: Text
    when: When
    moved: bool = False


class CountryView(Saying):
    """One country for the secretariat: counts, people, dates and what was done; nothing of what it wrote.

    `steps` is how many clearances it asks for; `readable`: it has submitted something, or shares its draft.
    """

    topic: Literal["country"] = "country"
    at: str
    line: CountryLine
    sections: tuple[SectionLine, ...]
    taking_part: Literal["", "yes", "no"] = ""
    people: tuple[CountryPerson, ...] = ()
    dates: tuple[CountryDate, ...] = ()
    log: tuple[AuditEntry, ...] = ()
    steps: int = 0
    readable: bool = False
