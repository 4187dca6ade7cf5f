"""What is said when the secretariat steers the calendar: what stands, what would change, what was done, who is told."""

from typing import Literal

from workflows.languages import Text
from workflows.notices.calendar import CalendarFile, EventCard, Mode
from workflows.notices.saying import Saying
from workflows.when import When

Step = Literal[
    "postponed", "hours", "fixed", "window", "unfixed", "mode_changed", "place_changed", "link_changed",
    "extended", "extension_ended", "followed",
]  # fmt: skip
"""What became of an event, seen by one reader; "followed" is for whom only other dates moved along."""
Wanted = Literal["date", "place", "country", "extension"]
"""What is typed after a card that asks."""


class Proposal(Saying):
    """A change that somebody wants: what is empty or None stays as it is.

    `country` makes it that country's own date, and without a date the end of it. `back` undoes the last change.
    """

    milestone: str
    when: When | None = None
    mode: Mode = ""
    place: Text | None = None
    link: str = ""
    country: str = ""
    back: bool = False


class EventState(Saying):
    """When, how and where an event is, for one reader."""

    when: When
    alternatives: tuple[When, ...] = ()
    mode: Mode = ""
    place: Text | None = None
    link: str = ""


class FollowLine(Saying):
    """Another event whose date moves along."""

    id: str
    title: Text
    before: When
    after: When


# --- what stands, and what is asked ----------------------------------------------------------------------------------


class ScheduleLine(Saying):
    """An event as one line of the secretariat's list; `moved` says that another day was fixed for it before."""

    id: str
    title: Text
    when: When
    alternatives: tuple[When, ...] = ()
    moved: bool = False


class ScheduleView(Saying):
    """A page of all events, to choose one or to say in a sentence what is to change.

    `dated` is False while the cycle has no calendar. `given` is the sentence that could not be followed.
    """

    topic: Literal["schedule"] = "schedule"
    dated: bool = True
    lines: tuple[ScheduleLine, ...] = ()
    page: int = 0
    last_page: int = 0
    problem: Literal["", "unknown"] = ""
    given: str = ""


class ExtensionLine(Saying):
    """A later date that one country has."""

    country: str
    when: When


class ScheduleCard(Saying):
    """One event with what can be done to it; `problem` says why nothing was done just now."""

    topic: Literal["schedule_card"] = "schedule_card"
    card: EventCard
    extensions: tuple[ExtensionLine, ...] = ()
    extends: bool = False
    takes_back: bool = False
    problem: Literal["", "overtaken", "same"] = ""


class ScheduleAsk(Saying):
    """What is to be typed about an event; `country` is that of a later date, `zone` whose hours are meant.

    `problem` says why `given` was not taken: nothing was read in it, or it names several countries at once.
    """

    topic: Literal["schedule_ask"] = "schedule_ask"
    milestone: str
    title: Text
    when: When
    wants: Wanted
    country: str = ""
    zone: str
    problem: Literal["", "unclear", "several"] = ""
    given: str = ""


class ScheduleOption(Saying):
    """One of the changes that a sentence can mean, with the event's title."""

    title: Text
    proposal: Proposal


class ScheduleChoice(Saying):
    """A sentence that can mean several changes, or one that lies in the past; `number` finds this card again."""

    topic: Literal["schedule_choice"] = "schedule_choice"
    number: int
    reason: Literal["doubt", "past", "which"]
    given: str
    options: tuple[ScheduleOption, ...]


# --- what would change, and what did ---------------------------------------------------------------------------------


class CountryPeople(Saying):
    """So many people of a country."""

    country: str
    people: int


class PeopleTold(Saying):
    """Who is told of a change: by role (others clear or support), and by country those who hold a place for one."""

    focal_points: int = 0
    contributors: int = 0
    officers: int = 0
    others: int = 0
    countries: tuple[CountryPeople, ...] = ()

    @property
    def people(self) -> int:
        """How many they are in all."""
        return self.focal_points + self.contributors + self.officers + self.others


class SchedulePreview(Saying):
    """What a change would do; nothing has been done. `number` finds this card again, `plan` is the version it is for.

    `over` says that the event has taken place, `past` that its new date lies behind. `off` are countries whose offices
    are closed on one of the days. `registered_only` says that a change of place or
    link is told to those who have registered.
    """

    topic: Literal["schedule_preview"] = "schedule_preview"
    number: int
    plan: int
    proposal: Proposal
    title: Text
    before: EventState
    after: EventState
    follow: tuple[FollowLine, ...] = ()
    told: PeopleTold
    registered_only: bool = False
    planned: int = 0
    cancelled: int = 0
    past: bool = False
    over: bool = False
    off: tuple[str, ...] = ()


class ScheduleDone(Saying):
    """A change that was made: who is being told, and how many letters about an earlier change were withdrawn."""

    topic: Literal["schedule_done"] = "schedule_done"
    milestone: str
    title: Text
    country: str = ""
    before: EventState
    after: EventState
    follow: tuple[FollowLine, ...] = ()
    told: PeopleTold
    withdrawn: int = 0
    planned: int = 0
    cancelled: int = 0
    takes_back: bool = True


class AskHandOver(Saying):
    """The next text is the day on which something was handed over, today or before."""

    topic: Literal["ask_hand_over"] = "ask_hand_over"
    milestone: str
    title: Text
    problem: Literal["", "unclear", "two"] = ""


class Moved(Saying):
    """To everybody whom it concerns: an event has changed, with its new calendar file.

    `before` is what the reader last knew. `country` is whose later date it is, `serves` whether the reader is of the
    secretariat, `takes_part` whether one who writes answers and attends for a country.
    """

    topic: Literal["moved"] = "moved"
    milestone: str
    title: Text
    step: Step
    before: EventState
    after: EventState
    follow: tuple[FollowLine, ...] = ()
    country: str = ""
    serves: bool = False
    takes_part: bool = True
    hijri: bool = False
    agenda: bool = False
    registers: bool = False
    file: CalendarFile | None = None


ScheduleNotice = (
    ScheduleView
    | ScheduleCard
    | ScheduleAsk
    | ScheduleChoice
    | SchedulePreview
    | ScheduleDone
    | AskHandOver
    | Moved
)
