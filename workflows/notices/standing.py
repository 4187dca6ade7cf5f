"""What is said about where things stand: counts, never content."""

from typing import Literal

from workflows.notices.saying import Saying, SectionLine


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


class CountryLine(Saying):
    """One country as the secretariat sees it: counts, never content. Times are UTC, ISO 8601."""

    country: str
    state: Literal["not_invited", "invited", "joined", "begun", "none_open"]
    focal_points: int
    settled: int
    total: int
    words: tuple[int, ...]
    last_activity: str = ""


class StatusView(Saying):
    """The region at a moment."""

    topic: Literal["status"] = "status"
    cycle: str
    at: str
    countries: tuple[CountryLine, ...]
    limits: tuple[int, ...]
