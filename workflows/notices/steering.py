"""What is said when the secretariat addresses many at once: the letters, the draft, its way, and who was told."""

from typing import Literal

from pydantic import Field

from workflows.languages import Language, Text
from workflows.notices.saying import Line, Saying, SectionLine

NudgeAbout = Literal["begin", "go_on", "finish", "register", "missed"]
"""Begin the review; go on from one section to the next; settle what is open; say how a session is attended; the
material of a session that somebody had registered for and missed."""
CommonAudience = Literal[
    "focal_points", "states", "everybody", "secretariat", "nothing_begun", "begun_first", "not_submitted",
    "not_registered", "registered", "missed",
]  # fmt: skip
"""The audiences that have a button."""
ComposeProblem = Literal["", "too_long", "empty"]


# --- the letters -----------------------------------------------------------------------------------------------------


class Announced(Saying):
    """An announcement as its reader gets it: `text` is the secretariat's own, in `language`."""

    topic: Literal["announced"] = "announced"
    text: str
    language: Language
    corrects: bool = False


class Nudged(Saying):
    """A courteous word about what could be done next, with the reader's own numbers and one way to go on."""

    topic: Literal["nudged"] = "nudged"
    about: NudgeAbout
    country: str
    done: SectionLine | None = None
    following: SectionLine | None = None
    open: int = 0
    session: str = ""
    title: Text | None = None


# --- for whom, and what ----------------------------------------------------------------------------------------------


class AudienceView(Saying):
    """An audience in values: its JSON, and the titles of the sessions that it names."""

    json_text: str
    sessions: dict[str, Text] = Field(default_factory=dict)


class AnnounceHome(Saying):
    """For whom an announcement is to be; `number` is that of a draft whose audience changes, 0 for a new one.

    `problem` says why what was typed (`given`) was not taken, `suggestions` are countries with a name like it.
    `sessions` are the next one to register for and the last one that is over, where there are such.
    """

    topic: Literal["announce_home"] = "announce_home"
    number: int = 0
    next_session: Text | None = None
    last_session: Text | None = None
    recent: tuple[Line, ...] = ()
    problem: Literal["", "unclear_audience"] = ""
    given: str = ""
    unknown: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()


class AnnounceDoubt(Saying):
    """What a typed sentence was read as, where it is in doubt: the words that were not understood stand beside it."""

    topic: Literal["announce_doubt"] = "announce_doubt"
    number: int
    draft: int = 0
    audience: AudienceView
    people: int
    unknown: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    given: str = ""


class Headcount(Saying):
    """How many people an announcement would reach: by language, role and country, and whom it would not.

    `nobody` are countries without anybody to get it, `spared` counts who was written to enough already.
    """

    people: int = 0
    languages: dict[Language, int] = Field(default_factory=dict)
    roles: dict[str, int] = Field(default_factory=dict)
    countries: dict[str, int] = Field(default_factory=dict)
    unreachable: int = 0
    nobody: tuple[str, ...] = ()
    spared: int = 0
    at_once: int = 0
    last_at: str = ""


class AnnounceDraft(Saying):
    """A draft: for whom, what each reader will see, and what can be done with it.

    `asks` is the language to whose text the next words are added, `anew` says that they take its place; with `since`,
    a message, words came in other letters than were asked for and stand in it from there on; from `typed` on, one too,
    stands what may be in another language of the same letters. `texts` are what readers of each language get; `nudge`
    says that a ready text exists for this audience. `problem` tells why what was typed was not taken. `with_template`:
    the guiding template goes to everybody with it.
    """

    topic: Literal["announce_draft"] = "announce_draft"
    number: int
    kind: Literal["announcement", "correction", "nudge"]
    audience: AudienceView
    asks: Language
    anew: bool = False
    since: int = 0
    typed: int = 0
    headcount: Headcount
    texts: dict[Language, str] = Field(default_factory=dict)
    first: Language = "ar"
    sample: Nudged | None = None
    nudge: NudgeAbout | None = None
    with_template: bool = False
    problem: ComposeProblem = ""
    length: int = 0


class AnnounceWhen(Saying):
    """When an announcement is to go out is asked; `options` are the moments (UTC, ISO 8601) that a text can mean."""

    topic: Literal["announce_when"] = "announce_when"
    number: int
    options: tuple[str, ...] = ()
    problem: Literal["", "no_time", "past"] = ""
    given: str = ""


# --- its way ---------------------------------------------------------------------------------------------------------


class CountryDelivery(Saying):
    """How far an announcement has come in one country ("" for people without one)."""

    country: str
    sent: int = 0
    waiting: int = 0
    unreachable: int = 0
    withdrawn: int = 0
    spared: int = 0


class AnnounceProgress(Saying):
    """The way of an announcement: how many have it, wait for it or cannot be reached.

    `next_at` and `last_at` are when the next and the last of those who wait for their hour are written to (UTC, ISO
    8601). `countries` and `names`, who is not reached, by country, are given where details are asked for. `detailed` is
    neither filled nor read any more: letters that were posted before carry it, and none could be read without it.
    """

    topic: Literal["announce_progress"] = "announce_progress"
    number: int
    kind: Literal["announcement", "correction", "nudge"]
    state: Literal["scheduled", "posting", "posted", "withdrawn"]
    audience: AudienceView
    due_at: str = ""
    recipients: int = 0
    total: CountryDelivery
    countries: tuple[CountryDelivery, ...] = ()
    names: tuple[Line, ...] = ()
    detailed: bool = False
    next_at: str = ""
    last_at: str = ""


class AnnouncePicture(Saying):
    """The same as a picture: countries by what became of the message, as it was at a moment (UTC, ISO 8601)."""

    topic: Literal["announce_picture"] = "announce_picture"
    number: int
    at: str
    excerpt: str = ""
    recipients: int
    total: CountryDelivery
    countries: tuple[CountryDelivery, ...]


class AnnounceCorrect(Saying):
    """Is asked before a correction is written to those who have received an announcement."""

    topic: Literal["announce_correct"] = "announce_correct"
    number: int
    people: int


class AnnounceGone(Saying):
    """A draft was laid aside."""

    topic: Literal["announce_gone"] = "announce_gone"


# --- who was told what -----------------------------------------------------------------------------------------------


class ToldLine(Saying):
    """One thing that was told: when (UTC, ISO 8601), to how many of those meant, and how it begins.

    `spared` counts who was left in peace: they are not among those meant.
    """

    number: int
    kind: Literal["announcement", "correction", "nudge"]
    at: str
    excerpt: str = ""
    sent: int = 0
    meant: int = 0
    spared: int = 0


class ToldView(Saying):
    """What a country's people, or one of them, were told."""

    topic: Literal["told"] = "told"
    country: str = ""
    name: str = ""
    lines: tuple[ToldLine, ...] = ()
    given: str = ""
    suggestions: tuple[str, ...] = ()


SteeringNotice = (
    Announced | Nudged | AnnounceHome | AnnounceDoubt | AnnounceDraft | AnnounceWhen | AnnounceProgress
    | AnnouncePicture | AnnounceCorrect | AnnounceGone | ToldView
)  # fmt: skip
